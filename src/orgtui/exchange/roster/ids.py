"""Ids for what is taken over: from the id in the file if there is one, else from the name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from orgtui.exchange.roster.texts import CJK

_NOT_IN_IDS = re.compile(r"[^a-z0-9._-]+")
_CJK_RUN = re.compile(rf"[{CJK}]+")
_SPELLED = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
ID_LENGTH = 60
"""The longest id that is made of a name."""


def romanise(text: str) -> str:
    """A text in Latin letters: Chinese as pinyin, accents dropped, letters such as ß and ø spelled out."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if _CJK_RUN.search(plain):
        from pypinyin import lazy_pinyin

        plain = _CJK_RUN.sub(lambda found: f" {' '.join(lazy_pinyin(found[0]))} ", plain)
    decomposed = unicodedata.normalize("NFD", plain.translate(_SPELLED))
    return " ".join("".join(each for each in decomposed if not unicodedata.combining(each)).split())


def slug(text: str) -> str:
    """An id made of a text; empty if it has no letter or digit that can be romanised."""
    return _NOT_IN_IDS.sub("-", romanise(text)).strip("-._")[:ID_LENGTH].rstrip("-._")


def new_id(taken: Callable[[str], bool], *texts: str, fallback: str) -> str:
    """An id made of the first text that gives one, numbered if it is taken."""
    base = next(filter(None, map(slug, texts)), fallback)
    if not taken(base):
        return base
    number = 2
    while taken(f"{base}-{number}"):
        number += 1
    return f"{base}-{number}"
