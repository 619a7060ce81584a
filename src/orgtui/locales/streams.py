"""Standard streams that may be closed, full or in another encoding."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO


def occupy_closed_streams() -> None:
    """Put the null device where a standard stream was closed, so that no file of ours takes its number.

    Python has no such stream then: it stays None.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def print_error(text: str) -> None:
    """Write a line on standard error.

    If that is closed or cannot be written, nobody is there to be told: the exit status says it.
    """
    _print(text, sys.stderr)


def print_farewell(lines: Sequence[str]) -> None:
    """Write lines on standard output, which was a terminal; it may be gone by now, and nobody there.

    Characters that its encoding lacks are written as their escapes.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    for line in lines:
        _print(line, sys.stdout)


def _print(text: str, stream: TextIO | None) -> None:
    if stream is None:
        return
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except OSError:
        redirect_to_null(stream)


def redirect_to_null(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere, where it could not be written."""
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, stream.fileno())
    finally:
        os.close(null)
    with suppress(OSError):
        stream.flush()
