"""Opening and reopening a session: files are read in a worker thread, then the session is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from orgtui.model.collection import forget_loaded, resume_collection
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.tui.widgets.notes import Notes
from orgtui.views.base.cells import cell_len, wrapped
from orgtui.views.base.row import Span
from orgtui.views.pages.page import INDENT

if TYPE_CHECKING:
    from orgtui.files.toml.problems import Problem
    from orgtui.model.store import Organization
    from orgtui.session.plan.opening import OrganizationChanged
    from orgtui.tui.screens.session import SessionScreen
    from orgtui.tui.screens.workspace import SessionWorkspace

BAD_INPUT = 2
NOTICE_MARGIN = 12

EARLY_TREE_MIN_SEATS = 2000
"""From this many seats on, the team tree is shown before the organisation is checked."""


def begin(
    screen: SessionScreen,
    organization: Path,
    plan: Path | None,
    *,
    watch: bool = False,
    notice: Sentence | None = None,
) -> None:
    """Open a session in a worker thread and show it, with `notice` as message; returns at once."""
    screen.run_worker(
        partial(_read, screen, organization, plan, watch, notice),
        thread=True,
        group="opening",
        description=N_("read and judge the organisation"),
    )


def reopen(screen: SessionScreen, reason: Sentence) -> None:
    """Close the session and open the same files again, with `reason` as message."""
    workspace, others = screen.workspace, screen.peers
    assert workspace is not None
    assert others is not None
    while screen.app.screen is not screen:
        screen.app.screen.dismiss(None)
    screen.mode.end()
    others.end()
    workspace.session.close()
    screen.detach_session()
    forget_loaded()
    opened = workspace.opened
    begin(screen, opened.organization_path, opened.plan_path, watch=others.watching, notice=reason)


def open_other(screen: SessionScreen, organization: Path, notice: Sentence, plan: Path | None = None) -> None:
    """Close the session as on leaving, and open another organisation or plan, with `notice` as message."""
    from orgtui.tui.actions.lifecycle.leaving import close_session

    failure = close_session(screen)
    screen.mode.end()
    screen.marked.clear()
    screen.search = None
    screen.heading = organization.name
    screen.detach_session()
    screen.before = None
    forget_loaded()
    told = notice
    if failure is not None:
        told = sentence(
            "{failure}; {notice}", failure=screen.translate(failure), notice=screen.translate(notice)
        )
    begin(screen, organization, plan, notice=told)


def _read(
    screen: SessionScreen, organization: Path, plan: Path | None, watch: bool, notice: Sentence | None
) -> None:
    from orgtui.files.toml.problems import InvalidFile
    from orgtui.session.plan.opening import CannotOpen, OrganizationChanged
    from orgtui.tui.screens.workspace import open_workspace, preliminary_rows

    def run_in_event_loop(show: partial[None]) -> None:
        screen.app.call_from_thread(show)

    def show_preliminary(read: Organization) -> None:
        if len(read.people) > EARLY_TREE_MIN_SEATS:
            rows = preliminary_rows(read, ascii_only=screen.theme.ascii)
            run_in_event_loop(partial(screen.show_preliminary, rows))

    try:
        workspace = open_workspace(
            organization, plan, show_preliminary, watch=watch, ascii_only=screen.theme.ascii
        )
    except InvalidFile as invalid:
        run_in_event_loop(partial(_show_problems, screen, invalid.problems))
    except OrganizationChanged as other:
        if watch:
            run_in_event_loop(partial(_show_reason, screen, other.sentence))
        else:
            run_in_event_loop(partial(_offer, screen, organization, plan, other))
    except CannotOpen as refused:
        run_in_event_loop(partial(_show_reason, screen, refused.sentence))
    else:
        run_in_event_loop(partial(_show, screen, workspace, watch, notice))
        run_in_event_loop(partial(_look_back, screen))
        failure = _remember(organization)
        if failure is not None and not workspace.opened.notices:
            run_in_event_loop(partial(screen.show_message, failure))
        import_module("orgtui.tui.actions.carry.carry")  # so that the first carrying responds within a frame


def _show(screen: SessionScreen, workspace: SessionWorkspace, watch: bool, notice: Sentence | None) -> None:
    from orgtui.tui.actions.lifecycle.on_disk import check_file
    from orgtui.tui.actions.lifecycle.peers import SessionPeers

    if screen.app.return_code is not None:  # people left while it was being read
        workspace.session.close()
        return
    screen.attach_session(workspace)
    screen.peers = SessionPeers(
        screen,
        workspace,
        watching=watch,
        replaced=partial(reopen, screen),
        changed_on_disk=partial(check_file, screen),
    )
    unseen = screen.peers.begin()
    _show_notices(screen, [each for each in (notice, unseen, *workspace.opened.notices) if each is not None])
    resume_collection()


def _show_notices(screen: SessionScreen, notices: Sequence[Sentence]) -> None:
    """Show a notice in the key bar; several, or a long one, in a prompt."""
    lines = [screen.translate(notice) for notice in notices]
    if len(lines) == 1 and cell_len(lines[0]) < screen.size.width - NOTICE_MARGIN:
        screen.show_message(notices[0])
    elif lines:
        from orgtui.tui.prompts.prompt import NoticePrompt

        title = sentence("Before you begin")
        screen.app.push_screen(NoticePrompt(screen.theme, screen.translate, title, _notes(screen, lines)))


def _look_back(screen: SessionScreen) -> None:
    """Evaluate the remaining rules and compute the baseline's numbers."""
    screen.evaluate_pending()
    if screen.workspace is not None:
        screen.workspace.load_baseline_numbers()
        screen.header.reload()
        _show_pins(screen, screen.workspace)


def _show_pins(screen: SessionScreen, workspace: SessionWorkspace) -> None:
    """Mark what the limits beside the organisation pin; what reads them is loaded only if there are any."""
    organization = workspace.opened.organization_path
    if organization.with_name(f"{organization.stem}.limits.toml").exists():
        from orgtui.tui.actions.pins import show_pins_at_first

        show_pins_at_first(screen)


def _remember(organization: Path) -> Sentence | None:
    """Add the organisation to the list of recent files; returns why the list cannot be written."""
    from orgtui.files.disk.recent import add_recent, recent_file

    try:
        add_recent(organization, recent_file())
    except OSError as error:
        reason = reason_of(error)
        return sentence("The list of files opened lately cannot be kept: {reason}", reason=reason)
    return None


def _offer(screen: SessionScreen, organization: Path, plan: Path | None, other: OrganizationChanged) -> None:
    """Ask whether to rebase the plan onto the organisation's current file, and open the session then."""
    from orgtui.tui.actions.lifecycle.rebase_questions import RebaseCallbacks, offer_rebase

    refuse = partial(_show_reason, screen)

    def leave(reason: Sentence) -> None:
        screen.leave(BAD_INPUT, [screen.translate(reason)])

    def open_it(notice: Sentence) -> None:
        begin(screen, organization, plan, notice=notice)

    offer_rebase(screen, organization, other, RebaseCallbacks(given_up=leave, refused=refuse, done=open_it))


def _show_problems(screen: SessionScreen, problems: list[Problem]) -> None:
    said = sentence("{count:problem|problems} to mend before this can be opened", count=len(problems))
    beside = [replace(each, file=Path(each.file).name) for each in problems]
    _show_and_leave(screen, said, list(map(str, beside)), list(map(str, problems)))


def _show_reason(screen: SessionScreen, reason: Sentence) -> None:
    words = [screen.translate(reason)]
    _show_and_leave(screen, sentence("This cannot be opened"), words, words)


def _show_and_leave(
    screen: SessionScreen, title: Sentence, lines: list[str], exit_messages: list[str]
) -> None:
    """List the problems; closing the list ends the app, which prints `exit_messages` in full."""
    from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
    from orgtui.tui.prompts.prompt import NoticePrompt

    hint = sentence("{close} leaves", **PROMPT_KEYS)
    prompt = NoticePrompt(screen.theme, screen.translate, title, _notes(screen, lines), hint)
    screen.app.push_screen(prompt, lambda _: screen.leave(BAD_INPUT, exit_messages))


def _notes(screen: SessionScreen, lines: list[str]) -> Notes:
    """Lines wrapped to the width of a box, with continuation rows indented."""
    from orgtui.tui.prompts.prompt import box_text_width

    width = box_text_width(screen.size.width) - len(INDENT)
    rows = []
    for line in lines:
        first, *more = wrapped(line, width)
        rows += [(Span(first),), *((Span(INDENT), Span(part)) for part in more)]
    return Notes(rows)
