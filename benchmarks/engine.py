"""Benchmarks of the engine: moves, previews, and evaluating every rule."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median
from time import thread_time
from typing import Any

from benchmarks.measure import (
    Bar,
    Row,
    Scale,
    Section,
    cpu_seconds,
    gc_disabled,
    people_label,
    percentile,
    ratio_bar,
)
from benchmarks.organizations import organization
from orgtui.engine.engine import Engine
from orgtui.engine.finding import Violation
from orgtui.engine.rule import Rule, entities, evaluate, evaluate_rule
from orgtui.engine.view import PlainView, View
from orgtui.model.store import Organization, Set
from orgtui.rules.policy import options_for
from orgtui.rules.registry import catalogue

ABOUT = (
    "Moves of random people and functions to random teams, with the findings that come and go. Processor "
    "time of the one thread at work: the engine waits for nothing. Rules about the whole graph of teams run "
    "in a lane of their own after the move is shown; they are left out of the move and told by themselves."
)
COSTS_ABOUT = "Each rule asked once about every entity, with all it derives, on a view of its own."
TABLES = ("person", "function")
GRAPH_LANE_SAMPLES = 20
"""Samples of the rules about the whole graph: few, as they take long and vary little."""


def measure(scale: Scale) -> Iterator[Section]:
    """The sections of the engine and of the cost of each rule."""
    yield Section("Engine", ABOUT, _sizes(scale))
    yield Section("What each rule costs", COSTS_ABOUT, rule_costs(scale.app[-1]))


def _sizes(scale: Scale) -> Iterator[Row]:
    smallest: Costs | None = None
    for size in scale.engine:
        costs = measure_engine(organization(size), scale.moves)
        smallest = smallest or costs
        yield from _rows(people_label(size), costs, smallest)


@dataclass(slots=True)
class Costs:
    """Seconds of processor time and counts of evaluations, a sample a move, by table of the record."""

    move: dict[str, list[float]] = field(default_factory=lambda: {table: [] for table in TABLES})
    previews: dict[str, list[float]] = field(default_factory=lambda: {table: [] for table in TABLES})
    graph_lane: list[float] = field(default_factory=list)
    evaluations: dict[str, list[int]] = field(default_factory=lambda: {table: [] for table in TABLES})
    build: float = 0
    full_run: float = 0


def measure_engine(org: Organization, moves: int) -> Costs:
    """Measure an engine on an organisation, with `moves` moves of each kind."""
    costs = Costs()
    options = options_for(org.rules)
    count = [0]
    rules = [counting(each.rule, count) for each in catalogue().values()]
    today = org.profile.as_of
    with gc_disabled():
        evaluate(org, rules, today, options)  # builds the indexes and imports what rules need
        costs.full_run = cpu_seconds(partial(evaluate, org, rules, today, options))
        started = thread_time()
        engine = Engine(org, rules, today, options)
        engine.evaluate_pending()
        costs.build = thread_time() - started
        gc.freeze()
        for table in TABLES:
            costs.previews[table] = [
                cpu_seconds(partial(engine.preview, [move], _no_answer))
                for move in random_moves(org, table, moves)
            ]
            for move in random_moves(org, table, moves):
                count[0] = 0
                costs.move[table].append(cpu_seconds(partial(engine.update, [move])))
                costs.evaluations[table].append(count[0])
                engine.update([move.inverse()])
        for move in random_moves(org, "function", GRAPH_LANE_SAMPLES):
            engine.update([move])
            costs.graph_lane.append(cpu_seconds(engine.evaluate_pending))
        gc.unfreeze()
    return costs


def random_moves(org: Organization, table: str, moves: int, seed: int = 1) -> Iterator[Set]:
    """Assignments that move random records to other teams, each made of the record as it is then."""
    rng = random.Random(seed)
    keys, teams = list(org.tables[table].rows()), list(org.teams)
    for _ in range(moves):
        record = org.tables[table][rng.choice(keys)]
        to = rng.choice([team for team in rng.sample(teams, 2) if team != record.team])
        yield Set(table, record.id, record, replace(record, team=to))


def counting(rule: Rule, count: list[int]) -> Rule:
    """The rule, adding 1 to `count[0]` on every evaluation."""

    def check(view: View, key: Any, options: Any) -> Sequence[Violation]:
        count[0] += 1
        return list(rule.check(view, key, options))

    return replace(rule, check=check)


def _no_answer(view: View, delta: object) -> None:
    """An empty answer for previews."""


def _rows(at: str, costs: Costs, smallest: Costs) -> Iterator[Row]:
    for table in TABLES:
        middle, before = median(costs.move[table]), median(smallest.move[table])
        yield Row(f"move of a {table}, median", at, "ms", middle, Bar(1))
        yield Row(f"move of a {table}, 99th percentile", at, "ms", percentile(costs.move[table], 99), Bar(2))
        if costs is not smallest:
            yield Row(f"move of a {table}, against the smallest", at, "ms", middle, ratio_bar(5), before)
        yield Row(f"what if a {table} moved, median", at, "ms", median(costs.previews[table]), Bar(0.5))
        yield Row(
            f"rules asked for the move of a {table}, median", at, "rules", median(costs.evaluations[table])
        )
    yield Row("rules about the whole graph after a move, median", at, "ms", median(costs.graph_lane))
    yield Row("every rule once, nothing remembered", at, "ms", costs.full_run)
    yield Row("every rule once, remembering what was read", at, "ms", costs.build)


def evaluate_all(rule: Rule, view: View, keys: Iterable[Any], options: Mapping[type, object]) -> None:
    """Evaluate a rule for each key."""
    for key in keys:
        evaluate_rule(rule, view, key, options)


def rule_costs(size: int) -> Iterator[Row]:
    """The cost of each rule over all its entities, the most expensive first."""
    org = organization(size)
    options = options_for(org.rules)
    org.index("children", "")  # builds all indexes
    rows = []
    with gc_disabled():
        for code, each in catalogue().items():
            view = PlainView(org, org.profile.as_of, options)
            keys = list(entities(org, each.rule.on))

            seconds = cpu_seconds(partial(evaluate_all, each.rule, view, keys, options))
            rows.append(Row(f"{code} {each.name}", people_label(size), "ms", seconds))
    yield from sorted(rows, key=lambda row: -row.figure)
