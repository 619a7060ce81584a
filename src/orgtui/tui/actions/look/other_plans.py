"""The pages of other plans beside the one that is open, as they were read last."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from orgtui.metrics import SEVERITY_METRICS
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.session.plan.beside import PlanSeen, last_step
from orgtui.session.plan.outcome import summary
from orgtui.session.timeline.reasons import clock
from orgtui.session.timeline.step import SessionStep
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.views.lists.plans_page import (
    BASELINE,
    PlanEntry,
    PlanNumbers,
    number_and_plan,
    other_plan_page,
    plans_page,
    their_step_page,
)
from orgtui.views.pages.page import Page


def plan_ref(path: Path) -> Ref:
    """A plan file as what a line leads to."""
    return Ref.to("plan", str(path))


def all_plans_page(workspace: SessionWorkspace, others: list[Path], width: int) -> Page:
    """The baseline, the plan that is open and the others, as far as they have been read."""
    session = workspace.session
    entries = [*_baseline_and_own(workspace), *(_entry(workspace, path) for path in others)]
    return plans_page(workspace.scene, session.baseline.profile.name, entries, width)


def plan_page_of(workspace: SessionWorkspace, plan: Ref, width: int) -> Page:
    """The page of another plan; without changes if it has not been read, or cannot be any more."""
    path = Path(plan.id)
    seen = workspace.plans.get(path)
    steps = seen.steps if isinstance(seen, PlanSeen) else ()
    here, file = workspace.session.steps, escape_control_chars(path.name)
    return other_plan_page(workspace.scene, _entry(workspace, path), file, steps, here, width)


def their_step_page_of(workspace: SessionWorkspace, ref: Ref, width: int) -> Page:
    """The page of a change of another plan."""
    step = find_their_step(workspace, ref)
    _, plan = number_and_plan(ref)
    return their_step_page(workspace.scene, _entry(workspace, Path(plan.id)).name, step, ref, width)


def find_their_step(workspace: SessionWorkspace, ref: Ref) -> SessionStep:
    """The change of another plan that a line leads to."""
    number, plan = number_and_plan(ref)
    seen = workspace.plans[Path(plan.id)]
    assert isinstance(seen, PlanSeen)
    return seen.steps[number - 1]


def _baseline_and_own(workspace: SessionWorkspace) -> tuple[PlanEntry, PlanEntry]:
    opened, session = workspace.opened, workspace.session
    now = summary(session.baseline, session.assessment)
    baseline = workspace.scene.translate(sentence("The baseline"))
    name = opened.plan.name if opened.plan is not None else _file_name(opened.plan_path)
    numbers = PlanNumbers(
        *(_counts(now.after), now.people_moved, now.new_manager, len(session.steps)),
        reviewed=session.reviews.reviewed,
        to_review=session.reviews.total,
    )
    own = PlanEntry(
        *(plan_ref(opened.plan_path), name, session.status, numbers),
        last=_last(last_step(session.steps)),
        is_here=True,
    )
    return PlanEntry(BASELINE, baseline, numbers=PlanNumbers(_counts(now.before))), own


def _entry(workspace: SessionWorkspace, path: Path) -> PlanEntry:
    seen, ref = workspace.plans.get(path), plan_ref(path)
    if not isinstance(seen, PlanSeen):
        return PlanEntry(ref, _file_name(path), problem=seen)
    made = seen.summary
    numbers = PlanNumbers(
        *(_counts(made.after), made.people_moved, made.new_manager, len(seen.steps)),
        reviewed=seen.reviewed,
        to_review=workspace.session.reviews.total,
    )
    return PlanEntry(ref, seen.plan.name, seen.plan.status, numbers, _last(last_step(seen.steps)))


def _counts(numbers: Mapping[str, float]) -> Mapping[str, float]:
    return {name: numbers[name] for name in SEVERITY_METRICS.values()}


def _last(step: SessionStep | None) -> Sentence | None:
    if step is None or step.at is None:
        return None
    return sentence("last change by {who}, {when}", who=step.who or "?", when=clock(step.at))


def _file_name(path: Path) -> str:
    return escape_control_chars(path.name)
