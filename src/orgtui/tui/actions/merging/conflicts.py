"""Deciding the conflicts of a merge: what is chosen is merged and judged in a thread beside the keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from orgtui.changes.merge import Side
from orgtui.exchange.merge_results import MergeResult
from orgtui.exchange.merging import Merging
from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.session.plan.merging import MergedPlan
from orgtui.session.plan.planned import CannotApply
from orgtui.tui.actions.merging.pages import Shown, conflict_page, merging_page
from orgtui.tui.commands.command import MERGE, key_ref
from orgtui.tui.prompts.deciding import Answers, DecisionPrompt
from orgtui.tui.prompts.keys import keys_prompt
from orgtui.tui.screens.merging import Conflicts, ConflictScreen
from orgtui.tui.screens.paged import Step

TYPED_AHEAD_S = 0.5
"""Seconds for which keys that are typed ahead wait for a merge."""

DECIDING = sentence(
    "{ours} ours   {theirs} theirs   {next} next undecided   {write} writes   {leave} leaves   {help} help",
    ours=key_ref("merge_ours"),
    theirs=key_ref("merge_theirs"),
    next=key_ref("merge_next"),
    write=key_ref("merge_write"),
    leave=key_ref("merge_leave"),
    help=key_ref("help"),
)
WITHOUT_CONFLICTS = sentence(
    "{write} writes it   {leave} leaves   {help} help",
    write=key_ref("merge_write"),
    leave=key_ref("merge_leave"),
    help=key_ref("help"),
)
WORKING = sentence("{leave} leaves", leave=key_ref("merge_leave"))

WRITE, BACK = "write", "back"


class Outcome(NamedTuple):
    """What was chosen by the numbers of conflicts, and what the merge comes to with that."""

    chosen: dict[int, Side]
    merged: MergedPlan
    result: MergeResult


@dataclass(frozen=True, slots=True)
class Ends:
    """What follows: what was decided is written, nothing is, or the plans cannot be merged at all."""

    decided: Callable[[Outcome], None]
    left: Callable[[], None]
    failed: Callable[[Sentence], None]


@dataclass(slots=True)
class Deciding:
    """The choices so far and the conflict that is shown; implements `orgtui.tui.screens.merging.Conflicts`.

    `read` makes what is merged; it is called once, in a thread, and may raise CannotApply.
    """

    screen: ConflictScreen
    read: Callable[[], Merging]
    ends: Ends
    chosen: dict[int, Side] = field(default_factory=dict)
    number: int = 1
    outcome: Outcome | None = None
    merging: Merging | None = None
    _begun_at: float | None = None
    _finishes: bool = False

    def begin(self) -> None:
        """Merge in a thread and show the first conflict that is undecided; returns at once."""
        self.screen.update(Step(merging_page, WORKING))
        self._work()

    @property
    def is_working(self) -> bool:
        """Whether a merge began less than `TYPED_AHEAD_S` ago; after that keys go on beside it."""
        return self._begun_at is not None and time.monotonic() - self._begun_at < TYPED_AHEAD_S

    @property
    def count(self) -> int:
        """How many conflicts there are to decide."""
        return 0 if self.outcome is None else self.outcome.merged.asked

    @property
    def undecided(self) -> list[int]:
        """The numbers of the conflicts in which nothing was chosen."""
        return [number for number in range(1, self.count + 1) if number not in self.chosen]

    # -- the commands ------------------------------------------------------------------------------

    def choose(self, side: Side) -> None:
        if not self.count:
            self.screen.show_message(sentence("There is no conflict to decide"))
            return
        self.chosen[self.number] = side
        self._finishes = False
        later = [number for number in self.undecided if number > self.number]
        if self.undecided:
            self._show(later[0] if later else self.undecided[0])
        else:
            self._update()
        self._work()

    def go(self, by: int) -> None:
        if 1 <= self.number + by <= self.count:
            self._show(self.number + by)

    def go_to_undecided(self, by: int) -> None:
        others = [number for number in self.undecided if number != self.number]
        onward = [number for number in others if (number - self.number) * by > 0]
        if onward or others:
            self._show((onward or others)[0 if by > 0 else -1])
        elif self.undecided:
            self.screen.show_message(sentence("This is the only conflict that is undecided"))
        else:
            self.screen.show_message(sentence("Every conflict is decided"))

    def finish(self) -> None:
        if self._begun_at is not None or self.outcome is None:
            self._finishes = True
            return
        if not self.undecided:
            self.ends.decided(self.outcome)
            return
        answers = {
            BACK: translate(sentence("go on deciding")),
            WRITE: translate(sentence("write it; ours stays where nothing is decided")),
        }
        title = sentence("{count:conflict is|conflicts are} undecided", count=len(self.undecided))
        prompt = DecisionPrompt(self.screen.theme, translate, title, Answers((), answers))
        self.screen.app.push_screen(prompt, self._answered)

    def leave(self) -> None:
        self.ends.left()

    def _answered(self, answer: str | None) -> None:
        if answer == WRITE and self.outcome is not None:
            self.ends.decided(self.outcome)

    # -- merging in a thread -----------------------------------------------------------------------

    def _work(self) -> None:
        """Merge with the choices so far, unless a merge is under way: it is followed by another then."""
        if self._begun_at is not None:
            return
        self._begun_at = time.monotonic()
        work = partial(self._merge, dict(self.chosen))
        self.screen.run_worker(work, thread=True, group="merge", description=N_("merge the plans"))

    def _merge(self, chosen: dict[int, Side]) -> None:
        """Merge and judge; the only one that uses what is merged, in one thread at a time."""
        try:
            merging = self.merging = self.merging or self.read()
        except CannotApply as refused:
            self.screen.call_later(self.ends.failed, refused.sentence)
            return
        merged = merging.merge(chosen.get)
        outcome = Outcome(chosen, merged, merging.tell(merged))
        self.screen.call_later(self._merged, outcome)

    def _merged(self, outcome: Outcome) -> None:
        """Show what a merge came to; choices that could not be made are taken back, and said."""
        is_first, self._begun_at = self.outcome is None, None
        self.outcome = outcome
        refused = [
            each
            for each in outcome.result.conflicts[: outcome.merged.asked]
            if not each.settled
            and self.chosen.get(each.number) == outcome.chosen.get(each.number) is not None
        ]
        for each in refused:
            del self.chosen[each.number], outcome.chosen[each.number]
        if is_first:
            self._show(self.undecided[0] if self.undecided else 1)
        elif refused:
            self._show(refused[0].number)
        else:
            self._update()
        if refused:
            self._finishes = False
            self.screen.show_message(_why_not(refused[0].reason), "error")
        if self.chosen != outcome.chosen:
            self._work()
        elif self._finishes:
            self._finishes = False
            self.finish()

    # -- what is shown -----------------------------------------------------------------------------

    def _show(self, number: int) -> None:
        self.number = number
        self.screen.show(self._step())

    def _update(self) -> None:
        self.number = max(1, min(self.number, self.count))
        self.screen.update(self._step())

    def _step(self) -> Step:
        assert self.outcome is not None
        decided = self.count - len(self.undecided)
        judged = self.chosen == self.outcome.chosen
        shown = Shown(self.number, self.count, decided, self.chosen.get(self.number), judged)
        keys = DECIDING if self.count else WITHOUT_CONFLICTS
        return Step(partial(conflict_page, shown, self.outcome.result), keys)


def _why_not(reason: str | None) -> Sentence:
    if reason is None:
        return sentence("Theirs cannot be taken here beside the other choices: it stays undecided")
    return sentence("Theirs cannot be taken here, it stays undecided: {reason}", reason=reason)


def choose(screen: ConflictScreen, side: Side) -> None:
    """Choose a side in the conflict that is shown."""
    _conflicts(screen).choose(side)


def go(screen: ConflictScreen, by: int) -> None:
    """Go to the next or previous conflict."""
    _conflicts(screen).go(by)


def go_to_undecided(screen: ConflictScreen, by: int) -> None:
    """Go to the next or previous conflict that is undecided."""
    _conflicts(screen).go_to_undecided(by)


def finish(screen: ConflictScreen) -> None:
    """Write the merged plan; asks first if a conflict is undecided."""
    _conflicts(screen).finish()


def leave(screen: ConflictScreen) -> None:
    """Leave everything as it was."""
    _conflicts(screen).leave()


def show_keys(screen: ConflictScreen) -> None:
    """Show what every key does while conflicts are decided."""
    title = sentence("Keys while deciding conflicts")
    screen.app.push_screen(keys_prompt(screen.keymap, screen.theme, MERGE, title))


def _conflicts(screen: ConflictScreen) -> Conflicts:
    assert screen.conflicts is not None
    return screen.conflicts
