"""Names of records, labels of fields, and texts for their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from orgtui.locales import join_list
from orgtui.model.records import Focus, Key
from orgtui.model.sentence import N_, Money, Ref, Sentence
from orgtui.views.base.marks import PLACE_FIELD
from orgtui.views.base.names import accept_ref, handoff_ref, share_ref
from orgtui.views.base.scene import Scene

YES, NO = N_("yes"), N_("no")

KINDS: Mapping[str, str] = {
    "person": "person",
    "lead": "person",
    "people": "person",
    "team": "team",
    "parent": "team",
    "into": "team",
    "function": "function",
    "functions": "function",
    "stages": "stage",
    "area": "area",
    "goal": "goal",
    "pillar": "pillar",
    "department": "department",
    "mission": "mission",
    "tools": "tool",
    "skills": "skill",
    "learning": "skill",
}
"""The kind of record that the ids in a field refer to, in records and in changes."""

FIELD_KINDS: Mapping[str, str] = {
    **KINDS,
    "goals": "goal",
    "owner": "department",
    "liaison": "team",
    "kind": "kind",
}
"""The kind of record that the ids in a field of a record refer to."""

WORDS = frozenset(("state", "every", "how", "review"))
"""Fields whose values are fixed words."""

FIELD_LABELS: Mapping[str, str] = {
    "fte": N_("FTE"),
    "fte_needed": N_("FTE needed"),
    "pay_budget": N_("pay budget"),
    "per_month": N_("a month"),
}
"""Labels of fields whose names are not fit to be shown."""

HIDDEN = frozenset(("id", "source", "target", "topic", "on"))
"""Fields that identify a record, which are not shown as its values."""


def record_name(scene: Scene, table: str, key: Key) -> str:
    """The name of a record; a removed record has its name in the baseline."""
    if isinstance(key, str):
        return scene.name(table, key)
    return scene.names(record_ref(table, key))


def record_ref(table: str, key: Key) -> Ref:
    """The reference to a record by table and key."""
    if isinstance(key, str):
        return Ref.to(table, key)
    if table == "share":
        return share_ref((key[0], key[1], key[2]))
    if table == "accept":
        return accept_ref(key)
    return handoff_ref((key[0], key[1])) if table == "handoff" else Ref.to(table, ">".join(key))


def differences(scene: Scene, table: str, key: Key) -> Iterator[str]:
    """Each field of a record that differs from the baseline, with its old and new value."""
    before = scene.baseline.tables[table].get(key)
    now: Any = scene.organization.tables[table].get(key)
    if before is None or now is None:
        return
    for each in fields(now):
        old, new = getattr(before, each.name), getattr(now, each.name)
        if old != new and each.name not in HIDDEN:
            label = "" if each.name == PLACE_FIELD.get(table) else f"{label_of(scene, each.name)} "
            was, is_now = (value_words(scene, each.name, value) for value in (old, new))
            yield f"{label}{was} {scene.signs.becomes} {is_now}"


def label_of(scene: Scene, field: str) -> str:
    """The label of a field, translated."""
    return scene.translate(field_label(field))


def field_label(field: str) -> Sentence:
    """The label of a field."""
    return Sentence(FIELD_LABELS.get(field, field))


def value_words(scene: Scene, field: str, value: Any) -> str:
    """The text of a field's value, with names for ids."""
    if value is None or value in ((), {}, ""):
        return scene.signs.nothing
    if isinstance(value, bool):
        return scene.say(YES if value else NO)
    if field == "pay_budget":
        return scene.say("{value}", value=Money(value))
    if isinstance(value, Focus):
        return scene.name("function", value.function)
    if isinstance(value, Mapping):
        return join_list(f"{_id_words(scene, field, key)} {_number(field, n)}" for key, n in value.items())
    if isinstance(value, tuple):
        return join_list(_id_words(scene, field, each) for each in value)
    return _id_words(scene, field, value) if isinstance(value, str) else str(_number(field, value))


def _id_words(scene: Scene, field: str, value: str) -> str:
    if field in WORDS:
        return scene.say(value)
    kind = FIELD_KINDS.get(field)
    return value if kind is None else scene.name(kind, value)


def _number(field: str, value: Any) -> object:
    """A number as files hold it; shares and FTE are percentages in records."""
    return f"{value / 100:g}" if field in ("functions", "fte") else value
