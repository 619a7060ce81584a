"""Choices as rows: records and others with a name, filtered by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from orgtui.model.sentence import Ref
from orgtui.views.base.row import Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.lists.find import highlighted

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
    """Makes a function that finds the choices among `refs` whose name or id contains the typed text.

    Names that begin with it come first, else their order is kept; at most `CHOICES_MAX` are returned. `note`
    says something of each that is returned.
    """
    known = {ref: scene.names(ref).casefold() for ref in refs}

    def find(typed: str) -> Choices:
        wanted = typed.casefold()
        fit = [ref for ref, name in known.items() if wanted in name or wanted in ref.id]
        fit.sort(key=lambda ref: not known[ref].startswith(wanted))
        return Choices([choice(scene, ref, typed, note(ref)) for ref in fit[:CHOICES_MAX]])

    return find
