"""Records of a session's history: its steps, what can be undone, and what became of a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from orgtui.changes.base import Change
    from orgtui.changes.plan_operations import Decision


Kind = Literal["do", "undo", "redo", "drop", "why", "wave", "decide", "undecide"]
"""What can become of a step, or of a decision about the plan."""


@dataclass(frozen=True, slots=True)
class SessionStep:
    """One step of a session, which is undone as a whole: changes, and who made them, when and why.

    `wave` is that of all changes; if they are made in several, that of the first, and `waves` has one for
    each change, in order. Steps are numbered from 1; `by` and `at` are None if the plan file did not know
    them. `is_vouched` says whether the system vouches for `by`.
    """

    number: int
    changes: tuple[Change, ...]
    why: str | None
    by: str | None
    at: datetime | None
    wave: int = 1
    is_vouched: bool = field(default=True, compare=False)
    waves: tuple[int, ...] = ()

    @property
    def wave_of_each(self) -> tuple[int, ...]:
        """The wave of each change."""
        return self.waves or (self.wave,) * len(self.changes)

    @property
    def last_wave(self) -> int:
        """The wave of the last change."""
        return self.wave_of_each[-1]

    @property
    def parts(self) -> Iterator[SessionStep]:
        """The step by wave: itself, or one with the changes of each wave, all under its number."""
        if not self.waves:
            yield self
            return
        for wave, made in groupby(zip(self.waves, self.changes, strict=True), key=lambda each: each[0]):
            yield replace(self, wave=wave, waves=(), changes=tuple(change for _, change in made))

    @property
    def place(self) -> tuple[int, int, int]:
        """Where a part stands in the plan; equal only for equal parts of a session's steps."""
        return self.wave, self.number, len(self.changes)

    def placed(self, wave: int) -> SessionStep:
        """The step with all its changes in one wave."""
        return replace(self, wave=wave, waves=())

    @property
    def who(self) -> str | None:
        """The user as shown."""
        return None if self.by is None else shown_author(self.by, self.is_vouched)


def in_plan_order(steps: Iterable[SessionStep]) -> list[SessionStep]:
    """The parts of steps, wave by wave; within a wave in the order of the steps."""
    return sorted((part for step in steps for part in step.parts), key=lambda part: part.wave)


NO_STEP = SessionStep(0, (), None, None, None)
"""The step of a decision about the plan: none."""

ActKind = Literal["do", "drop", "wave", "decide"]
"""What was done to a step, or to the plan, and can be undone."""


class Act(NamedTuple):
    """Something that can be undone: a step done, steps dropped or put into another wave, or a decision about
    the plan, and by whom.

    Acts are numbered from 1, on their own. `by` is None for the plan file. `step` is the first of `placed`,
    the steps that were put into `wave`; of other acts there are none. `others` were dropped together with it.
    A `decision` is about no step, which has number 0; `at` and `is_vouched` are when it was made, and whether
    the system vouches for `by`.
    """

    number: int
    kind: ActKind
    step: int
    by: str | None
    placed: tuple[int, ...] = ()
    wave: int = 0
    others: tuple[int, ...] = ()
    decision: Decision | None = None
    at: datetime | None = None
    is_vouched: bool = True

    @property
    def steps(self) -> tuple[int, ...]:
        """The numbers of the steps that it is about."""
        return self.placed or (self.step, *self.others)

    def is_of(self, author: str) -> bool:
        """Whether an author may undo it; what was in the plan file may be undone by anybody."""
        return self.by in (None, author)


@dataclass(frozen=True, slots=True)
class News:
    """What became of a step or a decision, by whom and when.

    It was done or redone (`do`, `redo`), undone or dropped (`undo`, `drop`), given another reason (`why`), or
    put into another wave (`wave`), a drop and another wave maybe together with `others`. Undoing a drop makes
    its steps active again and counts as `redo`, taking back another wave counts as `wave`. `why` is the
    reason that was given for a drop. A `decision` about the plan was made or made again (`decide`) or undone
    (`undecide`); its step is NO_STEP.
    """

    by: str
    kind: Kind
    step: SessionStep
    at: datetime
    is_vouched: bool = field(default=True, compare=False)
    others: tuple[SessionStep, ...] = ()
    decision: Decision | None = None
    why: str | None = None

    @property
    def who(self) -> str:
        """The user as shown."""
        return shown_author(self.by, self.is_vouched)


UNVOUCHED = "?"
"""Behind the name of a user that nothing vouches for; the same in every language."""


def shown_author(by: str, is_vouched: bool) -> str:
    """The name of a user as shown."""
    return by if is_vouched else f"{by}{UNVOUCHED}"


def vouched_authors(steps: Iterable[SessionStep]) -> frozenset[str]:
    """The users of whom it is vouched for that they made every step that bears their name."""
    names = {True: set[str](), False: set[str]()}
    for step in steps:
        if step.by is not None:
            names[step.is_vouched].add(step.by)
    return frozenset(names[True] - names[False])
