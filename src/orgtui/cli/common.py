"""Common parts of commands: running them, their output, types of arguments."""

from __future__ import annotations

import io
import json
import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from typing import TextIO

from orgtui.api.user_error import UserError as UserError
from orgtui.files.toml.problems import InvalidFile, problem_sentence
from orgtui.locales import translate
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import Ref, Sentence, sentence

EXIT_BAD_INPUT = 2
EXIT_INTERRUPTED = 130


_warnings: list[Sentence] = []


def warn(what: Sentence) -> None:
    """Print a warning on standard error after the command has succeeded; each only once."""
    if what not in _warnings:
        _warnings.append(what)


def run_command(command: Callable[[], int], names: Callable[[Ref], str] | None = None) -> int:
    """Run a command; bad input is reported on standard error, all problems at once, with exit status 2."""
    output = _Output(sys.stdout)
    _warnings.clear()
    try:
        with redirect_stdout(output):
            status = command()
        output.flush()
    except InvalidFile as invalid:
        for failure in invalid.problems:
            print(failure, file=sys.stderr)
    except UserError as error:
        for each in error.sentences:
            _print_error(each, names)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    else:
        for each in _warnings:
            _print_error(each, names)
        return status
    return EXIT_BAD_INPUT


def _print_error(what: Sentence, names: Callable[[Ref], str] | None) -> None:
    print(escape_control_chars(f"orgtui: {translate(what, names)}"), file=sys.stderr)


class _Output(io.TextIOBase):
    """Standard output for commands; None stands for a closed one.

    When the reader ends, such as `head`, the rest is dropped without an error. Characters that the encoding
    lacks, and control characters, are written as escapes. Raises UserError if it cannot be written.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return getattr(self._stream, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        return self._stream is not None and self._stream.isatty()

    def write(self, text: str) -> int:
        visible = "\n".join(map(escape_control_chars, text.split("\n")))
        self._try(lambda stream: stream.write(visible))
        return len(text)

    def flush(self) -> None:
        self._try(lambda stream: stream.flush())

    def _try(self, act: Callable[[TextIO], object]) -> None:
        if self._stream is None:
            return
        try:
            act(self._stream)
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            self._stream = None
            if not isinstance(error, BrokenPipeError):
                unwritten = sentence("the output cannot be written: {reason}", reason=error.strerror)
                raise UserError(unwritten) from error


def to_json(data: object) -> str:
    """JSON for standard output, in ASCII unless that is UTF-8; dates become ISO text."""
    unicode = sys.stdout.encoding.lower().replace("-", "") == "utf8"
    return json.dumps(data, ensure_ascii=not unicode, indent=2, default=date.isoformat)


def iso_date(text: str) -> date:
    """An argument that is an ISO date; raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        wrong, right = sentence("{value} is no date", value=text), sentence("write a date such as 2026-11-21")
        raise ArgumentTypeError(translate(problem_sentence(wrong, right))) from error


def comma_list(text: str) -> tuple[str, ...]:
    """An argument that is a list of words with commas between; raises ArgumentTypeError if one is empty.

    An empty list is refused as well: it comes from a variable that is not set, and would select everything.
    """
    given = tuple(each.strip() for each in text.split(","))
    if not all(given):
        wrong = sentence("an item of “{value}” is empty", value=text)
        right = sentence("write words with a comma between")
        raise ArgumentTypeError(translate(problem_sentence(wrong, right)))
    return given
