"""Who is here: sessions see each other come, point, leave and die, and believe nobody's word for a name."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from orgtui.locales import translate
from orgtui.model.sentence import Ref
from orgtui.session import presence
from orgtui.session.identity import name_of, user_name
from orgtui.session.presence import FolderPresence, folder_for, refused_beside
from orgtui.session.store import NotPresent, Peer

PATIENCE = 60.0
ME = user_name()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return tmp_path / "team.plan.toml"


@contextmanager
def present(plan: Path, count: int = 2, *, watching: bool = False) -> Iterator[list[FolderPresence]]:
    """Some sessions at once."""
    with ExitStack() as stack:
        here = [FolderPresence.enter(plan, watching=watching) for _ in range(count)]
        for each in here:
            stack.callback(each.leave)
        yield here


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def refusal(plan: Path) -> str:
    with pytest.raises(NotPresent) as refused:
        FolderPresence.enter(plan)
    return translate(refused.value.sentence)


def plant(plan: Path, said: bytes, name: str = "0" * 32) -> int:
    """The file of a session that says something; its lock is held until the descriptor is closed."""
    file = os.open(folder_for(plan) / name, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX)
    os.write(file, said)
    return file


def test_sessions_see_each_other_come_point_and_leave(plan: Path) -> None:
    with present(plan) as (one, other):
        assert one.others() == other.others() == (Peer(ME, watching=False, cursor=None),)
        one.point_at(Ref("team:growth"))
        assert other.others() == (Peer(ME, watching=False, cursor=Ref("team:growth")),)
        one.point_at(Ref("person:王磊"))
        assert other.others()[0].cursor == "person:王磊"
        one.point_at(None)
        assert other.others()[0].cursor is None
        third = FolderPresence.enter(plan, watching=True)
        assert [here.watching for here in one.others()].count(True) == 1
        third.leave()
        assert len(one.others()) == 1


def test_the_last_one_out_takes_the_folder_away(plan: Path) -> None:
    first, second = FolderPresence.enter(plan), FolderPresence.enter(plan)
    folder = folder_for(plan)
    first.leave()
    assert folder.exists()
    second.leave()
    assert list(plan.parent.iterdir()) == []
    FolderPresence.enter(plan).leave()
    assert list(plan.parent.iterdir()) == []


def test_one_who_is_taken_out_hears_of_it(plan: Path) -> None:
    one = FolderPresence.enter(plan)
    shutil.rmtree(folder_for(plan))
    with pytest.raises(NotPresent):
        one.others()
    one.leave()


def test_what_was_said_is_not_written_again(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []
    pwrite = os.pwrite

    def note(file: int, data: bytes, offset: int) -> int:
        written.append(data)
        return pwrite(file, data, offset)

    with present(plan, 1) as (one,):
        monkeypatch.setattr(os, "pwrite", note)
        for _ in range(3):
            one.point_at(Ref("team:growth"))
        assert len(written) == 1
        one.point_at(Ref("team:" + "x" * presence.SIZE))
        assert json.loads(written[-1])["cursor"] is None, "what does not fit is left out"


HOLD = """
import os, sys
from pathlib import Path
from tempfile import TemporaryDirectory
from orgtui.session.presence import FolderPresence
from orgtui.session.store import NotPresent
plan, *user = sys.argv[1:]
if user:
    uid, gid = map(int, user)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
try:
    one = FolderPresence.enter(Path(plan))
except NotPresent as refused:
    print("refused", flush=True)
else:
    print(*(here.name for here in one.others()), flush=True)
    sys.stdin.read()
"""


@contextmanager
def holding(plan: Path, *user: int) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A session in a process of its own, of this user or another, and whom it sees when it enters."""
    command = [sys.executable, "-c", HOLD, str(plan), *map(str, user)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().decode().strip()
        finally:
            process.kill()


def test_a_session_that_is_killed_is_noticed_and_swept_away(plan: Path) -> None:
    with present(plan, 1) as (one,):
        with holding(plan) as (process, seen):
            assert seen == ME
            assert len(one.others()) == 1
            assert len(list(folder_for(plan).iterdir())) == 2
            process.kill()
            until(lambda: one.others() == ())
        assert len(list(folder_for(plan).iterdir())) == 1


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach."""
    with TemporaryDirectory(dir="/tmp") as name:
        os.chmod(name, 0o755)
        yield Path(name)


AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
LI, WANG, GROUP = 1, 2, 12345


@AS_ROOT
def test_users_of_a_group_see_each_other_by_name_in_its_folder(open_folder: Path) -> None:
    plan = open_folder / "team.plan.toml"
    os.chown(open_folder, LI, GROUP)
    open_folder.chmod(0o2770)
    with holding(plan, LI, GROUP) as (li, seen):
        assert seen == ""
        with holding(plan, WANG, GROUP) as (_, seen):
            assert seen == name_of(LI)
            with present(plan, 1) as (one,):
                assert sorted(here.name for here in one.others()) == sorted(map(name_of, (LI, WANG)))
                li.kill()
                until(lambda: [here.name for here in one.others()] == [name_of(WANG)])
        with holding(plan, WANG, GROUP + 1) as (_, seen):
            assert seen == "refused"


@AS_ROOT
def test_users_of_a_private_folder_are_not_seen_by_others(open_folder: Path) -> None:
    plan = open_folder / "team.plan.toml"
    os.chown(open_folder, LI, GROUP)
    with holding(plan, LI, GROUP), holding(plan, WANG, GROUP) as (_, seen):
        assert seen == "refused"


def test_a_dead_session_alone_leaves_a_folder_that_the_next_one_sweeps(plan: Path) -> None:
    with present(plan, 1):
        os.close(plant(plan, b"{}"))
    assert folder_for(plan).exists()
    with present(plan, 1) as (one,):
        assert one.others() == ()
    assert not folder_for(plan).exists()


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_modes_are_private_whatever_the_umask(plan: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with present(plan, 1):
            folder = folder_for(plan)
            modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())]
            assert modes == [0o700, 0o600]
    finally:
        os.umask(before)


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_modes_are_the_groups_in_a_shared_folder(plan: Path, umask: int) -> None:
    plan.parent.chmod(0o2770)
    before = os.umask(umask)
    try:
        with present(plan, 2) as (one, _):
            folder = folder_for(plan)
            modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())]
            assert modes == [0o2770, 0o660, 0o660]
            assert len(one.others()) == 1
    finally:
        os.umask(before)


def test_a_folder_that_strangers_can_have_prepared_is_refused(plan: Path, tmp_path: Path) -> None:
    folder = folder_for(plan)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    folder.symlink_to(elsewhere)
    assert refusal(plan).startswith("who is here is not known: .team.plan.here: ")
    assert list(elsewhere.iterdir()) == []
    folder.unlink()
    folder.write_text("")
    assert refusal(plan).startswith("who is here is not known: .team.plan.here: ")
    folder.unlink()
    folder.mkdir()
    folder.chmod(0o777)
    assert refusal(plan) == "who is here is not known: .team.plan.here is open to others"
    assert list(folder.iterdir()) == []


def test_somebody_elses_folder_is_refused(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with present(plan, 1):
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
        assert refusal(plan) == f"who is here is not known: .team.plan.here belongs to {ME}"


def test_a_name_is_the_owners_whatever_a_file_says(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with present(plan, 1) as (one,):
        said = {"name": "root", "by": "root", "cursor": "team:growth", "watching": True}
        file = plant(plan, json.dumps(said).encode())
        monkeypatch.setenv("USER", "root2")
        monkeypatch.setenv("LOGNAME", "root2")
        assert one.others() == (Peer(ME, watching=True, cursor=Ref("team:growth")),)
        os.close(file)


@AS_ROOT
def test_a_name_is_that_of_the_files_owner(plan: Path) -> None:
    with present(plan, 1) as (one,):
        file = plant(plan, b"{}")
        os.fchown(file, 1, -1)
        assert [here.name for here in one.others()] == [name_of(1)]
        os.close(file)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{" * 600,
        b"[" * 100_000,
        b'{"cursor": 7}',
        b'{"cursor": "growth"}',
        b'{"cursor": "team:\\u001b]52;c;aGk=\\u0007"}',
        b'{"cursor": "team:\\u202egrowth"}',
        b'{"cursor": "team:\\ud800"}',
        b'{"cursor": "team:a\\nb"}',
        b'{"watching": "yes"}',
    ],
)
def test_what_no_session_says_counts_for_nothing(plan: Path, said: bytes) -> None:
    with present(plan, 1) as (one,):
        file = plant(plan, said)
        assert one.others() == (Peer(ME, watching=False, cursor=None),)
        os.close(file)


def test_a_half_written_text_leaves_the_one_before(plan: Path) -> None:
    with present(plan, 1) as (one,):
        file = plant(plan, b'{"cursor": "team:growth"}')
        before = one.others()
        os.pwrite(file, b'{"cursor": "team:brand   ', 0)
        assert one.others() == before
        os.pwrite(file, b'{"cursor": "team:brand"}  ', 0)
        assert one.others()[0].cursor == "team:brand"
        os.close(file)


def test_what_is_no_session_is_passed_over(plan: Path) -> None:
    with present(plan, 1) as (one,):
        folder = folder_for(plan)
        os.mkfifo(folder / ("1" * 32))
        (folder / ("2" * 32)).symlink_to("/dev/zero")
        (folder / "notes").write_text("")
        mine = next(path for path in folder.iterdir() if path.is_file() and len(path.name) == 32)
        os.link(mine, folder / ("3" * 32))
        assert one.others() == (), "neither a pipe nor a link, nor a second name for somebody's file"
        assert one.refused is None, "its maker may be about to set its mode"
        assert one.others() == ()
        told = f"a file of {ME} does not count as somebody who is here: it is not a regular file"
        assert one.refused is not None
        assert translate(one.refused) == told
        assert [translate(each).partition(": ")[2] for each in refused_beside(plan)].count(told) == 2
        for name in ("1", "2", "3"):
            (folder / (name * 32)).unlink()
        (folder / "notes").unlink()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda file: file.chmod(0o602), "everybody may write it"),
        (lambda file: os.link(file, file.with_name("theirs")), "it has a second name (a hard link)"),
    ],
)
def test_why_a_file_does_not_count_is_told_until_it_does(
    plan: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    with present(plan, 1) as (one,):
        held = plant(plan, b"{}")
        file = folder_for(plan) / ("0" * 32)
        spoil(file)
        assert one.others() == one.others() == ()
        assert one.refused is not None
        assert translate(one.refused) == f"a file of {ME} does not count as somebody who is here: {reason}"
        file.chmod(0o600)
        if (theirs := file.with_name("theirs")).exists():
            theirs.unlink()
        assert len(one.others()) == 1
        assert one.refused is None
        os.close(held)


@pytest.mark.parametrize("mode", [0o707, 0o777])
def test_a_folder_that_is_refused_is_told_by_the_doctor(plan: Path, mode: int) -> None:
    assert list(refused_beside(plan)) == []
    folder_for(plan).mkdir()
    folder_for(plan).chmod(mode)
    assert [translate(each) for each in refused_beside(plan)] == [refusal(plan)]
    assert stat.S_IMODE(folder_for(plan).stat().st_mode) == mode


def test_a_folder_stuffed_with_files_shows_some_of_them(plan: Path) -> None:
    with present(plan, 1) as (one,):
        files = [plant(plan, b"{}", f"{number:032x}") for number in range(presence.PEERS_MAX + 5)]
        assert len(one.others()) == presence.PEERS_MAX
        for file in files:
            os.close(file)
        until(lambda: one.others() == ())


def test_a_file_that_is_taken_for_a_dead_ones_is_made_anew(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another session sweeps between the making of the file and its lock."""
    with present(plan, 1) as (one,):
        flock = fcntl.flock
        swept: list[int] = []

        def sweep_first(file: int, how: int) -> None:
            if how & fcntl.LOCK_EX and not swept:
                swept.append(file)
                one.others()
            flock(file, how)

        monkeypatch.setattr(fcntl, "flock", sweep_first)
        other = FolderPresence.enter(plan)
        assert swept
        assert len(one.others()) == len(other.others()) == 1
        other.leave()


def test_a_folder_that_goes_away_is_made_anew(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last one leaves between the opening of the folder and the making of a file in it."""
    first = FolderPresence.enter(plan)
    urandom = os.urandom
    left: list[FolderPresence] = []

    def leave_first(count: int) -> bytes:
        if not left:
            left.append(first)
            first.leave()
        return urandom(count)

    monkeypatch.setattr(os, "urandom", leave_first)
    second = FolderPresence.enter(plan)
    assert folder_for(plan).exists()
    second.leave()
