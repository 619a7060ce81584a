"""Choices as rows: records and others with a name, filtered by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from orgtui.model.sentence import Ref
from orgtui.views.base.matching import Finder, Query, folded, highlighted, searched
from orgtui.views.base.row import Row, Span
from orgtui.views.base.scene import Scene

CHOICES_MAX = 200
"""How many matching rows are shown at most."""


class Choice(NamedTuple):
    """A choice: what it refers to, its name, a note that distinguishes it from others, and its sign."""

    ref: Ref
    name: tuple[Span, ...]
    note: str = ""
    sign: str = ""


class Choices:
    """Choices as rows."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self.choices = choices

    def __len__(self) -> int:
        return len(self.choices)

    def ref(self, index: int) -> Ref | None:
        return self.choices[index].ref

    def row(self, index: int, width: int) -> Row:
        ref, name, note, sign = self.choices[index]
        return Row(ref, name, (Span(note, "dim"),), Span(sign))

    def index_of(self, ref: Ref) -> int | None:
        return next((index for index, choice in enumerate(self.choices) if choice.ref == ref), None)


NoteOf = Callable[[Ref], str]
"""What is to be said of a choice beside its team; nothing to be said is empty."""


def choice(scene: Scene, ref: Ref, typed: str = "", said: str = "") -> Choice:
    """The choice of a named record, with its team as note and the typed text highlighted in its name.

    What is `said` of it comes before the team.
    """
    name = highlighted(scene.names(ref), typed)
    record = (
        scene.organization.tables[ref.kind].get(ref.id) if ref.kind in scene.organization.tables else None
    )
    above = getattr(record, "parent" if ref.kind == "team" else "team", None)
    signs = {"team": scene.signs.unfolded, "function": scene.signs.function}
    place = "" if above is None else scene.name("team", above)
    return Choice(ref, name, "  ".join(filter(None, (said, place))), signs.get(ref.kind, ""))


def name_filter(scene: Scene, refs: Iterable[Ref], note: NoteOf = lambda ref: "") -> Callable[[str], Choices]:
    """Makes a function that finds the choices among `refs` whose name, id or title fits what is typed.

    The best come first, else their order is kept; at most `CHOICES_MAX` are returned. `note` says something
    of each that is returned.
    """
    refs = list(refs)

    @cache
    def finder() -> Finder[Ref]:
        return Finder({ref: (searched(scene.names(ref)), _further(scene, ref)) for ref in refs})

    def find(typed: str) -> Choices:
        fit = finder().find(typed) if typed else refs
        return Choices([choice(scene, ref, typed, note(ref)) for ref in fit[:CHOICES_MAX]])

    return find


def label_filter(
    labels: Mapping[Ref, str], notes: Mapping[Ref, str] = MappingProxyType({})
) -> Callable[[str], Choices]:
    """Makes a function that finds the choices among labelled ones whose label fits what is typed.

    `notes` says something of some of them.
    """
    known = {ref: searched(label) for ref, label in labels.items()}

    def find(typed: str) -> Choices:
        wanted = Query(typed)
        return Choices(
            [
                Choice(ref, highlighted(labels[ref], typed), notes.get(ref, ""))
                for ref, label in known.items()
                if wanted.fits(label)
            ]
        )

    return find


def _further(scene: Scene, ref: Ref) -> str:
    """The texts beside its name by which a record is found."""
    record = scene.organization.tables["person"].get(ref.id) if ref.kind == "person" else None
    return folded(f"{ref.id} {getattr(record, 'title', None) or ''}")
