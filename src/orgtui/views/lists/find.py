"""Search by name over teams, functions and people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.views.base.names import seat_name
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene

SEARCHED_TABLES = ("team", "function", "person")


class _Texts(NamedTuple):
    """The searched texts of a record, case-folded: its name on screen, and its id and title."""

    name: str
    rest: str


class NameIndex:
    """An index of names for searching; built at the first search, then updated change by change."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._texts: dict[Ref, _Texts] | None = None

    def patch(self, sets: Iterable[Set]) -> None:
        """Update by the assignments made."""
        if self._texts is None:
            return
        for each in sets:
            if each.table in SEARCHED_TABLES:
                self._read(self._texts, each.table, str(each.key))

    def search(self, query: str) -> list[Ref]:
        """References that contain the query: in the order name starts, word starts, name, id or title."""
        wanted = query.strip().casefold()
        if not wanted:
            return []
        if self._texts is None:
            self._texts = {}
            for table in SEARCHED_TABLES:
                for key in self.scene.organization.tables[table]:
                    self._read(self._texts, table, key)
        inside = f" {wanted}"
        ranked: tuple[list[Ref], ...] = ([], [], [], [])
        for ref, (name, rest) in self._texts.items():
            if wanted in name:
                ranked[0 if name.startswith(wanted) else 1 if inside in name else 2].append(ref)
            elif wanted in rest:
                ranked[3].append(ref)
        return [ref for refs in ranked for ref in refs]

    def _read(self, texts: dict[Ref, _Texts], table: str, key: str) -> None:
        ref = Ref.to(table, key)
        record = self.scene.organization.tables[table].get(key)
        if record is None or (table == "person" and record.state == "closed"):
            texts.pop(ref, None)
        elif table == "person":
            texts[ref] = _Texts(seat_name(record).casefold(), f"{key} {record.title or ''}".casefold())
        else:
            texts[ref] = _Texts(record.name.casefold(), key)


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


def highlighted(name: str, query: str) -> tuple[Span, ...]:
    """A name with the first occurrence of the query highlighted."""
    wanted = query.strip().casefold()
    start = name.casefold().find(wanted)
    if not wanted or start < 0 or len(name.casefold()) != len(name):
        return (Span(name),)
    end = start + len(wanted)
    spans = (Span(name[:start]), Span(name[start:end], "match"), Span(name[end:]))
    return tuple(span for span in spans if span.text)
