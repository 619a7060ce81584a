"""One number has one measure, in the header, in exports of all or a part, and in imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from orgtui.engine.view import PlainView
from orgtui.exchange.writing.build.metrics import MEASURED_BELOW
from orgtui.exchange.writing.build.whole import build_report
from orgtui.metrics import measure
from orgtui.model.store import Organization
from orgtui.rules.facts.teams import seats_below
from orgtui.views.scoreboard import sizes
from tests.departments import department
from tests.exchange.imports import NOVEMBER as ROWS
from tests.exchange.imports import imported, proposal_of
from tests.organizations import TODAY, full_organization, small_organization

ORGANIZATIONS: dict[str, Callable[[], Organization]] = {
    "small": small_organization,
    "full": full_organization,
    "30": lambda: department(3),
}


@pytest.mark.parametrize("name", ORGANIZATIONS)
def test_the_numbers_of_all_are_those_of_the_root_and_below(name: str) -> None:
    organization = ORGANIZATIONS[name]()
    view = PlainView(organization, TODAY, {})
    root = view.root()
    assert root is not None
    whole, part = (
        {each.key: each.after for each in build_report(organization, None, today=TODAY, part=one).metrics}
        for one in (None, root)
    )
    shown = measure(view, Counter(), {"error": 0, "warning": 0, "advice": 0})
    compared = [metric for metric in MEASURED_BELOW if metric in part]
    assert {"fte", "teams", "headcount"} <= {*compared}
    assert {metric: part[metric] for metric in compared} == {metric: whole[metric] for metric in compared}
    assert {metric: shown[metric] for metric in compared} == {metric: whole[metric] for metric in compared}
    assert sizes(view).teams == whole["teams"]
    assert seats_below(view, root) == whole["headcount"]


def test_an_import_counts_teams_as_the_header_does() -> None:
    there = imported(ROWS).organization
    assert proposal_of(ROWS).roster.team_count == sizes(PlainView(there, TODAY, {})).teams
