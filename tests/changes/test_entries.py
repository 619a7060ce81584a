"""Departments, stages, areas, tools and requests: adding, changing, ordering and removing them."""

from __future__ import annotations

from typing import Any

import pytest

from orgtui.changes.net import net
from orgtui.changes.parse import parse_change
from orgtui.changes.step import Step
from orgtui.model import records as r
from orgtui.model.store import Organization
from tests.changes.world import change, make, refusal
from tests.organizations import full_organization


@pytest.fixture
def org() -> Organization:
    return full_organization()


def request(organization: Organization, op: str, **fields: Any) -> Organization:
    there = organization.copy()
    for each in parse_change({"op": op, "from": "pr", "to": "sales", **fields}).compile(there):
        there.apply(each)
    return there


# -- departments -----------------------------------------------------------------------------------


def test_departments(org: Organization) -> None:
    there = make(org, "add_department", department="it", name="IT")
    assert make(there, "set_department", department="it", name="技术部").departments["it"].name == "技术部"
    assert list(make(there, "remove_department", department="it").departments) == ["product", "sales"]
    assert "already belongs" in refusal(there, "add_department", department="it", name="IT 2")
    assert "already has this name" in refusal(there, "set_department", department="it", name="IT")
    assert "no department" in refusal(org, "set_department", department="it", name="IT")


def test_a_department_in_use_is_not_removed(org: Organization) -> None:
    assert refusal(org, "remove_department", department="product") == (
        "pr, growth, brand still ask product for something"
    )
    assert refusal(org, "remove_department", department="sales") == (
        "sales still is an end of seo>department:sales"
    )
    owned = make(org, "set_stage", stage="inquiry", owner="sales")
    assert refusal(owned, "remove_department", department="sales") == ("sales still works inquiry")


# -- stages and areas ------------------------------------------------------------------------------


def test_stages_are_added_before_another_or_last(org: Organization) -> None:
    there = make(org, "add_stage", stage="mql", name="MQL", before="inquiry", volume=400, owner="sales")
    assert list(there.stages) == ["awareness", "mql", "inquiry"]
    assert there.stages["mql"] == r.Stage("mql", "MQL", 400, "sales")
    assert list(make(there, "add_stage", stage="sql", name="SQL").stages)[-1] == "sql"
    assert "no stage" in refusal(org, "add_stage", stage="mql", name="MQL", before="sql")


def test_stages_are_moved(org: Organization) -> None:
    there = make(org, "move_stage", stage="inquiry", before="awareness")
    assert list(there.stages) == ["inquiry", "awareness"]
    assert list(make(there, "move_stage", stage="inquiry").stages) == ["awareness", "inquiry"]
    assert refusal(org, "move_stage", stage="inquiry") == "inquiry already stands last"
    assert refusal(org, "move_stage", stage="awareness", before="inquiry") == (
        "awareness already stands before inquiry"
    )
    assert "before itself" in refusal(org, "move_stage", stage="inquiry", before="inquiry")
    moved = change("move_stage", stage="inquiry", before="awareness")
    assert moved.replaced_values(org) == {"stages": ["awareness", "inquiry"]}


def test_fields_of_stages(org: Organization) -> None:
    there = make(org, "set_stage", stage="inquiry", volume=9, owner="sales", name="Ask")
    assert there.stages["inquiry"] == r.Stage("inquiry", "Ask", 9, "sales")
    cleared = make(there, "set_stage", stage="inquiry", clear=["volume", "owner"])
    assert cleared.stages["inquiry"] == r.Stage("inquiry", "Ask")
    assert "Nothing new" in refusal(there, "set_stage", stage="inquiry", volume=9.0)
    assert "no department" in refusal(org, "set_stage", stage="inquiry", owner="it")


def test_a_stage_goes_from_its_functions_unless_one_had_no_other(org: Organization) -> None:
    assert refusal(org, "remove_stage", stage="awareness") == (
        "content, press would have no stage without awareness"
    )
    small = make(org, "set_stages", function="automation", stages=["awareness"])
    removal = change("remove_stage", stage="inquiry")
    assert removal.replaced_values(small) == {"name": "Inquiry", "functions": ["seo"]}
    there = make(small, "remove_stage", stage="inquiry")
    assert there.functions["seo"].stages == ("awareness",)
    again = make(there, "add_stage", stage="inquiry", name="Inquiry")
    assert list(again.stages) == ["awareness", "inquiry"]


def test_areas(org: Organization) -> None:
    there = make(org, "add_area", area="events", name="Events", before="growth")
    assert list(there.areas) == ["events", "growth", "brand"]
    assert list(make(there, "move_area", area="events").areas) == ["growth", "brand", "events"]
    assert make(there, "set_area", area="events", name="活动").areas["events"].name == "活动"
    assert list(make(there, "remove_area", area="events").areas) == ["growth", "brand"]
    assert "still belong to brand" in refusal(org, "remove_area", area="brand")


def test_moving_there_and_back_is_nothing(org: Organization) -> None:
    steps = [
        Step(change("move_stage", stage="inquiry", before="awareness")),
        Step(change("move_area", area="brand", before="growth")),
        Step(change("move_stage", stage="inquiry")),
    ]
    assert [step.change.op for step in net(org, steps)] == ["move_area"]


# -- tools and requests ----------------------------------------------------------------------------


def test_tools(org: Organization) -> None:
    there = make(org, "add_tool", tool="crm", name="CRM", purpose="leads")
    assert there.tools["crm"] == r.Tool("crm", "CRM", "leads")
    assert make(there, "set_tool", tool="crm", clear=["purpose"]).tools["crm"].purpose is None
    assert make(there, "set_tool", tool="crm", name="客户系统").tools["crm"].name == "客户系统"
    removal = change("remove_tool", tool="cms")
    assert removal.replaced_values(org) == {"name": "CMS", "purpose": "website", "teams": ["brand", "pr"]}
    without = make(org, "remove_tool", tool="cms")
    assert [team.tools for team in without.teams.values() if team.tools] == [("wire",)]


def test_requests(org: Organization) -> None:
    there = request(org, "add_request", topic="Prices", per_month=2)
    key = ("pr", "sales", "Prices")
    assert there.requests[key].per_month == 2
    assert request(there, "set_request", topic="Prices", per_month=5).requests[key].per_month == 5
    assert request(there, "set_request", topic="Prices", clear=["per_month"]).requests[key].per_month is None
    assert key not in request(there, "remove_request", topic="Prices").requests
    written = {"from": "pr", "to": "sales", "topic": "Wins"}
    assert refusal(org, "add_request", **written) == "pr already asks sales about Wins"
    assert refusal(org, "remove_request", **(written | {"topic": "wins"})) == (
        "pr does not ask sales about wins"
    )


@pytest.mark.parametrize(
    ("removal", "adding"),
    [
        ({"op": "remove_tool", "tool": "cms"}, {"op": "add_tool", "tool": "cms", "name": "CMS"}),
        ({"op": "remove_goal", "goal": "idle"}, {"op": "add_goal", "goal": "idle", "name": "Idle"}),
    ],
)
def test_an_id_given_again_stands_last(org: Organization, removal: Any, adding: Any) -> None:
    there = org.copy()
    steps = [Step(parse_change(each)) for each in (removal, adding)]
    for step in steps:
        for each in step.change.compile(there):
            there.apply(each)
    table = removal["op"].removeprefix("remove_")
    assert list(there.tables[table])[-1] == removal[table]
    replayed = org.copy()
    for step in net(org, steps):
        for each in step.change.compile(replayed):
            replayed.apply(each)
    assert list(replayed.records()) == list(there.records())
