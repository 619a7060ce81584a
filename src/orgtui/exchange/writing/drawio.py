"""The format `drawio`: every picture as a page of shapes for draw.io, to be moved about and edited there.

The format is published at https://www.drawio.com/docs/reference/file-format/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from xml.etree.ElementTree import Element, SubElement, tostring

from orgtui.exchange.writing.drawing.funnel import draw_funnel
from orgtui.exchange.writing.drawing.knowledge import draw_knowledge
from orgtui.exchange.writing.drawing.measure import text_width, wrapped
from orgtui.exchange.writing.drawing.shapes import Anchor, Box, Connector, Drawing, LineStyle, Role, Words
from orgtui.exchange.writing.drawing.tree import draw_tree
from orgtui.exchange.writing.drawing.waves import draw_waves
from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.report import KnowledgeLink, Report
from orgtui.locales import translate
from orgtui.model.sentence import sentence

BOLD, ITALIC, STRUCK = 1, 2, 8
"""What `fontStyle` adds up."""

TONES = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#777777")
TINT = 16
"""How much of an area's colour lies under words, in per cent."""
GROUND = "#F3F5F7"
ACCENT = "#00609E"
BORDERS: Mapping[Role, str] = {
    "plain": "#C3CAD2",
    "dim": "#DDE2E7",
    "heading": "#7A8592",
    "new": ACCENT,
    "moved": ACCENT,
    "changed": ACCENT,
    "gone": "#8A939E",
    "vacant": "#8A939E",
    "error": "#A32018",
    "warning": "#7A4C00",
    "advice": "#4F5865",
}
LETTERS: Mapping[Role, str] = {
    **BORDERS,
    "plain": "#1D232C",
    "dim": "#4F5865",
    "heading": "#10151B",
    "gone": "#4F5865",
    "vacant": "#4F5865",
}
"""The colours of pictures on white, as in templates/drawing.css; draw.io turns them over on dark screens."""

DASHES: Mapping[LineStyle, Mapping[str, str | float]] = {
    "solid": {},
    "dashed": {"dashed": 1},
    "dotted": {"dashed": 1, "dashPattern": "1 3"},
}

HEADLINE_PT, LEGEND_PT = 13.0, 9.5

MOST_PAGES = 60
"""Of more pages of the teams before than this only the overview is in the file: draw.io stays quick."""

MAX_LINKS = 12
"""With more lines of knowledge than this on a page, their layer is not shown until somebody wants it."""

Style = Mapping[str, str | float]


def write(report: Report, options: Options) -> Files:
    """One file with a page for each picture: the teams after, before and by wave, the funnel, knowledge."""
    file = Element("mxfile", host="orgtui", compressed="false")
    for number, drawing in enumerate(_drawings(report)):
        links = report.after.knowledge.links if drawing.key.startswith("tree-after") else ()
        _Page(file, drawing, number, report.headline if number == 0 else "", links).draw()
    return {"pictures.drawio": tostring(file, encoding="utf-8", xml_declaration=True)}


def _drawings(report: Report) -> Iterator[Drawing]:
    """The pictures in the order of the pages."""
    yield from draw_tree(report, "after")
    if report.has_plan:
        before = draw_tree(report, "before")
        yield from before if len(before) <= MOST_PAGES else before[:1]
        yield from draw_waves(report)
    yield from draw_funnel(report, report.after, "after")
    yield from draw_knowledge(report, report.after, "after")


class _Page:
    """A drawing as cells of one page. Lengths stay points: draw.io counts in pixels of that size."""

    def __init__(
        self, file: Element, drawing: Drawing, number: int, headline: str, links: Iterable[KnowledgeLink]
    ) -> None:
        self.drawing = drawing
        self.prefix = f"p{number}"
        self.headline = headline
        self.links = links
        self.boxes = {box.id: box for box in drawing.boxes if box.id}
        self.cells: dict[str, str] = {}
        page = SubElement(file, "diagram", id=self.prefix, name=drawing.title)
        size = {"pageWidth": _length(drawing.width), "pageHeight": _length(drawing.height)}
        model = SubElement(page, "mxGraphModel", {"grid": "1", "page": "1", "math": "0", **size})
        self.root = SubElement(model, "root")
        self.count = 0

    def draw(self) -> None:
        """Add every cell: lines on layers below that of the boxes, each box with its words inside."""
        top = self._cell(None)
        lines = self._cell(top)
        links = [link for link in self.links if self.boxes.keys() >= {*self._boxes_of(link)}]
        if links:
            legend = translate(sentence("dotted line: knowledge shared"))
            shown = {} if len(links) <= MAX_LINKS else {"visible": "0"}
            knowledge = self._cell(top, value=legend, **shown)
            self._words([Words(30, self.drawing.height, legend, LEGEND_PT, "dim")], knowledge, 0, 0)
        layer = self._cell(top)
        parents = dict(self._parents())
        for number, box in enumerate(self.drawing.boxes):
            inside = parents.get(number)
            self._box(box, layer if inside is None else self.cells[inside.id], inside)
        for connector in self.drawing.connectors:
            self._connector(connector, lines)
        for link in links:
            self._link(link, knowledge)
        self._rows(self.drawing.words, layer, 0, 0)
        if self.headline:
            texts = wrapped(self.headline, self.drawing.width, HEADLINE_PT, is_bold=True)
            top_y = -1.5 * HEADLINE_PT * len(texts)
            for line, text in enumerate(texts):
                words = Words(30, top_y + 1.5 * HEADLINE_PT * (line + 1), text, HEADLINE_PT, "heading")
                self._words([words], layer, 0, 0)

    def _parents(self) -> Iterator[tuple[int, Box]]:
        """By the place of a box without an id the box with one that it lies in, if it does."""
        for number, box in enumerate(self.drawing.boxes):
            if not box.id:
                around = (each for each in self.drawing.boxes[:number] if each.id and _lies_in(box, each))
                inner = min(around, key=lambda each: each.width * each.height, default=None)
                if inner is not None:
                    yield number, inner

    def _cell(self, parent: str | None, **attributes: str) -> str:
        """Add a cell that has no geometry, and give its id."""
        return self._add(parent, attributes).attrib["id"]

    def _add(self, parent: str | None, attributes: Mapping[str, str]) -> Element:
        identity = f"{self.prefix}-{self.count}"
        self.count += 1
        inside = {} if parent is None else {"parent": parent}
        return SubElement(self.root, "mxCell", {"id": identity, **attributes, **inside})

    def _vertex(
        self, parent: str, value: str, style: str, x: float, y: float, width: float, height: float
    ) -> str:
        cell = self._add(parent, {"value": value, "style": style, "vertex": "1"})
        place = {"x": x, "y": y, "width": width, "height": height}
        SubElement(
            cell,
            "mxGeometry",
            {name: _length(value) for name, value in place.items()} | {"as": "geometry"},
        )
        return cell.attrib["id"]

    def _box(self, box: Box, parent: str, inside: Box | None) -> None:
        fill = GROUND if box.tone is None else TONES[box.tone % len(TONES)]
        style: Style = {
            "rounded": int(box.is_rounded and box.tone is None),
            "absoluteArcSize": 1,
            "arcSize": 10,
            "fillColor": fill if box.is_filled else "none",
            "fillOpacity": TINT if box.tone is not None and box.words else 100,
            "strokeColor": "none" if box.tone is not None and not box.id else BORDERS[box.role],
            "strokeWidth": 2.5 if box.is_strong else 1,
            "container": int(bool(box.id)),
            "collapsible": 0,
            "html": 0,
            **DASHES[box.style],
        }
        x, y = (box.x - inside.x, box.y - inside.y) if inside else (box.x, box.y)
        cell = self._vertex(parent, "", _style(style), x, y, box.width, box.height)
        if box.id:
            self.cells[box.id] = cell
        self._rows(box.words, cell, box.x, box.y)

    def _rows(self, words: Iterable[Words], parent: str, x: float, y: float) -> None:
        """Words that follow each other on one line become one text, so that it is moved and edited as one."""
        row: list[Words] = []
        for each in words:
            if row and not _follows(row[-1], each):
                self._words(row, parent, x, y)
                row = []
            row.append(each)
        if row:
            self._words(row, parent, x, y)

    def _words(self, row: list[Words], parent: str, x: float, y: float) -> None:
        first, text = row[0], " ".join(each.text for each in row)
        is_struck = any(each.is_struck or each.role == "gone" for each in row)
        font = BOLD * (first.is_bold or first.role == "heading")
        font += ITALIC * (row[-1].role == "vacant") + STRUCK * is_struck
        style = _words_style(first.anchor, first.size, row[-1].role, font)
        width = text_width(text, first.size, is_bold=bool(font & BOLD)) + 2
        left = first.x - {"start": 0, "middle": width / 2, "end": width}[first.anchor]
        self._vertex(parent, text, style, left - x, first.y - first.size - y, width, first.size * 1.3)

    def _connector(self, connector: Connector, parent: str) -> None:
        style: Style = {
            "edgeStyle": "none",
            "curved": int(connector.is_curved),
            "rounded": 0,
            "strokeColor": BORDERS[connector.role],
            "strokeWidth": connector.width,
            "endArrow": "classic" if connector.has_arrow else "none",
            "startArrow": "classic" if connector.has_arrow_back else "none",
            "html": 0,
            **DASHES[connector.style],
            **self._ends(connector),
        }
        points = connector.points
        cell = self._edge(parent, "", style, connector.source, connector.target)
        geometry = SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        _point(geometry, points[0], "sourcePoint")
        _point(geometry, points[-1], "targetPoint")
        if points[1:-1]:
            between = SubElement(geometry, "Array", {"as": "points"})
            for point in points[1:-1]:
                _point(between, point)

    def _ends(self, connector: Connector) -> Style:
        """Where a line leaves and enters its boxes, as parts of their width and height."""
        ends: dict[str, float] = {}
        sides = (("exit", connector.source, 0), ("entry", connector.target, -1))
        for side, identity, place in sides:
            box = self.boxes.get(identity)
            if box is not None and box.width and box.height:
                x, y = connector.points[place]
                ends[f"{side}X"] = min(1, max(0, round((x - box.x) / box.width, 3)))
                ends[f"{side}Y"] = min(1, max(0, round((y - box.y) / box.height, 3)))
        return ends

    def _boxes_of(self, link: KnowledgeLink) -> tuple[str, str]:
        """The ids of the boxes of the two teams."""
        return f"after-{link.source}", f"after-{link.target}"

    def _link(self, link: KnowledgeLink, parent: str) -> None:
        """A dotted line between two teams; the web of knowledge says what they share."""
        style: Style = {
            "edgeStyle": "orthogonalEdgeStyle",
            "rounded": 1,
            "exitX": 0.6,
            "exitY": 1,
            "entryX": 0.4,
            "entryY": 1,
            "strokeColor": LETTERS["dim"],
            "endArrow": "open",
            "startArrow": "open" if link.both_ways else "none",
            **DASHES["dotted"],
        }
        cell = self._edge(parent, "", style, *self._boxes_of(link))
        SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})

    def _edge(self, parent: str, value: str, style: Style, source: str, target: str) -> Element:
        ends = {"source": self.cells.get(source), "target": self.cells.get(target)}
        attributes = {"value": value, "style": _style(style), "edge": "1"}
        return self._add(parent, attributes | {name: cell for name, cell in ends.items() if cell})


@cache
def _words_style(anchor: Anchor, size: float, role: Role, font: int) -> str:
    """How words look; `font` is the sum of what `fontStyle` adds up."""
    return _style(
        {
            "shape": "label",
            "fillColor": "none",
            "strokeColor": "none",
            "align": {"start": "left", "middle": "center", "end": "right"}[anchor],
            "verticalAlign": "middle",
            "spacing": 0,
            "fontSize": size,
            "fontColor": LETTERS[role],
            "fontStyle": font,
            "html": 0,
        }
    )


def _lies_in(box: Box, other: Box) -> bool:
    is_across = other.x <= box.x and box.x + box.width <= other.x + other.width
    return is_across and other.y <= box.y and box.y + box.height <= other.y + other.height


def _follows(one: Words, other: Words) -> bool:
    """Whether a text goes on where another ends: a sign and a name, not two columns of a table."""
    gap = other.x - one.x - text_width(one.text, one.size, is_bold=one.is_bold)
    return one.y == other.y and one.anchor == other.anchor == "start" and gap < other.size


def _style(style: Style) -> str:
    return "".join(
        f"{name}={value if isinstance(value, str) else _length(value)};" for name, value in style.items()
    )


def _length(value: float) -> str:
    return f"{round(value, 3):g}"


def _point(parent: Element, point: tuple[float, float], role: str = "") -> None:
    x, y = point
    SubElement(parent, "mxPoint", {"x": _length(x), "y": _length(y)} | ({"as": role} if role else {}))
