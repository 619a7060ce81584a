"""What stands in cells: levels, shares, yes and no, rhythms, numbers, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping

from orgtui.exchange.roster.states import NO, YES, fold_word
from orgtui.exchange.roster.texts import clean, fold
from orgtui.model.records import Cadence

LEVELS: Mapping[str, int] = {
    fold_word(word): level
    for level, words in enumerate(
        (
            ("none", "no", "keine", "无", "不会", "不了解"),
            ("aware", "awareness", "beginner", "novice", "anfänger", "einsteiger", "了解", "入门", "初学"),
            ("basic", "basics", "foundation", "grundkenntnisse", "grundlagen", "基础", "初级", "一般"),
            ("intermediate", "practitioner", "competent", "solid", "mittel", "gut", "掌握", "中级", "良好"),
            ("advanced", "proficient", "skilled", "fortgeschritten", "sehr gut", "熟练", "高级", "熟悉"),
            ("expert", "master", "mastery", "experte", "expertin", "exzellent", "精通", "专家", "资深"),
        )
    )
    for word in words
}
"""The levels of skills in words: 0 none to 5 expert."""

_CADENCE_WORDS: Mapping[Cadence, str] = {
    "weekly": "weekly, week, every week, wöchentlich, 每周, 周, 周度",
    "monthly": "monthly, month, every month, monatlich, 每月, 月, 月度",
    "quarterly": "quarterly, quarter, every quarter, vierteljährlich, quartal, 每季度, 每季, 季度, 季",
    "yearly": "yearly, year, annual, annually, jährlich, 每年, 年, 年度",
}
CADENCES: Mapping[str, Cadence] = {
    fold_word(word): cadence for cadence, words in _CADENCE_WORDS.items() for word in words.split(", ")
}
"""Rhythms in words."""

_LEVEL = re.compile(r"(?:level|lvl|stufe|等级|l)?\s*([0-5])(?:\.0+)?(?:\s*/\s*5|\s*级)?", re.IGNORECASE)
_STARS = re.compile(r"([★⭐*]{1,5})☆*")
_PLAIN = re.compile(r"\d{1,3}(?:[.,]\d{1,6})?")
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,9})?")
_THOUSANDS = re.compile(r"(?<=\d)[,' ](?=\d{3}(?:\D|$))")
_BETWEEN = re.compile(r"\s*[,;，；、\n|]\s*|\s+/\s+")


def level_of(cell: str) -> int | None:
    """A level from 0 to 5, written as a number, `L3`, `3/5`, `3级`, stars or a word; None if it is none."""
    text = fold(cell)
    found = _LEVEL.fullmatch(text)
    if found is not None:
        return int(found[1])
    stars = _STARS.fullmatch(cell.strip())
    return len(stars[1]) if stars is not None else LEVELS.get(fold_word(cell))


def plain_share(cell: str) -> float | None:
    """The number of a share without a percent sign; None for anything else."""
    text = fold(cell)
    return float(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def share_of(cell: str, *, is_percent: bool) -> int | None:
    """A share of a week in whole percents; a plain number is one of percents if `is_percent`.

    None for what is no share, or more than a full week.
    """
    text = fold(cell)
    number = plain_share(text.rstrip("% "))
    if number is None:
        return None
    percent = round(number if "%" in text or is_percent else number * 100)
    return percent if 0 <= percent <= 100 else None


def truth_of(cell: str) -> bool | None:
    """Yes or no; None for anything else."""
    folded = fold_word(cell)
    return True if folded in YES else False if folded in NO else None


def cadence_of(cell: str) -> Cadence | None:
    """A rhythm; None for what is none."""
    return CADENCES.get(fold_word(cell))


def number_of(cell: str) -> int | float | None:
    """A number, thousands apart or not, also with a percent sign, which is dropped; None if it is none."""
    text = _THOUSANDS.sub("", fold(cell)).rstrip("% ")
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return None
    return float(text) if "." in text else int(text)


def list_of(cell: str) -> list[str]:
    """The entries of a cell with commas, semicolons, bars or lines between, each once."""
    return list(dict.fromkeys(each for each in map(clean, _BETWEEN.split(cell)) if each))
