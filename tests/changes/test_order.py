"""Where records stand: what comes stands last, also what was there before; pillars as they are given."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.changes.base import Change, Refused
from orgtui.changes.compile import compile_all
from orgtui.changes.net import net
from orgtui.changes.parse import change_to_mapping
from orgtui.changes.replay import rebase
from orgtui.changes.step import Step
from orgtui.files.organization_file import dump_organization
from orgtui.model import records as r
from orgtui.model.store import Organization, inverse
from tests.changes.world import change, make, refusal
from tests.organizations import small_organization

PILLARS = [{"id": each, "name": each.title()} for each in ("one", "two", "three")]


def organization() -> Organization:
    return small_organization(
        r.Pillar("one", "One"),
        r.Pillar("two", "Two"),
        r.Acceptance("P203", ("team:brand",), "Two come in spring"),
        r.Acceptance("P203", ("team:growth",), "Two come in spring"),
    )


@st.composite
def changes_of_order(draw: st.DrawFn) -> Change:
    """A change that takes one of a few ids away or gives it, or puts pillars in another order."""
    team, goal = (draw(st.sampled_from(["new-1", "new-2"])) for _ in range(2))
    accepted: dict[str, Any] = {
        "code": "P203",
        "subjects": [draw(st.sampled_from(["team:brand", "team:growth", "team:new-1"]))],
    }
    why = draw(st.sampled_from(["Two come in spring", "Two come in autumn"]))
    share = {"source": "team:brand", "target": "team:growth", "topic": "messaging"}
    return draw(
        st.sampled_from(
            [
                change("create_team", team=team, name=team, parent="marketing"),
                change("create_team", team="brand", name="Brand", parent="marketing"),
                change("dissolve_team", team=team),
                change("merge_teams", team=team, into="growth"),
                change("add_goal", goal=goal, name=goal),
                change("remove_goal", goal=goal),
                change("add_goal", goal="pipeline", name="Qualified pipeline"),
                change("remove_goal", goal="pipeline"),
                change("remove_share", **share),
                change("add_share", **share, every="weekly"),
                change("accept", **accepted, why=why),
                change("unaccept", **accepted),
                change("rename", kind="goal", id="pipeline", name="Pipeline"),
                change("set_organization", vision=why),
                change(
                    "set_organization",
                    pillars=draw(st.lists(st.sampled_from(PILLARS), unique_by=repr, max_size=3)),
                ),
            ]
        )
    )


def made(org: Organization, changes: list[Change]) -> list[Change]:
    """Those of the changes that are possible one after another, made."""
    done = []
    for each in changes:
        try:
            sets = each.compile(org)
        except Refused:
            continue
        for assignment in sets:
            org.apply(assignment)
        done.append(each)
    return done


@given(st.lists(changes_of_order(), max_size=12), st.data())
@settings(deadline=None, max_examples=120)
def test_the_net_effect_keeps_the_order_of_every_wave(changes: list[Change], data: st.DataObject) -> None:
    here, there, baseline = organization(), organization(), organization()
    wave, steps = 1, []
    for each in made(organization(), changes):
        wave += data.draw(st.booleans())
        steps.append(Step(each, wave=wave))
    folded = net(baseline, steps)
    assert list(baseline.records()) == list(organization().records())
    waves = {number: list(group) for number, group in groupby(folded, key=lambda step: step.wave)}
    for number, group in groupby(steps, key=lambda step: step.wave):
        made(here, [step.change for step in group])
        netted = [step.change for step in waves.get(number, [])]
        assert made(there, netted) == netted
        assert dump_organization(here) == dump_organization(there)
    assert [step.change for step in net(baseline, folded)] == [step.change for step in folded]
    assert rebase(organization(), folded) == (folded, [])


@given(st.lists(changes_of_order(), max_size=12))
@settings(deadline=None, max_examples=80)
def test_undoing_everything_gives_the_very_bytes_back(changes: list[Change]) -> None:
    org = organization()
    done = made(organization(), changes)
    before = dump_organization(org)
    sets = compile_all(org, done)
    for _ in range(2):
        for each in sets:
            org.apply(each)
        after = dump_organization(org)
        for each in inverse(sets):
            org.apply(each)
        assert dump_organization(org) == before
    there = organization()
    made(there, done)
    assert dump_organization(there) == after


@pytest.mark.parametrize("goal", ["coverage", "pipeline"])
def test_an_id_given_again_stands_last(goal: str) -> None:
    """In a session, where all is made in one organisation, as in one that is written and read in between."""
    changes = [
        change("drop_goal", team="brand", goal="coverage"),
        change("remove_goal", goal=goal),
        change("add_goal", goal="reach", name="Reach"),
        change("add_goal", goal=goal, name="Given again"),
    ]
    org, written = organization(), organization()
    assert made(org, changes) == changes
    for each in changes:
        written = written.copy()
        made(written, [each])
    other = "pipeline" if goal == "coverage" else "coverage"
    assert list(org.goals) == list(written.goals) == [other, "reach", goal]


def test_a_record_that_only_changes_stays_where_it_stands() -> None:
    there = make(organization(), "rename", kind="goal", id="coverage", name="Coverage")
    assert list(there.goals) == ["coverage", "pipeline"]


# -- pillars ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [[1, 0], [1, 2, 0], [2, 0, 1], [0, 2, 1], [2, 1], [0], []])
def test_pillars_stand_as_they_are_given(order: list[int]) -> None:
    there = make(organization(), "set_organization", pillars=[PILLARS[place] for place in order])
    assert list(there.pillars.values()) == [r.Pillar(**PILLARS[place]) for place in order]


def test_the_same_pillars_in_the_same_order_are_nothing_new() -> None:
    assert "Nothing new" in refusal(organization(), "set_organization", pillars=PILLARS[:2])


def test_another_order_of_anything_else_is_nothing_new() -> None:
    org = small_organization(
        r.Tool("cms", "CMS"),
        r.Tool("crm", "CRM"),
        r.Team("growth", "Growth", "marketing", "wang", tools=("cms", "crm")),
    )
    assert "already has just these tools" in refusal(org, "set_tools", team="growth", tools=["crm", "cms"])


def test_another_order_of_the_stages_of_a_function_is_a_change() -> None:
    org = small_organization(r.Function("pr", "PR", team="brand", stages=("awareness", "inquiry")))
    there = make(org, "set_stages", function="pr", stages=["inquiry", "awareness"])
    assert there.functions["pr"].stages == ("inquiry", "awareness")


def test_only_pillars_from_the_first_that_moves_on_are_written() -> None:
    org = make(organization(), "set_organization", pillars=PILLARS)
    swapped = change("set_organization", pillars=[PILLARS[0], PILLARS[2], PILLARS[1]])
    assert {each.key for each in swapped.compile(org)} == {"two", "three"}


def netted(*written: dict[str, Any]) -> list[dict[str, object]]:
    steps = [Step(change("set_organization", **each)) for each in written]
    return [change_to_mapping(step.change) for step in net(organization(), steps)]


def test_the_net_effect_of_orders_of_pillars() -> None:
    there, turned = PILLARS[:2], PILLARS[1::-1]
    assert netted({"pillars": turned}, {"pillars": there}) == []
    assert netted({"pillars": turned}, {"vision": "First"}) == [
        {"op": "set_organization", "vision": "First", "pillars": turned}
    ]
    assert netted({"pillars": turned, "vision": "First"}, {"pillars": there}) == [
        {"op": "set_organization", "vision": "First"}
    ]


def test_another_order_of_pillars_there_is_a_conflict() -> None:
    turn = change("set_organization", pillars=[PILLARS[1], PILLARS[0], PILLARS[2]])
    step = Step(turn, turn.replaced_values(organization()))
    theirs = make(organization(), "set_organization", pillars=PILLARS[1::-1])
    _, (conflict,) = rebase(theirs, [step])
    (difference,) = conflict.differences
    assert (difference.field, difference.base, difference.theirs) == ("pillars", PILLARS[:2], PILLARS[1::-1])
    assert conflict.refused is None
