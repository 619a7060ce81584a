"""Descriptions of conflicts in a rebase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgtui.changes.replay import Conflict, FieldDifference
from orgtui.locales import NameLookup, join_list, translate
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.views.words.records import KINDS, NO, YES, field_label

NOTHING = "–"


def conflict_lines(conflict: Conflict, names: NameLookup) -> Iterator[str]:
    """Why a change is refused, if it is; then each field with its old, current and wanted value."""
    if conflict.refused is not None:
        yield translate(conflict.refused, names)
    for each in conflict.differences:
        yield translate(_describe(each, conflict.refused is None, names))


def _describe(difference: FieldDifference, can_be_made: bool, names: NameLookup) -> Sentence:
    field = difference.field
    values = {each: _value(getattr(difference, each), field, names) for each in ("base", "theirs", "ours")}
    label = field_label(field)
    if can_be_made:
        return sentence("{field}: was {base}, is {theirs} now, you want {ours}", field=label, **values)
    return sentence("{field}: was {base}, is {theirs} now", field=label, **values)


def _value(value: object, field: str, names: NameLookup) -> str:
    if value is None or value in ("", [], (), {}):
        return NOTHING
    if isinstance(value, bool):
        return translate(Sentence(YES if value else NO))
    if isinstance(value, Mapping) and field == "pillars":
        return str(value.get("name"))
    if isinstance(value, Mapping):
        held = "team" if field in ("people", "functions") else ""
        return join_list(
            f"{_value(key, field, names)}: {_value(each, held, names)}" for key, each in value.items()
        )
    if isinstance(value, list | tuple):
        return join_list(_value(each, field, names) for each in value)
    kind = KINDS.get(field)
    return str(value) if kind is None else names(Ref.to(kind, str(value)))
