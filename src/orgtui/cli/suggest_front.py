"""The plans in a small picture of text: what each leaves against the people it touches."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator, Mapping, Sequence

from orgtui.advice.search.plans import Suggestion
from orgtui.locales import translate
from orgtui.model.sentence import sentence

WIDTH, HEIGHT = 48, 8
"""The cells of the picture between its axes."""

UNICODE_AXES: Mapping[str, str] = {"side": "│", "tick": "┤", "corner": "└", "line": "─", "end": "▶"}
ASCII_AXES: Mapping[str, str] = {"side": "|", "tick": "+", "corner": "+", "line": "-", "end": ">"}


def front_lines(plans: Sequence[Suggestion]) -> Iterator[str]:
    """The picture: points left upwards, people touched to the right, each plan as the number of its id."""
    axes = UNICODE_AXES if codecs.lookup(sys.stdout.encoding).name == "utf-8" else ASCII_AXES
    most_left = max(1, *(plan.penalty for plan in plans))
    most_touched = max(1, *(plan.cost.touched for plan in plans))
    cells = _placed(plans, most_left, most_touched)
    label = len(str(most_left))
    yield translate(sentence("points left"))
    for row in range(HEIGHT):
        height = HEIGHT - 1 - row
        number = {HEIGHT - 1: str(most_left), 0: "0"}.get(height, "")
        there = "".join(cells.get((height, column), " ") for column in range(WIDTH))
        yield f"{number:>{label}} {axes['tick' if number else 'side']}{there.rstrip()}".rstrip()
    line = axes["line"] * WIDTH
    touched = translate(sentence("people touched"))
    yield f"{'':>{label}} {axes['corner']}{line}{axes['end']} {touched}"
    yield f"{'':>{label}}  0{most_touched:>{WIDTH - 1}}"


def _placed(plans: Sequence[Suggestion], most_left: int, most_touched: int) -> dict[tuple[int, int], str]:
    """The signs of the plans by row, from below, and column; one that is taken gives way to the right."""
    cells: dict[tuple[int, int], str] = {}
    for plan in sorted(plans, key=lambda plan: (plan.cost.touched, plan.penalty, plan.id)):
        row = round(plan.penalty * (HEIGHT - 1) / most_left)
        sign = plan.id.lstrip("p")
        column = min(round(plan.cost.touched * (WIDTH - 1) / most_touched), WIDTH - len(sign))
        while any((row, column + place) in cells for place in range(len(sign))):
            column += 1
        cells |= {(row, column + place): each for place, each in enumerate(sign)}
    return cells
