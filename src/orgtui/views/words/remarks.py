"""Notes in words: with author and day, and as a quiet sign where what they are on is seen."""

from __future__ import annotations

from orgtui.locales import join_list
from orgtui.model.records import Note
from orgtui.model.sentence import Ref
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene


def note_words(note: Note) -> str:
    """A note with who wrote it and when, as far as that is known."""
    said = note_source(note)
    return f"{note.text} ({said})" if said else note.text


def note_source(note: Note) -> str:
    """Who wrote a note, and when; empty if neither is known."""
    return join_list(str(each) for each in (note.by, note.at) if each is not None)


def notes_on(scene: Scene, ref: Ref) -> list[Note]:
    """The notes on a record, in their order."""
    notes = scene.organization.notes
    keys = scene.organization.index("notes_on", ref)
    return [notes[key] for key in sorted(keys, key=notes.rank)]


def notes_in_full(scene: Scene, *refs: Ref | None) -> tuple[Span, ...]:
    """All notes on some records, behind what a row says in full."""
    notes = [note for ref in refs if ref is not None for note in notes_on(scene, ref)]
    return tuple(Span(f"  {scene.signs.note} {note_words(note)}", "dim") for note in notes)
