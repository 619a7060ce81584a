"""Changes wait for the next wave where too many people would get a new manager at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.advice.fixes import PreviewedFix, fixes_for
from orgtui.changes.operations.teams import CreateTeam, SetLead
from orgtui.changes.parse import parse_change
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.session import Session

TEAMS = ("web", "pr", "events")

ORGANIZATION = "\n".join(
    [
        "format = 1",
        'organization = { name = "Example", as_of = 2026-11-21 }',
        '[[team]]\nid = "marketing"\nname = "Marketing"\nlead = "chen"',
        '[[person]]\nid = "chen"\nname = "Chen"\nteam = "marketing"',
        *(f'[[team]]\nid = "{team}"\nname = "{team.title()}"\nparent = "marketing"' for team in TEAMS),
        *(
            f'[[person]]\nid = "{team}{seat}"\nname = "{team.title()} {seat}"\nteam = "{team}"'
            for team in TEAMS
            for seat in range(4)
        ),
    ]
)
"""Thirteen people; a lead in a team of four gives three a new manager."""

LEADS = [SetLead(team, f"{team}0") for team in TEAMS]


def write(folder: Path) -> Path:
    """The file of the organisation."""
    path = folder / "team.toml"
    path.write_text(ORGANIZATION, encoding="utf-8")
    return path


@pytest.fixture
def opened(tmp_path: Path) -> OpenedSession:
    return open_session(write(tmp_path))


def shock_fixes(session: Session) -> list[PreviewedFix]:
    """The fixes of the first wave that is a shock."""
    session.evaluate_pending()
    reported = session.assessment.reported
    shock = min(identity for identity in reported if identity[0] == "A201")
    return fixes_for(session.assessment, reported[shock].finding)


def shocks(session: Session) -> list[tuple[str, ...]]:
    session.evaluate_pending()
    return sorted(identity[1] for identity in session.assessment.reported if identity[0] == "A201")


def test_a_change_that_stands_alone_waits_and_what_was_previewed_happens(opened: OpenedSession) -> None:
    session = opened.session
    for lead in LEADS[:2]:
        session.do([lead])
    assert shocks(session) == [("wave:1",)]
    fix = shock_fixes(session)[0]
    assert fix.placing is not None
    assert (fix.applicability, fix.changes, fix.placing.to_mapping()) == (
        "decision",
        (),
        {"op": "set_wave", "changes": [2], "wave": 2},
    )
    assert [each.finding.code for each in fix.difference.resolved] == ["A201"]
    before = session.organization.copy()
    placed = session.set_wave(fix.placing.changes, fix.placing.wave).difference
    assert placed.followed_by(session.evaluate_pending().difference).pairs == fix.difference.pairs
    assert session.organization == before
    session.undo()
    assert shocks(session) == [("wave:1",)]


def test_changes_that_belong_together_wait_together(opened: OpenedSession) -> None:
    session = opened.session
    session.do([LEADS[0]])
    session.do([CreateTeam("fairs", "Fairs", "events")])
    session.do([parse_change({"op": "move_person", "person": "events3", "to": "fairs"})])
    session.do([SetLead("events", "events0")])
    waiting = [fix.placing.changes for fix in shock_fixes(session) if fix.placing is not None]
    assert sorted(waiting) == [(1,), (2, 3, 4)]


def test_where_all_hangs_together_the_end_waits(opened: OpenedSession) -> None:
    session = opened.session
    session.do([LEADS[0]])
    session.do([parse_change({"op": "move_person", "person": "web0", "to": "pr"})])
    session.do([LEADS[1]])
    (fix, *_) = shock_fixes(session)
    assert fix.placing is not None
    assert fix.placing.changes in ((3,), (2, 3))
    session.set_wave(fix.placing.changes, fix.placing.wave)
    assert shocks(session) == []


def test_nothing_is_offered_that_only_moves_the_shock(opened: OpenedSession) -> None:
    session = opened.session
    for lead in LEADS:
        session.do([lead])
    assert [fix.applicability for fix in shock_fixes(session)] == ["hint"]
