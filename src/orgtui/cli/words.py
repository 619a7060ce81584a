"""What commands have in common: telling problems in words, and what a findings' reader needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from orgtui.files.problems import InvalidFile
from orgtui.locales import say
from orgtui.model.sentence import Ref, Sentence

BAD_INPUT = 2


class Unusable(Exception):
    """The command cannot do what it was asked; `sentence` says why."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.template)
        self.sentence = said


def reporting(command: Callable[[], int], names: Callable[[Ref], str] | None = None) -> int:
    """Run a command; bad input is told on standard error, every problem at once, with status 2."""
    with _quiet_pipe():
        try:
            return command()
        except InvalidFile as invalid:
            for problem in invalid.problems:
                print(problem, file=sys.stderr)
        except Unusable as unusable:
            print(f"orgtui: {say(unusable.sentence, names)}", file=sys.stderr)
    return BAD_INPUT


@contextmanager
def _quiet_pipe() -> Iterator[None]:
    """A reader that went away, such as `head`, ends the output and is no error of ours."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def day(text: str) -> date:
    """A date as given on the command line; raises ValueError, which argparse words."""
    return date.fromisoformat(text)


def words(text: str) -> tuple[str, ...]:
    """Comma-separated codes, names or families."""
    return tuple(word for word in (each.strip() for each in text.split(",")) if word)
