"""Keys mean one command in one place, and mistakes in a person's own file are told in words."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from orgtui.locales import translate
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.command import BROWSE, CARRY, FINDINGS, MODES, PANES, TEAMS, Command, Situation
from orgtui.tui.commands.keymap import InvalidKeys, Keymap, is_bindable_key, keymap_path, load_keymap
from tests.planted import PLANTS, Plant, in_time


def command(
    identity: str, *keys: str, panes: tuple[str, ...] = PANES, modes: tuple[str, ...] = MODES
) -> Command:
    return Command(identity, keys, identity, f"Does {identity}", "look.moving.step", panes=panes, modes=modes)


def problems(file: Path) -> list[str]:
    with pytest.raises(InvalidKeys) as caught:
        load_keymap([command("undo", "u"), command("redo", "ctrl+r")], file)
    return [translate(each) for each in caught.value.sentences]


def test_one_key_may_mean_two_commands_in_two_places() -> None:
    keymap = Keymap([command("inspect", "enter", modes=(BROWSE,)), command("drop", "enter", modes=(CARRY,))])
    found = [keymap.command("enter", TEAMS, mode) for mode in MODES]
    assert [each.id for each in found if each] == ["inspect", "drop"]


def test_a_clash_is_told_once() -> None:
    with pytest.raises(InvalidKeys) as caught:
        Keymap([command("undo", "u"), command("unlink", "u", panes=(TEAMS, FINDINGS))])
    assert [translate(each) for each in caught.value.sentences] == [
        "key u means both undo and unlink; give one of them another key"
    ]


def test_own_keys_replace_those_of_the_registry(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('undo = ["ctrl+z", "f2"]\n')
    keymap = load_keymap([command("undo", "u"), command("redo", "ctrl+r")], file)
    assert keymap.command("u", TEAMS, BROWSE) is None
    assert [keymap.command(key, TEAMS, BROWSE) for key in ("ctrl+z", "f2")] == [keymap.commands[0]] * 2


def test_every_mistake_in_own_keys_is_told(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('udno = ["x"]\nredo = "u"\nundo = ["hyper+u"]\n')
    assert problems(file) == [
        f"{file}:1: udno: there is no such command; did you mean undo?",
        f'{file}:2: redo: this is no list of keys; write a list such as ["u", "f2"]',
        f'{file}:3: undo: this is no list of keys; write a list such as ["u", "f2"]',
    ]
    file.write_text('\n# mine\nredo = ["u"]\n')
    assert problems(file) == [f"{file}:3: redo: key u means both undo and redo; give one of them another key"]
    file.write_text('"a b" = ["u"]\n')
    assert problems(file) == [
        f'{file}:1: "a b": there is no such command; nothing in this file needs that: take it out'
    ]
    file.write_text("undo = [\n")
    assert len(problems(file)) == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("leave = []", 1, 'leave: no key is left to leave with; write leave = ["q"]'),
        ('leave = []\ncarry = ["q"]', 1, 'leave: no key is left to leave with; write leave = ["f1"]'),
        (
            "undo = []\nhelp = []\npalette = []",
            3,
            'palette: no key is left to find the other commands with; write palette = [":"]',
        ),
        (
            "close = []\nback = []\npalette = []",
            1,
            'close: no key is left to leave a page with; write close = ["escape"]',
        ),
        (
            "drop = []\nput_back = []\npalette = []",
            2,
            'put_back: no key is left to put down with what is carried; write put_back = ["escape"]',
        ),
    ],
)
def test_a_keymap_without_a_way_out_is_refused(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(text)
    with pytest.raises(InvalidKeys) as caught:
        load_keymap(COMMANDS, file)
    assert [translate(each) for each in caught.value.sentences] == [f"{file}:{line}: {said}"]


@pytest.mark.parametrize(
    "text",
    ["help = []", "palette = []", 'leave = ["ctrl+q"]', "close = []\nback = []", "put_back = []\ndrop = []"],
)
def test_one_way_out_is_enough(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(text)
    assert load_keymap(COMMANDS, file).commands == COMMANDS


def test_no_file_of_own_keys(tmp_path: Path) -> None:
    assert load_keymap(COMMANDS, tmp_path / "keys.toml").commands == COMMANDS
    assert keymap_path({"XDG_CONFIG_HOME": "/etc/xdg"}) == Path("/etc/xdg/orgtui/keys.toml")


def test_the_registry_holds_together() -> None:
    keymap = Keymap(COMMANDS)
    assert len(keymap.keys) == len(COMMANDS), "ids are unique"
    for each in COMMANDS:
        assert each.keys, each.id
        assert all(map(is_bindable_key, each.keys)), each.id
        assert each.panes, each.id
        assert each.modes, each.id
        module, _, function = each.does.rpartition(".")
        assert callable(getattr(import_module(f"orgtui.tui.actions.{module}"), function)), each.does


def test_no_command_needs_what_a_ready_session_cannot_give() -> None:
    """Every reason why not can be told, and is a sentence without parameters."""
    for each in COMMANDS:
        reason = each.why_not(Situation())
        assert reason is None or translate(reason)


@pytest.mark.parametrize("plant", PLANTS)
def test_own_keys_come_from_a_file_and_nothing_else(tmp_path: Path, plant: Plant) -> None:
    file = tmp_path / "keys.toml"
    plant(file)
    with in_time():
        (said,) = problems(file)
    assert f"{file}:1: file: " in said
