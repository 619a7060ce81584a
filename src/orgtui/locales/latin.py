"""Texts of any script in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as a part of a regular expression's set."""

_SPELLED = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


@cache
def _cjk_run() -> re.Pattern[str]:
    """Compiled when first needed: its many ranges take a millisecond."""
    return re.compile(rf"[{CJK}]+")


def romanise(text: str) -> str:
    """A text in Latin letters: Chinese as pinyin, accents dropped, letters such as ß and ø spelled out.

    The first Chinese text imports pypinyin (0.2 s).
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    characters = _cjk_run()
    if characters.search(plain):
        from pypinyin import lazy_pinyin

        plain = characters.sub(lambda found: f" {' '.join(lazy_pinyin(found[0]))} ", plain)
    decomposed = unicodedata.normalize("NFD", plain.translate(_SPELLED))
    return " ".join("".join(each for each in decomposed if not unicodedata.combining(each)).split())
