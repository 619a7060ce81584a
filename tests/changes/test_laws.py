"""What holds of every operation in every organisation."""

from __future__ import annotations

from json import dumps, loads
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from orgtui.changes.base import OPERATIONS, Change, Refused
from orgtui.changes.compile import compile_all
from orgtui.changes.operations.teams import CreateTeam
from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.locales import translate
from orgtui.model.indexes import COUNTS, INDEXES
from orgtui.model.store import Organization, inverse
from tests.changes.loading import assert_loads
from tests.strategies_changes import changes
from tests.support import examples, random_organization

organizations = st.integers(0, 150).map(random_organization)
few = settings(deadline=None, max_examples=examples(8, 50), suppress_health_check=list(HealthCheck))


def state_of(organization: Organization) -> list[Any]:
    """Everything that is kept: records in order, and what is kept beside them."""
    indexes = {
        (index.name, key): set(keys)
        for index in INDEXES
        for key, keys in organization.index_keys(index.name).items()
    }
    for count in COUNTS:
        organization.count(count.name, "")
    counts = {
        (name, key): amount
        for name, amounts in organization._counts.items()  # also of keys that no record has any more
        for key, amount in amounts.items()
        if amount
    }
    return [list(organization.records()), indexes, counts]


@pytest.mark.hypothesis
@pytest.mark.parametrize("op", sorted(OPERATIONS))
def test_every_operation(op: str) -> None:
    """It leaves an organisation that loads and is exactly undoable, or is refused and alters nothing."""
    made = 0

    @given(data=st.data())
    @few
    def law(data: st.DataObject) -> None:
        nonlocal made
        organization = data.draw(organizations)
        change = data.draw(changes(organization, (op,)))
        before = state_of(organization)
        change.replaced_values(organization)
        refused = None
        try:
            sets = compile_all(organization, [change])
        except Refused as refusal:
            refused = refusal.sentence
        assert state_of(organization) == before
        if refused is not None:
            assert translate(refused)
            return
        made += 1
        assert sets
        assert all(each.old != each.new for each in sets)
        for each in sets:
            organization.apply(each)
        assert_loads(organization)
        change.replaced_values(organization)
        for each in inverse(sets):
            organization.apply(each)
        assert state_of(organization) == before

    for number in range(40):
        seed(number)(law)()  # each time others, also where what is drawn is the same in every run
        if made:
            return
    pytest.fail("the law says nothing about an operation that is always refused")


@given(data=st.data())
@settings(deadline=None, max_examples=examples(80, 400), suppress_health_check=list(HealthCheck))
def test_a_change_is_read_as_it_was_written(data: st.DataObject) -> None:
    change = data.draw(changes(data.draw(organizations)))
    written = change_to_mapping(change)
    assert written["op"] == change.op
    assert parse_change(written) == change
    assert parse_change(loads(dumps(written, default=lambda day: day.isoformat()))) == change


@given(data=st.data())
@settings(deadline=None, max_examples=examples(20, 120), suppress_health_check=list(HealthCheck))
def test_changes_one_after_another_come_to_one_list(data: st.DataObject) -> None:
    """Compiling a series gives the same as making each; a refusal half-way leaves everything as it was."""
    organization = data.draw(organizations)
    made: list[Change] = []
    there = organization.copy()
    for _ in range(data.draw(st.integers(1, 12))):
        change = data.draw(changes(there))
        try:
            sets = change.compile(there)
        except Refused:
            before = state_of(organization)
            with pytest.raises(Refused):
                compile_all(organization, [*made, change])
            assert state_of(organization) == before
            continue
        for each in sets:
            there.apply(each)
        made.append(change)
    for each in compile_all(organization, made):
        organization.apply(each)
    assert organization == there
    assert list(organization.records()) == list(there.records())
    assert_loads(organization)


def test_trying_changes_leaves_no_trace_in_the_order_of_files() -> None:
    """What is previewed and dropped must not decide where a record stands that is made later."""
    here, there = random_organization(1), random_organization(1)
    first, second = (CreateTeam(f"new-{number}", "New", here.root) for number in (1, 2))
    compile_all(here, [first, second])
    for organization in (here, there):
        for change in (second, first):
            for each in change.compile(organization):
                organization.apply(each)
    assert list(here.teams) == list(there.teams)
