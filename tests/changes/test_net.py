"""The net effect of steps, and making them elsewhere."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgtui.changes.base import Change, Refused
from orgtui.changes.compile import HasFinding, compile_all
from orgtui.changes.net import net
from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.changes.replay import FieldDifference, _differences, rebase
from orgtui.changes.step import Step
from orgtui.files.organization_file import dump_organization
from orgtui.files.plan_file import Plan, PlanStep, dump_plan
from orgtui.model.store import Organization, Set
from tests.changes.world import change, make
from tests.organizations import full_organization
from tests.strategies_changes import changes
from tests.support import calls_of, examples, random_organization

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
        next_one = draw(changes(there, related(earlier), like))
        was = next_one.replaced_values(there)
        try:
            sets = next_one.compile(there)
        except Refused:
            continue
        for each in sets:
            there.apply(each)
        wave += draw(st.integers(0, 9)) == 0
        steps.append(Step(next_one, was, draw(st.sampled_from([None, f"why {number}"])), "chen", None, wave))
    return steps


def compiled(
    organization: Organization, steps: Iterable[Step], has_finding: HasFinding | None = None
) -> list[Set]:
    """The assignments that steps come to."""
    return compile_all(organization, (step.change for step in steps), has_finding)


def after(organization: Organization, steps: list[Step]) -> Organization:
    there = organization.copy()
    for each in compiled(there, steps):
        there.apply(each)
    return there


@given(data=st.data())
@settings(deadline=None, max_examples=examples(50, 300), suppress_health_check=list(HealthCheck))
def test_net_leads_through_the_same_states(data: st.DataObject) -> None:
    organization = data.draw(st.integers(0, 40).map(random_organization))
    steps = data.draw(histories(organization))
    before = organization.copy()
    folded = net(organization, steps)
    assert organization == before
    assert len(folded) <= len(steps) + sum(len(step.change.write_set()) for step in steps)
    here, there = organization.copy(), organization.copy()
    waves = {wave: list(group) for wave, group in groupby(folded, key=lambda step: step.wave)}
    for wave, group in groupby(steps, key=lambda step: step.wave):
        for each in compiled(here, group):
            here.apply(each)
        kinds = [step.change.op in ("accept", "unaccept") for step in waves.get(wave, [])]
        assert kinds == sorted(kinds), "acceptances come last"
        for step in waves.get(wave, []):
            assert step.was == step.change.replaced_values(there)
            for each in step.change.compile(there):
                there.apply(each)
        assert here == there
        assert list(here.records()) == list(there.records()), "in the same order"
    assert [step.change for step in net(organization, folded)] == [step.change for step in folded]


@given(data=st.data())
@settings(deadline=None, max_examples=examples(35, 200), suppress_health_check=list(HealthCheck))
def test_merging_at_once_leads_to_the_same_state(data: st.DataObject) -> None:
    organization = data.draw(st.integers(0, 40).map(random_organization))
    steps = data.draw(histories(organization))
    with patch("orgtui.changes.net.MERGED_AT_ONCE", 2):
        folded = net(organization, steps)
    there = after(organization, folded)
    assert there == after(organization, steps)
    assert list(there.records()) == list(after(organization, steps).records()), "in the same order"


def test_the_work_of_folding_moves_does_not_grow_with_their_square() -> None:
    organization = full_organization()
    chance = random.Random(1)
    seats = [person.id for person in organization.people.values() if person.state == "filled"]
    there = {seat: organization.people[seat].team for seat in seats}
    steps: list[Step] = []
    while len(steps) < 10_000:
        seat, team = chance.choice(seats), chance.choice(list(organization.teams))
        if there[seat] != team:
            there[seat] = team
            steps.append(Step(change("move_person", person=seat, to=team)))
    few, many = (calls_of(partial(net, organization, steps[:number])) for number in (1_000, 4_000))
    assert many < 8 * few, "by pairs it is sixteen times as much"
    folded = net(organization, steps)
    assert len(folded) <= len(seats)
    assert {seat: after(organization, folded).people[seat].team for seat in seats} == there


@given(data=st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_a_plan_holds_on_its_own_baseline(data: st.DataObject) -> None:
    organization = data.draw(st.integers(0, 40).map(random_organization))
    steps = data.draw(histories(organization, 10))
    made, conflicts = rebase(organization, steps)
    assert made == steps
    assert conflicts == []


# -- by example ------------------------------------------------------------------------------------


def steps_of(*written: dict[str, object], wave: int = 1) -> list[Step]:
    return [
        Step(change(str(each.pop("op")), **each), why=f"why {number}", by="chen", wave=wave)
        for number, each in enumerate(dict(each) for each in written)
    ]


def netted(steps: list[Step]) -> list[dict[str, object]]:
    return [change_to_mapping(step.change) for step in net(full_organization(), steps)]


MOVE: dict[str, object] = {"op": "move_person", "person": "xu", "to": "growth"}


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ([MOVE, {**MOVE, "to": "pr"}], []),
        ([MOVE, {**MOVE, "to": "brand"}], [{**MOVE, "to": "brand"}]),
        (
            [
                {"op": "move_function", "function": "press", "to": "brand", "people": ["wu", "xu"]},
                {"op": "move_function", "function": "press", "to": "growth", "people": ["wu"]},
            ],
            [
                {"op": "move_person", "person": "xu", "to": "brand"},
                {"op": "move_function", "function": "press", "to": "growth", "people": ["wu"]},
            ],
        ),
        (
            [
                {"op": "move_function", "function": "press", "to": "social", "people": ["wu", "xu"]},
                {"op": "move_person", "person": "xu", "to": "growth"},
            ],
            [
                {"op": "move_function", "function": "press", "to": "social", "people": ["wu"]},
                {"op": "move_person", "person": "xu", "to": "growth"},
            ],
        ),
        (
            [{**MOVE, "to": "brand"}, MOVE],  # on its way it loses its knowledge link with brand
            [{**MOVE, "to": "brand"}, MOVE],
        ),
        (
            [
                {"op": "set_function", "function": "seo", "difficulty": 4, "kind": "seo"},
                {"op": "take_goal", "team": "pr", "goal": "idle"},
                {"op": "set_function", "function": "seo", "difficulty": 2},
            ],
            [
                {"op": "set_function", "function": "seo", "kind": "seo"},
                {"op": "take_goal", "team": "pr", "goal": "idle"},
            ],
        ),
        (
            [
                {"op": "create_team", "team": "web", "name": "Web", "parent": "brand"},
                {"op": "rename", "kind": "team", "id": "web", "name": "Website"},
                {"op": "set_lead", "team": "web", "person": "li"},
                {"op": "move_team", "team": "web", "to": "growth"},
            ],
            [{"op": "create_team", "team": "web", "name": "Website", "parent": "growth", "lead": "li"}],
        ),
        (
            [
                {"op": "add_goal", "goal": "g", "name": "G"},
                {"op": "take_goal", "team": "pr", "goal": "g"},
                {"op": "drop_goal", "team": "pr", "goal": "g"},
                {"op": "set_goal", "goal": "g", "core": True},
                {"op": "remove_goal", "goal": "g"},
            ],
            [],
        ),
        (
            [
                {"op": "assign", "person": "li", "function": "seo", "share": 0.2},
                {"op": "assign", "person": "li", "function": "seo", "share": 0.3},
                {"op": "unassign", "person": "li", "function": "content"},
                {"op": "assign", "person": "li", "function": "content", "share": 0.5},
            ],
            [{"op": "assign", "person": "li", "function": "seo", "share": 0.3}],
        ),
        (
            [
                {"op": "add_seat", "person": "new", "team": "pr", "state": "planned"},
                {"op": "move_person", "person": "new", "to": "growth"},
                {"op": "assign", "person": "new", "function": "seo", "share": 0.5},
                {"op": "fill_seat", "person": "new", "name": "Sun Li"},
            ],
            [
                {
                    "op": "add_seat",
                    "person": "new",
                    "team": "growth",
                    "name": "Sun Li",
                    "functions": {"seo": 0.5},
                }
            ],
        ),
        (
            [
                {"op": "add_handoff", "source": "seo", "target": "content"},
                {"op": "track_handoff", "source": "seo", "target": "content", "sla": "4h"},
            ],
            [{"op": "add_handoff", "from": "seo", "to": "content", "tracked": True, "sla": "4h"}],
        ),
        (
            [MOVE, {"op": "merge_teams", "team": "growth", "into": "social"}],
            [MOVE, {"op": "merge_teams", "team": "growth", "into": "social"}],
        ),
    ],
)
def test_net_effect(written: list[dict[str, object]], left: list[dict[str, object]]) -> None:
    assert netted(steps_of(*written)) == left


def test_waves_are_folded_each_by_itself() -> None:
    steps = [*steps_of(MOVE), *steps_of({**MOVE, "to": "pr"}, wave=2)]
    assert [step.wave for step in net(full_organization(), steps)] == [1, 2]


def test_acceptances_come_last_and_only_if_they_are_left() -> None:
    accept: dict[str, object] = {"op": "accept", "code": "P203", "why": "So"}
    steps = steps_of(
        {**accept, "subjects": ["team:pr"]},
        {**accept, "subjects": ["team:social"]},
        {**accept, "subjects": ["team:growth"]},
        {"op": "unaccept", "code": "P203", "subjects": ["team:growth"]},
        {"op": "merge_teams", "team": "pr", "into": "brand"},
    )
    assert netted(steps) == [
        {"op": "merge_teams", "team": "pr", "into": "brand"},
        {**accept, "subjects": ["team:social"]},
    ]


def test_an_acceptance_of_what_is_no_finding_any_more_is_left_out() -> None:
    steps = steps_of({"op": "accept", "code": "A101", "subjects": [], "why": "So"})
    steps += steps_of({"op": "unaccept", "code": "A101", "subjects": []}, MOVE, wave=2)
    assert [step.change.op for step in net(full_organization(), steps)] == [
        "accept",
        "move_person",
        "unaccept",
    ]
    left = net(full_organization(), steps, lambda organization, code, subjects: False)
    assert [step.change.op for step in left] == ["move_person"]


def test_the_reason_of_a_dropped_step_is_kept() -> None:
    first, second = steps_of(MOVE, {**MOVE, "to": "brand"})
    assert net(full_organization(), [first, replace(second, why=None)])[0].why == "why 0"
    assert net(full_organization(), [first, second])[0].why == "why 1"


def test_what_was_replaced_is_read_anew() -> None:
    folded = net(full_organization(), steps_of(MOVE, {**MOVE, "to": "brand"}))
    assert folded[0].was == {"team": "pr"}


def test_the_work_of_folding_changes_grows_with_their_number() -> None:
    """Three hundred in one wave, most of them about the same few things."""
    teams = ["marketing", "brand", "pr", "social", "growth"]
    written: list[dict[str, object]] = []
    for number in range(100):
        written.append({"op": "move_person", "person": "wu", "to": teams[number % 5]})
        written.append({"op": "rename", "kind": "team", "id": teams[number % 5], "name": f"Name {number}"})
        written.append({"op": "assign", "person": "li", "function": "seo", "share": (number % 99 + 1) / 100})
    steps = steps_of(*written)
    assert len(net(full_organization(), steps)) == 7
    few, many = (calls_of(partial(net, full_organization(), steps[:number])) for number in (75, 300))
    assert many < 5 * few


# -- another baseline ------------------------------------------------------------------------------


def test_rebase_says_base_theirs_and_ours() -> None:
    function: dict[str, object] = {
        "op": "move_function",
        "function": "press",
        "to": "brand",
        "people": ["wu"],
    }
    steps = net(
        full_organization(), steps_of(function, MOVE, {"op": "set_lead", "team": "social", "person": "xu"})
    )
    assert steps[0].was == {"team": "pr", "people": {"wu": "pr"}}
    theirs = make(full_organization(), "move_function", function="press", to="social", people=["wu"])
    theirs = make(theirs, "close_seat", person="xu")
    made, conflicts = rebase(theirs, steps)
    assert [step.change for step in made] == [steps[0].change]
    assert made[0].was == {"team": "social", "people": {"wu": "social"}}
    assert conflicts[0].differences == (
        FieldDifference("team", "pr", "social", "brand"),
        FieldDifference("people", {"wu": "pr"}, {"wu": "social"}, {"wu": "brand"}),
    )
    assert [conflict.refused is None for conflict in conflicts] == [True, False, False]
    assert conflicts[1].differences == ()


def test_what_both_did_is_said_to_be_so_already() -> None:
    steps = net(full_organization(), steps_of(MOVE))
    made, conflicts = rebase(make(full_organization(), "move_person", person="xu", to="growth"), steps)
    assert made == []
    assert conflicts[0].differences == (FieldDifference("team", "pr", "growth", None),)
    assert conflicts[0].refused is not None


def test_was_holds_whether_dates_are_dates_or_text() -> None:
    share: dict[str, object] = {"source": "team:auto", "target": "person:wang", "topic": "seo"}
    steps = net(full_organization(), steps_of({"op": "set_share", **share, "until": "2028-01-01"}))
    assert steps[0].was == {"until": date(2027, 6, 30)}
    assert rebase(full_organization(), [replace(steps[0], was={"until": "2027-06-30"})])[1] == []


def test_accepting_nothing_is_refused_where_findings_are_known() -> None:
    accept = steps_of({"op": "accept", "code": "A101", "subjects": [], "why": "So"})
    assert compiled(full_organization(), accept, lambda *_: True)
    with pytest.raises(Refused):
        compiled(full_organization(), accept, lambda *_: False)
    made, conflicts = rebase(full_organization(), accept, lambda *_: False)
    assert made == []
    assert conflicts[0].refused is not None


@pytest.mark.parametrize(
    ("base", "holds"),
    [
        ({"people": ["wu", "xu"], "shares": [["team:a", "team:b", "x"], ["team:c", "team:d", "y"]]}, True),
        ({"people": ["xu", "wu"], "shares": [["team:c", "team:d", "y"], ["team:a", "team:b", "x"]]}, True),
        ({"people": ["xu"], "shares": [["team:a", "team:b", "x"], ["team:c", "team:d", "y"]]}, False),
        ({"people": ["xu", "wu"], "shares": [["team:d", "team:c", "y"], ["team:a", "team:b", "x"]]}, False),
    ],
)
def test_lists_in_was_have_no_order_but_links_have_a_direction(base: dict[str, object], holds: bool) -> None:
    theirs = {"people": ["wu", "xu"], "shares": [["team:a", "team:b", "x"], ["team:c", "team:d", "y"]]}
    assert (_differences(base, theirs, {}) == ()) is holds


@pytest.mark.parametrize("name", ["stages", "pillars", "areas"])
def test_the_order_of_stages_pillars_and_areas_counts_in_was(name: str) -> None:
    entries = [{"id": "one", "name": "One"}, {"name": "Two", "id": "two"}]
    assert _differences({name: entries}, {name: entries[::-1]}, {})
    assert not _differences({name: entries}, {name: entries}, {})


def test_a_number_in_was_is_the_same_however_it_is_written() -> None:
    theirs = {"fte_needed": 2.0, "requests": [{"per_month": 3}, {"per_month": 0.5}]}
    assert not _differences(
        {"fte_needed": 2, "requests": [{"per_month": 0.5}, {"per_month": 3.0}]}, theirs, {}
    )
    assert _differences({"fte_needed": 2.5, "requests": []}, theirs, {})


@pytest.mark.parametrize(
    ("op", "about", "key", "values"),
    [
        ("set_function", {"function": "seo"}, "fte_needed", (2, 2.0)),
        ("set_budget", {"team": "pr"}, "pay_budget", (7, 7.0)),
        ("set_goal", {"goal": "pipeline"}, "target", (-3, -3.0)),
    ],
)
def test_a_number_of_a_change_is_written_in_one_form(
    op: str, about: dict[str, str], key: str, values: tuple[float, ...]
) -> None:
    organization = full_organization()
    forms = []
    for value in values:
        there = make(organization, op, **about, **{key: value})
        again = change(op, **about, **{key: 9})
        written = PlanStep(
            change_to_mapping(change(op, **about, **{key: value})), again.replaced_values(there)
        )
        forms.append(dump_plan(Plan("P", "A", "sha256:" + "0" * 64, steps=(written,))))
        forms.append(dump_organization(there))
    assert len(set(forms)) == 2


@pytest.mark.parametrize(
    ("written", "was", "earlier"),
    [
        (
            {"op": "assign", "person": "xu", "function": "seo", "share": 0.5},
            {"functions": {"seo": 1.0}},
            {"share": 1},
        ),
        ({"op": "unassign", "person": "xu", "function": "seo"}, {"functions": {"seo": 1.0}}, {"share": 1.0}),
        (
            {"op": "set_skill", "person": "xu", "skill": "seo", "level": 2},
            {"skills": {"seo": 4}},
            {"level": 4},
        ),
        (
            {"op": "set_learning", "person": "xu", "skill": "crm", "on": False},
            {"learning": ["crm"]},
            {"on": True},
        ),
        ({"op": "set_learning", "person": "xu", "skill": "sem", "on": True}, {}, {"on": False}),
        ({"op": "drop_goal", "team": "growth", "goal": "pipeline"}, {"goals": ["pipeline"]}, {"held": True}),
        ({"op": "take_goal", "team": "pr", "goal": "pipeline"}, {}, {"held": False}),
    ],
)
def test_was_has_the_names_of_files_and_earlier_ones_are_understood(
    written: dict[str, object], was: dict[str, object], earlier: dict[str, object]
) -> None:
    organization = full_organization()
    xu = replace(organization.people["xu"], functions={"seo": 100}, skills={"seo": 4}, learning=("crm",))
    growth = replace(organization.teams["growth"], goals=("pipeline",))
    for table, record in (("person", xu), ("team", growth)):
        organization.apply(Set(table, record.id, organization.tables[table].get(record.id), record))
    made = parse_change(written)
    assert made.replaced_values(organization) == was
    for recorded in (was, earlier):
        steps, conflicts = rebase(organization, [Step(made, recorded)])
        assert conflicts == []
        assert steps[0].was == was
