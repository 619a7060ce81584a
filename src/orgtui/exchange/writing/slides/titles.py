"""Titles of slides: how large they are, so that what is below knows where it begins."""

from __future__ import annotations

from functools import lru_cache

from orgtui.exchange.writing.slides.parts import INNER, LEADING, line_count

TITLE_TOP = 24.0
LARGEST = 24.0
SIZES = ((LARGEST, 1), (22.0, 1), (20.0, 1), (22.0, 2), (18.0, 2), (14.0, 3), (12.0, 5))
"""The sizes of titles with their lines; the first at which a title has no more lines, or else the last."""

COVER_SIZES = ((34.0, 2), (30.0, 3), (24.0, 4), (18.0, 5), (14.0, 7))
"""The same for the first slide."""

COVER_TOP = 132.0

BOTTOM = 486.0
"""Where the space for cards and tables ends; below it stand the legend and the number of the slide."""


@lru_cache(maxsize=1024)
def title_size(title: str, sizes: tuple[tuple[float, int], ...] = SIZES) -> tuple[float, float]:
    """The size of a title and the height it takes, in points."""
    for size, most in sizes:
        lines = line_count(title, INNER, size, True)
        if lines <= most:
            break
    return size, max(34.0, lines * size * LEADING)


def content_top(title: str) -> float:
    """Where the space below a title begins."""
    return TITLE_TOP + title_size(title)[1] + 10.0
