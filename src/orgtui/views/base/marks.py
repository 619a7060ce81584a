"""How the organisation differs from its baseline, updated change by change."""

from __future__ import annotations

from collections.abc import Iterable, KeysView, Mapping
from typing import Literal

from orgtui.model.records import Key, Record
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set

Mark = Literal["new", "moved", "changed", "gone"]

PLACE_FIELD = {"person": "team", "function": "team", "team": "parent"}
"""By table, the field with the team that a record belongs to."""

COMPARED_TABLES = (
    "team",
    "function",
    "person",
    "goal",
    "stage",
    "area",
    "department",
    "handoff",
    "share",
    "request",
    "mission",
)

NOTHING: Mapping[Key, None] = {}


class Comparison:
    """Which records of an organisation are new, moved, changed or gone against its baseline."""

    def __init__(self, baseline: Organization, organization: Organization) -> None:
        self.baseline = baseline
        self.organization = organization
        self._differing: dict[str, dict[Key, None]] = {}
        for table in COMPARED_TABLES:
            before, now = baseline.tables[table].rows(), organization.tables[table].rows()
            differing = [key for key, record in now.items() if not _same(before.get(key), record)]
            differing += [key for key in before if key not in now]
            self._differing[table] = dict.fromkeys(differing)
        self._left: dict[tuple[str, str], dict[Key, None]] = {}
        for table in PLACE_FIELD:
            for key in self._differing[table]:
                self._note_place(table, key)

    def update(self, sets: Iterable[Set]) -> None:
        """Update by the assignments made."""
        for each in sets:
            differing = self._differing.get(each.table)
            if differing is None:
                continue
            if _same(*self._pair(each.table, each.key)):
                differing.pop(each.key, None)
            else:
                differing[each.key] = None
            if each.table in PLACE_FIELD:
                self._note_place(each.table, each.key)

    def differing(self, table: str) -> KeysView[Key]:
        """The keys of a table whose records differ."""
        return self._differing[table].keys()

    def moved_away(self, table: str, place: str) -> KeysView[Key]:
        """The keys of a table whose records belonged to a team in the baseline and do not now."""
        return self._left.get((table, place), NOTHING).keys()

    def rank(self, table: str, key: Key) -> int:
        """What a record is sorted by in file order; one that is gone stays where it stood in the baseline."""
        rows = self.organization.tables[table]
        return (rows if key in rows else self.baseline.tables[table]).rank(key)

    def mark(self, table: str, key: Key) -> Mark | None:
        """How a record differs; None if it does not."""
        if key not in self._differing[table]:
            return None
        before, now = self._pair(table, key)
        if now is None or _closed(now):
            return None if before is None or _closed(before) else "gone"
        if before is None:
            return "new"
        place = PLACE_FIELD.get(table)
        return "moved" if place and getattr(before, place) != getattr(now, place) else "changed"

    def mark_of(self, ref: Ref) -> Mark | None:
        """How the record of a reference differs; None if it does not or is not compared."""
        return self.mark(ref.kind, ref.id) if ref.kind in self._differing else None

    def _note_place(self, table: str, key: Key) -> None:
        before, now = (_place(table, record) for record in self._pair(table, key))
        if before is None:
            return
        left = self._left.setdefault((table, before), {})
        if now == before:
            left.pop(key, None)
        else:
            left[key] = None

    def _pair(self, table: str, key: Key) -> tuple[Record | None, Record | None]:
        return self.baseline.tables[table].get(key), self.organization.tables[table].get(key)


def _place(table: str, record: Record | None) -> str | None:
    place: str | None = None if record is None else getattr(record, PLACE_FIELD[table])
    return place


def _same(before: Record | None, now: Record | None) -> bool:
    return before is now or before == now


def _closed(record: Record) -> bool:
    return getattr(record, "state", None) == "closed"
