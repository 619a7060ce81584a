"""What would be if: reads the graph of a committed state and never writes it."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush
from typing import Any, TypeVar

from orgtui.engine.graph import DerivedNode, EntityNode, Node, TrackingView, pairs_of
from orgtui.engine.view import Contribution, Derived, Groups, Tally, View, add_contribution, entries
from orgtui.model.records import Key
from orgtui.model.store import Cell

T = TypeVar("T")
NO_MEMBERS: Mapping[Any, int] = {}
NOBODY: Mapping[Key, Any] = {}


class WhatIfView(View):
    """The state with assignments applied that nobody committed to, over the graph of the committed one.

    What is read here and was not read there is remembered here, until the state has settled.
    """

    def __init__(self, graph: TrackingView) -> None:
        self.graph = graph
        self.today = graph.today
        self._tables = graph.organization.tables
        self._values: dict[DerivedNode, Any] = {}
        self._errors: dict[DerivedNode, Exception] = {}
        self._fresh: dict[tuple[Derived[Any, Any], Key], DerivedNode] = {}
        self._reading: list[DerivedNode] = []
        self._readers: dict[tuple[str, Key], dict[DerivedNode, None]] = {}
        self._shifts: dict[tuple[Tally, Key], dict[Any, int]] = {}
        self._shifted: dict[tuple[Tally, Key], Mapping[Any, int]] = {}
        self._counts: dict[Tally, Groups] = {}
        self._born: set[tuple[Tally, Key]] = set()
        self._dirty: set[DerivedNode] = set()
        self._work: list[tuple[int, int, DerivedNode]] = []
        self._pushed = 0
        self.due: dict[EntityNode, int] = {}
        self.index = graph.organization.index  # type: ignore[method-assign]
        self.count = graph.organization.count  # type: ignore[method-assign]
        self.options = graph.options  # type: ignore[method-assign]

    # -- reading -----------------------------------------------------------------------------------

    def record(self, table: str, key: Key) -> Any:
        return self._tables[table].get(key)

    def ids(self, table: str) -> tuple[Any, ...]:
        return tuple(self._tables[table])

    def derive(self, derived: Derived[Any, Any], key: Any) -> Any:
        nodes = self.graph.nodes.get(derived)
        node = None if nodes is None else nodes.get(key)
        if node is None:
            node = self._fresh.get((derived, key))
        if node is None:
            node = self._fresh[derived, key] = DerivedNode(derived, key)
            self._compute(node)
        elif node in self._dirty:
            self._recompute(node)
        self._note((derived.slot, key))
        if node in self._errors:
            raise self._errors[node]
        return self._values[node] if node in self._values else node.get()

    def _note(self, cell: tuple[str, Key]) -> None:
        """Remember who reads a value that may yet change while this state settles."""
        if self._reading:
            self._readers.setdefault(cell, {})[self._reading[-1]] = None

    def tally(self, tally: Tally, group: Key) -> Mapping[Any, int]:
        self._note((tally.slot, group))
        groups = self.graph.groups.get(tally)
        if groups is None:
            return self._counted(tally).get(group, NO_MEMBERS)
        members = groups.get(group, NO_MEMBERS)
        shift = self._shifts.get((tally, group))
        if shift is None:
            return members
        shifted = self._shifted.get((tally, group))
        if shifted is None:
            shifted = self._shifted[tally, group] = _added(members, shift)
        return shifted

    def _counted(self, tally: Tally) -> Groups:
        """A tally that no rule has read yet, counted from scratch in the supposed state."""
        groups = self._counts.get(tally)
        if groups is None:
            groups = self._counts[tally] = {}
            for key in entries(self.graph.organization, tally.over):
                add_contribution(groups, tally.contribution.function(self, key), 1)
        return groups

    # -- supposing -----------------------------------------------------------------------------------

    def touch(self, cell: Cell) -> None:
        """A cell is supposed to change: its readers are due, and stay its readers."""
        slot, key = cell
        for tally in self.graph.tallies_over.get(slot, ()):
            known = self.graph.nodes[tally.contribution]
            if key not in known and (tally, key) not in self._born and self._exists(slot, key):
                self._born.add((tally, key))
                node = DerivedNode(tally.contribution, key, tally)
                node.height = self.graph.tally_heights[tally]
                self._mark(node, 1)
        for reader in self._readers.pop(cell, ()):
            self._mark(reader, 1)
        readers = self.graph.readers.get(slot, NOBODY).get(key)
        if readers is None:
            return
        for node_, mask in pairs_of(readers):
            self._mark(node_, mask)

    def _exists(self, slot: str, key: Key) -> bool:
        return key in entries(self.graph.organization, slot)

    def _mark(self, node: Node, mask: int) -> None:
        if type(node) is EntityNode:
            self.due[node] = self.due.get(node, 0) | mask
            return
        assert isinstance(node, DerivedNode)
        if node not in self._dirty:
            self._dirty.add(node)
            self._pushed += 1
            heappush(self._work, (node.height, self._pushed, node))

    def settle(self) -> None:
        """Recompute derived values until none is due, inputs first."""
        while self._work:
            node = heappop(self._work)[2]
            if node in self._dirty:
                self._recompute(node)

    def _recompute(self, node: DerivedNode) -> None:
        self._dirty.discard(node)
        before = self._values.get(node, node.value)
        failed = self._errors.pop(node, node.error)
        self._compute(node)
        value = self._values[node]
        if node.tally is not None:
            if value != before:
                self._shift(node.tally, before, value)
        elif value != before or self._errors.get(node) is not failed:
            self.touch((node.derived.slot, node.key))

    def _compute(self, node: DerivedNode) -> None:
        self._reading.append(node)
        try:
            self._values[node] = node.derived.function(self, node.key)
        except Exception as raised:  # noqa: BLE001 - handed to every reader, whose rules report it
            self._errors[node] = raised
            self._values[node] = ()
        finally:
            self._reading.pop()

    def _shift(self, tally: Tally, before: Contribution, after: Contribution) -> None:
        """Note what a group's members gain and lose; a group of thousands is copied only for who reads it."""
        touched: dict[Key, None] = {}
        for contribution, sign in ((before, -1), (after, 1)):
            for group, member, amount in contribution:
                shift = self._shifts.setdefault((tally, group), {})
                shift[member] = shift.get(member, 0) + sign * amount
                touched[group] = None
        for group in touched:
            self._shifted.pop((tally, group), None)
            self.touch((tally.slot, group))


def _added(members: Mapping[Any, int], shift: Mapping[Any, int]) -> Mapping[Any, int]:
    sums = {member: members.get(member, 0) + amount for member, amount in shift.items()}
    return {member: amount for member, amount in {**members, **sums}.items() if amount}
