"""Moving the cursor and activating panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtui.tui.commands.command import PANES
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.picture import PicturePane

if TYPE_CHECKING:
    from orgtui.views.knowledge.picture import Direction


def step(screen: SessionScreen, by: int) -> None:
    """Move the cursor by a number of rows."""
    if screen.mode.pane.move(by):
        screen.cursor_moved()


def walk(screen: SessionScreen, direction: Direction) -> None:
    """Move the cursor to the next box of a picture in a direction."""
    pane = screen.mode.pane
    if isinstance(pane, PicturePane) and pane.walk(direction):
        screen.cursor_moved()


def half_page(screen: SessionScreen, direction: int) -> None:
    """Scroll by half a page, down (1) or up (-1)."""
    if screen.mode.pane.scroll_rows(direction * max(1, screen.mode.pane.page // 2)):
        screen.cursor_moved()


def page(screen: SessionScreen, direction: int) -> None:
    """Scroll by a page less one row, down (1) or up (-1)."""
    if screen.mode.pane.scroll_rows(direction * max(1, screen.mode.pane.page - 1)):
        screen.cursor_moved()


def first(screen: SessionScreen) -> None:
    """Move the cursor to the first row."""
    if screen.mode.pane.move_to(0):
        screen.cursor_moved()


def last(screen: SessionScreen) -> None:
    """Move the cursor to the last row."""
    if screen.mode.pane.move_to(len(screen.mode.pane.rows) - 1):
        screen.cursor_moved()


def go_to_pane(screen: SessionScreen, name: str) -> None:
    """Activate a pane."""
    screen.activate(name)


def cycle_panes(screen: SessionScreen, by: int) -> None:
    """Activate the next (1) or previous (-1) pane."""
    here = PANES.index(screen.arranged.arrangement.active)
    screen.activate(PANES[(here + by) % len(PANES)])


def zoom(screen: SessionScreen) -> None:
    """Give the active pane the whole screen, or end that."""
    screen.zoom()
