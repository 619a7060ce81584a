"""Lines of a log: JSON objects, each with the hash of the line before.

A line that was not written to its end is ended by the next writer with a mark that no JSON ends with, so that
it can never be taken for an entry. Any other line that does not continue the chain is damage.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from orgtui.session.store import Entry

START = "0" * 64
"""What the first line has in place of a hash."""

BEFORE = "before"
"""The key of the hash of the line before."""

TORN = b"~"
"""The mark at the end of a line that was not written completely."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Consecutive entries, the hash of the last one, and the byte at which they end.

    `broken` is the byte at which a line begins that does not continue the chain; if None, the bytes after
    `end` are a line that is not complete yet.
    """

    entries: tuple[Entry, ...]
    last: str
    end: int
    broken: int | None = None


def read_lines(data: bytes, last: str = START) -> Reading:
    """Parse the entries in `data`, which continues after the line whose hash is `last`."""
    entries: list[Entry] = []
    end = 0
    while (newline := data.find(b"\n", end)) >= 0:
        line = data[end:newline]
        if not line.endswith(TORN):
            entry = _parsed(line)
            if entry is None or entry.get(BEFORE) != last:
                return Reading(tuple(entries), last, end, broken=end)
            entries.append(entry)
            last = line_hash(line)
        end = newline + 1
    return Reading(tuple(entries), last, end)


def to_lines(entries: Iterable[Entry], last: str) -> tuple[bytes, str]:
    """Entries as lines that continue after the line whose hash is `last`, and the hash of the last line."""
    lines = []
    for entry in entries:
        line = _line({BEFORE: last, **entry})
        last = line_hash(line)
        lines.append(line + b"\n")
    return b"".join(lines), last


def as_stored(entry: Entry) -> Entry:
    """An entry as it is read back: dates are text."""
    read = _parsed(_line(entry))
    assert read is not None
    return read


def line_hash(line: bytes) -> str:
    """The hash of a line, for the next one."""
    return hashlib.sha256(line).hexdigest()


def _line(entry: Entry) -> bytes:
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), default=_as_text)
    return text.encode()


def _as_text(moment: date | time) -> str:
    return moment.isoformat()


def _parsed(line: bytes) -> Entry | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None
