"""The cells that a finding rests on, by name, recorded while its rule is evaluated once more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any, NamedTuple

from orgtui.engine.graph import TrackingView, contribution_of
from orgtui.engine.nesting import Nesting
from orgtui.engine.view import Derived, Tally, View, triples
from orgtui.model.indexes import COUNTS, INDEXES
from orgtui.model.records import Key
from orgtui.model.store import RECORD_TYPES


class Read(NamedTuple):
    """A field of a record that was read.

    Without `field`: that the record exists. Without `key` too: that the table was searched without result.
    """

    table: str
    key: Key
    field: str


_INDEXES = {index.name: index for index in INDEXES}
_COUNTS = {count.name: count for count in COUNTS}


def recording_type(table: str, record_type: type, note: Callable[[Read], None]) -> type:
    """A class whose instances have the fields of `record_type` and call `note` when one is read."""

    def reader(name: str) -> property:
        get = attrgetter(name)

        def read(self: Any) -> Any:
            note(Read(table, self._key, name))
            return get(self._record)

        return property(read)

    def init(self: Any, record: Any, key: Key) -> None:
        self._record = record
        self._key = key

    body: dict[str, Any] = {each.name: reader(each.name) for each in fields(record_type)}
    body |= {"__slots__": ("_key", "_record"), "__init__": init}
    return type(f"Read{record_type.__name__}", (), body)


class RecordingView(View):
    """A view that records every cell read by one rule, and leaves the readers stored in the graph alone.

    A read of an index is recorded as the fields that put its members there, a read of a count as those of
    the records counted, a read of a tally as what its contributors read. Derived values are computed again,
    once each.
    """

    def __init__(self, graph: TrackingView) -> None:
        self.today = graph.today
        self.options = graph.options  # type: ignore[method-assign]
        self._graph = graph
        self._organization = graph.organization
        self._cells: dict[Read, None] = {}
        self._searched_tables: dict[str, None] = {}
        self._counted: dict[str, dict[Key, list[Key]]] = {}
        self._values: dict[tuple[Derived[Any, Any], Key], Any] = {}
        self._nesting = Nesting()
        self._recording_types = {
            table: recording_type(table, record_type, self._note)
            for table, record_type in RECORD_TYPES.items()
        }

    def reads(self) -> list[Read]:
        """Every cell read, in the order of the first read, then the tables searched without result."""
        read_records = {(read.table, read.key) for read in self._cells if read.field}
        cells = [each for each in self._cells if each.field or (each.table, each.key) not in read_records]
        read_tables = {each.table for each in cells}
        return [*cells, *(Read(table, "", "") for table in self._searched_tables if table not in read_tables)]

    # -- reading -------------------------------------------------------------------------------------

    def record(self, table: str, key: Key) -> Any:
        record = self._organization.tables[table].get(key)
        if record is None:
            return None
        self._note(Read(table, key, ""))
        return self._recording_types[table](record, key)

    def ids(self, table: str) -> tuple[Any, ...]:
        return tuple(self._organization.tables[table])

    def index(self, name: str, key: Key) -> tuple[Any, ...]:
        index = _INDEXES[name]
        members = self._organization.index(name, key)
        self._note_all(index.table, members, index.fields)
        return members

    def count(self, name: str, key: Key) -> int:
        count = _COUNTS[name]
        counted = self._counted.get(name)
        if counted is None:
            counted = self._counted[name] = {}
            for record_key, record in self._organization.tables[count.table].rows().items():
                for of, _ in count.amounts(record):
                    counted.setdefault(of, []).append(record_key)
        self._note_all(count.table, counted.get(key, ()), count.fields)
        return self._organization.count(name, key)

    def derive(self, derived: Derived[Any, Any], key: Any) -> Any:
        if (derived, key) not in self._values:
            self._nesting.run(self._compute, (derived, key))
        return self._values[derived, key]

    def _compute(self, what: tuple[Derived[Any, Any], Any]) -> None:
        derived, key = what
        self._values[derived, key] = derived.function(self, key)

    def tally(self, tally: Tally, group: Key) -> Mapping[Any, int]:
        members = self._graph.tally(tally, group)
        for key, node in self._graph.nodes[tally.contribution].items():
            if any(contributed == group for contributed, _, _ in triples(contribution_of(node.value))):
                self.derive(tally.contribution, key)
        if not members and tally.over in RECORD_TYPES:
            self._searched_tables[tally.over] = None
        return members

    # -- recording -----------------------------------------------------------------------------------

    def _note(self, read: Read) -> None:
        self._cells[read] = None

    def _note_all(self, table: str, keys: Iterable[Key], of: Collection[str]) -> None:
        self._searched_tables[table] = None
        names = [each.name for each in fields(RECORD_TYPES[table]) if each.name in of] or [""]
        for key in sorted(keys, key=self._organization.tables[table].rank):
            self._cells |= dict.fromkeys(Read(table, key, name) for name in names)
