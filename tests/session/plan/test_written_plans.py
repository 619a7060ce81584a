"""Whatever plan is written is taken again."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgtui.api.state import state_with_plan
from orgtui.api.summary_check import require_matching_summary
from orgtui.changes.base import Refused
from orgtui.changes.operations.acceptances import Accept
from orgtui.changes.parse import parse_change
from orgtui.changes.replay import rebase
from orgtui.changes.step import Step
from orgtui.files.organization_file import baseline_hash, dump_organization, load_organization
from orgtui.files.plan_file import Plan, dump_plan
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Assessment, report_findings
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.registry import known_rules
from orgtui.session.plan.outcome import net_plan
from orgtui.session.plan.planned import has_finding_in
from tests.strategies_changes import changes
from tests.support import random_organization

OFTEN_FOUND = ("move_person", "move_team", "set_lead", "set_stages", "move_function", "drop_goal")
"""Operations that make findings go and come back."""


@st.composite
def planned(draw: st.DrawFn, baseline: Organization) -> tuple[list[Step], Assessment]:
    """Steps in waves, some of which accept what is found then, and the assessed state that they lead to."""
    there = baseline.copy()
    steps: list[Step] = []
    made: list[tuple[int, list[Set]]] = []
    wave = 1
    for _ in range(draw(st.integers(1, 14))):
        if draw(st.integers(0, 2)):
            change = draw(changes(there, draw(st.sampled_from([OFTEN_FOUND, ()]))))
        else:
            found = report_findings(there, there.profile.as_of, waves=waves_of(baseline, made)).reported
            shocks = sorted(each for each in found if each[0] == "A201")
            chosen = shocks or sorted(found)
            if not chosen:
                continue
            code, subjects = draw(st.sampled_from(chosen))
            change = Accept(code, tuple(map(str, subjects)), f"why {len(steps)}")
        try:
            sets = change.compile(there)
        except Refused:
            continue
        for each in sets:
            there.apply(each)
        steps.append(Step(change, {}, None, "chen", None, wave))
        made.append((wave, sets))
        wave += draw(st.integers(0, 3)) == 0
    assessment = Assessment(there, baseline.profile.as_of, waves=waves_of(baseline, made))
    assessment.evaluate_pending()
    return steps, assessment


@given(data=st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_a_written_plan_is_taken(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path, plan_path = Path(folder) / "team.toml", Path(folder) / "team.plan.toml"
        path.write_bytes(dump_organization(data.draw(st.integers(0, 40).map(random_organization))))
        baseline = load_organization(path, known_rules())
        steps, assessment = data.draw(planned(baseline))
        head = Plan("Plan", baseline.profile.name, baseline_hash(baseline))
        plan = net_plan(head, baseline, assessment, steps)
        plan_path.write_bytes(dump_plan(plan))
        state = state_with_plan(path, baseline, plan_path)
        require_matching_summary(state, plan_path.name)
        taken = [Step(parse_change(s.change), s.was, s.why, s.by, s.at, s.wave) for s in plan.steps]
        made, conflicts = rebase(baseline.copy(), taken, has_finding_in(baseline))
        assert conflicts == []
        assert [step.change for step in made] == [step.change for step in taken]
        path.write_bytes(dump_organization(state.organization))
        assert load_organization(path, known_rules()) == state.organization
