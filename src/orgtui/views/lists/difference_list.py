"""The differences from the baseline, record by record, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from orgtui.model.records import Key
from orgtui.model.sentence import N_, Ref
from orgtui.views.base.marks import PLACE_FIELD, Comparison, Mark
from orgtui.views.base.row import Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.panes.tree import MARK_ROLES
from orgtui.views.words.records import differences, record_name, record_ref, value_words

CAPTIONS: Mapping[str, str] = {
    "team": N_("Teams"),
    "function": N_("Functions"),
    "person": N_("People"),
    "goal": N_("Goals"),
    "handoff": N_("Handoffs"),
    "share": N_("Links"),
    "request": N_("Requests"),
    "mission": N_("Missions"),
    "department": N_("Departments"),
    "stage": N_("Stages"),
    "area": N_("Areas"),
}
"""The caption of each table's differences, in the order on screen."""

COUNT = N_("{changes:change|changes}")

Entry = tuple[str, Key]


class DifferenceList:
    """The new, moved, changed and removed records, under a caption for each table."""

    def __init__(self, scene: Scene, comparison: Comparison) -> None:
        self.scene = scene
        self.comparison = comparison
        self._entries: list[Entry | tuple[str, int]] = []
        for table in CAPTIONS:
            rank = partial(comparison.rank, table)
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
        name = Span(record_name(self.scene, table, key), "resolved" if mark == "gone" else "plain")
        words = "".join(f"  {each}" for each in self._words(table, key, mark))
        margin = Span(getattr(self.scene.signs, mark), MARK_ROLES[mark])
        return Row(_ref(table, key), (Span("  "), name, Span(words, "dim")), (), margin)

    # -- words ---------------------------------------------------------------------------------

    def _words(self, table: str, key: Key, mark: Mark) -> Iterator[str]:
        """The team of a new record, or each field that differs with its old and new value."""
        now: Any = self.scene.organization.tables[table].get(key)
        if now is None or mark == "gone":
            return
        if mark == "changed" or mark == "moved":
            yield from differences(self.scene, table, key)
            return
        place = PLACE_FIELD.get(table)
        if place is not None and getattr(now, place) is not None:
            yield value_words(self.scene, place, getattr(now, place))


def _ref(table: str, key: Key) -> Ref | None:
    return None if table == "request" else record_ref(table, key)
