"""The look of all slides, set once in theme and master, so that slides added later look the same."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION
from pptx.oxml.ns import qn
from pptx.util import Pt

from orgtui.exchange.writing.slides.parts import HEIGHT, INNER, MARGIN, WIDTH
from orgtui.exchange.writing.slides.titles import LARGEST, TITLE_TOP

COVER, CONTENT = 0, 5
"""The layouts of the template that are used: one with a subtitle, one with a title alone."""

LATIN, EAST_ASIAN = "Arial", "Microsoft YaHei"
COLOURS = {
    "dk1": "1F2933",
    "lt1": "FFFFFF",
    "dk2": "52606D",
    "lt2": "F4F6F8",
    "accent1": "0072B2",
    "accent2": "D55E00",
    "accent3": "009E73",
    "accent4": "CC79A7",
    "accent5": "E69F00",
    "accent6": "56B4E9",
    "hlink": "0072B2",
    "folHlink": "52606D",
}
"""The colours of the theme; the accents are Okabe and Ito's, of which slides use the first."""

FOOTER_TOP, FOOTER_HEIGHT = 517.0, 16.0


def apply_theme(presentation: Any, language: str) -> None:
    """Make a presentation 16:9 with our colours and fonts."""
    widen = WIDTH / presentation.slide_width.pt
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    presentation.part._element.sldSz.attrib.pop("type", None)
    master = presentation.slide_master
    for layout in (master, *presentation.slide_layouts):
        for shape in layout.shapes:
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = round(shape.left * widen), round(shape.width * widen)
    _set_master(master)
    part = master.part.part_related_by(RELATION.THEME)
    part._blob = _themed(part.blob)


def _set_master(master: Any) -> None:
    places = {
        "title": (MARGIN, TITLE_TOP, INNER, 2 * LARGEST * 1.25),
        "ftr": (MARGIN, FOOTER_TOP, INNER - 100, FOOTER_HEIGHT),
        "sldNum": (WIDTH - MARGIN - 90, FOOTER_TOP, 90, FOOTER_HEIGHT),
    }
    for shape in master.placeholders:
        kind = shape._element.ph.get("type")
        if kind not in places:
            continue
        shape.left, shape.top, shape.width, shape.height = map(Pt, places[kind])
        body = shape._element.txBody.find(qn("a:bodyPr"))
        for side in ("lIns", "rIns", "tIns", "bIns"):
            body.set(side, "0")
        body.set("anchor", "t" if kind == "title" else "ctr")
        for style in shape._element.txBody.iter(qn("a:lvl1pPr")):
            style.set("algn", "r" if kind == "sldNum" else "l")
            style.find(qn("a:defRPr")).set("sz", "1050")
    title = master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", str(round(LARGEST * 100)))
    title.find(qn("a:defRPr")).set("b", "1")


def _themed(blob: bytes) -> bytes:
    theme = etree.fromstring(blob)
    for name, colour in COLOURS.items():
        entry = next(theme.iter(qn(f"a:{name}")))
        entry[:] = [etree.Element(qn("a:srgbClr"), val=colour)]
    for fonts in (*theme.iter(qn("a:majorFont")), *theme.iter(qn("a:minorFont"))):
        fonts.find(qn("a:latin")).set("typeface", LATIN)
        fonts.find(qn("a:ea")).set("typeface", EAST_ASIAN)
        for script in fonts.findall(qn("a:font")):
            if script.get("script") == "Hans":
                script.set("typeface", EAST_ASIAN)
    themed: bytes = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    return themed
