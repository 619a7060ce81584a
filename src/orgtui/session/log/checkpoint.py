"""Checkpoints: what a long log comes to up to some entry, so that it opens quickly; made again at any time.

Each user keeps one beside a log, in a file of his own that nobody else may write. It holds for the log that
begins with the very bytes it was made of; one that does not, or is damaged, is passed over without a word.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, time
from pathlib import Path
from typing import Any

from orgtui.files.disk.trust import OTHERS_MAY_WRITE
from orgtui.files.disk.writing import PRIVATE_MODE, replace_file

FORMAT = 1

CHECKPOINT_MIN = 2_000
"""From how many entries on a log has checkpoints."""

CHECKPOINT_SUFFIX = ".checkpoint"

RENEWED_AFTER = 500
"""How many entries of a log are read after its checkpoint before another one is made."""

CHECKPOINT_BYTES_MAX = 64 * 2**20
"""The size up to which a checkpoint is read and written."""

_SAFE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the first `count` entries of a log, its first `end` bytes, come to on a baseline, as `said`.

    `digest` is the hash of these bytes, `last` that of the last line among them.
    """

    baseline: str
    end: int
    count: int
    last: str
    digest: str
    said: Mapping[str, Any]


def is_long(count: int) -> bool:
    """Whether a log of so many entries has checkpoints."""
    return count >= CHECKPOINT_MIN


def is_due(count: int, kept: int) -> bool:
    """Whether a log of `count` entries wants another checkpoint than that of its first `kept` ones, or 0."""
    return is_long(count) and count >= kept + RENEWED_AFTER


def checkpoint_path_for(log: Path, uid: int) -> Path:
    """The checkpoint of a user: `.NAME.plan.UID.checkpoint` for `NAME.plan.log`."""
    return log.with_name(f".{log.name.removesuffix('.log')}.{uid}{CHECKPOINT_SUFFIX}")


def read_checkpoint(log: Path) -> Checkpoint | None:
    """The checkpoint that this user keeps of a log; None if there is none, or it cannot be used."""
    data = _read(checkpoint_path_for(log, os.geteuid()))
    digest, _, body = data.partition(b"\n")
    if digest != _digest(body):
        return None
    said = json.loads(body)  # the bytes that were written, as their hash shows
    if said.pop("format") != FORMAT or said.pop("program") != program_hash():
        return None
    return Checkpoint(**said)


def write_checkpoint(log: Path, checkpoint: Checkpoint) -> None:
    """Keep a checkpoint of a log in place of the one before; blocks until it is on disk.

    If it cannot be written, none is kept: the log holds everything.
    """
    said = {each.name: getattr(checkpoint, each.name) for each in fields(checkpoint)}
    said |= {"format": FORMAT, "program": program_hash()}
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_as_text).encode()
    if len(body) < CHECKPOINT_BYTES_MAX:
        with suppress(OSError):
            replace_file(checkpoint_path_for(log, os.geteuid()), _digest(body) + b"\n" + body, PRIVATE_MODE)


def remove_checkpoint(log: Path) -> None:
    """Remove the checkpoint that this user keeps of a log, if there is one; never fails."""
    with suppress(OSError):  # one that stays does not hold for another log
        os.unlink(checkpoint_path_for(log, os.geteuid()))


def program_hash() -> str:
    """A hash that differs once another version of this program is installed, whatever it calls itself."""
    package, seen = Path(__file__).parents[2], []
    for name in ("changes", "model", "session"):
        for file in sorted(package.glob(f"{name}/**/*.py")):
            status = file.stat()
            seen.append((os.fspath(file), status.st_size, status.st_mtime_ns))
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def bytes_hash(data: bytes | bytearray) -> str:
    """The hash of the bytes of a log, as checkpoints hold it."""
    return hashlib.sha256(data).hexdigest()


def is_of(checkpoint: Checkpoint | None, lines: bytes) -> bool:
    """Whether there is a checkpoint, and a log that begins with `lines` begins with what it was made of."""
    if checkpoint is None or len(lines) < checkpoint.end:
        return False
    return bytes_hash(lines[: checkpoint.end]) == checkpoint.digest


def is_own(status: os.stat_result) -> bool:
    """Whether a file is a regular one under one name that this user alone can have written."""
    return (
        stat.S_ISREG(status.st_mode)
        and status.st_uid == os.geteuid()
        and status.st_nlink == 1
        and not status.st_mode & OTHERS_MAY_WRITE
    )


def _read(path: Path) -> bytes:
    """The bytes of an own file; none if there is no such file that can be read, or it is too large."""
    with suppress(OSError):
        file = os.open(path, _SAFE)
        try:
            status = os.fstat(file)
            if is_own(status) and status.st_size <= CHECKPOINT_BYTES_MAX:
                with open(file, "rb", closefd=False) as stream:
                    return stream.read()
        finally:
            os.close(file)
    return b""


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _as_text(moment: date | time) -> str:
    return moment.isoformat()
