"""Descriptions of changes, from the templates of their operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from orgtui.changes.base import Change, semantic_types_of
from orgtui.changes.parse import change_to_mapping, fields_to_mapping, parse_change
from orgtui.changes.semantic_types import ReferenceTo, SemanticType, ValueType
from orgtui.model.sentence import N_, Money, Ref, Sentence, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.words.records import field_label

ChangeMapping = Mapping[str, object]
"""A change as plan files hold it: its operation under `op`, and its fields."""


class PlanStep(Protocol):
    """Changes made together: one step of undo."""

    @property
    def number(self) -> int: ...
    @property
    def changes(self) -> Sequence[Change | ChangeMapping]: ...
    @property
    def why(self) -> str | None: ...
    @property
    def who(self) -> str | None: ...
    @property
    def wave(self) -> int: ...


AND = N_("{said}, {detail}")
TOGETHER = "; "


def describe(change: Change | ChangeMapping, was: ChangeMapping | None = None) -> Sentence:
    """What a change did; `was` are the values that it replaced, if known.

    Raises InvalidChange for a mapping that is no change.
    """
    made = as_change(change)
    semantic_types = semantic_types_of(type(made))
    written = fields_to_mapping(made)
    given = {
        key: _in_words(value, semantic_types.get(key)) for key, value in written.items() if _is_given(value)
    }
    before = None if was is None else was.get("name")
    if before is not None and before != written.get("name"):
        given["before"] = before
    named, said = next((key, words) for key, words in made.says.items() if not key or key in given)
    told = Sentence(said, given)
    for key, words in made.details.items():
        if key in given and key != named:
            told = sentence(AND, said=told, detail=Sentence(words, given))
    return told


def describe_all(scene: Scene, changes: Iterable[Change | ChangeMapping]) -> str:
    """What the changes of a step did, as translated text."""
    made = map(as_change, changes)
    return TOGETHER.join(
        scene.translate(describe(each, each.replaced_values(scene.baseline))) for each in made
    )


def note_names(scene: Scene, changes: Iterable[Change | ChangeMapping]) -> None:
    """Remember the names that changes, in their order, give to what they make and later ones take away."""
    for change in map(as_change, changes):
        name = getattr(change, "name", None) or getattr(change, "title", None)
        if not isinstance(name, str):
            continue
        for ref in mentioned(change):
            if scene.names(ref) == ref.id:
                scene.names.passing.setdefault(ref, name)


def mentioned(change: Change) -> Iterator[Ref]:
    """What a change is about: what its fields refer to, in their order, then what else it overwrites."""
    written, semantic_types = fields_to_mapping(change), semantic_types_of(type(change))
    for key, value in written.items():
        semantic_type = semantic_types.get(key)
        if isinstance(semantic_type, ReferenceTo):
            yield from map(semantic_type.ref, map(str, value if isinstance(value, list) else [value]))
    yield from (Ref.to(cell[0], cell[1]) for cell in change.write_set() if len(cell) > 1)


def as_written(change: Change | ChangeMapping) -> ChangeMapping:
    """A change as plan files hold it."""
    return change_to_mapping(change) if isinstance(change, Change) else change


def as_change(change: Change | ChangeMapping) -> Change:
    """The change of a mapping, or the change itself; raises InvalidChange."""
    return change if isinstance(change, Change) else parse_change(change)


def _is_given(value: object) -> bool:
    return value is not False and value not in ("", [], {})


def _in_words(value: object, semantic_type: SemanticType | None) -> object:
    """The parameter of a sentence for a value of a change, or for each value of a list."""
    if isinstance(value, list):
        return tuple(_in_words(each, semantic_type) for each in value)
    match semantic_type, value:
        case _, {"name": str(name)}:
            return name
        case ReferenceTo(), str():
            return semantic_type.ref(value)
        case ValueType.WORDS, str():
            return Sentence(value)
        case ValueType.TOPIC, str():
            return Ref.to("skill", value)
        case ValueType.KIND, str():
            return Ref.to("kind", value)
        case ValueType.FIELDS, str():
            return field_label(value)
        case ValueType.MONEY, int() | float():
            return Money(value)
        case _, float():
            return f"{value:.2f}".rstrip("0").rstrip(".")
    return value
