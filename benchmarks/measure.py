"""Measuring: samples, and rows of figures with their references and bars."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import thread_time
from typing import Literal

Unit = Literal["ms", "s", "B", "MB", "rules", "points", "people"]

FACTORS: Mapping[Unit, float] = {"ms": 1e3, "s": 1, "B": 1, "MB": 1e-6, "rules": 1, "points": 1, "people": 1}
"""Factors from seconds, bytes and counts to units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The maximum of a figure: absolute, in multiples of its reference, or above its reference."""

    limit: float
    of: Literal["itself", "times", "above"] = "itself"


def ratio_bar(limit: float) -> Bar:
    """A bar in multiples of the reference."""
    return Bar(limit, "times")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure and its reference, in seconds, bytes or counts; the bar in `unit`, or in multiples.

    `why_not` says where the time or space goes if the bar is missed.
    """

    work: str
    at: str
    unit: Unit
    figure: float
    bar: Bar | None = None
    reference: float | None = None
    why_not: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure in multiples of its reference."""
        return None if not self.reference else self.figure / self.reference

    @property
    def is_reached(self) -> bool | None:
        """Whether the figure is within its bar; None without one."""
        if self.bar is None:
            return None
        if self.bar.of == "times":
            return self.ratio is not None and self.ratio <= self.bar.limit
        above = (self.reference or 0) if self.bar.of == "above" else 0
        return (self.figure - above) * FACTORS[self.unit] <= self.bar.limit


@dataclass(frozen=True, slots=True)
class Section:
    """A group of rows, each measured when it is iterated, once.

    `about` says how they are measured and what the reference is.
    """

    title: str
    about: str
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Scale:
    """The amount of measuring: people in the organisations of engine and app, and numbers of samples."""

    engine: tuple[int, ...]
    app: tuple[int, ...]
    moves: int
    appends: int
    presses: int
    starts: int
    idle: float


FULL = Scale(
    engine=(200, 2_000, 20_000, 100_000),
    app=(200, 20_000),
    moves=300,
    appends=400,
    presses=40,
    starts=6,
    idle=3,
)
SMALL = Scale(engine=(60, 240), app=(60,), moves=6, appends=6, presses=3, starts=1, idle=0.2)
"""A scale that only shows that benchmarks run."""


def percentile(samples: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile; the maximum for few samples."""
    rank = -(-len(samples) * percent // 100)
    return sorted(samples)[max(0, rank - 1)]


def alternate(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median cost of each work, measured in turns so that other load affects all of them alike."""
    samples: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            samples[name].append(work())
    return {name: median(taken) for name, taken in samples.items()}


def cpu_seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time of a call, which depend less on other load than wall-clock time."""
    started = thread_time()
    work()
    return thread_time() - started


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Switch garbage collection off, as the app does while it works."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def people_label(count: int) -> str:
    return f"{count:,} people"
