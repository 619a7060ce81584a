"""However the app ends, it ends at once, says how, and leaves the terminal as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.organizations import write_small
from tests.support import at_length
from tests.terminal.emulator import Emulator, orgtui

READY = "? help"


MODES = (b"?1049", b"?2004")
"""Alternate screen, bracketed paste."""


def restored(terminal: Emulator) -> bool:
    """Whether the screen, the cursor, the wrapping and the pasting are given back."""
    sent = bytes(terminal.raw)
    given_back = [sent.rfind(b"\x1b[%sl" % mode) > sent.rfind(b"\x1b[%sh" % mode) for mode in MODES]
    shown = [sent.rfind(b"\x1b[%sh" % mode) > sent.rfind(b"\x1b[%sl" % mode) for mode in (b"?25", b"?7")]
    return all(given_back + shown)


def test_q_leaves_with_the_terminal_as_it_was(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        before = terminal.modes
        terminal.until(READY)
        terminal.press("q")
        assert terminal.ends() == 0
        assert restored(terminal)
        assert terminal.modes == before


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_signals_leave_cleanly_and_say_which(tmp_path: Path, number: signal.Signals) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        terminal.until(READY)
        terminal.kill(number)
        assert terminal.ends() == 128 + number
        assert restored(terminal)


DEADLY = (
    "QUIT",
    "ABRT",
    "ALRM",
    "USR1",
    "USR2",
    "VTALRM",
    "PROF",
    "XCPU",
    "TRAP",
    "SYS",
    "IO",
    "RTMIN",
    "RTMAX",
)
OFTEN = ("QUIT", "USR1", "RTMAX")
"""Those that are sent each time, one of each kind; the others only at length."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in OFTEN else pytest.mark.soak) for name in DEADLY]
)
def test_it_dies_of_other_signals_with_the_terminal_as_it_was(tmp_path: Path, name: str) -> None:
    number = getattr(signal, f"SIG{name}")
    with orgtui(write_small(tmp_path)) as terminal:
        before = terminal.modes
        terminal.until(READY)
        terminal.kill(number)
        assert terminal.ends() == 128 + number
        assert terminal.signalled == number
        assert restored(terminal)
        assert terminal.modes == before


WITHOUT_A_WAY_ON = {
    "SIGSEGV": "os.kill(os.getpid(), signal.SIGSEGV)",
    "SIGBUS": "os.kill(os.getpid(), signal.SIGBUS)",
    "SIGILL": "os.kill(os.getpid(), signal.SIGILL)",
    "SIGFPE": "os.kill(os.getpid(), signal.SIGFPE)",
    "SIGABRT": "os.abort()",
    "SIGKILL": "os.killpg(0, signal.SIGKILL)",
}
"""What ends the process in the middle of an instruction, as a crash in C or want of memory does."""

CRASH = """
import os, signal, sys
import orgtui.tui.actions.look.moving as walk

def crash(*all):
    {crash}

walk.step = crash
from orgtui.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("name", WITHOUT_A_WAY_ON)
def test_it_dies_of_a_crash_with_the_terminal_as_it_was(tmp_path: Path, name: str) -> None:
    write_small(tmp_path)
    program = CRASH.replace("{crash}", WITHOUT_A_WAY_ON[name])
    with Emulator(["-c", program, "small.toml"], folder=tmp_path) as terminal:
        before = terminal.modes
        terminal.until(READY)
        terminal.press("down")
        assert terminal.ends() == 128 + getattr(signal, name)
        terminal.until(lambda: restored(terminal))
        assert terminal.modes == before


INTERRUPTS = """
import os, signal, sys
at, *arguments = sys.argv[1:]
left = int(at)
begun = False

def count(frame, event, argument):
    global left, begun
    begun = begun or frame.f_code.co_filename.endswith("orgtui/__main__.py")
    left -= begun
    if left == 0:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGINT)

sys.argv = ["orgtui", *arguments]
sys.setprofile(count)
from orgtui.__main__ import main
sys.exit(main())
"""
"""Runs orgtui and interrupts it after so many calls of functions, counted from its first instruction."""


@pytest.mark.parametrize("calls", [2, *at_length(100, 3000, 10_000), 1000, 30_000, 100_000])
def test_ctrl_c_ends_a_command_at_once_and_without_a_word(tmp_path: Path, calls: int) -> None:
    write_small(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTS, str(calls), "check", "small.toml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "")


WRITES = """
import os, signal, sys
sync = os.fsync
def interrupted(descriptor):
    os.kill(os.getpid(), signal.SIGINT)
    sync(descriptor)
os.fsync = interrupted
from orgtui.__main__ import main
sys.argv = ["orgtui", "fix", "small.toml", "-o", "new.plan.toml"]
sys.exit(main())
"""


def test_ctrl_c_while_a_command_writes_leaves_a_whole_file(tmp_path: Path) -> None:
    write_small(tmp_path)
    done = subprocess.run([sys.executable, "-c", WRITES], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (130, b"")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["new.plan.toml", "small.toml"]
    checked = ["-m", "orgtui", "check", "small.toml", "--plan", "new.plan.toml"]
    assert subprocess.run([sys.executable, *checked], cwd=tmp_path, check=False).returncode < 2


def test_a_command_that_was_started_deaf_to_ctrl_c_stays_so(tmp_path: Path) -> None:
    write_small(tmp_path)
    deaf = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "os.execv(sys.argv[1], sys.argv[1:])\n"
    )
    program = [sys.executable, "-c", INTERRUPTS, "1000", "check", "small.toml"]
    done = subprocess.run(
        [sys.executable, "-c", deaf, *program], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"P102" in done.stdout


@pytest.mark.parametrize(
    "calls", [2, *at_length(100, 3000, 10_000, 40_000, 60_000, 80_000), 1000, 30_000, 50_000, 100_000]
)
def test_ctrl_c_while_the_app_starts(tmp_path: Path, calls: int) -> None:
    """It ends at any moment of the start with the terminal as it was, and prints no traceback."""
    write_small(tmp_path)
    with Emulator(["-c", INTERRUPTS, str(calls), "small.toml"], folder=tmp_path) as terminal:
        before = terminal.modes
        assert terminal.ends() == 130
        assert b"Traceback" not in terminal.raw
        assert b"KeyboardInterrupt" not in terminal.raw
        assert terminal.modes == before
        assert b"?1049h" not in terminal.raw or restored(terminal)


def test_a_terminal_that_is_gone_ends_the_process(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        terminal.until(READY)
        terminal.hang_up()
        assert terminal.ends() == 128 + signal.SIGHUP


def test_a_terminal_that_is_gone_ends_a_process_that_no_signal_reaches(tmp_path: Path) -> None:
    """A shell that shrugs off the hang-up keeps the signal from its child; the poll still tells it."""
    program = (
        "import signal, subprocess, sys\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "done = subprocess.run([sys.executable, '-m', 'orgtui', 'small.toml'])\n"
        "open('status', 'w').write(str(done.returncode))\n"
    )
    write_small(tmp_path)
    with Emulator(["-c", program], folder=tmp_path) as terminal:
        terminal.until(READY)
        terminal.hang_up()
        assert terminal.ends() == 0
    assert (tmp_path / "status").read_text() == str(128 + signal.SIGHUP)


def test_ctrl_c_ends_nothing(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        terminal.until(READY)
        terminal.press("ctrl+c")
        terminal.until("q leaves")
        terminal.press("q")
        assert terminal.ends() == 0


DEFECT = """
import orgtui.tui.actions.look.moving as walk, sys

def broken(screen, by):
    whose = "names of people"
    try:
        {}[whose]
    except KeyError as missing:
        raise ZeroDivisionError(whose) from missing

walk.step = broken
from orgtui.cli.main import run
sys.exit(run(["small.toml"]))
"""


def test_a_defect_restores_the_terminal_and_keeps_the_details(tmp_path: Path) -> None:
    write_small(tmp_path)
    state = {"XDG_STATE_HOME": str(tmp_path)}
    kept = []
    for _ in range(2):
        with Emulator(["-c", DEFECT], folder=tmp_path, environment=state) as terminal:
            before = terminal.modes
            terminal.until(READY)
            terminal.press("down")
            assert terminal.ends() == 1
            assert restored(terminal)
            assert terminal.modes == before
            said = "".join(terminal.lines)
            assert "orgtui ended by a defect of its own (ZeroDivisionError)" in said
            kept += [path for path in (tmp_path / "orgtui").iterdir() if f"orgtui/{path.name}" in said]
    assert len(set(kept)) == 2, "a name that nobody can guess, and that the screen tells"
    for path in kept:
        details = path.read_text()
        assert "in broken" in details
        assert "ZeroDivisionError\n" in details
        assert "KeyError\n" in details
        assert "names of people" not in details + said
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_defect_in_what_runs_later_is_one_too(tmp_path: Path) -> None:
    write_small(tmp_path)
    later = DEFECT.replace(
        "walk.step = broken",
        "import asyncio\nwalk.step = lambda *all: asyncio.get_running_loop().call_soon(broken, *all)",
    )
    with Emulator(["-c", later], folder=tmp_path, environment={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        terminal.until(READY)
        terminal.press("down")
        assert terminal.ends() == 1
        assert restored(terminal)
        assert "(ZeroDivisionError)" in "".join(terminal.lines)
        assert b"names of people" not in terminal.raw


def test_a_defect_is_told_where_nothing_can_be_kept(tmp_path: Path) -> None:
    write_small(tmp_path)
    (tmp_path / "orgtui").write_text("no folder")
    with Emulator(["-c", DEFECT], folder=tmp_path, environment={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        terminal.until(READY)
        terminal.press("down")
        assert terminal.ends() == 1
        assert "every change up to it is saved" in " ".join(terminal.lines)


def run_without_terminal(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "orgtui"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_no_terminal_is_told_in_a_sentence() -> None:
    done = run_without_terminal(TERM="xterm")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "orgtui: orgtui needs a terminal for its input and output; `orgtui check` works without one\n"
    )


def test_a_dumb_terminal_is_told_in_a_sentence() -> None:
    with orgtui(environment={"TERM": "dumb"}) as terminal:
        assert terminal.ends() == 2
        assert "This terminal cannot move its cursor (TERM=dumb)" in terminal.lines[0]
        assert b"\x1b" not in terminal.raw


def test_unknown_keys_of_ones_own_are_told_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "orgtui").mkdir()
    (tmp_path / "orgtui" / "keys.toml").write_text('udno = ["x"]\n')
    with orgtui(environment={"XDG_CONFIG_HOME": str(tmp_path)}) as terminal:
        assert terminal.ends() == 2
        said = "".join(terminal.lines).replace(" ", "")  # the terminal wraps it, and the path has any length
        assert "keys.toml:1:udno:thereisnosuchcommand;didyoumeanundo?" in said


SETTINGS = {
    "TEXTUAL_COLOR_SYSTEM": "junk",
    "TEXTUAL_DRIVER": "no.such:Driver",
    "TEXTUAL_FILTERS": "junk,dim",
    "TEXTUAL_PRESS": "q",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_FPS": "1",
    "TEXTUAL_THEME": "junk",
    "TEXTUAL_DIM_FACTOR": "junk",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_SHOW_RETURN": "1",
    "TEXTUAL_LOG": "log",
    "COLUMNS": "²",
    "LINES": "²",
    "COLORTERM": "junk",
    "ESCDELAY": "junk",
    "FORCE_COLOR": "junk",
    "TTY_COMPATIBLE": "junk",
    "TTY_INTERACTIVE": "junk",
    "JUPYTER_COLUMNS": "junk",
}
"""What the terminal library reads of the environment, as nobody should set it."""


def test_settings_of_the_library_change_nothing(tmp_path: Path) -> None:
    write_small(tmp_path)
    before = sorted(tmp_path.iterdir())
    with orgtui("small.toml", folder=tmp_path, environment=SETTINGS) as terminal:
        terminal.until(READY)
        terminal.press("q")
        assert terminal.ends() == 0
        assert "".join(terminal.lines) == ""
    assert sorted(tmp_path.iterdir()) == before


def test_relative_folders_of_ones_own_do_not_count(tmp_path: Path) -> None:
    write_small(tmp_path)
    (tmp_path / "home" / "orgtui").mkdir(parents=True)
    (tmp_path / "home" / "orgtui" / "keys.toml").write_text("junk")
    before = sorted(tmp_path.rglob("*"))
    relative = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), "home")
    with orgtui("small.toml", folder=tmp_path, environment={**relative, "HOME": str(tmp_path)}) as terminal:
        terminal.until(READY)
        terminal.press("q")
        assert terminal.ends() == 0
    made = {path.relative_to(tmp_path).parts[0] for path in {*tmp_path.rglob("*")} - {*before}}
    assert made <= {".local"}
