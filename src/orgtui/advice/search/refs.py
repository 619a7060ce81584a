"""What a change names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orgtui.changes.base import Change, semantic_types_of
from orgtui.changes.semantic_types import ReferenceTo
from orgtui.model.sentence import Ref


def refs_of(change: Change) -> Iterator[Ref]:
    """Every thing that a change names, new ones too."""
    names = {key: name for name, key in change.keys.items()}
    for key, kind in semantic_types_of(type(change)).items():
        if isinstance(kind, ReferenceTo):
            value = getattr(change, names.get(key, key))
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, str):
                    yield kind.ref(each)


def ids_of(change: Change) -> frozenset[str]:
    """Every id in the fields of a change."""
    values = (getattr(change, name) for name in type(change).__dataclass_fields__)
    return frozenset(part for value in values for part in parts_of(value))


def parts_of(value: object) -> Iterable[str]:
    """The ids in a key or the value of a field."""
    values = value if isinstance(value, tuple) else (value,)
    return (each.rpartition(":")[2] for each in values if isinstance(each, str))
