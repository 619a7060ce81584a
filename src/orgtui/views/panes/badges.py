"""The findings at each row of the team tree and below each team, updated finding by finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from orgtui.engine.finding import Identity
from orgtui.model.records import Severity
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.policy import SEVERITIES

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
        self._standing: dict[Identity, tuple[int, tuple[str, ...]]] = {}
        """The rank of severity (0 is the gravest) of each finding, and the teams its subjects are in."""
        teams = organization.teams.rows().values()
        self._parents: dict[str, str | None] = {team.id: team.parent for team in teams}
        """The tree of teams that the counts stand for."""
        self._depths: dict[str, int] = {}
        self._add({key: SEVERITIES.index(each.severity) for key, each in reported.items() if each.counts})

    def update(self, sets: Iterable[Set], difference: Difference) -> set[str]:
        """Update by a change; returns the teams whose subtree has other findings now."""
        sets = list(sets)
        old = [old.identity for old, _ in difference.pairs if old is not None and old.counts]
        new = {
            new.identity: SEVERITIES.index(new.severity)
            for _, new in difference.pairs
            if new is not None and new.counts
        }
        misplaced = {each: self._standing[each][0] for each in self._misplaced(sets).difference(old)}
        touched = self._drop([*old, *misplaced])
        for each in sets:
            if each.table == "team" and _moved(each):
                self._parents[str(each.key)] = getattr(each.new, "parent", None)
                self._depths = {}
        return touched | self._add(misplaced | new)

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
        moved = {str(each.key) for each in sets if each.table == "team" and _moved(each)}
        if moved:
            carried = dict.fromkeys(moved, True)
            standing = self._standing.items()
            identities = {key for key, (_, teams) in standing if any(self._is_in(carried, t) for t in teams)}
        for each in sets:
            if each.table in ("function", "person"):
                identities |= self._about.get(Ref.to(each.table, str(each.key)), NOTHING).keys()
        return identities

    def _is_in(self, known: dict[str, bool], team: str) -> bool:
        """Whether a team lies in one of some subtrees; `known` says so of their tops, and is added to."""
        line: list[str] = []
        above: str | None = team
        while above is not None and above not in known:
            line.append(above)
            above = self._parents.get(above)
        known.update(dict.fromkeys(line, above is not None and known[above]))
        return known[team]

    def _add(self, findings: Mapping[Identity, int]) -> set[str]:
        """Count findings with their ranks of severity; returns the teams whose subtree they concern."""
        for identity, gravity in findings.items():
            self._standing[identity] = gravity, teams_of(self.organization, identity)
            for ref in identity[1]:
                self._about.setdefault(ref, {})[identity] = gravity
        return self._count((self._standing[identity] for identity in findings), 1)

    def _drop(self, identities: Iterable[Identity]) -> set[str]:
        standing = []
        for identity in identities:
            standing.append(self._standing.pop(identity))
            for ref in identity[1]:
                findings = self._about[ref]
                findings.pop(identity, None)
                if not findings:
                    del self._about[ref]
        return self._count(standing, -1)

    def _count(self, standing: Iterable[tuple[int, tuple[str, ...]]], by: int) -> set[str]:
        """Count findings in (`by` 1) or out (-1), each once in every team at or above one of its teams.

        Goes up level by level, so that a team is visited once for all findings. Returns the teams visited.
        """
        changes: dict[str, list[int]] = {}
        for gravity, teams in standing:
            for team, times in self._ends(teams):
                changes.setdefault(team, [0, 0, 0])[gravity] += by * times
        left = [(-self._depth(team), team) for team in changes]
        heapify(left)
        touched: set[str] = set()
        while left:
            _, team = heappop(left)
            touched.add(team)
            change = changes[team]
            errors, warnings, advice = map(int.__add__, self._below.get(team, NONE), change)
            self._below[team] = errors, warnings, advice
            above = self._parents.get(team)
            if above is None:
                continue
            if above in changes:
                changes[above] = list(map(int.__add__, changes[above], change))
            else:
                changes[above] = change
                heappush(left, (-self._depth(above), above))
        return touched

    def _ends(self, teams: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        """What to count at some teams so that each team at or above one of them gets 1 in all."""
        if len(teams) == 1:
            yield teams[0], 1
            return
        lines: set[str] = set()
        for team in teams:
            yield team, 1
            above: str | None = team
            while above is not None and above not in lines:
                lines.add(above)
                above = self._parents.get(above)
            if above is not None:
                yield above, -1

    def _depth(self, team: str) -> int:
        """How many teams are above a team; cached until a team moves."""
        line: list[str] = []
        above: str | None = team
        while above is not None and above not in self._depths:
            line.append(above)
            above = self._parents.get(above)
        first = 0 if above is None else self._depths[above] + 1
        self._depths.update((each, depth) for depth, each in enumerate(reversed(line), first))
        return self._depths[team]


def teams_of(organization: Organization, identity: Identity) -> tuple[str, ...]:
    """The teams that a finding's subjects are or are in."""
    tables = organization.tables
    teams: dict[str, None] = {}
    for kind, _, key in (ref.partition(":") for ref in identity[1]):
        if kind == "team":
            teams[key] = None
        elif kind in ("function", "person"):
            record = tables[kind].get(key)
            if record is not None and record.team is not None:
                teams[record.team] = None
    return tuple(teams)


def _moved(each: Set) -> bool:
    return getattr(each.old, "parent", None) != getattr(each.new, "parent", None)


def _counts(findings: Mapping[Identity, int]) -> Counts:
    gravities = list(findings.values())
    return gravities.count(0), gravities.count(1), gravities.count(2)


def _badge(counts: Counts) -> Badge | None:
    for severity, findings in zip(SEVERITIES, counts, strict=True):
        if findings:
            return Badge(severity, findings)
    return None
