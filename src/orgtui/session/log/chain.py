"""Lines of a log: JSON objects, each with the hash of the line before and a checksum of its own.

A line that was not written to its end is ended by the next writer with a mark that no JSON ends with, so that
it can never be taken for an entry. Any other line that does not continue the chain, or whose checksum is
wrong, is damage. Lines of older logs have no checksum: only the line after them proves what they say.
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

HEAD_DIGITS = 12
"""How many digits of the hash of the last entry are shown, for people to compare."""

BEFORE = "before"
"""The key of the hash of the line before."""

CHECKSUM = "sum"
"""The key of the checksum, the last one of a line."""

TORN = b"~~"
"""The mark at the end of a line that was not written completely: more than one damaged byte can make."""

OLD_TORN = b"~"
"""The mark in older logs."""

_CHECKSUM_DIGITS = 16
_SUFFIX = b',"' + CHECKSUM.encode() + b'":"%b"}'
_SUFFIX_BYTES = len(_SUFFIX % b"") + _CHECKSUM_DIGITS


@dataclass(frozen=True, slots=True)
class Reading:
    """Consecutive entries, the hash of the last one, and the byte at which they end.

    `hashes` are those of the lines of the entries. `broken` is the byte at which a line begins that is
    damaged or does not continue the chain; if None, the bytes after `end` are a line not complete yet.
    `is_proved` is whether the last entry has a checksum; there is none to prove if there is no entry.
    """

    entries: tuple[Entry, ...]
    last: str
    end: int
    broken: int | None = None
    hashes: tuple[str, ...] = ()
    is_proved: bool = True


NOTHING_READ = Reading((), START, 0)


def read_lines(data: bytes, last: str = START) -> Reading:
    """Parse the entries in `data`, which continues after the line whose hash is `last`."""
    entries: list[Entry] = []
    hashes: list[str] = []
    end, is_proved, broken = 0, True, None
    while (newline := data.find(b"\n", end)) >= 0:
        line = data[end:newline]
        if not _is_torn(line):
            entry = _parsed(line)
            if entry is None or entry.get(BEFORE) != last or not _may_be_whole(entry, line):
                broken = end
                break
            entries.append(entry)
            is_proved = CHECKSUM in entry
            last = line_hash(line)
            hashes.append(last)
        end = newline + 1
    else:
        if _holds_checksum(data[end:-1]):  # whole, but for a damaged end of line
            broken = end
    return Reading(tuple(entries), last, end, broken, tuple(hashes), is_proved)


def to_lines(entries: Iterable[Entry], last: str) -> tuple[bytes, str]:
    """Entries as lines that continue after the line whose hash is `last`, and the hash of the last line."""
    lines = []
    for entry in entries:
        line = _with_checksum(_line({BEFORE: last, **entry}))
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


def _with_checksum(line: bytes) -> bytes:
    body = line[:-1]
    return body + _SUFFIX % _checksum(body)


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:_CHECKSUM_DIGITS].encode()


def _holds_checksum(line: bytes) -> bool:
    """Whether a line ends with the checksum of what stands before it."""
    body = line[:-_SUFFIX_BYTES]
    return line[len(body) :] == _SUFFIX % _checksum(body)


def _may_be_whole(entry: Entry, line: bytes) -> bool:
    """Whether the checksum of an entry holds, or it has none, as in older logs."""
    return CHECKSUM not in entry or _holds_checksum(line)


def _is_torn(line: bytes) -> bool:
    """Whether a line bears the mark; one byte of it alone may also be the damaged end of a whole line."""
    if line.endswith(TORN):
        return True
    return line.endswith(OLD_TORN) and not _holds_checksum(line[:-1] + b"}")


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
