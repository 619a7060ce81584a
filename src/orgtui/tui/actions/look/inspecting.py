"""Everything known about what the cursor is on, read page by page."""

from __future__ import annotations

from functools import partial

from orgtui.model.sentence import Ref
from orgtui.rules.assessment import ReportedFinding
from orgtui.tui.actions.context import desk_of, here
from orgtui.tui.actions.going import go_to, go_to_finding
from orgtui.tui.commands.command import KNOWLEDGE, TEAMS
from orgtui.tui.prompts.reader import PageOf, Reading
from orgtui.tui.screens.desk import SessionDesk
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.lists.find import Search
from orgtui.views.pages.facts.organization import ORGANIZATION
from orgtui.views.pages.finding_page import finding_page
from orgtui.views.pages.inspector import inspector
from orgtui.views.pages.page import Page
from orgtui.views.pages.principles import counts_of, principle_page, principles_page
from orgtui.views.panes.team_contents import present


def inspect(screen: SessionScreen) -> None:
    """Show everything known about this, with the findings about it."""
    read(screen, page_of(desk_of(screen), present(here(screen))))


def organization(screen: SessionScreen) -> None:
    """Show the organisation as a whole, and what stands in no pane: goals, missions, departments, tools."""
    read(screen, page_of(desk_of(screen), ORGANIZATION))


def principles(screen: SessionScreen) -> None:
    """Show all principles with how often each is broken."""
    screen.evaluate_pending()
    read(screen, partial(_principles, desk_of(screen)))


def _principles(desk: SessionDesk, width: int) -> Page:
    back = desk.session.since_baseline(lambda _: None).difference
    counts = counts_of(desk.session.assessment, back)
    return principles_page(desk.scene, desk.session.assessment, counts, width)


def read(screen: SessionScreen, page: PageOf) -> None:
    """Open a page, and go to what is chosen on it or on those it leads to."""
    Reading(screen, page, partial(_go, screen)).begin()


def page_of(desk: SessionDesk, ref: Ref) -> PageOf:
    """The page of anything that a row or a line stands for."""
    assessment = desk.session.assessment
    if ref.kind == "principle":
        return partial(principle_page, desk.scene, assessment, ref.id)
    reported = desk.findings.finding(ref)
    if reported is not None:
        return partial(_finding, desk, ref, reported)
    return partial(inspector, desk.scene, ref, assessment.reported.values())


def _finding(desk: SessionDesk, ref: Ref, before: ReportedFinding, width: int) -> Page:
    """The page of a finding as it is now, or as it was `before` it went."""
    reported = desk.findings.finding(ref) or before
    return finding_page(desk.scene, reported, desk.session.assessment.engine.reads(reported.finding), width)


def has_place(desk: SessionDesk, ref: Ref) -> bool:
    """Whether the panes have a row for something."""
    if ref.kind == "share":
        return desk.links.index_of(ref) is not None
    return desk.place_of(ref) is not None or desk.findings.finding(ref) is not None


def _go(screen: SessionScreen, ref: Ref | None) -> None:
    if ref is None:
        return
    reported = desk_of(screen).findings.finding(ref)
    if reported is not None:
        code = reported.finding.code
        screen.search = Search.at(ref, code, desk_of(screen).findings.of_rule(code))
        go_to_finding(screen, ref)
    else:
        go_to(screen, ref, KNOWLEDGE if ref.kind == "share" else TEAMS)
