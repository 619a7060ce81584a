"""Mending ends, never makes things weigh more, and is the same every time; the plan it writes says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.advice.autofix import SAFE, WITH_DECISIONS, AppliedFix, apply_fix_round, apply_fixes
from orgtui.advice.fixes import Applicability
from orgtui.advice.wave_planner import WavePlanner
from orgtui.changes.parse import parse_change
from orgtui.cli.fix import run
from orgtui.cli.state import load_state
from orgtui.engine.view import PlainView
from orgtui.files.organization_file import load_organization, save_organization
from orgtui.files.plan_file import load_plan
from orgtui.metrics import people_moved
from orgtui.model.store import Organization
from orgtui.rules.assessment import WEIGHTS, Assessment
from orgtui.rules.inputs import CHANGE_SHOCK, Waves
from orgtui.rules.registry import known_rules
from tests.support import STARTUP, examples, random_organization

SAMPLES = Path(__file__).parents[2] / "sample_orgs"
MOST_ROUNDS = 50
seeds = st.integers(0, 60)
ways = st.sampled_from([SAFE, WITH_DECISIONS])


def assessed(organization: Organization) -> Assessment:
    return Assessment(organization, organization.profile.as_of)


def weight(assessment: Assessment) -> int:
    return sum(WEIGHTS[each.severity] for each in assessment.reported.values() if each.counts)


def mended(organization: Organization) -> list[AppliedFix]:
    return list(apply_fixes(assessed(organization), WITH_DECISIONS))


@settings(deadline=None, max_examples=examples(12, 80))
@given(seeds, ways)
def test_rounds_come_to_an_end(seed: int, allowed: frozenset[Applicability]) -> None:
    assessment = assessed(random_organization(seed))
    assessment.evaluate_pending()
    planner = WavePlanner(assessment)
    rounds = 0
    while list(apply_fix_round(assessment, allowed, planner)):
        rounds += 1
        assert rounds < MOST_ROUNDS
    assert list(apply_fixes(assessment, allowed)) == []


@settings(deadline=None, max_examples=examples(12, 80))
@given(seeds, ways)
def test_every_step_makes_what_is_found_weigh_as_much_less_as_it_says(
    seed: int, allowed: frozenset[Applicability]
) -> None:
    assessment = assessed(random_organization(seed))
    assessment.evaluate_pending()
    before = weight(assessment)
    for step in apply_fixes(assessment, allowed):
        assert weight(assessment) == before + step.fix.difference.penalty < before
        assert step.reported.identity not in assessment.reported
        before = weight(assessment)


@settings(deadline=None, max_examples=examples(12, 80))
@given(seeds)
def test_safe_steps_bring_no_error_and_move_nobody(seed: int) -> None:
    organization = random_organization(seed)
    before = organization.copy()
    assessment = assessed(organization)
    assessment.evaluate_pending()
    errors = {each for each, reported in assessment.reported.items() if reported.severity == "error"}
    for step in apply_fixes(assessment):
        assert step.fix.applicability == "safe"
        now = {each for each, reported in assessment.reported.items() if reported.severity == "error"}
        assert now <= errors
        errors = now
    view = PlainView(before, before.profile.as_of, {})
    assert people_moved(view, assessment.view) == 0
    assert [team.lead for team in before.teams.values()] == [
        team.lead for team in organization.teams.values()
    ]


@settings(deadline=None, max_examples=examples(6, 30))
@given(seeds)
def test_the_same_organisation_is_mended_in_the_same_way(seed: int) -> None:
    assert mended(random_organization(seed)) == mended(random_organization(seed))


def test_decisions_mend_at_least_four_fifths_of_the_start_up() -> None:
    assessment = assessed(load_organization(STARTUP, known_rules()))
    assessment.evaluate_pending()
    assert assessment.count("error") + assessment.count("warning") == 28
    steps = list(apply_fixes(assessment, WITH_DECISIONS))
    assert {step.fix.applicability for step in steps} == {"safe", "decision"}
    assert assessment.count("error") == 0
    assert assessment.count("warning") <= 5


# -- the command -----------------------------------------------------------------------------------


def fixed(organization: Path, folder: Path, *options: str) -> Assessment:
    """The state that the plan of `orgtui fix` leads to, judged with its waves."""
    plan = folder / "fixed.plan.toml"
    assert run([str(organization), *options, "-o", str(plan)]) == 0
    state = load_state(organization, plan)
    assessment = Assessment(state.organization, state.baseline.profile.as_of, waves=state.waves)
    assessment.evaluate_pending()
    assert state.plan is not None
    assert state.plan.summary is not None
    after = state.plan.summary.after
    assert (after["errors"], after["warnings"]) == (assessment.count("error"), assessment.count("warning"))
    return assessment


def test_the_plan_leads_where_mending_led_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assessment = fixed(STARTUP, tmp_path, "--decisions")
    organization = load_organization(STARTUP, known_rules())
    steps = mended(organization)
    assert assessment.organization == organization
    said = capsys.readouterr().out
    assert said.count("   resolved ") == sum(len(step.fix.difference.resolved) for step in steps)
    assert said.count("   introduced ") == sum(len(step.fix.difference.introduced) for step in steps)
    assert "4 errors, 24 warnings, 8 advice → 0 errors, 0 warnings" in said
    plan = load_plan(tmp_path / "fixed.plan.toml", parse_change)
    assert all(step.why and step.by and step.at for step in plan.steps)
    assert any(
        str(step.why).startswith("P105 area-split: Brand and content is split over") for step in plan.steps
    )


def test_a_plan_is_gone_on_from(tmp_path: Path) -> None:
    fixed(STARTUP, tmp_path)
    first = tmp_path / "first.plan.toml"
    (tmp_path / "fixed.plan.toml").rename(first)
    steps = load_plan(first, parse_change).steps
    assessment = fixed(STARTUP, tmp_path, "--plan", str(first), "--decisions")
    assert assessment.count("error") == 0
    plan = load_plan(tmp_path / "fixed.plan.toml", parse_change)
    assert [step.change for step in plan.steps[: len(steps)]] == [step.change for step in steps]
    assert min(step.wave for step in plan.steps[len(steps) :]) == 2


@pytest.mark.parametrize("seed", range(20))
def test_what_waves_do_to_people_is_weighed_as_well(seed: int, tmp_path: Path) -> None:
    organization = random_organization(seed)
    file = tmp_path / "organization.toml"
    save_organization(organization, file)
    before = Assessment(organization, organization.profile.as_of, waves=Waves())
    before.evaluate_pending()
    after = fixed(file, tmp_path, "--decisions")
    assert weight(after) <= weight(before)


def test_no_wave_shocks_that_could_be_two(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_text(STARTUP.read_text(encoding="utf-8"), encoding="utf-8")
    assessment = fixed(file, tmp_path, "--decisions")
    assert all(code != CHANGE_SHOCK for code, _ in assessment.reported)
    assert max(step.wave for step in load_plan(tmp_path / "fixed.plan.toml", parse_change).steps) == 2


def test_nothing_but_a_plan_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, plan = tmp_path / "organization.toml", tmp_path / "fixed.plan.toml"
    other, pipe = tmp_path / "other.toml", tmp_path / "pipe"
    for each in (file, other):
        each.write_bytes(STARTUP.read_bytes())
    os.mkfifo(pipe)
    for output, wrong in (
        (file, "is there and is no plan"),
        (other, "is there and is no plan"),
        (pipe, "is not a regular file"),
        (tmp_path, "is not a regular file"),
        (tmp_path / "nowhere" / "fixed.plan.toml", "cannot be written: No such file or directory"),
        (file / "fixed.plan.toml", "cannot be written: No"),
    ):
        assert run([str(file), "-o", str(output)]) == 2
        said = capsys.readouterr()
        assert wrong in said.err
        assert said.out == "", "before any work is done"
    assert file.read_bytes() == other.read_bytes() == STARTUP.read_bytes()
    for _ in range(2):
        assert run([str(file), "-o", str(plan)]) == 0, "a plan may take the place of a plan"
