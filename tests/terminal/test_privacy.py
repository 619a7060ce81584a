"""Pay in a whole session on a terminal: seen while it is shown, and nowhere written, however it ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.support import at_length
from tests.terminal.driving import be_ready, go_to, move_zhang_to_growth
from tests.terminal.emulator import Emulator, orgtui
from tests.tui.actions.test_pay import write as write_small_with_pay

CANARY = "7318294"
SEEN = "7,318,294"
PAY = f"person,annual_cost\nchen,1\nli,2\nzhang,3\nxu,4\nwang,{CANARY}\n"

CRASHING = """\
import sys
import orgtui.tui.actions.look.moving as walk
def broken(screen, by):
    costs = screen.workspace.session.assessment.policy.options
    raise KeyError(str(costs))
walk.half_page = broken
from orgtui.cli.main import run
sys.exit(run(['small.toml']))
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home with an organisation in `work`, every other place that is written to below it."""
    for name in ("work", "state", "config", "tmp"):
        (tmp_path / name).mkdir()
    write_small_with_pay(tmp_path / "work", PAY)
    umask = os.umask(0)
    yield tmp_path
    os.umask(umask)


def environment(home: Path) -> Mapping[str, str]:
    return {
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "TMPDIR": str(home / "tmp"),
    }


def written(home: Path) -> dict[Path, bytes]:
    """All that stands on disk, but for the pay file itself."""
    files = (path for path in home.rglob("*") if path.is_file() and path.name != "pay.csv")
    return {path.relative_to(home): path.read_bytes() for path in files}


def assert_no_trace(home: Path) -> None:
    files = written(home)
    assert Path("work/small.plan.log") in files
    told = {path for path, data in files.items() if CANARY.encode() in data or SEEN.encode() in data}
    assert told == set()
    assert not any(b"S401" in data for data in files.values())
    open_to_others = {path for path in files if (home / path).stat().st_mode & 0o077}
    assert open_to_others == set()


def show_pay(terminal: Emulator) -> None:
    terminal.press("$")
    terminal.until("Pay is shown on this screen only")
    go_to(terminal, "Growth")
    terminal.press("enter")
    terminal.until(SEEN)
    terminal.press("escape")
    terminal.until_gone("Pay budget")


def test_a_session_that_is_left_leaves_no_trace_of_pay(home: Path) -> None:
    with orgtui("small.toml", folder=home / "work", environment=environment(home)) as terminal:
        be_ready(terminal)
        assert CANARY.encode() not in terminal.raw
        show_pay(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth")
        terminal.press("c", "enter")
        terminal.until("Pay against budget")
        terminal.press("escape")
        terminal.until_gone("Pay against budget")
        terminal.press("$")
        terminal.until("Pay is hidden")
        assert not any(SEEN in line or "S401" in line for line in terminal.lines)
        shown = len(terminal.raw)
        terminal.press("u", "v", "v", "v", "z", "z", "q")
        assert terminal.ends() == 0
        assert not any(each in terminal.raw[shown:] for each in (SEEN.encode(), CANARY.encode(), b"S401"))
    assert_no_trace(home)


@pytest.mark.parametrize("ending", ["q", *at_length("SIGTERM", "SIGHUP"), "SIGKILL"])
def test_one_that_ends_while_pay_is_shown_leaves_none_either(home: Path, ending: str) -> None:
    with orgtui("small.toml", folder=home / "work", environment=environment(home)) as terminal:
        be_ready(terminal)
        show_pay(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth")
        if ending == "q":
            terminal.press("q")
        else:
            terminal.kill(signal.Signals[ending])
        terminal.ends()
        assert not any(SEEN in line for line in terminal.lines) or ending == "SIGKILL"
    assert_no_trace(home)


def test_a_defect_while_pay_is_shown_tells_nothing_of_it(home: Path) -> None:
    with Emulator(["-c", CRASHING], folder=home / "work", environment=environment(home)) as terminal:
        be_ready(terminal)
        show_pay(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth")
        terminal.press("ctrl+d")
        assert terminal.ends() == 1
        assert not any(CANARY in line or SEEN in line for line in terminal.lines)
    assert any(path.name.startswith("defect.") for path in written(home))
    assert_no_trace(home)


def test_commands_tell_of_pay_only_when_asked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = Program(capsys)
    work = home / "work"
    organization, plan, new = work / "small.toml", work / "new.plan.toml", work / "new.toml"
    for arguments in (
        ("check", organization),
        ("check", organization, "--format", "json"),
        ("fix", organization, "--decisions", "-o", plan),
        ("check", organization, "--plan", plan, "--format", "json"),
        ("apply", organization, plan, "-o", new),
        ("diff", organization, new),
    ):
        ran = program(*arguments)
        assert not any(each in ran.out + ran.err for each in (CANARY, SEEN, "cost "))
    assert not any(CANARY.encode() in data for data in written(home).values())
    asked = program("check", organization, "--with-pay")
    assert f"The seats of Growth cost CNY {SEEN} a year; its budget is CNY 500,000" in asked.out
