"""A line that takes its time: `python slow_line.py PORT` carries bytes to a port here and back."""

from __future__ import annotations

import asyncio
import sys

DELAY = 0.1
"""Seconds that every byte is under way, in each direction."""


async def carry(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    """Hand on what comes, each piece after its delay, in order."""
    loop = asyncio.get_running_loop()
    while data := await source.read(65536):
        loop.call_later(DELAY, to.write, data)
    await asyncio.sleep(DELAY)
    to.close()


async def main(port: int) -> None:
    loop = asyncio.get_running_loop()
    here = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(here), sys.stdin)
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, sys.stdout)
    back = asyncio.StreamWriter(transport, protocol, None, loop)
    there, out = await asyncio.open_connection("127.0.0.1", port)
    tasks = [asyncio.create_task(carry(here, out)), asyncio.create_task(carry(there, back))]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
