"""What the engine needs to know of a rule, and how a rule is evaluated on one entity."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from orgtui.engine.finding import Finding, Violation
from orgtui.engine.view import PlainView, View, entry_keys
from orgtui.model.records import Key
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization

Lane = Literal["entity", "graph"]
"""Rules of the graph lane read the whole team graph; their findings may come one frame later."""

ENTITY_SOURCES: dict[str, str] = {
    "lead": "led_by",
    "skill": "needing",
    "topic": "requests_on",
    "purpose": "tools_for",
}
"""Kinds of entity without a table of their own, each with the index whose keys they are."""

WHOLE = "organization"
"""The kind of the one entity that stands for the whole organisation."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the engine evaluates it: `check` is called for each entity of kind `on`, with its options.

    `options` is the type of its parameters.
    """

    code: str
    on: str
    check: Callable[[View, Any, Any], Iterable[Violation]]
    options: type
    lane: Lane = "entity"


def source_of(kind: str) -> str:
    """The table or index whose keys are the entities of a kind."""
    return ENTITY_SOURCES.get(kind, kind)


def entities(organization: Organization, kind: str) -> Collection[Any]:
    """The keys of all entities of a kind."""
    return ("",) if kind == WHOLE else entry_keys(organization, source_of(kind))


def evaluate_rule(rule: Rule, view: View, key: Key, options: Mapping[type, object]) -> tuple[Finding, ...]:
    """What a rule finds about one entity; an exception in the rule becomes a finding with a `failure`."""
    try:
        return tuple(
            [
                Finding(rule.code, violation.subjects, violation.evidence, violation.size)
                for violation in rule.check(view, key, options[rule.options])
            ]
        )
    except Exception as error:  # noqa: BLE001 - law 3: a session outlives any defect of a rule
        name = key if isinstance(key, str) else ">".join(key)
        subjects = () if rule.on == WHOLE else (Ref.to(rule.on, name),)
        return (Finding(rule.code, subjects, {}, failure=f"{type(error).__name__}: {error}"),)


def evaluate(
    organization: Organization, rules: Sequence[Rule], today: date, options: Mapping[type, object]
) -> tuple[list[Finding], PlainView]:
    """Every finding of one state, evaluated from scratch, and the view used for it."""
    view = PlainView(organization, today, options)
    return [
        finding
        for rule in rules
        for key in entities(organization, rule.on)
        for finding in evaluate_rule(rule, view, key, options)
    ], view
