"""Chains of teams as long as nobody has: everything that follows them works, without recursion."""

from __future__ import annotations

from typing import Any

from orgtui.changes.compile import compile_all
from orgtui.changes.parse import parse_change
from orgtui.model.records import Function, Person, Record, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization
from orgtui.rules.assessment import report_findings
from orgtui.rules.facts.reporting import deepest_layer
from orgtui.rules.facts.teams import depth, seats_below
from orgtui.rules.fixes.common import teams_in
from tests.engine.random_sets import TODAY
from tests.views.screen import organization
from tests.views.test_workspace import Session

DEEP = 20_000
DEEP_IN_THE_APP = 2_000
"""Less, as an assessment keeps what each rule has read."""


def chain(length: int) -> Organization:
    records: list[Record] = []
    for number in range(length):
        above = f"t{number - 1}" if number else None
        records.append(Team(f"t{number}", f"Team {number}", above, f"p{number}"))
        records.append(Person(f"p{number}", f"t{number}", f"Person {number}"))
    records += (
        Function(f"f{number}", f"Work {number}", team=f"t{number}") for number in range(0, length, 10)
    )
    return organization(*records)


def test_a_chain_is_checked() -> None:
    report = report_findings(chain(DEEP), TODAY)
    assert not [each for each in report.reported.values() if each.finding.failure]
    assert depth(report.view, f"t{DEEP - 1}") == DEEP - 1
    assert seats_below(report.view, "t0") == DEEP
    assert deepest_layer(report.view) == DEEP
    assert sum(1 for _ in teams_in(report.view, "t0")) == DEEP


def test_changes_are_made_in_a_chain() -> None:
    deep = chain(DEEP)
    changes: list[dict[str, Any]] = [
        {"op": "move_team", "team": f"t{DEEP // 2}", "to": "t1"},
        {"op": "move_person", "person": f"p{DEEP - 1}", "to": "t0"},
        {"op": "dissolve_team", "team": "t5", "people_to": "t4", "functions_to": "t4", "children_to": "t4"},
    ]
    for each in compile_all(deep, map(parse_change, changes)):
        deep.apply(each)
    assert deep.teams["t6"].parent == "t4"


def test_a_chain_is_shown_and_changed() -> None:
    session = Session(chain(DEEP_IN_THE_APP))
    workspace, below = session.workspace, Ref.to("team", f"t{DEEP_IN_THE_APP - 1}")
    at = workspace.tree.reveal(below)
    assert at is not None
    assert workspace.tree.ref(at) == below
    assert len(list(workspace.tree._outline)) == len(workspace.tree)
    assert not [each for each in session.assessment.reported.values() if each.finding.failure]
    session.do({"op": "move_team", "team": f"t{DEEP_IN_THE_APP // 2}", "to": "t1"})
    fresh = session.fresh()
    assert [fresh.badges.below(team) for team in session.assessment.organization.teams] == [
        workspace.badges.below(team) for team in session.assessment.organization.teams
    ]
    assert list(workspace.lanes._groups) == list(fresh.lanes._groups)
    assert workspace.tree.fold(Ref.to("team", "t0"))
