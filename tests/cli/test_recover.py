"""`orgtui recover`: a plan of what a session log still holds."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import dump_organization, load_organization
from orgtui.files.plan_file import Plan, PlannedWave, load_plan
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from orgtui.session.log.file import log_path_for
from orgtui.session.log.lock import lock_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from orgtui.session.plan.recovery import recover
from tests.cli.running import Program
from tests.session.sessions import (
    append_to_log,
    moved,
    notices,
    renamed,
    without_checksums,
    write_department,
)
from tests.session.sharing import change
from tests.support import FOUR_DIVISIONS, STARTUP


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return write_department(tmp_path)


@pytest.fixture
def log(team: Path) -> Path:
    """The log of a session with a dropped step and one that was taken back."""
    opened = open_session(team)
    session = opened.session
    session.do(renamed("pr", "Press"), "One voice")
    session.do(renamed("brand", "Brand!"))
    session.do([*moved("xu", "growth"), *renamed("growth", "Demand")], waves=(1, 2))
    session.drop(2)
    session.do(moved("wu", "growth"))
    session.undo()
    session.close()
    return log_path_for(opened.plan_path)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return tmp_path / "saved.plan.toml"


def loaded(plan: Path) -> Plan:
    return load_plan(plan, parse_change)


def applied(orgtui: Program, team: Path, plan: Path) -> Organization:
    new = team.with_name("new.toml")
    assert orgtui("apply", team, plan, "-o", new).status == 0
    return load_organization(new, known_rules())


def test_a_log_alone_is_a_plan(orgtui: Program, team: Path, log: Path, plan: Path) -> None:
    ran = orgtui("recover", log, "-o", plan)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"7 entries read, 3 changes written to {plan}\n"
    saved = loaded(plan)
    session = open_session(team).session
    assert (saved.name, saved.organization, saved.status) == ("saved", "Startup A", "draft")
    assert session.first_step is not None
    assert (saved.author, saved.created) == (session.author, session.first_step.at)
    assert [step.change["op"] for step in saved.steps] == ["rename", "move_person", "rename"]
    assert [step.was for step in saved.steps] == [{"name": "PR"}, {"team": "pr"}, {"name": "Growth"}]
    assert [step.why for step in saved.steps] == ["One voice", None, None]
    assert [step.wave for step in saved.steps] == [1, 2, 3]
    assert dump_organization(applied(orgtui, team, plan)) == dump_organization(session.organization)


def test_what_stands_before_the_damage_is_kept(orgtui: Program, team: Path, log: Path, plan: Path) -> None:
    data = log.read_bytes()
    altered = data.replace(b"Brand!", b"Brand?")
    log.write_bytes(altered)
    lines = data.splitlines(keepends=True)
    before = sum(map(len, lines[:2]))
    ran = orgtui("recover", log, "-o", plan)
    assert ran.status == 0
    assert ran.out.splitlines() == [
        f"2 entries read, 1 change written to {plan}",
        f"broken at entry 3, line 3, byte {before + 1}: "
        "the line does not follow the one before, or is damaged; "
        f"{len(data) - before} bytes left out",
    ]
    assert [step.change.get("name") for step in loaded(plan).steps] == ["Press"]
    assert applied(orgtui, team, plan).teams["pr"].name == "Press"


def test_any_damaged_byte_of_the_last_line_is_told(orgtui: Program, log: Path, plan: Path) -> None:
    """Each byte of the line, its end included: one bit, all bits, and `~`, which ends torn lines."""
    data = log.read_bytes()
    begin = data[:-1].rindex(b"\n") + 1
    assert len(data) - begin >= 145
    for place in range(begin, len(data)):
        for damaged in {data[place] ^ 1, data[place] ^ 0x20, data[place] ^ 0xFF, ord("~"), ord("\n")} - {
            data[place]
        }:
            recovered = recover(data[:place] + bytes([damaged]) + data[place + 1 :], "saved")
            assert recovered.broken is not None, (place, damaged)
            assert (recovered.entries, recovered.left_out) == (6, len(data) - begin)


def test_the_last_entry_of_an_older_log_is_told_to_be_unverified(
    orgtui: Program, team: Path, log: Path, plan: Path
) -> None:
    log.write_bytes(without_checksums(log.read_bytes()))
    ran = orgtui("recover", log, "-o", plan)
    assert ran.out.splitlines() == [
        f"7 entries read, 3 changes written to {plan}",
        "the last entry read, 7, is unverified: it was written without a checksum, "
        "and a change in it cannot be noticed",
    ]
    opened = open_session(team)
    assert notices(opened) == [
        "The last entry of team.plan.log, 7, is unverified: it was written without a checksum, "
        "and a change in it cannot be noticed"
    ]
    opened.session.do(renamed("social", "Media"))
    opened.session.close()
    assert notices(open_session(team)) == []
    ran = orgtui("recover", log, "-o", plan.with_name("again.plan.toml"))
    assert len(ran.out.splitlines()) == 1


def test_an_entry_that_no_session_writes_ends_what_is_kept(orgtui: Program, log: Path, plan: Path) -> None:
    append_to_log(log, {"entry": "why", "step": 1, "why": "red \x1b[31m", "by": "x", "at": "now"})
    ran = orgtui("recover", log, "-o", plan)
    assert ran.out.splitlines()[1].startswith("broken at entry 8, line 8, byte ")
    assert "why is not as it should be" in ran.out
    assert len(loaded(plan).steps) == 3


def test_a_last_line_that_was_not_ended_is_left_out(orgtui: Program, log: Path, plan: Path) -> None:
    log.write_bytes(log.read_bytes()[:-1])
    ran = orgtui("recover", log, "-o", plan)
    assert ran.out.splitlines()[0] == f"6 entries read, 4 changes written to {plan}"
    assert ran.out.splitlines()[1].startswith("the last line was not written to its end; ")
    assert len(loaded(plan).steps) == 4


def test_what_the_plan_held_before_is_in_the_log_as_well(orgtui: Program, tmp_path: Path, plan: Path) -> None:
    team, before = tmp_path / STARTUP.name, tmp_path / FOUR_DIVISIONS.name
    team.write_bytes(STARTUP.read_bytes())
    before.write_bytes(FOUR_DIVISIONS.read_bytes())
    opened = open_session(team, before)
    opened.session.do(moved("zhao-xin", "events"))
    opened.session.close()
    assert orgtui("recover", log_path_for(before), "-o", plan).status == 0
    was, now = loaded(before), loaded(plan)
    for name in ("name", "organization", "baseline", "author", "created", "status", "review_on"):
        assert getattr(was, name) == getattr(now, name)
    assert [(step.change, step.why, step.by, step.at, step.wave) for step in now.steps[:-1]] == [
        (step.change, step.why, step.by, step.at, step.wave) for step in was.steps
    ]
    state = applied(orgtui, team, plan)
    assert dump_organization(state) == dump_organization(opened.session.organization)


def test_files_kept_beside_the_log_are_named(
    orgtui: Program, team: Path, log: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session(team).session

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", fail)
        with pytest.raises(Exception, match="cannot be flushed"):
            session.do(renamed("social", "Media"))
    (kept,) = team.parent.glob("*.rescue-*")
    ran = orgtui("recover", log, "-o", plan)
    assert ran.out.splitlines()[-1] == f"{kept} holds changes that could not be written; recover it as well"
    again = plan.with_name("again.plan.toml")
    assert orgtui("recover", kept, "-o", again).out.splitlines() == [
        f"8 entries read, 4 changes written to {again}",
        "nothing shows whether entries are missing at its end",
    ]
    assert loaded(again).steps[-1].change["name"] == "Media"


def test_what_is_missing_at_the_end_is_told(orgtui: Program, log: Path, plan: Path) -> None:
    os.truncate(log, len(log.read_bytes()[:-1].rpartition(b"\n")[0]) + 1)
    assert orgtui("recover", log, "-o", plan).out.splitlines()[1:] == [
        "7 entries had been written to it: the last ones are missing"
    ]
    lock_path_for(log).unlink()
    again = plan.with_name("again.plan.toml")
    assert orgtui("recover", log, "-o", again).out.splitlines()[1:] == [
        "nothing shows whether entries are missing at its end"
    ]


def test_nothing_is_overwritten(orgtui: Program, log: Path, plan: Path) -> None:
    plan.write_text("mine", encoding="utf-8")
    assert orgtui.refuses("recover", log, "-o", plan) == [f"orgtui: {plan} is there already; name another"]
    assert plan.read_text(encoding="utf-8") == "mine"


def test_what_is_no_log_is_refused(orgtui: Program, tmp_path: Path, team: Path, plan: Path) -> None:
    empty, pipe, link = (tmp_path / name for name in ("empty.log", "pipe.log", "link.log"))
    empty.write_bytes(b"")
    os.mkfifo(pipe)
    link.symlink_to(team)
    for file in (empty, team):
        assert orgtui.refuses("recover", file, "-o", plan) == [
            f"orgtui: {file} holds nothing that can be recovered"
        ]
    assert orgtui.refuses("recover", pipe, "-o", plan)[0].endswith("it is not a regular file")
    assert orgtui.refuses("recover", link, "-o", plan)[0].endswith("it is a link")
    assert orgtui.refuses("recover", tmp_path / "missing", "-o", plan)[0].endswith(
        "No such file or directory"
    )
    assert not plan.exists()


def test_a_plan_folded_from_a_recovered_one_is_the_same(
    orgtui: Program, team: Path, log: Path, plan: Path
) -> None:
    assert orgtui("recover", log, "-o", plan).status == 0
    opened = open_session(team, plan)
    opened.session.do(renamed("social", "Media"))
    assert fold(opened)
    assert len(loaded(plan).steps) == 4


def test_the_waves_that_a_plan_describes_are_kept(
    orgtui: Program, team: Path, plan: Path, tmp_path: Path
) -> None:
    planned = tmp_path / "waves.plan.toml"
    opened = open_session(team, planned)
    opened.session.do(renamed("pr", "Press"))
    assert fold(opened)
    opened.session.close()
    log_path_for(planned).unlink()
    waves = '[[wave]]\nnumber = 1\nname = "One voice"\non = 2027-01-04\n\n[[wave]]\nnumber = 2\n\n'
    text = planned.read_text(encoding="utf-8").replace("[[change]]", f"{waves}[[change]]", 1)
    planned.write_text(text, encoding="utf-8")
    opened = open_session(team, planned)
    opened.session.do(renamed("social", "Media"))
    assert fold(opened)
    opened.session.close()
    fixed = tmp_path / "fixed.plan.toml"
    assert orgtui("fix", team, "--plan", planned, "-o", fixed).status == 0
    assert orgtui("recover", log_path_for(planned), "-o", plan).status == 0
    said = (PlannedWave(1, "One voice", date(2027, 1, 4)), PlannedWave(2))
    assert [loaded(each).waves for each in (planned, fixed, plan)] == [said] * 3


# -- acceptances ---------------------------------------------------------------------------------------


@pytest.fixture
def accepting(team: Path) -> Path:
    """The log of a session that accepts two findings; what led to the first one is taken back then."""
    opened = open_session(team)
    session = opened.session
    session.do(change("set_organization", clear=["vision"]))
    session.do(change("accept", code="P401", subjects=[], why="for now"))
    code, subjects = min(each for each in session.assessment.reported if each[0] == "S501")
    session.do(change("accept", code=code, subjects=list(subjects), why="soon"))
    session.drop(1)
    session.close()
    return log_path_for(opened.plan_path)


LEFT_OUT = "1 change to acceptances left out: it is not found, or decided later"


def test_what_is_not_found_any_more_is_not_accepted(
    orgtui: Program, team: Path, accepting: Path, plan: Path
) -> None:
    ran = orgtui("recover", accepting, "-o", plan)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [f"5 entries read, 1 change written to {plan}", LEFT_OUT]
    acceptances = applied(orgtui, team, plan).acceptances
    assert ("P401",) not in acceptances
    opened = open_session(team)
    assert fold(opened)
    folded = loaded(opened.plan_path)
    assert [step.change for step in folded.steps] == [step.change for step in loaded(plan).steps]


def test_where_the_organisation_is_gone_acceptances_cannot_be_told(
    orgtui: Program, team: Path, accepting: Path, plan: Path
) -> None:
    there = team.rename(team.with_name("elsewhere.toml"))
    ran = orgtui("recover", accepting, "-o", plan)
    assert ran.status == 0
    assert ran.out.splitlines() == [
        f"5 entries read, 2 changes written to {plan}",
        f"whether what is accepted is still found cannot be told: {team} is not there as it was; "
        "if applying the plan is refused, bring that state back and name it with --org",
    ]
    again = plan.with_name("again.plan.toml")
    ran = orgtui("recover", accepting, "-o", again, "--org", there)
    assert ran.out.splitlines()[1:] == [LEFT_OUT]
    assert applied(orgtui, there, again)


def test_an_organisation_that_is_named_has_to_fit(
    orgtui: Program, team: Path, accepting: Path, plan: Path
) -> None:
    other = team.with_name("other.toml")
    other.write_bytes(STARTUP.read_bytes())
    assert orgtui.refuses("recover", accepting, "-o", plan, "--org", other) == [
        f"orgtui: {accepting} is about another state of {other}"
    ]
    assert "missing.toml" in orgtui.refuses("recover", accepting, "-o", plan, "--org", "missing.toml")[0]
    assert not plan.exists()
