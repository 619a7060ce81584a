"""A session: what is refused changes nothing, what cannot be written is not shown, and waves are judged."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orgtui.changes.base import Change, Refused
from orgtui.changes.operations.profile import SetOrganization
from orgtui.changes.parse import parse_change
from orgtui.cli.state import load_state
from orgtui.files.organization_file import dump_organization
from orgtui.files.plan_file import load_plan
from orgtui.locales import translate
from orgtui.metrics import pairs, teams
from orgtui.model.records import Pillar
from orgtui.rules.assessment import Assessment
from orgtui.rules.inputs import Waves
from orgtui.session.plan.folding import CannotFold, fold
from orgtui.session.plan.opening import open_session
from orgtui.session.session import Changed, Session
from orgtui.session.store import LogError
from tests.organizations import small_organization
from tests.session.sessions import moved, renamed, state_hash, team_name
from tests.support import FOUR_DIVISIONS, STARTUP


@pytest.fixture
def session(team: Path) -> Session:
    return open_session(team).session


def why_not(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return translate(refused.value.sentence)


# -- refusing ------------------------------------------------------------------------------------------


def test_a_change_that_cannot_be_made_leaves_everything_as_it_was(team: Path, session: Session) -> None:
    before = state_hash(session.organization)
    assert why_not(lambda: session.do([*renamed("pr", "Press"), *moved("xu", "pr")])) == (
        "xu already sits in pr"
    )
    assert state_hash(session.organization) == before
    assert not session.steps
    assert not (team.parent / "team.plan.log").exists()


def test_there_must_be_something_to_do_undo_redo_drop_and_explain(session: Session) -> None:
    assert why_not(lambda: session.do([])) == "There is nothing to do"
    assert why_not(session.undo) == "There is nothing to undo"
    assert why_not(session.redo) == "There is nothing to redo"
    assert why_not(lambda: session.drop(1)) == "There is no change 1"
    assert why_not(lambda: session.say_why(1, "x")) == "There is no change 1"
    session.do(renamed("pr", "Press"))
    session.undo()
    assert why_not(lambda: session.say_why(1, "x")) == "There is no change 1"


def test_a_step_that_a_later_one_needs_is_not_dropped(session: Session) -> None:
    session.do([parse_change({"op": "create_team", "team": "new", "name": "New", "parent": "marketing"})])
    session.do(moved("xu", "new"))
    assert why_not(lambda: session.drop(1)) == "Change 2 needs it: There is no team new"
    session.drop(2)
    session.drop(1)
    assert not session.steps


def test_what_is_taken_back_in_returns_to_its_place(team: Path) -> None:
    session = open_session(team).session
    for person in ("first", "second"):
        session.do([parse_change({"op": "add_seat", "person": person, "team": "pr", "state": "planned"})])
    whole = state_hash(session.organization)
    session.drop(1)
    session.close()
    again = open_session(team).session
    again.undo()
    assert state_hash(again.organization) == whole
    again.redo()
    assert state_hash(again.organization) == state_hash(session.organization)


def test_a_reason_passes_the_gate(session: Session) -> None:
    assert why_not(lambda: session.do(renamed("pr", "Press"), "left \u202e right")) == (
        "U+202E (right-to-left override) at character 6 may not stand in a reason"
    )
    session.do(renamed("pr", "Press"), "One name")
    assert why_not(lambda: session.say_why(1, "\x1b]52;c;\x07")).endswith("may not stand in a reason")
    assert session.steps[0].why == "One name"
    session.say_why(1, "  ")
    assert session.steps[0].why is None


def test_only_what_is_found_is_accepted(session: Session) -> None:
    accept = {"op": "accept", "code": "P203", "subjects": ["team:marketing"], "why": "We like it"}
    assert why_not(lambda: session.do([parse_change(accept)])) == (
        "P203 finds nothing to accept about marketing"
    )


# -- writing ---------------------------------------------------------------------------------------------

ACTS: list[Callable[[Session], object]] = [
    lambda session: session.do(renamed("growth", "Demand")),
    lambda session: session.undo(),
    lambda session: session.redo(),
    lambda session: session.drop(1),
    lambda session: session.say_why(1, "because"),
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("call", ["write", "fdatasync"])
def test_what_cannot_be_written_is_not_done(
    team: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Session], object], call: str
) -> None:
    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    opened = open_session(team)
    session = opened.session
    session.do(renamed("pr", "Press"))
    session.do(renamed("brand", "Brand!"))
    session.undo()
    before, steps = state_hash(session.organization), session.steps
    reported = dict(session.assessment.reported)
    told: list[Changed] = []
    session.subscribe(told.append)
    with monkeypatch.context() as broken:
        broken.setattr(os, call, fail)
        with pytest.raises(LogError) as refused:
            act(session)
    reason = translate(refused.value.sentence)
    flushed = call == "fdatasync"
    assert ("cannot be flushed to disk: No space left on device" in reason) == flushed
    assert (reason == "the disk is full; nothing was changed") != flushed
    assert (session.read_only is not None) == flushed
    assert state_hash(session.organization) == before
    assert session.steps == steps
    assert session.assessment.reported == reported
    assert session.can_redo
    assert not told
    if flushed:
        assert why_not(lambda: session.do(renamed("pr", "Media"))) == reason
        assert fold(opened) is False
    else:
        session.do(renamed("pr", "Media"))
        session.undo()
    session.close()
    again = open_session(team).session
    assert state_hash(again.organization) == before or flushed
    assert team_name(again, "pr") in ("Press", "PR")


def test_a_plan_that_cannot_be_written_stays_in_the_log(team: Path) -> None:
    opened = open_session(team)
    opened.session.do(renamed("pr", "Press"))
    opened.plan_path.mkdir()
    with pytest.raises(CannotFold) as refused:
        fold(opened)
    assert translate(refused.value.sentence).startswith("team.plan.toml cannot be written: ")
    opened.plan_path.rmdir()
    assert opened.session.unfolded
    assert fold(opened)
    assert not fold(opened)


# -- waves -----------------------------------------------------------------------------------------------


def crowd(session: Session) -> list[Change]:
    """Changes that give more than three people in ten another manager."""
    return [change for person in ("xu", "wu") for change in moved(person, "growth")] + [
        parse_change({"op": "set_lead", "team": "marketing", "person": "zhao"})
    ]


SHOCK = ("A201", ("wave:1",))


def test_a_wave_that_shocks_is_found_when_the_session_settles(team: Path) -> None:
    opened = open_session(team)
    session = opened.session
    assert "A201" not in session.assessment.asleep
    session.evaluate_pending()
    assert not session.has_pending_rules
    session.do(crowd(session))
    assert session.has_pending_rules
    changed = session.evaluate_pending()
    assert SHOCK in [each.identity for each in changed.difference.introduced]
    assert not session.has_pending_rules
    evidence = session.assessment.reported[SHOCK].finding.evidence
    since = session.since_baseline(lambda view: (teams(view), pairs(view)))
    assert SHOCK in [each.identity for each in since.difference.introduced]
    session.do([parse_change({"op": "accept", "code": "A201", "subjects": ["wave:1"], "why": "Once"})])
    assert not session.assessment.reported[SHOCK].counts
    fold(opened)
    session.close()
    again = open_session(team).session
    again.evaluate_pending()
    assert again.assessment.reported[SHOCK].finding.evidence == evidence
    assert not again.assessment.reported[SHOCK].counts
    again.drop(1)
    again.evaluate_pending()
    assert SHOCK not in again.assessment.reported


def test_a_session_on_the_sample_plan_says_what_check_says(tmp_path: Path) -> None:
    """In three waves, of which all but the last are over."""
    team, plan = tmp_path / STARTUP.name, tmp_path / FOUR_DIVISIONS.name
    team.write_bytes(STARTUP.read_bytes())
    plan.write_bytes(FOUR_DIVISIONS.read_bytes())
    opened = open_session(team, plan)
    for person in ("zhao-xin", "wang-lei", "lin-yue", "gao-peng"):
        opened.session.do(moved(person, "events"))
        opened.session.evaluate_pending()
    opened.session.undo()
    opened.session.evaluate_pending()
    assert {step.wave for step in opened.session.steps} == {1, 2, 3}
    fold(opened)
    state = load_state(team, plan)
    check = Assessment(state.organization, state.baseline.profile.as_of, waves=state.waves)
    check.evaluate_pending()
    assert check.reported == opened.session.assessment.reported


def test_a_step_in_several_waves_is_undone_as_a_whole_and_written_by_wave(team: Path) -> None:
    opened = open_session(team)
    session, before = opened.session, opened.session.organization.copy()
    several = [*moved("xu", "growth"), *renamed("pr", "Press"), *moved("xu", "brand")]
    session.do(several, "Suggested", waves=(1, 1, 2))
    [step] = session.steps
    assert (step.wave, step.last_wave, step.waves) == (1, 2, (1, 1, 2))
    assert [(part.wave, len(part.changes)) for part in step.parts] == [(1, 2), (2, 1)]
    session.evaluate_pending()
    waves = session.assessment.view.options(Waves).by_number
    assert {number: wave.new_manager for number, wave in waves.items()} == {1: 1, 2: 1}
    session.undo()
    assert session.organization == before
    session.do(several[:2], waves=(1, 2))
    assert session.steps[-1].waves == (1, 2), "what was taken back holds no wave"
    session.do(moved("wu", "growth"))
    assert session.steps[-1].wave == 2
    session.do(renamed("growth", "Growing"), waves=(1,))
    last = session.steps[-1]
    assert (last.wave, last.waves) == (3, ()), "after what was done before"
    steps = session.steps
    fold(opened)
    assert [step.wave for step in load_plan(opened.plan_path, parse_change).steps] == [1, 2, 2, 3]
    session.close()
    assert open_session(team).session.steps == steps


def test_steps_of_others_that_may_come_back_keep_their_waves(team: Path) -> None:
    mine, theirs = open_session(team).session, open_session(team).session
    mine.author, theirs.author = "li", "wu"
    mine.do([*moved("xu", "growth"), *renamed("pr", "Press")], waves=(1, 2))
    mine.undo()
    theirs.catch_up()
    theirs.do(renamed("growth", "Growing"))
    assert theirs.steps[-1].wave == 2
    mine.redo()
    assert [(step.wave, step.last_wave) for step in mine.steps] == [(1, 2), (2, 2)]


def test_what_was_accepted_of_a_rule_that_is_asleep_here_is_kept(team: Path) -> None:
    opened = open_session(team)
    opened.session.do(renamed("pr", "Press"))
    fold(opened)
    opened.session.close()
    (team.parent / "team.plan.log").unlink()
    text = opened.plan_path.read_text(encoding="utf-8")
    accepted = '[[change]]\nop = "accept"\ncode = "S401"\nsubjects = ["team:brand"]\nwhy = "This year"\n'
    begin, _, _ = text.partition("\n[summary]")
    opened.plan_path.write_text(f"{begin}\n{accepted}", encoding="utf-8")
    opened = open_session(team)
    opened.session.do(renamed("growth", "Demand"))
    fold(opened)
    kept = load_plan(opened.plan_path, parse_change).steps[-1]
    assert kept.change == {
        "op": "accept",
        "code": "S401",
        "subjects": ["team:brand"],
        "why": "This year",
    }


# -- clocks ----------------------------------------------------------------------------------------------


def test_a_plan_is_as_old_as_its_first_change(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    # The clock is read in one private function: a session offers no other.
    monkeypatch.setattr("orgtui.session.timeline.acting._now", lambda: first)
    opened = open_session(team)
    opened.session.do(renamed("pr", "Press"))
    monkeypatch.setattr("orgtui.session.timeline.acting._now", lambda: first.replace(hour=12))
    opened.session.do(renamed("growth", "Demand"))
    fold(opened)
    data = opened.plan_path.read_bytes()
    plan = load_plan(opened.plan_path, parse_change)
    assert plan.created == first
    assert [step.at for step in plan.steps] == [first, first.replace(hour=12)]
    opened.session.undo()
    opened.session.redo()
    fold(opened)
    assert opened.plan_path.read_bytes() == data


def test_a_session_of_someone_else_keeps_its_plan_s_name(team: Path) -> None:
    opened = open_session(team, team.with_name("bold.plan.toml"))
    opened.session.do(renamed("pr", "Press"))
    fold(opened)
    assert load_plan(opened.plan_path, parse_change).name == "bold"


def test_another_order_of_pillars_is_told_undone_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "team.toml"
    pillars = (Pillar("one", "One"), Pillar("two", "Two"))
    path.write_bytes(dump_organization(small_organization(*pillars)))
    opened = open_session(path)
    session = opened.session
    told: list[Changed] = []
    session.subscribe(told.append)
    acts: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: session.do([SetOrganization(pillars=pillars[::-1])]), ["two", "one"]),
        (session.undo, ["one", "two"]),
        (session.redo, ["two", "one"]),
    ]
    for act, order in acts:
        act()
        assert list(session.organization.pillars) == order
        assert {each.key for each in told.pop().sets} == {"one", "two"}
    assert fold(opened)
    session.close()
    again = open_session(path).session
    assert list(again.organization.pillars) == ["two", "one"]
    again.close()
