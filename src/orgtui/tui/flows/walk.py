"""Walking: from row to row, page to page and pane to pane."""

from __future__ import annotations

from orgtui.tui.commands import PANES
from orgtui.tui.screens.session import SessionScreen


def step(screen: SessionScreen, by: int) -> None:
    screen.pane.move(by)


def half_page(screen: SessionScreen, direction: int) -> None:
    screen.pane.scroll_rows(direction * max(1, screen.pane.page // 2))


def page(screen: SessionScreen, direction: int) -> None:
    screen.pane.scroll_rows(direction * max(1, screen.pane.page - 1))


def first(screen: SessionScreen) -> None:
    screen.pane.move_to(0)


def last(screen: SessionScreen) -> None:
    screen.pane.move_to(len(screen.pane.rows) - 1)


def go_to_pane(screen: SessionScreen, name: str) -> None:
    screen.activate(name)


def go_round(screen: SessionScreen, by: int) -> None:
    here = PANES.index(screen.arranged.arrangement.active)
    screen.activate(PANES[(here + by) % len(PANES)])


def zoom(screen: SessionScreen) -> None:
    screen.zoom()
