"""The numbers of C1 to C3 on both sides of their limits, and the conditions an example cannot show."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from orgtui.model import records as r
from orgtui.model.records import SeatState
from tests.rules.building import TOMORROW, YESTERDAY, function, seat, seats, teams
from tests.rules.organizations import TODAY, built, findings, speaks_of

PRODUCT = r.Department("product", "Product")


def link(source: str, target: str, topic: str = "product", **fields: Any) -> r.Share:
    return r.Share(f"team:{source}", f"team:{target}", topic, **fields)


def asks(team: str, topic: str = "Sheets") -> r.Request:
    return r.Request(team, "product", topic)


# -- C1 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "seats_each", "silent"), [(4, 2, True), (5, 3, False), (5, 4, True), (6, 3, False)]
)
def test_c101_from_five_teams_of_fewer_than_four_seats(count: int, seats_each: int, silent: bool) -> None:
    names = [f"team-{n}" for n in range(count)]
    people = [each for name in names for each in seats(name, seats_each)]
    assert (speaks_of("C101", built(*teams(*names), *people)) == set()) is silent


def test_c101_counts_neither_focus_teams_nor_idle_ones_nor_the_root() -> None:
    names = [f"team-{n}" for n in range(5)]
    people = [each for name in names for each in seats(name, 2)]
    focus = r.Team("auto", "Automation", "marketing", focus=r.Focus("auto"))
    others = [focus, *teams("idle"), *seats("auto", 40), *seats("marketing", 40)]
    (said,) = findings(built(*teams(*names), *people, *others, function("auto", "auto")), ["C101"])
    assert (said.evidence["teams"], said.evidence["seats"], said.evidence["pairs"]) == (5, 10, 21)
    assert said.size == 5 - 4


@pytest.mark.parametrize("under", ["marketing", "team-0"])
def test_c101_says_the_same_of_teams_side_by_side_and_one_below_the_other(under: str) -> None:
    names = [f"team-{n}" for n in range(1, 6)]
    people = [each for name in ("team-0", *names) for each in seats(name, 2)]
    (said,) = findings(built(*teams("team-0"), *teams(*names, parent=under), *people), ["C101"])
    assert (said.evidence["teams"], said.evidence["seats"], said.size) == (6, 12, 2)


@pytest.mark.parametrize(("fifth", "silent"), [("one seat", True), ("two seats", False), ("work", False)])
def test_c101_counts_a_team_with_a_function_or_two_open_seats(fifth: str, silent: bool) -> None:
    names = [f"team-{n}" for n in range(4)]
    people = [each for name in names for each in seats(name, 2)]
    own: dict[str, list[r.Record]] = {
        "one seat": [*seats("fifth", 1), seat("gone", "fifth", state="closed")],
        "two seats": [*seats("fifth", 2)],
        "work": [function("seo", "fifth")],
    }
    organization = built(*teams(*names, "fifth"), *people, *own[fifth])
    assert (speaks_of("C101", organization) == set()) is silent


def test_c101_counts_the_seats_of_teams_that_do_not_count() -> None:
    names = [f"team-{n}" for n in range(5)]
    people = [each for name in names for each in seats(name, 3)]
    assert speaks_of("C101", built(*teams(*names), *people))
    alone = [seat(f"lead-{n}", f"division-{n}") for n in range(5)]
    divisions = teams(*(f"division-{n}" for n in range(5)))
    assert speaks_of("C101", built(*teams(*names), *divisions, *people, *alone)) == set()


def test_c102_needs_a_way_back_through_other_teams() -> None:
    work = [function(name, name) for name in ("a", "b", "c", "d")]
    onwards = [r.Handoff("a", "b"), r.Handoff("b", "c"), r.Handoff("c", "d")]
    parts = [*teams("a", "b", "c", "d"), *work, *onwards]
    assert speaks_of("C102", built(*parts)) == set()
    assert speaks_of("C102", built(*parts, r.Handoff("c", "a"))) == {("team:a", "team:b", "team:c")}


def test_c102_is_silent_about_handoffs_within_a_team() -> None:
    work = [function("one", "a"), function("two", "a")]
    assert (
        speaks_of("C102", built(*teams("a"), *work, r.Handoff("one", "two"), r.Handoff("two", "one")))
        == set()
    )


@pytest.mark.parametrize(("others", "silent"), [(5, True), (6, False)])
def test_c103_from_six_other_teams_in_either_direction(others: int, silent: bool) -> None:
    names = [f"team-{n}" for n in range(others)]
    work = [function("hub", "hub"), *(function(f"work-{name}", name) for name in names)]
    handoffs = [
        r.Handoff("hub", f"work-{name}") if n % 2 else r.Handoff(f"work-{name}", "hub")
        for n, name in enumerate(names)
    ]
    organization = built(*teams("hub", *names), *work, *handoffs)
    assert speaks_of("C103", organization) == (set() if silent else {("team:hub",)})


# -- C2 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "silent"), [(None, True), (TOMORROW, True), (TODAY, True), (YESTERDAY, False)]
)
def test_c201_a_link_holds_through_its_last_day(until: Any, silent: bool) -> None:
    work = [function("one", "a"), function("two", "b")]
    organization = built(*teams("a", "b"), *work, link("a", "b", until=until))
    assert (speaks_of("C201", organization) == set()) is silent


def test_c201_wants_a_function_and_another_working_team() -> None:
    assert speaks_of("C201", built(*teams("a"), function("one", "a"))) == set()
    assert speaks_of("C201", built(*teams("a", "b"), *seats("a", 1), function("one", "b"))) == {("team:b",)}
    assert speaks_of("C201", built(*teams("a"), *seats("a", 1), function("one", "marketing"))) == set()


@pytest.mark.parametrize(("state", "silent"), [("vacant", True), ("closed", False)])
def test_c201_a_link_of_a_person_counts_for_the_team_while_the_seat_is_open(
    state: SeatState, silent: bool
) -> None:
    share = r.Share("person:li", "team:b", "product")
    organization = built(
        *teams("a", "b"), seat("li", "a", state=state), function("one", "a"), function("two", "b"), share
    )
    assert (speaks_of("C201", organization) == set()) is silent


def test_c202_of_equal_circles_the_one_with_the_smallest_id_stays() -> None:
    work = [function(f"work-{name}", name) for name in "abcd"]
    parts = [*teams(*"abcd"), *work]
    assert speaks_of("C202", built(*parts, link("a", "d"), link("b", "c"))) == {("team:b", "team:c")}
    larger = [*teams("e"), function("more", "e"), link("c", "e")]
    assert speaks_of("C202", built(*parts, link("a", "d"), link("b", "c"), *larger)) == {("team:a", "team:d")}


def test_c202_leaves_out_teams_without_links_and_teams_that_do_not_work() -> None:
    work = [function(f"work-{name}", name) for name in "abc"]
    organization = built(*teams(*"abcd"), *work, link("a", "b"), link("c", "d"))
    assert speaks_of("C202", organization) == set()


@pytest.mark.parametrize(
    ("levels", "learning", "needed", "silent"),
    [
        ((3, 1), (), 3, False),
        ((3, 2), (), 3, True),
        ((3, 3), (), 3, True),
        ((2, 1), (), 3, True),
        ((3, 1), ("crm",), 3, True),
        ((3, 0), (), 2, True),
    ],
)
def test_c203_one_master_nobody_who_can_judge_nobody_who_learns(
    levels: tuple[int, int], learning: tuple[str, ...], needed: int, silent: bool
) -> None:
    organization = built(
        function("mail", skills={"crm": needed}),
        seat("li", skills={"crm": levels[0]}),
        seat("wu", skills={"crm": levels[1]}, learning=learning),
        seat("gone", state="vacant", skills={"crm": 5}, learning=("crm",)),
    )
    assert speaks_of("C203", organization) == (set() if silent else {("skill:crm", "person:li")})


def test_c203_the_holder_learning_it_too_helps_nobody() -> None:
    organization = built(
        function("mail", skills={"crm": 3}), seat("li", skills={"crm": 3}, learning=("crm", "seo"))
    )
    assert speaks_of("C203", organization) == {("skill:crm", "person:li")}


@pytest.mark.parametrize(
    ("fields", "silent"),
    [
        ({"skills": {"seo": 2}}, False),
        ({"skills": {"seo": 3}}, True),
        ({"skills": {"crm": 5}}, False),
        ({"skills": {"crm": 5}, "learning": ("seo",)}, True),
        ({"learning": ("crm",)}, True),
    ],
)
def test_c204_some_performer_is_able_or_learns(fields: dict[str, Any], silent: bool) -> None:
    organization = built(
        function("seo", skills={"seo": 3, "pr": 0}), seat("li", functions={"seo": 50}, **fields)
    )
    assert speaks_of("C204", organization) == (set() if silent else {("function:seo", "skill:seo")})


@pytest.mark.parametrize(("count", "spoken"), [(4, set()), (5, {"team:b", "team:c", "team:d"})])
def test_c205_from_five_linked_teams(count: int, spoken: set[str]) -> None:
    names = "abcde"[:count]
    links = [link(one, other) for one, other in pairwise(names)]
    organization = built(*teams(*names), *(function(f"work-{name}", name) for name in names), *links)
    assert speaks_of("C205", organization) == {(team,) for team in spoken}


@pytest.mark.parametrize(
    ("fields", "silent"),
    [
        ({}, False),
        ({"every": "monthly"}, True),
        ({"every": "monthly", "until": TODAY}, True),
        ({"every": "monthly", "until": YESTERDAY}, False),
    ],
)
def test_c206_a_rhythm_and_a_day_not_past(fields: dict[str, Any], silent: bool) -> None:
    said = speaks_of("C206", built(*teams("a"), link("a", "marketing", "crm", **fields)))
    assert said == (set() if silent else {("share:team:a>team:marketing>crm",)})


def test_c206_is_silent_about_a_link_of_a_closed_seat() -> None:
    share = r.Share("person:li", "team:marketing", "crm")
    assert speaks_of("C206", built(*teams("a"), seat("li", "a", state="closed"), share)) == set()


# -- C3 ----------------------------------------------------------------------------------------------


def test_c301_compares_topics_trimmed_and_case_folded() -> None:
    requests = [asks("a", "STRASSE"), asks("b", " Straße "), asks("a", "price list")]
    said = speaks_of("C301", built(PRODUCT, *teams("a", "b"), *requests))
    assert said == {("department:product", "topic:strasse")}


def test_c301_one_team_that_asks_twice_is_one_team() -> None:
    organization = built(PRODUCT, *teams("a"), asks("a", "Sheets"), asks("a", "sheets"))
    assert speaks_of("C301", organization) == set()


@pytest.mark.parametrize(("asking", "silent"), [("ab", True), ("aab", True), ("abc", False)])
def test_c302_from_three_teams(asking: str, silent: bool) -> None:
    requests = [asks(team, f"topic {n}") for n, team in enumerate(asking)]
    organization = built(PRODUCT, *teams(*"abc"), *requests)
    assert speaks_of("C302", organization) == (set() if silent else {("department:product",)})


def test_c303_speaks_of_each_team_that_bypasses_the_liaison() -> None:
    department = r.Department("product", "Product", liaison="a")
    requests = [asks("a"), asks("b"), asks("b", "Road map"), asks("c")]
    organization = built(department, *teams(*"abc"), *requests)
    assert speaks_of("C303", organization) == {
        ("department:product", "team:b"),
        ("department:product", "team:c"),
    }
    assert speaks_of("C302", organization) == set()
