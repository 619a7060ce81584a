"""How the organisation differs from its baseline, record by record, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from orgtui.locales import listed
from orgtui.model.records import Focus, Key
from orgtui.model.sentence import Ref
from orgtui.views.change_words import FIELD_LABELS, KINDS, WORDS
from orgtui.views.compare import PLACE, Comparison, Mark
from orgtui.views.names import end_ref, handoff_ref, share_ref
from orgtui.views.row import Row, Span
from orgtui.views.scene import Scene
from orgtui.views.tree import MARK_ROLES

CAPTIONS: Mapping[str, str] = {
    "team": "Teams",
    "function": "Functions",
    "person": "People",
    "goal": "Goals",
    "handoff": "Handoffs",
    "share": "Links",
    "request": "Requests",
    "mission": "Missions",
    "department": "Departments",
    "stage": "Stages",
    "area": "Areas",
}
"""What the differences of each table stand under, in the order on screen."""

COUNT = "{changes:change|changes}"
HANDOFF = "{source} to {target}"
REQUEST = "{team} to {department}: {topic}"
YES, NO = "yes", "no"

FIELD_KINDS: Mapping[str, str] = {**KINDS, "goals": "goal", "owner": "department", "liaison": "team"}
"""What the ids in a field of a record stand for."""

HIDDEN = frozenset(("id", "source", "target", "topic"))
"""Fields that say which record it is, and not how it differs."""

Entry = tuple[str, Key]


class DifferenceList:
    """What is new, moved, changed or gone, under a caption for each kind of thing."""

    def __init__(self, scene: Scene, comparison: Comparison) -> None:
        self.scene = scene
        self.comparison = comparison
        self._entries: list[Entry | tuple[str, int]] = []
        for table in CAPTIONS:
            rank = scene.organization.tables[table].rank
            keys = [key for key in comparison.differing(table) if comparison.mark(table, key)]
            if keys:
                self._entries.append((table, len(keys)))
                self._entries += [(table, key) for key in sorted(keys, key=rank)]
        self._index = {
            ref: index for index in range(len(self._entries)) if (ref := self.ref(index)) is not None
        }

    def __len__(self) -> int:
        return len(self._entries)

    def ref(self, index: int) -> Ref | None:
        table, key = self._entries[index]
        return None if isinstance(key, int) else _ref(table, key)

    def index_of(self, ref: Ref) -> int | None:
        return self._index.get(ref)

    def row(self, index: int, width: int) -> Row:
        table, key = self._entries[index]
        if isinstance(key, int):
            count = self.scene.say(COUNT, changes=key)
            return Row(None, (Span(self.scene.say(CAPTIONS[table]), "heading"), Span(f"  {count}", "dim")))
        mark = self.comparison.mark(table, key) or "changed"
        name = Span(self._name(table, key), "resolved" if mark == "gone" else "plain")
        words = "".join(f"  {each}" for each in self._words(table, key, mark))
        margin = Span(getattr(self.scene.signs, mark), MARK_ROLES[mark])
        return Row(_ref(table, key), (Span("  "), name, Span(words, "dim")), (), margin)

    # -- words ---------------------------------------------------------------------------------

    def _name(self, table: str, key: Key) -> str:
        if isinstance(key, str):
            return self.scene.name(table, key)
        if table == "handoff":
            source, target = map(end_ref, key)
            return self.scene.say(HANDOFF, source=source, target=target)
        if table == "request":
            team, department, topic = key
            ends = {"team": Ref.to("team", team), "department": Ref.to("department", department)}
            return self.scene.say(REQUEST, **ends, topic=topic)
        return self.scene.names(_ref(table, key) or Ref(""))

    def _words(self, table: str, key: Key, mark: Mark) -> Iterator[str]:
        """Where something went, and each field that differs with its values before and now."""
        before = self.comparison.baseline.tables[table].get(key)
        now = self.scene.organization.tables[table].get(key)
        if now is None or mark == "gone":
            return
        if mark == "new":
            place = PLACE.get(table)
            if place is not None and getattr(now, place) is not None:
                yield self._value(place, getattr(now, place))
            return
        for each in fields(now):
            old, new = getattr(before, each.name), getattr(now, each.name)
            if old != new and each.name not in HIDDEN:
                label = self.scene.say(FIELD_LABELS.get(each.name, each.name))
                label = "" if each.name == PLACE.get(table) else f"{label} "
                becomes = self.scene.signs.becomes
                yield f"{label}{self._value(each.name, old)} {becomes} {self._value(each.name, new)}"

    def _value(self, field: str, value: Any) -> str:
        if value is None or value in ((), {}, ""):
            return self.scene.signs.nothing
        if isinstance(value, bool):
            return self.scene.say(YES if value else NO)
        if isinstance(value, Focus):
            return self.scene.name("function", value.function)
        if isinstance(value, Mapping):
            return listed(f"{self._value_of_id(field, key)} {_number(field, n)}" for key, n in value.items())
        if isinstance(value, tuple):
            return listed(self._value_of_id(field, each) for each in value)
        return self._value_of_id(field, value) if isinstance(value, str) else str(_number(field, value))

    def _value_of_id(self, field: str, value: str) -> str:
        if field in WORDS:
            return self.scene.say(value)
        kind = FIELD_KINDS.get(field)
        return value if kind is None else self.scene.name(kind, value)


def _number(field: str, value: Any) -> object:
    """A number as files write it: shares and FTE are percents inside."""
    return f"{value / 100:g}" if field in ("functions", "fte") else value


def _ref(table: str, key: Key) -> Ref | None:
    if isinstance(key, str):
        return Ref.to(table, key)
    if table == "share":
        return share_ref((key[0], key[1], key[2]))
    return handoff_ref((key[0], key[1])) if table == "handoff" else None
