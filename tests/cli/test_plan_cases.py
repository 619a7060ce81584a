"""Small plans that once were taken though they should not, or the other way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import load_organization
from orgtui.files.plan_file import load_plan
from orgtui.rules.registry import known_rules
from tests.cli.running import Program

FOLDER = Path(__file__).parent.parent / "fixtures" / "plans"


def case(name: str) -> tuple[Path, Path]:
    """An organisation, and the plan of the same name."""
    return FOLDER / f"{name}.toml", FOLDER / f"{name}.plan.toml"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no-finding", "P401 finds nothing to accept"),
        ("unknown-rule", "There is no rule P999; did you mean "),
    ],
)
def test_accepting_nothing_is_refused_everywhere(
    orgtui: Program, tmp_path: Path, name: str, reason: str
) -> None:
    organization = FOLDER / "accept-nothing.toml"
    plan = FOLDER / f"accept-nothing-{name}.plan.toml"
    new = tmp_path / "new.toml"
    for arguments in (
        ("apply", organization, plan, "-o", new),
        ("check", organization, "--plan", plan),
        ("check", organization, "--plan", plan, "--today", "2027-01-01"),
        ("fix", organization, "--plan", plan, "-o", new),
    ):
        (line,) = orgtui.refuses(*arguments)
        assert line.startswith(f"orgtui: {plan.name}: change 1 cannot be made: {reason}")
        assert not new.exists()
    ran = orgtui("apply", organization, plan, "-o", new, "--rebase")
    assert ran.status == 1
    assert ran.out.startswith(f"change 1 (accept) left out: {reason}")
    assert load_organization(new, known_rules()).acceptances.rows() == {}


def test_rebasing_keeps_that_a_shock_is_accepted(orgtui: Program, tmp_path: Path) -> None:
    organization, plan = case("rebase-accept-shock")
    new = tmp_path / "new.toml"
    ran = orgtui("apply", organization, plan, "-o", new, "--rebase")
    assert (ran.status, ran.out) == (0, "")
    assert list(load_organization(new, known_rules()).acceptances) == [("A201", "wave:1")]


def test_a_written_plan_keeps_what_is_accepted_until_it_is_found_again(
    orgtui: Program, tmp_path: Path
) -> None:
    organization, plan = case("export-loses-acceptance")
    written, new, other = (tmp_path / name for name in ("a.plan.toml", "new.toml", "other.toml"))
    assert orgtui("fix", organization, "--plan", plan, "-o", written).status == 0
    steps = load_plan(written, parse_change).steps
    assert [step.wave for step in steps if step.change["op"] == "accept"] == [2]
    ran = orgtui("apply", organization, written, "-o", new)
    assert (ran.status, ran.err) == (0, f"{new} is written\n")
    assert orgtui("apply", organization, plan, "-o", other).status == 0
    key = ("P101", "stage:s")
    both = [load_organization(path, known_rules()).acceptances[key] for path in (new, other)]
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("unknown", "set_function cannot clear colour; what it can clear: area, kind, fte_needed"),
        ("pillars", "set_organization cannot clear pillars; what it can clear: vision, review_on"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--rebase"]])
def test_what_cannot_be_cleared_is_a_problem_of_the_plan(
    orgtui: Program, tmp_path: Path, name: str, problem: str, options: list[str]
) -> None:
    organization, plan = FOLDER / "rebase-clear.toml", FOLDER / f"rebase-clear-{name}.plan.toml"
    new = tmp_path / "new.toml"
    line = (
        plan.read_text(encoding="utf-8").splitlines().index("clear = [" + f'"{problem.split()[3][:-1]}"]') + 1
    )
    refused = [f"{plan}:{line}: change[1].clear[1]: {problem}"]
    assert orgtui.refuses("apply", organization, plan, "-o", new, *options) == refused
    assert orgtui.refuses("check", organization, "--plan", plan) == refused
    assert not new.exists()


def test_the_same_people_in_another_order_are_no_conflict(orgtui: Program, tmp_path: Path) -> None:
    new = tmp_path / "new.toml"
    theirs, plan = FOLDER / "was-order.theirs.toml", FOLDER / "was-order.plan.toml"
    ran = orgtui("apply", theirs, plan, "-o", new, "--rebase")
    assert (ran.status, ran.out) == (0, "")
    assert orgtui("apply", FOLDER / "was-order.toml", plan, "-o", new).status == 0


@pytest.mark.parametrize("options", [[], ["--rebase"]])
def test_another_order_of_pillars_is_a_change(orgtui: Program, tmp_path: Path, options: list[str]) -> None:
    organization, plan = case("pillar-order")
    new, written, again = (tmp_path / name for name in ("new.toml", "new.plan.toml", "again.toml"))
    ran = orgtui("apply", organization, plan, "-o", new, *options)
    assert (ran.status, ran.out) == (0, "")
    assert [each.name for each in load_organization(new, known_rules()).pillars.values()] == ["Two", "First"]
    assert orgtui("diff", organization, new).out.splitlines()[:2] == [
        "~ pillar order",
        '    ids: ["one", "two"] → ["two", "one"]',
    ]
    assert orgtui("fix", organization, "--plan", plan, "-o", written).status == 0
    assert orgtui("apply", organization, written, "-o", again).status == 0
    assert new.read_bytes() == again.read_bytes()


def test_an_order_of_pillars_that_is_there_already_is_refused(orgtui: Program, tmp_path: Path) -> None:
    organization, plan = case("pillar-order")
    turned = tmp_path / "new.toml"
    assert orgtui("apply", organization, plan, "-o", turned).status == 0
    ran = orgtui("apply", turned, plan, "-o", tmp_path / "again.toml", "--rebase")
    assert ran.status == 1
    assert ran.out.startswith("change 1 (set_organization) left out: Nothing new is said about")
