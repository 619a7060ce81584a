"""What the terminal at the other end can do, as far as it can be known before anything is sent."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from orgtui.model.sentence import Sentence, sentence


def terminal_problem(environ: Mapping[str, str] = os.environ) -> Sentence | None:
    """Why the app cannot run on this terminal; None if it can."""
    if not (os.isatty(sys.stdin.fileno()) and os.isatty(sys.stdout.fileno())):
        return sentence("orgtui needs a terminal for its input and output; `orgtui check` works without one")
    if environ.get("TERM", "dumb") in ("dumb", "unknown", ""):
        return sentence(
            "This terminal cannot move its cursor (TERM={term}); set TERM to what it really is",
            term=environ.get("TERM") or '""',
        )
    return None


def supports_utf8(environ: Mapping[str, str], coerced: bool = bool(sys.flags.utf8_mode)) -> bool:
    """Whether the locale has more than ASCII; one that says nothing is taken for UTF-8, as most are.

    `coerced` says that Python, started in the C locale, may have put an LC_CTYPE of its own into `environ`.
    """
    characters = environ.get("LC_CTYPE")
    if coerced and characters == "C.UTF-8":
        characters = None
    named = environ.get("LC_ALL") or characters or environ.get("LANG")
    return not named or named.lower().replace("-", "").rpartition(".")[2].startswith("utf8")


def colour_count(environ: Mapping[str, str]) -> int:
    """How many colours the terminal has; a terminal that nobody described has the first eight."""
    import curses

    try:
        curses.setupterm(environ["TERM"], sys.stdout.fileno())
    except curses.error:
        return 8
    return max(0, curses.tigetnum("colors"))
