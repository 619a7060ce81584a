"""Which records two steps both wrote."""

from __future__ import annotations

import pytest

from orgtui.model.records import Pillar
from orgtui.model.store import Set
from orgtui.session.timeline.overlap import written_by_both
from tests.changes.world import change
from tests.organizations import small_organization

ORGANIZATION = small_organization(Pillar("one", "One"), Pillar("two", "Two"), Pillar("three", "Three"))


def pillars(*named: str) -> list[Set]:
    """The assignments that put pillars, named by `id` or `id=name`, in an order."""
    given = [(each.partition("=")[0], each.partition("=")[2] or each.title()) for each in named]
    written = [{"id": identity, "name": name} for identity, name in given]
    return change("set_organization", pillars=written).compile(ORGANIZATION)


@pytest.mark.parametrize(
    ("named", "both"),
    [
        (("one", "three", "two"), []),
        (("one", "three", "two=Second"), ["two"]),
        (("one", "three"), ["two"]),
        (("one", "two=Zwei", "three"), ["two"]),
    ],
)
def test_an_order_and_a_name_are_written_apart(named: tuple[str, ...], both: list[str]) -> None:
    renamed = change("rename", kind="pillar", id="two", name="Deux").compile(ORGANIZATION)
    assert [key for _, key in written_by_both(pillars(*named), renamed)] == both
    assert [key for _, key in written_by_both(renamed, pillars(*named))] == both


def test_two_orders_are_written_to_one_place() -> None:
    both = written_by_both(pillars("one", "three", "two"), pillars("three", "two", "one"))
    assert {key for _, key in both} == {"two", "three"}
