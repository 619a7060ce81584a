"""Trying everything: every move of the whole set, then every pair of them, and so on, as far as asks last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from orgtui.advice.search.greedy import Greedy
from orgtui.advice.search.moves import Move, Moves
from orgtui.advice.search.world import World
from orgtui.changes.base import Change
from orgtui.model.store import sets_between

Path = tuple[Change, ...]
"""The changes that lead to a state."""

STATES_MAX = 20_000
"""The most states of which everything is tried from; more would be too much to keep."""

Hope = Callable[[int, int, Path], None]
"""Told of a plan that may be worth keeping: its penalty, the people it touches and its changes."""


class Proof:
    """Tries everything, level by level; `proven` is the number of moves up to which everything was tried,
    `width` how many single moves there are.

    A state met before is not tried again. States in which a rule fell asleep are passed through and not told.
    """

    def __init__(self, world: World, moves: Moves, greedy: Greedy, tell: Hope) -> None:
        self.proven = 0
        self.is_done = False
        self._world = world
        self._moves = moves
        self._greedy = greedy
        self._tell = tell
        self._seen: set[object] = set()
        self.width = 0

    def run(self) -> Iterator[bool]:
        """Try everything; yields after every state asked about whether the world is in its baseline."""
        level: list[Path] = [()]
        while level:
            following: list[Path] = []
            for number, path in enumerate(level, start=1):
                self._world.take_back()
                if path:
                    self._world.make(path)
                    yield False
                if self._is_new():
                    for move in self._moves.every(self._world.view):
                        if self._try(path, move):
                            following.append((*path, *move.changes))
                        yield False
                    self.width = self.width or len(following)
                self._world.take_back()
                self.proven += number == len(level)
                yield True
            level = following if len(following) <= STATES_MAX else []
        self.is_done = True

    def _try(self, path: Path, move: Move) -> bool:
        """Ask about a move if it is allowed; returns whether it can be made."""
        world = self._world
        if not self._moves.allows(world.view, world.organization, move):
            return False
        answer = world.ask(move.changes)
        if answer is None:
            return False
        if not answer.sleeps:
            self._tell(answer.penalty, answer.touched, (*path, *move.changes))
        return True

    def _is_new(self) -> bool:
        """Whether the present state is met for the first time."""
        sets = sets_between(self._world.baseline, self._world.organization)
        state = frozenset((each.table, each.key, repr(each.new)) for each in sets)
        is_new = state not in self._seen
        self._seen.add(state)
        return is_new
