"""Stages and the ends of handoffs: who serves a stage, which team an end belongs to."""

from __future__ import annotations

from orgtui.engine.view import View, derived
from orgtui.model.records import DEPARTMENT_PREFIX


def stage_owner(view: View, stage: str) -> str | None:
    """The department that owns a stage; None if there is none."""
    record = view.stage(stage)
    return None if record is None else record.owner


@derived
def is_served(view: View, stage: str) -> bool:
    """Whether a department owns a stage or a function with a team serves it."""
    return stage_owner(view, stage) is not None or bool(view.serving(stage))


def end_stages(view: View, end: str) -> tuple[str, ...]:
    """The stages at an end of a handoff: those a function with a team serves, or a department owns."""
    if end.startswith(DEPARTMENT_PREFIX):
        department = end.removeprefix(DEPARTMENT_PREFIX)
        return tuple(stage for stage in view.stages() if stage_owner(view, stage) == department)
    record = view.function(end)
    return () if record is None or record.team is None else record.stages


def end_team(view: View, end: str) -> str | None:
    """The team at an end of a handoff; None for a department or a function without team."""
    if end.startswith(DEPARTMENT_PREFIX):
        return None
    record = view.function(end)
    return None if record is None else record.team
