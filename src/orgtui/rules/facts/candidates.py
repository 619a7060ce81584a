"""Candidates of a choice, the likeliest first: who could lead some work, which teams do work of its kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from orgtui.engine.view import View
from orgtui.model.sentence import Sentence, sentence
from orgtui.rules.facts.kin import are_kin, handoff_partners_of
from orgtui.rules.facts.skills import Coverage, core_skills, required_skills
from orgtui.rules.facts.teams import parent_of

MEMBER, KNOWS_WORK, OTHER, LEADS_BESIDE, LEADS_ELSEWHERE = range(5)
"""The groups of candidates to lead a team, the likeliest first.

Who leads a team next to it, above or below, comes before who leads one elsewhere: they would lead two.
"""


@dataclass(frozen=True, slots=True)
class LeadCandidates:
    """Who could lead a team: `covered` holds how many of its `functions` people can judge.

    It holds those only who sit in the team or work on one of the functions; `groups` also who leads a team
    next to it.
    """

    functions: int
    covered: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)

    def rank(self, person: str) -> tuple[int, int]:
        """The place of a person among those with a group, a lower one first."""
        return self.groups[person], -self.covered.get(person, 0)

    def why(self, person: str) -> Sentence | None:
        """What speaks for a person, or against; None if nothing is known."""
        if person not in self.covered or not self.functions:
            return None
        return sentence(
            "covers {covered} of {functions:function|functions}",
            covered=self.covered[person],
            functions=self.functions,
        )


def lead_candidates(view: View, team: str, functions: Iterable[str] | None = None) -> LeadCandidates:
    """Who could lead a team, judged by its own functions or by others that are given.

    Reads what belongs to the team and its functions, never all people.
    """
    work = sorted(view.functions_of(team) if functions is None else functions)
    members = view.members(team)
    performers = {person for function in work for person in view.performers(function)}
    near = {parent_of(view, team), *view.children(team), team}
    covered, groups = {}, {}
    for person in {*members, *performers}:
        covered[person] = sum(knows(view, person, function) for function in work)
        groups[person] = MEMBER if person in members else KNOWS_WORK
    leads = {record.lead for each in near if each and (record := view.team(each)) is not None and record.lead}
    for person in {*groups, *leads}:
        led = set(view.led_by(person)) - {team}
        if led:
            groups[person] = LEADS_BESIDE if led <= near else LEADS_ELSEWHERE
    return LeadCandidates(len(work), covered, groups)


def knows(view: View, person: str, function: str) -> bool:
    """Whether a seat can judge a function by its skills; where these say nothing, whether it performs it."""
    record = view.person(person)
    if record is None:
        return False
    core = core_skills(view, function)
    if not core or not record.skills:
        return record.functions.get(function, 0) > 0
    level = view.options(Coverage).lead_level
    return all(record.skills.get(skill, 0) >= level for skill in core)


# -- teams of a kind -----------------------------------------------------------------------------------


def teams_alike(view: View, functions: Iterable[str]) -> list[str]:
    """The teams with work that is kin to some functions, the most alike first, then by id.

    How alike: the functions over there that are kin, of all that both would have together.
    """
    work = set(functions)
    held: dict[str, int] = {}
    for other in _kin_of(view, work) - work:
        record = view.function(other)
        if record is not None and record.team is not None:
            held[record.team] = held.get(record.team, 0) + 1
    alike = {team: Fraction(count, len(work.union(view.functions_of(team)))) for team, count in held.items()}
    return sorted(alike, key=lambda team: (-alike[team], team))


def _kin_of(view: View, work: Collection[str]) -> set[str]:
    """The functions that are kin to some, these among them: by area, by handoff, by skills."""
    records = [record for each in work if (record := view.function(each)) is not None]
    areas = {record.area for record in records if record.area is not None}
    kin = {other for area in areas for other in view.in_area(area)}
    kin.update(other for each in work for other in handoff_partners_of(view, each))
    for record in records:
        similar = {other for skill in required_skills(record) for other in view.needing(skill)} - kin
        kin.update(other for other in similar if are_kin(view, record.id, other))
    return kin
