"""Common parts of commands: running them, their output, types of arguments."""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from math import nan
from pathlib import Path
from typing import TextIO

from orgtui.api.user_error import UserError as UserError
from orgtui.files.toml.problems import InvalidFile, problem_sentence
from orgtui.locales import translate
from orgtui.locales.streams import print_error, redirect_to_null
from orgtui.model.gate import escape_control_chars, is_clean
from orgtui.model.kinds import LARGEST_INTEGER
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.system_errors import reason_of

EXIT_BAD_INPUT = 2
EXIT_INTERRUPTED = 130

WHOLE = N_("write a whole number of {least} or more")


_warnings: list[Sentence] = []


def warn(what: Sentence) -> None:
    """Print a warning on standard error after the command has succeeded; each only once."""
    if what not in _warnings:
        _warnings.append(what)


def run_command(command: Callable[[], int], names: Callable[[Ref], str] | None = None) -> int:
    """Run a command; bad input is told on standard error, every problem at once, with status 2."""
    output = Output(sys.stdout)
    _warnings.clear()
    try:
        with redirect_stdout(output):
            status = command()
        output.flush()
    except InvalidFile as invalid:
        for failure in invalid.problems:
            print_error(str(failure))
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
    print_error(escape_control_chars(f"orgtui: {translate(what, names)}"))


class Output(io.TextIOBase):
    """Standard output as commands print to it; None is one that was closed.

    A reader that went away, such as `head`, ends the output and is no error of ours. Characters that the
    output's encoding lacks, and those that no text may hold, are written as their escapes. Raises UserError
    if it cannot be written, as it is if it was closed.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._has_ended = False
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

    def write_file(self, data: bytes) -> None:
        """Write what would stand in a file, whatever the encoding of the output."""

        def write(stream: TextIO) -> None:
            stream.flush()
            stream.buffer.write(data)

        self._try(write)

    def flush(self) -> None:
        if self._stream is not None:
            self._try(lambda stream: stream.flush())

    def _try(self, act: Callable[[TextIO], object]) -> None:
        if self._has_ended:
            return
        try:
            if self._stream is None:
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            act(self._stream)
        except OSError as error:
            self._has_ended = True
            if self._stream is not None:
                redirect_to_null(self._stream)
            if not isinstance(error, BrokenPipeError):
                unwritten = sentence("the output cannot be written: {reason}", reason=reason_of(error))
                raise UserError(unwritten) from error


def to_json(data: object) -> str:
    """JSON to be printed. Dates become text.

    In plain ASCII where the output has no UTF-8, or where a text holds what may not be printed as it is.
    """
    if codecs.lookup(sys.stdout.encoding).name == "utf-8":
        text = json.dumps(data, ensure_ascii=False, indent=2, default=date.isoformat)
        if all(map(is_clean, text.split("\n"))):
            return text
    return json.dumps(data, indent=2, default=date.isoformat)


class Telling:
    """What a command tells about the file that it writes to `output`, line by line, before and after.

    Lines go to standard error where the file itself is standard output (None). A line that cannot be printed
    keeps no file from being written.
    """

    def __init__(self, output: Path | None) -> None:
        self._output = output
        self._failure: UserError | None = None

    def __call__(self, text: str) -> None:
        if self._output is None:
            print_error(escape_control_chars(text))
        else:
            self._try(lambda: print(text))

    def written(self) -> None:
        """Name the file that was written; nothing is said of standard output."""
        if self._output is not None:
            self(translate(sentence("{file} is written", file=self._output)))

    def end(self) -> None:
        """Once the file is written, raise UserError, which says so, if not all was printed."""
        if self._output is None:
            return
        self._try(sys.stdout.flush)
        if self._failure is not None:
            (reason,) = self._failure.sentences
            said = sentence("{reason}; {file} is written all the same", reason=reason, file=self._output)
            raise UserError(*_warnings, said) from self._failure

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self._failure = error


def write_to_stdout(data: bytes) -> None:
    """Write on standard output what would stand in a file; only while a command runs."""
    assert isinstance(sys.stdout, Output)
    sys.stdout.write_file(data)


def output_path(text: str) -> Path | None:
    """A file to write as given on the command line; None for `-`, which is standard output."""
    return None if text == "-" else Path(text)


def iso_date(text: str) -> date:
    """An argument that is an ISO date; raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        wrong, right = sentence("{value} is no date", value=text), sentence("write a date such as 2026-11-21")
        raise ArgumentTypeError(translate(problem_sentence(wrong, right))) from error


def number_from(least: float) -> Callable[[str], float]:
    """The type of an argument that is a number of at least so much, whole if `least` is."""

    def number(text: str) -> float:
        try:
            given = type(least)(text)
        except ValueError:
            given = nan
        if least <= given <= LARGEST_INTEGER:
            return given
        wrong = sentence("{value} is no number that can be used", value=text)
        what = WHOLE if isinstance(least, int) else N_("write a number of {least} or more")
        raise ArgumentTypeError(translate(problem_sentence(wrong, sentence(what, least=least))))

    return number


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
