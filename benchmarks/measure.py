"""Figures with what they are compared with: samples, rows, bars."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import thread_time
from typing import Literal

Unit = Literal["ms", "s", "B", "MB", "rules"]

FACTORS: Mapping[Unit, float] = {"ms": 1e3, "s": 1, "B": 1, "MB": 1e-6, "rules": 1}
"""What turns seconds, bytes and counts into a unit."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The most a figure may be: by itself, so many times its reference, or so much above it."""

    limit: float
    of: Literal["itself", "times", "above"] = "itself"


def ratio_bar(limit: float) -> Bar:
    return Bar(limit, "times")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure and its reference, in seconds, bytes or counts; the bar in `unit`, or in times.

    `why_not` says where the time or space goes, for those who see the bar missed.
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
        """Whether the figure keeps to its bar; None without one."""
        if self.bar is None:
            return None
        if self.bar.of == "times":
            return self.ratio is not None and self.ratio <= self.bar.limit
        above = (self.reference or 0) if self.bar.of == "above" else 0
        return (self.figure - above) * FACTORS[self.unit] <= self.bar.limit


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together, measured as they are asked for, once.

    `about` says how they are taken and what the reference is.
    """

    title: str
    about: str
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: people in the engine's and in the app's organisations, and how often."""

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
"""Enough for life signs."""


def percentile(samples: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile; the maximum where there are few samples."""
    rank = -(-len(samples) * percent // 100)
    return sorted(samples)[max(0, rank - 1)]


def alternate(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median cost of each work, taken in turns so that a busy machine is busy for all of them."""
    samples: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            samples[name].append(work())
    return {name: median(taken) for name, taken in samples.items()}


def cpu_seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time that a work takes: the same on a busy machine, unlike the clock's."""
    started = thread_time()
    work()
    return thread_time() - started


@contextmanager
def gc_disabled() -> Iterator[None]:
    """No garbage collection meanwhile, as in the app while it works."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def people_label(count: int) -> str:
    return f"{count:,} people"
