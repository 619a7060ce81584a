"""Asks a process that has imported the program to fork it: `python -I -S asking.py ADDRESS ARGUMENT …`.

What is forked has the arguments, streams, folder and environment of this process, which ends with its status.
Only what is compiled into Python is imported: this starts in a twentieth of the time of the program.
"""

import _socket
import marshal
import os
import sys

LONGEST = 1 << 18
"""How many bytes an order has at most."""


def ask(address: str, arguments: list[str]) -> int:
    """The status with which the program ended."""
    streams = [number for number in range(3) if is_open(number)]
    order = marshal.dumps((arguments, os.getcwd(), dict(os.environ), streams))
    sent = b"".join(number.to_bytes(4, sys.byteorder) for number in streams)
    asked = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
    asked.connect(address)
    asked.sendmsg([order], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, sent)] if sent else [])
    status: int = marshal.loads(asked.recv(LONGEST))
    return status


def is_open(number: int) -> bool:
    """Whether there is a stream of this number."""
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    if (status := ask(sys.argv[1], sys.argv[2:])) < 0:
        os.kill(os.getpid(), -status)
    sys.exit(status)
