"""The picture of plans: what each leaves by whom it touches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Span
from orgtui.views.base.signs import ASCII, UNICODE
from orgtui.views.lists.front_picture import Point, front_picture

FRONT = [Point(0, 37), Point(1, 27), Point(2, 21), Point(7, 13), Point(8, 8), Point(11, 4)]


def shown(lines: list[tuple[Span, ...]]) -> list[str]:
    return ["".join(span.text for span in line).rstrip() for line in lines]


def test_points_stand_over_round_numbers_and_the_chosen_one_is_a_digit() -> None:
    assert shown(front_picture(FRONT, 4, "people touched", 46, 9, UNICODE)) == [
        " 40 │○",
        " 30 │",
        "    │  ○",
        " 20 │   ○",
        " 10 │           ○",
        "    │            5    ○",
        "  0 │",
        "    └0───────5─────10──────15─▶ people touched",
    ]


def test_everything_can_be_drawn_in_ascii() -> None:
    lines = shown(front_picture(FRONT, 0, "people touched", 46, 9, ASCII))
    assert all(line.isascii() for line in lines)
    assert lines[0] == " 40 |1"
    assert "o" in lines[2]


@given(
    st.lists(st.builds(Point, st.integers(0, 20_000), st.integers(0, 20_000)), max_size=9),
    st.integers(0, 8),
    st.integers(30, 60),
    st.integers(4, 20),
    st.sampled_from(["people touched", "受影响人数"]),
)
def test_the_picture_keeps_to_its_size_and_shows_the_chosen_plan(
    points: list[Point], chosen: int, width: int, height: int, axis: str
) -> None:
    is_there = chosen < len(points)
    lines = front_picture(points, chosen if is_there else None, axis, width, height, UNICODE)
    assert len(lines) == max(2, height - 2) + 1
    assert all(sum(cell_len(span.text) for span in line) <= width for line in lines)
    marks = [span.text for line in lines for span in line if span.role == "match"]
    assert marks == ([str(chosen + 1)] if is_there else [])


@pytest.mark.parametrize("most", [1, 4, 5, 8, 9, 40, 41, 99, 100, 1_237])
def test_an_axis_reaches_the_largest_number_and_begins_at_0(most: int) -> None:
    lines = shown(front_picture([Point(0, most), Point(most, 0)], None, "x", 60, 12, UNICODE))
    numbers = [int(line.split("│")[0]) for line in lines[:-1] if line.split("│")[0].strip()]
    assert numbers[0] >= most
    assert numbers[-1] == 0
    assert numbers[0] < 2 * most + 5
