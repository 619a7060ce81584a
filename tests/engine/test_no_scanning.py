"""A move costs what it touches: in a larger organisation no rule is asked more often and none reads more."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from benchmarks.engine import random_moves
from benchmarks.organizations import organization
from orgtui.engine.engine import Engine
from orgtui.engine.finding import Violation
from orgtui.engine.graph import DerivedNode, TrackingView
from orgtui.engine.rule import Rule
from orgtui.engine.view import View
from orgtui.model.records import Handoff, Key, Share
from orgtui.model.store import Organization, Set
from orgtui.rules.policy import options_for
from orgtui.rules.registry import NoOptions, catalogue

SMALL, LARGE = 240, 1920
LEVELS_MORE = 1
"""How many levels of teams the large organisation has more than the small one."""

MOVES = 40
READS = ("record", "ids", "index", "count", "derive", "tally")
RULES = tuple(each.rule for each in catalogue().values())
ENTITY_LANE = tuple(rule for rule in RULES if rule.lane == "entity")


@dataclass
class Effort:
    """By rule or derived value: how often it ran for one move, and how much it read in one run, at most."""

    runs: dict[str, int] = field(default_factory=dict)
    reads: dict[str, int] = field(default_factory=dict)


@dataclass
class Meter:
    """Counts runs and reads of rules and derived values."""

    running: list[str] = field(default_factory=list)
    runs: Counter[str] = field(default_factory=Counter)
    reads: Counter[str] = field(default_factory=Counter)
    most: Effort = field(default_factory=Effort)

    def ran(self, name: str, work: Callable[[], Any]) -> Any:
        self.runs[name] += 1
        outside, self.reads[name] = self.reads[name], 0
        self.running.append(name)
        try:
            return work()
        finally:
            self.running.pop()
            self.most.reads[name] = max(self.most.reads.get(name, 0), self.reads[name])
            self.reads[name] = outside

    def read(self) -> None:
        if self.running:
            self.reads[self.running[-1]] += 1

    def moved(self) -> None:
        for name, runs in self.runs.items():
            self.most.runs[name] = max(self.most.runs.get(name, 0), runs)
        self.runs.clear()

    def metered(self, rule: Rule) -> Rule:
        def check(view: View, key: Any, options: Any) -> Sequence[Violation]:
            said: Sequence[Violation] = self.ran(rule.code, lambda: list(rule.check(view, key, options)))
            return said

        return replace(rule, check=check)

    def metered_view(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        """What takes the place of the view's methods."""
        compute = TrackingView._compute  # what is derived is computed nowhere else, so it is counted there
        yield (
            "_compute",
            lambda view, node: self.ran(_name(node), lambda: compute(view, node)),
        )
        for method in READS:
            yield method, self._reading(getattr(TrackingView, method))

    def _reading(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def read(*arguments: Any) -> Any:
            self.read()
            return method(*arguments)

        return read


def _name(node: DerivedNode) -> str:
    return node.derived.name


def rewritten(org: Organization, table: str, change: Callable[[Any], dict[str, object]]) -> Iterator[Set]:
    """Assignments that change fields of random records of a table; of teams without teams below them.

    What a lead or a goal higher up means for everything below it is no scan: it touches all of that.
    """
    rng = random.Random(1)
    keys = [key for key in org.tables[table].rows() if table != "team" or not org.index("children", str(key))]
    for _ in range(MOVES):
        record = org.tables[table][rng.choice(keys)]
        yield Set(table, _key(record), record, replace(record, **change(record)))


def _key(record: Any) -> Key:
    if isinstance(record, Handoff):
        return record.source, record.target
    return (record.source, record.target, record.topic) if isinstance(record, Share) else str(record.id)


EDITS: dict[str, Callable[[Organization], Iterator[Set]]] = {
    "move a person": lambda org: random_moves(org, "person", MOVES),
    "move a function": lambda org: random_moves(org, "function", MOVES),
    "empty a seat": lambda org: rewritten(org, "person", lambda person: {"state": "vacant"}),
    "forget skills": lambda org: rewritten(org, "person", lambda person: {"skills": {}}),
    "drop shares": lambda org: rewritten(org, "person", lambda person: {"functions": {}}),
    "serve no stage": lambda org: rewritten(org, "function", lambda function: {"stages": ()}),
    "need no skill": lambda org: rewritten(org, "function", lambda function: {"skills": {}}),
    "have no lead": lambda org: rewritten(org, "team", lambda team: {"lead": None}),
    "have no goals": lambda org: rewritten(org, "team", lambda team: {"goals": ()}),
    "have no review": lambda org: rewritten(org, "team", lambda team: {"review": None}),
    "track": lambda org: rewritten(org, "handoff", lambda handoff: {"tracked": not handoff.tracked}),
    "end a link": lambda org: rewritten(org, "share", lambda share: {"until": date(2000, 1, 1)}),
}
"""What people do in a session, by what they would call it."""


def effort(people: int, edit: str, rules: Iterable[Rule]) -> Effort:
    """What random edits of a kind take at most, after the engine is built."""
    org, meter = organization(people), Meter()
    with pytest.MonkeyPatch.context() as patch:
        for method, metered in meter.metered_view():
            patch.setattr(TrackingView, method, metered)
        engine = Engine(org, list(map(meter.metered, rules)), org.profile.as_of, options_for(org.rules))
        engine.evaluate_pending()
        meter.most, meter.runs = Effort(), Counter()
        for move in EDITS[edit](org):
            for sets in ([move], [move.inverse()]):
                engine.update(sets)
                meter.moved()
    return meter.most


@cache
def of_catalogue(people: int, edit: str) -> Effort:
    return effort(people, edit, ENTITY_LANE)


def more_often(small: Effort, large: Effort) -> list[str]:
    """What ran more often for a move than the deeper tree explains: each level, where it left and came."""
    return [name for name, runs in large.runs.items() if runs > small.runs.get(name, 0) + 2 * LEVELS_MORE + 6]


def more_at_once(small: Effort, large: Effort) -> list[str]:
    """What read more in one run than chance explains."""
    return [name for name, reads in large.reads.items() if reads > 2 * small.reads.get(name, 0) + 10]


@pytest.mark.parametrize("edit", EDITS)
def test_no_rule_runs_more_often_in_a_larger_organisation(edit: str) -> None:
    small, large = of_catalogue(SMALL, edit), of_catalogue(LARGE, edit)
    assert large.runs
    assert more_often(small, large) == []


@pytest.mark.parametrize("edit", EDITS)
def test_no_rule_reads_more_in_a_larger_organisation(edit: str) -> None:
    small, large = of_catalogue(SMALL, edit), of_catalogue(LARGE, edit)
    assert large.reads
    assert more_at_once(small, large) == []


@pytest.mark.parametrize("table", ["person", "function"])
def test_rules_about_the_whole_graph_run_once_a_move(table: str) -> None:
    graph_lane = [rule for rule in RULES if rule.lane == "graph"]
    org, meter = organization(SMALL), Meter()
    engine = Engine(org, list(map(meter.metered, graph_lane)), org.profile.as_of, options_for(org.rules))
    engine.evaluate_pending()
    meter.most, meter.runs = Effort(), Counter()
    for move in random_moves(org, table, MOVES):
        engine.update([move])
        engine.evaluate_pending()
        meter.moved()
    assert all(runs == 1 for runs in meter.most.runs.values())


def _scanning(view: View, team: str, options: object) -> Iterator[Violation]:
    if sum(view.open_seats(each) for each in view.ids("team")) < 0:
        yield Violation((), {})


def test_a_rule_that_scans_is_caught() -> None:
    scanning = Rule("X101", "team", _scanning, NoOptions)
    small, large = (effort(people, "move a person", [scanning]) for people in (SMALL // 4, LARGE // 4))
    assert more_often(small, large) == ["X101"]
    assert more_at_once(small, large) == ["X101"]
