"""Comparing the current state with the baseline or with another plan."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from orgtui.files.disk.trust import vouched_by_owner
from orgtui.files.toml.problems import InvalidFile
from orgtui.home import expand_home
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.assessment import Assessment
from orgtui.session.plan.beside import assess, numbered, plans_beside
from orgtui.session.plan.comparison import StateComparison, compare, compare_states, compare_with_plan
from orgtui.session.plan.planned import AppliedPlan, CannotApply, apply_plan
from orgtui.session.plan.waves import judged_until, states_around
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

BASELINE = Ref.to("compare", "")
NOW = sentence("now")


def choose(screen: SessionScreen) -> None:
    """Ask what to compare with: the baseline, a plan beside this one, or one whose path is typed."""
    plans = other_plans(screen)
    board: PageOf | None = None

    def find(typed: str) -> Choices:
        baseline = screen.translate(sentence("the baseline"))
        beside = {_ref(path): escape_control_chars(path.name) for path in plans}
        named = label_filter({BASELINE: baseline, **beside})(typed).choices
        path = expand_home(typed)
        if named or not path.is_file():
            return Choices(named)
        said = screen.translate(sentence("the plan in this file"))
        return Choices([Choice(_ref(path), (Span(escape_control_chars(str(path))),), said)])

    def take(ref: Ref) -> Sentence | None:
        """Make the page that compares; returns why that is not possible."""
        nonlocal board
        compared = with_baseline(screen) if ref == BASELINE else with_plan(screen, Path(ref.id))
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


def other_plans(screen: SessionScreen) -> list[Path]:
    """The other plan files in the folders of the organisation and of its plan, by name."""
    opened = workspace_of(screen).opened
    beside = plans_beside(opened.organization_path, opened.plan_path)
    return sorted(beside, key=lambda path: natural(path.name))


def with_baseline(screen: SessionScreen) -> PageOf | Sentence:
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


def with_plan(screen: SessionScreen, path: Path) -> PageOf | Sentence:
    """The page that compares with a plan, or what is wrong with the plan; lists its problems."""
    workspace, session = workspace_of(screen), session_of(screen)
    other = read_plan(screen, path)
    if isinstance(other, Sentence):
        return other
    screen.evaluate_pending()
    return partial(_plan_board, workspace, other, assess(session, other), vouched_by_owner(path))


def read_plan(screen: SessionScreen, path: Path) -> AppliedPlan | Sentence:
    """The plan in a file, or what is wrong with it; lists its problems."""
    try:
        return apply_plan(session_of(screen).baseline, workspace_of(screen).opened.organization_path, path)
    except InvalidFile as invalid:
        beside = (replace(problem, file=Path(problem.file).name) for problem in invalid.problems)
        rows = Notes([(Span(str(problem)),) for problem in beside])
        told = sentence("{count:problem|problems} in {plan}", count=len(invalid.problems), plan=path.name)
        screen.app.push_screen(NoticePrompt(screen.theme, screen.translate, told, rows))
        return told
    except CannotApply as refused:
        return refused.sentence


def compare_plans(screen: SessionScreen, first: Path | None, second: Path) -> PageOf | Sentence:
    """The page that compares two other plans, or the baseline and one, or what is wrong with one of them."""
    there = _baseline_judged(screen) if first is None else _plan_judged(screen, first)
    if isinstance(there, Sentence):
        return there
    here = _plan_judged(screen, second)
    if isinstance(here, Sentence):
        return here
    workspace = workspace_of(screen)
    found = compare_states(workspace.session, there.assessment, here.assessment)
    organizations = here.assessment.organization, there.assessment.organization
    scene = Scene(*organizations, here.assessment.view, workspace.scene.signs)
    before = ComparedState(there.name, found.before, there.steps)
    after = ComparedState(here.name, found.now, here.steps)
    return partial(_board, scene, Comparison(*reversed(organizations)), before, after, found)


def compare_wave(screen: SessionScreen, wave: int) -> PageOf:
    """The page that compares the state after a wave with that before it."""
    screen.evaluate_pending()
    workspace, session = workspace_of(screen), session_of(screen)
    states = states_around(session, wave)
    there, here = judged_until(session, states.before, wave - 1), judged_until(session, states.after, wave)
    found = compare_states(session, there, here)
    scene = Scene(states.after, states.before, here.view, workspace.scene.signs)
    earlier = [number for number in session.sets_by_wave if number < wave]
    name = sentence("After wave {wave}", wave=earlier[-1]) if earlier else sentence("The baseline")
    made = [part for part in _parts(session) if part.wave == wave]
    before = ComparedState(name, found.before)
    after = ComparedState(sentence("After wave {wave}", wave=wave), found.now, made)
    return partial(_board, scene, Comparison(states.before, states.after), before, after, found)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A state other than that of the session: its name, what the rules say of it, what leads to it."""

    name: Sentence
    assessment: Assessment
    steps: Sequence[SessionStep] = ()


def _baseline_judged(screen: SessionScreen) -> _Judged:
    session = session_of(screen)
    judged = Assessment(session.baseline.copy(), session.assessment.policy.today)
    judged.evaluate_pending()
    judged.copy_pay(session.assessment)
    return _Judged(sentence("The baseline"), judged)


def _plan_judged(screen: SessionScreen, path: Path) -> _Judged | Sentence:
    other = read_plan(screen, path)
    if isinstance(other, Sentence):
        return other
    judged = assess(session_of(screen), other)
    judged.copy_pay(session_of(screen).assessment)
    return _Judged(sentence("{plan}", plan=other.plan.name), judged, numbered(other, vouched_by_owner(path)))


def _plan_board(
    workspace: SessionWorkspace, other: AppliedPlan, assessment: Assessment, vouched: Set[str], width: int
) -> Page:
    """The page as of now; `vouched` are the names in the plan that are vouched for."""
    session = workspace.session
    found = compare_with_plan(session, assessment)
    scene = Scene(session.organization, other.organization, workspace.scene.view, workspace.scene.signs)
    comparison = Comparison(other.organization, session.organization)
    there = ComparedState(sentence("{plan}", plan=other.plan.name), found.before, numbered(other, vouched))
    return _board(scene, comparison, there, ComparedState(NOW, found.now, _parts(session)), found, width)


def _parts(session: Session) -> list[SessionStep]:
    """The steps of a session, one that is made in several waves as one for each."""
    return in_plan_order(session.steps)


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
