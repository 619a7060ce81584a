"""A drill: every kind of file is damaged in every way, and commands and sessions read it."""

from __future__ import annotations

import io
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from orgtui.changes.parse import parse_change
from orgtui.cli.main import run
from orgtui.files.organization_file import load_organization, save_organization
from orgtui.model.records import Files
from orgtui.rules.registry import known_rules
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.opening import CannotOpen, open_session, plan_path_for
from orgtui.session.store import LogError

SAMPLE = Path(__file__).parents[2] / "sample_orgs" / "startup_a.toml"
PLAN = SAMPLE.with_name("startup_a.four-divisions.plan.toml")
ORGANIZATION = "people in a file.toml"
HOSTILE = (
    b"\x00",
    b"\x1b]0;x\x07",
    b"\xff\xfe",
    "\u202e".encode(),
    b'"',
    b"'''",
    b"[",
    b"]",
    b"=",
    b"\n",
    b"9" * 400,
)


@dataclass(frozen=True, slots=True)
class Damage:
    """How many damaged files were read, how many of these were refused, and what went wrong."""

    files: int
    refused: int
    failures: tuple[str, ...]


def damage_files(folder: Path, files: int, seed: int) -> Damage:
    """Damage organisation, plan, people, pay and log in turn, and let whatever reads each read it."""
    chance = random.Random(seed)
    whole = _whole_files(folder / "whole")
    refused = 0
    failures: list[str] = []
    for number in range(files):
        home = folder / str(number)
        shutil.copytree(whole, home)
        kind, name = KINDS[number % len(KINDS)]
        path = home / name
        path.write_bytes(damaged(path.read_bytes(), chance))
        try:
            refused += any(list(_read(kind, home)))
        except Exception as error:  # noqa: BLE001 - whatever comes out is what the drill looks for
            failures.append(f"{kind} {number}: {type(error).__name__}: {error}")
        shutil.rmtree(home)
    return Damage(files, refused, tuple(failures))


KINDS = (
    ("organization", ORGANIZATION),
    ("plan", "the.plan.toml"),
    ("people", "people.csv"),
    ("pay", "pay.csv"),
    ("log", "people in a file.plan.log"),
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The data with one to three things wrong: bytes, lines, a cut, a piece of it once more."""
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(WAYS)(data, chance)
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) or 1)
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(HOSTILE) + data[place:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randrange(200) :]


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _on_lines(act: Callable[[list[bytes], random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    def change(data: bytes, chance: random.Random) -> bytes:
        lines = data.splitlines(keepends=True)
        if lines:
            act(lines, chance)
        return b"".join(lines)

    return change


def _double(lines: list[bytes], chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))


def _drop(lines: list[bytes], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]


def _swap(lines: list[bytes], chance: random.Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _mix(lines: list[bytes], chance: random.Random) -> None:
    """The key of one line with the value of another."""
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one] = lines[one].partition(b"=")[0] + b"=" + lines[other].partition(b"=")[2]


WAYS = (_flip, _insert, _cut, _truncate, *map(_on_lines, (_double, _drop, _swap, _mix)))


def _whole_files(folder: Path) -> Path:
    """A folder with an organisation, its people and pay in files, a plan, and a log."""
    folder.mkdir()
    path = folder / ORGANIZATION
    organization = load_organization(SAMPLE, known_rules())
    people = "".join(f"{person.id},100000\n" for person in organization.people.values())
    (folder / "pay.csv").write_text(f"person,annual_cost\n{people}")
    (folder / "pay.csv").chmod(0o600)
    organization.apply(organization.assignment("files", "", Files("people.csv", "pay.csv")))
    save_organization(organization, path)
    shutil.copy(PLAN, folder / "the.plan.toml")
    opened = open_session(path)
    for name in ("One", "Two", "Three"):
        opened.session.do([parse_change({"op": "rename", "kind": "team", "id": "web", "name": name})])
    data = log_path_for(plan_path_for(path)[0]).read_bytes()
    opened.session.close()
    log_path_for(plan_path_for(path)[0]).write_bytes(data)
    return folder


def _read(kind: str, home: Path) -> Iterator[bool]:
    """Let everything that reads a kind of file read it; whether each refused it."""
    path = home / ORGANIZATION
    if kind == "log":
        log = log_path_for(plan_path_for(path)[0])
        yield _runs("recover", str(log), "-o", str(home / "recovered.plan.toml")) == 2
        yield _runs("doctor", str(path)) == 2
        yield _opens(path)
        return
    if kind == "plan":
        plan = str(home / "the.plan.toml")
        yield _runs("check", str(path), "--plan", plan) == 2
        yield _runs("apply", str(path), plan, "-o", str(home / "new.toml")) == 2
        yield _runs("apply", str(path), plan, "-o", str(home / "new.toml"), "--rebase") == 2
        return
    yield _runs("check", str(path), "--with-pay", "--format", "json") == 2
    yield _runs("diff", str(SAMPLE), str(path)) == 2


def _runs(*arguments: str) -> int:
    """The exit status of a command; what it says has no traceback and no control character."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = run(arguments)
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
    said = out.getvalue() + err.getvalue()
    assert status in (0, 1, 2), f"status {status}"
    assert "Traceback" not in said, said[-500:]
    assert "\x1b" not in said, "an escape character was printed"
    assert status != 2 or err.getvalue().strip(), "refused without a word"
    return status


def _opens(path: Path) -> bool:
    try:
        opened = open_session(path)
    except (CannotOpen, LogError):
        return True
    opened.session.close()
    return False


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as home:
        print(damage_files(Path(home), int(sys.argv[1]), seed=7))
