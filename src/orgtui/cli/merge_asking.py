"""Asking on the terminal what is to become of the conflicts of a merge, on a page of the app."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from orgtui.api.user_error import UserError
from orgtui.changes.merge import Side
from orgtui.cli.start_app import start_app
from orgtui.exchange.merging import Merging
from orgtui.locales import translate
from orgtui.model.sentence import N_, sentence
from orgtui.session.plan.merging import MergedPlan
from orgtui.tui.terminal.capabilities import terminal_problem

if TYPE_CHECKING:
    from textual.screen import Screen

    from orgtui.tui.app import OrgApp


def require_terminal() -> None:
    """Raise UserError where nobody can be asked on a page."""
    if terminal_problem(os.environ) is not None:
        without = N_(
            "--ask needs a terminal for its input and output; without it every conflict is listed, "
            "and --take decides them"
        )
        raise UserError(sentence(without))


@dataclass(slots=True)
class Asked:
    """What became of asking: the exit status of the app, and the merged plan if it is to be written."""

    status: int = 0
    merged: MergedPlan | None = None


def ask_conflicts(merging: Merging, chosen: Mapping[int, Side], plan: str) -> Asked:
    """Show the conflicts of a merge one by one until they are decided, or the page is left."""
    asked = Asked()
    with redirect_stdout(sys.__stdout__):  # the app asks the terminal itself, not what commands print to
        asked.status = start_app(first=partial(_conflict_screen, merging, chosen, plan, asked))
    return asked


def _conflict_screen(
    merging: Merging, chosen: Mapping[int, Side], plan: str, asked: Asked, app: OrgApp
) -> Screen[None]:
    from orgtui.tui.actions.merging.conflicts import Deciding, Ends, Outcome
    from orgtui.tui.screens.merging import ConflictScreen

    def decided(outcome: Outcome) -> None:
        asked.merged = outcome.merged
        app.leave()

    def begin(screen: ConflictScreen) -> Deciding:
        ends = Ends(decided, left=app.leave, failed=lambda why: app.leave(2, [translate(why)]))
        deciding = Deciding(screen, lambda: merging, ends, dict(chosen))
        deciding.begin()
        return deciding

    session = app.session_screen
    heading = translate(sentence("orgtui   Merge into {plan}", plan=plan))
    return ConflictScreen(session.keymap, session.theme, heading, begin)
