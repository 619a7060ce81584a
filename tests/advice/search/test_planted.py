"""Planted defects: what the laws of the search guard against turns their check red."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.plans import Options
from orgtui.advice.search.world import Answer, Touched, Weights, World
from orgtui.changes.operations.seats import MovePerson
from orgtui.engine.view import View
from orgtui.model.sentence import Sentence
from orgtui.model.store import Set
from tests.support import random_organization

from .trying import check_plans, sample, searched, touched_between

ASKS = 300
DROWSY = 7
"""The seed of an organisation in which the best plans would put a rule to sleep."""


def test_without_the_guard_a_plan_puts_a_rule_to_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    organization = random_organization(DROWSY)
    check_plans(organization, Limits(), searched(organization, asks=ASKS, plans=50))
    guarded = World._answer

    def unguarded(
        world: World, penalty: int, touched: Touched, _: bool, unresolved: int, added: Weights = ()
    ) -> Answer:
        return guarded(world, penalty, touched, False, unresolved, added)

    monkeypatch.setattr(World, "_answer", unguarded)
    with pytest.raises(AssertionError):
        check_plans(organization, Limits(), searched(organization, asks=ASKS, plans=50))


def check_touched_after_a_detour() -> None:
    organization = sample("startup_a")
    world = World(organization, organization.profile.as_of, Options())
    person = next(each for each in organization.people.values() if not organization.index("led_by", each.id))
    for to in ("web" if person.team != "web" else "brand", person.team):
        world.make([MovePerson(person.id, to)])
        assert world.touched.people == touched_between(organization, world.organization)


def test_people_counted_step_by_step_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    check_touched_after_a_detour()
    net = World._touched_by

    def by_steps(world: World, sets: Iterable[Set], view: View) -> Touched:
        there = net(world, sets, view)
        return Touched(world.touched.moved | there.moved, world.touched.managed | there.managed)

    monkeypatch.setattr(World, "_touched_by", by_steps)
    with pytest.raises(AssertionError):
        check_touched_after_a_detour()


class Lax(Limits):
    """Limits that only look at candidates."""

    def broken_by(self, *_: Any, **__: Any) -> list[Sentence]:
        return []


@pytest.mark.parametrize("limits", [{"must_resolve": ("P105", "S102")}, {"apart": (("sem", "seo"),)}])
def test_limits_that_only_look_at_candidates_are_broken(limits: Any) -> None:
    organization = sample("startup_a")
    with pytest.raises(AssertionError):
        check_plans(organization, Limits(**limits), searched(organization, Lax(**limits), asks=ASKS))
