"""The plan as rows: numbers, words, reasons, and captions once there are waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orgtui.model.sentence import Ref
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.lists.plan_list import PlanList
from tests.views.panes.test_tree import sample
from tests.views.screen import scene, screen


@dataclass(frozen=True)
class Step:
    number: int
    changes: Sequence[Mapping[str, object]]
    why: str | None = None
    who: str | None = None
    wave: int = 1


MOVE = {"op": "move_function", "function": "seo", "to": "brand"}
MERGE = {"op": "merge_teams", "team": "design", "into": "brand"}
LEAD = {"op": "set_lead", "team": "brand", "person": "li"}


def plan(*steps: Step, signs: Signs = UNICODE) -> PlanList:
    return PlanList(scene(sample(), signs=signs), steps)


def test_steps_say_what_was_done_and_why() -> None:
    assert (
        screen(plan(Step(1, [MOVE], "One voice", "chen"), Step(10, [MERGE, LEAD])), 72)
        == """
    1  moved SEO to Brand and content  — One voice                     chen
   10  merged Design into Brand and content; made Li lead of Brand and con…
"""
    )


def test_waves_have_captions() -> None:
    rows = plan(Step(1, [MOVE], "One voice"), Step(2, [MERGE]), Step(4, [LEAD], wave=2), signs=ASCII)
    assert (
        screen(rows, 72)
        == """
   Wave 1 · 2 changes
   1  moved SEO to Brand and content  - One voice
   2  merged Design into Brand and content
   Wave 2 · 1 change
   4  made Li lead of Brand and content
"""
    )
    assert rows.index_of(Ref("step:4")) == 4
    assert [rows.ref(index) for index in (0, 1, 4)] == ["wave:1", "step:1", "step:4"]
    rows.show([])
    assert len(rows) == 0


def test_a_rename_says_what_the_name_was_in_the_baseline() -> None:
    rename = {"op": "rename", "kind": "team", "id": "design", "name": "Studio"}
    assert screen(plan(Step(1, [rename])), 72) == "\n   1  renamed Design to Studio\n"
