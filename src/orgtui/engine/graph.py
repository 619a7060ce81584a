"""What was read by whom: cells of the store and derived values, and the nodes that depend on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from heapq import heappop, heappush
from operator import attrgetter
from typing import Any, TypeVar

from orgtui.engine.finding import Finding
from orgtui.engine.view import Derived, Groups, Tally, View, add_contribution, entries
from orgtui.model.indexes import COUNTS, INDEXES
from orgtui.model.records import Key
from orgtui.model.store import RECORD_TYPES, Cell, Organization

T = TypeVar("T")
F = TypeVar("F")

NO_MEMBERS: Mapping[Any, int] = {}


class EntityNode:
    """One entity, and what each rule said of it, by the rule's number; silent rules are absent."""

    __slots__ = ("key", "kind", "said")

    def __init__(self, kind: str, key: Key) -> None:
        self.kind = kind
        self.key = key
        self.said: dict[int, tuple[Finding, ...]] = {}


class DerivedNode:
    """One derived value or one contribution to a tally; `height` orders recomputation, inputs first."""

    __slots__ = ("derived", "dirty", "error", "height", "key", "tally", "value")

    kind = ""
    """No derived value is an entity."""

    def __init__(self, derived: Derived[Any, Any], key: Key, tally: Tally | None = None) -> None:
        self.derived = derived
        self.key = key
        self.tally = tally
        self.value: Any = None if tally is None else ()
        self.error: Exception | None = None
        self.height = 0
        self.dirty = False

    def get(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


Node = EntityNode | DerivedNode
Pair = tuple[Node, int]
Reader = DerivedNode | tuple[EntityNode, int]
"""Who is reading now: a derived value, or an entity for one of its rules."""
Readers = DerivedNode | tuple[Any, ...] | dict[Node, int]
"""Who read a cell and with which rules (a bit mask): most cells have few readers, kept flat as
`(node, mask, node, mask …)`, which takes a third of the memory of a dict; one derived value stands alone."""

FEW = 8
"""So many readers are kept flat."""


def pairs_of(readers: Readers) -> Iterable[Pair]:
    """Each reader with its mask."""
    if isinstance(readers, DerivedNode):
        return ((readers, 1),)
    if type(readers) is tuple:
        return zip(readers[::2], readers[1::2], strict=True)
    return readers.items()  # type: ignore[union-attr]


def stand_in(
    table: str, record_type: type, note: Callable[[F, Key], None], fields_of: Mapping[str, F]
) -> type:
    """A class whose instances answer like a record of `table` and note each field that is read.

    A field is noted as what `fields_of` has for it, under the key of the record.
    """

    def reader(name: str) -> property:
        of_field = fields_of[f"{table}.{name}"]
        get = attrgetter(name)

        def read(self: Any) -> Any:
            note(of_field, self._key)
            return get(self._record)

        return property(read)

    def init(self: Any, record: Any, key: Key) -> None:
        self._record = record
        self._key = key

    body: dict[str, Any] = {each.name: reader(each.name) for each in fields(record_type)}
    body |= {"__slots__": ("_key", "_record"), "__init__": init}
    return type(f"Read{record_type.__name__}", (), body)


class TrackingView(View):
    """A view that remembers derived values and notes who reads what while somebody is named as reader."""

    def __init__(self, organization: Organization, today: date, options: Mapping[type, object]) -> None:
        self.organization = organization
        self.today = today
        self._options = options
        self._tables = organization.tables
        self._reader: Reader | None = None
        self._node: Node | None = None
        self._height = 0
        self.readers: dict[str, dict[Key, Readers]] = {}
        for table, record_type in RECORD_TYPES.items():
            for slot in (table, f"{table}.ids", *(f"{table}.{each.name}" for each in fields(record_type))):
                self.readers[slot] = {}
        for name in (*(index.name for index in INDEXES), *(count.name for count in COUNTS)):
            self.readers[name] = {}
        self.nodes: dict[Derived[Any, Any], dict[Key, DerivedNode]] = {}
        self.groups: dict[Tally, Groups] = {}
        self.tallies_over: dict[str, list[Tally]] = {}
        self.tally_heights: dict[Tally, int] = {}
        self._stand_ins = {
            table: stand_in(table, record_type, self._note, self.readers)
            for table, record_type in RECORD_TYPES.items()
        }
        self._work: list[tuple[int, int, DerivedNode]] = []
        self._pushed = 0
        self.due: dict[EntityNode, int] = {}

    # -- reading -----------------------------------------------------------------------------------

    def _note(self, of_slot: dict[Key, Readers], key: Key) -> None:
        reader = self._reader
        if reader is None:
            return
        known = of_slot.get(key)
        if known is None:
            of_slot[key] = reader
        elif known is not reader:
            self._note_beside(of_slot, key, known, reader)

    @staticmethod
    def _note_beside(of_slot: dict[Key, Readers], key: Key, known: Readers, reader: Reader) -> None:
        node, mask = (reader, 1) if isinstance(reader, DerivedNode) else reader
        if isinstance(known, dict):
            known[node] = known.get(node, 0) | mask
            return
        flat = (known, 1) if isinstance(known, DerivedNode) else known
        for place in range(0, len(flat), 2):
            if flat[place] is node:
                if flat[place + 1] | mask != flat[place + 1]:
                    of_slot[key] = (*flat[: place + 1], flat[place + 1] | mask, *flat[place + 2 :])
                return
        flat = (*flat, node, mask)
        of_slot[key] = flat if len(flat) <= 2 * FEW else dict(pairs_of(flat))

    def record(self, table: str, key: Key) -> Any:
        record = self._tables[table].get(key)
        node = self._node
        if node is None:
            return record
        if node.key == key and node.kind == table:
            return record  # the engine asks an entity's rules again whenever its own record changes
        self._note(self.readers[table], key)
        return None if record is None else self._stand_ins[table](record, key)

    def ids(self, table: str) -> tuple[Any, ...]:
        self._note(self.readers[f"{table}.ids"], "")
        return tuple(self._tables[table])

    def index(self, name: str, key: Key) -> Mapping[Any, None]:
        self._note(self.readers[name], key)
        return self.organization.index(name, key)

    def count(self, name: str, key: Key) -> int:
        self._note(self.readers[name], key)
        return self.organization.count(name, key)

    def options(self, kind: type[T]) -> T:
        return self._options[kind]  # type: ignore[return-value]

    def derive(self, derived: Derived[Any, Any], key: Any) -> Any:
        nodes = self.nodes.get(derived)
        if nodes is None:
            nodes = self.nodes[derived] = {}
            self.readers[derived.slot] = {}
        node = nodes.get(key)
        if node is None:
            node = DerivedNode(derived, key)
            self._compute(node)
            nodes[key] = node
        elif node.dirty:
            self._recompute(node)
        self._note(self.readers[derived.slot], key)
        if self._height <= node.height:
            self._height = node.height + 1
        return node.get()

    def tally(self, tally: Tally, group: Key) -> Mapping[Any, int]:
        groups = self.groups.get(tally)
        if groups is None:
            groups = self._build(tally)
        self._note(self.readers[tally.slot], group)
        height = self.tally_heights[tally]
        if self._height <= height:
            self._height = height + 1
        return groups.get(group, NO_MEMBERS)

    def _build(self, tally: Tally) -> Groups:
        groups: Groups = {}
        nodes: dict[Key, DerivedNode] = {}
        self.readers[tally.contribution.slot] = {}
        self.readers[tally.slot] = {}
        self.tally_heights[tally] = 0
        for key in list(entries(self.organization, tally.over)):
            node = nodes[key] = DerivedNode(tally.contribution, key, tally)
            self._compute(node)
            add_contribution(groups, node.get(), 1)
        self.nodes[tally.contribution] = nodes
        self.groups[tally] = groups
        self.tallies_over.setdefault(tally.over, []).append(tally)
        return groups

    def _compute(self, node: DerivedNode) -> None:
        reader, outer, height = self._reader, self._node, self._height
        self._reader, self._node, self._height = node, node, 0
        node.dirty = False
        node.error = None
        try:
            node.value = node.derived.function(self, node.key)
        except Exception as error:  # noqa: BLE001 - handed to every reader, whose rules report it
            node.error = error
            node.value = ()
        node.height = self._height
        self._reader, self._node, self._height = reader, outer, height
        if node.tally is not None:
            self.tally_heights[node.tally] = max(self.tally_heights[node.tally], node.height)

    def read_as(self, node: EntityNode, mask: int, ask: Callable[[], T]) -> T:
        """Run `ask` with its reads noted as those of an entity's rules."""
        self._reader, self._node = (node, mask), node
        try:
            return ask()
        finally:
            self._reader = self._node = None

    # -- changing ------------------------------------------------------------------------------------

    def touch(self, cell: Cell) -> None:
        """A cell changed: its readers give it up and are due to run again."""
        slot, key = cell
        for tally in self.tallies_over.get(slot, ()):
            if key not in self.nodes[tally.contribution] and key in entries(self.organization, slot):
                node = self.nodes[tally.contribution][key] = DerivedNode(tally.contribution, key, tally)
                self._mark(node, 1)
        known = self.readers[slot].pop(key, None)
        if known is None:
            return
        for node_, mask in pairs_of(known):
            self._mark(node_, mask)

    def _mark(self, node: Node, mask: int) -> None:
        if type(node) is EntityNode:
            self.due[node] = self.due.get(node, 0) | mask
            return
        assert isinstance(node, DerivedNode)
        if not node.dirty and node is not self._node:
            node.dirty = True
            self._pushed += 1
            heappush(self._work, (node.height, self._pushed, node))

    def settle(self) -> None:
        """Recompute derived values until none is due, inputs first; those that come out equal stop there."""
        while self._work:
            node = heappop(self._work)[2]
            if node.dirty:
                self._recompute(node)

    def _recompute(self, node: DerivedNode) -> None:
        before, failed = node.value, node.error
        self._compute(node)
        if node.tally is not None:
            if node.value != before:
                groups = self.groups[node.tally]
                touched = add_contribution(groups, before, -1) + add_contribution(groups, node.value, 1)
                for group in dict.fromkeys(touched):
                    self.touch((node.tally.slot, group))
        elif node.value != before or node.error is not failed:
            self.touch((node.derived.slot, node.key))
