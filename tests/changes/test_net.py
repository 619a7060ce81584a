"""The net effect of steps, and replaying them elsewhere."""

from __future__ import annotations

from itertools import groupby

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgtui.changes.base import Change, Refused
from orgtui.changes.net import net
from orgtui.changes.parse import change_to_mapping
from orgtui.changes.replay import rebase, replay
from orgtui.changes.step import Step
from orgtui.model.store import Organization
from tests.strategies_changes import changes
from tests.support import random_organization

KINDS = (
    ("move_person", "move_function", "merge_teams", "dissolve_team", "split_team", "pull_out", "fold_back"),
    ("create_team", "rename", "move_team", "set_lead", "set_review", "dissolve_team", "merge_teams"),
    ("pull_out", "fold_back", "set_focus", "move_function", "rename"),
    ("add_function", "remove_function", "set_function", "set_stages", "move_function", "rename", "assign"),
    ("add_seat", "fill_seat", "empty_seat", "close_seat", "assign", "unassign", "set_skill", "set_learning"),
    ("add_handoff", "track_handoff", "remove_handoff"),
    ("add_share", "set_share", "remove_share", "move_person"),
    ("add_goal", "set_goal", "remove_goal", "take_goal", "drop_goal", "rename"),
    ("accept", "unaccept", "merge_teams"),
    ("start_mission", "end_mission", "rename", "set_organization"),
)
"""Operations that write to the same places."""


def related(earlier: Change | None) -> tuple[str, ...]:
    """The operations that may make up for a change."""
    if earlier is None:
        return ()
    return tuple(op for kind in KINDS if earlier.op in kind for op in kind)


@st.composite
def histories(draw: st.DrawFn, organization: Organization, most: int = 25) -> list[Step]:
    """Steps that can be made one after another, in waves."""
    there = organization.copy()
    steps: list[Step] = []
    wave = 1
    for number in range(draw(st.integers(1, most))):
        earlier = None
        if len(steps) > 0 and draw(st.integers(0, 2)) > 0:
            earlier = steps[draw(st.integers(0, len(steps) - 1))].change
        like = {} if earlier is None else change_to_mapping(earlier)
        change = draw(changes(there, related(earlier), like))
        was = change.was(there)
        try:
            sets = change.compile(there)
        except Refused:
            continue
        for each in sets:
            there.apply(each)
        wave += draw(st.integers(0, 9)) == 0
        steps.append(Step(change, was, draw(st.sampled_from([None, f"why {number}"])), "chen", None, wave))
    return steps


def after(organization: Organization, steps: list[Step]) -> Organization:
    there = organization.copy()
    for each in replay(there, steps):
        there.apply(each)
    return there


@given(data=st.data())
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
def test_net_leads_through_the_same_states(data: st.DataObject) -> None:
    organization = data.draw(st.integers(0, 40).map(random_organization))
    steps = data.draw(histories(organization))
    before = organization.copy()
    folded = net(organization, steps)
    assert organization == before
    assert len(folded) <= len(steps) + sum(len(step.change.registers()) for step in steps)
    here, there = organization.copy(), organization.copy()
    waves = {wave: list(group) for wave, group in groupby(folded, key=lambda step: step.wave)}
    for wave, group in groupby(steps, key=lambda step: step.wave):
        for each in replay(here, list(group)):
            here.apply(each)
        kinds = [step.change.op in ("accept", "unaccept") for step in waves.get(wave, [])]
        assert kinds == sorted(kinds), "acceptances come last"
        for step in waves.get(wave, []):
            assert step.was == step.change.was(there)
            for each in replay(there, [step]):
                there.apply(each)
        assert here == there
    assert [step.change for step in net(organization, folded)] == [step.change for step in folded]


@given(data=st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_a_plan_holds_on_its_own_baseline(data: st.DataObject) -> None:
    organization = data.draw(st.integers(0, 40).map(random_organization))
    steps = data.draw(histories(organization, 10))
    made, conflicts = rebase(organization, steps)
    assert made == steps
    assert conflicts == []
