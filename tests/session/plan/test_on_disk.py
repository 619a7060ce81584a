"""Whether an organisation was changed on disk under an open session is noticed, and nothing else is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orgtui.files.organization_file import save_organization
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.records import Files
from orgtui.model.store import Set
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.plan.rebasing import reload_if_changed
from tests.organizations import full_organization
from tests.session.sessions import renamed, write_department


@pytest.fixture
def opened(tmp_path: Path) -> OpenedSession:
    return open_session(write_department(tmp_path))


def test_nothing_is_noticed_while_nothing_happens(opened: OpenedSession) -> None:
    opened.session.do(renamed("pr", "Press"))
    assert not opened.on_disk.has_changed()


def test_a_change_is_noticed_once(opened: OpenedSession) -> None:
    path = opened.organization_path
    path.write_bytes(path.read_bytes().replace(b"Startup A", b"Startup B"))
    assert opened.on_disk.has_changed()
    assert not opened.on_disk.has_changed()
    now = reload_if_changed(opened)
    assert now is not None
    assert now.organization.profile.name == "Startup B"


def test_one_in_the_place_of_the_other_is_noticed(opened: OpenedSession) -> None:
    path = opened.organization_path
    status = path.stat()
    other = path.with_name("other.toml")
    other.write_bytes(path.read_bytes().replace(b"Startup A", b"Startup B"))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.rename(path)
    assert opened.on_disk.has_changed()


def test_one_that_says_the_same_is_no_news(opened: OpenedSession) -> None:
    path = opened.organization_path
    path.write_bytes(b"# a comment\n" + path.read_bytes())
    assert opened.on_disk.has_changed()
    assert reload_if_changed(opened) is None


def test_one_that_is_gone_or_broken_is_told_with_its_problems(opened: OpenedSession) -> None:
    path = opened.organization_path
    path.write_text("format = 2\n")
    assert opened.on_disk.has_changed()
    with pytest.raises(InvalidFile):
        reload_if_changed(opened)
    path.unlink()
    assert opened.on_disk.has_changed()
    assert not opened.on_disk.has_changed()
    with pytest.raises(InvalidFile):
        reload_if_changed(opened)


def test_people_in_a_file_of_their_own_belong_to_it(tmp_path: Path) -> None:
    organization, path = full_organization(), tmp_path / "team.toml"
    organization.apply(Set("files", "", None, Files(people="people.csv")))
    save_organization(organization, path)
    opened = open_session(path)
    people = tmp_path / "people.csv"
    people.write_text(people.read_text().replace("Xu Bo", "Xu Bei"))
    assert opened.on_disk.has_changed()
    now = reload_if_changed(opened)
    assert now is not None
    assert now.organization.people["xu"].name == "Xu Bei"
