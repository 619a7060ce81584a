"""What each change did, in the words of its operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from orgtui.changes.base import Change, meanings_of
from orgtui.changes.meanings import Holds, Meaning, Refers
from orgtui.changes.parse import change_to_mapping, parse_change, written_fields
from orgtui.model.sentence import N_, Money, Sentence, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.words.records import field_label

ChangeMapping = Mapping[str, object]
"""A change as plans write it: its operation under `op`, then its fields."""


class PlanStep(Protocol):
    """Changes made together; one undo step."""

    @property
    def number(self) -> int: ...
    @property
    def changes(self) -> Sequence[Change | ChangeMapping]: ...
    @property
    def why(self) -> str | None: ...
    @property
    def by(self) -> str | None: ...
    @property
    def wave(self) -> int: ...


AND = N_("{said}, {detail}")
TOGETHER = "; "


def describe(change: Change | ChangeMapping, was: ChangeMapping | None = None) -> Sentence:
    """What a change did; `was` is what it replaced, where that is known.

    Raises InvalidChange for a mapping that is no change.
    """
    made = as_change(change)
    meanings = meanings_of(type(made))
    written = written_fields(made)
    given = {key: _in_words(value, meanings.get(key)) for key, value in written.items() if _is_given(value)}
    before = None if was is None else was.get("name")
    if before is not None and before != written.get("name"):
        given["before"] = before
    told = Sentence(next(words for key, words in made.says.items() if not key or key in given), given)
    for key, words in made.details.items():
        if key in given:
            told = sentence(AND, said=told, detail=Sentence(words, given))
    return told


def describe_all(scene: Scene, changes: Iterable[Change | ChangeMapping]) -> str:
    """What changes made together did."""
    made = map(as_change, changes)
    return TOGETHER.join(scene.translate(describe(each, each.was(scene.baseline))) for each in made)


def as_written(change: Change | ChangeMapping) -> ChangeMapping:
    """A change as plan files write it."""
    return change_to_mapping(change) if isinstance(change, Change) else change


def as_change(change: Change | ChangeMapping) -> Change:
    """A change, itself or as plans write it; raises InvalidChange."""
    return change if isinstance(change, Change) else parse_change(change)


def _is_given(value: object) -> bool:
    return value is not False and value not in ("", [], {})


def _in_words(value: object, meaning: Meaning | None) -> object:
    """What stands in a sentence for a value as it is written, or for each in a list."""
    if isinstance(value, list):
        return tuple(_in_words(each, meaning) for each in value)
    match meaning, value:
        case Refers(), str():
            return meaning.ref(value)
        case Holds.WORDS, str():
            return Sentence(value)
        case Holds.FIELDS, str():
            return field_label(value)
        case Holds.MONEY, int() | float():
            return Money(value)
        case _, float():
            return f"{value:.2f}".rstrip("0").rstrip(".")
    return value
