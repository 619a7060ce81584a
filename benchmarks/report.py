"""Rows as a table in the terminal and as a page in Markdown."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill

from benchmarks.measure import FACTORS, Bar, Row, Section, Unit

HEADER = ("work", "at", "figure", "reference", "ratio", "bar", "")
WIDTH = 110
WIDTHS = (64, 19, 10, 10, 8, 15)
"""The widths of the columns in the terminal, without the last one."""

COUNTED: tuple[Unit, ...] = ("B", "rules", "points", "people")
"""The units of what is counted, without fractions."""

ABOVE = {"itself": "", "times": " ×", "above": " above it"}


def line(row: Row) -> str:
    """A row for the terminal."""
    return _aligned(_cells(row))


def _aligned(cells: Sequence[str]) -> str:
    aligned = [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, WIDTHS, strict=False))
    ]
    return "  " + "  ".join((*aligned, cells[-1]))


HEADING = _aligned(HEADER)


def page(sections: Sequence[Section], cores: int, date: str) -> str:
    """The whole report as Markdown."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    introduction = (
        f"Written by `make bench` on {date}: {python} on {platform.system()}, {cores} cores shared with "
        "other work. Every figure stands beside a reference taken in the same run, in turns with it where "
        "time is compared: trust the ratios more than the milliseconds. A figure is a median unless it says "
        "otherwise."
    )
    lines = ["# Benchmarks", "", fill(introduction, WIDTH), "", *_summary(sections)]
    for section in sections:
        lines += [
            "",
            f"## {section.title}",
            "",
            fill(section.about, WIDTH),
            "",
            *_table(map(_cells, section.rows)),
        ]
        lines += [line for row in section.rows for line in _missed(row)]
    return "\n".join(lines) + "\n"


def _summary(sections: Sequence[Section]) -> Iterator[str]:
    rows = [row for section in sections for row in section.rows if row.bar is not None]
    missed = [row for row in rows if not row.is_reached]
    yield f"{len(rows) - len(missed)} of {len(rows)} bars are reached."
    if missed:
        yield ""
        yield from (f"- missed: {row.work}, {row.at}" for row in missed)


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(HEADER) + " |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | --- |"
    for cells in rows:
        yield "| " + " | ".join(cells) + " |"


def _missed(row: Row) -> Iterator[str]:
    if row.is_reached is False and row.why_not:
        yield ""
        yield fill(f"{row.work}, {row.at}: {row.why_not}", WIDTH)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.work,
        row.at,
        quantity(row.figure, row.unit),
        "" if row.reference is None else quantity(row.reference, row.unit),
        "" if row.ratio is None else f"{row.ratio:.2f} ×",
        "" if row.bar is None else _bar(row.bar, row.unit),
        {None: "", True: "reached", False: "missed"}[row.is_reached],
    )


def _bar(bar: Bar, unit: Unit) -> str:
    return f"{bar.limit:g} ×" if bar.of == "times" else f"{bar.limit:,.6g} {unit}{ABOVE[bar.of]}"


def quantity(amount: float, unit: Unit) -> str:
    """Seconds, bytes or a count in a unit, with about three digits."""
    value = amount * FACTORS[unit]
    digits = (
        0
        if unit in ("B", "rules", "points", "people") or value >= 100
        else 1
        if value >= 10
        else 2
        if value >= 1
        else 3
    )
    return f"{value:,.{digits}f} {unit}"
