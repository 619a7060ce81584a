"""The plans that stand beside an organisation, and what each of them comes to."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orgtui.files.disk.trust import vouched_by_owner
from orgtui.files.plan_file import Plan, Summary
from orgtui.rules.assessment import Assessment
from orgtui.session.plan.outcome import summary
from orgtui.session.plan.planned import AppliedPlan, apply_plan
from orgtui.session.session import Session
from orgtui.session.timeline.reviews import reviewed_count
from orgtui.session.timeline.step import SessionStep

PLAN_SUFFIX = ".plan.toml"


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """A plan as its file is: head, summary computed anew, steps, and how many seats have a verdict."""

    plan: Plan
    summary: Summary
    steps: tuple[SessionStep, ...]
    reviewed: int

    @property
    def last(self) -> SessionStep | None:
        """The step that was made last, as far as the steps say when."""
        return last_step(self.steps)


def plans_beside(organization: Path, plan: Path) -> Iterator[Path]:
    """The other plan files in the folders of an organisation and of its plan."""
    own = plan.resolve()
    for folder in dict.fromkeys((organization.parent, plan.parent)):
        if not os.access(folder, os.R_OK):
            continue  # a path in it can still be typed
        paths = (folder / name for name in sorted(os.listdir(folder)) if name.endswith(PLAN_SUFFIX))
        yield from (path for path in paths if path.resolve() != own)


def see_plan(session: Session, organization: Path, path: Path) -> PlanSeen:
    """Read a plan for the baseline of a session, and judge what it leads to.

    May run in a thread beside the session. Raises InvalidFile or CannotApply as `apply_plan`.
    """
    applied = apply_plan(session.baseline, organization, path)
    there = assess(session, applied)
    reviewed = {each.person for each in applied.plan.reviews}
    return PlanSeen(
        applied.plan,
        summary(session.baseline, there),
        numbered(applied, vouched_by_owner(path)),
        reviewed_count(session.baseline, applied.organization, reviewed),
    )


def assess(session: Session, other: AppliedPlan) -> Assessment:
    """Judge the state that another plan for the same baseline leads to, on the same day."""
    there = Assessment(other.organization, session.assessment.policy.today, waves=other.waves)
    there.evaluate_pending()
    return there


def numbered(other: AppliedPlan, vouched: Set[str]) -> tuple[SessionStep, ...]:
    """The steps of a plan file as those of a session; `vouched` are the names that are vouched for."""
    return tuple(
        SessionStep(number, (step.change,), step.why, step.by, step.at, step.wave, step.by in vouched)
        for number, step in enumerate(other.steps, start=1)
    )


def last_step(steps: Sequence[SessionStep]) -> SessionStep | None:
    """The step that was made last, as far as the steps say when."""
    dated = [(_instant(step.at), place) for place, step in enumerate(steps) if step.at is not None]
    return steps[max(dated)[1]] if dated else None


def _instant(moment: datetime) -> datetime:
    """A moment that can be compared with others, whatever zone and year somebody wrote."""
    return moment.astimezone(UTC) if 1 < moment.year < 9999 else moment.replace(tzinfo=UTC)
