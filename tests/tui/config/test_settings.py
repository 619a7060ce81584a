"""Settings: read, refused with reasons, and kept without touching what else is in the file."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from orgtui.locales import translate
from orgtui.tui.config.invalid import InvalidConfig
from orgtui.tui.config.settings import Settings, load_settings, save_setting


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "orgtui" / "settings.toml"


def test_without_a_file_all_is_as_it_comes(file: Path) -> None:
    assert load_settings(file) == Settings(theme="auto", mouse=False)


def test_a_setting_is_kept_in_a_private_file(file: Path) -> None:
    save_setting(file, "theme", "light")
    save_setting(file, "mouse", True)
    save_setting(file, "theme", "dark")
    assert load_settings(file) == Settings(theme="dark", mouse=True)
    assert file.read_text() == 'theme = "dark"\nmouse = true\n'
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# mine\nmouse = false # never", '# mine\nmouse = false # never\ntheme = "light"\n'),
        ('# mine\n\ntheme = "dark"\n# end\n', '# mine\n\ntheme = "light"\n# end\n'),
        ('theme = """\ndark"""\nmouse = true\n', 'theme = "light"\nmouse = true\n'),
    ],
)
def test_the_rest_of_the_file_stays(file: Path, before: str, after: str) -> None:
    file.parent.mkdir()
    file.write_text(before)
    save_setting(file, "theme", "light")
    assert file.read_text() == after


def test_problems_name_line_and_key_and_nothing_is_written_over_them(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('mouse = "yes"\nteme = "dark"\ntheme = 3\n')
    for use in (lambda: load_settings(file), lambda: save_setting(file, "theme", "light")):
        with pytest.raises(InvalidConfig) as refusal:
            use()
        assert [translate(each) for each in refusal.value.sentences] == [
            f"{file}:1: mouse: yes is none of what mouse can be; write true or false",
            f"{file}:2: teme: there is no such setting; did you mean theme?",
            f'{file}:3: theme: 3 is none of what theme can be; write the name of a theme, such as "dark"',
        ]
    assert file.read_text().startswith('mouse = "yes"')
