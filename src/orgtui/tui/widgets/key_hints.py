"""Which hints of keys are shown in the width that there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Span


class Hint(NamedTuple):
    """A key with what it does.

    `works`: it can be used now; `stays`: it is shown however narrow it is; `does`: the command a click runs.
    """

    words: str
    works: bool
    stays: bool = False
    does: str = ""

    @property
    def span(self) -> Span:
        return Span(self.words, "plain" if self.works else "dim", self.does)


def fitting(hints: Sequence[Hint], width: int) -> Iterable[Hint]:
    """The hints that fit in `width` cells, in their order.

    What stays comes first, then what can be used now, then the others.
    """
    kept = set()
    for at in sorted(range(len(hints)), key=lambda at: (not hints[at].stays, not hints[at].works, at)):
        cells = cell_len(hints[at].words)
        if cells > width:
            break
        kept.add(at)
        width -= cells
    return [hint for at, hint in enumerate(hints) if at in kept]
