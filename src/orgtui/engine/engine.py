"""Incremental evaluation: keeps the findings of an organisation up to date, and previews changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from orgtui.engine.evidence import Read, RecordingView
from orgtui.engine.finding import Delta, DeltaBuilder, Finding, Identity
from orgtui.engine.graph import EntityNode, TrackingView
from orgtui.engine.preview import PreviewView
from orgtui.engine.rule import Rule, entities, evaluate_rule, source_of
from orgtui.engine.view import Derived, View
from orgtui.model.records import Key
from orgtui.model.store import Cell, Organization, Set, inverse

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeltaPreview(Generic[T]):
    """What the caller read in the state that assignments would lead to.

    `has_pending_rules` says that rules of the graph lane are affected too and were not evaluated;
    `evaluated` is the number of entities whose rules were.
    """

    answer: T
    has_pending_rules: bool
    evaluated: int


class Engine:
    """Evaluates rules over one organisation, and again where a change affects what they read.

    From then on only the engine may change the organisation. `options` holds the parameters of rules by
    their type; `findings` and `by_code` hold what was found in the present state. Creating an engine
    evaluates all rules of the entity lane; those of the graph lane are left pending.
    """

    def __init__(
        self, organization: Organization, rules: Sequence[Rule], today: date, options: Mapping[type, object]
    ) -> None:
        self.organization = organization
        self.rules = tuple(rules)
        self.options = options
        self.findings: dict[Identity, Finding] = {}
        self.by_code: dict[str, dict[Identity, Finding]] = {rule.code: {} for rule in rules}
        self._graph = TrackingView(organization, today, options)
        self._kinds: dict[str, list[str]] = {}
        self._rules_of: dict[int, list[tuple[int, Rule, int]]] = {}
        self._masks: dict[str, int] = {}
        self._graph_lane = 0
        for number, rule in enumerate(self.rules):
            self._masks[rule.on] = self._masks.get(rule.on, 0) | 1 << number
            if rule.lane == "graph":
                self._graph_lane |= 1 << number
        for kind in self._masks:
            self._kinds.setdefault(source_of(kind), []).append(kind)
        self._entities: dict[str, dict[Key, EntityNode]] = {kind: {} for kind in self._masks}
        self._pending: dict[EntityNode, int] = {}
        for kind, mask in self._masks.items():
            self._graph.due = {self._create_node(kind, key): mask for key in entities(organization, kind)}
            self._run(DeltaBuilder())
        self._graph.is_initialized = True

    @property
    def view(self) -> View:
        """The present state; derived values that rules have read are memoised in it."""
        return self._graph

    @property
    def has_pending_rules(self) -> bool:
        """Whether rules of the graph lane have yet to be evaluated on the present state."""
        return bool(self._pending)

    def update(self, sets: Iterable[Set]) -> Delta:
        """Make assignments and evaluate the rules of the entity lane that they affect.

        Rules of the graph lane are left pending. Raises `StaleSet` if an assignment does not fit the state.
        """
        builder = DeltaBuilder()
        for each in sets:
            for cell in self.organization.apply(each):
                self._update_nodes(cell, builder)
                self._graph.touch(cell)
        self._graph.propagate()
        return self._run(builder)

    def evaluate_pending(self) -> Delta:
        """Evaluate the pending rules of the graph lane."""
        self._graph.due, self._pending = self._pending, {}
        return self._run(DeltaBuilder(), lanes=self._graph_lane)

    def reevaluate(self, code: str) -> Delta:
        """Evaluate one rule on all its entities, e.g. after its options changed."""
        for number, rule in enumerate(self.rules):
            if rule.code == code:
                self._graph.due |= dict.fromkeys(self._entities[rule.on].values(), 1 << number)
        return self._run(DeltaBuilder())

    def rederive(self, derived: Derived[Any, Any]) -> Delta:
        """Recompute all memoised values of `derived`, e.g. after its options changed."""
        self._graph.mark_stale(derived)
        self._graph.propagate()
        return self._run(DeltaBuilder())

    def reads(self, finding: Finding) -> list[Read]:
        """The cells that a finding rests on, in the order in which its rule reads them.

        Evaluates the rule once more. Empty for a finding of an earlier state.
        """
        for number, rule in enumerate(self.rules):
            if rule.code != finding.code:
                continue
            for node in self._entities[rule.on].values():
                if finding in node.findings.get(number, ()):
                    view = RecordingView(self._graph)
                    evaluate_rule(rule, view, node.key, self.options)
                    return view.reads()
        return []

    def preview(
        self, sets: Iterable[Set], answer: Callable[[View, Delta], T], *, graph_lane: bool = False
    ) -> DeltaPreview[T]:
        """What assignments would do, without keeping them.

        `answer` is called with the view and the delta of the previewed state. With `graph_lane` the rules of
        that lane are evaluated too, including those that are pending since an earlier change. Raises
        `StaleSet` if an assignment does not fit the state.
        """
        view = PreviewView(self._graph)
        builder = DeltaBuilder()
        with self._applied(sets) as cells:
            created: dict[tuple[str, Key], int] = {}
            removed: set[EntityNode] = set()
            for cell in cells:
                self._preview_nodes(cell, view, created, removed, builder)
                view.touch(cell)
            view.propagate()
            has_pending_rules = False
            affected = dict(view.due)
            if graph_lane:
                for node, mask in self._pending.items():
                    affected[node] = affected.get(node, 0) | mask
            known = self._entities
            due = {
                node: mask
                for node, mask in affected.items()
                if node not in removed and known[node.kind].get(node.key) is node
            }
            due |= {EntityNode(kind, key): mask for (kind, key), mask in created.items()}
            for node, mask in due.items():
                if mask & self._graph_lane and not graph_lane:
                    has_pending_rules = True
                    mask &= ~self._graph_lane
                for number, rule, _ in self._rules_in(mask):
                    findings = evaluate_rule(rule, view, node.key, self.options)
                    if findings or node.findings:
                        builder.replace(node.findings.get(number, ()), findings)
            delta = builder.delta()
            return DeltaPreview(answer(view, delta), has_pending_rules, len(due))

    @contextmanager
    def _applied(self, sets: Iterable[Set]) -> Iterator[list[Cell]]:
        """The cells touched by assignments, which are taken back at the end."""
        done: list[Set] = []
        cells: list[Cell] = []
        try:
            for each in sets:
                cells += self.organization.apply(each)
                done.append(each)
            yield cells
        finally:
            for each in inverse(done):
                self.organization.apply(each)

    def _create_node(self, kind: str, key: Key) -> EntityNode:
        node = self._entities[kind][key] = EntityNode(kind, key)
        return node

    def _update_nodes(self, cell: Cell, builder: DeltaBuilder) -> None:
        """Create or remove the entity nodes affected by a changed cell."""
        slot, key = cell
        for kind in self._kinds.get(slot, ()):
            node = self._entities[kind].get(key)
            exists = key in entities(self.organization, kind)
            if exists and node is None:
                self._graph.due[self._create_node(kind, key)] = self._masks[kind]
            elif node is not None and exists and kind == slot:
                self._graph.due[node] = self._masks[kind]
            elif node is not None and not exists:
                del self._entities[kind][key]
                self._graph.due.pop(node, None)
                self._pending.pop(node, None)
                for findings in node.findings.values():
                    builder.replace(findings, ())

    def _preview_nodes(
        self,
        cell: Cell,
        view: PreviewView,
        created: dict[tuple[str, Key], int],
        removed: set[EntityNode],
        builder: DeltaBuilder,
    ) -> None:
        """Collect the entities that a changed cell creates and removes, and the findings of the latter."""
        slot, key = cell
        for kind in self._kinds.get(slot, ()):
            node = self._entities[kind].get(key)
            exists = key in entities(self.organization, kind)
            if exists and node is None:
                created[kind, key] = self._masks[kind]
            elif node is not None and exists and kind == slot:
                view.due[node] = self._masks[kind]
            elif node is not None and not exists:
                removed.add(node)
                for findings in node.findings.values():
                    builder.replace(findings, ())

    def _rules_in(self, mask: int) -> Sequence[tuple[int, Rule, int]]:
        """The rules in a bit mask, each with its number and its bit; cached, as few masks occur."""
        rules = self._rules_of.get(mask)
        if rules is None:
            bits = [(number, 1 << number) for number in range(len(self.rules))]
            rules = [(number, self.rules[number], bit) for number, bit in bits if mask & bit]
            self._rules_of[mask] = rules
        return rules

    def _store_findings(
        self, node: EntityNode, number: int, findings: tuple[Finding, ...], builder: DeltaBuilder
    ) -> None:
        """Store what one rule finds about an entity now."""
        before = node.findings.get(number, ())
        if findings != before:
            builder.replace(before, findings)
            others = {other: found for other, found in node.findings.items() if other != number}
            node.findings = others | {number: findings} if findings else others

    def _run(self, builder: DeltaBuilder, lanes: int = 0) -> Delta:
        """Evaluate the rules that are due; of the graph lane only those in the bit mask `lanes`."""
        graph = self._graph
        due, graph.due = graph.due, {}
        for node, mask in due.items():
            if self._entities[node.kind].get(node.key) is not node:
                continue
            later = mask & self._graph_lane & ~lanes
            if later:
                self._pending[node] = self._pending.get(node, 0) | later
            for number, rule, bit in self._rules_in(mask & ~later):
                graph.set_reader(node, bit)
                findings = evaluate_rule(rule, graph, node.key, self.options)
                if findings or node.findings:
                    self._store_findings(node, number, findings, builder)
        graph.set_reader(None)
        delta = builder.delta()
        for finding in delta.resolved:
            del self.findings[finding.identity]
            del self.by_code[finding.code][finding.identity]
        for finding in (*delta.introduced, *delta.changed):
            identity = finding.identity
            self.findings[identity] = self.by_code[finding.code][identity] = finding
        return delta
