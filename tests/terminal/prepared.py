"""The app on a pseudo-terminal, forked from a process that has imported everything: starting is paid once.

What is forked has a session, a terminal, a folder and an environment of its own, and is a child of the tests,
as one that was started is. What depends on how Python starts (its flags, the locale, what is imported when,
settings that libraries read as they are imported) is tried with `orgtui` of `emulator`, which starts Python.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import pkgutil
import pty
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.terminal import emulator

ROOT = Path(__file__).parents[2]
PR_SET_CHILD_SUBREAPER = 36


def orgtui(*arguments: str | Path, **options: object) -> emulator.Emulator:
    """The app on a pseudo-terminal; elsewhere than on Linux, which lets adopt processes, started."""
    if not sys.platform.startswith("linux"):
        return emulator.orgtui(*arguments, **options)
    return emulator.Emulator(arguments, start=_fork, **options)  # type: ignore[arg-type]


def _fork(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path | None, size: tuple[int, int]
) -> tuple[int, int]:
    """A process with the app, and the terminal it is on."""
    master, slave = pty.openpty()
    emulator.set_size(master, size)
    server, name = _server(), os.ttyname(slave)
    assert server.stdin is not None
    assert server.stdout is not None
    order = {"arguments": arguments, "environment": environment, "folder": str(folder or Path.cwd())}
    with _adopting():
        server.stdin.write(json.dumps({**order, "terminal": name}) + "\n")
        server.stdin.flush()
        pid = int(server.stdout.readline())
    os.close(slave)
    return pid, master


@contextmanager
def _adopting() -> Iterator[None]:
    """Meanwhile processes whose parent ends become children of this one."""
    prctl = ctypes.CDLL(None).prctl
    assert prctl(PR_SET_CHILD_SUBREAPER, 1) == 0
    try:
        yield
    finally:
        prctl(PR_SET_CHILD_SUBREAPER, 0)


@cache
def _server() -> subprocess.Popen[str]:
    """The process to fork from; it ends with this one, which holds the other end of its input."""
    command = [sys.executable, "-m", __name__]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload, no-any-return]


# -- the process to fork from ------------------------------------------------------------------------


def serve() -> Mapping[str, Any] | None:
    """Fork for each order that is read, and write the process id; in what is forked, the order."""
    _import_app()
    gc.freeze()
    with open(os.dup(0), encoding="utf-8") as orders:
        for line in orders:
            order: dict[str, Any] = json.loads(line)
            heard, told = os.pipe()
            between = os.fork()
            if not between:
                if os.fork():
                    os._exit(0)
                _take_terminal(order["terminal"])
                os.write(told, str(os.getpid()).encode())
            pid = os.read(heard, 32) if between else b""
            os.close(heard)
            os.close(told)
            if not between:
                return order
            os.waitpid(between, 0)
            print(pid.decode(), flush=True)
    return None


def _import_app() -> None:
    import orgtui.tui

    import_module("orgtui.cli.open")
    for module in pkgutil.walk_packages(orgtui.tui.__path__, "orgtui.tui."):
        import_module(module.name)


def _take_terminal(name: str) -> None:
    """Lead a session on a terminal, with the three standard streams on it."""
    os.setsid()
    terminal = os.open(name, os.O_RDWR)
    for number in range(3):
        os.dup2(terminal, number)
    os.close(terminal)


def become(order: Mapping[str, Any]) -> None:
    """Run the app as `python -m orgtui` does, and end."""
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.argv = ["orgtui", *order["arguments"]]
    gc.unfreeze()
    runpy.run_module("orgtui", run_name="__main__")


if __name__ == "__main__":
    if (order := serve()) is not None:
        become(order)
