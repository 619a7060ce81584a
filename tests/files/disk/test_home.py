"""The home folder is an absolute one, whatever the environment says."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from orgtui.files.disk.state_folder import state_folder
from orgtui.home import expand_home, home_folder
from orgtui.tui.commands.keymap import keymap_path

KNOWN = Path(pwd.getpwuid(os.getuid()).pw_dir)


@pytest.mark.parametrize(
    ("home", "folder"),
    [("/home/li", Path("/home/li")), ("li", KNOWN), ("", KNOWN), (".", KNOWN), (None, KNOWN)],
)
def test_a_relative_home_does_not_count(home: str | None, folder: Path) -> None:
    environ = {} if home is None else {"HOME": home}
    assert home_folder(environ) == folder
    assert expand_home("~", environ) == folder
    assert expand_home("~/a/b", environ) == folder / "a" / "b"
    assert expand_home("a/~", environ) == Path("a/~")
    relative = {**environ, "XDG_STATE_HOME": "here", "XDG_CONFIG_HOME": "here"}
    assert state_folder(relative) == folder / ".local" / "state" / "orgtui"
    assert keymap_path(relative) == folder / ".config" / "orgtui" / "keys.toml"


def test_a_user_whom_nobody_knows_has_the_root_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert home_folder({}) == Path("/")
