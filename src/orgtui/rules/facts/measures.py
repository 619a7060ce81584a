"""What metrics measure: of the whole organisation, and of a team and all below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from orgtui.engine.view import Contribution, View, derived, tally
from orgtui.model.records import Number, Severity
from orgtui.rules.facts.graphs import relay_cost
from orgtui.rules.facts.numbers import as_decimal
from orgtui.rules.facts.pay import amount, pay_below
from orgtui.rules.facts.reporting import (
    deepest_layer,
    layer,
    lead_at_or_above,
    manager_in,
    plain_seats,
    span_of_control,
)
from orgtui.rules.facts.requests import requesting_teams
from orgtui.rules.facts.teams import is_working_team, parent_of, seats_below
from orgtui.rules.facts.totals import total
from orgtui.rules.inputs import FindingCounts, Payroll, Waves

FoundByCode = Mapping[str, int]
"""How many findings each rule has, by code, including those ignored, asleep or accepted."""

# -- of the whole organisation -----------------------------------------------------------------------


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


def shared_goal_share(view: View, found: FoundByCode) -> float | None:
    """The part of the working teams below the root that holds a shared goal."""
    working = total(view, "working teams below the root")
    return _part(working - found["P402"], working)


def knowledge_link_share(view: View) -> float | None:
    """The part of the teams below the root with functions that shares knowledge."""
    return _part(total(view, "linked teams with functions"), total(view, "teams with functions"))


MEASURES: Mapping[str, Callable[[View, FoundByCode], Number | None]] = {
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
    "blind_handoffs": lambda _, found: found["P103"],
    "broken_stages": lambda _, found: found["P101"] + found["P102"],
    "shared_goal_share": shared_goal_share,
    "knowledge_link_share": lambda view, _: knowledge_link_share(view),
    "single_holders": lambda _, found: found["C203"],
    "focus_teams": lambda view, _: len(view.focus_teams()),
    "requests": lambda view, _: view.count("requests", ""),
    "duplicate_requests": lambda view, _: requests_repeated(view).get("", 0),
}
"""The metrics that every state has, in the order in which they are shown."""

COUNTED_IN: Mapping[str, tuple[str, ...]] = {
    "blind_handoffs": ("P103",),
    "broken_stages": ("P101", "P102"),
    "shared_goal_share": ("P402",),
    "single_holders": ("C203",),
}
"""The rules whose findings a metric counts, by metric."""

SEVERITY_METRICS: Mapping[Severity, str] = {"error": "errors", "warning": "warnings", "advice": "advice"}
SEVERITY_OF: Mapping[str, Severity] = {metric: severity for severity, metric in SEVERITY_METRICS.items()}
PAY_METRICS = ("pay",)
SHARE_METRICS = frozenset(("shared_goal_share", "knowledge_link_share"))
"""The metrics that are a part of a whole: fractions from 0 to 1."""


def counted_rules(metrics: Iterable[str], selected: Collection[str]) -> set[str]:
    """The rules whose findings metrics count, of those `selected` where they count what is reported."""
    metrics = set(metrics)
    counted = {code for metric in metrics for code in COUNTED_IN.get(metric, ())}
    return counted if metrics.isdisjoint(SEVERITY_OF) else counted.union(selected)


def finding_counts(
    metrics: Iterable[str], found: Callable[[str], int], counting: Callable[[Severity], int]
) -> FindingCounts:
    """The counts that metrics need, given how many findings a rule has, and how many of a severity count."""
    metrics = set(metrics)
    return FindingCounts(
        {code: found(code) for code in counted_rules(metrics, ())},
        {severity: counting(severity) for metric, severity in SEVERITY_OF.items() if metric in metrics},
    )


# -- against the baseline of the plan ----------------------------------------------------------------


@tally(over="person")
def changes_since_baseline(view: View, person: str) -> Contribution:
    """People whose seats are filled now and in the baseline: those in another team, and those with another
    manager."""
    baseline = view.options(Waves).baseline
    if baseline is None:
        return
    old, new = baseline.person(person), view.person(person)
    if old is None or new is None or not old.state == new.state == "filled":
        return
    yield "people_moved", "", old.team != new.team
    yield "new_manager", "", manager_in(baseline, person, old.team) != manager_in(view, person, new.team)


REVIEWED = "reviewed"
"""The metric that counts verdicts, which a plan has beside its changes."""

PLAN_METRICS = ("people_moved", "new_manager", REVIEWED)
"""The metrics that only a state with a plan has."""

# -- of a team and all below it ----------------------------------------------------------------------


@derived
def counted_below(view: View, what: tuple[str, str]) -> int:
    """A count of the store by team, summed over a team and all teams below it; asked by count and team."""
    name, team = what
    return view.count(name, team) + sum(counted_below(view, (name, each)) for each in view.children(team))


@derived
def teams_below(view: View, team: str) -> int:
    """How many teams there are below a team."""
    return sum(1 + teams_below(view, each) for each in view.children(team))


@derived
def teams_with_targets(view: View, team: str) -> tuple[str, ...]:
    """The teams that have targets of their own, from the root down to a team."""
    parent = parent_of(view, team)
    above = () if parent is None else teams_with_targets(view, parent)
    return (*above, team) if view.targets_of(team) else above


@tally(over="led_by")
def people_by_span_below(view: View, person: str) -> Contribution:
    """People with reports by how many they have, for each team with targets that they sit in or below."""
    record = view.person(person)
    above = () if record is None else teams_with_targets(view, record.team)
    reports = span_of_control(view, person) if above and view.led_by(person) else 0
    if record is not None and record.state != "closed" and reports:
        for team in above:
            yield team, reports, 1


@tally(over="team")
def plain_layers_below(view: View, team: str) -> Contribution:
    """The layer of the seats of a team that lead nothing, for each team with targets that they sit below."""
    above = teams_with_targets(view, team)
    if above and plain_seats(view, team) > 0:
        boss = lead_at_or_above(view, team)
        for each in above:
            yield each, 1 if boss is None else layer(view, boss) + 1, 1


@tally(over="led_by")
def lead_layers_below(view: View, person: str) -> Contribution:
    """The layers of leads, for each team with targets that they sit in or below."""
    record = view.person(person)
    if record is None or record.state == "closed" or not view.led_by(person):
        return
    for team in teams_with_targets(view, record.team):
        yield team, layer(view, person), 1


def layers_below(view: View, team: str) -> int:
    """The deepest layer of the open seats of a team with targets and of all below it, from the head down."""
    return max([*plain_layers_below(view, team), *lead_layers_below(view, team)], default=0)


TEAM_MEASURES: Mapping[str, Callable[[View, str], Number | None]] = {
    "headcount": seats_below,
    "fte": lambda view, team: as_decimal(counted_below(view, ("fte", team))),
    "vacant": lambda view, team: counted_below(view, ("vacant", team)),
    "teams": teams_below,
    "layers": layers_below,
    "span_min": lambda view, team: min(people_by_span_below(view, team), default=None),
    "span_median": lambda view, team: median(people_by_span_below(view, team)),
    "span_max": lambda view, team: max(people_by_span_below(view, team), default=None),
}
"""The metrics of a team with targets and all below it, besides pay."""


def measured(view: View, metric: str, team: str | None) -> Number | None:
    """The metric that a target is on, of a team or of the whole organisation; None where it has no value."""
    if team is not None and view.team(team) is None:
        return None
    if metric in PAY_METRICS:
        top = team or view.root()
        pay = None if top is None else amount(pay_below(view, top))
        return None if view.options(Payroll).costs is None else pay
    if team is not None:
        return TEAM_MEASURES[metric](view, team)
    if metric == REVIEWED:
        return view.options(Waves).reviewed
    if metric in PLAN_METRICS:
        has_baseline = view.options(Waves).baseline is not None
        return changes_since_baseline(view, metric).get("", 0) if has_baseline else None
    counts = view.options(FindingCounts)
    if metric in SEVERITY_OF:
        return counts.counting.get(SEVERITY_OF[metric], 0)
    return MEASURES[metric](view, Counter(counts.found)) if metric in MEASURES else None


# -- arithmetic --------------------------------------------------------------------------------------


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
