"""Rows as the terminal would show them, as text; and organisations, findings and panes to try them on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from orgtui.engine.finding import Finding, Identity
from orgtui.engine.view import PlainView
from orgtui.model.records import Key, Profile, Record, Severity
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.views.base.cells import cell_len, clip
from orgtui.views.base.row import Row, Rows
from orgtui.views.base.scene import Scene
from orgtui.views.base.signs import UNICODE, Signs

TODAY = date(2026, 11, 21)
PROFILE = Profile("Startup A Marketing", TODAY)


def line(row: Row, width: int) -> str:
    """A row as text: 3 cells of margin, then `width` cells; what is struck through stands in `-…-`."""
    right = "".join(span.text for span in row.right)
    room = width - cell_len(right) - (1 if right else 0)
    left = clip("".join(f"-{s.text}-" if s.role == "resolved" else s.text for s in row.left), room)
    gap = width - cell_len(left) - cell_len(right)
    margin = row.margin.text
    return f"{margin}{' ' * (3 - cell_len(margin))}{left}{' ' * gap}{right}".rstrip()


def screen(rows: Rows, width: int = 40, first: int = 0, last: int | None = None) -> str:
    """The rows from `first` to before `last` as they would stand on screen, with a line before and after."""
    end = len(rows) if last is None else min(last, len(rows))
    lines = [line(rows.row(index, width), width) for index in range(first, end)]
    return "\n" + "\n".join(lines) + "\n"


def roles(row: Row) -> dict[str, str]:
    """What each piece of a row means."""
    spans = (row.margin, *row.left, *row.right)
    return {span.text.strip(): span.role for span in spans if span.text.strip()}


def organization(*records: Record) -> Organization:
    return Organization((PROFILE, *records))


def scene(now: Organization, baseline: Organization | None = None, signs: Signs = UNICODE) -> Scene:
    return Scene(now, baseline or now.copy(), PlainView(now, TODAY, {}), signs)


def reported(severity: Severity, code: str, *subjects: str) -> ReportedFinding:
    return ReportedFinding(Finding(code, tuple(map(Ref, subjects)), {}), severity)


def by_identity(*findings: ReportedFinding) -> dict[Identity, ReportedFinding]:
    return {each.identity: each for each in findings}


def come(*findings: ReportedFinding) -> Difference:
    return Difference(tuple((None, each) for each in findings))


def gone(*findings: ReportedFinding) -> Difference:
    return Difference(tuple((each, None) for each in findings))


NO_DIFFERENCE = Difference()


def changed(organization: Organization, table: str, key: Key, **fields: object) -> Set:
    """The assignment that gives a record other fields."""
    old: Any = organization.tables[table].get(key)
    return Set(table, key, old, replace(old, **fields))


def apply(scene: Scene, sets: Iterable[Set]) -> list[Set]:
    """Make assignments, and look at what they left with a fresh view."""
    done = list(sets)
    for each in done:
        scene.organization.apply(each)
    scene.view = PlainView(scene.organization, TODAY, {})
    return done
