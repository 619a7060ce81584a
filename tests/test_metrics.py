"""Metrics follow changes, compare with a baseline, and keep to their definitions at the edges."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from orgtui.engine.engine import Engine
from orgtui.engine.view import PlainView, View
from orgtui.metrics import MEASURES, measure, new_managers, people_moved
from orgtui.model import records as r
from orgtui.model.records import Record, Severity
from orgtui.model.store import Organization
from orgtui.rules.policy import options_for
from orgtui.rules.registry import catalogue
from tests.engine.random_sets import random_sets
from tests.rules.organizations import TODAY, built
from tests.support import random_organization

NOTHING: Counter[str] = Counter()
NO_FINDINGS: Counter[Severity] = Counter()


def plain(organization: Organization) -> PlainView:
    return PlainView(organization, TODAY, options_for(organization.rules))


def measured(*records: Record) -> dict[str, float | None]:
    return measure(plain(built(*records)), NOTHING, NO_FINDINGS)


@pytest.mark.parametrize("seed", range(40))
def test_metrics_of_a_changing_organisation_are_those_of_its_state(seed: int) -> None:
    rng = random.Random(seed)
    organization = random_organization(seed)
    rules = [each.rule for each in catalogue().values()]
    engine = Engine(organization, rules, TODAY, options_for(organization.rules))
    for _ in range(8):
        sets = random_sets(organization, rng)
        preview = engine.preview(sets, lambda view, _: measure(view, NOTHING, NO_FINDINGS))
        engine.update(sets)
        now = measure(plain(organization.copy()), NOTHING, NO_FINDINGS)
        assert measure(engine.view, NOTHING, NO_FINDINGS) == now
        assert preview.answer == now


def test_the_order_is_that_of_the_page_and_every_name_is_known() -> None:
    before = plain(built())
    found = measure(before, NOTHING, NO_FINDINGS + Counter({"error": 4}), before=before, with_pay=True)
    severities = ("errors", "warnings", "advice")
    assert tuple(found) == (*MEASURES, *severities, "people_moved", "new_manager", "reviewed", "pay")
    assert (found["errors"], found["advice"], found["pay"]) == (4, 0, 0)
    assert {"people_moved", "new_manager", "reviewed", "pay"}.isdisjoint(
        measure(before, NOTHING, NO_FINDINGS)
    )


def test_nothing_to_divide_is_null_and_nothing_to_count_is_zero() -> None:
    found = measured()
    empty = ("span_min", "span_median", "span_max", "team_size_median", "borders")
    assert [found[name] for name in (*empty, "shared_goal_share", "knowledge_link_share")] == [None] * 7
    counted = [name for name in MEASURES if found[name] is not None]
    assert {found[name] for name in counted} == {0}


@pytest.mark.parametrize(
    ("sizes", "median"), [([1], 1), ([1, 2], 1.5), ([1, 3], 2), ([1, 1, 7], 1), ([2, 2, 3, 9], 2.5)]
)
def test_the_median_of_team_sizes(sizes: list[int], median: float) -> None:
    teams = [r.Team(f"t{n}", f"Team {n}", "marketing") for n in range(len(sizes))]
    people = [r.Person(f"p{n}-{i}", f"t{n}", "Seat") for n, size in enumerate(sizes) for i in range(size)]
    found = measured(*teams, *people)["team_size_median"]
    assert found == median
    assert isinstance(found, int) is float(median).is_integer()


def test_pairs_are_counted_under_every_parent() -> None:
    children = [r.Team(f"t{n}", "Team", "marketing") for n in range(4)]
    grandchildren = [r.Team(f"s{n}", "Team", "t0") for n in range(3)]
    found = measured(*children, *grandchildren)
    assert (found["teams"], found["pairs"]) == (7, 9)


def test_parts_of_the_teams_with_goals_and_links() -> None:
    teams = [r.Team(name, name, "marketing") for name in "abcd"]
    work = [r.Function(f"f{name}", "Work", team=name) for name in "abc"]
    organization = built(*teams, *work, r.Share("team:a", "team:b", "crm"))
    found = measure(plain(organization), Counter(P402=2), NO_FINDINGS)
    assert found["shared_goal_share"] == pytest.approx(1 / 3)
    assert found["knowledge_link_share"] == pytest.approx(2 / 3)


def test_requests_for_one_topic_beyond_the_first_team() -> None:
    requests = [
        r.Request(team, "product", topic)
        for team, topic in [("a", "Sheets"), ("a", "sheets"), ("b", " SHEETS"), ("c", "sheets"), ("c", "Map")]
    ]
    found = measured(r.Department("product", "Product"), *requests)
    assert (found["requests"], found["duplicate_requests"]) == (5, 2)


# -- against a baseline --------------------------------------------------------------------------------


def views(change: dict[str, Record]) -> tuple[View, View]:
    """An organisation before and after some of its records were replaced."""
    records: dict[str, Record] = {
        "a": r.Team("a", "A", "marketing", "ann"),
        "b": r.Team("b", "B", "marketing", "bob"),
        "ann": r.Person("ann", "a", "Ann"),
        "bob": r.Person("bob", "b", "Bob"),
        "li": r.Person("li", "a", "Li"),
        "seat": r.Person("seat", "a", state="vacant"),
    }
    return plain(built(*records.values())), plain(built(*(records | change).values()))


@pytest.mark.parametrize(
    ("change", "moved", "new"),
    [
        ({}, 0, 0),
        ({"li": r.Person("li", "b", "Li")}, 1, 1),
        ({"li": r.Person("li", "b", "Li", state="closed")}, 0, 0),
        ({"seat": r.Person("seat", "b", "New")}, 0, 0),
        ({"a": r.Team("a", "A", "marketing", "li")}, 0, 2),
        ({"bob": r.Person("bob", "a", "Bob")}, 1, 0),
        ({"b": r.Team("b", "B", "a", "bob")}, 0, 1),
    ],
)
def test_who_moved_and_who_has_a_new_manager(change: dict[str, Record], moved: int, new: int) -> None:
    before, after = views(change)
    assert (people_moved(before, after), new_managers(before, after)) == (moved, new)


# -- the relay -----------------------------------------------------------------------------------------


def relay(*handoffs: tuple[str, str], **fields: str) -> float | None:
    """Borders from function a (inquiry) to function z (opportunity); b and c serve what `fields` say."""
    stages = [r.Stage(name, name) for name in ("inquiry", "mql", "opportunity")]
    homes = {"a": "one", "b": "two", "c": "three", "z": "two"} | {
        key.removesuffix("_at"): home for key, home in fields.items() if key.endswith("_at")
    }
    served = {"a": ("inquiry",), "z": ("opportunity",)} | {
        key: (stage,) for key, stage in fields.items() if not key.endswith("_at")
    }
    work = [r.Function(name, name, team=home, stages=served.get(name, ())) for name, home in homes.items()]
    teams = [r.Team(name, name, "marketing") for name in ("one", "two", "three")]
    links = [r.Handoff(*pair) for pair in handoffs]
    return measured(*stages, *teams, *work, *links)["borders"]


def test_the_relay_takes_the_cheapest_way() -> None:
    assert relay() is None
    assert relay(("z", "a")) is None
    assert relay(("a", "z")) == 1
    assert relay(("a", "b"), ("b", "c"), ("c", "z")) == 3
    assert relay(("a", "b"), ("b", "c"), ("c", "z"), ("b", "z")) == 1
    assert relay(("a", "b"), b="mql") == 1
    assert relay(("a", "b"), b="inquiry") is None
    assert relay(z_at="one", b="mql", b_at="one") == 0
    assert relay(z_at="one") is None


def test_the_relay_passes_over_functions_without_team() -> None:
    stages = (r.Stage("inquiry", "Inquiry"), r.Stage("mql", "Lead"))
    work = [r.Function("a", "A", team="marketing", stages=("inquiry",)), r.Function("b", "B")]
    end = r.Function("c", "C", team="t", stages=("mql",))
    found = measured(
        *stages, r.Team("t", "T", "marketing"), *work, end, r.Handoff("a", "b"), r.Handoff("b", "c")
    )
    assert found["borders"] is None
    joined = replace(work[1], team="t")
    found = measured(
        *stages, r.Team("t", "T", "marketing"), work[0], joined, end, r.Handoff("a", "b"), r.Handoff("b", "c")
    )
    assert found["borders"] == 1
