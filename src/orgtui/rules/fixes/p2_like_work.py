"""Fixes for P2: like work together, within the lead's reach."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.changes.operations.links import AddShare, SetShare
from orgtui.changes.operations.teams import DissolveTeam, MergeTeams, SetLead
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.records import TEAM_PREFIX
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.catalogue.p2_like_work import Load, TeamSize, Thinness
from orgtui.rules.facts.home import divisions_at_home, is_in_focus_line
from orgtui.rules.facts.kin import are_kin
from orgtui.rules.facts.reporting import filled_lead
from orgtui.rules.facts.skills import Coverage, core_skills
from orgtui.rules.facts.teams import depth, division, is_focus, is_root, parent_of
from orgtui.rules.fixes.common import (
    FIXES_MAX,
    best_judges,
    can_judge,
    enough_people_to_split_off,
    filled_members,
    may_leave,
    most_similar,
    move_fix,
    people_to_split_off,
    possible_splits,
    siblings,
    split_fix,
    teams_in,
    work_similarity,
)
from orgtui.rules.fixes.p3_breakthrough import move_other_functions_out
from orgtui.rules.registry import Fix, fixes


def team_of(view: View, function: str) -> str | None:
    """The team of a function; None without team."""
    record = view.function(function)
    return None if record is None else record.team


# -- P201, P202 ----------------------------------------------------------------------------------------


@fixes("P201")
def bring_together(view: View, finding: Finding) -> Iterator[Fix]:
    """Either function moves to the other's team, first to the one whose lead can judge both."""
    pair = [subject.id for subject in finding.subjects]
    ways = [
        (function, to) for function, other in (pair, pair[::-1]) if (to := team_of(view, other)) is not None
    ]

    def out_of_reach(to: str) -> int:
        lead = filled_lead(view, to)
        return 2 if lead is None else sum(not can_judge(view, lead, function) for function in pair)

    for function, to in sorted(ways, key=lambda way: (out_of_reach(way[1]), way)):
        yield move_fix(view, [function], to)


@fixes("P202")
def keep_kinds_together(view: View, finding: Finding) -> Iterator[Fix]:
    """The function with fewer people moves to the other's team."""
    pair = sorted(
        (subject.id for subject in finding.subjects), key=lambda each: (len(view.performers(each)), each)
    )
    for function, other in (pair, pair[::-1]):
        to = team_of(view, other)
        if to is not None:
            yield move_fix(view, [function], to)


# -- P203 ----------------------------------------------------------------------------------------------


@fixes("P203")
def merge_thin_team(view: View, finding: Finding) -> Iterator[Fix]:
    """The team goes into the sibling with the most similar work, or, without siblings, into its parent."""
    team = finding.subjects[0].id
    for sibling in most_similar(view, team, siblings(view, team))[: FIXES_MAX - 1]:
        yield merge_fix(team, sibling)
    parent = parent_of(view, team)
    if parent is not None and not siblings(view, team):
        yield into_parent_fix(view, team, parent)


def into_parent_fix(view: View, team: str, parent: str) -> Fix:
    """Let a team become part of the one above it."""
    if is_root(view, parent) or is_focus(view, parent):
        title = sentence(
            "Dissolve {team} into {into}", team=Ref.to("team", team), into=Ref.to("team", parent)
        )
        return Fix(title, (DissolveTeam(team, parent, parent, parent),))
    return merge_fix(team, parent)


def merge_fix(team: str, into: str) -> Fix:
    """Merge a team into another one."""
    title = sentence("Merge {team} into {into}", team=Ref.to("team", team), into=Ref.to("team", into))
    return Fix(title, (MergeTeams(team, into),))


# -- P204 ----------------------------------------------------------------------------------------------


@fixes("P204")
def find_capable_lead(view: View, finding: Finding) -> Iterator[Fix]:
    """The function moves to a lead who can judge it, a member who can leads, or the lead learns."""
    team, function = (subject.id for subject in finding.subjects)
    for to in _teams_with_capable_lead(view, team, function)[:2] if may_leave(view, function) else ():
        yield move_fix(view, [function], to)
    members = [each for each in filled_members(view, team) if can_judge(view, each, function)]
    for person in best_judges(view, members, view.functions_of(team))[:2]:
        title = sentence(
            "Let {person} lead {team}", person=Ref.to("person", person), team=Ref.to("team", team)
        )
        yield Fix(title, (SetLead(team, person),))
    lead = filled_lead(view, team)
    record = None if lead is None else view.person(lead)
    level = view.options(Coverage).lead_level
    if record is not None:
        missing = [skill for skill in core_skills(view, function) if record.skills.get(skill, 0) < level]
        yield Fix(
            sentence(
                "Train {person} in {skills} up to level {level}",
                person=Ref.to("person", record.id),
                skills=tuple(Ref.to("skill", skill) for skill in missing),
                level=level,
            )
        )


def _teams_with_capable_lead(view: View, team: str, function: str) -> list[str]:
    """Teams, except focus teams, whose lead can judge a function: those of the same division first, then by
    similar work."""
    skill = core_skills(view, function)[0]
    judges = (person for person in view.holders(skill) if can_judge(view, person, function))
    teams = {
        led
        for person in judges
        for led in view.led_by(person)
        if led != team and not is_focus(view, led) and filled_lead(view, led) == person
    }
    home = division(view, team)
    return sorted(
        teams,
        key=lambda each: (
            division(view, each) != home,
            -work_similarity(view, [function], sorted(view.functions_of(each))),
            each,
        ),
    )


# -- P205, P207 ----------------------------------------------------------------------------------------


@fixes("P205")
def split_along_areas(view: View, finding: Finding) -> Iterator[Fix]:
    """Some of the functions, those of an area where that is enough, become a team of their own."""
    team = finding.subjects[0].id
    if is_focus(view, team):
        yield from move_other_functions_out(view, finding)
        return
    most, number = view.options(Load).max_functions, len(view.functions_of(team))
    enough = [way for way in possible_splits(view, team) if number - len(way) <= most]
    in_two = sorted(enough, key=lambda way: max(len(way), number - len(way)))
    for functions in in_two[: FIXES_MAX - 1]:
        yield split_fix(view, team, functions, people_to_split_off(view, team, functions))


@fixes("P207")
def split_big_team(view: View, finding: Finding) -> Iterator[Fix]:
    """Some of the functions become a team of their own, with so many people that both teams are neither too
    big nor too thin."""
    team = finding.subjects[0].id
    most, number = view.options(TeamSize).max_size, view.open_seats(team)
    if is_focus(view, team):
        title = N_("Split {team} into teams of at most {max_size:seat|seats}")
        yield Fix(sentence(title, team=Ref.to("team", team), max_size=most))
        return
    least = max(number - most, min(view.options(Thinness).min_size, number // 2))

    def uneven(functions: tuple[str, ...]) -> tuple[bool, int]:
        leaving = len(people_to_split_off(view, team, functions))
        return leaving < least, abs(number - 2 * leaving)

    for functions in sorted(possible_splits(view, team), key=uneven)[: FIXES_MAX - 1] or [()]:
        yield split_fix(view, team, functions, enough_people_to_split_off(view, team, functions, least))


# -- P208 ----------------------------------------------------------------------------------------------


@fixes("P208")
def bring_home(view: View, finding: Finding) -> Iterator[Fix]:
    """The function moves to a division whose home area is its own, to the teams with most kin first."""
    function = finding.subjects[0].id
    record = view.function(function)
    area = None if record is None else record.area
    homes = () if area is None else divisions_at_home(view, area)
    kin = {
        team: sum(are_kin(view, function, other) for other in view.functions_of(team))
        for home in homes
        for team in teams_in(view, home)
        if not is_in_focus_line(view, team)
    }
    nearest = sorted(kin, key=lambda team: (-kin[team], depth(view, team), team))
    for team in [team for team in nearest if kin[team]][: FIXES_MAX - 1]:
        yield move_fix(view, [function], team)


# -- P206 ----------------------------------------------------------------------------------------------


@fixes("P206")
def share_skill(view: View, finding: Finding) -> Iterator[Fix]:
    """A knowledge link on the skill from the team that has it."""
    skill, team = (subject.id for subject in finding.subjects)
    home = next((person.team for each in view.masters(skill) if (person := view.person(each))), None)
    if home is None:
        return
    ends = TEAM_PREFIX + home, TEAM_PREFIX + team
    title = sentence(
        "Let {home} train {team} in {skill} every month",
        home=Ref.to("team", home),
        team=Ref.to("team", team),
        skill=Ref.to("skill", skill),
    )
    if view.share((*ends, skill)) is None:
        yield Fix(title, (AddShare(*ends, skill, "training", "monthly"),))
    else:
        yield Fix(title, (SetShare(*ends, skill, "training", "monthly", clear=("until",)),))
