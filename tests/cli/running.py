"""The program as a stranger runs it: in this process, or in one of its own."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orgtui.cli.main import run
from orgtui.locales import current_language, set_language


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Program:
    """Runs commands in this process."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured

    def __call__(self, *arguments: str | Path) -> Ran:
        language = current_language()
        try:
            status = run([str(each) for each in arguments])
        except SystemExit as left:  # how argparse refuses what it cannot parse
            status = int(str(left.code))
        finally:
            set_language(language)
        captured = self._captured.readouterr()
        return Ran(status, captured.out, captured.err)

    def refuses(self, *arguments: str | Path) -> list[str]:
        """The lines with which a command refuses; it says nothing else and leaves with 2."""
        ran = self(*arguments)
        assert ran.status == 2
        assert ran.out == ""
        assert "Traceback" not in ran.err
        assert all(line.isprintable() for line in ran.err.splitlines())
        return ran.err.splitlines()


STARTS = f'{shlex.quote(sys.executable)} -m orgtui "$@"'
"""What stands in a line of shell for the program in a process of its own."""


def process(command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """A line of shell, in which `orgtui` is the program in a process of its own."""
    return shell(STARTS, command, **options)


def shell(program: str, command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """A line of shell, in which `orgtui` does what is given."""
    line = f"set -o pipefail; orgtui() {{ {program}; }}; {command}"
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, **options)
