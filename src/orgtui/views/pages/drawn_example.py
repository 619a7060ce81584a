"""The example of a principle, drawn as the teams pane would show it, with what no row says below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

from orgtui.locales import join_list
from orgtui.model.records import Focus, Key, Severity
from orgtui.model.sentence import N_, sentence
from orgtui.rules.difference import ReportedFinding
from orgtui.rules.examples import Example
from orgtui.rules.policy import SEVERITIES, message
from orgtui.views.base.cells import cell_len
from orgtui.views.base.marks import Comparison
from orgtui.views.base.row import Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.base.signs import Signs
from orgtui.views.pages.page import INDENT, Line, text_lines
from orgtui.views.panes.badges import Badges
from orgtui.views.panes.team_contents import present_ref
from orgtui.views.panes.tree import TeamTree
from orgtui.views.words.records import label_of, record_name, value_words

TREE_MAX_WIDTH = 60
"""The most cells that a drawn tree takes: its numbers stay near the names."""

IN_ROW = {
    "profile": ("name", "as_of", "currency"),
    "team": ("name", "parent", "lead"),
    "function": ("name", "team"),
    "person": ("name", "title", "team", "state", "functions"),
    "target": ("metric",),
    "handoff": ("source", "target"),
    "share": ("source", "target", "topic"),
    "request": ("team", "department", "topic"),
    **dict.fromkeys(("stage", "pillar", "goal", "department", "mission", "tool"), ("name",)),
}
"""By table, the fields that its row or its name says, or that matter to no rule."""

KIND_LABELS = {
    "handoff": N_("handoff"),
    "share": N_("knowledge link"),
    "request": N_("request"),
    "mission": N_("mission"),
    "tool": N_("tool"),
}
"""By table, what its records are called, where that is no field's name too."""

TABLES_IN_TREE = ("team", "function", "person")
TABLES_BESIDE = (
    *("stage", "pillar", "goal", "department", "handoff", "share", "request"),
    *("mission", "tool", "target"),
)
"""Tables that are listed below the tree."""


def drawn_lines(example: Example, signs: Signs, severity: Severity, width: int) -> Iterator[Line]:
    """An example in `width` cells: its tree, what else it says, and what the rule finds."""
    scene = Scene(example.organization, example.baseline, example.view, signs)
    reported = {each.identity: ReportedFinding(each, severity) for each in example.findings}
    badges = Badges(example.organization, reported)
    tree = TeamTree(scene, Comparison(example.baseline, example.organization), badges)
    wide = min(width, TREE_MAX_WIDTH)
    for row in (tree.row(place, wide) for place in range(len(tree))):
        yield _tree_line(row, wide)
        ref = None if row.ref is None else present_ref(row.ref)
        if ref is not None and ref.kind in TABLES_IN_TREE:
            before = row.left[0].text
            indent = before[: len(before) - len(before.lstrip())] + INDENT * 2
            yield from _aside(_told(scene, ref.kind, ref.id), width, indent)
    yield from _aside(_told(scene, "profile", ""), width, INDENT)
    for table in TABLES_BESIDE:
        for key in scene.organization.tables[table]:
            yield from _aside(_named(scene, table, key), width, INDENT)
    for each in example.findings:
        first, *others = text_lines(scene.translate(message(each)), width, severity)
        yield Line(first.left, margin=Span(signs.severity(severity), severity))
        yield from others


def _tree_line(row: Row, width: int) -> Line:
    """A row of the tree, with what stands at its right near its name; a finding is in the margin too."""
    used = sum(cell_len(span.text) for span in (*row.left, *row.right))
    found = next((span for span in row.right if span.role in SEVERITIES), None)
    margin = row.margin if found is None else Span(found.text.strip()[:1], found.role)
    return Line((*row.left, Span(" " * max(1, width - used)), *row.right), margin=margin)


def _aside(words: str, width: int, indent: str) -> Iterator[Line]:
    return text_lines(words, width, "dim", indent) if words else iter(())


def _named(scene: Scene, table: str, key: Key) -> str:
    """A record that is in no row: its kind, its name and its fields."""
    kind, told = scene.say(KIND_LABELS.get(table, table)), _told(scene, table, key)
    if table == "target":
        record: Any = scene.organization.tables[table].get(key)
        name = scene.name("metric", record.metric)
    else:
        name = record_name(scene, table, key)
    if told:
        return scene.translate(sentence("{kind} {name}: {told}", kind=kind, name=name, told=told))
    return scene.translate(sentence("{kind} {name}", kind=kind, name=name))


def _told(scene: Scene, table: str, key: Key) -> str:
    """The fields of a record that no row of the tree says, with their values."""
    record: Any = scene.organization.tables[table].get(key)
    return join_list(
        f"{label_of(scene, name).replace('_', ' ')} {value_words(scene, name, value)}"
        for name, value in _given(record)
        if name not in IN_ROW.get(table, ())
    )


def _given(record: Any) -> Iterator[tuple[str, object]]:
    """The fields that are given otherwise than by default, those of a focus among them."""
    for each in fields(record):
        value = getattr(record, each.name)
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if isinstance(value, Focus):
            yield from _given(value)
        elif value != default and each.name != "id":
            yield each.name, value
