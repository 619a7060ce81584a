"""Folding of texts, so that what is written in several ways is compared as one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from orgtui.locales.latin import CJK

REMEMBERED = 50_000
"""How many folded texts are remembered: most cells of a column say one of few things."""

_BRACKETS = re.compile(r"[(\[【{（][^)\]】}）]*[)\]】}）]")
_NOT_IN_HEADERS = re.compile(r"[^\w#%]|_")
_BETWEEN_CJK = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}])")
_ADDRESS = re.compile(r"(?<=[^\s@])@[^\s@<>()（）,;]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def clean(cell: str) -> str:
    """A cell as it is shown: white space folded, a blank between two Chinese characters dropped."""
    plain = " ".join(cell.split())
    return plain if plain.isascii() else _BETWEEN_CJK.sub("", plain)


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """A text for comparing: NFKC, lower case, white space and dashes made alike."""
    if text.isascii():
        return clean(text).casefold()
    return clean(_DASHES.sub("-", unicodedata.normalize("NFKC", text))).casefold()


@lru_cache(maxsize=REMEMBERED)
def fold_header(text: str) -> str:
    """The name of a column for comparing: what stands in brackets, punctuation and blanks dropped."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    without = _NOT_IN_HEADERS.sub("", _BRACKETS.sub("", plain))
    return without or _NOT_IN_HEADERS.sub("", plain)


def without_addresses(text: str) -> str:
    """A text to be shown, with what stands behind the @ of e-mail addresses left out."""
    return _ADDRESS.sub("@…", text) if "@" in text else text


def fold_id(text: str) -> str:
    """An id for comparing: `'0007`, `7.0` and `7` are one."""
    plain = fold(text).lstrip("'’")
    if re.fullmatch(r"\d+\.0+", plain):
        plain = plain.partition(".")[0]
    return plain.lstrip("0") if plain.isdigit() else plain
