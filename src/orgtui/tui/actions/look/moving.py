"""Walking: from row to row, page to page and pane to pane."""

from __future__ import annotations

from orgtui.tui.commands.command import PANES
from orgtui.tui.screens.session import SessionScreen


def step(screen: SessionScreen, by: int) -> None:
    if screen.mode.pane.move(by):
        screen.cursor_moved()


def half_page(screen: SessionScreen, direction: int) -> None:
    if screen.mode.pane.scroll_rows(direction * max(1, screen.mode.pane.page // 2)):
        screen.cursor_moved()


def page(screen: SessionScreen, direction: int) -> None:
    if screen.mode.pane.scroll_rows(direction * max(1, screen.mode.pane.page - 1)):
        screen.cursor_moved()


def first(screen: SessionScreen) -> None:
    if screen.mode.pane.move_to(0):
        screen.cursor_moved()


def last(screen: SessionScreen) -> None:
    if screen.mode.pane.move_to(len(screen.mode.pane.rows) - 1):
        screen.cursor_moved()


def go_to_pane(screen: SessionScreen, name: str) -> None:
    screen.activate(name)


def cycle_panes(screen: SessionScreen, by: int) -> None:
    here = PANES.index(screen.arranged.arrangement.active)
    screen.activate(PANES[(here + by) % len(PANES)])


def zoom(screen: SessionScreen) -> None:
    screen.zoom()
