"""Benchmarks of exports: the whole command, from the start of the interpreter to the last file on disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks.measure import Bar, Row, Scale, Section, people_label
from benchmarks.organizations import organization
from orgtui.exchange.writing.formats import FORMATS
from orgtui.files.organization_file import baseline_hash, dump_organization
from orgtui.files.plan_file import Plan, PlanStep, dump_plan
from orgtui.model.store import Organization

ABOUT = (
    "`orgtui export ORG --plan PLAN --to FORMAT -o FOLDER` as a process of its own, with a plan that moves a "
    "tenth of those who lead no team, judged before and after; in turns with an interpreter that does "
    "nothing. Processor time from execution to exit, which the bars are for; wall-clock time and the largest "
    "memory of the same runs."
)
NOTHING = ("-c", "pass")

SMALL_BAR = Bar(0.5, "above")
LARGE_BARS: Mapping[str, float] = {"md": 10, "csv": 10, "hr-csv": 10, "xlsx": 10}
"""Seconds of processor time for 20,000 people."""
MEMORY_BAR = Bar(1_000)

PEOPLE_A_STEP = 10
"""How many people who lead no team there are for each that the plan moves."""
WAVES = 3


class Run(NamedTuple):
    """What a process took: seconds on the wall, seconds of processor time, and bytes of memory at most."""

    wall: float
    cpu: float
    memory: int


def measure(scale: Scale) -> Iterator[Section]:
    """The section of exports; writes to a temporary folder in the working directory."""
    with TemporaryDirectory(prefix=".benchmark-", dir=Path.cwd()) as folder:
        yield Section("Exports", ABOUT, _rows(scale, Path(folder)))


def _rows(scale: Scale, folder: Path) -> Iterator[Row]:
    names = [each.name for each in FORMATS]
    yield from _small_rows(names if scale.starts > 1 else names[:1], scale, folder)
    if scale.app[-1] >= 20_000:
        yield from _page_rows(folder)
        yield from _large_rows(folder)


def _small_rows(names: Sequence[str], scale: Scale, folder: Path) -> Iterator[Row]:
    """Every format for a department."""
    at, made = people_label(30), _made(30, folder)
    for name in names:
        export, nothing = _in_turns(_command(name, made, folder), scale.starts)
        yield Row(f"export {name}", at, "s", export.cpu, SMALL_BAR, nothing.cpu)
        yield Row(f"export {name}, on the wall", at, "s", export.wall, None, nothing.wall)


def _page_rows(folder: Path) -> Iterator[Row]:
    """The page with all pictures for a large department."""
    at, made = people_label(1_000), _made(1_000, folder)
    export, nothing = _in_turns(_command("html", made, folder), 3)
    yield Row("export html", at, "s", export.cpu, Bar(5), nothing.cpu)
    yield Row("export html, on the wall", at, "s", export.wall, None, nothing.wall)
    yield Row("export html, size", at, "MB", _written(folder), Bar(3))


def _large_rows(folder: Path) -> Iterator[Row]:
    """The lists and the pictures of an organisation that nobody can draw on one page."""
    size = 20_000
    at, made = people_label(size), _made(size, folder)
    for name in (*LARGE_BARS, "svg"):
        export, nothing = _in_turns(_command(name, made, folder), 1)
        bar = Bar(LARGE_BARS[name]) if name in LARGE_BARS else None
        yield Row(f"export {name}", at, "s", export.cpu, bar, nothing.cpu)
        yield Row(f"export {name}, on the wall", at, "s", export.wall, None, nothing.wall)
        yield Row(f"export {name}, size", at, "MB", _written(folder))
        yield Row(f"export {name}, memory", at, "MB", export.memory, MEMORY_BAR)


def _made(people: int, folder: Path) -> Path:
    """An organisation with its plan as files; the path of the organisation."""
    baseline = organization(people)
    path = folder / f"{people}.toml"
    path.write_bytes(dump_organization(baseline))
    plan = Plan("Moves", baseline.profile.name, baseline_hash(baseline), steps=tuple(_steps(baseline)))
    path.with_suffix(".plan.toml").write_bytes(dump_plan(plan))
    return path


def _steps(baseline: Organization) -> Iterator[PlanStep]:
    """Moves of people to the team that follows their own, in three waves."""
    teams = list(baseline.teams)
    seats = [each for each in baseline.people.values() if baseline.teams[each.team].lead != each.id]
    moved = seats[::PEOPLE_A_STEP]
    for number, seat in enumerate(moved):
        target = teams[(teams.index(seat.team) + 1) % len(teams)]
        if target != seat.team:
            move = {"op": "move_person", "person": seat.id, "to": target}
            yield PlanStep(move, why="Closer to the work", by="chen", wave=1 + WAVES * number // len(moved))


def _command(name: str, made: Path, folder: Path) -> Sequence[str]:
    plan = made.with_suffix(".plan.toml")
    target = folder / "out"
    return ("-m", "orgtui", "export", str(made), "--plan", str(plan), "--to", name, "-o", str(target))


def _in_turns(command: Sequence[str], rounds: int) -> tuple[Run, Run]:
    """The medians of an export and of an interpreter that does nothing; only the last export's files stay."""
    exports: list[Run] = []
    nothings: list[Run] = []
    for _ in range(rounds):
        nothings.append(_run(NOTHING))
        rmtree(command[-1], ignore_errors=True)
        exports.append(_run(command))
    return _median(exports), _median(nothings)


def _run(arguments: Sequence[str]) -> Run:
    """Run the interpreter of this process to its end; raises AssertionError if it fails."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    started = perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, *arguments], os.environ, file_actions=quiet)
    _, status, usage = os.wait4(process, 0)
    wall = perf_counter() - started
    assert os.waitstatus_to_exitcode(status) == 0, arguments
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _median(runs: Sequence[Run]) -> Run:
    walls, cpus, memories = zip(*runs, strict=True)
    return Run(median(walls), median(cpus), median(memories))


def _written(folder: Path) -> int:
    """Bytes of all files that the last export wrote."""
    return sum(each.stat().st_size for each in (folder / "out").iterdir())
