"""The process that writes an export: `orgtui export`, with what it says as it goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress

PROGRAM = (sys.executable, "-P", "-m", "orgtui")
"""This program; `-P` keeps modules that lie in the current folder out of it."""

STOP_S = 2.0
"""How long a process has to end after an interrupt: a file that is being written gets done meanwhile."""


class Failed(Exception):
    """The export ended with an error; `lines` are what it said of it."""

    def __init__(self, status: int, lines: Sequence[str]) -> None:
        super().__init__(status)
        self.status = status
        self.lines = tuple(lines)


async def written_by(arguments: Sequence[str], told: list[str]) -> AsyncGenerator[str]:
    """Run the command `orgtui export`; yields each line that it prints, and adds what it tells to `told`.

    It has no terminal, and ends when the iteration is given up. Raises Failed if it does not succeed.
    """
    process = await asyncio.create_subprocess_exec(
        *PROGRAM,
        "export",
        *arguments,
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        env=os.environ | {"PYTHONIOENCODING": "utf-8:backslashreplace"},
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    errors = asyncio.ensure_future(process.stderr.read())
    try:
        async for line in process.stdout:
            yield _text(line)
        said = [_text(line) for line in (await errors).splitlines()]
        status = await process.wait()
    finally:
        await _stop(process)
        errors.cancel()
    if status:
        raise Failed(status, said)
    told += said


async def _stop(process: Process) -> None:
    """End a process that is still running: by an interrupt, so that it leaves nothing behind, or by force."""
    for how in (signal.SIGINT, signal.SIGKILL):
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.send_signal(how)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(process.wait()), STOP_S)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r\n").removeprefix("orgtui: ")
