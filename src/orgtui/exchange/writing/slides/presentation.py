"""Slides as a PPTX file: the same slides, the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION

from orgtui.exchange.writing.report import Report
from orgtui.exchange.writing.slides.parts import Chart, Cover, Slide, Table
from orgtui.exchange.writing.slides.shapes import Canvas, language_tag
from orgtui.exchange.writing.slides.theme import CONTENT, COVER, apply_theme
from orgtui.locales import translate
from orgtui.model.sentence import sentence

ARCHIVE_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that it says nothing of when it was made."""


def presentation_file(report: Report, slides: Iterable[Slide]) -> bytes:
    """The bytes of a presentation."""
    presentation: Any = pptx.Presentation()
    apply_theme(presentation, report.language)
    _leave_out_what_the_template_brings(presentation)
    footer = report.organization_name if report.plan is None else report.plan.name
    cover, content = presentation.slide_layouts[COVER], presentation.slide_layouts[CONTENT]
    placeholders = {shape._element.ph.get("type"): shape for shape in content.placeholders}
    for number, slide in enumerate(slides, 1):
        added = presentation.slides.add_slide(cover if isinstance(slide, Cover) else content)
        canvas = Canvas(added, number, placeholders, report.language)
        match slide:
            case Cover():
                canvas.draw_cover(slide)
            case Chart():
                canvas.draw_chart(slide, footer)
            case Table():
                canvas.draw_table(slide, footer)
        canvas.set_notes(slide.notes)
    _set_properties(presentation.core_properties, report)
    return _without_clock(presentation)


def _leave_out_what_the_template_brings(presentation: Any) -> None:
    """Take out the picture, the printer and the counts of the template that presentations are made from."""
    package = presentation.part.package
    for owner, kinds in (
        (package, (RELATION.THUMBNAIL, RELATION.EXTENDED_PROPERTIES)),
        (presentation.part, (RELATION.PRINTER_SETTINGS,)),
    ):
        for key, relation in list(owner._rels.items()):
            if relation.reltype in kinds:
                owner._rels.pop(key)


def _set_properties(properties: Any, report: Report) -> None:
    author = (report.plan.author if report.plan else None) or ""
    properties.title = report.headline
    properties.subject = report.organization_name
    properties.author = author
    properties.last_modified_by = author
    properties.language = language_tag(report.language)
    properties.category = translate(sentence("Organisation"))
    properties.comments = ""
    properties.revision = 1
    day = datetime.combine(report.today, time())
    properties.created = day
    properties.modified = day


def _without_clock(presentation: Any) -> bytes:
    made = io.BytesIO()
    presentation.save(made)
    written = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ARCHIVE_DAY)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return written.getvalue()
