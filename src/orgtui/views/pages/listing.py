"""Fields as entries of a page, and lists with a line that adds to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from orgtui.model.sentence import N_, Sentence
from orgtui.views.base.scene import Scene
from orgtui.views.pages.fields import Field, MultipleChoice
from orgtui.views.pages.page import Entry

LabelledEntries = tuple[Sentence, Iterable[Entry]]
"""A label and the entries below it."""

NOT_SAID = N_("not said")


def field_entries(scene: Scene, field: Field, shown: str | None = None) -> LabelledEntries:
    """A field with its value as entries; `shown` replaces the text of the value."""
    if shown is not None:
        entries = [Entry(shown)]
    else:
        words = [] if field.kind is None else field.kind.words(scene, field.now)
        entries = [Entry(text, target) for text, target in words]
    entries = entries or [Entry(scene.say(NOT_SAID), role="dim")]
    return field.label, [each._replace(field=_of_entry(field, each)) for each in entries]


def _of_entry(field: Field, entry: Entry) -> Field:
    """The field for the line of one entry, with the removal of one of several choices."""
    if not isinstance(field.kind, MultipleChoice) or len(field.now) <= field.kind.least:
        return field
    others = tuple(ref for ref in field.now if ref != entry.target)
    return replace(field, removal=field.proposal(others))


def listing(scene: Scene, label: Sentence, entries: Iterable[Entry], add: Field) -> LabelledEntries:
    """Entries, and below them a line that adds another one."""
    return label, [*entries, Entry(scene.translate(add.label), None, add, "dim")]
