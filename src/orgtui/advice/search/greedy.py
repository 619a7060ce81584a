"""The best move again and again, at a price for every person touched, asked again only when it is due."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush, nsmallest
from itertools import chain
from typing import NamedTuple

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.moves import Move, Moves
from orgtui.advice.search.refs import ids_of
from orgtui.advice.search.world import Answer, Weights, World, weight
from orgtui.changes.base import Change
from orgtui.engine.finding import Identity
from orgtui.model.store import Set
from orgtui.rules.assessment import ReportedFinding

FOUNDS, CLOSES = ("split_team", "pull_out"), ("merge_teams", "dissolve_team", "fold_back")
"""The operations that make a team, and those that end one."""
MUST_WORTH = 30
"""What a finding that must be resolved weighs more in the choice of moves than its severity says."""
CHANGE_PRICE = 0.05
"""The points that a change must bring, so that of equal ways the shorter is taken."""
TRIED_AGAIN = 60
"""How many of the best moves that did not pay are asked again when nothing pays any more."""


NOTHING = float("-inf")


class Gain(NamedTuple):
    """The weight of findings and the people touched that a move adds, and the points of reluctance to it.

    `findings` is what the weight is made of.
    """

    penalty: int
    touched: int
    reluctance: float
    findings: Weights = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A move with what it did when it was first asked, in the baseline if `in_baseline`.

    `gain` is None if it cannot be made, puts a rule to sleep, or leads beyond the limits. `place` orders
    moves of equal score. `is_fix` says that it was proposed for a finding. `ids` are those of all that it
    names.
    """

    move: Move
    ids: frozenset[str]
    place: int
    is_fix: bool
    gain: Gain | None
    in_baseline: bool

    def score(self, price: float, gain: Gain | None, sense: float = 1.0) -> float:
        """The points that it brings with a gain, less what it costs; reluctance counts `sense` times."""
        if gain is None:
            return NOTHING
        cost = price * gain.touched + sense * gain.reluctance + CHANGE_PRICE * len(self.move.changes)
        return -gain.penalty - cost


class Greedy:
    """Knows moves and what they do, and takes the best of them one after another.

    Moves are learnt for findings that weigh `least` and more.
    """

    def __init__(self, world: World, moves: Moves, limits: Limits) -> None:
        self._world = world
        self._moves = moves
        self._limits = limits
        self.known: dict[str, Known] = {}
        self.least = 1

    def learn(self, moves: Iterable[Move], *, are_fixes: bool) -> Iterator[Known | None]:
        """Ask what moves do in the present state; yields each, None for one known or not allowed."""
        world = self._world
        for move in moves:
            if move.key in self.known or not self._moves.allows(world.view, world.organization, move):
                yield None
                continue
            place, gain = len(self.known), self._ask(move)
            known = self.known[move.key] = Known(
                move, _named(move.changes), place, are_fixes, gain, not world.path
            )
            yield known

    def learn_fixes(self, findings: Iterable[ReportedFinding]) -> Iterator[Known | None]:
        """Learn the fixes of findings, as `learn` does."""
        for reported in findings:
            if weight(reported) >= self.least:
                yield from self.learn(self._moves.fixes(self._world.view, reported), are_fixes=True)
                yield None

    def learn_near(self, findings: Iterable[ReportedFinding]) -> Iterator[Known | None]:
        """Learn structural moves near findings, as `learn` does."""
        yield from self.learn(self._moves.near(self._world.view, findings), are_fixes=False)

    def ask_again(self, move: Move) -> Gain | None:
        """What a move does in the present state, if it may still be tried."""
        world = self._world
        return self._ask(move) if self._moves.allows(world.view, world.organization, move) else None

    def _ask(self, move: Move) -> Gain | None:
        world = self._world
        if not self._has_room(move):
            return None
        answer = world.ask(move.changes)
        if answer is None or (answer.sleeps and not world.sleeps) or self._is_too_much(answer):
            return None
        resolved = world.unresolved - answer.unresolved
        added = answer.penalty - world.penalty - MUST_WORTH * resolved
        touched = answer.touched - world.touched.people
        return Gain(added, touched, self._moves.reluctance(world.view, move), answer.added)

    def _is_too_much(self, answer: Answer) -> bool:
        """Whether a state touches more people than the limits allow."""
        limits = self._limits
        bounds = (
            (answer.touched, limits.most_touched),
            (answer.moved, limits.most_moved),
            (answer.managed, limits.most_new_manager),
        )
        return any(most is not None and there > most for there, most in bounds)

    def _has_room(self, move: Move) -> bool:
        """Whether the limits leave room for the changes of a move after those made."""
        limits = self._limits
        if limits.most_changes is limits.most_new_teams is limits.most_closed_teams is None:
            return True
        ops = [change.op for change in (*self._world.changes, *move.changes)]
        bounds = (
            (len(ops), limits.most_changes),
            (sum(op in FOUNDS for op in ops), limits.most_new_teams),
            (sum(op in CLOSES for op in ops), limits.most_closed_teams),
        )
        return all(most is None or there <= most for there, most in bounds)

    def run(
        self,
        price: float,
        *,
        sense: float = 1.0,
        most_touched: int | None = None,
        fixes_only: bool = False,
        forbidden: Collection[Change] = (),
    ) -> Iterator[None]:
        """Take moves as long as one pays at a price; yields after every state asked about.

        Begins in the present state of the world; moves that make one of the `forbidden` changes are left out.
        `sense` is how much it counts that a head would find a move odd; at most `most_touched` people are
        touched.
        """
        yield from _Run(self, self._world, price, sense, most_touched, fixes_only, forbidden).all_steps()


class _Run:
    """One run of the greedy search; entries of the heap say in which version of the state they were asked.

    `altered` holds in which version something last changed what an id stands for.
    """

    def __init__(
        self,
        greedy: Greedy,
        world: World,
        price: float,
        sense: float,
        most_touched: int | None,
        fixes_only: bool,
        forbidden: Collection[Change],
    ) -> None:
        self._greedy = greedy
        self._world = world
        self._price = price
        self._sense = sense
        self._most_touched = most_touched
        self._fixes_only = fixes_only
        self._forbidden = forbidden
        self._version = 0
        self._heap: list[tuple[float, int, int, Known, Gain | None]] = []
        self._refused: dict[str, tuple[int, Known, Gain | None]] = {}
        self._altered: dict[str, int] = {}
        self._proposed: dict[Identity, int] = {}

    def all_steps(self) -> Iterator[None]:
        for move in self._world.path:
            self._alter(move.changes, move.sets)
        for known in list(self._greedy.known.values()):
            is_fresh = known.in_baseline and not self._is_stale(known.ids, -1)
            self._offer(known, known.gain, self._version if is_fresh else -1)
        while True:
            introduced = yield from self._take_best()
            if introduced is not None:
                yield from self._propose(introduced)
            elif not (yield from self._revive()):
                return

    def _alter(self, changes: Iterable[Change], sets: Iterable[Set]) -> None:
        """Note what is altered in the present version."""
        parts = (part for each in sets for part in (each.key if isinstance(each.key, tuple) else (each.key,)))
        for each in chain(_named(changes), parts):
            self._altered[each.rpartition(":")[2]] = self._version

    def _is_stale(self, ids: Iterable[str], asked: int) -> bool:
        """Whether something with one of these ids was altered after a version."""
        return any(self._altered.get(each, -1) > asked for each in ids)

    def _offer(self, known: Known, gain: Gain | None, asked: int) -> bool:
        """Put a move among those that pay, or those that do not; returns whether it pays."""
        if self._fixes_only and not known.is_fix:
            return False
        if self._forbidden and any(change in self._forbidden for change in known.move.changes):
            return False
        score = self._score(known, gain, asked)
        if score > 0:
            heappush(self._heap, (-score, known.place, asked, known, gain))
        else:
            self._refused[known.move.key] = (asked, known, gain)
        return score > 0

    def _score(self, known: Known, gain: Gain | None, asked: int) -> float:
        """The score of what a move did in a version of the state, as far as it is left in this one."""
        if gain is None:
            return NOTHING
        most = self._most_touched
        if most is not None and self._world.touched.people + gain.touched > most:
            return NOTHING
        score = known.score(self._price, gain, self._sense)
        if asked != self._version:
            score += sum(added for _, added in gain.findings) - self._world.weight_still_added(gain.findings)
        return score

    def _take_best(self) -> Generator[None, None, list[ReportedFinding] | None]:
        """Make the best move that pays, asked in the present state; returns the findings it introduces."""
        heap = self._heap
        while heap:
            worst, _, asked, known, gain = heappop(heap)
            if asked != self._version:
                if self._score(known, gain, asked) < -worst:
                    self._offer(known, gain, asked)
                    continue
                gain = self._greedy.ask_again(known.move)
                yield
                score = self._score(known, gain, self._version)
                if score <= 0 or (heap and -score > heap[0][0]):
                    self._offer(known, gain, self._version)
                    continue
            world = self._world
            introduced = world.make(known.move.changes, graph_lane=not world.is_large).introduced
            self._version += 1
            self._alter(known.move.changes, self._world.path[-1].sets)
            return introduced
        return None

    def _propose(self, findings: list[ReportedFinding]) -> Iterator[None]:
        """Learn what can be done about findings, again where what they speak of was altered since."""
        findings = [each for each in findings if self._is_due(each)]
        for each in findings:
            self._proposed[each.identity] = self._version
        learnt = self._greedy.learn_fixes(findings)
        if not self._fixes_only:
            learnt = chain(learnt, self._greedy.learn_near(findings))
        for known in learnt:
            if known is not None:
                self._offer(known, known.gain, self._version)
            yield

    def _is_due(self, reported: ReportedFinding) -> bool:
        if weight(reported) < self._greedy.least:
            return False
        proposed = self._proposed.get(reported.identity)
        if proposed is None:
            return True
        return self._is_stale((subject.id for subject in reported.finding.subjects), proposed)

    def _revive(self) -> Generator[None, None, bool]:
        """Propose for all that is found now, and ask the best refused again; returns whether any pays."""
        yield from self._propose(self._world.concerning())
        stale = [
            (-self._score(known, gain, asked), known.place, key, known)
            for key, (asked, known, gain) in self._refused.items()
            if asked < 0 or self._is_stale(known.ids, asked)
        ]
        for _, _, key, known in nsmallest(TRIED_AGAIN, stale):
            gain = self._greedy.ask_again(known.move)
            yield
            del self._refused[key]
            self._offer(known, gain, self._version)
        return bool(self._heap)


def _named(changes: Iterable[Change]) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(ids_of, changes)))
