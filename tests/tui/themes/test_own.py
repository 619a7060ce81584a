"""Themes of one's own: read, and refused with reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.locales import translate
from orgtui.tui.config.invalid import InvalidConfig
from orgtui.tui.themes.builtin import BUILTIN, DARK
from orgtui.tui.themes.look import Look
from orgtui.tui.themes.own import own_theme, own_themes
from orgtui.tui.themes.styles import TerminalColours


@pytest.fixture(autouse=True)
def themes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "orgtui" / "themes"
    folder.mkdir(parents=True)
    return folder


def refused(name: str) -> list[str]:
    with pytest.raises(InvalidConfig) as refusal:
        own_theme(name)
    return [translate(each) for each in refusal.value.sentences]


def test_a_theme_says_only_what_differs(themes: Path) -> None:
    (themes / "house.toml").write_text('base = "light"\nerror = "#aa0000"\narea_1 = "#005f5f"\n')
    colours = own_theme("house")
    assert colours.tokens["error"] == "#aa0000"
    assert colours.tokens["warning"] == BUILTIN["light"].tokens["warning"]
    assert colours.background == BUILTIN["light"].background


def test_without_a_base_it_is_dark(themes: Path) -> None:
    (themes / "house.toml").write_text("")
    assert own_theme("house") == BUILTIN[DARK]


def test_problems_name_file_line_key_and_what_would_be_right(themes: Path) -> None:
    file = themes / "house.toml"
    file.write_text('base = "light"\n\nerorr = "#aa0000"\nwarning = "orange"\n')
    assert refused("house") == [
        f"{file}:3: erorr: a theme has no such colour; did you mean error?",
        f'{file}:4: warning: orange is no colour; write red, green and blue such as "#ff5f5f"',
    ]
    file.write_text('base = "neon"\n')
    assert refused("house") == [
        f"{file}:1: base: neon is none of the themes to begin with; write one of dark, light, high-contrast"
    ]


def test_what_cannot_be_read_is_refused_with_the_nearest_that_can(themes: Path) -> None:
    file = themes / "house.toml"
    file.write_text('error = "#5f0000"\n')
    (told,) = refused("house")
    assert told.startswith(
        f"{file}:1: error: #5f0000 has a contrast of 1.2 with the background, and needs 4.5"
    )
    line = told.rpartition("write ")[2]
    file.write_text(line)
    assert own_theme("house").tokens["error"] == line.split('"')[1]


def test_a_background_that_hides_the_colours_of_the_base_is_the_problem(themes: Path) -> None:
    file = themes / "house.toml"
    file.write_text('\nbackground = "#ffffff"\n')
    assert all(each.startswith(f"{file}:2: ") for each in refused("house"))


def test_what_is_no_toml_is_told_with_its_line(themes: Path) -> None:
    (themes / "house.toml").write_text("error =\n")
    (told,) = refused("house")
    assert told.startswith(f"{themes / 'house.toml'}:1: ")


def test_own_themes_are_listed_but_not_over_ours(themes: Path) -> None:
    for name in ("b.toml", "a.toml", "dark.toml", "notes.txt"):
        (themes / name).write_text("")
    assert own_themes() == ["a", "b"]


def test_a_name_that_nobody_has_is_refused_with_those_there_are(themes: Path) -> None:
    (themes / "house.toml").write_text("")
    with pytest.raises(InvalidConfig) as refusal:
        Look(TerminalColours()).named("hose")
    assert translate(refusal.value.sentences[0]) == (
        "there is no theme hose; write one of auto, dark, light, high-contrast, terminal, house"
    )
