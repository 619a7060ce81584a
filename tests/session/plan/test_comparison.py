"""A session against its baseline: what the two come to when each is judged for itself."""

from __future__ import annotations

from pathlib import Path

from orgtui.engine.view import PlainView
from orgtui.metrics import measure, new_managers
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment
from orgtui.rules.policy import SEVERITIES
from orgtui.session.plan.beside import assess
from orgtui.session.plan.comparison import Metrics, compare, compare_with_plan
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from orgtui.session.plan.planned import apply_plan
from orgtui.session.session import Session
from orgtui.session.timeline.reviews import reviewed_count
from tests.session.sessions import moved, renamed, write_department


def measured(organization: Organization, baseline: Organization | None = None) -> Metrics:
    """The metrics of a state judged from scratch."""
    assessment = Assessment(organization.copy(), organization.profile.as_of)
    assessment.evaluate_pending()
    found = {code: len(findings) for code, findings in assessment.engine.by_code.items()}
    counts = {severity: assessment.count(severity) for severity in SEVERITIES}
    before = None if baseline is None else PlainView(baseline, organization.profile.as_of, {})
    metrics = measure(assessment.view, found, counts, before=before)
    return (
        metrics if baseline is None else {**metrics, "reviewed": reviewed_count(baseline, organization, ())}
    )


def restructured(folder: Path) -> Session:
    session = open_session(write_department(folder), None).session
    people = [each for each in session.organization.people.values() if each.state == "filled"]
    teams = list(session.organization.teams)
    for person in people[:4]:
        target = next(team for team in reversed(teams) if team != person.team)
        session.do(moved(person.id, target))
    session.do(renamed(teams[1], "Another name"))
    session.evaluate_pending()
    return session


def test_both_sides_are_what_judging_them_apart_says(tmp_path: Path) -> None:
    session = restructured(tmp_path)
    found = compare(session)
    assert found.before == measured(session.baseline)
    shocks = sum(each.finding.code == "A201" for each in session.assessment.reported.values())
    now = dict(measured(session.organization, session.baseline))
    assert {**found.now, "warnings": 0} == {**now, "warnings": 0}
    assert (found.now["warnings"] or 0) - shocks == now["warnings"]
    session.close()


def test_who_reports_to_somebody_else(tmp_path: Path) -> None:
    session = restructured(tmp_path)
    found = compare(session)
    before = PlainView(session.baseline, session.baseline.profile.as_of, {})
    assert len(found.new_manager) == new_managers(before, session.assessment.view) == found.now["new_manager"]
    assert found.new_manager
    assert all(then != now for _, then, now in found.new_manager)
    session.close()


def test_another_plan_is_compared_as_if_judged_apart(tmp_path: Path) -> None:
    organization = write_department(tmp_path)
    alternative = open_session(organization, tmp_path / "other.plan.toml")
    session = alternative.session
    teams = list(session.organization.teams)
    for person in list(session.organization.people)[:3]:
        if session.organization.people[person].team != teams[1]:
            session.do(moved(person, teams[1]))
    fold(alternative)
    session.close()
    here = restructured(tmp_path)
    other = apply_plan(here.baseline, organization, tmp_path / "other.plan.toml")
    there = assess(here, other)
    found = compare_with_plan(here, there)
    assert other.organization == session.organization
    expected = dict(measured(session.organization, session.baseline))
    shocks = sum(each.finding.code == "A201" for each in there.reported.values())
    assert found.before == {**expected, "warnings": (expected["warnings"] or 0) + shocks}
    assert found.now == compare(here).now
    lost, new = ({each.identity for each in side} for side in (found.since.lost, found.since.found))
    assert lost == there.reported.keys() - here.assessment.reported.keys()
    assert new == here.assessment.reported.keys() - there.reported.keys()
    assert all(then != now for _, then, now in found.new_manager)
    here.close()


def test_without_changes_nothing_differs(tmp_path: Path) -> None:
    session = open_session(write_department(tmp_path), None).session
    session.evaluate_pending()
    found = compare(session)
    assert found.before == {name: found.now[name] for name in found.before}
    assert (found.now["people_moved"], found.new_manager, found.since.pairs) == (0, (), ())
    session.close()
