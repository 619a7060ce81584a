"""The pictures of a report as SVG files: the teams, the funnel and the web of knowledge."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.exchange.writing.drawing.funnel import draw_funnel
from orgtui.exchange.writing.drawing.knowledge import draw_knowledge
from orgtui.exchange.writing.drawing.shapes import Drawing
from orgtui.exchange.writing.drawing.slots import STATES
from orgtui.exchange.writing.drawing.svg_text import svg_file
from orgtui.exchange.writing.drawing.tree import draw_all_trees
from orgtui.exchange.writing.drawing.waves import draw_waves
from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.report import Report


def write(report: Report, options: Options) -> Files:
    """A file for each page of each picture, named by its key; without a plan one state only."""
    return {f"{drawing.key}.svg": svg_file(drawing) for drawing in _drawings(report)}


def _drawings(report: Report) -> Iterator[Drawing]:
    """The pictures in the order in which they are read: what becomes of the teams first."""
    yield from draw_all_trees(report)
    yield from draw_waves(report)
    states = STATES if report.has_plan else STATES[1:]
    for state in states:
        yield from draw_funnel(report, report.before if state == "before" else report.after, state)
    for state in states:
        yield from draw_knowledge(report, report.before if state == "before" else report.after, state)
