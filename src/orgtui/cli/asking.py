"""Questions on a terminal outside the app: on standard error, answered on standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import Sentence, sentence

YES = frozenset(("y", "yes", "j", "ja", "是", "好"))
NO = frozenset(("n", "no", "nein", "否", "不"))


def can_ask() -> bool:
    """Whether there is somebody to ask: standard input and error are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def confirm(question: Sentence) -> bool:
    """Ask a question whose default is yes. Blocks; the end of the input means no."""
    while True:
        line = _ask(f"{translate(question)} [Y/n] ")
        if line is None or line in NO:
            return False
        if not line or line in YES:
            return True


def select(question: Sentence, options: Sequence[tuple[str, Sentence | str]], default: str) -> str:
    """Ask which option; returns its value, the default for an empty line or the end of the input. Blocks."""
    print_error(escape_control_chars(translate(question)))
    for number, (value, label) in enumerate(options, 1):
        text = label if isinstance(label, str) else translate(label)
        mark = "*" if value == default else " "
        print_error(escape_control_chars(f"  {mark}{number} {text}"))
    place = next(place for place, (value, _) in enumerate(options, 1) if value == default)
    prompt = sentence("1 to {count} [{default}]: ", count=len(options), default=place)
    while True:
        line = _ask(translate(prompt))
        if not line:
            return default
        if line.isdecimal() and 1 <= int(line) <= len(options):
            return options[int(line) - 1][0]


def _ask(prompt: str) -> str | None:
    """A line of standard input, folded; None at its end."""
    sys.stderr.write(escape_control_chars(prompt))
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip().casefold() if line else None
