"""The columns of the funnel pane: how wide names and stages are, and what is said above each stage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orgtui.model.records import Stage
from orgtui.views.base.cells import cell_len, clip, cut

LABEL_MIN_WIDTH = 10
HEAD_LETTERS, HEAD_WIDE_CHARACTERS = 3, 2
"""How many characters a head has at least: of letters, and of wide characters such as Chinese."""

HEAD_MIN_WIDTH = 2
"""Cells of a head where not even that fits."""

_SHORT_FORM = re.compile(r"\s*[(（]([^()（）]{1,8})[)）]\s*$")
"""The short form that a name gives in brackets at its end."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a line in cells: the label, then each stage, which a gap of one cell follows.

    Stages for which there is no room are left out at the end.
    """

    label: int
    stages: tuple[int, ...]


@lru_cache(maxsize=64)
def columns_for(
    width: int, label: int, numbers: tuple[int, ...], least: tuple[int, ...], most: tuple[int, ...]
) -> Columns:
    """The columns for a width: stages get what they need at least, then names what they need, then stages.

    `label` is the width of the widest name; `numbers`, `least` and `most` are what each stage needs for its
    numbers, for a readable head, and may use. Where it is short, heads give way, then stages; never numbers.
    """
    stages = list(least)
    while stages and LABEL_MIN_WIDTH + _reach(stages) > width:
        wide = [at for at, cells in enumerate(stages) if cells > max(numbers[at], HEAD_MIN_WIDTH)]
        if wide:
            stages[max(wide, key=stages.__getitem__)] -= 1
        else:
            stages.pop()
    named = max(LABEL_MIN_WIDTH, min(label, width - _reach(stages)))
    spare = width - named - _reach(stages)
    while spare > 0:
        wider = [at for at, cells in enumerate(stages) if cells < most[at]][:spare]
        if not wider:
            break
        for at in wider:
            stages[at] += 1
        spare -= len(wider)
    return Columns(width if not least else width - _reach(stages) - max(0, spare), tuple(stages))


def _reach(stages: Sequence[int]) -> int:
    """How many cells stages and their gaps take."""
    return sum(stages) + len(stages)


def short_form(name: str) -> str:
    """What a name gives in brackets as its short form; empty if it gives none."""
    found = _SHORT_FORM.search(name)
    return found[1].strip() if found is not None else ""


def least_width(stage: Stage) -> int:
    """The cells that the head of a stage needs to be readable."""
    short = short_form(stage.name)
    if short:
        return min(cell_len(short), 2 * HEAD_LETTERS)
    return cell_len(_beginning(stage.name))


def _beginning(name: str) -> str:
    """The first letters of a name, by which people abbreviate it: `Awa`."""
    return name[: HEAD_WIDE_CHARACTERS if cell_len(name[:1]) == 2 else HEAD_LETTERS]


def most_width(stage: Stage) -> int:
    """The cells that the head of a stage can use: for its name, or the short form that this gives."""
    return cell_len(short_form(stage.name) or stage.name)


def abbreviated(name: str, width: int, ellipsis: str) -> str:
    """A name in at most `width` cells, with a sign where it is cut, unless that leaves too little of it."""
    short = cut(name, width)
    if short == name:
        return name
    if cell_len(short + ellipsis) <= width:
        return short + ellipsis
    return clip(name, width, ellipsis) if width > cell_len(_beginning(name)) else short


def heads(stages: Sequence[Stage], widths: Sequence[int], ellipsis: str = "…") -> list[str]:
    """What is said above each stage in at most so many cells, no two alike.

    The name if it fits, else its short form in brackets, else its beginning, with an `ellipsis` where it is
    longer than the letters that abbreviate it; initials, the id or the number
    of the stage where beginnings are the same.
    """
    said = [next(_forms(stage, width, ellipsis)) for stage, width in zip(stages, widths, strict=True)]
    for other in _OTHERS:
        shared = {head for head in said if said.count(head) > 1}
        if not shared:
            break
        said = [
            cut(other(stage, at), widths[at]) if said[at] in shared else said[at]
            for at, stage in enumerate(stages)
        ]
    return said


def _forms(stage: Stage, width: int, ellipsis: str) -> Iterator[str]:
    short = short_form(stage.name)
    for form in (stage.name, short):
        if form and cell_len(form) <= width:
            yield form
    yield abbreviated(short or stage.name, width, ellipsis)


def _initials(stage: Stage, _: int) -> str:
    return "".join(word[0] for word in stage.name.split()).upper()


_OTHERS: tuple[Callable[[Stage, int], str], ...] = (
    _initials,
    lambda stage, _: stage.id,
    lambda _, at: str(at + 1),
)
