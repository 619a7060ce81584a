"""What somebody else may have put in the place of a file of ours."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 60

Plant = Callable[[Path], None]


def a_link(path: Path) -> None:
    """A link to a file that must stay as it is."""
    target = path.with_name("victim")
    target.write_text("kept")
    path.symlink_to(target)


def a_dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


PLANTS = [
    pytest.param(each, id=each.__name__) for each in (a_link, a_dangling_link, a_pipe, a_folder, a_device)
]


@contextmanager
def in_time() -> Iterator[None]:
    """Fails what waits for a pipe or a device."""

    def give_up(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def what_stands(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder with its kind, and what the files hold."""
    return {
        str(path.relative_to(folder)): (
            stat.S_IFMT(path.lstat().st_mode),
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(folder.rglob("*"))
    }
