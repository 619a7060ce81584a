"""The findings at each row of the team tree and below each team, updated finding by finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from orgtui.engine.finding import Identity
from orgtui.model.records import Severity
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.policy import SEVERITIES

NO_TEAMS: frozenset[str] = frozenset()
NOTHING: Mapping[Identity, int] = {}

Counts = tuple[int, int, int]
"""Numbers of findings by severity, gravest first."""

NONE: Counts = (0, 0, 0)


class Badge(NamedTuple):
    """The gravest severity of some findings, and how many have it."""

    severity: Severity
    findings: int


class Badges:
    """The findings that count (are not accepted), by subject and by the teams whose subtree they concern.

    A finding concerns a team's subtree if one of its subjects is a team, a function or a seat in it.
    """

    def __init__(self, organization: Organization, reported: Mapping[Identity, ReportedFinding]) -> None:
        self.organization = organization
        self._about: dict[str, dict[Identity, int]] = {}
        self._below: dict[str, Counts] = {}
        self._standing: dict[Identity, tuple[int, frozenset[str]]] = {}
        """The rank of severity (0 is the gravest) and the teams of each finding."""
        self._lines: dict[str, frozenset[str]] = {}
        for identity, each in reported.items():
            if each.counts:
                self._add(identity, SEVERITIES.index(each.severity))

    def update(self, sets: Iterable[Set], difference: Difference) -> set[str]:
        """Update by a change; returns the teams whose subtree has other findings now."""
        sets = list(sets)
        if any(each.table == "team" and _moved(each) for each in sets):
            self._lines = {}
        touched: set[str] = set()
        for old, new in difference.pairs:
            if old is not None and old.counts:
                touched |= self._drop(old.identity)
            if new is not None and new.counts:
                touched |= self._add(new.identity, SEVERITIES.index(new.severity))
        for identity in self._misplaced(sets):
            gravity, _ = self._standing[identity]
            touched |= self._drop(identity) | self._add(identity, gravity)
        return touched

    def on(self, ref: Ref) -> Badge | None:
        """The badge of the findings with `ref` among their subjects; None if there are none."""
        return _badge(_counts(self._about.get(ref, NOTHING)))

    def about(self, ref: Ref) -> list[Identity]:
        """The findings with `ref` among their subjects, gravest first."""
        findings = self._about.get(ref, NOTHING)
        return sorted(findings, key=findings.__getitem__)

    def below(self, team: str) -> Badge | None:
        """The badge of the findings that concern a team's subtree; None if there are none."""
        return _badge(self._below.get(team, NONE))

    def within(self, team: str) -> Counts:
        """The numbers of findings about a team itself, its functions and its seats."""
        refs = [Ref.to("team", team)]
        refs += [Ref.to("function", key) for key in self.organization.index("functions_of", team)]
        refs += [Ref.to("person", key) for key in self.organization.index("members", team)]
        return _counts({key: at for ref in refs for key, at in self._about.get(ref, NOTHING).items()})

    def _misplaced(self, sets: Iterable[Set]) -> set[Identity]:
        """Findings whose subjects may have moved to another team, or whose teams have moved."""
        identities: set[Identity] = set()
        for each in sets:
            if each.table == "team" and _moved(each):
                standing = self._standing.items()
                identities |= {identity for identity, (_, teams) in standing if each.key in teams}
            elif each.table in ("function", "person"):
                identities |= self._about.get(Ref.to(each.table, str(each.key)), NOTHING).keys()
        return identities

    def _add(self, identity: Identity, gravity: int) -> frozenset[str]:
        teams = self._teams_of(identity)
        self._standing[identity] = gravity, teams
        for ref in identity[1]:
            self._about.setdefault(ref, {})[identity] = gravity
        for team in teams:
            self._below[team] = _changed(self._below.get(team, NONE), gravity, 1)
        return teams

    def _drop(self, identity: Identity) -> frozenset[str]:
        gravity, teams = self._standing.pop(identity)
        for ref in identity[1]:
            findings = self._about[ref]
            findings.pop(identity, None)
            if not findings:
                del self._about[ref]
        for team in teams:
            self._below[team] = _changed(self._below[team], gravity, -1)
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
        """A team and all teams above it; cached until a team moves."""
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


def _counts(findings: Mapping[Identity, int]) -> Counts:
    gravities = list(findings.values())
    return gravities.count(0), gravities.count(1), gravities.count(2)


def _changed(counts: Counts, gravity: int, by: int) -> Counts:
    errors, warnings, advice = (count + by * (at == gravity) for at, count in enumerate(counts))
    return errors, warnings, advice


def _badge(counts: Counts) -> Badge | None:
    for severity, findings in zip(SEVERITIES, counts, strict=True):
        if findings:
            return Badge(severity, findings)
    return None
