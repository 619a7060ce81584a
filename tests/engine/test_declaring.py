"""Derived values and tallies are told apart by their full path, and no two have the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from operator import attrgetter
from types import FunctionType
from typing import Any

import pytest

from orgtui.engine.engine import Engine
from orgtui.engine.finding import Violation, violation
from orgtui.engine.rule import Rule, evaluate
from orgtui.engine.view import Contribution, Tally, View, derived, tally
from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.rules.registry import NoOptions
from tests.support import random_organization

TODAY = date(2026, 11, 21)


def declared_in(module: str, function: Callable[..., Any]) -> FunctionType:
    """The function `counted` of a module, which does what `function` does."""
    twin = FunctionType(function.__code__, function.__globals__, "counted", None, function.__closure__)
    twin.__module__ = module
    twin.__qualname__ = "counted"
    return twin


def seats(view: View, person: str) -> Contribution:
    record = view.person(person)
    if record is not None:
        yield record.team, "", 1


def titles(view: View, person: str) -> Contribution:
    record = view.person(person)
    if record is not None:
        yield record.title or "", "", 1


def speaking_of(code: str, tally: Tally, group: Callable[[Any], str]) -> Rule:
    """A rule that says of each person how many share what the tally groups by."""

    def check(view: View, person: str, _: object) -> Iterator[Violation]:
        yield violation(Ref.to("person", person), size=tally(view, group(view.person(person))).get("", 0))

    return Rule(code, "person", check, NoOptions)


def test_two_tallies_alike_in_module_name_and_function_name_stay_apart() -> None:
    """Both are `counted` of a module `people`: a shared slot would leave one of them without readers."""
    organization = random_organization(5)
    by_team = tally(over="person")(declared_in("first.people", seats))
    by_title = tally(over="person")(declared_in("second.people", titles))
    rules = [
        speaking_of("T101", by_team, attrgetter("team")),
        speaking_of("T102", by_title, attrgetter("title")),
    ]
    options: dict[type, object] = {NoOptions: NoOptions()}
    engine = Engine(organization, rules, TODAY, options)
    first, *others = organization.people.values()
    other = next(each for each in others if each.team != first.team)
    engine.update([Set("person", other.id, other, replace(other, team=first.team))])
    anew, _ = evaluate(organization.copy(), rules, TODAY, options)
    assert engine.findings == {finding.identity: finding for finding in anew}


def test_a_second_tally_with_the_same_path_is_refused() -> None:
    tally(over="person")(declared_in("third.people", seats))
    with pytest.raises(ValueError, match=r"third\.people\.counted is declared twice"):
        tally(over="person")(declared_in("third.people", titles))


def test_a_second_derived_value_with_the_same_path_is_refused() -> None:
    derived(declared_in("fourth.people", seats))
    with pytest.raises(ValueError, match=r"fourth\.people\.counted is declared twice"):
        derived(declared_in("fourth.people", seats))
