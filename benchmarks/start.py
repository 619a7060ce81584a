"""Benchmarks of the start: first and complete screen, memory, and traffic while idle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import Bar, Row, Scale, Section, Unit, people_label, ratio_bar
from benchmarks.organizations import organization
from benchmarks.pty import Terminal
from orgtui.files.organization_file import dump_organization

ABOUT = (
    "In a pseudo-terminal of 120 × 40, from execution on, in turns with an empty Textual app. Complete: all "
    "panes and findings are painted and a key is answered. Memory is what the process holds then."
)
SAMPLE = Path(__file__).parent.parent / "sample_orgs" / "startup_a.toml"
EMPTY_APP = Path(__file__).parent / "empty_app.py"
EMPTY_COMPLETE_SIGN = "pressed 0"
IMPORTS = "importing what reads and judges, after the first screen, takes six times as long as doing it."
READINGS = "most of it goes into asking every rule for the first time and noting what it reads."
NOTES = "most of it is the note of which rule read what, which lets a move ask only the rules it touches."
COMPLETE_SIGN = "✖"
"""Part of the header once every finding is known."""


@dataclass(slots=True)
class Starts:
    """Samples of the starts of one program: seconds, and bytes of memory and traffic."""

    first: list[float] = field(default_factory=list)
    complete: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    idle: list[int] = field(default_factory=list)


def measure(scale: Scale) -> Iterator[Section]:
    """The section of start, idling and memory."""
    yield Section("Start, rest and memory", ABOUT, _rows(scale))


def _rows(scale: Scale) -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "organization.toml"
        path.write_bytes(SAMPLE.read_bytes())
        yield from _start_rows("sample organisation", path, scale, ratio_bar(1.5), IMPORTS)
        for size in scale.app[1:]:
            path.write_bytes(dump_organization(organization(size)))
            yield from _start_rows(people_label(size), path, scale, Bar(2.5), READINGS)


def _start_rows(at: str, path: Path, scale: Scale, complete: Bar, why_not: str) -> Iterator[Row]:
    ours, empty = Starts(), Starts()
    start(empty, [EMPTY_APP], EMPTY_COMPLETE_SIGN, 0)  # compiles and warms what both import
    for _ in range(scale.starts):
        start(empty, [EMPTY_APP], EMPTY_COMPLETE_SIGN, 0)
        start(ours, ["-m", "orgtui", path], COMPLETE_SIGN, scale.idle)
    yield Row("first painted screen", at, "ms", median(ours.first), ratio_bar(1.15), median(empty.first))
    unit: Unit = "ms" if complete.of == "times" else "s"
    yield Row(
        "complete, a key answered", at, unit, median(ours.complete), complete, median(empty.complete), why_not
    )
    yield Row("sent while nobody acts", at, "B", sum(ours.idle), Bar(0))
    yield Row("memory", at, "MB", median(ours.memory), Bar(120, "above"), median(empty.memory), NOTES)


def start(starts: Starts, arguments: Sequence[str | Path], complete: str, idle: float) -> None:
    """Start a program once, press a key as soon as it is complete, and end it."""
    with Terminal(arguments) as terminal:
        starts.first.append(terminal.wait_for_glyph())
        terminal.wait_until_shown(complete)
        terminal.press("down")
        starts.complete.append(terminal.wait_until_idle())
        starts.memory.append(terminal.memory())
        starts.idle.append(terminal.bytes_sent_in(idle) if idle else 0)
