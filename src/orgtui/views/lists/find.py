"""Search by name over teams, functions and people, and over notes by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from orgtui.model.records import Key
from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.views.base.matching import Finder, Searched, folded, searched
from orgtui.views.base.names import note_ref, seat_name
from orgtui.views.base.scene import Scene
from orgtui.views.words.remarks import note_source

SEARCHED_TABLES = ("team", "function", "person", "note")


class NameIndex:
    """An index of names for searching: read at the first search or in slices, then updated by changes."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._texts: dict[Ref, tuple[Searched, str]] = {}
        """By record its name on screen, and its id and title."""
        self._finder = Finder(self._texts)
        self._unread: Iterator[tuple[str, Key]] | None = None

    def patch(self, sets: Iterable[Set]) -> None:
        """Update by the assignments made."""
        if self._unread is None:
            return
        self._finder.forget()
        for each in sets:
            if each.table in SEARCHED_TABLES:
                self._read(each.table, each.key)

    def build(self, records: int | None = None) -> bool:
        """Read so many more records, by default all that are left; returns whether any were left."""
        if self._unread is None:
            tables = self.scene.organization.tables
            self._unread = iter([(table, key) for table in SEARCHED_TABLES for key in tables[table]])
        some = list(islice(self._unread, records))
        for table, key in some:
            self._read(table, key)
        if some:
            self._finder.forget()
        return bool(some)

    def search(self, query: str) -> list[Ref]:
        """References that fit: in the order name starts, word starts, name, spelling, id or title."""
        if not query.strip():
            return []
        self.build()
        return self._finder.find(query)

    def _read(self, table: str, key: Key) -> None:
        ref = Ref.to(table, key) if isinstance(key, str) else note_ref(key)  # type: ignore[arg-type]
        record = self.scene.organization.tables[table].get(key)
        if record is None or (table == "person" and record.state == "closed"):
            self._texts.pop(ref, None)
        elif table == "person":
            self._texts[ref] = searched(seat_name(record)), folded(f"{key} {record.title or ''}")
        elif table == "note":
            self._texts[ref] = searched(record.text), folded(note_source(record))
        else:
            self._texts[ref] = searched(record.name), folded(str(key))


class Search:
    """The results of a search, and the current one."""

    def __init__(self, query: str, found: list[Ref]) -> None:
        self.query = query
        self.found = found
        self._at = 0

    @classmethod
    def at(cls, ref: Ref, query: str, found: list[Ref]) -> Search:
        """A search whose current result is `ref`, one of those found."""
        search = cls(query, found)
        search._at = found.index(ref)
        return search

    @property
    def current(self) -> Ref | None:
        """The current result; None if nothing was found."""
        return self.found[self._at] if self.found else None

    def step(self, by: int) -> Ref | None:
        """Go to the next (1) or previous (-1) result, cyclically; returns it, None if there is none."""
        if self.found:
            self._at = (self._at + by) % len(self.found)
        return self.current
