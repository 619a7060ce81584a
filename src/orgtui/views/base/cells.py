"""Widths of text in terminal cells: wide characters, such as Chinese, take two, combining marks none.

Computed from the Unicode tables of Python: importing a library for it takes twice as long as starting Python.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_NEVER_FIRST, _NEVER_LAST = "，。、；：！？）」』》…", "（「『《"
"""Punctuation with which no line of Chinese begins, or ends."""

_DIGITS = "0123456789.,"

_PARTS = (("\u1160", "\u11ff"), ("\ud7b0", "\ud7ff"), ("\U0001f3fb", "\U0001f3ff"))
"""Vowels and endings of a Hangul syllable, and skin tones: drawn into the character before them."""


_MODIFIERS = "\u1160-\u11ff\u20e3\ud7b0-\ud7ff\ufe0e\ufe0f\U0001f3fb-\U0001f3ff"
_REGIONS = "\U0001f1e6-\U0001f1ff"
_HINT = re.compile(f"[{_MODIFIERS}{_REGIONS}{_JOINER}]")
_AMBIGUOUS = re.compile(
    f"[{_REGIONS}]{{1,2}}|[^\x00-\x20](?:{_JOINER}[^\x00-\x20]?|[{_MODIFIERS}])+|[{_MODIFIERS}]"
)
"""Characters that are drawn as one, of which terminals differ in the width: flags, and what is joined, has a
style or a skin tone, or is a Hangul syllable in parts."""


_NARROW = re.compile("[ -~¡-¬®-˿‐-‧‰-⁞←-⌙─-◰]*")
"""A text of which every character takes one cell, as most do that are not Chinese."""


def has_ambiguous_width(text: str) -> bool:
    """Whether terminals may differ in the width of the text."""
    return not text.isascii() and _HINT.search(text) is not None


def clusters(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, each with whether its width is ambiguous; such a part is drawn as one character."""
    end = 0
    for found in _AMBIGUOUS.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], False
        yield found[0], True
        end = found.end()
    if end < len(text):
        yield text[end:], False


def cell_len(text: str) -> int:
    """The width of a text in cells."""
    return len(text) if text.isascii() else _cell_len(text)


def split_cells(text: str) -> Sequence[str]:
    """What is in each cell of a text: the halves of a wide character differ, marks are with their letter."""
    if _NARROW.fullmatch(text):
        return text
    cells: list[str] = []
    last = 0
    for character in text:
        width = _width(character)
        if width:
            cells += [character, character * 2][:width]
            last = width
        else:
            cells[len(cells) - last :] = [cell + character for cell in cells[len(cells) - last :]]
    return cells


def clip(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in at most `width` cells, with an ellipsis if it is cut, never within or behind a number."""
    if cell_len(text) <= width:
        return text
    if width < len(ellipsis):
        return ""
    return cut(text, width - len(ellipsis)).rstrip(_DIGITS) + ellipsis


def cut(text: str, width: int) -> str:
    """As much of the text as fits in `width` cells, without an ellipsis."""
    if text.isascii():
        return text[: max(0, width)]
    kept = 0
    for end, reached in enumerate(_reach(text), start=1):
        if reached > width:
            break
        kept = end
    return text[:kept]


def pad(text: str, width: int) -> str:
    """The text padded with spaces at the right to `width` cells."""
    return text + " " * (width - cell_len(text))


def column(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in exactly `width` cells, clipped or padded."""
    return pad(clip(text, width, ellipsis), max(0, width))


def shared_widths(needs: Sequence[int], room: int) -> list[int]:
    """What each text gets of `room` cells: what it needs, or where it is short an equal part of the rest."""
    given = [0] * len(needs)
    narrow_first = sorted(range(len(needs)), key=needs.__getitem__)
    for left, at in zip(range(len(needs), 0, -1), narrow_first, strict=True):
        given[at] = max(0, min(needs[at], room // left))
        room -= given[at]
    return given


def centred(text: str, width: int) -> str:
    """The text centred in `width` cells; an odd space is at the left."""
    space = max(0, width - cell_len(text))
    return " " * (space - space // 2) + text + " " * (space // 2)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces or wide characters if possible."""
    return [text[start:end] for start, end in line_breaks(text, width, width)]


def line_breaks(text: str, first: int, others: int) -> list[tuple[int, int]]:
    """Where each line of a text begins and ends, spaces around breaks left out.

    `first` and `others` are the cells of the first line and of those below it.
    """
    lines: list[tuple[int, int]] = []
    start, width = 0, first
    while cell_len(text[start:]) > width:
        rest = text[start:]
        end = len(cut(rest, width)) or 1
        breaks = (at for at in range(min(end, len(rest) - 1), 0, -1) if _may_break(rest[at - 1], rest[at]))
        line = rest[: next(breaks, end)]
        lines.append((start, start + len(line.rstrip())))
        start += len(line) + len(rest[len(line) :]) - len(rest[len(line) :].lstrip())
        width = others
    return [*lines, (start, len(text))] if start < len(text) or not lines else lines


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return " " in (before, after) or _width(before) == 2 or _width(after) == 2


@lru_cache(maxsize=4096)
def _cell_len(text: str) -> int:
    reached = 0
    for reached in _reach(text):  # noqa: B007 - the last is the width
        pass
    return reached


def _reach(text: str) -> Iterator[int]:
    """The width in cells of the text up to and including each character."""
    reached = last = 0
    joined = False
    for character in text:
        if joined:
            joined = False
        elif character == _JOINER:
            joined = True
        elif character == _EMOJI_STYLE:
            reached += last == 1
            last = 0
        else:
            width = _width(character)
            reached += width
            last = width or last
        yield reached


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf"):
        return 0
    if any(first <= character <= last for first, last in _PARTS):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
