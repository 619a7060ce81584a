"""Headings stay above the rows that scroll, and the cursor keeps off them."""

from __future__ import annotations

from tests.tui.fakes import Listed, lines
from tests.tui.test_pane import SIZE, pane_of


class Headings(Listed):
    """Rows of which the first two stay in place."""

    headings = 2


async def test_headings_stay_while_the_rows_below_scroll() -> None:
    pane, app = pane_of(Headings([f"row {number}" for number in range(20)]))
    async with app.run_test(size=SIZE) as pilot:
        pane.move_to(9)
        await pilot.pause()
        shown = [line.split("  ")[2].strip() for line in lines(app.screen)[1:]]
        assert shown == ["row 0", "row 1", "row 7", "row 8", "row 9"]


async def test_the_cursor_stops_below_the_headings() -> None:
    pane, app = pane_of(Headings([f"row {number}" for number in range(20)]))
    async with app.run_test(size=SIZE):
        pane.move_to(9)
        pane.move_to(0)
        assert (pane.cursor, pane.top) == (2, 2)
