"""The program in processes that are forked from one that has imported it: starting is paid once.

What is forked is a process of its own, with the streams, folder and environment of the shell that asks for
it. What depends on how Python starts (its flags and variables, the locale, what is imported when) is tried
with `process` of `running`, which starts Python.
"""

from __future__ import annotations

import gc
import marshal
import os
import pkgutil
import runpy
import select
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeAlias

import orgtui.cli
from tests.cli import asking, running

ROOT: Final = Path(__file__).parents[2]
PYTHON: Final = shlex.quote(sys.executable)

Order: TypeAlias = tuple[list[str], str, dict[str, str], list[int]]
"""The arguments, folder and environment of what is forked, and which of its standard streams are open."""

STREAMS: Final = (("stdin", "r", -1), ("stdout", "w", -1), ("stderr", "w", 1))
"""The standard streams as Python opens them: the name, the mode and how much is kept back."""


def process(command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """A line of shell, in which `orgtui` is the program, forked."""
    return running.shell(asks(), command, **options)


def asks() -> str:
    """What stands in a line of shell, before the arguments, for the program forked."""
    return f'{PYTHON} -I -S {shlex.quote(asking.__file__)} {shlex.quote(_server())} "$@"'


@cache
def _server() -> str:
    """The address of the process to fork from, which ends with this one, as its input does."""
    address = str(Path(tempfile.mkdtemp(prefix="orgtui-")) / "asked")
    command = [sys.executable, "-m", __name__, address]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    server = subprocess.Popen(command, cwd=ROOT, **pipes)  # type: ignore[call-overload]
    assert server.stdout.read() == b""  # closed once it listens
    _servers.append(server)
    return address


_servers: Final[list[subprocess.Popen[bytes]]] = []


# -- the process to fork from ------------------------------------------------------------------------


def serve(address: str) -> Order | None:
    """Fork for each order, and tell who asks with what status that ends; in what is forked, the order."""
    _import_program()
    gc.freeze()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
        listening.bind(address)
        listening.listen()
        os.dup2(2, 1)
        while 0 not in select.select((0, listening.fileno()), (), ())[0]:
            asked, _ = listening.accept()
            with asked:
                if not os.fork():
                    return _keep(asked)
            while _reaped():
                pass
    shutil.rmtree(Path(address).parent)
    return None


def _import_program() -> None:
    for module in pkgutil.iter_modules(orgtui.cli.__path__, "orgtui.cli."):
        import_module(module.name)


def _reaped() -> bool:
    """Whether a child that has ended was buried."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


def _keep(asked: socket.socket) -> Order:
    """Fork the program, wait for it and tell its status; only in the program this returns."""
    said, streams, _, _ = socket.recv_fds(asked, asking.LONGEST, 3)
    order: Order = marshal.loads(said)
    if program := os.fork():
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(program, 0)
        asked.sendall(marshal.dumps(os.waitstatus_to_exitcode(status)))
        os._exit(0)
    given = dict(zip(order[-1], streams, strict=True))
    for number in range(3):
        os.dup2(given[number], number) if number in given else os.close(number)
    for stream in streams:
        os.close(stream)
    return order


def become(order: Order) -> None:
    """Run the program as `python -m orgtui` does, and end."""
    arguments, folder, environment, streams = order
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, (name, mode, buffering) in enumerate(STREAMS):
        if number in streams:
            kept = {"encoding": getattr(sys, name).encoding, "errors": getattr(sys, name).errors}
            setattr(sys, name, open(number, mode, buffering, **kept, closefd=False))  # noqa: SIM115
        else:
            setattr(sys, name, None)
    sys.argv = ["orgtui", *arguments]
    gc.unfreeze()
    runpy.run_module("orgtui", run_name="__main__")


if __name__ == "__main__":
    if (order := serve(sys.argv[1])) is not None:
        become(order)
