"""`orgtui merge --ask` on a real pseudo-terminal: conflicts are decided there."""

from __future__ import annotations

from pathlib import Path

from orgtui.changes.parse import parse_change
from orgtui.files.plan_file import load_plan
from tests.cli.test_merge import GOAL, MERGE, MOVE, REVIEW, ops, write_plan
from tests.organizations import write_small
from tests.terminal.emulator import Emulator
from tests.tui.small import KEYS


def asking(folder: Path) -> Emulator:
    environment = {"XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config")}
    plans = ("base.plan.toml", "ours.plan.toml", "theirs.plan.toml")
    arguments = ("-m", "orgtui", "merge", *plans, "-o", "new.plan.toml", "--ask")
    return Emulator(arguments, columns=80, rows=24, folder=folder, environment=environment)


def test_conflicts_are_decided_on_a_page_and_the_plan_is_written(tmp_path: Path) -> None:
    write_small(tmp_path)
    write_plan(tmp_path / "base.plan.toml", REVIEW)
    write_plan(tmp_path / "ours.plan.toml", REVIEW, MERGE, GOAL, name="Ours")
    write_plan(tmp_path / "theirs.plan.toml", REVIEW, MOVE, name="Theirs")
    new = tmp_path / "new.plan.toml"
    with asking(tmp_path) as terminal:
        terminal.until("0 of 2 decided")
        terminal.press(KEYS["merge_theirs"])
        terminal.until("1 of 2 decided")
        terminal.press("escape")
        terminal.until("nothing was written")
        assert terminal.ends() == 130
        assert not new.exists()
    with asking(tmp_path) as terminal:
        terminal.until("0 of 2 decided")
        modes = terminal.modes
        terminal.burst(KEYS["merge_theirs"], KEYS["merge_write"])
        terminal.until("1 conflict is undecided")
        terminal.press("down", "enter")
        terminal.until("new.plan.toml is written")
        assert terminal.ends() == 1, "one is undecided"
        assert terminal.modes != modes, "what the app set for itself is taken back"
    assert ops(new) == ["set_review", "move_person", "take_goal"]
    assert load_plan(new, parse_change).name == "Ours", "ours stays where nothing was decided"
