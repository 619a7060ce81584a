"""What titles say of who leads."""

from __future__ import annotations

import re

TITLES = (
    r"\b(?:chief|ceo|cmo|president|vorstand|geschäftsführ\w*)\b|首席|总裁|总经理",
    r"\b(?:s?vp|vice president|general manager)\b|副总裁|副总",
    r"\b(?:director|direktor\w*)\b|总监",
    r"\b(?:head|leiter\w*|abteilungsleiter\w*)\b|负责人|部长",
    r"\b(?:lead|leader|teamleiter\w*|team lead|teamlead|supervisor)\b|主管|组长|队长",
)
"""The words of titles that lead, the highest first."""

_RANKS = tuple(re.compile(words, re.IGNORECASE) for words in TITLES)
_NOT_LEADING = re.compile(
    r"\b(?:assistant|deputy|vice head|lead(?:s)? (?:gen\w*|qualif\w*|manag\w*|nurtur\w*))\b|助理|副|线索",
    re.IGNORECASE,
)


def title_rank(title: str | None) -> int | None:
    """How high a title leads, 0 highest; None for one that does not say so."""
    if not title or _NOT_LEADING.search(title):
        return None
    return next((rank for rank, words in enumerate(_RANKS) if words.search(title)), None)
