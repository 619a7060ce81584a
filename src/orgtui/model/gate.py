"""The gate that text from outside must pass: from files, imports, the keyboard, the log and other sessions.

It refuses characters that can control a terminal, or that cannot be seen and so make two different names look
the same. Joiners may stand where they join and variation selectors where they vary something.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NEVER = (
    "\x00-\x1f\x7f-\x9f"  # control characters, newlines included
    "\u2028\u2029"  # line separators
    "\ud800-\udfff"  # lone surrogates
    # What is invisible: bidirectional controls, zero-width characters, tags and all else that Unicode calls
    # ignorable by default, but joiners and variation selectors.
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
    # What has a place and shows nothing, and is no space.
    "\u2800\U00013441\U00013442\U00016fe4\U0001d159"
)
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINERS = "\u200c\u200d"

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_IDEOGRAPHS = "\u3001\u3002\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff1f\U00020000-\U0003ffff"
_MONGOLIAN = "\u1820-\u18aa"
_JOINING = (  # Arabic and its neighbours, the scripts of India and of South-East Asia, Mongolian
    "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06ff\u0710-\u085b\u0860-\u088f\u0897-\u08e1\u08e3-\u0dff"
    "\u1000-\u109f\u1780-\u17b3\u17b6-\u17d3\u1820-\u18aa\u1a20-\u1aad\u1b00-\u1b7f\ua840-\ua8ff\ua930-\uaaff"
)
_VIRAMAS = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"

_DOUBTFUL = re.compile(f"[{_NEVER}{_SELECTORS}{_JOINERS}]")
"""What is refused always, or unless it stands where it does something."""

_REFUSED = re.compile(
    f"[{_NEVER}]"
    f"|(?=[{_SELECTORS}{_JOINERS}])"
    f"(?!(?<=[{_JOINING}])[{_JOINERS}](?=[{_JOINING}]))"
    f"(?!(?<=[{_VIRAMAS}])[{_JOINERS}])"
    f"(?!(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}]))"
    f"(?!(?<=[{_EMOJI}]\ufe0f)\u200d(?=[{_EMOJI}]))"
    f"(?!(?<=[{_EMOJI}])[\ufe0e\ufe0f])"
    "(?!(?<=[0-9#*])\ufe0f(?=\u20e3))"
    f"(?!(?<=[{_IDEOGRAPHS}])[\ufe00-\ufe0d\U000e0100-\U000e01ef])"
    f"(?!(?<=[{_MONGOLIAN}])[\u180b-\u180d\u180f])"
    f"[{_SELECTORS}{_JOINERS}]"
)

_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile(f"[{_SELECTORS}{_JOINERS}]")

TEXT_PATTERN = (
    r"^(?!\s*$)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb]*$"
)
"""Text that may enter and is not only spaces, as JSON Schema says it.

Characters beyond U+FFFF are left out: those who read JSON Schema share no way to write them. So are joiners
and variation selectors, which are refused by what stands beside them.
"""

NAME_LENGTH = 200
"""The longest name, in characters."""


def refused_character(text: str) -> str | None:
    """Describe the first refused character of `text` with its position, from 1; None if there is none."""
    found = None if is_clean(text) else _REFUSED.search(text)
    if found is None:
        return None
    character = found.group()
    name = unicodedata.name(character, "control character").lower()
    return f"U+{ord(character):04X} ({name}) at character {found.start() + 1}"


def is_clean(text: str) -> bool:
    """Whether `text` has no refused character."""
    if text.isascii():
        return text.isprintable()
    # the long pattern is slow, and rarely needed
    return _DOUBTFUL.search(text) is None or _REFUSED.search(text) is None


def redact_control_chars(text: str) -> str:
    """`text` with each refused character replaced by U+FFFD, so that its width in cells is known."""
    return text if is_clean(text) else _REFUSED.sub("\ufffd", text)


def safe_name(text: str) -> str:
    """A name made of text that did not pass the gate, such as the name of a file; cut to `NAME_LENGTH`."""
    return escape_control_chars(text)[:NAME_LENGTH]


def escape_control_chars(text: str) -> str:
    """`text` with each refused character written as its escape sequence, safe to show."""
    if is_clean(text):
        return text
    return _REFUSED.sub(lambda found: found.group().encode("unicode_escape", "surrogatepass").decode(), text)


def look_alikes(names: Iterable[str]) -> dict[str, str]:
    """Each of the names that differs from an earlier one only in what cannot be seen, with the earlier one.

    That is how characters are composed, which spaces stand where and how many, joiners and selectors.
    """
    distinct = dict.fromkeys(names)
    joined = "\n".join(distinct)
    spaced = joined.replace("\n", " ")
    usual = spaced == " ".join(spaced.split()) and unicodedata.is_normalized("NFC", joined)
    if usual and (joined.isascii() or _UNSEEN.search(joined) is None):
        return {}
    first: dict[str, str] = {}
    return {name: earlier for name in distinct if (earlier := first.setdefault(_as_seen(name), name)) != name}


def _as_seen(text: str) -> str:
    """One text for all that look the same but for characters of different scripts."""
    return _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text))).strip()
