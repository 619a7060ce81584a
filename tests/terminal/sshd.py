"""An SSH server of one's own on this computer, and a line to it that can be slow, and cut."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.terminal.emulator import PATIENCE, Emulator

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
MISSING = next((name for name in ("ssh", "ssh-keygen") if shutil.which(name) is None), None) or (
    None if SSHD else "sshd"
)
"""What is not installed of OpenSSH; None if nothing."""

PRIVILEGES = Path("/run/sshd")
"""A folder without which the server of an administrator does not start."""

CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile {folder}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
LogLevel ERROR
"""


SLOW_LINE = Path(__file__).with_name("slow_line.py")
CLIENT = ["-tt", "-F", "none"]
for option in (
    "IdentitiesOnly=yes",
    "StrictHostKeyChecking=no",
    "UserKnownHostsFile=/dev/null",
    "LogLevel=ERROR",
):
    CLIENT += ["-o", option]


@dataclass(frozen=True)
class Server:
    """A running server; `line` is a terminal that has logged in and runs the app there."""

    port: int
    folder: Path

    def line(self, *arguments: str | Path, slow: bool = False) -> Emulator:
        """The app over a line of its own; a slow one takes 200 ms for a key and its answer."""
        names = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "ORGTUI_LANG", "PYTHONPATH")
        state = {name: os.environ[name] for name in names if name in os.environ}
        said = [f"{name}={value}" for name, value in {"LANG": "C.UTF-8", **state}.items()]
        remote = shlex.join(["env", *said, sys.executable, "-m", "orgtui", *map(str, arguments)])
        here = f"cd {shlex.quote(os.getcwd())} && exec {remote}"
        key = str(self.folder / "user")
        way = ["-o", f"ProxyCommand={sys.executable} {SLOW_LINE} %p"] if slow else []
        login = f"{getpass.getuser()}@127.0.0.1"
        return Emulator(
            [*CLIENT, *way, "-p", str(self.port), "-i", key, login, here],
            program="ssh",
        )


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server with keys of its own, for the person that runs this."""
    assert SSHD is not None
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    if os.geteuid() == 0:
        PRIVILEGES.mkdir(mode=0o755, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "config").write_text(CONFIG.format(port=port, folder=folder))
    server = subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "config")])
    try:
        wait_until_open(port)
        yield Server(port, folder)
    finally:
        server.terminate()
        server.wait()


def wait_until_open(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
