"""What would be if: reads the graph of a committed state and never writes it."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush
from typing import Any, TypeVar

from orgtui.engine.graph import DerivedNode, EntityNode, Node, TrackingView
from orgtui.engine.view import Contribution, Derived, Groups, Tally, View, add_contribution, entries
from orgtui.model.records import Key
from orgtui.model.store import Cell

T = TypeVar("T")
NO_MEMBERS: Mapping[Any, int] = {}


class WhatIfView(View):
    """The state with assignments applied that nobody committed to, over the graph of the committed one."""

    def __init__(self, graph: TrackingView) -> None:
        self.graph = graph
        self.today = graph.today
        self._tables = graph.organization.tables
        self._values: dict[DerivedNode, Any] = {}
        self._errors: dict[DerivedNode, Exception] = {}
        self._fresh: dict[tuple[Derived[Any, Any], Key], Any] = {}
        self._groups: dict[tuple[Tally, Key], dict[Any, int]] = {}
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
            known = (derived, key)
            if known not in self._fresh:
                self._fresh[known] = derived.function(self, key)
            return self._fresh[known]
        if node in self._dirty:
            self._recompute(node)
        if node in self._errors:
            raise self._errors[node]
        return self._values[node] if node in self._values else node.get()

    def tally(self, tally: Tally, group: Key) -> Mapping[Any, int]:
        groups = self.graph.groups.get(tally)
        if groups is None:
            return self._counted(tally).get(group, NO_MEMBERS)
        own = self._groups.get((tally, group))
        return groups.get(group, NO_MEMBERS) if own is None else own

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
                self._mark(node, 1)
        readers = self.graph.readers[slot].get(key)
        if readers is None:
            return
        if type(readers) is tuple:
            self._mark(*readers)
        else:
            for node_, mask in readers.items():  # type: ignore[union-attr]
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
        error: Exception | None = None
        try:
            value = node.derived.function(self, node.key)
        except Exception as raised:  # noqa: BLE001 - handed to every reader, whose rules report it
            error, value = raised, ()
            self._errors[node] = raised
        self._values[node] = value
        if node.tally is not None:
            if value != before:
                self._shift(node.tally, before, value)
        elif value != before or error is not failed:
            self.touch((node.derived.slot, node.key))

    def _shift(self, tally: Tally, before: Contribution, after: Contribution) -> None:
        touched: dict[Key, None] = {}
        for contribution, sign in ((before, -1), (after, 1)):
            for group, member, amount in contribution:
                own = self._groups.get((tally, group))
                if own is None:
                    own = self._groups[tally, group] = dict(self.graph.groups[tally].get(group, NO_MEMBERS))
                add_contribution({group: own}, [(group, member, amount)], sign)
                touched[group] = None
        for group in touched:
            self.touch((tally.slot, group))
