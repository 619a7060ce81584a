"""Previews of changes: evaluates rules on a changed state without writing the graph of the committed one."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush
from typing import Any, TypeVar

from orgtui.engine.graph import (
    DerivedNode,
    EntityNode,
    FailedValue,
    Readers,
    TrackingView,
    contribution_of,
    node_class,
)
from orgtui.engine.nesting import Nesting
from orgtui.engine.view import (
    Derived,
    FlatContribution,
    Groups,
    Tally,
    View,
    add_contribution,
    entry_keys,
    triples,
)
from orgtui.model.records import Key
from orgtui.model.store import Cell

T = TypeVar("T")
NO_MEMBERS: Mapping[Any, int] = {}
NO_READERS: Mapping[Key, Readers] = {}


class PreviewView(View):
    """A view of a state whose assignments will be taken back, over the graph of the committed state.

    It holds the derived values that differ from the graph's, those that the graph does not have, and the
    readers of values that may still change until `propagate` is done. `due` holds the entities whose rules
    (a bit mask) must be evaluated.
    """

    def __init__(self, graph: TrackingView) -> None:
        self.graph = graph
        self.today = graph.today
        self._tables = tables = graph.organization.tables
        self.team = tables["team"].get  # type: ignore[assignment, method-assign]
        self.function = tables["function"].get  # type: ignore[assignment, method-assign]
        self.person = tables["person"].get  # type: ignore[assignment, method-assign]
        self._nodes = graph.nodes
        self._values: dict[DerivedNode, Any] = {}
        self._new_nodes: dict[tuple[Derived[Any, Any], Key], DerivedNode] = {}
        self._reading: list[DerivedNode] = []
        self._nesting = Nesting()
        self._heights: dict[DerivedNode, int] = {}
        self._tally_heights: dict[Tally, int] = {}
        """What was computed here may read other values than in the committed state, so it has other heights.

        Without them two values that swap who reads whom would mark each other stale for ever, each ahead of
        the higher value that would tell them apart."""
        self._height = 0
        self._readers: dict[Cell | DerivedNode, dict[DerivedNode, None]] = {}
        self._group_changes: dict[tuple[Tally, Key], dict[Any, int]] = {}
        self._changed_groups: dict[tuple[Tally, Key], Mapping[Any, int]] = {}
        self._counts: dict[Tally, Groups] = {}
        self._new_contributions: set[tuple[Tally, Key]] = set()
        self._stale: set[DerivedNode] = set()
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
        nodes = self._nodes.get(derived)
        node = None if nodes is None else nodes.get(key)
        if node is None:
            node = self._new_nodes.get((derived, key))
        if node is None:
            node = self._new_nodes[derived, key] = node_class(derived)(key)
            self._nesting.run(self._compute, node)
        elif node in self._stale:
            self._nesting.run(self._recompute, node)
        reading = self._reading
        if reading:  # what rules read, after all has settled, needs neither reader nor height
            self._readers.setdefault(node, {})[reading[-1]] = None
            height = self._heights.get(node, node.height)
            if self._height <= height:
                self._height = height + 1
        value = self._values.get(node, node.value)
        if type(value) is FailedValue:
            raise value.error
        return value

    def _height_of(self, node: DerivedNode) -> int:
        return self._heights.get(node, node.height)

    def _height_of_tally(self, tally: Tally) -> int:
        return max(self._tally_heights.get(tally, 0), self.graph.tally_heights.get(tally, 0))

    def tally(self, tally: Tally, group: Key) -> Mapping[Any, int]:
        if self._reading:
            self._readers.setdefault((tally.slot, group), {})[self._reading[-1]] = None
            self._height = max(self._height, self._height_of_tally(tally) + 1)
        groups = self.graph.groups.get(tally)
        if groups is None:
            return self._count_from_scratch(tally).get(group, NO_MEMBERS)
        members = groups.get(group, NO_MEMBERS)
        change = self._group_changes.get((tally, group))
        if change is None:
            return members
        changed = self._changed_groups.get((tally, group))
        if changed is None:
            changed = self._changed_groups[tally, group] = _added(members, change)
        return changed

    def _count_from_scratch(self, tally: Tally) -> Groups:
        """A tally that no rule has read yet, computed from scratch in the previewed state."""
        groups = self._counts.get(tally)
        if groups is None:
            groups = self._counts[tally] = {}
            with self._nesting.apart():
                for key in entry_keys(self.graph.organization, tally.over):
                    add_contribution(groups, tally.contribution.function(self, key), 1)
        return groups

    # -- changing ------------------------------------------------------------------------------------

    def touch(self, cell: Cell) -> None:
        """Mark the readers of a changed cell as stale or due; they stay its readers."""
        slot, key = cell
        for tally, known in self.graph.tallies_over.get(slot, ()):
            if key not in known and (tally, key) not in self._new_contributions and self._exists(slot, key):
                self._new_contributions.add((tally, key))
                node = node_class(tally.contribution)(key)
                node.height = self._height_of_tally(tally)
                self._mark(node)
        self._mark_readers(cell, self.graph.readers.get(slot, NO_READERS).get(key))

    def _mark_readers(self, what: Cell | DerivedNode, readers: Readers | None) -> None:
        """Mark the readers of something in this state as stale, those in the committed one as stale or due.

        Previews spend much of their time here: how readers are stored is told apart once for all of them.
        """
        for reader in self._readers.pop(what, ()):
            self._mark(reader)
        if readers is None:
            return
        due = self.due
        if type(readers) is tuple:
            values = iter(readers)
            for node in values:
                if type(node) is EntityNode:
                    due[node] = due.get(node, 0) | next(values)
                else:
                    self._mark(node)
        elif type(readers) is dict:
            for node, rules in readers.items():
                if type(node) is EntityNode:
                    due[node] = due.get(node, 0) | rules
                else:
                    self._mark(node)
        else:
            self._mark(readers)

    def _exists(self, slot: str, key: Key) -> bool:
        return key in entry_keys(self.graph.organization, slot)

    def _mark(self, node: Any) -> None:
        """Mark a derived value (a `DerivedNode`) as stale."""
        if node not in self._stale:
            self._stale.add(node)
            self._pushed += 1
            heappush(self._work, (self._height_of(node), self._pushed, node))

    def propagate(self) -> None:
        """Recompute stale derived values, inputs first; equal results do not reach their readers."""
        while self._work:
            node = heappop(self._work)[2]
            if node in self._stale:
                self._nesting.run(self._recompute, node)

    def _recompute(self, node: DerivedNode) -> None:
        self._stale.discard(node)
        before = self._values.get(node, node.value)
        try:
            self._compute(node)
        except BaseException:
            self._stale.add(node)
            raise
        value = self._values[node]
        if value == before:
            return
        if node.derived.tally is not None:
            self._add_group_change(node.derived.tally, contribution_of(before), contribution_of(value))
        else:
            self._mark_readers(node, node.readers)

    def _compute(self, node: DerivedNode) -> None:
        outer, self._height = self._height, 0
        self._reading.append(node)
        try:
            self._values[node] = node.derived.function(self, node.key)
        except Exception as raised:  # noqa: BLE001 - handed to every reader, whose rules report it
            self._values[node] = FailedValue(raised)
        finally:
            self._reading.pop()
            self._heights[node], self._height = self._height, outer
        tally = node.derived.tally
        if tally is not None:
            self._tally_heights[tally] = max(self._tally_heights.get(tally, 0), self._heights[node])

    def _add_group_change(self, tally: Tally, before: FlatContribution, after: FlatContribution) -> None:
        """Add what the members of groups gain and lose; large groups are copied only when they are read."""
        touched: dict[Key, None] = {}
        for contribution, sign in ((before, -1), (after, 1)):
            for group, member, amount in triples(contribution):
                change = self._group_changes.setdefault((tally, group), {})
                change[member] = change.get(member, 0) + sign * amount
                touched[group] = None
        readers = self.graph.readers.get(tally.slot, NO_READERS)
        for group in touched:
            self._changed_groups.pop((tally, group), None)
            self._mark_readers((tally.slot, group), readers.get(group))


def _added(members: Mapping[Any, int], change: Mapping[Any, int]) -> Mapping[Any, int]:
    """The members of a group with a change added; members that sum to 0 are absent."""
    sums = {member: members.get(member, 0) + amount for member, amount in change.items()}
    return {member: amount for member, amount in {**members, **sums}.items() if amount}
