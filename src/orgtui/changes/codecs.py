"""Codecs of the fields of changes, by their types: shares are percents in memory and decimals in files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from orgtui.model.invalid import KeyPath
from orgtui.model.schema import JsonSchema, json_schema_of, kind_of, of_values, shown, without_none
from orgtui.model.sentence import Refusal, Sentence, sentence

Problems = list[tuple[KeyPath, Sentence, Sentence]]
Write = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Codec:
    """Reads and writes the values of one type; `write` is the inverse of `read`."""

    schema: JsonSchema
    write: Write

    def read(self, written: object, path: KeyPath, problems: Problems) -> Any:
        """The value of plain data; None, with the reasons added to `problems`, if it is invalid."""
        value, refusals = self.schema.read(written)
        if isinstance(written, list | tuple):
            refusals += _repeated(written, [inner for inner, _ in refusals])
        if not refusals:
            return value
        problems += [((*path, *inner), *refusal) for inner, refusal in refusals]
        return None


def codec_of(hint: object) -> Codec:
    """The codec of a field with this type hint."""
    return Codec(json_schema_of(hint), _writer(hint))


def _repeated(written: Sequence[object], refused: Collection[KeyPath]) -> Iterator[tuple[KeyPath, Refusal]]:
    """The repeated entries of a list, except those that are refused already."""
    known: set[object] = set()
    for place, each in enumerate(written):
        if not isinstance(each, Hashable):
            continue  # a list or table, which no list of a change may hold
        if each in known and (place,) not in refused:
            wrong = sentence("{value} stands in this list twice", value=shown(each))
            yield (place,), (wrong, sentence("keep one of them"))
        known.add(each)


@cache
def _writer(hint: Any) -> Write:
    """The function that writes a value of this type as plain data."""
    hint = of_values(hint)
    arguments = get_args(hint)
    if NoneType in arguments:
        return _writer(without_none(hint)[0])
    if is_dataclass(hint):
        return lambda record: {each.name: getattr(record, each.name) for each in fields(hint)}
    if get_origin(hint) is tuple:
        entry = _writer(arguments[0])
        return lambda entries: [entry(each) for each in entries]
    if get_origin(hint) is Mapping:
        value = _writer(arguments[1])
        return lambda table: {key: value(each) for key, each in table.items()}
    return kind_of(hint).write or _unchanged


def _unchanged(value: Any) -> object:
    return value
