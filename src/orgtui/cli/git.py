"""Asking git about a repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

from orgtui.cli.common import UserError
from orgtui.model.sentence import sentence


class GitFailed(Exception):
    """Git ended with an error; `reason` is what it said of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def git(folder: Path, *arguments: str) -> str:
    """What git prints in a folder; raises GitFailed, and UserError if git is not installed."""
    try:
        ran = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            errors="surrogateescape",
            check=False,
        )
    except FileNotFoundError as error:
        raise UserError(sentence("git is not installed")) from error
    if ran.returncode:
        raise GitFailed(ran.stderr.strip())
    return ran.stdout
