"""The numbers of S and A on both sides of their limits, and the conditions an example cannot show."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orgtui.engine.rule import evaluate
from orgtui.model import records as r
from orgtui.model.records import Record, SeatState
from orgtui.rules.policy import options_for
from orgtui.rules.registry import catalogue
from tests.rules.building import YESTERDAY, function, seat, seats, teams
from tests.rules.organizations import TODAY, built, findings, speaks_of

# -- S2 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "silent"),
    [
        (seat("li", functions={"seo": 1}), True),
        (seat("li", functions={"seo": 0}), False),
        (seat("li", state="vacant", functions={"seo": 100}), False),
    ],
)
def test_s202_shares_of_other_seats_and_of_nothing_do_not_count(person: r.Person, silent: bool) -> None:
    assert (speaks_of("S202", built(function("seo"), person)) == set()) is silent


def test_s203_leading_is_enough_and_open_seats_are_not_meant() -> None:
    people = [seat("li"), seat("wu"), seat("vacant", state="vacant"), seat("closed", state="closed")]
    assert speaks_of("S203", built(*teams("a", lead="wu"), *people)) == {("person:li",)}


@pytest.mark.parametrize(("assistant", "silent"), [(True, True), (False, False)])
def test_s203_does_not_mean_assistants(assistant: bool, silent: bool) -> None:
    organization = built(seat("li", assistant=assistant))
    assert speaks_of("S203", organization) == (set() if silent else {("person:li",)})


@pytest.mark.parametrize(("assistants", "expected"), [(0, 2), (1, 1), (2, None)])
def test_s302_and_s303_count_no_assistants(assistants: int, expected: int | None) -> None:
    people = [seat(f"aide-{n}", assistant=n < assistants) for n in range(2)]
    lead = r.Team("marketing", "Marketing", lead="chen")
    organization = built(lead, seat("chen"), *people, *seats("marketing", 8))
    said = findings(organization, ["S302"])
    assert [each.size for each in said] == ([] if expected is None else [expected])
    alone = built(lead, seat("chen"), *people)
    reports = [each.evidence["reports"] for each in findings(alone, ["S303"])]
    assert reports == ([1] if assistants == 1 else [])


def test_s302_an_assistant_that_leads_a_team_does_not_count_but_its_people_do_to_it() -> None:
    tops = [r.Team("marketing", "Marketing", lead="chen"), *teams("desk", lead="li")]
    people = [seat("chen"), seat("li", assistant=True), *seats("desk", 9), *seats("marketing", 9)]
    assert speaks_of("S302", built(*tops, *people)) == {("person:chen",), ("person:li",)}
    assert {each.size for each in findings(built(*tops, *people), ["S302"])} == {1}


def test_s304_counts_the_layers_of_assistants_too() -> None:
    root = r.Team("marketing", "Marketing", lead="chen")
    organization = built(root, seat("chen"), seat("li", assistant=True), S304={"max": 1})
    assert speaks_of("S304", organization) == {()}


@pytest.mark.parametrize(("until", "silent"), [(YESTERDAY, False), (TODAY, True), (None, True)])
def test_s307_from_the_day_after(until: Any, silent: bool) -> None:
    organization = built(*teams("web", lead="li", acting_until=until), seat("li", "web"))
    assert speaks_of("S307", organization) == (set() if silent else {("team:web",)})


@pytest.mark.parametrize(
    ("home", "silent"),
    [
        ("search", True),
        ("growth", True),
        ("marketing", True),
        ("ads", True),
        ("brand", False),
        ("auto", True),
    ],
)
def test_s204_along_the_line_or_in_a_focus_team(home: str, silent: bool) -> None:
    line = [*teams("growth", "brand"), *teams("search", parent="growth"), *teams("ads", parent="search")]
    focus = r.Team("auto", "Automation", "marketing", focus=r.Focus("nurture"))
    work = [function("seo", "search"), function("nurture", "auto")]
    organization = built(*line, focus, *work, seat("li", home, functions={"seo": 50}))
    assert speaks_of("S204", organization) == (set() if silent else {("function:seo",)})


@pytest.mark.parametrize(
    ("until", "others", "silent"),
    [(None, ("wu",), True), (TODAY, ("wu",), True), (YESTERDAY, ("wu",), False), (None, (), False)],
)
def test_s204_an_open_mission_with_the_lead_excuses(
    until: Any, others: tuple[str, ...], silent: bool
) -> None:
    organization = built(
        *teams("growth", lead="wu"),
        *teams("brand"),
        function("seo", "growth"),
        seat("wu", "growth"),
        seat("li", "brand", functions={"seo": 50}),
        r.Mission("launch", "Launch", "li", others, until=until),
    )
    assert (speaks_of("S204", organization) == set()) is silent


def test_s204_excepts_the_lead_and_tells_how_many_stray() -> None:
    people = [seat(name, "brand", functions={"seo": 10}) for name in ("wu", "li", "xu")]
    home = seat("at-home", "growth", functions={"seo": 10})
    organization = built(
        *teams("growth", lead="wu"), *teams("brand"), function("seo", "growth"), *people, home
    )
    (said,) = findings(organization, ["S204"])
    assert said.evidence == {"strays": 2, "team": "team:growth", "people": ("person:li", "person:xu")}


@pytest.mark.parametrize(("share", "silent"), [(50, True), (51, False)])
def test_s205_beyond_the_seat(share: int, silent: bool) -> None:
    person = seat("li", fte=80, functions={"seo": 30, "sem": share})
    organization = built(function("seo"), function("sem"), person)
    assert (speaks_of("S205", organization) == set()) is silent


@pytest.mark.parametrize(("share", "silent"), [(20, True), (19, False), (0, True)])
def test_s206_below_a_fifth_of_a_week(share: int, silent: bool) -> None:
    organization = built(function("seo"), seat("li", functions={"seo": share}))
    assert (speaks_of("S206", organization) == set()) is silent


@pytest.mark.parametrize(("homes", "silent"), [("aab", True), ("abc", False), (["a", "b", None], True)])
def test_s206_functions_of_more_than_two_teams(homes: Any, silent: bool) -> None:
    work = [function(f"work-{n}", home) for n, home in enumerate(homes)]
    person = seat("li", functions={each.id: 30 for each in work})
    organization = built(*teams(*"abc"), *work, person)
    assert (speaks_of("S206", organization) == set()) is silent


def test_s206_reads_its_share_as_it_is_written() -> None:
    people = [seat("li", functions={"seo": 29}), seat("wu", functions={"seo": 28})]
    organization = built(function("seo"), *people, S206={"min_share": 0.29})
    assert speaks_of("S206", organization) == {("person:wu",)}


# -- S3 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "silent"), [("filled", True), ("vacant", False), ("planned", False)])
def test_s301_wants_somebody_in_the_seat_of_the_lead(state: SeatState, silent: bool) -> None:
    organization = built(
        *teams("growth", lead="li"), *teams("search", parent="growth"), seat("li", "growth", state=state)
    )
    assert (("team:growth",) not in speaks_of("S301", organization)) is silent


def test_s301_seats_below_count_and_teams_without_seats_do_not() -> None:
    organization = built(*teams("growth", "idle"), *teams("search", parent="growth"), *seats("search", 1))
    assert speaks_of("S301", organization) == {("team:marketing",), ("team:growth",), ("team:search",)}


@pytest.mark.parametrize(("reports", "silent"), [(8, True), (9, False)])
def test_s302_from_nine_reports(reports: int, silent: bool) -> None:
    people = [seat("li", "growth"), *seats("growth", reports, state="vacant")]
    organization = built(*teams("growth", lead="li"), *people)
    assert speaks_of("S302", organization) == (set() if silent else {("person:li",)})


@pytest.mark.parametrize(("reports", "silent"), [(0, True), (1, False), (2, True)])
@pytest.mark.parametrize("focus", [False, True])
def test_s303_a_single_report(reports: int, silent: bool, focus: bool) -> None:
    team = r.Team("growth", "Growth", "marketing", "li", focus=r.Focus("seo") if focus else None)
    organization = built(team, function("seo", "growth"), seat("li", "growth"), *seats("growth", reports))
    assert (speaks_of("S303", organization) == set()) is (silent or focus)


def chain(layers: int) -> list[Record]:
    """So many layers: a lead below a lead, each in a team of its own."""
    parts: list[Record] = [seat("p0")]
    for n in range(1, layers):
        parts += [*teams(f"t{n}", parent=f"t{n - 1}" if n > 1 else "marketing", lead=f"p{n}")]
        parts += [seat(f"p{n}", f"t{n}")]
    return parts


@pytest.mark.parametrize(
    ("layers", "headcount", "silent"),
    [
        (3, 20, True),
        (4, 20, False),
        (4, 21, True),
        (4, 150, True),
        (5, 150, False),
        (5, 151, True),
        (6, 1500, True),
        (7, 1500, False),
        (7, 1501, True),
        (8, 1501, True),
        (9, 1501, False),
    ],
)
def test_s304_layers_that_a_headcount_calls_for(layers: int, headcount: int, silent: bool) -> None:
    root = r.Team("marketing", "Marketing", None, "p0")
    others = seats("marketing", headcount - layers)
    organization = built(root, *chain(layers), *others)
    assert organization.count("headcount", "") == headcount
    assert (speaks_of("S304", organization) == set()) is silent


@pytest.mark.parametrize(("most", "silent"), [(3, True), (2, False)])
def test_s304_with_a_limit_of_its_own(most: int, silent: bool) -> None:
    root = r.Team("marketing", "Marketing", None, "p0")
    assert (speaks_of("S304", built(root, *chain(3), S304={"max": most})) == set()) is silent


@pytest.mark.parametrize(("home", "silent"), [("search", True), ("growth", True), ("marketing", False)])
@pytest.mark.parametrize("state", ["filled", "vacant"])
def test_s305_in_the_team_or_in_the_one_above(home: str, silent: bool, state: SeatState) -> None:
    line = [*teams("growth"), *teams("search", parent="growth", lead="li")]
    said = speaks_of("S305", built(*line, seat("li", home, state=state)))
    assert said == (set() if silent else {("team:search", "person:li")})


@pytest.mark.parametrize(("head", "silent"), [("li", True), (None, False)])
def test_s305_excepts_a_focus_team_led_by_the_head(head: str | None, silent: bool) -> None:
    root = r.Team("marketing", "Marketing", None, head)
    focus = r.Team("auto", "Automation", "growth", "li", focus=r.Focus("auto"))
    organization = built(root, *teams("growth"), focus, function("auto", "auto"), seat("li"))
    assert (speaks_of("S305", organization) == set()) is silent


@pytest.mark.parametrize(
    ("parent_of_second", "silent"), [("marketing", False), ("growth", True), ("search", True)]
)
def test_s306_teams_side_by_side(parent_of_second: str, silent: bool) -> None:
    line = [*teams("growth", lead="li"), *teams("search", parent="growth")]
    organization = built(*line, *teams("second", parent=parent_of_second, lead="li"), seat("li", "growth"))
    assert speaks_of("S306", organization) == (set() if silent else {("person:li",)})


# -- S4, S5 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("budget", "costs", "silent"),
    [
        (0.3, ["0.1", "0.2"], True),
        (0.3, ["0.1", "0.2000001"], False),
        (0, [], True),
        (None, ["5"], True),
        (10**15, [str(10**15), "0.000001"], False),
    ],
)
def test_s401_money_to_the_last_digit(budget: Any, costs: list[str], silent: bool) -> None:
    people = seats("search", 3)
    organization = built(
        r.Team("growth", "Growth", "marketing", pay_budget=budget), *teams("search", parent="growth"), *people
    )
    pay = {f"search-{n}": Decimal(cost) for n, cost in enumerate(costs)}
    said, _ = evaluate(organization, [catalogue()["S401"].rule], TODAY, options_for(organization.rules, pay))
    assert (said == []) is silent


@pytest.mark.parametrize(
    ("used", "silent"),
    [
        ({"a": ("one",), "b": ("two",)}, False),
        ({"a": ("one", "two")}, True),
        ({"a": ("one", "two"), "b": ("two",)}, False),
        ({"a": ("one",), "b": ("one",)}, True),
        ({"a": ("one",), "b": ("other",)}, True),
    ],
)
def test_s402_two_tools_in_two_teams(used: dict[str, tuple[str, ...]], silent: bool) -> None:
    tools = [r.Tool("one", "One", "mail"), r.Tool("two", "Two", "mail"), r.Tool("other", "Other", "web")]
    users = [each for name, held in used.items() for each in teams(name, tools=held)]
    assert speaks_of("S402", built(*users, *tools)) == (set() if silent else {("purpose:mail",)})


@pytest.mark.parametrize(
    ("share", "needed", "silent"),
    [(80, 1, True), (79, 1, False), (1, 0, True), (28, 0.35, True), (27, 0.35, False)],
)
def test_s403_four_fifths_of_what_is_needed(share: int, needed: Any, silent: bool) -> None:
    organization = built(function("seo", fte_needed=needed), seat("li", functions={"seo": share}))
    assert (speaks_of("S403", organization) == set()) is silent


def test_s403_leaves_functions_that_nobody_performs_to_s202() -> None:
    assert speaks_of("S403", built(function("seo", fte_needed=1))) == set()


@pytest.mark.parametrize(
    ("parts", "silent"),
    [
        ([], True),
        ([function("seo", "a")], False),
        (seats("a", 1), False),
        (seats("a", 1, state="closed"), True),
    ],
)
def test_s501_is_about_working_teams(parts: list[Record], silent: bool) -> None:
    assert speaks_of("S501", built(*teams("a"), *parts)) == (set() if silent else {("team:a",)})


# -- A -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("review_on", "silent"), [(TODAY, True), (YESTERDAY, False), (None, False)])
def test_a101_through_the_day_itself(review_on: Any, silent: bool) -> None:
    profile = r.Profile("Example", TODAY, review_on=review_on)
    assert (speaks_of("A101", built(profile)) == set()) is silent


@pytest.mark.parametrize(
    ("fields", "silent"),
    [
        ({}, True),
        ({"until": TODAY}, True),
        ({"until": YESTERDAY}, False),
        ({"goal": None}, False),
        ({"lead": None}, False),
        ({"lead": "gone"}, False),
        ({"lead": "vacant"}, True),
    ],
)
def test_a202_a_lead_a_goal_and_a_day_not_past(fields: dict[str, Any], silent: bool) -> None:
    people = [seat("li"), seat("gone", state="closed"), seat("vacant", state="vacant")]
    mission = r.Mission("launch", "Launch", **{"lead": "li", "goal": "leads"} | fields)
    organization = built(r.Goal("leads", "Leads"), *people, mission)
    assert speaks_of("A202", organization) == (set() if silent else {("mission:launch",)})


@pytest.mark.parametrize(("number", "silent"), [(2, True), (3, False)])
def test_a301_from_three_filled_seats(number: int, silent: bool) -> None:
    vacant = seat("vacant", "a", state="vacant", learning=("crm",))
    organization = built(*teams("a"), *seats("a", number), vacant)
    assert speaks_of("A301", organization) == (set() if silent else {("team:a",)})


def test_a301_one_who_learns_is_enough_and_teams_below_do_not_help() -> None:
    learner = {"learning": ("crm",)}
    learning = [*seats("a", 3), seat("li", "a", **learner)]
    below = [*seats("b", 3), *teams("c", parent="b"), seat("wu", "c", **learner)]
    assert speaks_of("A301", built(*teams("a", "b"), *learning, *below)) == {("team:b",)}


@pytest.mark.parametrize(
    ("people", "lead", "silent"),
    [
        (("a-0", "a-1"), None, False),
        (("a-0",), "b-0", True),
        (("a-0", "gone"), None, False),
        ((), None, True),
    ],
)
def test_a302_open_seats_of_one_team(people: tuple[str, ...], lead: str | None, silent: bool) -> None:
    everybody = [*seats("a", 2), *seats("b", 1), seat("gone", "b", state="closed")]
    organization = built(*teams("a", "b"), *everybody, r.Mission("launch", "Launch", lead, people))
    assert speaks_of("A302", organization) == (set() if silent else {("mission:launch",)})
