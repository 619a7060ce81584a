"""Changes as they are written: every form, and everything that is wrong at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from orgtui.changes.base import OPERATIONS, codecs_of
from orgtui.changes.operations.seats import Assign
from orgtui.changes.operations.teams import MergeTeams
from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.files.plan_file import SHARED_KEYS, STEP_KEYS
from orgtui.locales import translate
from orgtui.model.invalid import InvalidChange

NAMED = """
move_person move_team move_function add_function set_function remove_function set_stages create_team
rename dissolve_team merge_teams split_team set_lead pull_out fold_back set_focus assign unassign
set_skill set_learning add_seat fill_seat empty_seat close_seat add_handoff track_handoff
remove_handoff add_share set_share remove_share route_requests set_liaison add_goal set_goal
remove_goal take_goal drop_goal set_review set_tools set_budget start_mission end_mission
set_organization accept unaccept
add_department set_department remove_department add_stage set_stage remove_stage move_stage
add_area set_area remove_area move_area add_skill name_skill remove_skill add_tool set_tool remove_tool
add_request set_request remove_request set_acting set_target remove_target note remove_note set_assistant
"""


CLEARABLE = {
    "set_function": ("area", "kind", "fte_needed"),
    "set_goal": ("pillar", "metric", "target", "review"),
    "set_focus": ("review_on", "exit"),
    "set_share": ("how", "every", "until"),
    "track_handoff": ("what", "sla"),
    "set_organization": ("vision", "review_on"),
    "set_stage": ("volume", "owner"),
    "set_tool": ("purpose",),
    "set_request": ("per_month",),
}


def problems(**written: Any) -> dict[str, str]:
    """What is wrong with a change, by key."""
    with pytest.raises(InvalidChange) as invalid:
        parse_change(written)
    return {
        ".".join(map(str, path)): f"{translate(wrong)}; {translate(right)}"
        for path, wrong, right in invalid.value.problems
    }


def test_every_operation_of_the_contract_is_known() -> None:
    with pytest.raises(InvalidChange):
        parse_change({})
    assert set(OPERATIONS) == set(NAMED.split())


def test_plan_files_know_which_operations_give_a_reason_themselves() -> None:
    about = {op: [name for name in STEP_KEYS if name in codecs_of(OPERATIONS[op])] for op in OPERATIONS}
    assert {op: tuple(names) for op, names in about.items() if names} == SHARED_KEYS


def test_a_change_is_written_with_its_operation_first() -> None:
    written = {"op": "merge_teams", "team": "pr", "into": "brand"}
    assert parse_change(written) == MergeTeams("pr", "brand")
    assert list(change_to_mapping(MergeTeams("pr", "brand")).items()) == list(written.items())


def test_shares_are_decimals_outside_and_percents_inside() -> None:
    change = parse_change({"op": "assign", "person": "li", "function": "seo", "share": 0.29})
    assert change == Assign("li", "seo", 29)
    assert change_to_mapping(change)["share"] == 0.29
    for percent in range(1, 101):
        written = change_to_mapping(Assign("li", "seo", percent))
        assert parse_change(written) == Assign("li", "seo", percent)
    seat = {
        "op": "add_seat",
        "person": "li",
        "team": "pr",
        "name": "Li",
        "fte": 0.5,
        "functions": {"seo": 0.07},
    }
    assert change_to_mapping(parse_change(seat)) == seat


def test_ends_are_written_from_and_to() -> None:
    written = {"op": "add_handoff", "from": "seo", "to": "department:sales", "tracked": True}
    assert change_to_mapping(parse_change(written)) == written


def test_what_is_at_its_default_is_left_out() -> None:
    written = {"op": "add_goal", "goal": "g", "name": "G", "core": False, "metric": "  "}
    assert change_to_mapping(parse_change(written)) == {"op": "add_goal", "goal": "g", "name": "G"}
    assert change_to_mapping(parse_change({"op": "set_goal", "goal": "g", "core": False}))["core"] is False
    assert (
        change_to_mapping(parse_change({"op": "set_function", "function": "f", "skills": {}}))["skills"] == {}
    )


def test_dates_may_be_text_but_only_dates() -> None:
    focus = {"op": "set_focus", "team": "auto"}
    day = parse_change({**focus, "review_on": date(2027, 1, 1)})
    assert parse_change({**focus, "review_on": "2027-01-01"}) == day
    for wrong in (datetime(2027, 1, 1, 10), "2027-1-1", "20270101", "2027-02-30", 2027, "soon"):
        assert "is no date" in problems(**focus, review_on=wrong)["review_on"]


def test_everything_wrong_is_said_at_once() -> None:
    said = problems(op="split_team", team="PR", new=3, nam="Media", people=["li", "li", ""], lead=True)
    assert set(said) == {"team", "new", "name", "nam", "people.1", "people.2", "lead"}
    assert "did you mean name?" in said["nam"]
    assert said["name"] == "this is missing; split_team needs it"


def test_operations_are_known_by_name() -> None:
    assert "did you mean merge_teams?" in problems(op="merge_team", team="pr")["op"]
    assert "this is missing" in problems(team="pr")["op"]
    assert "is no operation" in problems(op=["merge_teams"])["op"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ({"op": "assign", "person": "a", "function": "f", "share": 0}, "share"),
        ({"op": "assign", "person": "a", "function": "f", "share": 1.01}, "share"),
        ({"op": "assign", "person": "a", "function": "f", "share": 0.505}, "share"),
        ({"op": "assign", "person": "a", "function": "f", "share": True}, "share"),
        ({"op": "assign", "person": "a", "function": "f", "share": float("nan")}, "share"),
        ({"op": "assign", "person": "a", "function": "f", "share": float("inf")}, "share"),
        ({"op": "assign", "person": "a", "function": "f", "share": "0.5"}, "share"),
        ({"op": "set_skill", "person": "a", "skill": "s", "level": 6}, "level"),
        ({"op": "set_skill", "person": "a", "skill": "s", "level": 3.0}, "level"),
        ({"op": "set_skill", "person": "a", "skill": "s", "level": True}, "level"),
        ({"op": "set_skill", "person": "a", "skill": "two words", "level": 3}, "skill"),
        ({"op": "set_function", "function": "f", "difficulty": 0}, "difficulty"),
        ({"op": "set_function", "function": "f", "fte_needed": -1}, "fte_needed"),
        ({"op": "set_function", "function": "f", "breakthrough": 1}, "breakthrough"),
        ({"op": "set_function", "function": "f", "skills": {"seo": 7}}, "skills.seo"),
        ({"op": "set_function", "function": "f", "skills": ["seo"]}, "skills"),
        ({"op": "set_function", "function": "f", "state": "old"}, "state"),
        ({"op": "set_function", "function": "f", "team": "pr"}, "team"),
        ({"op": "set_function", "function": "f", "stages": ["mql"]}, "stages"),
        ({"op": "set_budget", "team": "t", "pay_budget": 2**63}, "pay_budget"),
        ({"op": "set_budget", "team": "t", "pay_budget": float("inf")}, "pay_budget"),
        ({"op": "set_goal", "goal": "g", "target": -(2**63) - 1}, "target"),
        ({"op": "set_review", "team": "t", "review": "daily"}, "review"),
        ({"op": "set_review", "team": "t"}, "review"),
        ({"op": "set_area", "area": "a", "name": "A", "clear": ["name"]}, "clear"),
        ({"op": "move_stage", "stage": "s", "before": "MQL"}, "before"),
        ({"op": "add_stage", "stage": "s", "name": "S", "volume": -1}, "volume"),
        ({"op": "set_target", "metric": "span_max"}, "at_most"),
        ({"op": "set_target", "metric": "span_max", "at_most": 8, "at_least": 3}, "at_most"),
        ({"op": "set_target", "metric": "spans", "at_most": 8}, "metric"),
        ({"op": "set_target", "metric": "pairs", "at_most": 8, "team": "web"}, "team"),
        ({"op": "set_target", "metric": "span_max", "at_most": True}, "at_most"),
        ({"op": "remove_target", "metric": "span_max", "team": "web"}, "at_most"),
        ({"op": "note", "on": "web", "text": "x"}, "on"),
        ({"op": "note", "on": "team:web", "text": " "}, "text"),
        ({"op": "note", "on": "team:web", "text": "x", "at": "2026-11-21"}, "at"),
        ({"op": "set_assistant", "person": "a", "on": 1}, "on"),
        ({"op": "rename", "kind": "skill", "id": "x", "name": "X"}, "kind"),
        ({"op": "rename", "kind": "team", "id": "x", "name": "x" * 201}, "name"),
        ({"op": "rename", "kind": "team", "id": "x", "name": "\u3000"}, "name"),
        ({"op": "rename", "kind": "team", "id": "x", "name": "a\x1b[31m"}, "name"),
        ({"op": "rename", "kind": "team", "id": "x", "name": "a\u202eb"}, "name"),
        ({"op": "rename", "kind": "team", "id": "x\n", "name": "X"}, "id"),
        ({"op": "add_share", "from": "pr", "to": "team:x", "topic": "t"}, "from"),
        ({"op": "add_share", "from": "team:y", "to": "team:x", "topic": "a\u200bb"}, "topic"),
        ({"op": "add_handoff", "from": "team:pr", "to": "seo"}, "from"),
        ({"op": "add_seat", "person": "a", "team": "t", "state": "closed"}, "state"),
        ({"op": "add_seat", "person": "a", "team": "t", "fte": -0.1}, "fte"),
        ({"op": "add_seat", "person": "a", "team": "t", "functions": {"Seo": 0.5}}, "functions.Seo"),
        ({"op": "set_organization", "pillars": [{"id": "a"}]}, "pillars.0.name"),
        ({"op": "set_organization", "pillars": [{"id": "A", "name": "A"}]}, "pillars.0.id"),
        ({"op": "accept", "code": "X203", "subjects": [], "why": "so"}, "code"),
        ({"op": "accept", "code": "P203", "subjects": ["pr"], "why": "so"}, "subjects.0"),
        ({"op": "accept", "code": "P203", "subjects": ["squad:pr"], "why": "so"}, "subjects.0"),
        ({"op": "accept", "code": "P203", "subjects": ["team:pr"], "why": " "}, "why"),
    ],
)
def test_refused(written: dict[str, Any], key: str) -> None:
    assert set(problems(**written)) == {key}


def test_a_change_that_exists_is_well_formed() -> None:
    for share in (0, 101):
        with pytest.raises(InvalidChange):
            Assign("li", "seo", share)
    with pytest.raises(InvalidChange):
        MergeTeams("PR", "brand")


def test_every_field_has_a_form() -> None:
    parse_change({"op": "end_mission", "mission": "m"})
    assert all(codecs_of(change_type) for change_type in OPERATIONS.values())


@pytest.mark.parametrize("op", CLEARABLE)
def test_only_what_may_be_absent_can_be_cleared(op: str) -> None:
    ends = {"function": "f", "goal": "g", "team": "t", "from": "team:a", "to": "team:b", "topic": "seo"}
    if op == "track_handoff":
        ends |= {"from": "a", "to": "b"}
    ends |= {"stage": "s", "tool": "t"}
    if op == "set_request":
        ends |= {"from": "a", "to": "b"}
    keys = {each.keys.get(name, name) for each in [OPERATIONS[op]] for name in codecs_of(each)}
    needed = {"op": op, **{key: each for key, each in ends.items() if key in keys}}
    parse_change({**needed, "clear": list(CLEARABLE[op])})
    known = ", ".join(CLEARABLE[op])
    for key in ("colour", *(keys - set(CLEARABLE[op]))):
        assert problems(**needed, clear=[key])["clear.0"] == (
            f"{op} cannot clear {key}; what it can clear: {known}"
        )


def test_what_is_set_cannot_be_cleared_as_well() -> None:
    written = {"op": "set_goal", "goal": "reach", "metric": "views", "clear": ["metric", "name"]}
    assert problems(**written) == {
        "clear.0": "metric is both set and cleared; keep one of them",
        "clear.1": "set_goal cannot clear name; what it can clear: pillar, metric, target, review",
    }
