"""The part of an organisation to which a report is limited: a team and all below it, in both states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from orgtui.exchange.writing.build.tree import teams_below
from orgtui.model.sentence import N_, Ref, SentenceError, sentence
from orgtui.model.store import Organization
from orgtui.rules.registry import nearest
from orgtui.views.base.names import request_key, share_key


class NoSuchPart(SentenceError):
    """A report was asked for a team that neither state has; `sentence` says so with the nearest one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A team with all below it; `before` and `after` are the teams at the top of it in each state.

    In a state that does not have the team, its top is the team in which most of its seats are there.
    """

    team: str
    before: str
    after: str
    refs: frozenset[Ref]
    """Its teams, functions and seats, of both states."""

    def has(self, team: str) -> bool:
        """Whether a team is in it, in either state."""
        return Ref.to("team", team) in self.refs

    def is_about(self, subjects: Iterable[Ref]) -> bool:
        """Whether one of some references is in it, or joins something that is."""
        return any(end in self.refs for subject in subjects for end in _ends(subject))


def part_of(baseline: Organization, organization: Organization, asked: str) -> Part:
    """The part that a team is the top of, by its id or its name; raises NoSuchPart."""
    states = baseline, organization
    team = _team_called(states, asked)
    owned = [_refs_below(state, team) if team in state.teams else frozenset[Ref]() for state in states]
    before, after = (
        team if team in here.teams else _where_most_are(here, there, theirs, team)
        for here, there, theirs in ((baseline, organization, owned[1]), (organization, baseline, owned[0]))
    )
    return Part(team, before, after, owned[0] | owned[1])


def _team_called(states: tuple[Organization, Organization], asked: str) -> str:
    if any(asked in state.teams for state in states):
        return asked
    named = {(team.id, team.name) for state in states for team in state.teams.values()}
    called = sorted({team for team, name in named if name == asked})
    if len(called) > 1:
        wrong = N_('several teams are called "{team}": {ids}; name one by its id')
        raise NoSuchPart(sentence(wrong, team=asked, ids=tuple(called)))
    if not called:
        near = nearest(asked, [word for each in sorted(named) for word in each])
        raise NoSuchPart(sentence('no team is called "{team}"; the nearest is {near}', team=asked, near=near))
    return called[0]


def _refs_below(organization: Organization, top: str) -> frozenset[Ref]:
    refs = set()
    for team, _ in teams_below(organization, top):
        refs.add(Ref.to("team", team))
        refs.update(Ref.to("function", each) for each in organization.index("functions_of", team))
        refs.update(Ref.to("person", each) for each in organization.index("members", team))
    return frozenset(refs)


def _where_most_are(here: Organization, there: Organization, owned: frozenset[Ref], team: str) -> str:
    """The team in which most seats and functions of a team are that this state does not have.

    Where it has none of them, it is the team that the missing one is right below, or further up.
    """
    places: Counter[str] = Counter()
    for ref in sorted(owned):
        record = here.tables[ref.kind].get(ref.id) if ref.kind != "team" else None
        if record is not None and record.team is not None:
            places[record.team] += 1
    if places:
        return min(places, key=lambda place: (-places[place], here.teams.rank(place)))
    above: str | None = team
    while above is not None and above not in here.teams:
        above = there.teams[above].parent
    return here.root if above is None else above


def _ends(subject: Ref) -> tuple[Ref, ...]:
    match subject.kind:
        case "share":
            source, target, _ = share_key(subject)
            return Ref(source), Ref(target)
        case "request":
            return (Ref.to("team", request_key(subject)[0]),)
    return (subject,)
