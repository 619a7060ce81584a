"""Opening the pages of records, findings and principles."""

from __future__ import annotations

from functools import partial

from orgtui.model.sentence import Ref, Sentence
from orgtui.rules.assessment import ReportedFinding
from orgtui.tui.actions.context import selected_ref, workspace_of
from orgtui.tui.actions.going import go_to, go_to_finding
from orgtui.tui.commands.command import KNOWLEDGE, TEAMS
from orgtui.tui.prompts.reader import PageOf, ReadMode
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.views.lists.find import Search
from orgtui.views.lists.plan_page import step_page
from orgtui.views.pages.facts.organization import ORGANIZATION
from orgtui.views.pages.finding_page import finding_page
from orgtui.views.pages.inspector import inspector_page
from orgtui.views.pages.page import Page
from orgtui.views.pages.principles import principle_page, principles_page, rule_counts
from orgtui.views.panes.team_contents import present_ref


def inspect(screen: SessionScreen) -> None:
    """Open the page of the selection."""
    open_page(screen, page_of(workspace_of(screen), present_ref(selected_ref(screen))))


def organization(screen: SessionScreen) -> None:
    """Open the page of the organisation, with what is in no pane: goals, missions, departments, tools."""
    open_page(screen, page_of(workspace_of(screen), ORGANIZATION))


def principles(screen: SessionScreen) -> None:
    """Open the page of all principles, with their numbers of findings."""
    screen.evaluate_pending()
    open_page(screen, partial(_principles, workspace_of(screen)))


def _principles(workspace: SessionWorkspace, width: int) -> Page:
    since = workspace.session.since_baseline(lambda _: None).difference
    counts = rule_counts(workspace.session.assessment, since)
    return principles_page(workspace.scene, workspace.session.assessment, counts, width)


def open_page(screen: SessionScreen, page: PageOf) -> None:
    """Open a page; when it is closed, go to what was chosen on it."""
    ReadMode(screen, page, partial(_go, screen)).begin()


def open_or_follow(
    screen: SessionScreen, page: PageOf, at: Ref | None = None, says: Sentence | None = None
) -> None:
    """Open a page, or show it after the one that is being read.

    The cursor is on the line that leads to `at`, if there is one; `says` stands below it until the next key.
    """
    if isinstance(screen.mode, ReadMode):
        screen.mode.reader.follow(page)
        if at is not None:
            screen.mode.reader.go_to_target(at)
        if says is not None:
            screen.show_message(says)
        return
    mode = ReadMode(screen, page, partial(_go, screen))
    mode.reader.at = at
    mode.reader.message = None if says is None else (says, "plain")
    mode.begin()


def page_of(workspace: SessionWorkspace, ref: Ref) -> PageOf:
    """The page of anything that a row or a line refers to."""
    assessment = workspace.session.assessment
    if ref.kind == "principle":
        return partial(_principle, workspace, ref.id)
    if ref.kind == "wave":
        return _page_of_wave(workspace, ref)
    if ref.kind == "step":
        return partial(_step, workspace, ref)
    if ref.kind in ("plan", "their_step"):
        return _page_of_another_plan(workspace, ref)
    reported = workspace.findings.finding(ref)
    if reported is not None:
        return partial(_finding, workspace, ref, reported)
    return partial(inspector_page, workspace.scene, ref, assessment.reported.values())


def _principle(workspace: SessionWorkspace, code: str, width: int) -> Page:
    assessment, as_files = workspace.session.assessment, workspace.examples_as_files
    return principle_page(workspace.scene, assessment, code, width, as_files=as_files)


def _step(workspace: SessionWorkspace, ref: Ref, width: int) -> Page:
    step = next((each for each in workspace.session.steps if str(each.number) == ref.id), None)
    return step_page(workspace.scene, step, ref, width)


def _page_of_wave(workspace: SessionWorkspace, ref: Ref) -> PageOf:
    from orgtui.tui.actions.look.waves import page_of_wave

    return partial(page_of_wave, workspace, int(ref.id))


def _page_of_another_plan(workspace: SessionWorkspace, ref: Ref) -> PageOf:
    from orgtui.tui.actions.look.other_plans import plan_page_of, their_step_page_of

    return partial(plan_page_of if ref.kind == "plan" else their_step_page_of, workspace, ref)


def _finding(workspace: SessionWorkspace, ref: Ref, before: ReportedFinding, width: int) -> Page:
    """The page of a finding as of now, or as it was `before` it was resolved."""
    reported = workspace.findings.finding(ref) or before
    return finding_page(
        workspace.scene, reported, workspace.session.assessment.engine.reads(reported.finding), width
    )


def has_row(workspace: SessionWorkspace, ref: Ref) -> bool:
    """Whether a pane has a row for a reference, folded or not."""
    if ref.kind == "share":
        return workspace.links.index_of(ref) is not None
    return workspace.team_of(ref) is not None or workspace.findings.finding(ref) is not None


def _go(screen: SessionScreen, ref: Ref | None) -> None:
    if ref is None:
        return
    reported = workspace_of(screen).findings.finding(ref)
    if reported is not None:
        code = reported.finding.code
        screen.search = Search.at(ref, code, workspace_of(screen).findings.refs_of_rule(code))
        go_to_finding(screen, ref)
    else:
        go_to(screen, ref, KNOWLEDGE if ref.kind == "share" else TEAMS)
