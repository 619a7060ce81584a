"""Benchmarks of files: loading an organisation, checking it from the command line, appending to a log."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import tomli

from benchmarks.measure import (
    Bar,
    Row,
    Scale,
    Section,
    Unit,
    alternate,
    cpu_seconds,
    gc_disabled,
    people_label,
    ratio_bar,
)
from benchmarks.organizations import organization
from orgtui.files.organization_file import dump_organization, load_organization
from orgtui.rules.registry import known_rules
from orgtui.session.log.file import ChangeLog

ABOUT = (
    "Loading is compared with `tomli.loads` of the same text; the check with an interpreter that imports "
    "the same modules and ends; appending a change with a bare write of as many bytes and `fdatasync` on the "
    "same disk. Processor time, but for the append, which waits for the disk."
)
ROUNDS = 5
PRINT_MODULES = """
import sys
from orgtui.cli.main import run
run(["check", sys.argv[1]])
print(*sys.modules, file=sys.stderr)
"""
CHANGE = {"op": "move_person", "person": "wang-lei", "to": "growth", "was": {"team": "web"}}
ENTRY = {
    "entry": "do",
    "changes": [CHANGE],
    "why": "One lead for search and site",
    "by": "chen",
    "at": "2026-11-21T10:05:40+08:00",
    "wave": 1,
}


def measure(scale: Scale) -> Iterator[Section]:
    """The section of files; writes to a temporary folder in the working directory."""
    with TemporaryDirectory(prefix=".benchmark-", dir=Path.cwd()) as folder:
        yield Section("Files", ABOUT, _rows(scale, Path(folder)))


def _rows(scale: Scale, folder: Path) -> Iterator[Row]:
    yield _loading(_file(folder, scale.engine[-1]), scale.engine[-1])
    for size in scale.app:
        yield _check(_file(folder, size), size, min(scale.starts, ROUNDS))
    yield _append(folder, scale.appends)


def _file(folder: Path, size: int) -> Path:
    path = folder / f"{size}.toml"
    path.write_bytes(dump_organization(organization(size)))
    return path


def _loading(path: Path, size: int) -> Row:
    text = path.read_text(encoding="utf-8")
    with gc_disabled():
        taken = alternate(
            {
                "load": lambda: cpu_seconds(lambda: load_organization(path, known_rules())),
                "parse": lambda: cpu_seconds(lambda: tomli.loads(text)),
            },
            ROUNDS,
        )
    return Row(
        "load an organisation file",
        people_label(size),
        "ms",
        taken["load"],
        ratio_bar(1.5),
        taken["parse"],
        why_not="what the parser leaves to do goes in like parts into validation, references and records.",
    )


def _check(path: Path, size: int, rounds: int) -> Row:
    """The check, with a bar relative to the imports alone, or in seconds for large organisations."""
    modules = subprocess.run(
        [sys.executable, "-c", PRINT_MODULES, path], capture_output=True, text=True, check=True
    ).stderr.split()
    importing = "import gc; gc.disable()\n" + "\n".join(
        f"import {module}" for module in modules if module != "__main__"
    )
    taken = alternate(
        {
            "check": lambda: _cpu_seconds_of("-m", "orgtui", "check", str(path)),
            "imports": lambda: _cpu_seconds_of("-c", importing),
        },
        rounds,
    )
    bar = ratio_bar(2) if size < 1_000 else Bar(2.5)
    unit: Unit = "ms" if size < 1_000 else "s"
    return Row(
        "full check from the command line", people_label(size), unit, taken["check"], bar, taken["imports"]
    )


def _cpu_seconds_of(*arguments: str) -> float:
    """Seconds of processor time of an interpreter, from start to end."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _append(folder: Path, times_: int) -> Row:
    log = ChangeLog(folder / "session.plan.log")

    def append() -> None:
        with log.exclusive():
            log.read()
            log.append(ENTRY)

    append()
    line = bytes(log.path.stat().st_size)
    bare = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write() -> None:
        os.write(bare, line)
        os.fdatasync(bare)

    taken = alternate({"append": lambda: _wall_seconds(append), "bare": lambda: _wall_seconds(write)}, times_)
    log.close()
    os.close(bare)
    return Row("append a change to the log", "any size", "ms", taken["append"], ratio_bar(1.5), taken["bare"])


def _wall_seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
