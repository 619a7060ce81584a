"""The metrics of an organisation, each read from one state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from orgtui.engine.view import Contribution, View, tally
from orgtui.model.records import Number, Severity
from orgtui.rules.facts.graphs import relay_cost
from orgtui.rules.facts.numbers import as_decimal
from orgtui.rules.facts.pay import amount, pay_below
from orgtui.rules.facts.reporting import deepest_layer, manager_in, span_of_control
from orgtui.rules.facts.requests import requesting_teams
from orgtui.rules.facts.teams import is_working_team
from orgtui.rules.facts.totals import total

FindingCounts = Mapping[str, int]
"""How many findings each rule has, by code, including those ignored, asleep or accepted."""


@tally(over="led_by")
def people_by_span(view: View, person: str) -> Contribution:
    """People with reports, by how many they have."""
    reports = span_of_control(view, person) if view.led_by(person) else 0
    if reports:
        yield "", reports, 1


@tally(over="team")
def teams_by_size(view: View, team: str) -> Contribution:
    """Working teams, by how many open seats they have themselves."""
    if view.team(team) is not None and is_working_team(view, team):
        yield "", view.open_seats(team), 1


@tally(over="requests_on")
def requests_repeated(view: View, topic: tuple[str, str]) -> Contribution:
    """Teams beyond the first that ask one department for one topic."""
    teams = len(requesting_teams(view, topic))
    if teams > 1:
        yield "", "", teams - 1


def teams(view: View) -> int:
    """Teams below the root."""
    return total(view, "teams")


def pairs(view: View) -> int:
    """Pairs of teams under one parent, which must agree with each other."""
    return total(view, "pairs")


def layers(view: View) -> int:
    """The deepest layer of any open seat."""
    return deepest_layer(view)


def span_max(view: View) -> int | None:
    """The most reports that anybody has."""
    return max(people_by_span(view), default=None)


def shared_goal_share(view: View, finding_counts: FindingCounts) -> float | None:
    """The part of the working teams below the root that holds a shared goal."""
    working = total(view, "working teams below the root")
    return _part(working - finding_counts["P402"], working)


def knowledge_link_share(view: View) -> float | None:
    """The part of the teams below the root with functions that shares knowledge."""
    return _part(total(view, "linked teams with functions"), total(view, "teams with functions"))


MEASURES: Mapping[str, Callable[[View, FindingCounts], Number | None]] = {
    "headcount": lambda view, _: view.headcount(),
    "fte": lambda view, _: as_decimal(view.count("fte", "")),
    "vacant": lambda view, _: view.count("vacant", ""),
    "teams": lambda view, _: teams(view),
    "pairs": lambda view, _: pairs(view),
    "layers": lambda view, _: layers(view),
    "span_min": lambda view, _: min(people_by_span(view), default=None),
    "span_median": lambda view, _: median(people_by_span(view)),
    "span_max": lambda view, _: span_max(view),
    "team_size_median": lambda view, _: median(teams_by_size(view)),
    "borders": lambda view, _: relay_cost(view),
    "blind_handoffs": lambda _, finding_counts: finding_counts["P103"],
    "broken_stages": lambda _, finding_counts: finding_counts["P101"] + finding_counts["P102"],
    "shared_goal_share": shared_goal_share,
    "knowledge_link_share": lambda view, _: knowledge_link_share(view),
    "single_holders": lambda _, finding_counts: finding_counts["C203"],
    "focus_teams": lambda view, _: len(view.focus_teams()),
    "requests": lambda view, _: view.count("requests", ""),
    "duplicate_requests": lambda view, _: requests_repeated(view).get("", 0),
}
"""The metrics that every state has, in the order in which they are shown."""

SEVERITY_METRICS: Mapping[Severity, str] = {"error": "errors", "warning": "warnings", "advice": "advice"}
PAY_METRICS = ("pay",)


def measure(
    view: View,
    finding_counts: FindingCounts,
    counts: Mapping[Severity, int],
    *,
    before: View | None = None,
    with_pay: bool = False,
) -> dict[str, Number | None]:
    """The metrics of a state by name, in order; None where a metric has no value.

    `counts` has how many findings of each severity count. `before` is the baseline if there is a plan;
    `with_pay` says whether pay is known.
    """
    measured = {name: measurement(view, finding_counts) for name, measurement in MEASURES.items()}
    measured |= {name: counts[severity] for severity, name in SEVERITY_METRICS.items()}
    if before is not None:
        measured |= {"people_moved": people_moved(before, view), "new_manager": new_managers(before, view)}
    if with_pay:
        root = view.root()
        measured["pay"] = 0 if root is None else amount(pay_below(view, root))
    return measured


def people_moved(before: View, after: View) -> int:
    """How many people are in another team than before."""
    return sum(teams[0] != teams[1] for _, teams in _staying(before, after))


def new_managers(before: View, after: View) -> int:
    """How many people have another manager than before."""
    return sum(1 for _ in managers_changed(before, after))


def managers_changed(before: View, after: View) -> Iterator[tuple[str, str | None, str | None]]:
    """The people who have another manager than before, each with the manager before and now."""
    for person, teams in _staying(before, after):
        then, now = manager_in(before, person, teams[0]), manager_in(after, person, teams[1])
        if then != now:
            yield person, then, now


def _staying(before: View, after: View) -> Iterator[tuple[str, tuple[str, str]]]:
    """The people whose seats are filled in both states, with their teams before and now."""
    for person in after.ids("person"):
        old, new = before.person(person), after.person(person)
        if old is not None and new is not None and old.state == new.state == "filled":
            yield person, (old.team, new.team)


def median(amounts: Mapping[int, int]) -> Number | None:
    """The median of whole numbers, given how often each occurs."""
    count = sum(amounts.values())
    if not count:
        return None
    middle = _at(amounts, (count - 1) // 2) + _at(amounts, count // 2)
    return middle // 2 if middle % 2 == 0 else middle / 2


def _at(amounts: Mapping[int, int], place: int) -> int:
    """The number at a position, from 0, in sorted order; `amounts` has how often each occurs."""
    for number in sorted(amounts):
        if place < amounts[number]:
            return number
        place -= amounts[number]
    raise IndexError(place)


def _part(some: int, of_all: int) -> float | None:
    return some / of_all if of_all else None
