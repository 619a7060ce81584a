"""What a search is asked and what it answers: options, progress, and plans with their steps and costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from orgtui.changes.base import Change
from orgtui.model.sentence import Sentence
from orgtui.rules.assessment import ReportedFinding

Kind = Literal["structure", "agreement"]
"""What a step is about: who sits, works and leads where; or what people agree on, such as goals and links."""

Only = Literal["all", "structure", "agreements"]
"""Which operations a search may use."""

Stopped = Literal["time", "done", "cancelled"]
"""Why a search ended: its time or asks were used up, nothing was left to try, somebody stopped it."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to search.

    `seconds` and `asks` end the search; without either it ends when nothing is left to try. The same
    organisation, limits, seed and number of asks give the same answer. `within` is the team in whose tree to
    search. `select` and `ignore` choose rules as for a check. `plan_changes` are made before the search
    begins; its plans come after them.
    """

    seed: int = 1
    seconds: float | None = None
    asks: int | None = None
    plans: int = 5
    only: Only = "all"
    bold: bool = False
    within: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    plan_changes: tuple[Change, ...] = ()
    pay: Mapping[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The findings that count in a state, A201 left out: their weights added up, and how many there are."""

    penalty: int
    error: int
    warning: int
    advice: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a plan costs, net.

    `touched` are seats filled before and after with another team or manager; `moved` those with another team,
    `new_manager` those with another manager. `agreements` are those of the `changes` that move nobody.
    """

    changes: int = 0
    touched: int = 0
    moved: int = 0
    new_manager: int = 0
    teams_closed: int = 0
    teams_new: int = 0
    new_leads: int = 0
    agreements: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """Changes of a plan that belong together, with what they resolve and introduce after the steps before.

    Waves are numbered from 1. `along` are the agreements that a step of structure takes with it, in words.
    """

    title: Sentence
    kind: Kind
    wave: int
    changes: tuple[Change, ...]
    resolved: tuple[ReportedFinding, ...]
    introduced: tuple[ReportedFinding, ...]
    along: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A plan: what it leaves, what it costs, its steps in order. `left` are the findings that still count."""

    id: str
    name: Sentence
    penalty: int
    error: int
    warning: int
    advice: int
    cost: Cost
    steps: tuple[Step, ...]
    left: tuple[ReportedFinding, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes in the order in which they are made."""
        return tuple(change for step in self.steps for change in step.changes)


@dataclass(frozen=True, slots=True)
class Outside:
    """The best plan that the limits forbid, and the limits that it breaks."""

    plan: Suggestion
    limits: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """What a search has found so far.

    `plans` are sorted by penalty, the best first; none if nothing better than now was found; `recommended` is
    the id of one of them. `proven` is up to how many moves everything was tried. `stopped` is None while the
    search goes on. `outside` is only told once it has stopped.
    """

    before: Counts
    asked: int
    proven: int
    stopped: Stopped | None
    plans: tuple[Suggestion, ...]
    outside: Outside | None = None
    recommended: str | None = None
