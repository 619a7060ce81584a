"""What a figure is held against, and how it is told."""

from __future__ import annotations

import pytest

from benchmarks.measure import Bar, Row, Section, alternate, percentile, ratio_bar
from benchmarks.pty import glyphs
from benchmarks.report import HEADING, line, page, quantity


def row(figure: float, bar: Bar | None, reference: float | None = None) -> Row:
    return Row("work", "here", "ms", figure, bar, reference)


@pytest.mark.parametrize(
    ("measured", "reached"),
    [
        (row(0.001, Bar(1)), True),
        (row(0.0011, Bar(1)), False),
        (row(0.003, ratio_bar(1.5), 0.002), True),
        (row(0.0031, ratio_bar(1.5), 0.002), False),
        (row(0.012, Bar(10, "above"), 0.002), True),
        (row(0.0121, Bar(10, "above"), 0.002), False),
        (row(0.001, ratio_bar(1.5)), False),
        (row(0.001, None), None),
    ],
)
def test_a_bar_is_reached_up_to_its_limit(measured: Row, reached: bool | None) -> None:
    assert measured.is_reached is reached


def test_percentiles_are_samples() -> None:
    samples = [float(n) for n in range(200, 0, -1)]
    assert percentile(samples, 99) == 198
    assert percentile(samples[:3], 99) == 200


def test_works_take_turns() -> None:
    turns: list[str] = []

    def work(name: str, cost: float) -> float:
        turns.append(name)
        return cost

    taken = alternate({"a": lambda: work("a", 1), "b": lambda: work("b", len(turns))}, 3)
    assert turns == ["a", "b"] * 3
    assert taken == {"a": 1, "b": 3}


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (0.0001234, "ms", "0.123 ms"),
        (0.0123, "ms", "12.3 ms"),
        (2.5, "ms", "2,500 ms"),
        (34e6, "MB", "34.0 MB"),
    ],
)
def test_quantities_have_three_figures(amount: float, unit: str, said: str) -> None:
    assert quantity(amount, unit) == said  # type: ignore[arg-type]


def test_the_page_tells_what_is_missed_and_why() -> None:
    missed = Row("walk", "far", "ms", 0.002, Bar(1), why_not="the way is long")
    said = page([Section("Ways", "How they were gone.", [row(0.001, Bar(1)), missed])], 2, "2026-11-21")
    assert "1 of 2 bars are reached.\n\n- missed: walk, far\n" in said
    assert "| walk | far | 2.00 ms |  |  | 1 ms | missed |" in said
    assert "walk, far: the way is long" in said
    assert "| work | here | 1.00 ms |  |  | 1 ms | reached |" in said


def test_a_row_is_a_line_under_its_heading_in_the_terminal() -> None:
    told = line(row(0.003, ratio_bar(2), 0.002))
    assert told.split() == ["work", "here", "3.00", "ms", "2.00", "ms", "1.50", "×", "2", "×", "reached"]
    assert told.index("here") == HEADING.index("at")


def test_glyphs_are_what_is_left_of_the_output() -> None:
    painted = b"\x1b[?2026h\x1b[1;1H\x1b[31ma b\x1b]52;c;eA==\x07\r\n\xe2\x9c\x96\x1bP+q\x1b\\\x1b[3"
    assert glyphs(painted) == b"ab\xe2\x9c\x96"
