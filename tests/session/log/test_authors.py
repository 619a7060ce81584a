"""Who wrote an entry is believed only if the system vouches for it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Set
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from orgtui.locales import translate
from orgtui.model.sentence import sentence
from orgtui.session.identity import name_of, user_name
from orgtui.session.log import authors
from orgtui.session.log.authors import author_files_of, author_path_for, refused
from orgtui.session.log.chain import read_lines, to_lines
from orgtui.session.log.file import ChangeLog, log_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import OrganizationChanged, open_session
from orgtui.session.plan.rebasing import SessionRebase, has_finding_in, reload_organization
from orgtui.session.session import Session
from orgtui.session.store import Entry, is_vouched
from orgtui.session.timeline.reasons import changed_since, in_the_way, needed_by
from tests.planted import a_device, a_folder, a_link, a_pipe
from tests.session.sessions import notices, refusal, renamed, write_department
from tests.session.sharing import told_to, why_not
from tests.users import AS_ROOT, GROUP, LI, WANG, acting_as

ME, UID, AT = user_name(), os.getuid(), "2026-11-21T10:00:00+08:00"
STRANGER = 54321


@pytest.fixture
def log(team: Path) -> Path:
    return log_path_for(team.with_name("team.plan.toml"))


@pytest.fixture
def shared(team: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The organisation, in a folder of a group that others are in as well."""
    monkeypatch.setattr("orgtui.files.disk.trust._is_private_group", lambda *_: False)
    team.parent.chmod(0o2770)
    return team


def do(by: str, name: str, **said: object) -> Entry:
    change = {"op": "rename", "kind": "team", "id": "pr", "name": name}
    return {"entry": "do", "changes": [change], "was": [{"name": "PR"}], "by": by, "at": AT, **said}


def forge(log: Path, *entries: Entry) -> None:
    """Append entries as somebody would who knows how, but is not who they say."""
    reading = read_lines(log.read_bytes())
    lines, _ = to_lines(entries, reading.last)
    with log.open("ab") as stream:
        stream.write(lines)


def shown(team: Path) -> list[str | None]:
    """The authors of the steps as somebody sees them who opens the session now."""
    session = open_session(team).session
    session.close()
    return [step.who for step in session.steps]


def change(team: Path, *names: str) -> None:
    session = open_session(team).session
    for name in names:
        session.do(renamed("pr", name))
    session.close()


# -- a log of one's own ----------------------------------------------------------------------------


def test_in_a_log_of_ones_own_its_owner_vouches_for_each_entry(team: Path, log: Path) -> None:
    change(team, "Press")
    assert [entry["uid"] for entry in read_lines(log.read_bytes()).entries] == [UID, UID]
    assert list(author_files_of(log)) == [], "no other file is needed"
    forge(log, do(ME, "Media"), do("li", "Voice"), do("li", "Voices", uid=UID), do(ME, "Us", uid=STRANGER))
    assert shown(team) == [ME, ME, "li?", "li?", f"{ME}?"]


def test_the_steps_of_a_plan_are_those_of_who_took_them_over(team: Path, log: Path) -> None:
    change(team, "Press")
    plan = log.with_name("team.plan.toml")
    opened = open_session(team)
    assert fold(opened)
    opened.session.close()
    plan.write_text(plan.read_text().replace(f'by = "{ME}"', 'by = "li"'))
    assert shown(team) == ["li?"], "while the log is begun"
    change(team, "Media")
    assert shown(team) == ["li?", ME]


# -- a log of a group ------------------------------------------------------------------------------


def test_in_a_log_of_a_group_each_author_vouches_in_a_file_of_their_own(shared: Path, log: Path) -> None:
    change(shared, "Press", "Media")
    own = author_path_for(log, UID)
    status = own.stat()
    assert (stat.S_IMODE(status.st_mode), status.st_uid, status.st_nlink) == (0o640, UID, 1)
    assert own.read_text().split() == list(read_lines(log.read_bytes()).hashes)
    assert shown(shared) == [ME, ME]


def test_a_forged_author_is_marked(shared: Path, log: Path) -> None:
    change(shared, "Press")
    forge(log, do("li", "Media"), do(ME, "Voice"), do(ME, "Us", uid=UID), do("li", "We", uid=STRANGER))
    author_path_for(log, STRANGER).write_text("\n".join(read_lines(log.read_bytes()).hashes) + "\n")
    assert shown(shared) == [ME, "li?", f"{ME}?", f"{ME}?", "li?"]


@pytest.mark.parametrize("uid", [-1, 2**32 - 1, 2**80, True, "0", None, 1.0])
def test_what_is_no_user_is_refused(shared: Path, log: Path, uid: object) -> None:
    change(shared, "Press")
    forge(log, do(ME, "Media", uid=uid))
    opened = ChangeLog(log)
    opened.open()
    assert not is_vouched(opened.read()[-1], ME)
    opened.close()
    assert "uid is not as it should be" in refusal(shared)


def test_without_the_file_of_its_author_an_entry_is_marked(shared: Path, log: Path) -> None:
    session = open_session(shared).session
    session.do(renamed("pr", "Press"))
    author_path_for(log, UID).unlink()
    session.do(renamed("pr", "Media"))
    session.close()
    assert shown(shared) == [f"{ME}?", ME], "the file is made again for what comes then"


def test_a_log_of_before_is_marked_where_others_may_have_written_it(shared: Path, log: Path) -> None:
    change(shared, "Press")
    forge(log, do(ME, "Media"))
    assert shown(shared) == [ME, f"{ME}?"]
    log.chmod(0o600)
    assert shown(shared) == [ME, ME], "who takes the right to write from others vouches for what is there"


def test_nobody_sees_an_entry_before_its_author_vouches_for_it(
    shared: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, other, write = open_session(shared).session, ChangeLog(log), os.write
    seen: list[bool] = []

    def read_between(file: int, data: bytes) -> int:
        written = write(file, data)
        if log.exists() and other.open():
            seen.extend(is_vouched(entry, ME) for entry in other.read())
        return written

    monkeypatch.setattr(os, "write", read_between)
    session.do(renamed("pr", "Press"))
    session.do(renamed("pr", "Media"))
    monkeypatch.undo()
    assert seen == [True, True, True]
    session.close()
    other.close()


@pytest.mark.parametrize("plant", [a_link, a_pipe, a_folder, a_device])
def test_what_is_planted_in_place_of_the_file_keeps_nobody_from_changing(
    shared: Path, log: Path, plant: Callable[[Path], None]
) -> None:
    own = author_path_for(log, UID)
    plant(own)
    change(shared, "Press")
    opened = open_session(shared)
    assert [step.who for step in opened.session.steps] == [f"{ME}?"]
    told = f"Nothing vouches for your name on changes here: {own.name} is not a regular file"
    assert any(told in said for said in notices(opened))
    opened.session.close()
    if own.is_symlink():
        assert own.readlink().read_text() == "kept"


def _writable(file: Path) -> None:
    file.chmod(0o660)


def _linked(file: Path) -> None:
    os.link(file, file.with_name("theirs"))


def _of_a_stranger(file: Path) -> None:
    os.chown(file, STRANGER, -1)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_writable, "can be written by others"),
        (_linked, "has a second name (a hard link)"),
        pytest.param(_of_a_stranger, f"belongs to {STRANGER}", marks=AS_ROOT),
    ],
)
def test_a_file_that_others_can_have_written_vouches_for_nothing(
    shared: Path, log: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    change(shared, "Press")
    own = author_path_for(log, UID)
    spoil(own)
    assert shown(shared) == [f"{ME}?"]
    said = refused(own, UID)
    assert said is not None
    assert translate(said) == f"{own.name} {reason}"


def test_a_line_that_was_cut_costs_only_its_own_entry(shared: Path, log: Path) -> None:
    change(shared, "Press", "Media")
    own = author_path_for(log, UID)
    os.truncate(own, own.stat().st_size - 30)
    change(shared, "Voice")
    assert shown(shared) == [ME, f"{ME}?", ME]


def test_of_a_long_file_the_last_part_is_read(
    shared: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(shared, "Press", "Media", "Voice")
    monkeypatch.setattr(authors, "READ_MAX", 2 * 65)
    assert shown(shared) == [f"{ME}?", ME, ME]


def test_a_file_is_read_once_and_then_what_was_appended(
    shared: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(shared, "Press", "Media")
    reader, pread, read = ChangeLog(log), os.pread, list[int]()
    own = author_path_for(log, UID).stat().st_ino

    def counted(file: int, size: int, begin: int) -> bytes:
        if os.fstat(file).st_ino == own:
            read.append(size)
        return pread(file, size, begin)

    monkeypatch.setattr(os, "pread", counted)
    reader.open()
    assert len(reader.read()) == 3
    with reader.exclusive():
        reader.append(do(ME, "Voice"))
    other = ChangeLog(log)
    assert read[0] == 3 * 65
    read.clear()
    with other.exclusive():
        other.read()
        other.append(do(ME, "Us"))
    read.clear()
    assert [is_vouched(entry, ME) for entry in reader.read()] == [True]
    assert read == [2 * 65], "what this session wrote itself, and the new one"
    for each in (reader, other):
        each.close()


# -- several users ---------------------------------------------------------------------------------


@pytest.fixture
def of_group() -> Iterator[Path]:
    """The organisation in a folder of a group, which belongs to one of its users."""
    with TemporaryDirectory(dir="/tmp") as name:
        os.chmod(name, 0o755)
        folder = Path(name) / "folder"
        folder.mkdir()
        team = write_department(folder)
        for path, mode in ((team, 0o660), (folder, 0o2770)):
            os.chown(path, LI, GROUP)
            path.chmod(mode)
        yield team


def session_of(uid: int, team: Path) -> Session:
    with acting_as(uid):
        return open_session(team).session


@AS_ROOT
def test_colleagues_in_a_folder_of_their_group_are_not_marked(of_group: Path) -> None:
    li, wang = session_of(LI, of_group), session_of(WANG, of_group)
    told = told_to(wang)
    with acting_as(LI):
        li.do(renamed("pr", "Press"))
        li.do(renamed("brand", "Brands"))
        li.undo()
        li.redo()
    with acting_as(WANG):
        wang.catch_up()
        wang.do(renamed("pr", "Media"))
        wang.say_why(1, "because")
    assert [news.who for changed in told for news in changed.news] == [name_of(LI)] * 4
    told = told_to(li)
    with acting_as(LI):
        li.catch_up()
        li.undo()
        assert why_not(li.undo) == f"{name_of(WANG)} changed pr since, at TIME"
        li.redo()
    assert [news.who for changed in told for news in changed.news] == [name_of(WANG)] * 2
    for each in (li, wang):
        assert [step.who for step in each.steps] == [name_of(LI), name_of(LI), name_of(WANG)]
        each.close()
    for uid in (LI, WANG):
        with acting_as(uid):
            assert shown(of_group) == [name_of(LI), name_of(LI), name_of(WANG)]


@AS_ROOT
def test_a_colleague_can_delete_what_vouches_but_not_make_it(of_group: Path) -> None:
    li, log = session_of(LI, of_group), log_path_for(of_group.with_name("team.plan.toml"))
    with acting_as(LI):
        li.do(renamed("pr", "Press"))
        li.close()
    file = author_path_for(log, LI)
    with acting_as(WANG):
        change(of_group, "Ours")
        forge(log, do(name_of(LI), "Media", uid=LI), do(name_of(LI), "Voice", uid=WANG))
        forged = read_lines(log.read_bytes()).hashes
        with pytest.raises(PermissionError):
            file.open("ab")
        own = author_path_for(log, WANG)
        with own.open("a") as stream:
            stream.writelines(f"{each}\n" for each in forged)
        marked = f"{name_of(LI)}?"
        assert shown(of_group) == [name_of(LI), name_of(WANG), marked, marked]
        kept = file.read_bytes()
        file.unlink()
        file.write_bytes(kept + b"".join(f"{each}\n".encode() for each in forged))
        file.chmod(0o640)
    with acting_as(LI):
        assert shown(of_group) == [marked, name_of(WANG), marked, marked]
        (said,) = filter(None, [refused(path, uid) for path, uid in author_files_of(log)])
        assert translate(said) == f"{file.name} belongs to {name_of(WANG)}"


# -- plans -----------------------------------------------------------------------------------------


def vouched_in_stale_plan(organization: Path) -> Set[str]:
    """The names that are vouched for in a plan that was made for another state of its organisation."""
    before = organization.read_text()
    organization.write_text(before.replace("Growth", "Demand"))
    with pytest.raises(OrganizationChanged) as changed:
        open_session(organization)
    organization.write_text(before)
    assert {step.by for step in changed.value.stale.plan.steps} == {ME, "li"}
    return changed.value.stale.vouched


def test_a_rebase_knows_which_names_in_its_plan_are_vouched_for(shared: Path, log: Path) -> None:
    opened = open_session(shared)
    opened.session.do(renamed("brand", "Brands"))
    forge(log, do("li", "Voice"))
    opened.session.catch_up()
    there = reload_organization(shared)
    assert SessionRebase(opened, there, has_finding_in(there.organization)).vouched == {ME}
    assert vouched_in_stale_plan(shared) == {ME}, "from the log"
    assert fold(opened)
    opened.session.close()
    assert vouched_in_stale_plan(shared) == set(), "from a plan that others may write"
    log.with_name("team.plan.toml").chmod(0o640)
    assert vouched_in_stale_plan(shared) == {ME}


# -- sentences -------------------------------------------------------------------------------------


def test_reasons_and_news_mark_the_name(team: Path, log: Path) -> None:
    session = open_session(team).session
    told = told_to(session)
    session.do(renamed("brand", "Brands"))
    forge(log, do("li", "Voice"), {"entry": "drop", "step": 1, "by": "wu", "at": AT})
    session.catch_up()
    assert [news.who for changed in told for news in changed.news] == ["li?", "wu?"]
    step, reason = session.steps[-1], sentence("There is nothing to do")
    for said in (changed_since(step, []), needed_by(step, reason, ME), in_the_way(step, reason, ME)):
        assert "li?" in translate(said)
    assert step.by == "li", "who may take it back does not depend on the mark"
    session.close()
