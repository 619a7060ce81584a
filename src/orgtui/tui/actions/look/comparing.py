"""Comparing the current state with the baseline or with another plan."""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from dataclasses import replace
from functools import partial
from pathlib import Path

from orgtui.files.disk.trust import vouched_by_owner
from orgtui.files.toml.problems import InvalidFile
from orgtui.home import expand_home
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.assessment import Assessment
from orgtui.session.plan.comparison import StateComparison, assess_plan, compare, compare_with_plan
from orgtui.session.plan.planned import AppliedPlan, CannotApply, apply_plan
from orgtui.session.session import Session
from orgtui.session.timeline.step import SessionStep, in_plan_order
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.lifecycle.starting import LONGEST_PATH
from orgtui.tui.actions.look.inspecting import open_page
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.prompts.prompt import NoticePrompt
from orgtui.tui.prompts.reader import PageOf
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.tui.widgets.choices import Choice, Choices, label_filter
from orgtui.tui.widgets.notes import Notes
from orgtui.views.base.marks import Comparison
from orgtui.views.base.matching import natural
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene
from orgtui.views.lists.comparison_page import ComparedState, comparison_page
from orgtui.views.pages.page import Page

PLAN_SUFFIX = ".plan.toml"
BASELINE = Ref.to("compare", "")
NOW = sentence("now")


def choose(screen: SessionScreen) -> None:
    """Ask what to compare with: the baseline, a plan beside this one, or one whose path is typed."""
    plans = list(_plans_beside(screen))
    board: PageOf | None = None

    def find(typed: str) -> Choices:
        baseline = screen.translate(sentence("the baseline"))
        beside = {_ref(path): escape_control_chars(path.name) for path in plans}
        named = label_filter({BASELINE: baseline, **beside})(typed).choices
        path = expand_home(typed)
        by_path = Choice(
            _ref(path),
            (Span(escape_control_chars(str(path))),),
            screen.translate(sentence("the plan in this file")),
        )
        return Choices(named or [by_path])

    def take(ref: Ref) -> Sentence | None:
        """Make the page that compares; returns why that is not possible."""
        nonlocal board
        compared = _with_baseline(screen) if ref == BASELINE else _with_plan(screen, Path(ref.id))
        if isinstance(compared, Sentence):
            return compared
        board = compared
        return None

    def show(_: Ref | None) -> None:
        if board is not None:
            open_page(screen, board)

    title = sentence("Compare now with what? Type a name, or the path of another plan")
    prompt = ChoicePrompt(screen.theme, screen.translate, title, find, take)
    prompt.entry.max_length = LONGEST_PATH
    screen.app.push_screen(prompt, show)


def _ref(path: Path) -> Ref:
    return Ref.to("compare", str(path))


def _plans_beside(screen: SessionScreen) -> Iterator[Path]:
    """The other plan files in the folders of the organisation and of its plan."""
    opened = workspace_of(screen).opened
    own = opened.plan_path.resolve()
    for folder in dict.fromkeys((opened.organization_path.parent, opened.plan_path.parent)):
        if not os.access(folder, os.R_OK):
            continue  # a path in it can still be typed
        names = sorted(os.listdir(folder), key=natural)
        paths = (folder / name for name in names if name.endswith(PLAN_SUFFIX))
        yield from (path for path in paths if path.resolve() != own)


def _with_baseline(screen: SessionScreen) -> PageOf | Sentence:
    """The page that compares with the baseline, or why there is none."""
    session = session_of(screen)
    if not session.has_steps:
        return sentence("Nothing has been changed yet: now is the baseline")
    screen.evaluate_pending()
    return partial(_baseline_board, workspace_of(screen))


def _baseline_board(workspace: SessionWorkspace, width: int) -> Page:
    """The page as of now; peers may change the session while it is read."""
    found = compare(workspace.session)
    there, here = (
        ComparedState(sentence("The baseline"), found.before),
        ComparedState(NOW, found.now, _parts(workspace.session)),
    )
    return _board(workspace.scene, workspace.comparison, there, here, found, width)


def _with_plan(screen: SessionScreen, path: Path) -> PageOf | Sentence:
    """The page that compares with a plan, or what is wrong with the plan; lists its problems."""
    workspace, session = workspace_of(screen), session_of(screen)
    try:
        other = apply_plan(session.baseline, workspace.opened.organization_path, path)
    except InvalidFile as invalid:
        beside = (replace(problem, file=Path(problem.file).name) for problem in invalid.problems)
        rows = Notes([(Span(str(problem)),) for problem in beside])
        told = sentence("{count:problem|problems} in {plan}", count=len(invalid.problems), plan=path.name)
        screen.app.push_screen(NoticePrompt(screen.theme, screen.translate, told, rows))
        return told
    except CannotApply as refused:
        return refused.sentence
    screen.evaluate_pending()
    return partial(_plan_board, workspace, other, assess_plan(session, other), vouched_by_owner(path))


def _plan_board(
    workspace: SessionWorkspace, other: AppliedPlan, assessment: Assessment, vouched: Set[str], width: int
) -> Page:
    """The page as of now; `vouched` are the names in the plan that are vouched for."""
    session = workspace.session
    found = compare_with_plan(session, assessment)
    scene = Scene(session.organization, other.organization, workspace.scene.view, workspace.scene.signs)
    comparison = Comparison(other.organization, session.organization)
    there = ComparedState(sentence("{plan}", plan=other.plan.name), found.before, _numbered(other, vouched))
    return _board(scene, comparison, there, ComparedState(NOW, found.now, _parts(session)), found, width)


def _parts(session: Session) -> list[SessionStep]:
    """The steps of a session, one that is made in several waves as one for each."""
    return in_plan_order(session.steps)


def _numbered(other: AppliedPlan, vouched: Set[str]) -> list[SessionStep]:
    return [
        SessionStep(number, (step.change,), step.why, step.by, step.at, step.wave, step.by in vouched)
        for number, step in enumerate(other.steps, start=1)
    ]


def _board(
    scene: Scene,
    comparison: Comparison,
    there: ComparedState,
    here: ComparedState,
    found: StateComparison,
    width: int,
) -> Page:
    return comparison_page(
        *(scene, comparison, there, here, found.since, found.new_manager, found.costs, width),
        targets=found.targets,
    )
