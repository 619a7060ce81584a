"""A drill: how long it takes until another's change is on screen."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from orgtui.session.plan.opening import open_session
from tests.organizations import write_small
from tests.session.sessions import renamed
from tests.terminal.driving import be_ready
from tests.terminal.emulator import orgtui


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from a change being acknowledged to it being on another's screen."""

    changes: int
    median_ms: float
    p99_ms: float


def see_changes(folder: Path, changes: int, *, beside_a_busy_loop: bool) -> Latency:
    """Make changes in a session while an app on a pseudo-terminal has the same plan open."""
    folder.mkdir()
    path = write_small(folder)
    took: list[float] = []
    with orgtui(path) as watching, _busy(beside_a_busy_loop):
        be_ready(watching)
        opened = open_session(path)
        for number in range(changes):
            name = f"Team{number:04}"
            opened.session.do(renamed("growth", name))
            began = perf_counter()
            watching.until(name)
            took.append((perf_counter() - began) * 1000)
        opened.session.close()
        watching.press("q")
        watching.ends()
    took.sort()
    return Latency(changes, statistics.median(took), took[max(len(took) * 99 // 100 - 1, 0)])


@contextmanager
def _busy(wanted: bool) -> Iterator[None]:
    """A process that takes all it can get of a core."""
    if not wanted:
        yield
        return
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as home:
        for busy in (False, True):
            print(see_changes(Path(home) / str(busy), int(sys.argv[1]), beside_a_busy_loop=busy))
