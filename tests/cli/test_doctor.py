"""`orgtui doctor`: what is wrong with the files of a session, and what to do."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from orgtui.cli import doctor
from orgtui.files.disk.writing import temporary_beside
from orgtui.session.identity import name_of, user_name
from orgtui.session.log import checkpoint as checkpoints
from orgtui.session.log.authors import READ_MAX, author_path_for
from orgtui.session.log.chain import line_hash
from orgtui.session.log.checkpoint import checkpoint_path_for
from orgtui.session.log.file import ChangeLog, log_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from orgtui.session.presence import folder_for
from tests.cli.running import Program
from tests.session.sessions import append_to_log, moved, write_department


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """An organisation with a session that was folded into its plan."""
    tmp_path.chmod(0o700)
    organization = write_department(tmp_path)
    organization.chmod(0o600)
    opened = open_session(organization)
    opened.session.do(moved("xu", "growth"))
    assert fold(opened)
    opened.session.close()
    return organization


def plan_of(team: Path) -> Path:
    return team.with_name("team.plan.toml")


def log_of(team: Path) -> Path:
    return log_path_for(plan_of(team))


def contents(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything in a folder: mode, time and bytes by name."""
    found = ((each, os.lstat(each)) for each in folder.iterdir() if each.is_file())
    return {each.name: (status.st_mode, status.st_mtime_ns, each.read_bytes()) for each, status in found}


def test_files_as_they_should_be_are_said_to_be(orgtui: Program, team: Path) -> None:
    ran = orgtui("doctor", team)
    head = line_hash(log_of(team).read_bytes().splitlines()[-1])[:12]
    told = f"{log_of(team)} holds 4 entries, head {head}\n"
    assert (ran.status, ran.out, ran.err) == (0, f"{told}Nothing is wrong\n", "")
    (team.parent / "alone").mkdir(mode=0o700)
    alone = write_department(team.parent / "alone")
    alone.chmod(0o600)
    assert orgtui("doctor", alone, "--plan", alone.with_name("none.plan.toml")).status == 0


def _open_to_others(team: Path) -> None:
    plan_of(team).chmod(0o666)


def _readable(team: Path) -> None:
    log_of(team).chmod(0o644)


def _organization_open(team: Path) -> None:
    team.chmod(0o622)


def _folder_open(team: Path) -> None:
    team.parent.chmod(0o1777)


def _link(team: Path) -> None:
    plan_of(team).rename(team.with_name("real"))
    plan_of(team).symlink_to("real")


def _second_name(team: Path) -> None:
    os.link(log_of(team), team.with_name("second"))


def _flipped(team: Path) -> None:
    log_of(team).write_bytes(log_of(team).read_bytes().replace(b"growth", b"growht"))


def _nonsense(team: Path) -> None:
    append_to_log(log_of(team), {"entry": "undo", "act": 9, "by": "li", "at": "2026-01-01T00:00:00+00:00"})


def _both_changed(team: Path) -> None:
    opened = open_session(team)
    opened.session.do(moved("wu", "growth"))
    opened.session.close()
    plan_of(team).write_bytes(plan_of(team).read_bytes() + b"# by hand\n")


def _plan_gone(team: Path) -> None:
    plan_of(team).unlink()


def _other_state(team: Path) -> None:
    team.write_bytes(team.read_bytes().replace(b"Press", b"Media").replace(b"PR", b"P.R.", 1))


def _rescue(team: Path) -> None:
    team.with_name("team.plan.rescue-0123456789abcdef.log").write_bytes(log_of(team).read_bytes())
    team.with_name("team.plan.rescue-0123456789abcdef.log").chmod(0o600)


def _temporary(team: Path) -> None:
    stray = team.with_name(".team.plan.toml.0123456789abcdef")
    stray.touch()
    os.utime(stray, (0, 0))


def _future(team: Path) -> None:
    why = {"entry": "do", "was": [{"team": "pr"}], "by": "li", "at": "2999-01-01T00:00:00+00:00"}
    append_to_log(log_of(team), {**why, "changes": [{"op": "move_person", "person": "wu", "to": "growth"}]})


WRONG: dict[Callable[[Path], None], str] = {
    _open_to_others: "team.plan.toml: others may write it; chmod 644 ",
    _readable: "team.plan.log: others may read it; chmod 600 ",
    _organization_open: "team.toml: others may write it; chmod 600 ",
    _folder_open: ": everybody may put files here; keep the plan in a folder of yours or your group",
    _link: "team.plan.toml is a link or no regular file, and is refused; put the file itself there",
    _second_name: "team.plan.log has another name as well, by which others may change it; put a copy in its",
    _flipped: "team.plan.log is broken after entry 1; make a plan of what stands before it: `orgtui recover ",
    _nonsense: "team.plan.log: entry 5: there is nothing to undo; make a plan of what stands before it: ",
    _both_changed: "team.plan.toml was changed, and ",
    _plan_gone: "team.plan.toml is gone; open ",
    _other_state: "team.plan.log holds changes to another state of ",
    _rescue: " holds changes that could not be written: `orgtui recover ",
    _temporary: ".team.plan.toml.0123456789abcdef was left by a process that was ended; remove it",
    _future: "team.plan.log: change 2 by li? is from the future (2999-01-01 00:00:00+00:00), as are 0 ",
}


@pytest.mark.parametrize("spoil", WRONG, ids=lambda spoil: spoil.__name__)
def test_what_is_wrong_is_told_with_what_to_do_and_nothing_is_changed(
    orgtui: Program, team: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(team)
    before = contents(team.parent)
    ran = orgtui("doctor", team)
    assert (ran.status, ran.err) == (1, "")
    assert WRONG[spoil] in ran.out
    assert contents(team.parent) == before


@pytest.mark.parametrize("spoil", [_open_to_others, _readable, _organization_open, _temporary])
def test_what_can_be_mended_is_mended_when_asked(
    orgtui: Program, team: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(team)
    ran = orgtui("doctor", team, "--fix")
    assert ran.status == 0
    assert ran.out.splitlines()[0].endswith(" (mended)")
    assert orgtui("doctor", team).out.endswith("\nNothing is wrong\n")


def test_what_only_people_can_mend_stays_wrong(orgtui: Program, team: Path) -> None:
    _flipped(team)
    before = contents(team.parent)
    assert orgtui("doctor", team, "--fix").status == 1
    assert contents(team.parent) == before


def test_a_temporary_file_that_is_being_written_is_left_alone(orgtui: Program, team: Path) -> None:
    young = team.with_name(".team.plan.toml.0123456789abcdef")
    young.touch()
    assert orgtui("doctor", team, "--fix").status == 0
    assert young.exists()


def test_who_holds_the_lock_is_told(orgtui: Program, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LOCK_PATIENCE_S", 0.0)
    with log_of(team).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        ran = orgtui("doctor", team)
    assert ran.status == 1
    assert "team.plan.log is locked by " in ran.out
    assert "so nobody can change anything; ask them to leave" in ran.out


def test_a_lock_that_is_held_for_one_entry_is_waited_for(orgtui: Program, team: Path) -> None:
    log = ChangeLog(log_of(team))
    log.read()
    with log.exclusive():
        descriptor = os.open(log_of(team), os.O_RDONLY)
        assert doctor._is_held(descriptor)
    assert not doctor._is_held(descriptor)
    os.close(descriptor)
    log.close()
    assert orgtui("doctor", team).status == 0


def test_what_is_only_good_to_know_is_no_error(orgtui: Program, team: Path) -> None:
    opened = open_session(team)
    opened.session.do(moved("wu", "growth"))
    opened.session.close()
    ran = orgtui("doctor", team)
    assert ran.status == 0
    assert "holds changes that" in ran.out
    with log_of(team).open("ab") as log:
        log.write(b"torn")
    assert "the last line was not written to its end" in orgtui("doctor", team).out
    earlier = log_of(team).with_name("team.plan.log.old")
    earlier.write_bytes(b"")
    ran = orgtui("doctor", team)
    assert ran.status == 0
    assert "team.plan.log.old holds the steps of an earlier plan" in ran.out


def test_names_that_nothing_vouches_for_are_told(orgtui: Program, team: Path) -> None:
    said = {"entry": "why", "step": 1, "why": "so", "by": "li", "at": "2026-01-01T00:00:00+00:00"}
    append_to_log(log_of(team), said, said)
    ran = orgtui("doctor", team)
    assert ran.status == 0
    assert "team.plan.log: nothing vouches for the names in 2 entries, first in 5 (li?); " in ran.out


def test_a_file_of_an_author_that_is_not_read_wholly_is_told(orgtui: Program, team: Path) -> None:
    own = author_path_for(log_of(team), os.getuid())
    own.touch(0o600)
    os.truncate(own, READ_MAX)
    assert "MiB are read" not in orgtui("doctor", team).out
    os.truncate(own, READ_MAX + 1)
    ran = orgtui("doctor", team)
    assert ran.status == 0
    assert f"{own.name}: only the last 16 MiB are read; earlier names get a question mark" in ran.out


def test_a_file_of_an_author_that_proves_nothing_is_told(orgtui: Program, team: Path) -> None:
    author_path_for(log_of(team), os.getuid()).mkdir()
    author_path_for(log_of(team), 54321).symlink_to("nowhere")
    ran = orgtui("doctor", team)
    assert ran.status == 1
    for uid in (os.getuid(), 54321):
        name = author_path_for(log_of(team), uid).name
        told = f"{name} is not a regular file; it does not vouch for what {name_of(uid)} wrote; move it away"
        assert told in ran.out.splitlines()


def test_what_does_not_count_as_somebody_who_is_here_is_told(orgtui: Program, team: Path) -> None:
    here = folder_for(plan_of(team))
    here.mkdir(mode=0o700)
    (here / ("1" * 32)).symlink_to("nowhere")
    ran = orgtui("doctor", team)
    assert ran.status == 1
    told = f"a file of {user_name()} does not count as somebody who is here: it is not a regular file"
    assert f".team.plan.here/{'1' * 32}: {told}; remove it while nobody is in" in ran.out


def test_bad_input_is_refused(orgtui: Program, team: Path) -> None:
    plan_of(team).write_text("nonsense =", "utf-8")
    assert orgtui.refuses("doctor", team)
    team.unlink()
    assert orgtui.refuses("doctor", team)


def test_a_checkpoint_is_known(
    orgtui: Program, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "CHECKPOINT_MIN", 1)
    opened = open_session(team)
    monkeypatch.setattr(checkpoints, "RENEWED_AFTER", 1)
    opened.session.keep_checkpoint()
    opened.session.close()
    kept = checkpoint_path_for(log_of(team), os.geteuid())
    assert kept.exists()
    assert ".checkpoint" not in orgtui("doctor", team).out
    temporary = Path(temporary_beside(kept))
    temporary.touch()
    os.utime(temporary, (0, 0))
    ran = orgtui("doctor", team)
    assert (ran.status, f"{temporary} was left by a process that was ended" in ran.out) == (1, True)
    temporary.unlink()
    data = kept.read_bytes()
    kept.write_bytes(data[:-1])
    ran = orgtui("doctor", team)
    assert (ran.status, f"{kept} no longer fits the log" in ran.out) == (0, True)
    kept.unlink()
    kept.symlink_to("elsewhere")
    ran = orgtui("doctor", team)
    assert (ran.status, f"{kept} is not a file that you alone can have written" in ran.out) == (1, True)
