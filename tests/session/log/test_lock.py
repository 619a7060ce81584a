"""The lock: who may only read keeps nobody out, and nobody waits for ever."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from orgtui.locales import translate
from orgtui.model.sentence import Sentence
from orgtui.session.identity import user_name
from orgtui.session.log import file as log_module
from orgtui.session.log import lock as lock_module
from orgtui.session.log.file import ChangeLog, log_path_for
from orgtui.session.log.lock import lock_path_for
from orgtui.session.plan import opening
from orgtui.session.plan.folding import CannotFold, fold
from orgtui.session.plan.opening import open_session
from orgtui.session.store import Entry, LogBusy, LogError, LogUnusable
from tests.session.sessions import renamed, team_name

ENTRY: Entry = {"entry": "do", "changes": [], "why": "reason"}
NOBODY = 65534
HOLD = """
import fcntl, os, sys
os.setuid(int(sys.argv[3]))
fcntl.flock(int(sys.argv[1]), int(sys.argv[2]))
os.write(1, b"held")
os.read(0, 1)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.plan.log"


def write(path: Path) -> None:
    log = ChangeLog(path)
    log.write(lambda _: [ENTRY])
    log.close()


def count(path: Path) -> int:
    return len(ChangeLog(path).read())


@contextmanager
def holding(path: Path, operation: int, user: int | None = None) -> Iterator[int]:
    """Another process, of another user if told, holds a lock on a file that it can only read; its id."""
    user = os.getuid() if user is None else user
    with path.open("rb") as file:
        arguments = [sys.executable, "-S", "-c", HOLD, *map(str, (file.fileno(), operation, user))]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        child = subprocess.Popen(arguments, pass_fds=[file.fileno()], **pipes)  # type: ignore[call-overload]
        with child:
            assert child.stdout.read(4) == b"held"
            yield child.pid
            child.stdin.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="nobody else can be played here")
@pytest.mark.parametrize("operation", [fcntl.LOCK_SH, fcntl.LOCK_EX])
def test_whoever_may_only_read_keeps_nobody_out(
    path: Path, monkeypatch: pytest.MonkeyPatch, operation: int
) -> None:
    write(path)
    path.chmod(0o644)
    log = ChangeLog(path)
    with holding(path, operation, NOBODY):
        monkeypatch.setattr(log_module, "LOCK_TIMEOUT_S", 0.01)
        log.write(lambda _: [ENTRY])
        monkeypatch.setattr(log_module, "LOCK_TIMEOUT_S", 600)
        log.write(lambda _: [ENTRY])  # is not waited for again
    assert count(path) == 3


@pytest.mark.parametrize(
    ("of_log", "of_lock"), [(0o600, 0o600), (0o644, 0o600), (0o660, 0o660), (0o664, 0o660)]
)
def test_only_those_who_may_write_the_log_can_open_its_lock(path: Path, of_log: int, of_lock: int) -> None:
    path.touch()
    path.chmod(of_log)
    log = ChangeLog(path)
    with log.exclusive():
        assert stat.S_IMODE(lock_path_for(path).stat().st_mode) == of_lock
    lock_path_for(path).chmod(0o777)
    with log.exclusive():
        assert stat.S_IMODE(lock_path_for(path).stat().st_mode) == of_lock


def test_earlier_versions_and_this_one_exclude_each_other(path: Path) -> None:
    write(path)
    log = ChangeLog(path)
    with log.exclusive(), path.open("r+b") as earlier, pytest.raises(BlockingIOError):
        fcntl.flock(earlier, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with path.open("r+b") as earlier:
        fcntl.flock(earlier, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with pytest.raises(LogBusy), log.exclusive(0.01):
            pass


@pytest.mark.parametrize("of", [lambda log: log, lock_path_for], ids=["log", "lock"])
def test_while_somebody_keeps_it_locked_a_session_is_opened_to_look(
    team: Path, monkeypatch: pytest.MonkeyPatch, of: type[Path]
) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    monkeypatch.setattr(opening, "LOCK_TIMEOUT_S", 0.01)
    with holding(of(log_path_for(chen.plan_path)), fcntl.LOCK_EX) as process:
        li = open_session(team)
        assert li.session.read_only is not None
        said = translate(li.session.read_only)
        who = f"team.plan.log is kept locked by {user_name()} (process {process}) since 20"
        assert said.startswith(who)
        assert said.endswith("until you open this again you can only look")
        assert team_name(li.session, "pr") == "Press"
        monkeypatch.setattr(opening, "LOCK_TIMEOUT_S", 600)
        assert team_name(open_session(team, watch=True).session, "pr") == "Press"  # waits for nobody
        monkeypatch.setattr(log_module, "LOCK_TIMEOUT_S", 0.01)
        with pytest.raises(CannotFold):  # leaving
            fold(chen)
    fold(chen)
    assert open_session(team).session.read_only is None


def test_a_call_that_does_not_return_is_given_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path)
    monkeypatch.setattr(lock_module, "GRACE_S", 0.05)
    monkeypatch.setattr(lock_module, "is_local", lambda folder: False)
    called, answer, real = Event(), Event(), fcntl.flock

    def stuck(file: int, operation: int) -> None:
        called.set()
        answer.wait()
        real(file, operation)

    log = ChangeLog(path)
    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", stuck)
        with pytest.raises(LogBusy), log.exclusive(0.01):
            pass
        assert called.is_set()
        begun = monotonic()
        with pytest.raises(LogBusy), log.exclusive(600):
            pass
        assert monotonic() - begun < 60, "a call that is still out is not waited for again"
    answer.set()
    with ChangeLog(path).exclusive(600):  # the late lock was given back
        pass


def test_a_lock_that_nobody_holds_needs_no_thread_on_this_computer(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_module, "is_local", lambda folder: True)
    monkeypatch.setattr(lock_module, "Thread", None)
    write(path)
    write(path)
    assert count(path) == 2


@pytest.mark.parametrize(
    ("folder", "local"),
    [("/", True), ("/srv/a b/c", False), ("/srv/a", True), ("/mnt/nfs/x", False), ("/mnt/nfsx", True)],
)
def test_what_may_wait_for_another_computer_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, local: bool
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        "23 22 0:50 / /srv/a\\040b rw - fuse.sshfs li@there: rw\n"
        "24 22 0:51 / /mnt/nfs rw master:2 - nfs4 there:/ rw\n"
    )
    monkeypatch.setattr(lock_module, "MOUNTS", mounts)
    assert lock_module.is_local(Path(folder)) == local
    mounts.unlink()
    assert not lock_module.is_local(Path(folder))


@pytest.mark.parametrize("local", [True, False])
def test_whoever_waits_is_told_for_whom_and_can_give_up(
    path: Path, monkeypatch: pytest.MonkeyPatch, local: bool
) -> None:
    monkeypatch.setattr(lock_module, "is_local", lambda folder: local)
    write(path)
    log, told = ChangeLog(path), list[str]()

    def waits(said: Sentence) -> bool:
        told.append(translate(said))
        return len(told) < 3

    log.waits = waits
    with holding(lock_path_for(path), fcntl.LOCK_EX) as process:
        begun = monotonic()
        with pytest.raises(LogBusy), log.exclusive(600):
            pass
        assert monotonic() - begun < 60
    known = f"Waiting for {user_name()} (process {process}), who keeps a.plan.log locked; any key gives up"
    assert told == 3 * [known if local else "Waiting for others who are writing; any key gives up"]


def test_the_lock_is_taken_as_soon_as_it_is_free(path: Path) -> None:
    write(path)
    log = ChangeLog(path)
    with ExitStack() as held:

        def waits(said: Sentence) -> bool:
            held.close()
            return True

        held.enter_context(holding(lock_path_for(path), fcntl.LOCK_EX))
        log.waits = waits
        with log.exclusive(600):
            pass


def test_a_file_that_is_no_lock_is_not_taken_for_one(path: Path) -> None:
    write(path)
    lock_path_for(path).write_text("a letter")
    with pytest.raises(LogError) as refused, ChangeLog(path).exclusive():
        pass
    assert translate(refused.value.sentence) == "a.plan.log cannot be locked: .a.plan.lock is not a lock"
    assert lock_path_for(path).read_text() == "a letter"


def test_a_lock_file_that_is_removed_is_made_again(path: Path) -> None:
    first, second = ChangeLog(path), ChangeLog(path)
    first.write(lambda _: [ENTRY])
    lock_path_for(path).unlink()
    with first.exclusive(), pytest.raises(LogBusy), second.exclusive(0.01):
        pass


def test_where_no_lock_can_be_made_nothing_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path)
    lock_path_for(path).unlink()

    def refusing(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "link", refusing)
    with pytest.raises(LogUnusable) as refused, ChangeLog(path).exclusive():
        pass
    assert translate(refused.value.sentence) == "a.plan.log cannot be locked: Permission denied"
    assert [each.name for each in path.parent.iterdir()] == [path.name]
