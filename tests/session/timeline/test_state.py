"""The assignments that listeners are told of: merged, and complete."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orgtui.model.records import Goal
from orgtui.model.store import Organization, Set
from orgtui.session.timeline.state import merge_sets
from tests.organizations import small_organization

GOALS = [Goal(identity, name) for identity in "ab" for name in (identity, "Other")]


def organization() -> Organization:
    return small_organization(GOALS[0], GOALS[2])


@given(st.lists(st.sampled_from([*GOALS, "a", "b"]), max_size=8), st.integers(0, 8))
def test_merged_assignments_lead_to_the_same_records_in_the_same_order(
    wanted: list[Goal | str], undone: int
) -> None:
    """Whatever comes, changes and goes, and some of it is taken back."""
    here, there, made = organization(), organization(), list[Set]()
    for goal in wanted:
        key, new = (goal, None) if isinstance(goal, str) else (goal.id, goal)
        if here.goals.get(key) != new:
            made.append(here.assignment("goal", key, new))
            here.apply(made[-1])
    back = [each.inverse() for each in made[::-1][:undone]]
    for each in back:
        here.apply(each)
    merged = merge_sets([*made, *back])
    assert len({(each.key, each.old is None) for each in merged}) == len(merged)
    for each in merged:
        there.apply(each)
    assert here == there
    if undone >= len(made):
        assert merged == ()
    stand_elsewhere = {each.key for each in merged if each.old is None or each.new is None}
    kept = [[goal for goal in org.goals if goal not in stand_elsewhere] for org in (here, organization())]
    assert kept[0] == kept[1]
