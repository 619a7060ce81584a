"""Links, pipes, folders and devices in the place of a session's files: it is not opened, and says why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orgtui.files.toml.problems import InvalidFile
from orgtui.locales import translate
from orgtui.session.plan.folding import CannotFold, fold
from orgtui.session.plan.opening import CannotOpen, open_session
from tests.planted import PLANTS, Plant, in_time, what_stands
from tests.session.sessions import renamed, write_department


def said_on_opening(path: Path) -> str:
    try:
        open_session(path).session.close()
    except CannotOpen as refused:
        return translate(refused.sentence)
    except InvalidFile as invalid:
        return str(invalid)
    raise AssertionError("it was opened")


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("name", ["plan.toml", "plan.log"])
def test_in_the_place_of_the_plan_or_its_log(tmp_path: Path, plant: Plant, name: str) -> None:
    path = write_department(tmp_path)
    place = path.with_name(f"{path.stem}.{name}")
    plant(place)
    before = what_stands(tmp_path)
    with in_time():
        said = said_on_opening(path)
    assert place.name in said
    assert what_stands(tmp_path) == before


@pytest.mark.parametrize("plant", PLANTS)
def test_in_the_place_of_the_plan_while_it_is_worked_on(tmp_path: Path, plant: Plant) -> None:
    path = write_department(tmp_path)
    opened = open_session(path)
    opened.session.do(renamed("pr", "Press"))
    plant(opened.plan_path)
    before = what_stands(tmp_path)
    with in_time(), pytest.raises(CannotFold) as failed:
        fold(opened)
    opened.session.close()
    assert opened.plan_path.name in translate(failed.value.sentence)
    after = what_stands(tmp_path)
    assert {name: after[name] for name in before if not name.endswith(".log")} == {
        name: before[name] for name in before if not name.endswith(".log")
    }


def test_in_the_place_of_the_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the folder of the organisation cannot be written, nothing follows a link planted there."""
    path = write_department(tmp_path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "theirs").mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "orgtui").symlink_to(tmp_path / "theirs")
    assert "--plan" in said_on_opening(path)
    assert list((tmp_path / "theirs").iterdir()) == []
