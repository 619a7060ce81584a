"""One slide of a presentation: its placeholders, cards, connectors and tables as native shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml.ns import qn as qualified
from pptx.util import Pt

from orgtui.exchange.writing.slides.parts import (
    INNER,
    LEADING,
    MARGIN,
    PADDING_X,
    PADDING_Y,
    SMALLEST,
    WIDTH,
    Card,
    Cell,
    Chart,
    Cover,
    Line,
    Look,
    Paragraph,
    Role,
    Run,
    Table,
    height_of,
    words,
)
from orgtui.exchange.writing.slides.tables import HEAD_HEIGHT
from orgtui.exchange.writing.slides.theme import FOOTER_HEIGHT, FOOTER_TOP
from orgtui.exchange.writing.slides.titles import BOTTOM, COVER_SIZES, COVER_TOP, TITLE_TOP, title_size
from orgtui.locales import translate
from orgtui.locales.language import CHINESE
from orgtui.model.sentence import sentence

qn = cache(qualified)

TOP, LEFT, BELOW, RIGHT = range(4)
"""The places of a rectangle where connectors are glued."""

ENDS = {"top": (BELOW, TOP), "joint": (BELOW, RIGHT), "side": (BELOW, LEFT), "left": (LEFT, RIGHT)}
DOT = 2.0

ROUNDING = 4.0
FULL = 100_000
"""Adjustments of connectors are in thousandths of a percent of their extent."""

ROLE_COLOURS: dict[Role, str] = {
    "plain": "tx1",
    "dim": "tx2",
    "mark": "accent1",
    "gone": "tx2",
    "vacant": "tx1",
    "worse": "accent2",
}
BORDERS: dict[Look, tuple[Any, float, Any]] = {
    "team": (MSO_THEME_COLOR.TEXT_2, 0.0, MSO_LINE.SOLID),
    "tile": (MSO_THEME_COLOR.TEXT_2, 0.0, MSO_LINE.SOLID),
    "new": (MSO_THEME_COLOR.ACCENT_1, 1.5, MSO_LINE.SOLID),
    "focus": (MSO_THEME_COLOR.ACCENT_1, 1.5, MSO_LINE.DASH),
    "gone": (MSO_THEME_COLOR.TEXT_2, 1.0, MSO_LINE.ROUND_DOT),
}
"""The colour, width and dashes of the border of a card."""

FOOTERS = {"ftr": (MARGIN, INNER - 100, "l"), "sldNum": (WIDTH - MARGIN - 90, 90.0, "r")}
"""Where the text at the bottom stands: left, width and alignment by kind."""

NUMBER_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
LEAST = 0.5
"""Ends of a connector that are less apart lie in one line."""

Point = tuple[float, float]
Place = tuple[float, float, float, float]
"""Left, top, width and height."""

LINE_RGB = RGBColor(0xB8, 0xC2, 0xCC)  # type: ignore[no-untyped-call]
TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""No fills and no grid."""


def language_tag(language: str) -> str:
    """A language of ours as files of the office name it."""
    return "zh-CN" if language == CHINESE else "en-GB"


class Canvas:
    """A slide that is drawn on."""

    def __init__(self, slide: Any, number: int, layout: Mapping[str, Any], language: str) -> None:
        """`layout` are the placeholders of the slide's layout by kind."""
        self._slide = slide
        self._layout = layout
        self._number = number
        self._shapes = slide.shapes
        self._language = language_tag(language)

    def draw_cover(self, cover: Cover) -> None:
        """The headline, what it is about above and below it, and the numbers."""
        title, subtitle = self._slide.placeholders
        size, height = title_size(cover.title, COVER_SIZES)
        self._place(title, MARGIN, COVER_TOP, INNER, height)
        self._fill(title.text_frame._txBody, (words(cover.title, size, is_bold=True),))
        self._place(subtitle, MARGIN, cover.below_top, INNER, height_of(cover.below, INNER))
        self._fill(subtitle.text_frame._txBody, cover.below)
        above = self._text_box(translate(sentence("Organisation")), COVER_TOP - 50, 24)
        self._fill(above.text_frame._txBody, (words(cover.above, 16, "mark", is_bold=True),))
        for tile in cover.tiles:
            self._card(tile)

    def draw_chart(self, chart: Chart, footer: str) -> None:
        """Cards with the connectors between them; connectors lie below cards."""
        self._title(chart.title)
        shapes = {card.id: self._card(card) for card in chart.cards}
        places = {card.id: (card.x, card.y, card.width, card.height) for card in chart.cards}
        for joint in chart.joints:
            places[joint.id] = (joint.x - DOT / 2, joint.y - DOT / 2, DOT, DOT)
            shapes[joint.id] = self._joint(*places[joint.id])
        for line in chart.lines:
            self._connector(line, places, shapes)
        if chart.legend:
            box = self._text_box(translate(sentence("What the signs say")), BOTTOM + 3, 26)
            self._fill(box.text_frame._txBody, (words(chart.legend, 10.5, "dim"),))
        self._footer(footer)

    def draw_table(self, table: Table, footer: str) -> None:
        """A table that can be edited; its rows are as high as their text."""
        self._title(table.title)
        rows = [(HEAD_HEIGHT, table.head), *table.rows]
        height = sum(each for each, _ in rows)
        frame = self._shapes.add_table(
            len(rows), len(table.widths), Pt(MARGIN), Pt(table.top), Pt(INNER), Pt(height)
        )
        frame.name = table.title
        frame._element._nvXxPr.cNvPr.set("descr", table.title)
        native = frame.table
        tbl = native._tbl
        tbl.tblPr.find(qn("a:tableStyleId")).text = TABLE_STYLE
        tbl.tblPr.set("bandRow", "0")
        for column, width in zip(native.columns, table.widths, strict=True):
            column.width = Pt(width)
        for number, ((row_height, cells), tr) in enumerate(zip(rows, tbl.tr_lst, strict=True)):
            tr.height = Pt(row_height)
            for place, (cell, tc) in enumerate(zip(cells, tr.tc_lst, strict=False)):
                self._cell(cell, tc, is_head=number == 0)
                if cell.is_spanning and len(table.widths) > 1 and place == 0:
                    native.cell(number, 0).merge(native.cell(number, len(table.widths) - 1))
        self._footer(footer)

    def set_notes(self, notes: str) -> None:
        """What the speaker sees; a slide without notes has no page for them."""
        if notes:
            self._fill(self._slide.notes_slide.notes_text_frame._txBody, (words(notes, 12),))

    def _title(self, title: str) -> None:
        shape = self._shapes.title
        size, height = title_size(title)
        self._place(shape, MARGIN, TITLE_TOP, INNER, height)
        self._fill(shape.text_frame._txBody, (words(title, size, is_bold=True),))

    def _text_box(self, name: str, y: float, height: float) -> Any:
        box = self._shapes.add_textbox(0, 0, 0, 0)
        self._place(box, MARGIN, y, INNER, height)
        box.name = name
        return box

    @staticmethod
    def _place(shape: Any, x: float, y: float, width: float, height: float) -> None:
        shape.left, shape.top, shape.width, shape.height = Pt(x), Pt(y), Pt(width), Pt(height)
        body = shape._element.txBody.find(qn("a:bodyPr"))
        for side in ("lIns", "rIns", "tIns", "bIns"):
            body.set(side, "0")
        body.set("anchor", "t")

    def _footer(self, footer: str) -> None:
        """What the slides are about, and the number of this one, in the placeholders of the layout."""
        for kind, (x, width, align) in FOOTERS.items():
            self._shapes.clone_placeholder(self._layout[kind])
            shape = self._shapes[-1]
            shape._element.get_or_add_txBody()
            self._place(shape, x, FOOTER_TOP, width, FOOTER_HEIGHT)
            self._fill(shape._element.txBody, (words(footer, SMALLEST, "dim"),), align)
            if kind == "sldNum":
                run = next(shape._element.iter(qn("a:r")))
                run.tag = qn("a:fld")
                run.set("id", NUMBER_FIELD)
                run.set("type", "slidenum")
                run.find(qn("a:t")).text = str(self._number)

    def _card(self, card: Card) -> Any:
        shape = self._shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE, Pt(card.x), Pt(card.y), Pt(card.width), Pt(card.height)
        )
        shape.adjustments[0] = ROUNDING / min(card.width, card.height)
        shape.name = card.paragraphs[0].text
        element = shape._element
        element.nvSpPr.cNvPr.set("descr", card.alt)
        element.remove(element.find(qn("p:style")))
        shape.fill.solid()
        shape.fill.fore_color.theme_color = (
            MSO_THEME_COLOR.BACKGROUND_1 if card.look == "gone" else MSO_THEME_COLOR.BACKGROUND_2
        )
        colour, width, dash = BORDERS[card.look]
        if width:
            shape.line.color.theme_color = colour
            shape.line.width = Pt(width)
            shape.line.dash_style = dash
        else:
            shape.line.fill.background()
        body = element.txBody.find(qn("a:bodyPr"))
        for side, inset in (
            ("lIns", PADDING_X),
            ("rIns", PADDING_X),
            ("tIns", PADDING_Y),
            ("bIns", PADDING_Y),
        ):
            body.set(side, str(Pt(inset)))
        body.set("anchor", "t")
        self._fill(element.txBody, card.paragraphs)
        return shape

    def _joint(self, *place: float) -> Any:
        shape = self._shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, place))
        shape.name = translate(sentence("Joint of connectors"))
        shape._element.remove(shape._element.find(qn("p:style")))
        shape.fill.solid()
        shape.fill.fore_color.rgb = LINE_RGB
        shape.line.fill.background()
        return shape

    def _connector(self, line: Line, places: Mapping[str, Place], shapes: Mapping[str, Any]) -> None:
        begin, end = ENDS[line.way]
        source, target = places[line.source], places[line.target]
        if line.way == "joint" and target[0] > source[0] + source[2] / 2:
            end = LEFT
        start, stop = _site(source, begin), _site(target, end)
        connector = self._shapes.add_connector(MSO_CONNECTOR.ELBOW, *map(Pt, (*start, *stop)))
        connector.begin_connect(shapes[line.source], begin)
        connector.end_connect(shapes[line.target], end)
        connector.name = f"{shapes[line.source].name} – {shapes[line.target].name}"
        _bend(connector._element, _path(line, start, stop))
        connector._element.remove(connector._element.find(qn("p:style")))
        connector.line.color.rgb = LINE_RGB
        connector.line.width = Pt(1)

    def _cell(self, cell: Cell, tc: Any, *, is_head: bool) -> None:
        paragraphs = cell.paragraphs
        body = tc.get_or_add_txBody()
        self._fill(body, paragraphs, align="r" if cell.is_right else None)
        properties = tc.get_or_add_tcPr()
        for side, inset in (
            ("marL", PADDING_X),
            ("marR", PADDING_X),
            ("marT", PADDING_Y),
            ("marB", PADDING_Y),
        ):
            properties.set(side, str(Pt(inset)))
        properties.set("anchor", "b" if is_head or cell.is_spanning else "t")
        line = etree.SubElement(properties, qn("a:lnB"), w=str(Pt(1 if is_head or cell.is_spanning else 0.5)))
        fill = etree.SubElement(line, qn("a:solidFill"))
        etree.SubElement(fill, qn("a:srgbClr"), val=str(LINE_RGB))

    def _fill(self, body: Any, paragraphs: Sequence[Paragraph], align: str | None = None) -> None:
        """Put paragraphs into a text body in place of what it has; every line has its height in points."""
        for old in body.findall(qn("a:p")):
            body.remove(old)
        properties = body.find(qn("a:bodyPr"))
        if properties is not None:
            properties[:] = []
            properties.set("wrap", "square")
        for paragraph in paragraphs:
            entry = etree.SubElement(body, qn("a:p"))
            style = etree.SubElement(entry, qn("a:pPr"), marL="0", indent="0", algn=align or "l")
            spacing = etree.SubElement(style, qn("a:lnSpc"))
            height = str(round(paragraph.size * LEADING * 100))
            etree.SubElement(spacing, qn("a:spcPts"), val=height)
            before = etree.SubElement(style, qn("a:spcBef"))
            etree.SubElement(before, qn("a:spcPts"), val=str(round(paragraph.gap * 100)))
            etree.SubElement(style, qn("a:buNone"))
            if not paragraph.text:
                etree.SubElement(
                    entry, qn("a:endParaRPr"), lang=self._language, sz=str(round(paragraph.size * 100))
                )
                continue
            for run in paragraph.runs:
                self._text(etree.SubElement(entry, qn("a:r")), run, paragraph.size)

    def _text(self, entry: Any, run: Run, size: float) -> None:
        properties = etree.SubElement(entry, qn("a:rPr"), lang=self._language, dirty="0")
        if self._language != "en-GB":
            properties.set("altLang", "en-GB")
        properties.set("sz", str(round(size * 100)))
        properties.set("b", str(int(run.is_bold)))
        if run.role == "vacant":
            properties.set("i", "1")
        if run.role == "gone":
            properties.set("strike", "sngStrike")
        fill = etree.SubElement(properties, qn("a:solidFill"))
        etree.SubElement(fill, qn("a:schemeClr"), val=ROLE_COLOURS[run.role])
        etree.SubElement(properties, qn("a:latin"), typeface="+mn-lt")
        etree.SubElement(properties, qn("a:ea"), typeface="+mn-ea")
        etree.SubElement(entry, qn("a:t")).text = run.text


def _site(place: Place, number: int) -> Point:
    """The point of a shape where a connector is glued."""
    x, y, width, height = place
    if number in (LEFT, RIGHT):
        return x + (width if number == RIGHT else 0.0), y + height / 2
    return x + width / 2, y + (height if number == BELOW else 0.0)


def _path(line: Line, start: Point, stop: Point) -> tuple[Point, ...]:
    """The points where a connector turns, with both ends."""
    x, (end_x, end_y) = start[0], stop
    if line.way == "top":
        return start, (x, line.level), (end_x, line.level), stop
    return start, (x, end_y), stop


def _bend(connector: Any, path: Sequence[Point]) -> None:
    """Give a connector the shape of a path that leaves upright, or that of a straight line.

    Bent connectors run level at first; one that leaves upright is such a one turned by a quarter to the
    right, so that its width is the height of the path, and mirrored where the path goes to the right.
    """
    (x, y), (end_x, end_y) = path[0], path[-1]
    across, down = end_x - x, end_y - y
    geometry = connector.spPr.prstGeom
    if abs(across) < LEAST or abs(down) < LEAST:
        geometry.set("prst", "straightConnector1")
        return
    geometry.set("prst", f"bentConnector{len(path) - 1}")
    if len(path) == 4:
        turn = round((path[1][1] - y) / down * FULL)
        etree.SubElement(geometry.get_or_add_avLst(), qn("a:gd"), name="adj1", fmla=f"val {turn}")
    frame = connector.spPr.find(qn("a:xfrm"))
    for key in ("flipH", "flipV"):
        frame.attrib.pop(key, None)
    frame.set("rot", "5400000")
    if across > 0:
        frame.set("flipV", "1")
    offset, extent = frame.find(qn("a:off")), frame.find(qn("a:ext"))
    offset.set("x", str(Pt((x + end_x - down) / 2)))
    offset.set("y", str(Pt((y + end_y - abs(across)) / 2)))
    extent.set("cx", str(Pt(down)))
    extent.set("cy", str(Pt(abs(across))))
