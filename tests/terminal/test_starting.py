"""Starting without a file on a real pseudo-terminal."""

from __future__ import annotations

from pathlib import Path

from orgtui.files.bundled import SAMPLES
from tests.terminal.emulator import orgtui


def test_from_nothing_to_a_sample_and_back_to_it(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path / "state")}
    work = tmp_path / "work"
    work.mkdir()
    with orgtui(columns=80, rows=24, folder=work, environment=environment) as terminal:
        terminal.until("New here? enter takes you round")
        terminal.press("s", "enter")
        terminal.until("P102")
        terminal.until_gone("checking")
        terminal.until(lambda: (tmp_path / "state" / "orgtui" / "recent.toml").exists())
        terminal.press("K")
        terminal.until("Where does your file go?")
        terminal.press("enter")
        terminal.until("Kept as startup_a.toml")
        terminal.until_gone("checking")
        terminal.press("q")
        assert terminal.ends() == 0
    assert [path.name for path in work.iterdir()] == ["startup_a.toml"]
    assert (work / "startup_a.toml").read_bytes() == SAMPLES[0].content
    with orgtui(columns=80, rows=24, folder=tmp_path, environment=environment) as terminal:
        terminal.until("Opened lately")
        terminal.press("enter")
        terminal.until("P102")
        terminal.press("q")
        assert terminal.ends() == 0
