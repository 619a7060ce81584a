"""Texts of any script in Latin letters."""

from __future__ import annotations

import re
import unicodedata

CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as a part of a regular expression's set."""

_CJK_RUN = re.compile(rf"[{CJK}]+")
_SPELLED = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def romanise(text: str) -> str:
    """A text in Latin letters: Chinese as pinyin, accents dropped, letters such as ß and ø spelled out.

    The first Chinese text imports pypinyin (0.2 s).
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    if _CJK_RUN.search(plain):
        from pypinyin import lazy_pinyin

        plain = _CJK_RUN.sub(lambda found: f" {' '.join(lazy_pinyin(found[0]))} ", plain)
    decomposed = unicodedata.normalize("NFD", plain.translate(_SPELLED))
    return " ".join("".join(each for each in decomposed if not unicodedata.combining(each)).split())
