"""Being other users of this computer, where root runs the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
LI, WANG, GROUP = 1, 2, 12345


def become(uid: int, group: int = GROUP) -> None:
    """This process becomes another user for good, of one group, with no right but theirs."""
    os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(uid, uid, uid)


@contextmanager
def acting_as(uid: int, group: int = GROUP) -> Iterator[None]:
    """This process is another user, of one group, with no right but theirs."""
    groups = os.getgroups()
    os.setgroups([])
    os.setresgid(group, group, 0)
    os.setresuid(uid, uid, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)
        os.setgroups(groups)
