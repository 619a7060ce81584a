"""A user's action while others write: planned again after what they did, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orgtui.changes.refusal import Refused
from orgtui.model.sentence import Sentence
from orgtui.session.store import Entry
from orgtui.session.timeline.reasons import overtaken, superseded
from orgtui.session.timeline.state import Transition
from orgtui.session.timeline.step import News


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An entry to be written, and the transition to the state with it."""

    entry: Entry
    transition: Transition


class BlockedByLaterStep(Refused):
    """A later step, of this user or another, does not allow the action; `sentence` says which.

    `number` is that of the step.
    """

    def __init__(self, said: Sentence, number: int) -> None:
        super().__init__(said)
        self.number = number


class Overtaken(Refused):
    """The action was possible until somebody's `news`; `reason` says what is wrong with it now."""

    def __init__(self, news: News, refusal: Refused) -> None:
        super().__init__(overtaken(news, refusal.sentence))
        self.news = news
        self.reason = refusal.sentence


class Superseded(Refused):
    """The action would replace what somebody's `news` put there since the user saw it.

    It may be made all the same, by planning it again since now.
    """

    def __init__(self, news: News) -> None:
        super().__init__(superseded(news))
        self.news = news


class Attempt:
    """One action and its latest plan; `plan` makes one on the current state, or raises Refused."""

    def __init__(self, plan: Callable[[], PlannedAction]) -> None:
        self._plan = plan
        self._refusal: Refused | None = None
        self.retry(None)

    def retry(self, news: News | None) -> None:
        """Plan again on the current state, which `news` led to: a refusal that is new is due to them."""
        refusal = self._plan_now()
        if isinstance(refusal, Superseded):
            self._refusal = refusal
        elif refusal is not None and (self._refusal is None or isinstance(self._refusal, Superseded)):
            if news is None or isinstance(refusal, BlockedByLaterStep):
                self._refusal = refusal
            else:
                self._refusal = Overtaken(news, refusal)

    def succeeds(self) -> bool:
        """Plan again on the current state; returns whether that is possible, and keeps no refusal."""
        return self._plan_now() is None

    def _plan_now(self) -> Refused | None:
        """Plan again; returns the refusal, if any."""
        try:
            self._planned = self._plan()
        except Refused as refusal:
            return refusal
        self._refusal = None
        return None

    def planned(self) -> PlannedAction:
        """The latest plan; raises Refused if there is none."""
        if self._refusal is not None:
            raise self._refusal
        return self._planned
