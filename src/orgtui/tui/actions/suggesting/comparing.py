"""Comparing a suggested plan with the present state, or with another plan."""

from __future__ import annotations

from orgtui.changes.compile import compile_all
from orgtui.changes.refusal import Refused
from orgtui.model.sentence import Sentence, sentence
from orgtui.rules.assessment import Assessment
from orgtui.session.plan.comparison import compare_states
from orgtui.session.session import Session
from orgtui.session.timeline.step import SessionStep
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.look.inspecting import open_page
from orgtui.tui.actions.suggesting.rows import ShownPlan
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.marks import Comparison
from orgtui.views.base.scene import Scene
from orgtui.views.lists.comparison_page import ComparedState, comparison_page
from orgtui.views.pages.page import Page


def compare_plan(screen: SessionScreen, other: ShownPlan | None, chosen: ShownPlan) -> None:
    """Open the page that compares another plan, by default what is there now, with the chosen one."""
    session, signs = session_of(screen), workspace_of(screen).scene.signs
    screen.evaluate_pending()
    try:
        there, here = _assess(session, other), _assess(session, chosen)
    except Refused as refusal:
        screen.show_message(refusal.sentence, "error")
        return
    scene = Scene(here.organization, there.organization, here.view, signs)
    comparison = Comparison(there.organization, here.organization)
    found = compare_states(session, there, here)
    before = ComparedState(_name(other), found.before, _steps(other))
    after = ComparedState(_name(chosen), found.now, _steps(chosen))

    def page(width: int) -> Page:
        return comparison_page(
            *(scene, comparison, before, after, found.since, found.new_manager, found.costs, width),
            targets=found.targets,
        )

    open_page(screen, page)


def _assess(session: Session, plan: ShownPlan | None) -> Assessment:
    """The state that a plan leads to from the present one, or a copy of that, judged; raises Refused."""
    organization = session.organization.copy()
    for each in () if plan is None else compile_all(organization, plan.weighed.changes):
        organization.apply(each)
    assessment = Assessment(organization, session.assessment.policy.today)
    assessment.copy_pay(session.assessment)
    assessment.evaluate_pending()
    return assessment


def _name(plan: ShownPlan | None) -> Sentence:
    return sentence("now") if plan is None else plan.suggestion.name


def _steps(plan: ShownPlan | None) -> list[SessionStep]:
    """The steps of a plan that are kept, as those of a session, with nobody who made them."""
    if plan is None:
        return []
    return [
        SessionStep(place + 1, step.changes, None, None, None, step.wave) for place, step in plan.kept.items()
    ]
