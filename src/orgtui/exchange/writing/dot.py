"""The format `dot`: one graph for Graphviz, with a cluster for each division."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from orgtui.exchange.writing.chart.cards import Card
from orgtui.exchange.writing.chart.sheets import Sheet, is_wide, packed, whole_sheet
from orgtui.exchange.writing.drawing.measure import wrapped
from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.report import Mark, Report

SIZE = 11.0
CARD_WIDTH = 190.0
CAPTION_WIDTH = 620.0

MOST_ORTHOGONAL = 300
"""With more cards than this, lines are straight: Graphviz takes long to lay orthogonal ones."""

FONT = "Helvetica,Arial,Noto Sans CJK SC,sans-serif"

Attributes = Mapping[str, str | float]

GRAPH: Attributes = {
    "labelloc": "t",
    "labeljust": "l",
    "fontname": FONT,
    "fontsize": SIZE + 1,
    "nodesep": 0.3,
    "ranksep": 0.5,
}
NODE: Attributes = {
    "shape": "box",
    "style": "rounded,filled",
    "fillcolor": "#ffffff",
    "color": "#9aa3ad",
    "margin": "0.16,0.1",
    "fontname": FONT,
    "fontsize": SIZE,
    "fontcolor": "#1b1f24",
}
EDGE: Attributes = {
    "arrowhead": "none",
    "color": "#9aa3ad",
    "fontname": FONT,
    "fontsize": SIZE - 1,
    "fontcolor": "#40474f",
}
DIVISION: Attributes = {"label": "", "style": "rounded", "color": "#d5dade"}
KNOWLEDGE: Attributes = {
    "style": "dotted",
    "color": "#40474f",
    "arrowhead": "vee",
    "constraint": "false",
    "weight": 0,
}
"""Topics are tooltips: beside boxes that stand close their words would cover names."""

STYLES: Mapping[Mark | None, Attributes] = {
    None: {},
    "new": {"color": "#0067a8", "fillcolor": "#e6f1f8", "penwidth": 2},
    "moved": {"color": "#0067a8", "fillcolor": "#e6f1f8", "penwidth": 2},
    "changed": {"color": "#0067a8", "penwidth": 2},
    "gone": {"style": "rounded,dashed", "color": "#6b737c", "fontcolor": "#565d66"},
}
FOCUS: Attributes = {"penwidth": 4}

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})
"""Graphviz reads escapes and entities in labels."""


def write(report: Report, options: Options) -> Files:
    """The tree as a graph in which names are text, whatever they mean to Graphviz."""
    return {"tree.dot": ("\n".join(_lines(whole_sheet(report))) + "\n").encode()}


def label(texts: Iterable[str], width: float = CARD_WIDTH) -> str:
    """Texts as lines of a label, aligned to the left; what is wider than `width` points is wrapped."""
    lines = (line for text in texts for line in wrapped(text, width, SIZE))
    return "".join(f"{line.translate(_ESCAPES)}\\l" for line in lines)


def _lines(sheet: Sheet) -> Iterator[str]:
    legend = packed(sheet.legend, CAPTION_WIDTH, SIZE)
    caption = label((*sheet.caption, *legend, ""), CAPTION_WIDTH)
    yield "digraph tree {"
    direction = "LR" if is_wide(sheet.cards) else "TB"
    splines = "ortho" if len(sheet.cards) <= MOST_ORTHOGONAL else "polyline"
    yield f"  graph {_attributes(GRAPH, rankdir=direction, splines=splines, label=caption)}"
    yield f"  node {_attributes(NODE)}"
    yield f"  edge {_attributes(EDGE)}"
    for number, division in enumerate(_divisions(sheet.cards)):
        nodes = [f"  {card.key} {_attributes(STYLES[card.mark], **_node(card))}" for card in division]
        if len(nodes) > 1:
            nodes = [f"  subgraph cluster_{number} {{", f"  graph {_attributes(DIVISION)}", *nodes, "  }"]
        yield from nodes
    for card in sheet.cards:
        if card.parent is not None:
            style: Attributes = {"style": "dashed"} if card.mark == "gone" else {}
            yield f"  {card.parent} -> {card.key} {_attributes(style)}"
    for link in sheet.links:
        back: Attributes = {"dir": "both", "arrowtail": "vee"} if link.both_ways else {}
        line = _attributes(KNOWLEDGE, tooltip=label([link.label]), **back)
        yield f"  {link.source} -> {link.target} {line}"
    yield "}"


def _attributes(attributes: Attributes, **others: str | float) -> str:
    """A list of attributes; values are quoted. A text that is no label has to be safe already."""
    values = (f'{name}="{value}"' for name, value in {**attributes, **others}.items())
    return f"[{', '.join(values)}]"


def _node(card: Card) -> Attributes:
    about = (card.about,) if card.about else ()
    seats = ("", *(line.text for line in card.lines)) if card.lines else ()
    text = label((card.heading, *about, *seats))
    return {"label": text, **(FOCUS if card.is_focus else {})}


def _divisions(cards: Sequence[Card]) -> Iterator[list[Card]]:
    """The cards below each card of the first level with it, and the top alone."""
    tops = {card.key for card in cards if card.parent is None}
    division: list[Card] = []
    for card in cards:
        if card.parent is None or card.parent in tops:
            if division:
                yield division
            division = []
        division.append(card)
    if division:
        yield division
