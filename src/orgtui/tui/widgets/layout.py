"""The layout of the session screen: the regions of its parts, and the Textual layout that applies them."""

from __future__ import annotations

from typing import NamedTuple

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

SIDE_BY_SIDE_MIN_COLUMNS = 100
"""From this many columns on, the three views are side by side."""

MIN_SIZE = Size(60, 16)
"""The smallest size in cells at which the panes are shown."""

VIEWS = ("teams", "funnel", "knowledge")
FINDINGS = "findings"
CARRY_BAR = "carry"

Regions = dict[str, Region]


STRIP_LINES, STRIP_LINES_NARROW = 2, 3
"""How many lines the strip of the tour has: where views are side by side, and where they are not."""


class Arrangement(NamedTuple):
    """What the layout depends on: the active pane, the last active view, whether a pane is zoomed,
    and whether something is carried, of which a bar above the keys tells.

    The bar lies over the last line of the lowest pane, which keeps its size: panes whose size changes are
    sent anew. With `strip` the strip of the tour is below the header.
    """

    active: str = VIEWS[0]
    view: str = VIEWS[0]
    zoomed: bool = False
    carrying: bool = False
    strip: bool = False


def regions(size: Size, arrangement: Arrangement) -> Regions:
    """The regions in cells of all visible parts, by name; none if the terminal is smaller than `MIN_SIZE`.

    Between views side by side one column is left for a rule.
    """
    width, height = size
    if width < MIN_SIZE.width or height < MIN_SIZE.height:
        return {}
    shown = {"header": Region(0, 0, width, 1), "keys": Region(0, height - 1, width, 1)}
    if arrangement.carrying:
        shown[CARRY_BAR] = Region(0, height - 2, width, 1)
    body = Region(0, 1, width, height - 2)
    if arrangement.strip:
        lines = STRIP_LINES if width >= SIDE_BY_SIDE_MIN_COLUMNS else STRIP_LINES_NARROW
        shown["strip"], body = body.split_horizontal(lines)
    if arrangement.zoomed:
        return shown | {arrangement.active: body}
    above, under = body.split_horizontal(body.height - max(5, body.height // 4))
    shown[FINDINGS] = under
    if width < SIDE_BY_SIDE_MIN_COLUMNS:
        return shown | {arrangement.view: above}
    left, right = round(width * 0.32), round(width * 0.30)
    middle = width - left - right - 2
    x = 0
    for name, columns in zip(VIEWS, (left, middle, right), strict=True):
        shown[name] = Region(x, above.y, columns, above.height)
        x += columns + 1
    return shown


class SessionLayout(Layout):
    """Places every widget in the region of its id; a widget without a region is not shown."""

    name = "session"

    def __init__(self) -> None:
        self.arrangement = Arrangement()

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        by_name = regions(size, self.arrangement)
        return [
            WidgetPlacement(by_name[child.id], NULL_OFFSET, NULL_SPACING, child, int(child.id == CARRY_BAR))
            for child in children
            if child.id in by_name
        ]
