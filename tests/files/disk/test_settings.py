"""Settings are private, survive others in the file, and are told of where they cannot be used."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from orgtui.cli.main import run
from orgtui.files.disk.chosen_language import keep_language, preferred_language
from orgtui.files.disk.settings import keep_setting, read_setting
from orgtui.files.toml.problems import InvalidFile
from orgtui.home import settings_path
from orgtui.locales import current_language, set_language
from tests.planted import PLANTS, Plant, in_time, what_stands


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of settings of a user without any, whose environment names no language."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for variable in ("ORGTUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    return settings_path()


def test_a_setting_is_private_and_leaves_the_others_as_they_are(file: Path) -> None:
    before = os.umask(0)
    try:
        keep_setting("language", "en", file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.write_text('# mine\nmouse = true\nlanguage = "en" # once\n[theme]\nlanguage = 3\n', "utf-8")
    keep_setting("language", "zh_CN", file)
    assert file.read_text("utf-8") == '# mine\nmouse = true\nlanguage = "zh_CN"\n[theme]\nlanguage = 3\n'
    assert read_setting("language", file) == "zh_CN"
    assert read_setting("mouse", file) is True
    assert read_setting("colour", file) is None


def test_what_goes_before_what(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert preferred_language() == "en"
    keep_language("zh_CN")
    assert preferred_language() == "zh_CN"
    monkeypatch.setenv("ORGTUI_LANG", "en")
    assert preferred_language() == "en"


def test_every_command_speaks_it_unless_told_otherwise(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_language("zh_CN")
    before = current_language()
    try:
        assert run(["rule"]) == 0
        assert "团队" in capsys.readouterr().out
        assert run(["rule", "--lang", "en"]) == 0
        assert "团队" not in capsys.readouterr().out
    finally:
        set_language(before)
        os.environ.pop("LANGUAGE", None)


@pytest.mark.parametrize("damage", ["language = [", 'language = "tlh"', "language = 3"])
def test_damage_is_told_and_the_command_runs(
    file: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(damage, "utf-8")
    with pytest.raises(InvalidFile):
        preferred_language()
    assert run(["rule", "P203"]) == 0
    said = capsys.readouterr()
    assert "## Why" in said.out
    assert said.err.startswith(f"{file}:1: ")


@pytest.mark.parametrize("plant", PLANTS)
def test_nothing_planted_in_its_place_is_read_or_written(file: Path, plant: Plant) -> None:
    file.parent.mkdir(parents=True)
    plant(file)
    before = what_stands(file.parent)
    with in_time(), pytest.raises(InvalidFile):
        keep_setting("language", "en", file)
    assert what_stands(file.parent) == before
