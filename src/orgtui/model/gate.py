"""The gate that text from outside must pass: from files, imports, the keyboard, the log and other sessions.

It refuses characters that can control a terminal, or that make two different names look the same.
"""

from __future__ import annotations

import re
import unicodedata

_REFUSED = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters, newlines included
    "\u2028\u2029"  # line separators
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides
    "\u200b\u2060-\u2064\ufeff"  # zero-width characters other than ZWJ and ZWNJ
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e007f"  # tag characters
    "]"
)

TEXT_PATTERN = (
    r"^(?!\s*$)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    r"\u200b\u2060-\u2064\ufeff]*$"
)
"""Text that may enter and is not only spaces, as JSON Schema says it.

Tag characters are left out: those who read JSON Schema share no way to write them.
"""

NAME_LENGTH = 200
"""The longest name, in characters."""


def refused_character(text: str) -> str | None:
    """Describe the first refused character of `text` with its position, from 1; None if there is none."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    character = found.group()
    name = unicodedata.name(character, "control character").lower()
    return f"U+{ord(character):04X} ({name}) at character {found.start() + 1}"


def is_clean(text: str) -> bool:
    """Whether `text` has no refused character."""
    # no refused character is printable
    return text.isprintable() or _REFUSED.search(text) is None


def redact_control_chars(text: str) -> str:
    """`text` with each refused character replaced by U+FFFD, so that its width in cells is known."""
    return text if text.isprintable() else _REFUSED.sub("\ufffd", text)


def safe_name(text: str) -> str:
    """A name made of text that did not pass the gate, such as the name of a file; cut to `NAME_LENGTH`."""
    return escape_control_chars(text)[:NAME_LENGTH]


def escape_control_chars(text: str) -> str:
    """`text` with each refused character written as its escape sequence, safe to show."""
    return _REFUSED.sub(lambda found: found.group().encode("unicode_escape", "surrogatepass").decode(), text)
