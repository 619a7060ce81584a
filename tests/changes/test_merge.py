"""Merging the changes of two plans that come from a third."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgtui.changes.merge import Touched, merge
from orgtui.changes.merge_effects import Cell
from orgtui.changes.merge_slots import slots_of
from orgtui.changes.refusal import Refused
from orgtui.changes.step import Step
from orgtui.locales import translate
from orgtui.model.store import Organization
from tests.changes.loading import assert_loads
from tests.changes.test_net import after, histories
from tests.changes.world import change
from tests.organizations import full_organization, small_organization
from tests.strategies_changes import changes
from tests.support import examples, random_organization

law = partial(settings, deadline=None, suppress_health_check=list(HealthCheck))


def step(op: str, *, wave: int = 1, why: str | None = None, **given: Any) -> Step:
    return Step(change(op, **given), wave=wave, why=why)


def made(steps: tuple[Step, ...] | list[Step]) -> list[Any]:
    return [each.change for each in steps]


@st.composite
def edited(draw: st.DrawFn, organization: Organization, steps: list[Step]) -> list[Step]:
    """Steps of which some were taken out, changed or put elsewhere, and others added, that can be made."""
    wanted: list[Step] = []
    for each in steps:
        match draw(st.integers(0, 5)):
            case 0:
                continue
            case 1:
                wanted.append(replace(each, why=draw(st.sampled_from([None, "one", "two"]))))
            case 2:
                wanted.append(replace(each, wave=each.wave + draw(st.integers(0, 2))))
            case _:
                wanted.append(each)
    there, result = organization.copy(), list[Step]()

    def add(one: Step) -> None:
        try:
            sets = one.change.compile(there)
        except Refused:
            return
        result.append(replace(one, was=one.change.replaced_values(there)))
        for each in sets:
            there.apply(each)

    for each in sorted(wanted, key=lambda one: one.wave):
        add(each)
    last = max([1, *(each.wave for each in result)])
    for _ in range(draw(st.integers(0, 5))):
        add(Step(draw(changes(there, (), {})), wave=last))
    return result


@st.composite
def three_plans(draw: st.DrawFn) -> tuple[Organization, list[Step], list[Step], list[Step]]:
    organization = draw(st.builds(full_organization) | st.integers(0, 40).map(random_organization))
    base = draw(histories(organization, 6))
    return organization, base, draw(edited(organization, base)), draw(edited(organization, base))


@given(plans=three_plans())
@law(max_examples=examples(25, 300))
def test_merging_with_oneself_and_with_the_base_changes_nothing(plans: Any) -> None:
    organization, base, ours, _ = plans
    for sides in ((base, ours, base), (base, base, ours), (base, ours, ours)):
        merged = merge(organization, *sides)
        assert list(merged.steps) == ours
        assert merged.conflicts == ()


@given(plans=three_plans(), choice=st.sampled_from([None, "ours", "theirs"]))
@law(max_examples=examples(60, 600))
def test_every_change_is_in_the_result_or_in_a_conflict_and_the_result_is_made(
    plans: Any, choice: Any
) -> None:
    organization, base, ours, theirs = plans
    before = organization.copy()
    merged = merge(organization, base, ours, theirs, lambda number: choice)
    assert organization == before
    assert list(organization.records()) == list(before.records()), "in the same order"
    there = after(organization, list(merged.steps))
    assert_loads(there)
    assert [each.wave for each in merged.steps] == sorted(each.wave for each in merged.steps)
    said = [(each.change, each.why, each.wave) for each in merged.steps]
    for side, name in ((ours, "ours"), (theirs, "theirs")):
        in_conflict = [each for conflict in merged.conflicts for each in getattr(conflict, name)]
        common = slots_of(base)
        for slot, each in slots_of(side).items():
            if common.get(slot) == each or each in in_conflict:
                continue
            here = slots_of(merged.steps).get(slot)
            assert here is not None, each
            assert (each.change, each.why, each.wave) in said or _holds(here, each, common.get(slot)), each
        for slot, each in common.items():
            if slot not in slots_of(side) and each in merged.steps:
                assert any(each in conflict.base for conflict in merged.conflicts), "taken out, and there"


def _holds(merged: Step, side: Step, base: Step | None) -> bool:
    """Whether a merged step has everything that a side changed in it."""
    changed = [name for name in ("why", "wave") if base is None or getattr(base, name) != getattr(side, name)]
    own = {} if base is None or type(base.change) is not type(side.change) else _fields(base)
    return all(getattr(merged, name) == getattr(side, name) for name in changed) and all(
        _fields(merged).get(name) == value for name, value in _fields(side).items() if own.get(name) != value
    )


def _fields(one: Step) -> dict[str, Any]:
    names = one.change.__dataclass_fields__
    return {name: getattr(one.change, name) for name in names if name != "clear"}


@given(plans=three_plans())
@law(max_examples=examples(40, 400))
def test_the_order_of_independent_changes_does_not_matter(plans: Any) -> None:
    organization, base, ours, theirs = plans
    one, other = merge(organization, base, ours, theirs), merge(organization, base, theirs, ours)
    assert bool(one.conflicts) == bool(other.conflicts)
    if not one.conflicts:
        there, here = after(organization, list(one.steps)), after(organization, list(other.steps))
        assert _unordered(here) == _unordered(there)


def _unordered(organization: Organization) -> Any:
    """The records of an organisation without the order of what stands in a list without meaning."""
    return {
        (table, key): {
            name: sorted(value, key=str) if isinstance(value, tuple) else value
            for name in record.__dataclass_fields__
            for value in [getattr(record, name)]
        }
        for table, rows in organization.tables.items()
        for key, record in rows.rows().items()
    }


# -- by example --------------------------------------------------------------------------------------

MERGE = step("merge_teams", team="brand", into="growth")
TO_ROOT = step("move_person", person="xu", to="marketing")
REVIEW = step("set_review", team="growth", review="monthly")


def test_what_only_one_side_changed_is_taken_from_it() -> None:
    organization = small_organization()
    base = [REVIEW, TO_ROOT]
    ours = [REVIEW, TO_ROOT, step("take_goal", team="growth", goal="pipeline")]
    theirs = [
        step("set_review", team="growth", review="yearly"),
        step("take_goal", team="growth", goal="coverage"),
    ]
    merged = merge(organization, base, ours, theirs)
    assert merged.conflicts == ()
    assert made(merged.steps) == made([theirs[0], theirs[1], ours[2]]), "xu stays: theirs took the move out"
    assert (merged.from_ours, merged.from_theirs) == (1, 3)


def test_fields_of_one_change_are_merged_by_themselves() -> None:
    organization = small_organization()
    base = [step("set_goal", goal="pipeline", target=3)]
    ours = [step("set_goal", goal="pipeline", target=5, why="More is asked for")]
    theirs = [step("set_goal", goal="pipeline", target=3, metric="CNY", wave=2)]
    merged = merge(organization, base, ours, theirs)
    assert merged.conflicts == ()
    wanted = step("set_goal", goal="pipeline", target=5, metric="CNY", wave=2, why="More is asked for")
    assert [replace(each, was={}) for each in merged.steps] == [wanted]


def named(name: str) -> Step:
    return step("rename", kind="team", id="growth", name=name)


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ([], [step("move_person", person="xu", to="growth")], [TO_ROOT]),
        ([TO_ROOT], [], [step("move_person", person="xu", to="growth")]),
        ([REVIEW], [replace(REVIEW, why="one")], [replace(REVIEW, why="other")]),
        ([REVIEW], [replace(REVIEW, wave=2)], [replace(REVIEW, wave=3)]),
        (
            [],
            [step("rename", kind="team", id="growth", name="Growing")],
            [step("rename", kind="team", id="growth", name="G")],
        ),
        (
            [],
            [step("add_seat", person="new", team="growth", state="vacant", title="SEO")],
            [step("add_seat", person="new", team="brand", state="vacant", title="PR")],
        ),
        ([], [step("set_goal", goal="pipeline", target=5)], [step("set_goal", goal="pipeline", target=6)]),
        ([], [step("remove_goal", goal="pipeline")], [step("set_goal", goal="pipeline", target=6)]),
        ([], [MERGE], [TO_ROOT]),
        ([], [MERGE], [step("rename", kind="team", id="brand", name="Voice")]),
        ([], [MERGE], [step("take_goal", team="brand", goal="pipeline")]),
        ([], [MERGE], [step("move_person", person="wang", to="brand")]),
        ([], [step("move_team", team="brand", to="growth")], [step("move_team", team="growth", to="brand")]),
    ],
)
def test_what_both_changed_is_one_conflict_whoever_is_ours(base: Any, ours: Any, theirs: Any) -> None:
    organization = small_organization()
    for mine, other in ((ours, theirs), (theirs, ours)):
        merged = merge(organization, base, mine, other)
        (conflict,) = merged.conflicts
        assert (made(conflict.base), made(conflict.ours), made(conflict.theirs)) == (
            made(base),
            made(mine),
            made(other),
        )
        assert (conflict.kept, conflict.settled) == ("ours", False)
        assert made(merged.steps) == made(mine)
        taken = merge(organization, base, mine, other, lambda number: "theirs")
        assert made(taken.steps) == made(other)
        assert [(each.kept, each.settled) for each in taken.conflicts] == [("theirs", True)]


def test_a_conflict_tells_which_value_each_side_has() -> None:
    (conflict,) = merge(small_organization(), [], [MERGE], [TO_ROOT]).conflicts
    assert conflict.touched == (
        Touched(Cell("person", "xu", ("team", None)), "brand", "growth", "marketing"),
    )


def test_only_what_belongs_to_a_conflict_stays_away() -> None:
    organization = small_organization()
    theirs = [
        step("create_team", team="new", name="New", parent="brand"),
        step("move_person", person="zhang", to="new"),
        step("set_review", team="growth", review="monthly"),
    ]
    merged = merge(organization, [], [MERGE], theirs)
    assert made(merged.steps) == made([theirs[2], MERGE])
    lost = [each for conflict in merged.conflicts for each in conflict.theirs]
    assert sorted(map(str, made(lost))) == sorted(map(str, made(theirs[:2])))
    taken = merge(organization, [], [MERGE], theirs, lambda number: "theirs")
    assert {each.kept for each in taken.conflicts} == {"theirs"}
    assert made(taken.steps) == made(theirs)


def test_what_is_put_in_stands_after_what_it_needs_and_before_acceptances() -> None:
    organization = small_organization()
    accept = Step(change("accept", code="P203", subjects=["team:growth"], why="For now", by="chen"))
    base = [REVIEW, accept]
    theirs = [REVIEW, step("create_team", team="new", name="New", parent="growth"), TO_ROOT, accept]
    theirs.append(step("move_person", person="zhang", to="new", wave=2))
    ours = [REVIEW, step("take_goal", team="growth", goal="pipeline"), accept]
    merged = merge(organization, base, ours, theirs)
    assert merged.conflicts == ()
    assert made(merged.steps) == made([REVIEW, *theirs[1:3], ours[1], accept, theirs[-1]])


def test_an_acceptance_of_what_the_other_side_mended_is_left_out_and_told() -> None:
    organization = small_organization()
    accept = Step(change("accept", code="P203", subjects=["team:growth"], why="For now", by="chen"))

    def has_finding(steps: Any, there: Organization, code: str, subjects: Any) -> bool:
        return len(there.index("members", "growth")) < 2

    merged = merge(
        organization, [], [accept], [step("move_person", person="xu", to="growth")], has_finding=has_finding
    )
    assert made(merged.steps) == [change("move_person", person="xu", to="growth")]
    (left_out,) = merged.left_out
    assert (made(left_out.ours), left_out.kept, left_out.settled) == ([accept.change], None, True)
    assert left_out.reason is not None
    assert translate(left_out.reason) == "P203 finds nothing to accept about growth"


@pytest.mark.parametrize("tried", [20, 0])
def test_what_keeps_a_change_out_is_looked_for_among_the_nearest(
    monkeypatch: pytest.MonkeyPatch, tried: int
) -> None:
    monkeypatch.setattr("orgtui.changes.merge.TRIED_AGAINST", tried)
    merging = step("merge_teams", team="growth", into="brand")
    late = step("move_person", person="zhang", to="growth")
    merged = merge(small_organization(), [], [merging], [late])
    assert made(merged.steps) == [merging.change]
    (conflict,) = merged.conflicts
    assert made(conflict.theirs) == [late.change], "told whether or not it is known what keeps it out"
    assert made(conflict.ours) == ([merging.change] if tried else [])


def test_changes_that_the_organisation_does_not_take_are_told() -> None:
    gone = step("move_person", person="nobody", to="growth")
    merged = merge(small_organization(), [], [gone], [TO_ROOT])
    assert made(merged.steps) == [TO_ROOT.change]
    (conflict,) = merged.conflicts
    assert (made(conflict.ours), conflict.kept, conflict.settled) == ([gone.change], None, False)


def test_the_order_of_stages_is_a_conflict() -> None:
    organization = full_organization()
    first = next(iter(organization.stages))
    add = [step("add_stage", stage=each, name=each, before=first) for each in ("one", "two")]
    (conflict,) = merge(organization, [], [add[0]], [add[1]]).conflicts
    assert conflict.reason is not None
    assert translate(conflict.reason) == "what comes of both depends on which is made first"
