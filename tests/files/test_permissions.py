"""Pay that everybody on the computer could read is warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.files.disk.permissions import world_readable_warnings
from orgtui.locales import translate
from orgtui.model.records import Files
from orgtui.model.store import Organization, Set
from tests.organizations import full_organization


def with_pay() -> Organization:
    organization = full_organization()
    organization.apply(Set("files", "", None, Files(pay="pay of.csv")))
    return organization


def said(path: Path, organization: Organization) -> list[str]:
    return [translate(each) for each in world_readable_warnings(path, organization)]


@pytest.mark.parametrize("of_folder", [0o700, 0o2770])
def test_each_file_that_all_can_read_is_named_with_what_to_do(tmp_path: Path, of_folder: int) -> None:
    tmp_path.chmod(of_folder)
    organization, pay = tmp_path / "team.toml", tmp_path / "pay of.csv"
    organization.touch(0o600)
    pay.touch(0o600)
    mode = "600" if of_folder == 0o700 else "660"
    of_organization = (
        f"everybody on this computer can read {organization}; "
        f"to keep pay private: chmod {mode} {organization}"
    )
    of_pay = f"everybody on this computer can read {pay}; to keep pay private: chmod {mode} '{pay}'"
    assert said(organization, with_pay()) == []
    organization.chmod(0o660)
    pay.chmod(0o640)
    assert said(organization, with_pay()) == []
    pay.chmod(0o604)
    assert said(organization, with_pay()) == [of_pay]
    organization.chmod(0o644)
    assert said(organization, with_pay()) == [of_organization, of_pay]
    pay.unlink()
    assert said(organization, with_pay()) == [of_organization]


def test_without_pay_there_is_nothing_to_warn_of(tmp_path: Path) -> None:
    (tmp_path / "team.toml").touch(0o666)
    assert said(tmp_path / "team.toml", full_organization()) == []
