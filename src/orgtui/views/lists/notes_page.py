"""The page of all notes, the latest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from orgtui.model.records import Note
from orgtui.model.sentence import Ref, sentence
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene
from orgtui.views.pages.page import INDENT, Line, Page, link_line, text_lines
from orgtui.views.words.remarks import note_source


def notes_page(scene: Scene, width: int) -> Page:
    """All notes in `width` cells, each below what it is on, which its lines lead to."""
    notes = sorted(scene.organization.notes.values(), key=_day, reverse=True)
    title = sentence("{notes:note|notes}, the latest first", notes=len(notes))
    return Page(title, [line for note in notes for line in _lines(scene, note, width)])


def _day(note: Note) -> date:
    return note.at or date.min


def _lines(scene: Scene, note: Note, width: int) -> Iterator[Line]:
    on = Ref(note.on)
    head = link_line(scene, (Span(scene.names(on), "heading"),), on)
    source = note_source(note)
    yield replace(head, right=(Span(f"{source} ", "dim"), *head.right))
    for line in text_lines(note.text, width, indent=INDENT):
        yield replace(line, target=on)
