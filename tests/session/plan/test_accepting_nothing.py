"""What is no finding cannot be accepted, by whatever way a plan or a change comes in."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

import orgtui
from orgtui.changes.parse import parse_change
from orgtui.files.plan_file import load_plan
from orgtui.locales import translate
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import OrganizationChanged, open_session
from orgtui.session.plan.rebasing import PlanRebase, has_finding_in, reload_organization
from tests.session.sessions import append_to_log, refusal, renamed
from tests.session.sharing import Join, change, why_not

CASES = Path(__file__).parents[2] / "fixtures" / "plans"
NO_FINDING = "P401 finds nothing to accept"
UNKNOWN = "There is no rule P999; did you mean "


@pytest.fixture
def organization(tmp_path: Path) -> Path:
    return Path(shutil.copy(CASES / "accept-nothing.toml", tmp_path / "team.toml"))


@pytest.fixture(params=[("no-finding", NO_FINDING), ("unknown-rule", UNKNOWN)], ids=lambda each: each[0])
def case(request: pytest.FixtureRequest, organization: Path) -> tuple[Path, str]:
    """A plan that accepts nothing, and why that is refused."""
    name, reason = request.param
    plan = organization.with_name("team.plan.toml")
    shutil.copy(CASES / f"accept-nothing-{name}.plan.toml", plan)
    return plan, reason


@pytest.mark.parametrize("watch", [False, True])
def test_opening_is_refused_as_applying_is(organization: Path, case: tuple[Path, str], watch: bool) -> None:
    plan, reason = case
    before = {each: (organization.parent / each).read_bytes() for each in os.listdir(organization.parent)}
    said = refusal(organization, watch=watch)
    assert said.startswith(f"team.plan.toml: change 1 cannot be made: {reason}")
    assert {each: (organization.parent / each).read_bytes() for each in before} == before
    assert sorted(os.listdir(organization.parent)) == sorted(before)
    with pytest.raises(orgtui.OrgtuiError, match=reason):
        orgtui.apply(organization, plan)
    with pytest.raises(orgtui.OrgtuiError, match=reason):
        orgtui.check(organization, plan)


def test_a_plan_put_in_the_place_of_a_folded_one_keeps_the_log(
    organization: Path, case: tuple[Path, str]
) -> None:
    plan, reason = case
    bad = plan.read_bytes()
    plan.unlink()
    opened = open_session(organization)
    team = next(iter(opened.session.organization.teams))
    opened.session.do(renamed(team, "Press"))
    fold(opened)
    opened.session.close()
    log = log_path_for(plan).read_bytes()
    plan.write_bytes(bad)
    assert reason in refusal(organization)
    assert log_path_for(plan).read_bytes() == log


def test_rebasing_asks_to_leave_it_out(organization: Path, case: tuple[Path, str]) -> None:
    plan, reason = case
    text = organization.read_text(encoding="utf-8")
    organization.write_text(text.replace("[organization]\n", '[organization]\ncurrency = "CNY"\n'), "utf-8")
    with pytest.raises(OrganizationChanged) as changed:
        open_session(organization)
    there = reload_organization(organization)
    rebase = PlanRebase(changed.value.stale, there, has_finding_in(there.organization))
    conflict = rebase.conflict()
    assert conflict is not None
    assert conflict.conflict.refused is not None
    assert translate(conflict.conflict.refused).startswith(reason)
    rebase.keep(conflict.number)
    assert rebase.conflict() == conflict
    rebase.leave_out(conflict.number)
    rebase.save()
    assert load_plan(plan, parse_change).steps == ()
    open_session(organization).session.close()


def test_a_rule_that_is_not_known_is_not_followed(join: Join, team: Path) -> None:
    session = join("chen")
    session.do(renamed("pr", "Press"))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    accept = {"op": "accept", "code": "P999", "subjects": ["team:pr"], "why": "so"}
    log = log_path_for(team.with_name("team.plan.toml"))
    append_to_log(log, {"entry": "do", "changes": [accept], "was": [{}], "by": "li", "at": at})
    session.catch_up()
    assert len(session.steps) == 1
    assert session.read_only is not None
    assert translate(session.read_only).startswith(f"team.plan.log cannot be followed any further: {UNKNOWN}")
    assert UNKNOWN in refusal(team)
    assert UNKNOWN in refusal(team, watch=True)


def test_nothing_is_accepted_in_a_session(join: Join) -> None:
    session = join("chen")
    for code, reason in (("P401", NO_FINDING), ("P999", "P999 finds nothing to accept")):
        assert why_not(partial(session.do, change("accept", code=code, subjects=[], why="so"))) == reason


def test_an_acceptance_is_not_redone_when_its_finding_is_gone(join: Join) -> None:
    chen, li = join("chen"), join("li")
    li.do(change("set_organization", clear=["vision"]))
    chen.do(change("accept", code="P401", subjects=[], why="for now"))
    chen.undo()
    li.undo()
    assert why_not(chen.redo).endswith(NO_FINDING)
    li.redo()
    chen.redo()
    assert ("P401",) in chen.organization.acceptances


def test_a_dropped_acceptance_comes_back_only_with_its_finding(join: Join) -> None:
    chen, li = join("chen"), join("li")
    li.do(change("set_organization", clear=["vision"]))
    chen.do(change("accept", code="P401", subjects=[], why="for now"))
    chen.drop(2)
    li.undo()
    assert why_not(chen.undo).endswith(NO_FINDING)
