"""Checkpoints save reading a long log, and change nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgtui.api.state import state_with_plan
from orgtui.changes.base import Change, Refused
from orgtui.changes.operations.acceptances import Accept
from orgtui.files.organization_file import dump_organization
from orgtui.model.store import Set
from orgtui.session import session as session_module
from orgtui.session.log import checkpoint as checkpoints
from orgtui.session.log.checkpoint import checkpoint_path_for, program_hash
from orgtui.session.log.file import log_path_for
from orgtui.session.log.lock import lock_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.session import Session
from orgtui.session.store import Entry
from orgtui.session.timeline.history import History
from tests.session.sessions import (
    moved,
    notices,
    refusal,
    renamed,
    team_name,
    without_checksums,
    write_department,
)
from tests.session.stores import LogsBesidePlan
from tests.strategies_changes import changes
from tests.support import examples, random_organization

USERS = ("chen", "li")
SEATS = st.integers(0, len(USERS) - 1)


@contextmanager
def short_logs_kept(recent: int = 0) -> Iterator[None]:
    """Checkpoints of any log with an entry, made at every leave, with some steps one by one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session_module, "RECENT_STEPS", recent)
        patch.setattr(checkpoints, "CHECKPOINT_MIN", 1)
        patch.setattr(checkpoints, "RENEWED_AFTER", 1)
        yield


@pytest.fixture
def short_logs() -> Iterator[None]:
    with short_logs_kept():
        yield


@pytest.fixture
def organization(tmp_path: Path, short_logs: None) -> Path:
    """A department whose log holds three steps of chen, and has a checkpoint of them."""
    path = write_department(tmp_path)
    opened = joined(path)
    opened.session.do(renamed("pr", "Press"), "One voice")
    opened.session.do(moved("li", "growth"))
    opened.session.do(renamed("social", "Social media"))
    leave(opened)
    assert checkpoint_of(path).exists()
    return path


def joined(path: Path, user: str = "chen") -> OpenedSession:
    return open_session(path, store_for=LogsBesidePlan(path.parent).as_user(user))


def leave(opened: OpenedSession) -> None:
    """Leave as the app does."""
    fold(opened)
    opened.session.keep_checkpoint()
    opened.session.close()


def checkpoint_of(path: Path) -> Path:
    log = log_path_for(path.with_name(f"{path.stem}.plan.toml"))
    return checkpoint_path_for(log, os.geteuid())


def is_resumed(opened: OpenedSession) -> bool:
    """Whether the first steps were taken from a checkpoint, and nothing has asked for them yet."""
    return opened.session._state.netted > 0


def shown(session: Session) -> object:
    """Everything that a session shows but its steps."""
    session.evaluate_pending()
    return (
        [*session.organization.records()],
        session.moved,
        sorted(map(repr, session.assessment.reported)),
        (session.has_steps, session.unfolded, session.can_undo, session.can_redo, session.entry_count),
    )


def steps_of(session: Session) -> object:
    return [(each.number, each.changes, each.why, each.who, each.wave, each.waves) for each in session.steps]


# -- the law ---------------------------------------------------------------------------------------


class Histories:
    """What two people draw to do, on sessions that are to behave alike."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def act(self, *sessions: Session) -> None:
        """Let the same be done in each; all refuse it, or none."""
        act = self.drawn(sessions[0])
        outcomes = []
        for session in sessions:
            try:
                act(session)
            except Refused as refused:
                outcomes.append(str(refused.sentence.template))
            else:
                outcomes.append("done")
        assert len(set(outcomes)) == 1, outcomes

    def drawn(self, session: Session) -> Callable[[Session], object]:
        kinds = ["do", "do", "accept", "undo", "undo", "redo", "drop", "why", "set_wave"]
        kind = self.data.draw(st.sampled_from(kinds))
        if kind == "do":
            made = self.data.draw(st.lists(changes(session.organization), min_size=1, max_size=2))
            waves = self.data.draw(st.sampled_from([(), (1,) * len(made), (1, 2)[: len(made)]]))
            return lambda each: each.do(made, "Because", waves=waves)
        if kind == "accept":
            accepted = self.accepting(session)
            return lambda each: each.do(accepted)
        if kind in ("undo", "redo"):
            return lambda each: getattr(each, kind)()
        number = self.data.draw(st.integers(1, max(1, session._history.step_count)))
        if kind == "set_wave":
            wave = self.data.draw(st.integers(1, 3))
            return lambda each: each.set_wave([number], wave)
        return lambda each: each.drop(number) if kind == "drop" else each.say_why(number, "Cheaper")

    def accepting(self, session: Session) -> list[Change]:
        session.evaluate_pending()
        found = sorted(session.assessment.reported)
        if not found:
            return []
        code, subjects = self.data.draw(st.sampled_from(found))
        return [Accept(code, tuple(map(str, subjects)), "It stays", "chen", None)]


@given(data=st.data())
@settings(
    deadline=None,
    max_examples=examples(15, 120),
    suppress_health_check=list(HealthCheck),
)
def test_with_a_checkpoint_all_is_as_without(data: st.DataObject) -> None:
    histories = Histories(data)
    recent = data.draw(st.integers(0, 3))
    with short_logs_kept(recent), TemporaryDirectory() as name, ExitStack() as closing:
        here, there = Path(name, "here"), Path(name, "there")
        here.mkdir(0o700)
        path = here / "team.toml"
        path.write_bytes(dump_organization(data.draw(st.integers(0, 40).map(random_organization))))
        for _ in range(data.draw(st.integers(1, 3))):
            seats = [joined(path, user) for user in USERS]
            for _ in range(data.draw(st.integers(1, 6))):
                histories.act(seats[data.draw(SEATS)].session)
            leave(seats.pop(data.draw(SEATS)))
            if data.draw(st.booleans()):
                histories.act(seats[0].session)
            seats[0].session.close()
        shutil.copytree(here, there)
        for kept in there.glob(".*.checkpoint"):
            kept.unlink()
        user = data.draw(st.sampled_from(USERS))
        resumed, replayed = joined(path, user), joined(there / "team.toml", user)
        both = (resumed.session, replayed.session)
        for session in both:
            closing.callback(session.close)
        if data.draw(st.booleans()):
            assert steps_of(both[0]) == steps_of(both[1])
        assert shown(both[0]) == shown(both[1])
        for _ in range(data.draw(st.integers(0, 5))):
            histories.act(*both)
            assert shown(both[0]) == shown(both[1])
        planned = []
        for opened, folder in ((resumed, here), (replayed, there)):
            fold(opened)
            plan = folder / "team.plan.toml"
            if plan.exists():
                planned.append(
                    state_with_plan(folder / "team.toml", resumed.session.baseline, plan).organization
                )
                require_same_but_stale_acceptances(opened.session, planned[-1])
        assert all(list(each.records()) == list(planned[0].records()) for each in planned)
        assert steps_of(both[0]) == steps_of(both[1])


def require_same_but_stale_acceptances(session: Session, planned: object) -> None:
    """A plan leads to the state of its session, but for acceptances of what is no finding any more."""
    there = session.organization.copy()
    for key, accepted in session.organization.acceptances.rows().items():
        if key not in planned.acceptances:  # type: ignore[attr-defined]
            there.apply(Set("accept", key, accepted, None))
    assert list(there.records()) == list(planned.records())  # type: ignore[attr-defined]


# -- what it saves ---------------------------------------------------------------------------------


def test_what_a_checkpoint_stands_for_is_not_parsed(
    organization: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[object] = []

    def apply(history: History, entry: Entry) -> object:
        parsed.append(entry["entry"])
        return follow(history, entry)

    follow = History.apply
    monkeypatch.setattr(History, "apply", apply)
    opened = joined(organization)
    assert is_resumed(opened)
    assert not parsed
    opened.session.do(renamed("pr", "Media"))
    opened.session.undo()
    opened.session.redo()
    leave(opened)
    assert parsed == ["do", "undo", "redo", "folding", "folded"]


def test_a_step_of_before_is_undone_and_done_again(organization: Path) -> None:
    opened = joined(organization)
    opened.session.undo()
    assert team_name(opened.session, "social") == "Social"
    assert not is_resumed(opened)
    opened.session.redo()
    assert team_name(opened.session, "social") == "Social media"
    leave(opened)
    again = joined(organization)
    assert is_resumed(again)
    assert [step.why for step in again.session.steps] == ["One voice", None, None]
    again.session.close()


def test_a_recent_step_is_undone_without_reading_the_others(
    organization: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "RECENT_STEPS", 1)
    checkpoint_of(organization).unlink()
    leave(joined(organization))
    opened = joined(organization)
    opened.session.undo()
    opened.session.redo()
    assert opened.session.last_step.number == 3
    opened.session.undo()
    assert is_resumed(opened)
    assert opened.session._history._earlier is not None
    opened.session.redo()
    assert team_name(opened.session, "social") == "Social media"
    assert [step.number for step in opened.session.steps] == [1, 2, 3]
    leave(opened)


def test_one_that_an_undo_made_useless_is_made_again(
    organization: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "RENEWED_AFTER", 5)
    opened = joined(organization)
    opened.session.undo()
    leave(opened)
    again = joined(organization)
    assert is_resumed(again)
    again.session.close()


def test_what_somebody_else_undoes_of_before_is_followed(organization: Path) -> None:
    one, other = joined(organization), joined(organization)
    one.session.do(renamed("brand", "Our brand"))
    other.session.catch_up()
    one.session.undo()
    one.session.undo()
    other.session.catch_up()
    assert not is_resumed(one)
    assert not is_resumed(other)
    assert list(one.session.organization.records()) == list(other.session.organization.records())
    assert [step.number for step in other.session.steps] == [1, 2]
    for opened in (one, other):
        leave(opened)


def test_a_short_log_has_none(tmp_path: Path) -> None:
    path = write_department(tmp_path)
    opened = joined(path)
    opened.session.do(renamed("pr", "Press"))
    leave(opened)
    assert not checkpoint_of(path).exists()


def test_another_one_is_made_once_the_log_has_grown(
    organization: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "RENEWED_AFTER", 6)
    before = checkpoint_of(organization).read_bytes()
    for number, same in ((1, True), (2, False)):  # three entries at each leave
        opened = joined(organization)
        opened.session.do(renamed("pr", f"Press {number}"))
        leave(opened)
        assert (checkpoint_of(organization).read_bytes() == before) == same


def test_it_is_private(organization: Path) -> None:
    assert stat.S_IMODE(checkpoint_of(organization).stat().st_mode) == 0o600


# -- what makes it void ----------------------------------------------------------------------------


def rewritten(path: Path, **others: object) -> None:
    """A checkpoint that says something else, with a hash that holds."""
    body = json.loads(path.read_bytes().partition(b"\n")[2])
    for key, value in others.items():
        (body if key in body else body["said"])[key] = value
    data = json.dumps(body).encode()
    path.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def as_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


VOID: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: os.truncate(path, path.stat().st_size - 1),
    "damaged": damaged,
    "no JSON": lambda path: path.write_bytes(b"\xff\n["),
    "of another format": lambda path: rewritten(path, format=2),
    "of another program": lambda path: rewritten(path, program="0" * 64),
    "of another baseline": lambda path: rewritten(path, baseline="sha256:" + "0" * 64),
    "of another log": lambda path: rewritten(path, digest="0" * 64),
    "of more than there is": lambda path: rewritten(path, end=10**6),
    "a link": linked,
    "with a second name": lambda path: os.link(path, path.with_name("second")),
    "open to others": lambda path: path.chmod(0o666),
    "of another user": lambda path: os.chown(path, 12345, -1),
    "a pipe": as_fifo,
    "a folder": as_folder,
    "unreadable": lambda path: path.chmod(0),
}


@pytest.mark.parametrize("how", VOID)
def test_one_that_does_not_hold_is_passed_over(organization: Path, how: str) -> None:
    if how == "of another user" and os.geteuid():
        pytest.skip("only root gives files away")
    VOID[how](checkpoint_of(organization))
    opened = joined(organization)
    if how != "unreadable" or os.geteuid():
        assert not is_resumed(opened)
    assert not opened.notices
    assert team_name(opened.session, "social") == "Social media"
    assert [step.number for step in opened.session.steps] == [1, 2, 3]
    opened.session.do(renamed("pr", "Media"))
    leave(opened)
    again = joined(organization)
    assert is_resumed(again) == (how not in ("a link", "a pipe", "a folder"))
    assert not again.notices
    assert team_name(again.session, "pr") == "Media"
    again.session.close()


def test_one_of_a_log_that_was_altered_does_not_hide_it(organization: Path) -> None:
    log = log_path_for(organization.with_name("team.plan.toml"))
    log.write_bytes(log.read_bytes().replace(b"Social media", b"Social medea"))
    assert "team.plan.log is broken after entry 3" in refusal(organization)


def test_it_can_be_deleted_while_a_session_is_open(organization: Path) -> None:
    opened = joined(organization)
    checkpoint_of(organization).unlink()
    opened.session.undo()
    assert team_name(opened.session, "social") == "Social"
    leave(opened)
    assert checkpoint_of(organization).exists()


def test_it_goes_with_its_log(organization: Path) -> None:
    opened = joined(organization)
    with opened.session.exclusive():
        opened.session.rotate_log()
    opened.session.close()
    assert not checkpoint_of(organization).exists()
    again = joined(organization)
    assert team_name(again.session, "social") == "Social media"
    again.session.close()


def test_one_that_contradicts_its_log_says_so_and_nothing_changes(organization: Path) -> None:
    rewritten(checkpoint_of(organization), net=[], waves=[1])
    opened = joined(organization)
    with pytest.raises(Refused, match="contradicts"):
        opened.session.undo()
    opened.session.close()


def test_one_that_cannot_be_made_is_passed_over(organization: Path) -> None:
    change = {"op": "rename", "kind": "team", "id": "nowhere", "name": "X"}
    rewritten(checkpoint_of(organization), net=[[change, None, None, None, 1]])
    opened = joined(organization)
    assert not is_resumed(opened)
    assert team_name(opened.session, "social") == "Social media"
    leave(opened)
    again = joined(organization)
    assert is_resumed(again)
    again.session.close()


def test_a_log_whose_end_is_unverified_gets_none(organization: Path) -> None:
    log = log_path_for(organization.with_name("team.plan.toml"))
    log.write_bytes(without_checksums(log.read_bytes()))
    lock_path_for(log).unlink()
    for _ in range(2):
        opened = joined(organization)
        assert any("unverified" in notice for notice in notices(opened))
        leave(opened)


def test_what_is_watched_gets_none(organization: Path) -> None:
    checkpoint_of(organization).unlink()
    opened = open_session(organization, watch=True)
    leave(opened)
    assert not checkpoint_of(organization).exists()


def test_the_program_is_known_by_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(Path(checkpoints.__file__).parents[2], tmp_path / "orgtui")
    monkeypatch.setattr(checkpoints, "__file__", str(tmp_path / "orgtui/session/log/checkpoint.py"))
    before = program_hash()
    assert program_hash() == before
    with (tmp_path / "orgtui/changes/net.py").open("a") as source:
        source.write("\n")
    assert program_hash() != before


def test_a_large_one_is_neither_written_nor_read(organization: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = checkpoint_of(organization)
    monkeypatch.setattr(checkpoints, "CHECKPOINT_BYTES_MAX", kept.stat().st_size - 1)
    opened = joined(organization)
    assert not is_resumed(opened)
    before = kept.read_bytes()
    leave(opened)
    assert kept.read_bytes() == before
