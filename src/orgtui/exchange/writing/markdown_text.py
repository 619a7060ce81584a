"""Text as Markdown shows it letter by letter: on GitHub it is no markup, no mention, no link and no emoji."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPECIAL = re.compile(r"[\\`*_\[\]|~$]")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BEFORE_LINK = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_REFERENCE = re.compile(r"@(?=\w)|#(?=\d)|\bgh-(?=\d)|:(?=[\w+-]+:)", re.IGNORECASE)
_BLOCK = re.compile(r"(?=#{1,6}(?!\S)|[+-](?!\S)|-[-\s]*$|=+$)|\d+(?=[.)](?!\S))")

_NOTHING = "<!-- -->"
"""A comment: it cuts words in two for what looks for mentions, and is not shown."""


def markdown_text(text: str) -> str:
    """A text for a line or a cell of a table of Markdown, anywhere in it; spaces around it are dropped."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text.strip())
    escaped = "".join(_HTML.get(character, character) for character in escaped)
    escaped = _REFERENCE.sub(rf"\g<0>{_NOTHING}", escaped)
    escaped = _BEFORE_LINK.sub(r"\\\g<0>", escaped)
    block = _BLOCK.match(escaped)
    return escaped if block is None else f"{block[0]}\\{escaped[block.end() :]}"


def table_row(cells: Iterable[str]) -> str:
    """A row of a table; the cells are texts."""
    return f"| {' | '.join(map(markdown_text, cells))} |"
