"""The dependency graph: which entities and derived values have read which cells and derived values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from heapq import heappop, heappush
from typing import Any, ClassVar, TypeVar

from orgtui.engine.finding import Finding
from orgtui.engine.nesting import Nesting
from orgtui.engine.view import Derived, FlatContribution, Groups, Tally, View, add_contribution, entry_keys
from orgtui.model.indexes import COUNTS, INDEXES
from orgtui.model.records import Key
from orgtui.model.store import IDS, RECORD_TYPES, Cell, Organization

T = TypeVar("T")

NO_MEMBERS: Mapping[Any, int] = {}
NO_FINDINGS: Mapping[int, tuple[Finding, ...]] = {}


class EntityNode:
    """One entity, with the findings of each rule by the rule's number; rules without findings are absent."""

    __slots__ = ("findings", "key", "kind")

    def __init__(self, kind: str, key: Key) -> None:
        self.kind = kind
        self.key = key
        self.findings = NO_FINDINGS


class FailedValue:
    """Stored in place of a derived value whose function raised `error`."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error


class DerivedNode:
    """One derived value or one contribution to a tally; `height` orders recomputation, inputs first.

    There are hundreds of thousands: what the nodes of one declaration share is stored in their class.
    """

    __slots__ = ("height", "key", "readers", "value")

    derived: ClassVar[Derived[Any, Any]]
    kind: ClassVar[str] = ""
    """No derived value is an entity."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.value: Any = None if self.derived.tally is None else ()
        self.readers: Readers | None = None
        self.height = 0


@cache
def node_class(derived: Derived[Any, Any]) -> type[DerivedNode]:
    """The class of the nodes of one declaration."""
    return type("NodeOfOne", (DerivedNode,), {"__slots__": (), "derived": derived})


def value_or_raise(value: Any) -> Any:
    """A derived value as its readers get it; raises the error that its function raised."""
    if type(value) is FailedValue:
        raise value.error
    return value


def contribution_of(value: Any) -> FlatContribution:
    """What an entry contributes to a tally; empty if its function raised."""
    contribution: FlatContribution = () if type(value) is FailedValue else value
    return contribution


Node = EntityNode | DerivedNode
Reader = DerivedNode | tuple[EntityNode, int]
"""A derived value, or an entity with the rule (a bit mask) that reads on its behalf."""

Readers = DerivedNode | tuple[Any, ...] | dict[Node, int]
"""The readers of a cell: a single derived value by itself; a few readers as a flat tuple, each entity
followed by its rules (a bit mask), which takes a third of the memory of a dict; many as a dict of nodes and
rules."""

FLAT_READERS_MAX = 40
"""The longest flat tuple of readers; more are stored as a dict."""


def pairs_of(readers: Readers) -> Iterable[tuple[Node, int]]:
    """Each reader with its rules, 0 for a derived value."""
    if isinstance(readers, tuple):
        return _pairs(readers)
    return readers.items() if isinstance(readers, dict) else ((readers, 0),)


def _pairs(flat: tuple[Any, ...]) -> Iterator[tuple[Node, int]]:
    values = iter(flat)
    for node in values:
        yield (node, next(values)) if type(node) is EntityNode else (node, 0)


class TrackingView(View):
    """A view that memoises derived values and records what the current reader reads.

    `due` holds the entities whose rules (a bit mask) must be evaluated again.
    """

    def __init__(self, organization: Organization, today: date, options: Mapping[type, object]) -> None:
        self.organization = organization
        self.today = today
        self._options = options
        self._tables = organization.tables
        self._node: Node | None = None
        self._reader: Reader | None = None
        self._height = 0
        self._nesting = Nesting()
        self._masks: dict[int, int] = {}
        self._interned: dict[Any, Any] = {}
        """Many bit masks and many frozen sets are equal: each is stored once."""
        kept = (*(index.name for index in INDEXES), *(count.name for count in COUNTS))
        slots = (*RECORD_TYPES, *IDS.values(), *kept)
        self.readers: dict[str, dict[Key, Readers]] = {slot: {} for slot in slots}
        self.nodes: dict[Derived[Any, Any], dict[Key, DerivedNode]] = {}
        self.groups: dict[Tally, Groups] = {}
        self.tallies_over: dict[str, list[tuple[Tally, dict[Key, DerivedNode]]]] = {}
        """By what they range over, the tallies with their contributions."""
        self.tally_heights: dict[Tally, int] = {}
        self._stale: set[DerivedNode] = set()
        self._work: list[tuple[int, int, DerivedNode]] = []
        self._pushed = 0
        self.due: dict[EntityNode, int] = {}
        self.is_initialized = False
        """Whether all rules were evaluated once: until then a reader can only be the last of a flat tuple."""

    # -- reading -----------------------------------------------------------------------------------

    def _note(self, readers: dict[Key, Readers], key: Key) -> None:
        """Add the current reader to the readers of a cell."""
        reader = self._reader
        if reader is None:
            return
        known = readers.get(key)
        if known is None:
            readers[key] = reader
        elif known is not reader:
            readers[key] = self._with_reader(known, reader)

    def _with_reader(self, known: Readers, reader: Reader) -> Readers:
        """Known readers together with another one."""
        new: tuple[Any, ...] = reader if type(reader) is tuple else (reader,)
        node = new[0]
        if type(known) is dict:
            known[node] = known.get(node, 0) | (new[1] if len(new) == 2 else 0)
            return known
        flat: tuple[Any, ...] = known if type(known) is tuple else (known,)
        at = _position_of(flat, node) if self.is_initialized else len(flat) - len(new)
        if at < 0 or flat[at] is not node:
            return flat + new if len(flat) < FLAT_READERS_MAX else _merged(flat + new)
        if len(new) == 1 or flat[at + 1] | new[1] == flat[at + 1]:
            return known
        both = flat[at + 1] | new[1]
        return (*flat[: at + 1], self._masks.setdefault(both, both), *flat[at + 2 :])

    def record(self, table: str, key: Key) -> Any:
        node = self._node
        if node is not None and (node.key != key or node.kind != table):
            # the engine evaluates an entity's rules again whenever its own record changes
            self._note(self.readers[table], key)
        return self._tables[table].get(key)

    def ids(self, table: str) -> tuple[Any, ...]:
        self._note(self.readers[IDS[table]], "")
        return tuple(self._tables[table])

    def index(self, name: str, key: Key) -> Collection[Any]:
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
        node = nodes.get(key)
        if node is None:
            node = node_class(derived)(key)
            self._nesting.run(self._compute_new, node)
        elif node in self._stale:
            self._nesting.run(self._recompute, node)
        reader, known = self._reader, node.readers
        if reader is not None and known is not reader:
            node.readers = reader if known is None else self._with_reader(known, reader)
        if self._height <= node.height:
            self._height = node.height + 1
        return value_or_raise(node.value)

    def tally(self, tally: Tally, group: Key) -> Mapping[Any, int]:
        groups = self.groups.get(tally)
        if groups is None:
            groups = self._build_tally(tally)
        self._note(self.readers[tally.slot], group)
        height = self.tally_heights[tally]
        if self._height <= height:
            self._height = height + 1
        return groups.get(group, NO_MEMBERS)

    def _build_tally(self, tally: Tally) -> Groups:
        """Compute all contributions to a tally that is read for the first time."""
        groups: Groups = {}
        nodes: dict[Key, DerivedNode] = {}
        self.readers[tally.slot] = {}
        self.tally_heights[tally] = 0
        contribution = node_class(tally.contribution)
        with self._nesting.apart():
            for key in list(entry_keys(self.organization, tally.over)):
                node = nodes[key] = contribution(key)
                self._compute(node)
                add_contribution(groups, contribution_of(node.value), 1)
        self.nodes[tally.contribution] = nodes
        self.groups[tally] = groups
        self.tallies_over.setdefault(tally.over, []).append((tally, nodes))
        return groups

    def _compute_new(self, node: DerivedNode) -> None:
        """Compute a derived value that is read for the first time."""
        self._compute(node)
        self.nodes[node.derived][node.key] = node

    def _compute(self, node: DerivedNode) -> None:
        """Compute a derived value, recording what it reads."""
        outer, reader, height = self._node, self._reader, self._height
        self._node, self._reader, self._height = node, node, 0
        was_stale = node in self._stale
        self._stale.discard(node)
        try:
            value: Any = node.derived.function(self, node.key)
        except Exception as error:  # noqa: BLE001 - handed to every reader, whose rules report it
            value = FailedValue(error)
        except BaseException:
            self._node, self._reader, self._height = outer, reader, height
            if was_stale:
                self._stale.add(node)
            raise
        node.value = self._interned.setdefault(value, value) if type(value) is frozenset else value
        node.height = self._height
        self._node, self._reader, self._height = outer, reader, height
        tally = node.derived.tally
        if tally is not None:
            self.tally_heights[tally] = max(self.tally_heights[tally], node.height)

    def set_reader(self, node: EntityNode | None, rules: int = 0) -> None:
        """Record reads from now on for `rules` (a bit mask) of an entity; None stops recording."""
        self._node = node
        self._reader = None if node is None else (node, rules)

    # -- changing ------------------------------------------------------------------------------------

    def touch(self, cell: Cell) -> None:
        """Mark the readers of a changed cell as stale or due, and forget them until they read it again."""
        slot, key = cell
        for tally, nodes in self.tallies_over.get(slot, ()):
            if key not in nodes and key in entry_keys(self.organization, slot):
                node = nodes[key] = node_class(tally.contribution)(key)
                self._mark(node, 0)
        readers = self.readers[slot].pop(key, None)
        if readers is not None:
            self._mark_readers(readers)

    def mark_stale(self, derived: Derived[Any, Any]) -> None:
        """Mark all memoised values of `derived` stale, e.g. after its options changed."""
        for node in self.nodes.get(derived, {}).values():
            self._mark(node, 0)

    def _mark_readers(self, readers: Readers) -> None:
        """Mark readers of what has changed as stale or due."""
        for node, rules in pairs_of(readers):
            self._mark(node, rules)

    def _mark(self, node: Node, rules: int) -> None:
        """Mark a derived value as stale, or `rules` (a bit mask) of an entity as due."""
        if type(node) is EntityNode:
            self.due[node] = self.due.get(node, 0) | rules
            return
        assert isinstance(node, DerivedNode)
        if node not in self._stale and node is not self._node:
            self._stale.add(node)
            self._pushed += 1
            heappush(self._work, (node.height, self._pushed, node))

    def propagate(self) -> None:
        """Recompute stale derived values, inputs first; equal results do not reach their readers."""
        while self._work:
            node = heappop(self._work)[2]
            if node in self._stale:
                self._nesting.run(self._recompute, node)

    def _recompute(self, node: DerivedNode) -> None:
        before, tally = node.value, node.derived.tally
        self._compute(node)
        if node.value == before:
            return
        if tally is not None:
            groups = self.groups[tally]
            touched = add_contribution(groups, contribution_of(before), -1)
            touched += add_contribution(groups, contribution_of(node.value), 1)
            for group in dict.fromkeys(touched):
                self.touch((tally.slot, group))
        elif node.readers is not None:
            readers, node.readers = node.readers, None
            self._mark_readers(readers)


def _position_of(flat: tuple[Any, ...], node: Node) -> int:
    """The position of a node in a flat tuple of readers; -1 if it is not in it."""
    return next((at for at, each in enumerate(flat) if each is node), -1)


def _merged(flat: tuple[Any, ...]) -> dict[Node, int]:
    """A flat tuple of readers as a dict, each node once."""
    merged: dict[Node, int] = {}
    for node, rules in pairs_of(flat):
        merged[node] = merged.get(node, 0) | rules
    return merged
