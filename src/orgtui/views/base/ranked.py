"""Records to choose from, the likeliest first, and what is to be said of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from orgtui.model.sentence import Ref
from orgtui.rules.facts.candidates import OTHER, lead_candidates, teams_alike
from orgtui.views.base.scene import Scene


class Ranked(NamedTuple):
    """Records in the order in which they are offered, and what is said of each beside its name."""

    refs: list[Ref]
    note: Callable[[Ref], str]


def leads_ranked(
    scene: Scene,
    team: str,
    *,
    functions: Iterable[str] | None = None,
    among: Iterable[Ref] | None = None,
    without: Collection[str] = (),
) -> Ranked:
    """Who could lead a team, its members who cover most of its work first, leads of other teams last.

    Judged by the team's own functions, or by those given. `among` are the people to choose from, all if it is
    left out; `without` are ids to leave out.
    """
    candidates = lead_candidates(scene.view, team, functions)
    groups, order = candidates.groups, scene.organization.people.rank
    leads = {each.lead for each in scene.organization.teams.values()}
    people = {person.id: person for person in (scene.every("person") if among is None else among)}
    for each in without:
        people.pop(each, None)
    near = sorted(filter(people.__contains__, groups), key=lambda each: (candidates.rank(each), order(each)))
    likely = [each for each in near if groups[each] < OTHER]
    last = [each for each in near if groups[each] >= OTHER]
    beyond = people.keys() - groups.keys()
    others = [each for each in people if each in beyond and each not in leads]
    elsewhere = [each for each in people if each in beyond and each in leads]

    def note(person: Ref) -> str:
        why = candidates.why(person.id)
        return "" if why is None else scene.translate(why)

    return Ranked([people[each] for each in (*likely, *others, *last, *elsewhere)], note)


def successors_ranked(scene: Scene, person: str, among: Iterable[Ref] | None = None) -> Ranked:
    """Who could lead in place of somebody: judged by the first of the teams that they lead."""
    led = sorted(scene.view.led_by(person), key=scene.organization.teams.rank)
    return leads_ranked(scene, led[0], among=among, without={person})


def teams_ranked(scene: Scene, functions: Iterable[str], without: Collection[str] = ()) -> list[Ref]:
    """All teams, those with work most like some functions first, the others as they stand in the file."""
    alike = {team: place for place, team in enumerate(teams_alike(scene.view, functions))}
    teams = (team for team in scene.every("team") if team.id not in without)
    return sorted(teams, key=lambda team: alike.get(team.id, len(alike)))
