"""What a search has found: the plans that none beats in penalty, people touched, changes and sense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from orgtui.advice.search.plans import Cost
from orgtui.changes.base import Change


@dataclass(frozen=True, slots=True)
class Found:
    """A plan as it is kept: its changes, net and pruned, and what it leaves and costs.

    `placed` is what it places elsewhere: kind, id and team; teams that go without a team. `odd` is how many
    things a head would find odd about it.
    """

    penalty: int
    touched: int
    changes: tuple[Change, ...] = field(hash=False)
    cost: Cost
    placed: frozenset[tuple[str, str, str | None]]
    odd: int = 0

    @property
    def point(self) -> tuple[int, int, int]:
        """Where it lies: penalty, people touched, number of changes."""
        return self.penalty, self.touched, len(self.changes)

    def beats(self, other: tuple[int, int, int], odd: int = 0) -> bool:
        """Whether it is as good as another point in everything, and no odder."""
        return self.odd <= odd and all(mine <= its for mine, its in zip(self.point, other, strict=True))


class Archive:
    """The front of the plans found, the best penalty first; `version` grows when it changes."""

    def __init__(self) -> None:
        self._front: list[Found] = []
        self.version = 0

    def __iter__(self) -> Iterator[Found]:
        return iter(self._front)

    def __len__(self) -> int:
        return len(self._front)

    def __getitem__(self, place: int) -> Found:
        return self._front[place]

    def by_touched(self) -> list[Found]:
        """The plans that no other one beats in penalty and people touched alone, the best penalty first."""
        kept: list[Found] = []
        for each in self._front:
            if not kept or each.touched < kept[-1].touched:
                kept.append(each)
        return kept

    def welcomes(self, penalty: int, touched: int, changes: int, odd: int = 0) -> bool:
        """Whether a plan at a point would be kept: none here is as good in everything."""
        return not any(found.beats((penalty, touched, changes), odd) for found in self._front)

    def add(self, found: Found) -> bool:
        """Keep a plan, and let those go that it beats; returns whether it was kept."""
        if not self.welcomes(*found.point, found.odd):
            return False
        kept = [each for each in self._front if not found.beats(each.point, each.odd)]
        self._front = sorted([*kept, found], key=lambda each: (each.point, repr(each.changes)))
        self.version += 1
        return True
