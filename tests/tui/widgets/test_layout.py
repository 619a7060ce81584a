"""Where everything stands at every size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region, Size

from orgtui.tui.widgets.layout import CARRY_BAR, FINDINGS, VIEWS, Arrangement, regions

ARRANGEMENTS = st.builds(
    Arrangement,
    active=st.sampled_from((*VIEWS, FINDINGS)),
    view=st.sampled_from(VIEWS),
    zoomed=st.booleans(),
    carrying=st.booleans(),
    strip=st.booleans(),
)


@given(width=st.integers(60, 400), height=st.integers(16, 200), arrangement=ARRANGEMENTS)
def test_parts_fill_the_screen_without_overlap_but_for_the_rules(
    width: int, height: int, arrangement: Arrangement
) -> None:
    shown = regions(Size(width, height), arrangement)
    if arrangement.carrying:
        assert shown.pop(CARRY_BAR) == Region(0, height - 2, width, 1), "over the lowest pane"
    cells: set[tuple[int, int]] = set()
    for region in shown.values():
        own = {(x, y) for x in range(region.x, region.right) for y in range(region.y, region.bottom)}
        assert own
        assert not own & cells
        cells |= own
    side_by_side = all(view in shown for view in VIEWS)
    rules = 2 * shown[VIEWS[0]].height if side_by_side else 0
    assert len(cells) == width * height - rules


def test_views_stand_side_by_side_from_100_columns_on() -> None:
    assert [name for name in VIEWS if name in regions(Size(100, 30), Arrangement())] == list(VIEWS)
    narrow = regions(Size(99, 30), Arrangement(active=FINDINGS, view="funnel"))
    assert [name for name in VIEWS if name in narrow] == ["funnel"]
    assert narrow[FINDINGS].height >= 5


def test_zoom_leaves_one_pane() -> None:
    shown = regions(Size(120, 40), Arrangement(active=FINDINGS, zoomed=True))
    assert shown[FINDINGS] == Region(0, 1, 120, 38)
    assert set(shown) == {"header", "keys", FINDINGS}


def test_nothing_is_shown_below_the_least_size() -> None:
    assert regions(Size(59, 40), Arrangement()) == regions(Size(120, 15), Arrangement()) == {}
