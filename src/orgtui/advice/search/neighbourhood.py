"""Large neighbourhoods: a good plan is taken apart in places and put together again in another way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from random import Random

from orgtui.advice.search.archive import Archive
from orgtui.advice.search.greedy import CHANGE_PRICE, Greedy
from orgtui.advice.search.refs import ids_of
from orgtui.advice.search.world import World
from orgtui.changes.base import Change

PRICES = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
"""The prices of a touched person at which plans are put together."""
SENSES = (1.0, 0.0)
"""How much it counts that a move is odd: what looks odd on the way may not be so in the end."""
REMEMBERED = 8
"""A plan goes on from here if it is better than the one so many rounds ago at its price."""
DROPPED_MAX = 5
"""The most changes of a plan that are dropped at once."""
FEWER_MAX = 3
"""By so many people fewer at most may be touched when a plan is put together again."""
FORCED = 0.4
"""How often a structural move is forced before the rest is put together again."""


class Neighbourhoods:
    """Takes plans apart and puts them together again, at prices drawn by lot."""

    def __init__(self, world: World, greedy: Greedy, archive: Archive, random: Random) -> None:
        self._world = world
        self._greedy = greedy
        self._archive = archive
        self._random = random
        self._current: dict[float, tuple[Change, ...]] = {}
        self._late: dict[float, deque[float]] = {}

    def step(self) -> Iterator[None]:
        """Put one plan together, which the world has then made; yields after every state asked about."""
        random, world = self._random, self._world
        price = random.choice(PRICES)
        plan, most_touched = self._start(price)
        dropped = self._dropped(plan)
        rest = [change for change in plan if change not in dropped]
        world.go_to(world.replay(rest))
        yield
        yield from self._force(price, dropped)
        yield from self._greedy.run(
            price, sense=random.choice(SENSES), most_touched=most_touched, forbidden=dropped
        )
        self._remember(price)

    def _start(self, price: float) -> tuple[Sequence[Change], int | None]:
        """The plan to take apart, and how many people may be touched when it is put together again.

        It is the one this price has come to, or one of the archive, at times for somewhat fewer people.
        """
        random, current = self._random, self._current.get(price)
        if not len(self._archive) or (current is not None and random.random() < 0.5):
            return current or (), None
        plan = self._archive[random.randrange(len(self._archive))]
        if plan.touched and random.random() < 0.5:
            return plan.changes, plan.touched - random.randint(1, min(FEWER_MAX, plan.touched))
        return plan.changes, None

    def _dropped(self, plan: Sequence[Change]) -> list[Change]:
        """Some changes of a plan, half the time such as share an id."""
        if not plan:
            return []
        first = self._random.choice(plan)
        number = self._random.randint(1, min(DROPPED_MAX, len(plan)))
        others = [change for change in plan if change is not first]
        if self._random.random() < 0.5:
            named = ids_of(first)
            others = [change for change in others if not named.isdisjoint(ids_of(change))] or others
        return [first, *self._random.sample(others, min(number - 1, len(others)))]

    def _force(self, price: float, forbidden: Sequence[Change]) -> Iterator[None]:
        """Make a structural move that need not pay, better ones likelier."""
        if self._random.random() >= FORCED:
            return
        structural = [
            known
            for known in self._greedy.known.values()
            if known.gain is not None
            and known.move.is_structural
            and not any(change in forbidden for change in known.move.changes)
        ]
        if not structural:
            return
        structural.sort(key=lambda known: (-known.score(price, known.gain), known.place))
        place = int(len(structural) * self._random.random() ** 2)
        move = structural[place].move
        gain = self._greedy.ask_again(move)
        yield
        if gain is not None:
            self._world.make(move.changes)

    def _remember(self, price: float) -> None:
        """Go on from the plan just put together if it is better than that of some rounds ago."""
        world = self._world
        score = world.penalty + price * world.touched.people + CHANGE_PRICE * len(world.changes)
        late = self._late.setdefault(price, deque(maxlen=REMEMBERED))
        if len(late) < REMEMBERED or score <= late[0]:
            self._current[price] = world.changes
            late.append(score)
        else:
            late.append(late[-1])
