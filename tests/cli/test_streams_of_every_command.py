"""Every command with its output and its errors closed, full, cut off or not UTF-8, for good input and bad.

The status is the same whatever becomes of what is said, except that output that cannot be written is an
error; nothing of standard error is ever on standard output.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from orgtui.cli.main import COMMANDS
from orgtui.session.plan.opening import open_session
from tests.cli import prepared, running
from tests.session.sessions import renamed, write_department
from tests.support import SAMPLES, at_length

ORG, PLAN = SAMPLES / "startup_a.zh.toml", SAMPLES / "startup_a.four-divisions.zh.plan.toml"

PEOPLE = Path(__file__).parents[1] / "fixtures" / "imports" / "bamboohr-report.csv"

GOOD = {
    "": ("--help", "--version"),
    "apply": (f"apply '{ORG}' '{PLAN}' -o -", f"apply '{ORG}' '{PLAN}' -o new.toml"),
    "check": ("check department.toml --format json",),
    "completion": ("completion bash", "completion zsh", "completion fish"),
    "diff": (f"diff '{ORG}' '{ORG}' --lang zh",),
    "doctor": ("doctor department.toml",),
    "export": (f"export '{ORG}' --plan '{PLAN}' --to md -o -", f"export '{ORG}' --to html -o new.toml"),
    "fix": (f"fix '{ORG}' -o -",),
    "git-setup": ("git-setup --help",),
    "import": (f"import '{PEOPLE}' --yes --format json --today 2026-11-21",),
    "merge": (
        f"merge '{PLAN}' '{PLAN}' '{PLAN}' --org '{ORG}' -o -",
        f"merge '{PLAN}' '{PLAN}' '{PLAN}' --org '{ORG}' -o new.toml",
    ),
    "places": (f"places '{ORG}' function:sem", f"places '{ORG}' team:web --format json --lang zh"),
    "recover": ("recover damaged.plan.log -o -",),
    "rule": ("rule --lang zh",),
    "schema": ("schema --help",),
    "suggest": (
        f"suggest '{ORG}' --asks 40 --format json",
        "suggest department.toml --asks 150 --lang zh",
        "suggest department.toml --asks 150 -o -",
    ),
}
"""Uses of every command that say something; the file that is written is not there before."""

BAD = {
    "": ("--lang 无", "坏.toml </dev/null"),
    "apply": ("apply 坏.toml 坏.toml -o new.toml",),
    "check": ("check $'a\\xff\\x1b.toml'", "check --无"),
    "completion": ("completion 壳", "completion"),
    "diff": ("diff 坏.toml 无",),
    "doctor": ("doctor 坏.toml",),
    "export": ("export 坏.toml --to md -o new.toml", f"export '{ORG}' --to 图 -o new.toml"),
    "fix": (f"fix '{ORG}' --plan 坏.toml -o new.toml",),
    "git-setup": ("git-setup 无",),
    "import": ("import 坏.toml --yes -o new.toml",),
    "merge": (
        "merge 坏.toml 坏.toml 无 -o new.toml",
        f"merge '{PLAN}' '{PLAN}' '{PLAN}' --org '{ORG}' -o new.toml --ask --lang zh",
    ),
    "places": ("places 坏.toml", f"places '{ORG}' 职能:无"),
    "recover": ("recover 坏.toml -o new.toml",),
    "rule": ("rule 无 --lang zh",),
    "schema": ("schema 无",),
    "suggest": ("suggest 坏.toml", f"suggest '{ORG}' --limits 坏.toml -o new.toml"),
}
"""Uses of every command that are refused, in words that are not all ASCII."""


def often(name: str) -> list[object]:
    """The commands: one is tried each time; the others, which print in the same way, only at length."""
    return [name, *at_length(*(each for each in GOOD if each != name))]


REASONS = {
    ">/dev/full": ("No space left on device", "磁盘空间不足"),
    ">&-": ("Bad file descriptor", "输出已关闭"),
}
"""Why output cannot be written, by where it goes, in the languages of the uses."""

TIME = re.compile(rb"[0-9]{4}-[0-9-]+T[0-9:+.]+")

NOT_UTF_8 = (
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "ORGTUI_LANG": "zh_CN"},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a department and a log of it, and a file that is broken."""
    opened = open_session(write_department(tmp_path).rename(tmp_path / "department.toml"))
    opened.session.do(renamed("pr", "Press"))
    log = opened.plan_path.with_name(opened.plan_path.name.replace(".toml", ".log"))
    shutil.copy(log, tmp_path / "damaged.plan.log")
    opened.session.close()
    (tmp_path / "坏.toml").write_text('format = 1\n[organization\nname = "坏"\n', encoding="utf-8")
    return tmp_path


def ran(
    folder: Path, command: str, where: str = "", environment: dict[str, str] | None = None
) -> tuple[int, bytes, bytes]:
    """The status of a use of the program, and what it wrote to both streams."""
    (folder / "new.toml").unlink(missing_ok=True)
    command = f"orgtui {command} {where}"
    if environment is None:
        done = prepared.process(command, cwd=folder, encoding="latin-1")
    else:
        done = running.process(command, cwd=folder, env={**os.environ, **environment}, encoding="latin-1")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    out, err = (TIME.sub(b"", said.encode("latin-1")) for said in (done.stdout, done.stderr))
    return done.returncode, out, err


def test_every_command_is_here() -> None:
    assert GOOD.keys() == BAD.keys() == {"", *COMMANDS}


@pytest.mark.parametrize("name", often("check"))
def test_good_input(folder: Path, name: str) -> None:
    for command in GOOD[name]:
        status, out, err = ran(folder, command)
        assert status in (0, 1), command
        for where in ("2>/dev/full", "2>&-"):
            assert ran(folder, command, where) == (status, out, b""), f"{command} {where}"
        assert ran(folder, command, "| true") == (status, b"", err), command
        lost = (2, b"") if out else (status, b"")
        for where in (">/dev/full", ">&-"):
            told = ran(folder, command, where)
            assert told[:2] == lost, f"{command} {where}"
            assert any(each in told[2].decode() for each in REASONS[where]) is bool(out), f"{command} {where}"
            assert ran(folder, command, f"{where} 2{where}") == (*lost, b""), f"{command} {where} 2{where}"
        for environment in NOT_UTF_8:
            told = ran(folder, command, environment=environment)
            assert told[0] == status, f"{command} {environment}"
            if "-o" not in command:  # what would stand in a file is as it is in one
                (told[1] + told[2]).decode(environment.get("PYTHONIOENCODING", "ascii"))


@pytest.mark.parametrize("name", often("import"))
def test_bad_input(folder: Path, name: str) -> None:
    before = sorted(folder.iterdir())
    for command in BAD[name]:
        status, out, err = ran(folder, command)
        assert (status, out) == (2, b""), command
        assert err.decode().strip(), command
        for where in ("2>/dev/full", "2>&-", ">/dev/full 2>/dev/full", ">&- 2>&-"):
            assert ran(folder, command, where) == (2, b"", b""), f"{command} {where}"
        for where in (">/dev/full", ">&-", "| true"):
            assert ran(folder, command, where) == (2, b"", err), f"{command} {where}"
        for environment in NOT_UTF_8:
            told = ran(folder, command, environment=environment)
            assert told[:2] == (2, b""), f"{command} {environment}"
            assert told[2].strip(), f"{command} {environment}"
            told[2].decode(environment.get("PYTHONIOENCODING", "ascii"))
    assert sorted(folder.iterdir()) == before
