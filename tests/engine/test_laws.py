"""The laws of the engine over every table: incremental == full, what-if == commit, undo == nothing."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from orgtui.engine.engine import Engine
from orgtui.engine.finding import Delta, Finding, Identity
from orgtui.engine.graph import DerivedNode, TrackingView
from orgtui.engine.rule import evaluate
from orgtui.model.indexes import COUNTS, INDEXES
from orgtui.model.store import RECORD_TYPES, Organization, inverse, sets_between
from orgtui.rules.facts.waves import no_waves
from orgtui.rules.policy import options_for
from orgtui.rules.registry import catalogue
from tests.engine.random_sets import TABLES, random_sets
from tests.support import examples, random_organization

TODAY = date(2026, 11, 21)
RULES = [each.rule for each in catalogue().values()]


def options(organization: Organization) -> dict[type, object]:
    """The parameters in force, pay that differs from seat to seat, and a plan that does nothing so far."""
    pay = {p: Decimal(len(p) * 1000) for p in organization.people}
    return options_for(organization.rules, pay, no_waves(organization.copy()))


def full(organization: Organization, options: Mapping[type, object]) -> dict[Identity, Finding]:
    """Every finding, evaluated from scratch."""
    found, _ = evaluate(organization.copy(), RULES, TODAY, options)
    return {finding.identity: finding for finding in found}


def as_mapping(delta: Delta) -> dict[Identity, Finding | None]:
    gone: dict[Identity, Finding | None] = {finding.identity: None for finding in delta.resolved}
    return gone | {finding.identity: finding for finding in (*delta.introduced, *delta.changed)}


class Laws(RuleBasedStateMachine):
    """Random assignments to every table, one after the other, some taken back."""

    engine: Engine
    start: Organization

    @initialize(seed=st.integers(0, 10_000))
    def begin(self, seed: int) -> None:
        self.start = random_organization(seed)
        self.engine = start(self.start.copy())

    @rule(seed=st.integers(0, 2**32))
    def change(self, seed: int) -> None:
        check_one_change(self.engine, random.Random(seed), undo=False)

    @rule(seed=st.integers(0, 2**32))
    def change_and_undo(self, seed: int) -> None:
        check_one_change(self.engine, random.Random(seed), undo=True)

    @rule()
    def preview_the_beginning(self) -> None:
        """Supposing a state many changes away tells what evaluating it from scratch tells."""
        back = sets_between(self.engine.organization, self.start)
        preview = self.engine.preview(back, lambda view, delta: delta, graph_lane=True)
        then = full(self.start, self.engine.options)
        now = self.engine.findings
        assert as_mapping(preview.answer) == {
            identity: then.get(identity)
            for identity in now.keys() | then.keys()
            if now.get(identity) != then.get(identity)
        }

    @invariant()
    def incremental_is_full(self) -> None:
        if hasattr(self, "engine"):
            assert self.engine.findings == full(self.engine.organization, self.engine.options)


def start(organization: Organization) -> Engine:
    engine = Engine(organization, RULES, TODAY, options(organization))
    engine.evaluate_pending()
    return engine


def check_one_change(
    engine: Engine, rng: random.Random, tables: Sequence[str] = TABLES, *, undo: bool
) -> None:
    """Suppose assignments, commit them, and take them back if asked; both must tell the same."""
    sets = random_sets(engine.organization, rng, tables)
    before = dict(engine.findings)
    state = engine.organization.copy()
    preview = engine.preview(sets, lambda view, delta: delta, graph_lane=True)
    assert engine.organization == state
    assert engine.findings == before
    told = as_mapping(engine.update(sets)) | as_mapping(engine.evaluate_pending())
    assert as_mapping(preview.answer) == {i: f for i, f in told.items() if before.get(i) != f}
    if undo:
        engine.update(inverse(sets))
        engine.evaluate_pending()
        assert engine.organization == state
        assert engine.findings == before


@pytest.mark.parametrize("seed", range(40))
def test_a_preview_while_rules_are_pending_tells_what_is_committed(seed: int) -> None:
    """Rules on the whole graph wait after a change; supposing another one asks them about both."""
    rng, engine = random.Random(seed), start(random_organization(seed))
    engine.update(random_sets(engine.organization, rng, TABLES))
    check_one_change(engine, rng, undo=False)


TestLaws = Laws.TestCase
TestLaws.settings = settings(max_examples=examples(50, 300), stateful_step_count=15, deadline=None)


def noticed(sabotage: Callable[[Engine], None], tables: Sequence[str] = TABLES, runs: int = 600) -> bool:
    """Whether the laws notice an engine that `sabotage` has spoilt, under changes to `tables`."""
    for seed in range(runs):
        rng = random.Random(seed)
        engine = start(random_organization(seed % 100))
        sabotage(engine)
        stop_going_round(engine)
        try:
            for _ in range(10):
                engine.update(random_sets(engine.organization, rng, tables))
                if rng.random() < 0.5:
                    engine.evaluate_pending()
            engine.evaluate_pending()
            assert engine.findings == full(engine.organization, engine.options)
        except (AssertionError, KeyError):
            return True
    return False


def graph_of(engine: Engine) -> TrackingView:
    """What the engine keeps of who read what."""
    assert isinstance(engine.view, TrackingView)
    return engine.view


# Defects are planted inside the engine, so the tests from here on reach for its private methods.


def stop_going_round(engine: Engine, most: int = 20_000) -> None:
    """A spoilt engine may recompute in circles for ever: that is noticed too."""
    graph, left = graph_of(engine), itertools.count(most, -1)
    recompute = graph._recompute

    def counted(node: DerivedNode) -> None:
        assert next(left) > 0
        recompute(node)

    graph._recompute = counted  # type: ignore[method-assign]


class Deaf(dict[Any, Any]):
    """Readers of a kind of cell that never hear of a change."""

    def pop(self, *_: object) -> None:
        return None

    def get(self, *_: object) -> None:
        return None


DERIVED = "derived values and tallies"
TABLE_OF_KEPT = {index.name: index.table for index in INDEXES}
TABLE_OF_KEPT |= {count.name: count.table for count in COUNTS}


def kind_of(slot: str) -> tuple[str, str]:
    """What kind of cell a slot holds, and of which table or module."""
    if slot[0] == "#":
        return DERIVED, module_of(slot[1:])
    if slot in TABLE_OF_KEPT:
        return "indexes and counts", TABLE_OF_KEPT[slot]
    table, dot, _ = slot.partition(".")
    return ("ids" if dot else "records"), table


def module_of(name: str) -> str:
    """Where a derived value or a tally is declared."""
    return name.rpartition(".")[0]


@cache
def kinds_read() -> list[tuple[str, str]]:
    """Every kind of cell that some rule reads in some organisation, and where what is derived is declared."""
    kinds: set[tuple[str, str]] = set()
    for seed in range(40):
        graph = graph_of(start(random_organization(seed)))
        kinds |= {kind_of(slot) for slot, readers in graph.readers.items() if readers}
        kinds |= {(DERIVED, module_of(derived.name)) for derived in graph.nodes if derived.tally is None}
    return sorted(kinds)


NEVER_MISSED = {
    ("records", "request"),  # nothing is said in it but its key
}


@pytest.mark.parametrize("name", ["records", "ids", "indexes and counts", DERIVED])
def test_the_laws_notice_every_kind_of_cell_that_is_not_tracked(name: str) -> None:
    kinds = [kind for kind in kinds_read() if kind[0] == name and kind not in NEVER_MISSED]
    assert kinds
    assert [kind for kind in kinds if not noticed_untracked(kind)] == []


def noticed_untracked(kind: tuple[str, str]) -> bool:
    def forget(engine: Engine) -> None:
        graph = graph_of(engine)
        graph.readers |= {slot: Deaf() for slot in graph.readers if kind_of(slot) == kind}
        recompute = graph._recompute

        def untold(node: DerivedNode) -> None:
            if (DERIVED, module_of(node.derived.name)) == kind:
                node.readers = None
            recompute(node)

        graph._recompute = untold  # type: ignore[method-assign]

    return noticed(forget, (kind[1],) if kind[1] in TABLES else TABLES)


def test_the_laws_notice_an_entity_that_is_not_told_of_its_own_record() -> None:
    def forget(engine: Engine) -> None:
        engine._kinds = {slot: kinds for slot, kinds in engine._kinds.items() if slot not in RECORD_TYPES}

    assert noticed(forget)


def test_the_laws_hold_for_an_engine_left_alone() -> None:
    assert not noticed(lambda engine: None, runs=15)
