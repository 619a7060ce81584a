"""Headings stay above the rows that scroll, and the cursor keeps off those that stand for nothing."""

from __future__ import annotations

from orgtui.model.sentence import Ref
from tests.tui.fakes import Listed, lines
from tests.tui.widgets.test_pane import SIZE, pane_of


class Headings(Listed):
    """Rows of which the first two stay in place."""

    headings = 2

    def ref(self, index: int) -> Ref | None:
        return super().ref(index) if index >= self.headings else None


class WalkableHeading(Headings):
    """The second of two headings stands for something."""

    def ref(self, index: int) -> Ref | None:
        return Ref("funnel:") if index == 1 else super().ref(index)


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


async def test_the_cursor_walks_to_a_heading_that_stands_for_something() -> None:
    pane, app = pane_of(WalkableHeading([f"row {number}" for number in range(20)]))
    async with app.run_test(size=SIZE) as pilot:
        pane.move_to(9)
        pane.move_to(0)
        await pilot.pause()
        assert (pane.cursor, pane.ref, pane.top) == (1, "funnel:", 2)
        shown = [line.split("  ")[2].strip() for line in lines(app.screen)[1:]]
        assert shown == ["row 0", "row 1", "row 2", "row 3", "row 4"]


async def test_rows_that_get_headings_keep_them_in_place() -> None:
    rows = Headings([f"row {number}" for number in range(20)])
    rows.headings = 0
    pane, app = pane_of(rows)
    async with app.run_test(size=SIZE) as pilot:
        rows.headings = 2
        pane.reload()
        pane.move_to(9)
        await pilot.pause()
        shown = [line.split("  ")[2].strip() for line in lines(app.screen)[1:]]
        assert shown == ["row 0", "row 1", "row 7", "row 8", "row 9"]
