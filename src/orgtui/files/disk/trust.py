"""Whether a file was written by somebody who may: what strangers can have put in the place of one of ours."""

from __future__ import annotations

import grp
import os
import pwd
import shlex
import stat
from pathlib import Path

from orgtui.files.disk.owners import name_of
from orgtui.files.disk.writing import GROUP_MODE, PRIVATE_MODE, is_group_shared, remove_temporary_twin
from orgtui.model.sentence import Refusal, sentence

OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def distrust(
    path: str | os.PathLike[str], status: os.stat_result, *, to_read: bool = False
) -> Refusal | None:
    """Why a file of a session is not used, with the way out; None if it may be.

    `status` is that of the open file at `path`. Where a group shares the folder its members are trusted;
    elsewhere only oneself, and, if the file is only read, the owner of a folder that nobody else may write.
    Raises OSError.
    """
    file, name = Path(path), Path(path).name
    folder = os.stat(file.parent)
    shared = is_group_shared(folder)
    if status.st_nlink > 1 and not remove_temporary_twin(file, status):
        wrong = sentence("{file} has a second name (a hard link), by which others may get at it", file=name)
        copy = f"cp {_quoted(file)} {_quoted(file, '.copy')} && mv {_quoted(file, '.copy')} {_quoted(file)}"
        return wrong, sentence("move it away, or put a copy in its place: {command}", command=copy)
    is_mine = status.st_uid == os.geteuid()
    if shared and not is_mine and status.st_gid != folder.st_gid:
        wrong = sentence("{file} belongs to somebody who is not of the group of this folder", file=name)
        return wrong, sentence(
            "move it away, or ask its owner for: {command}", command=_of_group(file, folder)
        )
    if not shared and not is_mine and not (to_read and _is_owners(status, folder)):
        wrong = sentence("{file} belongs to {user}", file=name, user=name_of(status.st_uid))
        way_out = sentence(
            "move it away; to work together use a folder of a group (chmod 2770), to look on use --watch"
        )
        return wrong, sentence("move it away") if to_read else way_out
    if status.st_mode & stat.S_IWOTH or (
        status.st_mode & stat.S_IWGRP and not shared and not _is_private_group(status.st_gid, os.geteuid())
    ):
        mode = GROUP_MODE if shared else PRIVATE_MODE
        command = f"chmod {mode:o} {_quoted(file)}"
        wrong = sentence("{file} can be written by others, and may hold what they wrote", file=name)
        return wrong, sentence("look at it, then move it away or: {command}", command=command)
    return None


def only_owner_writes(status: os.stat_result) -> bool:
    """Whether nobody but the owner of a file may write it, as far as its mode says."""
    return not status.st_mode & stat.S_IWOTH and (
        not status.st_mode & stat.S_IWGRP or _is_private_group(status.st_gid, status.st_uid)
    )


def vouched_by_owner(path: str | os.PathLike[str]) -> frozenset[str]:
    """The name of the owner of a file if nobody else may write it: no other name in it is vouched for."""
    try:
        status = os.stat(path)
    except OSError:
        return frozenset()
    return frozenset((name_of(status.st_uid),)) if only_owner_writes(status) else frozenset()


def _is_owners(status: os.stat_result, folder: os.stat_result) -> bool:
    """Whether a file is of the owner of its folder, which nobody else may write."""
    return status.st_uid == folder.st_uid and not folder.st_mode & OTHERS_MAY_WRITE


def _is_private_group(group: int, uid: int) -> bool:
    """Whether a group is that of one user alone, as most systems make one for each user."""
    try:
        user, of_group = pwd.getpwuid(uid), grp.getgrgid(group)
    except KeyError:
        return False
    return of_group.gr_gid == user.pw_gid and of_group.gr_name == user.pw_name and not of_group.gr_mem


def _of_group(file: Path, folder: os.stat_result) -> str:
    try:
        group = shlex.quote(grp.getgrgid(folder.st_gid).gr_name)
    except KeyError:
        group = str(folder.st_gid)
    return f"chgrp {group} {_quoted(file)}"


def _quoted(file: Path, suffix: str = "") -> str:
    return shlex.quote(f"{file}{suffix}")
