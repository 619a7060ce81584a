"""The order in which people read findings: the gravest first, then by principle, then by names."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from orgtui.model.sentence import Ref
from orgtui.rules.difference import ReportedFinding
from orgtui.rules.policy import SEVERITIES
from orgtui.views.base.matching import folded, natural


def finding_order(names: Callable[[Ref], str]) -> Callable[[ReportedFinding], Any]:
    """A key that sorts findings: accepted ones last, errors first, then by code and by names."""

    def key(reported: ReportedFinding) -> Any:
        finding = reported.finding
        subjects = [_place(names(ref), ref) for ref in finding.subjects]
        gravity = SEVERITIES.index(reported.severity)
        return not reported.counts, gravity, finding.code, subjects, finding.subjects

    return key


@lru_cache(maxsize=1 << 16)
def _place(name: str, ref: Ref) -> Any:
    """The place of a name among others; of one in another script that of its id, which spells it."""
    plain = folded(name)
    return natural(plain if plain.isascii() else ref.id)
