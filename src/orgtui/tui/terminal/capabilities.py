"""What the terminal can do, as far as its environment tells."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping

from orgtui.model.sentence import Sentence, sentence


def terminal_problem(environ: Mapping[str, str] = os.environ) -> Sentence | None:
    """Why the app cannot run on this terminal; None if it can."""
    if sys.stdin is None or sys.stdout is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return sentence("orgtui needs a terminal for its input and output; `orgtui check` works without one")
    if environ.get("TERM", "dumb") in ("dumb", "unknown", ""):
        return sentence(
            "This terminal cannot move its cursor (TERM={term}); set TERM to what it really is",
            term=environ.get("TERM") or '""',
        )
    return None


def supports_utf8(environ: Mapping[str, str], coerced: bool = bool(sys.flags.utf8_mode)) -> bool:
    """Whether the locale's encoding is UTF-8; a locale that names none counts as UTF-8.

    `coerced`: Python was started in the C locale and may have set LC_CTYPE in `environ` itself.
    """
    characters = environ.get("LC_CTYPE")
    if coerced and characters == "C.UTF-8":
        characters = None
    named = environ.get("LC_ALL") or characters or environ.get("LANG")
    return not named or named.lower().replace("-", "").rpartition(".")[2].startswith("utf8")


def colour_count(environ: Mapping[str, str]) -> int:
    """How many colours the terminal has by terminfo; 8 if terminfo does not know it."""
    import curses

    try:
        curses.setupterm(environ["TERM"], sys.stdout.fileno())
    except curses.error:
        return 8
    return max(0, curses.tigetnum("colors"))


SILENT_TERMS = ("linux", "cons25", "vt52", "vt100", "vt220")
"""Terminals, by the beginning of `TERM`, that never tell their background, and may print the question."""


def tells_background(environ: Mapping[str, str]) -> bool:
    """Whether the terminal may tell its background if it is asked."""
    return not environ.get("TERM", "").startswith(SILENT_TERMS)


LIBRARY_SETTINGS = ("COLUMNS", "LINES", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
"""Variables that the terminal library reads beside its own; none of them is a setting of ours."""


def ignore_library_settings(environ: MutableMapping[str, str] = os.environ) -> None:
    """Remove the settings of the terminal library, which would break the app or write files.

    To be called before the library is imported: it reads most of them only then.
    """
    for name in [each for each in environ if each.startswith("TEXTUAL_") or each in LIBRARY_SETTINGS]:
        del environ[name]
