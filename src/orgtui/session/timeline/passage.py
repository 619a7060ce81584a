"""How a session came to its state: each transition, and who of the others changed what in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgtui.model.store import Organization, Set, inverse
from orgtui.session.timeline.overlap import written_by_both
from orgtui.session.timeline.step import News

if TYPE_CHECKING:
    from orgtui.changes.base import Change


@dataclass(frozen=True, slots=True)
class Passage:
    """One transition: its assignments, and what others did in it, each with the assignments of its step.

    `news` is empty for what this session did itself.
    """

    sets: Sequence[Set]
    news: tuple[tuple[News, Sequence[Set]], ...] = ()

    def latest_about(self, sets: Sequence[Set]) -> News:
        """The latest of the news that wrote what some assignments write; the latest of all if none did."""
        about = [news for news, made in self.news if written_by_both(made, sets)]
        steps = [news for news, _ in self.news if news.decision is None]
        return (about or steps or [self.news[-1][0]])[-1]


def superseding(
    organization: Organization, passages: Sequence[Passage], changes: Sequence[Change], sets: Sequence[Set]
) -> News | None:
    """What others did last in some passages so that changes would replace other values than before them.

    None if the values are the same again, or differ by what this session did. `organization` is the state
    that the latest passage led to, `sets` are what the changes come to. Alters nothing.
    """
    from orgtui.changes.compile import trial

    if not any(passage.news for passage in passages):
        return None
    found: Passage | None = None
    now = later = [change.replaced_values(organization) for change in changes]
    with trial(organization) as tried:
        for passage in reversed(passages):
            tried.apply(inverse(passage.sets))
            earlier = [change.replaced_values(organization) for change in changes]
            if found is None and passage.news and earlier != later:
                found = passage
            later = earlier
    return None if found is None or later == now else found.latest_about(sets)
