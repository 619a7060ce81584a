"""Keeps the findings of an organisation up to date as it changes, and tells what a change would do."""

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

    `waiting` says that rules of the graph lane would have to be asked as well and were not.
    """

    answer: T
    has_pending_rules: bool


class Engine:
    """All rules over one organisation, of which the engine is the only writer from now on."""

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
        """The present state, with everything derived so far at hand."""
        return self._graph

    @property
    def has_pending_rules(self) -> bool:
        """Whether rules of the graph lane have yet to be asked about the present state."""
        return bool(self._pending)

    def update(self, sets: Iterable[Set]) -> Delta:
        """Commit assignments and ask every rule of the entity lane that they touch."""
        builder = DeltaBuilder()
        for each in sets:
            for cell in self.organization.apply(each):
                self._update_nodes(cell, builder)
                self._graph.touch(cell)
        self._graph.propagate()
        return self._run(builder)

    def evaluate_pending(self) -> Delta:
        """Ask the rules of the graph lane that wait."""
        self._graph.due, self._pending = self._pending, {}
        return self._run(DeltaBuilder(), lanes=self._graph_lane)

    def reevaluate(self, code: str) -> Delta:
        """Ask one rule anew, whose options are others now."""
        for number, rule in enumerate(self.rules):
            if rule.code == code:
                self._graph.due |= dict.fromkeys(self._entities[rule.on].values(), 1 << number)
        return self._run(DeltaBuilder())

    def rederive(self, derived: Derived[Any, Any]) -> Delta:
        """Derive a kind of value anew whose options are others now."""
        self._graph.mark_stale(derived)
        self._graph.propagate()
        return self._run(DeltaBuilder())

    def reads(self, finding: Finding) -> list[Read]:
        """What a finding rests on: the cells that its rule reads when it is asked once more, in that order.

        A finding of an earlier state rests on nothing.
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
        """What assignments would do; `answer` is read while they are supposed, then all is as it was.

        With `graph_lane` rules of that lane are asked as well, also those that wait for an earlier change.
        """
        view = PreviewView(self._graph)
        builder = DeltaBuilder()
        with self._applied(sets) as cells:
            created: dict[tuple[str, Key], int] = {}
            for cell in cells:
                self._preview_nodes(cell, view, created, builder)
                view.touch(cell)
            view.propagate()
            waiting = False
            asked = dict(view.due)
            if graph_lane:
                for node, mask in self._pending.items():
                    asked[node] = asked.get(node, 0) | mask
            due = {node: mask for node, mask in asked.items() if self._is_current(node)}
            due |= {EntityNode(kind, key): mask for (kind, key), mask in created.items()}
            for node, mask in due.items():
                if mask & self._graph_lane and not graph_lane:
                    waiting = True
                    mask &= ~self._graph_lane
                for number, rule, _ in self._rules_in(mask):
                    findings = evaluate_rule(rule, view, node.key, self.options)
                    builder.replace(node.findings.get(number, ()), findings)
            delta = builder.delta()
            return DeltaPreview(answer(view, delta), waiting)

    @contextmanager
    def _applied(self, sets: Iterable[Set]) -> Iterator[list[Cell]]:
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

    def _is_current(self, node: EntityNode) -> bool:
        """Whether a node is the one that stands for its entity, and the entity is there."""
        known = self._entities[node.kind].get(node.key)
        return known is node and node.key in entities(self.organization, node.kind)

    def _create_node(self, kind: str, key: Key) -> EntityNode:
        node = self._entities[kind][key] = EntityNode(kind, key)
        return node

    def _update_nodes(self, cell: Cell, builder: DeltaBuilder) -> None:
        """Welcome an entity that a change of cell brought, bury one that it took."""
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
        self, cell: Cell, view: PreviewView, created: dict[tuple[str, Key], int], builder: DeltaBuilder
    ) -> None:
        slot, key = cell
        for kind in self._kinds.get(slot, ()):
            node = self._entities[kind].get(key)
            exists = key in entities(self.organization, kind)
            if exists and node is None:
                created[kind, key] = self._masks[kind]
            elif node is not None and exists and kind == slot:
                view.due[node] = self._masks[kind]
            elif node is not None and not exists:
                for findings in node.findings.values():
                    builder.replace(findings, ())

    def _rules_in(self, mask: int) -> Sequence[tuple[int, Rule, int]]:
        """The rules in a mask, each with its number and its bit; there are few masks."""
        rules = self._rules_of.get(mask)
        if rules is None:
            bits = [(number, 1 << number) for number in range(len(self.rules))]
            rules = [(number, self.rules[number], bit) for number, bit in bits if mask & bit]
            self._rules_of[mask] = rules
        return rules

    def _store_findings(
        self, node: EntityNode, number: int, findings: tuple[Finding, ...], builder: DeltaBuilder
    ) -> None:
        """Keep what a rule says of an entity now."""
        before = node.findings.get(number, ())
        if findings != before:
            builder.replace(before, findings)
            others = {other: words for other, words in node.findings.items() if other != number}
            node.findings = others | {number: findings} if findings else others

    def _run(self, builder: DeltaBuilder, lanes: int = 0) -> Delta:
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
