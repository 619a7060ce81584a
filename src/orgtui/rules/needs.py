"""The data that rules need: each rule names its needs, and is asleep if one of them is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from orgtui.engine.view import View
from orgtui.model.store import Organization
from orgtui.rules.facts.teams import divisions, functions_below, seats_below
from orgtui.rules.inputs import Payroll, Waves


def _two_divisions(_: Organization, view: View) -> bool:
    at_work = [each for each in divisions(view) if seats_below(view, each) or functions_below(view, each)]
    return len(at_work) >= 2


PAY = "pay"
"""The need of what each seat costs, which is never in a plan or in the organisation's own file."""

NEEDS: Mapping[str, Callable[[Organization, View], object]] = {
    "stages": lambda org, _: len(org.stages),
    "areas": lambda org, _: len(org.areas),
    "function skills or handoffs": lambda org, _: org.count("functions_with_skills", "") or len(org.handoffs),
    "handoffs": lambda org, _: len(org.handoffs),
    "function skills": lambda org, _: org.count("functions_with_skills", ""),
    "people's skills": lambda org, _: org.count("people_with_skills", ""),
    "kinds": lambda org, _: org.count("functions_with_kind", ""),
    "goals": lambda org, _: len(org.goals),
    "divisions": _two_divisions,
    "pillars": lambda org, _: len(org.pillars),
    "shares": lambda org, _: len(org.shares),
    "requests": lambda org, _: len(org.requests),
    "people's functions": lambda org, _: org.count("performing_people", ""),
    "tools": lambda org, _: len(org.tools),
    "targets": lambda org, _: len(org.targets),
    PAY: lambda _, view: view.options(Payroll).costs is not None,
    "plan": lambda _, view: view.options(Waves).has_plan,
}
"""Whether the data that a need names exists, by the need. `headcount` is compared with each rule's own
`min_headcount`."""
