"""A session over a real SSH line: nothing is lost when it is cut, and it carries little."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.organizations import write_small
from tests.terminal.driving import be_ready, go_to, move_zhang_to_growth
from tests.terminal.emulator import Emulator, wait_for
from tests.terminal.sshd import MISSING, Server, serving

SAMPLE = Path(__file__).parents[2] / "sample_orgs" / "startup_a.toml"
pytestmark = pytest.mark.skipif(MISSING is not None, reason=f"needs {MISSING} of OpenSSH")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("sshd")) as server:
        yield server


def cost(terminal: Emulator, *keys: str) -> int:
    """How many bytes come back for keys, on a terminal that is silent."""
    before = len(terminal.raw)
    terminal.press(*keys)
    terminal.settle()
    return len(terminal.raw) - before


def test_what_was_done_is_there_after_the_line_was_cut(server: Server, tmp_path: Path) -> None:
    path = write_small(tmp_path)
    with server.line(path) as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        terminal.kill(signal.SIGKILL)
        terminal.ends()
    wait_for((tmp_path / "small.plan.toml").exists)
    assert 'op = "move_person"' in (tmp_path / "small.plan.toml").read_text("utf-8")
    with server.line(path) as terminal:
        terminal.until("moved 1")
        terminal.press("u")
        terminal.until("Took back: moved Zhang Wei to Growth · 4 findings mended, 1 new")
        terminal.press("q")
        assert terminal.ends() == 0


BARS = {
    "cursor step": (["down"], 400),
    "page": (["pagedown"], 3600),
    "page back": (["pageup"], 3600),
    "fold": (["left"], 3600),
    "unfold": (["right"], 3600),
    "change of pane": (["4"], 600),
    "change of pane back": (["1"], 600),
    "lift": (["m"], 2000),
    "hover": (["up"], 2000),
    "drop": (["enter"], 3600),
    "undo": (["u"], 3600),
}
"""What people do in turn, and the most bytes it may take."""


def test_little_is_sent_and_nothing_while_nobody_acts(server: Server, tmp_path: Path) -> None:
    with server.line(Path(shutil.copy(SAMPLE, tmp_path))) as terminal:
        be_ready(terminal)
        go_to(terminal, "Lin Yue")
        terminal.settle()
        sent = {name: cost(terminal, *keys) for name, (keys, _) in BARS.items()}
        assert {name: sent[name] for name, (_, most) in BARS.items() if not 0 < sent[name] <= most} == {}
        assert not terminal.hears_anything(1.0)


def test_keys_typed_ahead_of_a_slow_line(server: Server, tmp_path: Path) -> None:
    with server.line(write_small(tmp_path), slow=True) as terminal:
        be_ready(terminal)
        for key in ("/", *"Zhang Wei", "enter", "m", "m", *"Growth", "enter", "enter", "q"):
            terminal.press(key)
        assert terminal.ends() == 0
    assert 'op = "move_person"' in (tmp_path / "small.plan.toml").read_text("utf-8")
