"""What a user is about to do, planned anew whenever others did something meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orgtui.changes.refusal import Refused
from orgtui.session.store import Entry
from orgtui.session.timeline.reasons import overtaken
from orgtui.session.timeline.state import Transition
from orgtui.session.timeline.step import News


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry that could be written now, and what leads to the state that it stands for."""

    entry: Entry
    transition: Transition


class BuiltOn(Refused):
    """Somebody did something later that stands in the way; `sentence` says who."""


class Overtaken(Refused):
    """What could be done before cannot be done since somebody's `news`, for a `reason`."""

    def __init__(self, news: News, refusal: Refused) -> None:
        super().__init__(overtaken(news, refusal.sentence))
        self.news = news
        self.reason = refusal.sentence


class Attempt:
    """A plan that raises Refused if nothing comes of it on the state as it is then."""

    def __init__(self, plan: Callable[[], Planned]) -> None:
        self._plan = plan
        self._refusal: Refused | None = None
        self.again(None)

    def again(self, news: News | None) -> None:
        """Plan it on the state as it is now; the news after which it is first refused are the reason."""
        refusal = self._plan_now()
        if refusal is not None and self._refusal is None:
            if news is None or isinstance(refusal, BuiltOn):
                self._refusal = refusal
            else:
                self._refusal = Overtaken(news, refusal)

    def succeeds(self) -> bool:
        """Plan it on the state as it is now; returns whether it can be done, without asking why not."""
        return self._plan_now() is None

    def _plan_now(self) -> Refused | None:
        """Why it is refused now; nothing if it is not."""
        try:
            self._planned = self._plan()
        except Refused as refusal:
            return refusal
        self._refusal = None
        return None

    def planned(self) -> Planned:
        """What could be done at last; raises Refused if that is nothing."""
        if self._refusal is not None:
            raise self._refusal
        return self._planned
