"""The metrics of an organisation, each read from one state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgtui.engine.view import View
from orgtui.model.records import Number, Severity
from orgtui.rules.facts.measures import MEASURES as MEASURES
from orgtui.rules.facts.measures import PAY_METRICS as PAY_METRICS
from orgtui.rules.facts.measures import REVIEWED, FoundByCode
from orgtui.rules.facts.measures import SEVERITY_METRICS as SEVERITY_METRICS
from orgtui.rules.facts.measures import median as median
from orgtui.rules.facts.measures import pairs as pairs
from orgtui.rules.facts.measures import teams as teams
from orgtui.rules.facts.pay import amount, pay_below
from orgtui.rules.facts.reporting import manager_in
from orgtui.rules.inputs import Waves


def measure(
    view: View,
    found: FoundByCode,
    counts: Mapping[Severity, int],
    *,
    before: View | None = None,
    with_pay: bool = False,
) -> dict[str, Number | None]:
    """The metrics of a state by name, in order; None where a metric has no value.

    `counts` has how many findings of each severity count. `before` is the baseline if there is a plan;
    `with_pay` says whether pay is known.
    """
    measured = {name: measurement(view, found) for name, measurement in MEASURES.items()}
    measured |= {name: counts[severity] for severity, name in SEVERITY_METRICS.items()}
    if before is not None:
        measured |= {"people_moved": people_moved(before, view), "new_manager": new_managers(before, view)}
        measured[REVIEWED] = view.options(Waves).reviewed
    if with_pay:
        root = view.root()
        measured["pay"] = 0 if root is None else amount(pay_below(view, root))
    return measured


def people_moved(before: View, after: View) -> int:
    """How many people are in another team than before."""
    return sum(sits[0] != sits[1] for _, sits in _staying(before, after))


def new_managers(before: View, after: View) -> int:
    """How many people have another manager than before."""
    return sum(1 for _ in managers_changed(before, after))


def managers_changed(before: View, after: View) -> Iterator[tuple[str, str | None, str | None]]:
    """The people who have another manager than before, each with the manager before and now."""
    for person, sits in _staying(before, after):
        then, now = manager_in(before, person, sits[0]), manager_in(after, person, sits[1])
        if then != now:
            yield person, then, now


def _staying(before: View, after: View) -> Iterator[tuple[str, tuple[str, str]]]:
    """The people whose seats are filled in both states, with their teams before and now."""
    for person in after.ids("person"):
        old, new = before.person(person), after.person(person)
        if old is not None and new is not None and old.state == new.state == "filled":
            yield person, (old.team, new.team)
