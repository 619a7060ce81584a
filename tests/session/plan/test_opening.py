"""Opening: what the organisation, the plan and the log say of each other, and what is told about it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.toml.problems import InvalidFile
from orgtui.locales import translate
from orgtui.model.store import Cell, Organization, Set
from orgtui.rules.registry import known_rules
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import CannotFold, fold
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.store import LogError
from tests.session.sessions import (
    moved,
    notices,
    refusal,
    renamed,
    state_hash,
    team_name,
    write_department,
    write_log,
)


@pytest.fixture
def plan(team: Path) -> Path:
    return team.with_name("team.plan.toml")


@pytest.fixture
def log(plan: Path) -> Path:
    return log_path_for(plan)


def leave(opened: OpenedSession, *, folding: bool = True) -> None:
    if folding:
        fold(opened)
    opened.session.close()


def work(team: Path, *, folding: bool) -> None:
    """A session that gives two teams new names."""
    opened = open_session(team)
    opened.session.do(renamed("pr", "Press"))
    opened.session.do(renamed("growth", "Demand"))
    leave(opened, folding=folding)


def names(opened: OpenedSession) -> list[str]:
    return [team_name(opened.session, team) for team in ("pr", "growth")]


# -- places ------------------------------------------------------------------------------------------


def test_nothing_is_written_before_the_first_change(team: Path) -> None:
    leave(open_session(team))
    assert os.listdir(team.parent) == ["team.toml"]


def test_the_plan_and_its_log_lie_beside_the_organisation(team: Path, plan: Path, log: Path) -> None:
    opened = open_session(team)
    assert opened.plan_path == plan
    assert not opened.notices
    opened.session.do(renamed("pr", "Press"))
    assert sorted(os.listdir(team.parent)) == [".team.plan.lock", "team.plan.log", "team.toml"]
    leave(opened)
    assert sorted(os.listdir(team.parent)) == [
        ".team.plan.lock",
        "team.plan.log",
        "team.plan.toml",
        "team.toml",
    ]


def test_where_the_folder_cannot_be_written_the_plan_is_kept_in_the_state_folder(
    team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    monkeypatch.setattr(os, "access", lambda *_: False)
    opened = open_session(team)
    assert opened.plan_path.parent == state / "orgtui"
    assert notices(opened) == [f"{team.parent} cannot be written; the plan is kept in {opened.plan_path}"]
    opened.session.do(renamed("pr", "Press"))
    leave(opened)
    assert team_name(open_session(team).session, "pr") == "Press"
    other = write_department(tmp_path / "state")
    assert open_session(other).plan_path != opened.plan_path


def test_where_nothing_can_be_written_it_is_told(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(team))
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refusal(team) == (
        f"neither {team.parent} nor {team}/orgtui can be written; name a place for the plan with --plan"
    )


def test_a_plan_in_a_folder_that_is_not_there_is_told_with_the_first_change(team: Path) -> None:
    opened = open_session(team, team.parent / "missing" / "a.plan.toml")
    with pytest.raises(LogError) as refused:
        opened.session.do(renamed("pr", "Press"))
    assert translate(refused.value.sentence) == "a.plan.log cannot be written: No such file or directory"


def test_a_plan_that_is_a_link_is_not_followed(team: Path, plan: Path, tmp_path: Path) -> None:
    plan.symlink_to(tmp_path / "elsewhere.toml")
    assert refusal(team) == f"{plan} is a link; name the plan file itself"


# -- plan and log --------------------------------------------------------------------------------------


@pytest.mark.parametrize("folding", [True, False])
def test_a_session_goes_on_where_the_last_one_ended(team: Path, folding: bool) -> None:
    work(team, folding=folding)
    opened = open_session(team)
    assert names(opened) == ["Press", "Demand"]
    assert [step.number for step in opened.session.steps] == [1, 2]
    assert opened.session.unfolded is not folding
    assert not opened.notices


def edit(plan: Path) -> None:
    plan.write_text(plan.read_text(encoding="utf-8").replace('"Demand"', '"Leads"'), encoding="utf-8")


def test_a_plan_edited_between_sessions_is_taken_as_it_is(team: Path, plan: Path, log: Path) -> None:
    work(team, folding=True)
    data = log.read_bytes()
    edit(plan)
    opened = open_session(team)
    assert names(opened) == ["Press", "Leads"]
    assert notices(opened) == [
        "team.plan.toml is no longer what the last session left; "
        "the steps of that session are kept in team.plan.log.old"
    ]
    assert (log.parent / "team.plan.log.old").read_bytes() == data
    assert not log.exists()
    opened.session.undo()
    leave(opened)
    assert names(open_session(team)) == ["Press", "Growth"]


def test_logs_set_aside_do_not_replace_each_other(team: Path, plan: Path) -> None:
    for name in ("Leads", "Demand"):
        opened = open_session(team)
        opened.session.do(renamed("growth", name))
        leave(opened)
        plan.write_text(plan.read_text(encoding="utf-8").replace(name, f"{name}!"), encoding="utf-8")
    open_session(team)
    assert sorted(path.name for path in plan.parent.glob("*.old*")) == [
        "team.plan.log.old",
        "team.plan.log.old-2",
    ]


def test_a_plan_edited_while_the_log_holds_more_is_for_people_to_decide(
    team: Path, plan: Path, log: Path
) -> None:
    work(team, folding=True)
    opened = open_session(team)
    opened.session.do(renamed("brand", "Brand!"))
    leave(opened, folding=False)
    edit(plan)
    data = log.read_bytes()
    assert refusal(team) == (
        "team.plan.log holds changes that team.plan.toml does not, and team.plan.toml was changed since; "
        "move one of them away to go on with the other"
    )
    assert log.read_bytes() == data
    kept = log.rename(log.with_name("kept.log"))
    assert names(open_session(team)) == ["Press", "Leads"]
    kept.rename(log)
    plan.unlink()
    opened = open_session(team)
    assert [step.number for step in opened.session.steps] == [1, 2, 3]
    assert notices(opened) == ["team.plan.toml is gone; its changes are taken from team.plan.log"]


def test_a_plan_that_is_gone_is_written_again(team: Path, plan: Path) -> None:
    work(team, folding=True)
    data = plan.read_bytes()
    plan.unlink()
    opened = open_session(team)
    assert notices(opened) == ["team.plan.toml is gone; its changes are taken from team.plan.log"]
    leave(opened)
    assert plan.read_bytes() == data
    assert not open_session(team).notices


def test_a_plan_alone_is_opened_and_logged_with_its_first_change(team: Path, log: Path) -> None:
    work(team, folding=True)
    log.unlink()
    opened = open_session(team)
    assert names(opened) == ["Press", "Demand"]
    assert not opened.session.unfolded
    assert not log.exists()
    opened.session.undo()
    leave(opened, folding=False)
    again = open_session(team)
    assert names(again) == ["Press", "Growth"]
    assert again.session.can_redo


def test_a_beginning_cut_at_any_byte_is_begun_again_with_all_that_the_plan_holds(
    team: Path, plan: Path, log: Path
) -> None:
    work(team, folding=True)
    log.unlink()
    opened = open_session(team)
    opened.session.do(renamed("brand", "Brand!"))
    leave(opened, folding=False)
    data = log.read_bytes()
    for cut in range(0, len(data), 31):
        log.write_bytes(data[:cut])
        opened = open_session(team)
        assert names(opened) == ["Press", "Demand"]
        opened.session.do(renamed("brand", "Brand?"))
        leave(opened, folding=False)
        again = open_session(team)
        assert [step.number for step in again.session.steps] == [1, 2, 3]
        assert team_name(again.session, "brand") == "Brand?"
        leave(again, folding=False)


def test_a_plan_changed_during_the_session_is_not_overwritten(team: Path, plan: Path) -> None:
    work(team, folding=True)
    opened = open_session(team)
    opened.session.do(renamed("brand", "Brand!"))
    edit(plan)
    data = plan.read_bytes()
    with pytest.raises(CannotFold) as refused:
        fold(opened)
    assert (
        translate(refused.value.sentence)
        == "team.plan.toml was changed by somebody else and is left as it is"
    )
    assert plan.read_bytes() == data
    assert opened.session.unfolded


def test_a_plan_made_by_somebody_else_meanwhile_is_not_overwritten(team: Path, plan: Path) -> None:
    work(team, folding=True)
    data = plan.read_bytes()
    plan.unlink()
    log_path_for(plan).unlink()
    opened = open_session(team)
    opened.session.do(renamed("brand", "Brand!"))
    plan.write_bytes(data)
    with pytest.raises(CannotFold):
        fold(opened)
    assert plan.read_bytes() == data


@pytest.mark.parametrize("data", [b"", b'{"before":"0000', b"\xff\xfe"])
def test_a_log_that_was_never_begun_is_begun(team: Path, log: Path, data: bytes) -> None:
    log.write_bytes(data)
    opened = open_session(team)
    opened.session.do(renamed("pr", "Press"))
    leave(opened, folding=False)
    assert names(open_session(team)) == ["Press", "Growth"]


def test_what_is_no_file_is_told(team: Path, plan: Path, log: Path) -> None:
    log.mkdir()
    assert refusal(team) == "team.plan.log is not a regular file"
    log.rmdir()
    os.mkfifo(plan)
    with pytest.raises(InvalidFile):
        open_session(team)


# -- another organisation ----------------------------------------------------------------------------


def alter(team: Path) -> None:
    team.write_text(team.read_text(encoding="utf-8").replace("Seen first", "Seen twice"), encoding="utf-8")


def test_a_plan_for_another_baseline_is_refused(team: Path, log: Path) -> None:
    work(team, folding=True)
    log.unlink()
    alter(team)
    assert refusal(team) == (
        "team.plan.toml was made for another state of team.toml; "
        "`orgtui apply --rebase` shows what no longer holds"
    )


@pytest.mark.parametrize("with_plan", [True, False])
def test_changes_to_another_baseline_that_only_the_log_holds_are_kept(
    team: Path, log: Path, with_plan: bool
) -> None:
    if with_plan:
        work(team, folding=True)
    opened = open_session(team)
    opened.session.do(renamed("brand", "Brand!"))
    leave(opened, folding=False)
    alter(team)
    data = log.read_bytes()
    assert refusal(team) == (
        "team.plan.log holds changes to another state of team.toml; "
        "bring that state back, or move team.plan.log away to begin anew"
    )
    assert log.read_bytes() == data


def test_a_plan_rebased_by_hand_begins_a_new_log(team: Path, plan: Path, log: Path) -> None:
    work(team, folding=True)
    before = baseline_hash(load_organization(team, known_rules()))
    alter(team)
    after = baseline_hash(load_organization(team, known_rules()))
    plan.write_text(plan.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    opened = open_session(team)
    assert names(opened) == ["Press", "Demand"]
    assert (log.parent / "team.plan.log.old").exists()


def test_a_log_without_changes_does_not_hold_up_another_baseline(team: Path) -> None:
    opened = open_session(team)
    opened.session.do(renamed("pr", "Press"))
    opened.session.undo()
    leave(opened, folding=False)
    alter(team)
    assert open_session(team).session.steps == []


def test_a_plan_that_cannot_be_replayed_is_told_with_the_change(team: Path, plan: Path, log: Path) -> None:
    work(team, folding=True)
    log.unlink()
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('id = "growth"', 'id = "demand"'), encoding="utf-8")
    assert refusal(team) == (
        "team.plan.toml cannot be replayed: change 2 cannot be made: There is no team demand"
    )
    assert not log.exists()


# -- logs that nobody wrote in good faith ----------------------------------------------------------------


SIGNED = {"by": "chen", "at": "2026-11-21T10:00:00+08:00"}
ABOUT = {"file": "team.toml", "organization": "Department"}
BEGIN: dict[str, object] = {
    "entry": "begin",
    "format": 1,
    "baseline": "sha256:" + "0" * 64,
    "plan": None,
    **ABOUT,
}


def entries(team: Path) -> Iterator[dict[str, object]]:
    """The entries of a session that gave a team another name."""
    baseline = baseline_hash(load_organization(team, known_rules()))
    yield {"entry": "begin", "format": 1, "baseline": baseline, "plan": None, **ABOUT}
    change = {"op": "rename", "kind": "team", "id": "pr", "name": "Press"}
    yield {"entry": "do", "changes": [change], "was": [{"name": "PR"}], **SIGNED}


def done(*changes: object, **said: object) -> dict[str, object]:
    return {"entry": "do", "changes": list(changes), "was": [{} for _ in changes], **SIGNED, **said}


HOSTILE: list[tuple[dict[str, object], str]] = [
    ({"entry": "why", "step": 1, "why": "red \x1b[31m", **SIGNED}, "why is not as it should be"),
    ({"entry": "why", "step": 1, "why": "left \u202e right", **SIGNED}, "why is not as it should be"),
    ({"entry": "why", "step": 2, "why": "x", **SIGNED}, "there is no change 2"),
    ({"entry": "why", "step": True, "why": "x", **SIGNED}, "step is not as it should be"),
    ({"entry": "undo", "act": 1, **SIGNED, "by": "a\u200bb"}, "by is not as it should be"),
    ({"entry": "undo", "act": 1, **SIGNED, "at": "yesterday"}, "at is not as it should be"),
    ({"entry": "undo", "act": 1, **SIGNED, "at": "2026-02-30T10:00:00"}, "at is not as it should be"),
    (
        {"entry": "undo", "act": 1, **SIGNED, "at": "2026-11-21T10:00:00+08:00:30"},
        "at is not as it should be",
    ),
    ({"entry": "undo", "act": 2, **SIGNED}, "there is nothing to undo"),
    ({"entry": "undo", **SIGNED}, "act is missing"),
    ({"entry": "undo", "act": 1}, "by is missing"),
    ({"entry": "drop", **SIGNED}, "step is missing"),
    ({"entry": "drop", "step": 7, **SIGNED}, "there is no change 7"),
    ({"entry": "redo", "act": 1, **SIGNED}, "there is nothing to redo"),
    ({"entry": "folded", "plan": "sha256:0"}, "plan is not as it should be"),
    ({"entry": "dissolve"}, "its kind is not known here"),
    ({"entry": ["do"]}, "its kind is not known here"),
    ({"entry": "undo", "\x1b[2J": 1}, "it holds a key that is not known here"),
    (BEGIN, "a log begins once"),
    ({**BEGIN, "steps": [{"change": {}}]}, "steps is not as it should be"),
    ({**BEGIN, "review_on": "20261121"}, "review_on is not as it should be"),
    ({**BEGIN, "waves": [{"number": 0}]}, "waves is not as it should be"),
    ({**BEGIN, "waves": [{"number": 1}, {"number": 1, "name": "One"}]}, "waves is not as it should be"),
    (done(), "changes is not as it should be"),
    (done(changes="none"), "changes is not as it should be"),
    (done({"op": "explode"}, was=[]), "was is not as it should be"),
    (done({"op": "explode"}, was=[{"name": "red \x1b[31m"}]), "was is not as it should be"),
    (done({"op": "explode"}, was=[{"\u202e": 1}]), "was is not as it should be"),
    (done({"op": "explode"}, was=[{"lead": None}]), "was is not as it should be"),
    (done({"op": "explode"}, was=[{"target": float("inf")}]), "was is not as it should be"),
    (done({"op": "explode"}, was=[{"fte": 2**63}]), "was is not as it should be"),
    (done(1), "changes is not as it should be"),
    (done({"op": "explode"}), 'op: "explode" is no operation'),
    (
        done({"op": "rename", "kind": "team", "id": "pr", "name": "\x9b31m"}),
        "name: U+009B (control character) at character 1 may not stand in text",
    ),
]


@pytest.mark.parametrize(("entry", "reason"), HOSTILE)
def test_an_entry_that_no_session_writes_is_refused(
    team: Path, plan: Path, entry: dict[str, object], reason: str
) -> None:
    write_log(plan, [*entries(team), entry])
    told = refusal(team)
    assert told.startswith(f"team.plan.log cannot be used: entry 3: {reason}")
    assert told.isprintable()


def test_a_log_begins_with_its_beginning(team: Path, plan: Path) -> None:
    _, step = entries(team)
    write_log(plan, [step])
    assert refusal(team).startswith("team.plan.log cannot be used: entry 1: a log begins once")


def test_waves_of_a_log_do_not_decrease(team: Path, plan: Path) -> None:
    begun, step = entries(team)
    write_log(plan, [begun, {**step, "wave": 2}, {**step, "wave": 1}])
    assert refusal(team) == "team.plan.log cannot be used: entry 3: wave 1 comes after wave 2"


@pytest.mark.parametrize("data", [b"\n", b"\xff\xfe\n", b"[" * 100_000 + b"\n"])
def test_what_no_session_writes_is_no_log(team: Path, log: Path, data: bytes) -> None:
    log.write_bytes(data)
    assert refusal(team).startswith("team.plan.log is broken after entry 0; ")


def test_a_log_altered_by_hand_is_refused(team: Path, log: Path) -> None:
    work(team, folding=False)
    log.write_bytes(log.read_bytes().replace(b"Press", b"Media"))
    assert "team.plan.log is broken after entry 1" in refusal(team)


def test_a_plan_with_hostile_text_is_refused(team: Path, plan: Path, log: Path) -> None:
    work(team, folding=True)
    log.unlink()
    plan.write_text(plan.read_text(encoding="utf-8").replace("Demand", "\\u001B[31m"), encoding="utf-8")
    with pytest.raises(InvalidFile) as refused:
        open_session(team)
    assert str(refused.value).isprintable()


def test_people_are_counted_as_moved_from_the_start(team: Path) -> None:
    opened = open_session(team)
    opened.session.do(moved("xu", "growth"))
    leave(opened)
    assert open_session(team).session.moved == {"xu"}


def test_opening_makes_each_step_once_before_anything_is_assessed(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, steps = open_session(team), 20
    for number in range(steps):
        opened.session.do(renamed("pr", f"Press {number}"))
    made, apply = [], Organization.apply

    def counting(organization: Organization, each: Set) -> list[Cell]:
        made.append(each)
        return apply(organization, each)

    monkeypatch.setattr(Organization, "apply", counting)
    again = open_session(team).session
    assert len(made) == steps
    assert state_hash(again.organization) == state_hash(opened.session.organization)
    assert again.assessment.reported.keys() == opened.session.assessment.reported.keys()
