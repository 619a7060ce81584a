"""The pages of the plan: its steps, and one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.lists.plan_list import PlanList
from orgtui.views.lists.wave_page import WaveFacts
from orgtui.views.pages.page import Entry, Line, Page, fact_lines, row_lines, text_lines
from orgtui.views.words.changes import PlanStep, describe_all


def plan_page(
    scene: Scene,
    title: Sentence,
    steps: Iterable[PlanStep],
    waves: Mapping[int, WaveFacts],
    note: str,
    width: int,
) -> Page:
    """The steps of a plan, each a line that leads to its page; a `note` below them if there is one.

    `waves` has what is said of each wave; the line of its caption leads to the page of the wave.
    """
    rows = PlanList(scene, steps, waves)
    lines = [
        replace(line, in_full=rows.in_full(index, width))
        for index, line in enumerate(row_lines(scene, rows, width))
    ]
    if lines and note:
        lines += [Line(), *text_lines(note, width, "dim")]
    return Page(title, lines)


def step_page(scene: Scene, step: PlanStep | None, about: Ref, width: int) -> Page:
    """Everything that a step says: its changes in full, its reason, who made it; nothing once it is gone."""
    lines = () if step is None else step_lines(scene, step, width)
    return Page(sentence("Change {number} of the plan", number=about.id), lines, about)


def step_lines(scene: Scene, step: PlanStep, width: int) -> Iterator[Line]:
    """What a step says: its changes in full, its reason, who made it."""
    for change in step.changes:
        yield from text_lines(describe_all(scene, [change]), width)
    yield Line()
    said = ((sentence("Why"), step.why), (sentence("By"), step.who))
    facts = [(scene.translate(label), [Entry(words)] if words else []) for label, words in said]
    yield from fact_lines(scene, facts, width)
