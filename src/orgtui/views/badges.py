"""Which findings stand at which row of the team tree, and below each team, kept finding by finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from orgtui.engine.finding import Identity
from orgtui.model.records import Severity
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Difference, Judged
from orgtui.rules.verdicts import SEVERITIES

K = TypeVar("K", bound=str)

NO_TEAMS: frozenset[str] = frozenset()

Heap = tuple[dict[Identity, None], dict[Identity, None], dict[Identity, None]]
"""Findings by severity, the gravest first."""


class Badge(NamedTuple):
    """A severity, and how many findings have it."""

    severity: Severity
    findings: int


class Badges:
    """The findings that count, by subject and by the teams whose subtree they concern.

    A finding concerns a team's subtree if one of its subjects is a team, a function or a seat in it.
    """

    def __init__(self, organization: Organization, judged: Mapping[Identity, Judged]) -> None:
        self.organization = organization
        self._severity: dict[Identity, Severity] = {}
        self._about: dict[Ref, Heap] = {}
        self._below: dict[str, Heap] = {}
        self._teams: dict[Identity, frozenset[str]] = {}
        self._lines: dict[str, frozenset[str]] = {}
        for each in judged.values():
            if each.counts:
                self._add(each.identity, each.severity)

    def update(self, sets: Iterable[Set], difference: Difference) -> set[str]:
        """Take in what changed; returns the teams whose subtree has other findings now."""
        sets = list(sets)
        if any(each.table == "team" and _moved(each) for each in sets):
            self._lines = {}
        touched: set[str] = set()
        for old, new in difference.pairs:
            if old is not None and old.counts:
                touched |= self._drop(old.identity)
            if new is not None and new.counts:
                touched |= self._add(new.identity, new.severity)
        for identity in self._misplaced(sets):
            severity = self._severity[identity]
            touched |= self._drop(identity) | self._add(identity, severity)
        return touched

    def on(self, ref: Ref) -> Badge | None:
        """The findings that have `ref` among their subjects."""
        return _badge(self._about.get(ref))

    def about(self, ref: Ref) -> list[Identity]:
        """The findings that have `ref` among their subjects, the gravest first."""
        return [identity for findings in self._about.get(ref, ()) for identity in findings]

    def below(self, team: str) -> Badge | None:
        """The findings that concern a team's subtree, the team included."""
        return _badge(self._below.get(team))

    def within(self, team: str) -> tuple[int, int, int]:
        """How many errors, warnings and pieces of advice concern a team, its functions or its seats."""
        refs = [Ref.to("team", team)]
        refs += [Ref.to("function", key) for key in self.organization.index("functions_of", team)]
        refs += [Ref.to("person", key) for key in self.organization.index("members", team)]
        heaps = [self._about[ref] for ref in refs if ref in self._about]
        errors, warnings, advice = (len({key for heap in heaps for key in heap[at]}) for at in range(3))
        return errors, warnings, advice

    def _misplaced(self, sets: Iterable[Set]) -> set[Identity]:
        """Findings whose subjects may have moved to another team, or whose teams moved."""
        identities: set[Identity] = set()
        for each in sets:
            if each.table == "team":
                heap = self._below.get(str(each.key)) if _moved(each) else None
            elif each.table in ("function", "person"):
                heap = self._about.get(Ref.to(each.table, str(each.key)))
            else:
                continue
            for findings in heap or ():
                identities |= findings.keys()
        return identities

    def _add(self, identity: Identity, severity: Severity) -> frozenset[str]:
        teams = self._teams_of(identity)
        self._severity[identity] = severity
        self._teams[identity] = teams
        at = SEVERITIES.index(severity)
        for ref in identity[1]:
            _put(self._about, Ref(ref), at, identity)
        for team in teams:
            _put(self._below, team, at, identity)
        return teams

    def _drop(self, identity: Identity) -> frozenset[str]:
        teams = self._teams.pop(identity)
        at = SEVERITIES.index(self._severity.pop(identity))
        for ref in identity[1]:
            _take(self._about, Ref(ref), at, identity)
        for team in teams:
            _take(self._below, team, at, identity)
        return teams

    def _teams_of(self, identity: Identity) -> frozenset[str]:
        """The teams of a finding's subjects and all teams above them."""
        tables = self.organization.tables
        teams: frozenset[str] = NO_TEAMS
        for kind, _, key in (ref.partition(":") for ref in identity[1]):
            if kind == "team":
                teams = _united(teams, self._upward(key))
            elif kind in ("function", "person"):
                record = tables[kind].get(key)
                if record is not None and record.team is not None:
                    teams = _united(teams, self._upward(record.team))
        return teams

    def _upward(self, team: str) -> frozenset[str]:
        """A team and all teams above it; remembered until a team moves."""
        upward = self._lines.get(team)
        if upward is None:
            record = self.organization.teams.get(team)
            above = None if record is None else record.parent
            upward = frozenset((team,)) if above is None else self._upward(above) | {team}
            self._lines[team] = upward
        return upward


def _united(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    return some | others if some else others


def _moved(each: Set) -> bool:
    return getattr(each.old, "parent", None) != getattr(each.new, "parent", None)


def _put(heaps: dict[K, Heap], key: K, at: int, identity: Identity) -> None:
    heap = heaps.get(key)
    if heap is None:
        heap = heaps[key] = ({}, {}, {})
    heap[at][identity] = None


def _take(heaps: dict[K, Heap], key: K, at: int, identity: Identity) -> None:
    heap = heaps[key]
    del heap[at][identity]
    if not any(heap):
        del heaps[key]


def _badge(heap: Heap | None) -> Badge | None:
    for severity, findings in zip(SEVERITIES, heap or (), strict=False):
        if findings:
            return Badge(severity, len(findings))
    return None
