"""`orgtui fix` and `check` let changes wait for the next wave where one is a shock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import Plan, PlanStep, dump_plan, load_plan
from orgtui.rules.registry import known_rules
from tests.cli.running import Program
from tests.rules.fixes.test_change_shock import LEADS, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path)


@pytest.fixture
def plan(path: Path) -> Path:
    """A plan that gives two teams a lead in one wave."""
    plan = path.with_name("lead.plan.toml")
    baseline = baseline_hash(load_organization(path, known_rules()))
    steps = tuple(PlanStep(change_to_mapping(lead), {}) for lead in LEADS[:2])
    plan.write_bytes(dump_plan(Plan("Leads", "Example", baseline, steps=steps)))
    return plan


def in_waves(plan: Path) -> list[tuple[object, int]]:
    return [(step.change.get("team"), step.wave) for step in load_plan(plan, parse_change).steps]


def test_check_says_which_changes_wait(orgtui: Program, path: Path, plan: Path) -> None:
    report: dict[str, Any] = orgtui("check", path, "--plan", plan, "--format", "json").json
    (shock,) = (each for each in report["findings"] if each["code"] == "A201")
    assert shock["fixes"][0] == {
        "title": "1 change waits for wave 2; new managers 3, then 3: Pr",
        "applicability": "decision",
        "changes": [{"op": "set_wave", "changes": [2], "wave": 2}],
    }


def test_fix_lets_them_wait_if_decisions_are_allowed(
    orgtui: Program, path: Path, plan: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.plan.toml"
    assert orgtui("fix", path, "--plan", plan, "-o", new).status == 0
    assert {("web", 1), ("pr", 1)} <= set(in_waves(new))
    ran = orgtui("fix", path, "--plan", plan, "--decisions", "-o", new)
    assert ran.status == 0
    assert ran.out.startswith("1. 1 change waits for wave 2; new managers 3, then 3: Pr")
    assert {("web", 1), ("pr", 2)} <= set(in_waves(new))
    assert orgtui("apply", path, new, "-o", tmp_path / "new.toml").status == 0
