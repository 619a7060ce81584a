"""Conversion between changes and mappings: `{"op": "merge_teams", "team": "pr", "into": "brand"}`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from difflib import get_close_matches
from typing import Any

from orgtui.changes.base import OPERATIONS, Change, codecs_of
from orgtui.changes.codecs import Problems
from orgtui.model.invalid import InvalidChange
from orgtui.model.schema import shown
from orgtui.model.sentence import Sentence, sentence


def parse_change(written: Mapping[str, object]) -> Change:
    """Parse a change from a mapping as in plans, logs and JSON; raises InvalidChange with every problem.

    Blank text counts as missing. Dates may be ISO text.
    """
    change_type = _operation(written.get("op"))
    problems: Problems = []
    known = _known(change_type)
    for key in written:
        if key != "op" and key not in known:
            wrong = sentence("{op} knows no such key", op=change_type.op)
            problems.append(((key,), wrong, _nearest(key, list(known))))
    values = {
        each.name: _value(change_type, key, each, written.get(key), problems) for key, each in known.items()
    }
    problems += change_type.contradictions(values)
    if problems:
        raise InvalidChange(problems)
    return _valid(change_type, values)


_FIELDS: dict[type[Change], Mapping[str, Field[Any]]] = {}


def _known(change_type: type[Change]) -> Mapping[str, Field[Any]]:
    """The fields of an operation by key."""
    if change_type not in _FIELDS:
        keys = change_type.keys
        _FIELDS[change_type] = {keys.get(each.name, each.name): each for each in fields(change_type)}
    return _FIELDS[change_type]


def _valid(change_type: type[Change], values: Mapping[str, object]) -> Change:
    """The change of values that were found right, which its constructor would look at once more."""
    change = object.__new__(change_type)
    for each in _known(change_type).values():
        value = values[each.name]
        object.__setattr__(change, each.name, each.default if value is None else value)
    return change


def _operation(op: object) -> type[Change]:
    import orgtui.changes.operations  # noqa: F401 - a start without changes needs none of them

    if isinstance(op, str) and op in OPERATIONS:
        return OPERATIONS[op]
    raise InvalidChange([(("op",), _unknown_operation(op), _nearest(str(op), list(OPERATIONS)))])


def _value(
    change_type: type[Change], key: str, each: Field[Any], written: object, problems: Problems
) -> object:
    if isinstance(written, str) and not written.strip():
        written = None
    if written is not None:
        return codecs_of(change_type)[each.name].read(written, (key,), problems)
    if each.default is MISSING:
        problems.append(((key,), sentence("this is missing"), sentence("{op} needs it", op=change_type.op)))
    return None


def _unknown_operation(op: object) -> Sentence:
    return sentence("this is missing") if op is None else sentence("{op} is no operation", op=shown(op))


def _nearest(word: str, known: list[str]) -> Sentence:
    matches = get_close_matches(word, known, 1)
    if matches:
        return sentence("did you mean {nearest}?", nearest=matches[0])
    return sentence("known here: {known}", known=tuple(known))


def change_to_mapping(change: Change) -> dict[str, object]:
    """A change as a mapping, `op` first; fields at their default are left out."""
    written: dict[str, object] = {"op": change.op}
    for each in fields(change):
        value = getattr(change, each.name)
        if each.default is MISSING or value != each.default:
            codec = codecs_of(type(change))[each.name]
            written[change.keys.get(each.name, each.name)] = codec.write(value)
    return written


def fields_to_mapping(change: Change) -> dict[str, object]:
    """The fields of a change as plain data by key, also those at their default; None is left out."""
    codecs = codecs_of(type(change))
    values = {name: getattr(change, name) for name in codecs}
    return {
        change.keys.get(name, name): codecs[name].write(value)
        for name, value in values.items()
        if value is not None
    }
