"""Copying what the cursor is on, or what is open, to the clipboard of one's own terminal."""

from __future__ import annotations

import os

from orgtui.model.gate import redact_control_chars
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.policy import message
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.look.inspecting import page_of
from orgtui.tui.commands.command import key_ref
from orgtui.tui.prompts.prompt import Prompt
from orgtui.tui.prompts.reader import Reader
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.terminal.driver import CLIPBOARD_MAX_BYTES, copy_to_clipboard
from orgtui.views.pages.page import Page
from orgtui.views.pages.plain_text import TAB, seat_line, team_table, text_of_page, text_of_rows
from orgtui.views.panes.team_contents import present_ref

COPIED_WIDTH = 2000
"""The width in cells for which a page is made to be copied, so that its sentences stay whole."""

NOTHING = sentence("Nothing is selected here")
PAY_IS_SHOWN = sentence(
    "Pay is shown on this screen only: {pay} hides it, then {copy} copies",
    pay=key_ref("pay"),
    copy=key_ref("copy"),
)
IN_TMUX = N_("tmux needs set-clipboard on. {copied}")


def copy(screen: SessionScreen) -> None:
    """Copy the open page or list, else what the cursor is on; says what was copied, or why nothing was."""
    above = screen.app.screen if isinstance(screen.app.screen, Prompt) else None
    said = _copied(screen, above)
    if above is None or isinstance(above, Reader):
        screen.show_message(said)
    else:
        above.tell(said)


def _copied(screen: SessionScreen, above: Prompt[object] | None) -> Sentence:
    """Copy a text; returns what to say."""
    workspace = workspace_of(screen)
    if workspace.scene.shows_pay:
        return PAY_IS_SHOWN
    text = _shown(screen, above) if above is not None else _selected(screen, screen.mode.ref)
    if not text.strip():
        return NOTHING
    lines = [_redact(line) for line in text.split("\n")]
    text = "\n".join(lines)
    size = len(text.encode())
    if size > CLIPBOARD_MAX_BYTES:
        too_long = N_(
            "Nothing is copied: this has {size} bytes, and terminals take {most}; {export} writes files"
        )
        return sentence(too_long, size=size, most=CLIPBOARD_MAX_BYTES, export=key_ref("export"))
    copy_to_clipboard(screen.app, text)
    first = lines[0].replace(TAB, "  ")
    copied = sentence("Copied: {text}", text=first)
    if len(lines) > 1:
        copied = sentence("Copied {count:line|lines}: {text}", count=len(lines), text=first)
    return sentence(IN_TMUX, copied=copied) if os.environ.get("TMUX") else copied


def _redact(line: str) -> str:
    """The line with refused characters replaced, but for the tabs between cells."""
    return TAB.join(map(redact_control_chars, line.split(TAB)))


def _shown(screen: SessionScreen, above: Prompt[object]) -> str:
    """What a page or a list shows, under its title."""
    if isinstance(above, Reader):
        return _page(screen, above.page_of(COPIED_WIDTH))
    title = screen.translate(above.heading)
    return title if above.list is None else f"{title}\n\n{text_of_rows(above.list.rows, COPIED_WIDTH)}"


def _page(screen: SessionScreen, page: Page) -> str:
    return f"{screen.translate(page.title)}\n\n{text_of_page(page, COPIED_WIDTH)}"


def _selected(screen: SessionScreen, ref: Ref | None) -> str:
    """What the cursor is on: a finding as its sentence, a seat as a line, a team as a table, or its page."""
    if ref is None:
        return ""
    workspace = workspace_of(screen)
    scene, there = workspace.scene, present_ref(ref)
    reported = workspace.findings.finding(there)
    if reported is not None:
        return f"{reported.finding.code} {scene.translate(message(reported.finding))}"
    match there.kind:
        case "person" if there.id in scene.organization.people:
            return seat_line(scene, there.id)
        case "team" if there.id in scene.organization.teams:
            return team_table(scene, there.id)
    return _page(screen, page_of(workspace, there)(COPIED_WIDTH))
