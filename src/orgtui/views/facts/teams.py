"""What is known of a team."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.model.records import PERSON_PREFIX, TEAM_PREFIX, Handoff
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.vocabulary import goals_inherited, handoff_partners, seats_below
from orgtui.views.facts.entries import in_order, links, requests, text, things
from orgtui.views.fields import Told
from orgtui.views.page import Entry
from orgtui.views.pay_words import pay_of_team
from orgtui.views.scene import Scene


def team_facts(scene: Scene, team: str) -> Iterator[Told]:
    record, view = scene.organization.teams.get(team), scene.view
    if record is None:
        return
    yield sentence("Below"), things(scene, "team", record.parent)
    yield sentence("Lead"), things(scene, "person", record.lead)
    own, below = view.open_seats(team), seats_below(view, team)
    both = scene.say("{own}, {below} with the teams below", own=own, below=below)
    yield sentence("Seats"), text(own if own == below else both)
    yield sentence("People"), things(scene, "person", *in_order(scene, "person", view.members(team)))
    yield (
        sentence("Functions"),
        things(scene, "function", *in_order(scene, "function", view.functions_of(team))),
    )
    yield sentence("Teams"), things(scene, "team", *in_order(scene, "team", view.children(team)))
    yield sentence("Goals"), things(scene, "goal", *record.goals)
    inherited = goals_inherited(view, team) - set(record.goals)
    yield sentence("Goals from above"), things(scene, "goal", *in_order(scene, "goal", inherited))
    yield sentence("Review"), text(record.review and scene.say(record.review))
    yield (
        sentence("Shares knowledge"),
        links(scene, [TEAM_PREFIX + team, *(PERSON_PREFIX + p for p in view.members(team))]),
    )
    yield sentence("Hands over with"), _partners(scene, team)
    yield sentence("Asks"), requests(scene, view.requests_from(team), "department")
    yield sentence("Tools"), things(scene, "tool", *record.tools)
    yield from pay_of_team(scene, record)
    if record.focus is not None:
        yield sentence("Focus on"), things(scene, "function", record.focus.function)
        yield sentence("Since"), text(record.focus.since)
        yield sentence("Looked at again on"), text(record.focus.review_on)
        yield sentence("Folded back when"), text(record.focus.exit)


def _partners(scene: Scene, team: str) -> Iterator[Entry]:
    """The teams that a team's functions hand to or take from, with how often and how much goes unseen."""
    view, organization = scene.view, scene.organization
    teams: dict[str, list[Handoff]] = {each: [] for each in handoff_partners(view, team)}
    for function in view.functions_of(team):
        for key in (*view.handoffs_from(function), *view.handoffs_to(function)):
            other = organization.functions.get(key[1] if key[0] == function else key[0])
            if other is not None and other.team in teams:
                teams[other.team].append(organization.handoffs[key])
    for other_team in in_order(scene, "team", teams):
        handoffs = teams[other_team]
        blind = sum(not each.tracked for each in handoffs)
        words = scene.say(
            "{team}: {handoffs:handoff|handoffs}, {blind} not tracked",
            team=Ref.to("team", other_team),
            handoffs=len(handoffs),
            blind=blind,
        )
        yield Entry(words, Ref.to("team", other_team))
