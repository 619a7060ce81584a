"""The search for better structures: from quick plans to large neighbourhoods, one question at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import islice, pairwise
from random import Random
from time import monotonic

from orgtui.advice.search.archive import Archive, Found
from orgtui.advice.search.choice import chosen, recommended
from orgtui.advice.search.costs import cost_of
from orgtui.advice.search.greedy import Greedy
from orgtui.advice.search.limits import Limits
from orgtui.advice.search.mending import mended
from orgtui.advice.search.moves import Moves, spoken_of
from orgtui.advice.search.neighbourhood import Neighbourhoods
from orgtui.advice.search.plans import Options, Outside, Progress, Stopped, Suggestion
from orgtui.advice.search.present import presented
from orgtui.advice.search.proof import Proof
from orgtui.advice.search.settle import settled
from orgtui.advice.search.titles import told_apart
from orgtui.advice.search.world import Answer, World, weight
from orgtui.changes.base import Change
from orgtui.model.sentence import Sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import ReportedFinding

FIRST_PRICE = 1.0
"""The price of a touched person of the first plan, made of fixes only."""
FIRST_LEAST = 3
"""What a finding weighs at least for which the first plan is made."""
CHEAP = 50.0
"""The price of a plan of fixes only that touches next to nobody."""
BOLD = (2.0, 0.0)
"""The price at which a plan is made of fixes, and of moves near what fixes leave; with it how much it counts
that a move is odd: what looks odd on the way may not be so in the end."""
SWEEP = ((2.5, 0.0), (1.0, 1.0), (4.0, 1.0), (1.0, 0.0), (0.0, 1.0))
"""The prices at which more such plans are then made."""
LATER = ((1.5, 1.0), (0.5, 1.0), (1.5, 0.0), (6.0, 1.0), (0.25, 0.0))
"""The prices of which one is tried at the beginning of each round; in small organisations all before."""
AROUND = ((2, 2.0), (1, 0.5), (-1, 0.5), (3, 0.5), (-2, 0.5))
"""By how many people more than the first such plan others may touch, and the price of a touched person."""
GAPS, GAP_PRICE = 6, 0.5
"""So many gaps of the front are tried to be filled at a time, with a touched person at a price."""
LARGE_FIXES, LARGE_SWEEP = (0.0, 2.0), (1.0, 0.0, 2.0, 0.5)
"""The prices in a large organisation, first of fixes only, then also of moves near what they leave."""
LIGHT = (1.0, 0.5, 0.0)
"""The prices in a large organisation at which moves that are quickly asked are tried before all others."""
KEPT_EVERY = 1_000
"""After so many asks what a sweep of a large organisation has come to is kept."""
PROVABLE = 500
"""Everything is tried only where teams times functions are not more than these."""
SMALL = 150
"""With so few moves in the whole set, most asks go to trying everything."""
PROOF_SHARE, PROOF_SHARE_SMALL = 0.2, 0.7
"""The part of the asks that goes to trying everything."""
FIRST_ROUND = 250
"""The asks of the first round; every round is twice as long."""
STALE_ROUNDS = 3
"""After so many rounds without a new plan, and with everything tried that can be, nothing is left to try."""


def search(organization: Organization, today: date, limits: Limits, options: Options) -> Generator[Progress]:
    """Search for plans better than an organisation as it is; yields after every question, and a last time.

    The organisation is not changed. Closing the iterator ends the search.
    """
    hunt = _Hunt(organization, today, limits, options)
    begun = monotonic()
    stopped: Stopped = "done"
    with closing(hunt.run()) as questions:
        for _ in questions:
            if options.asks is not None and hunt.world.asked >= options.asks:
                stopped = "time"
                break
            if options.seconds is not None and monotonic() - begun >= options.seconds:
                stopped = "time"
                break
            yield hunt.progress
    for _ in hunt.finish():
        yield hunt.progress
    yield replace(hunt.progress, stopped=stopped, asked=hunt.world.asked)


class _Hunt:
    """A search under way; `progress` is what it has found."""

    def __init__(self, organization: Organization, today: date, limits: Limits, options: Options) -> None:
        self.world = World(organization, today, options, limits.must_resolve)
        self._limits = limits
        self._options = options
        self._moves = Moves(self.world, limits, options.only, bold=options.bold, within=options.within)
        self._look_everywhere()
        self._greedy = Greedy(self.world, self._moves, limits)
        self._archive = Archive()
        self._proof = Proof(self.world, self._moves, self._greedy, self._hope)
        self._proving = self._proof.run()
        self._hopes: list[tuple[tuple[int, int, int], tuple[Change, ...]]] = []
        self._settled: set[tuple[str, ...]] = set()
        self._capped: set[int] = set()
        self._presented: dict[Found, Suggestion] = {}
        self._shown_version = 0
        self._outside: tuple[Found, list[Sentence]] | None = None
        self.progress = Progress(self.world.before, 0, 0, None, ())

    # -- phases ------------------------------------------------------------------------------------

    def run(self) -> Generator[None]:
        """The whole search; yields after every question."""
        for _ in self._phases():
            self.progress = replace(self.progress, asked=self.world.asked, proven=self._proof.proven)
            yield

    def _phases(self) -> Iterator[object]:
        if not self.world.penalty:
            return
        if self.world.is_large:
            yield from self._quick()
            yield from map(_nothing, self._greedy.learn_fixes(self.world.concerning()))
            for price in LARGE_FIXES:
                yield from self._fixes_at(price)
            self._moves.only_light = True
            yield from self._large_sweep(LIGHT)
            self._moves.only_light = False
            yield from self._mend()
            yield from self._large_sweep(LARGE_SWEEP)
        else:
            is_small = self._is_provable()
            yield from self._quick()
            yield from self._mend()
            yield from self._fixes_at(CHEAP)
            yield from self._sweep([BOLD])
            yield from self._climb()
            yield from self._sweep([*SWEEP, *LATER] if is_small else SWEEP)
            yield from self._fill()
            if is_small:
                yield from self._prove(asks=1)
                yield from map(_nothing, self._greedy.learn_near(self.world.concerning()))
                yield from self._sweep([BOLD, *SWEEP, *LATER])
        yield from self._rounds()

    def _quick(self) -> Iterator[None]:
        """A first plan of fixes only, of what weighs most; then all fixes are learnt."""
        self._greedy.least = FIRST_LEAST
        yield from map(_nothing, self._greedy.learn_fixes(self.world.concerning()))
        yield from self._fixes_at(FIRST_PRICE)
        if not len(self._archive):
            yield from self._look_outside()
        self._greedy.least = 1
        if not self.world.is_large:
            yield from map(_nothing, self._greedy.learn_fixes(self.world.concerning()))

    def _fixes_at(self, price: float) -> Iterator[None]:
        yield from self._greedy.run(price, fixes_only=True)
        yield from self._settle_world()
        yield from self._present()

    def _look_outside(self) -> Iterator[None]:
        """A plan without regard to how much the limits allow, so that it can be said which of them bites."""
        unlimited = Greedy(self.world, self._moves, Limits())
        yield from map(_nothing, unlimited.learn_fixes(self.world.concerning()))
        yield from unlimited.run(self._limits.price, fixes_only=True)
        yield from self._settle_world()

    def _mend(self) -> Iterator[None]:
        """What `fix --decisions` finds, as far as it may be tried."""
        yield from mended(self.world, self._moves)
        yield from self._settle_world()
        yield from self._present()

    def _sweep(self, prices: Iterable[tuple[float, float]]) -> Iterator[None]:
        """Fixes, and then moves near what they leave, at several prices."""
        for price, sense in prices:
            yield from self._greedy.run(price, sense=sense)
            yield from self._settle_world()
            yield from self._present()

    def _climb(self) -> Iterator[None]:
        """Plans that touch somewhat more and somewhat fewer people than the best one at a middling price."""
        if not len(self._archive):
            return
        price, _ = BOLD
        middle = min((each.penalty + price * each.touched, each.touched) for each in self._archive)[1]
        for more, at_price in AROUND:
            if middle + more > 0:
                yield from self._capped_at(middle + more, at_price)

    def _capped_at(self, most: int, price: float) -> Iterator[None]:
        """A plan that touches so many people at most."""
        self._capped.add(most)
        yield from self._greedy.run(price, sense=0.0, most_touched=most)
        yield from self._settle_world()
        yield from self._present()

    def _fill(self) -> Iterator[None]:
        """Plans that touch fewer people than the better of two neighbours on the front, widest gaps first."""
        for _ in range(GAPS):
            gaps = [
                ((worse.penalty - better.penalty) * (better.touched - worse.touched), most)
                for better, worse in pairwise(self._archive.by_touched())
                if (most := (better.touched + worse.touched + 1) // 2) < better.touched
                and most not in self._capped
            ]
            if not gaps:
                return
            _, most = max(gaps)
            yield from self._capped_at(most, GAP_PRICE)

    def _large_sweep(self, prices: Iterable[float]) -> Iterator[None]:
        """Fixes at several prices, and moves near what is left, unit by unit."""
        for price in prices:
            yield from self._greedy.run(price, fixes_only=True)
            yield from self._keep_world()
            yield from self._by_unit(price)
            yield from self._settle_world()
            yield from self._present()

    def _by_unit(self, price: float) -> Iterator[None]:
        """Go on unit by unit, a team with its children, with moves near what is found there.

        What has come of it is kept now and then.
        """
        units = self._units()

        def unit_of(reported: ReportedFinding) -> str:
            teams, _ = spoken_of(self.world.view, [reported])
            return min((units.get(team, team) for team in teams), default="")

        found: dict[str, int] = {}
        for reported in self.world.concerning():
            unit = unit_of(reported)
            found[unit] = found.get(unit, 0) + weight(reported)
        kept = self.world.asked
        for unit in sorted(found.keys() - {""}, key=lambda unit: (-found[unit], unit)):
            self.world.look_only_for(lambda reported, unit=unit: unit_of(reported) == unit)  # type: ignore[misc]
            self._moves.nearby = [unit, *sorted(self.world.view.children(unit))]
            yield from Greedy(self.world, self._moves, self._limits).run(price, sense=0.0)
            if self.world.asked - kept > KEPT_EVERY:
                yield from self._keep_world()
                kept = self.world.asked
        self._moves.nearby = None
        self._look_everywhere()

    def _units(self) -> dict[str, str]:
        """The unit of each team: the team itself if others are below it, else the one above it."""
        view = self.world.view
        return {
            team.id: team.id if view.children(team.id) or team.parent is None else team.parent
            for team in self.world.organization.teams.values()
        }

    def _look_everywhere(self) -> None:
        """Look for moves for all findings that the search is about."""
        if self._options.within is None:
            self.world.look_only_for(lambda _: True)
        else:
            self.world.look_only_for(lambda reported: self._moves.concerns(self.world.view, reported))

    def _rounds(self) -> Iterator[object]:
        """Rounds of doubling length, partly for the proof, partly for neighbourhoods, until nothing comes."""
        neighbourhoods = Neighbourhoods(self.world, self._greedy, self._archive, Random(self._options.seed))
        length, stale, later = FIRST_ROUND, 0, iter(() if self._is_provable() else LATER)
        while stale < STALE_ROUNDS or not (self._proof.is_done or not self._is_provable()):
            version = self._archive.version
            yield from self._sweep(islice(later, 1))
            if self._is_provable() and not self._proof.is_done:
                yield from self._prove(asks=int(length * self._proof_share()))
            end = self.world.asked + length
            while self.world.asked < end and stale < STALE_ROUNDS:
                asked = self.world.asked
                yield from neighbourhoods.step()
                yield from self._settle_world()
                if self.world.asked == asked:
                    break
            yield from self._fill()
            yield from self._present()
            stale = 0 if self._archive.version != version else stale + 1
            length *= 2

    # -- the proof ---------------------------------------------------------------------------------

    def _is_provable(self) -> bool:
        baseline = self.world.baseline
        return self._options.within is None and len(baseline.teams) * len(baseline.functions) <= PROVABLE

    def _proof_share(self) -> float:
        """The part of a round that goes to the proof, as a multiple of the rest."""
        share = PROOF_SHARE_SMALL if self._proof.width <= SMALL else PROOF_SHARE
        return share / (1 - share)

    def _prove(self, asks: int) -> Iterator[object]:
        """Go on trying everything for so many asks, at least from one state; then settle what it told."""
        end = self.world.asked + asks
        for in_baseline in self._proving:
            yield None
            if in_baseline:
                yield from self._settle_hopes()
                if self.world.asked >= end:
                    return

    def _hope(self, penalty: int, touched: int, changes: tuple[Change, ...]) -> None:
        """Note a plan that may be worth keeping."""
        if self._may_be_kept(penalty, touched, len(changes)):
            self._hopes.append(((penalty, touched, len(changes)), changes))

    def _settle_hopes(self) -> Iterator[None]:
        hopes, self._hopes = sorted(self._hopes, key=lambda hope: hope[0]), []
        for point, changes in hopes:
            if self._may_be_kept(*point):
                yield from self._settle(changes)

    # -- plans ---------------------------------------------------------------------------------------

    def _may_be_kept(self, penalty: int, touched: int, changes: int) -> bool:
        """Whether a plan that is not settled yet may be worth it."""
        is_better = penalty < self.world.before.penalty
        return is_better and self._archive.welcomes(penalty, touched, changes)

    def _may_become_kept(self, answer: Answer, changes: int) -> bool:
        """Whether a plan is worth leaving out more of it, which makes it shorter, seldom better."""
        return self._may_be_kept(answer.penalty, answer.touched, changes - 2)

    def _settle_world(self) -> Iterator[None]:
        """Settle the plan that the world has made, and keep it if none is better; the world is put back."""
        yield from self._keep_world()
        self.world.take_back()
        yield

    def _keep_world(self) -> Iterator[None]:
        """Settle the plan that the world has made, and keep it if none is better."""
        world = self.world
        world.complete()
        changes, answer = world.changes, world.answer
        if not answer.sleeps and self._may_be_kept(answer.penalty, answer.touched, 1 + len(changes) // 2):
            yield from self._settle(changes)

    def _settle(self, changes: Sequence[Change]) -> Iterator[None]:
        """Settle a plan and keep it, if the limits allow it and none is better."""
        key = tuple(sorted(map(repr, changes)))
        if key in self._settled:
            return
        self._settled.add(key)
        result = yield from settled(self.world, changes, self._may_become_kept)
        if result is None or not self._may_be_kept(
            result.answer.penalty, result.answer.touched, len(result.changes)
        ):
            return
        ordered = yield from self._moves.in_order(
            self.world.baseline, self.world.view, [[change] for change in result.changes]
        )
        if ordered is None:
            return
        after = result.after
        cost = cost_of(self.world.baseline, after, result.changes, self.world.touched)
        found = Found(
            result.answer.penalty,
            cost.touched,
            result.changes,
            cost,
            _placed(self.world.baseline, after),
            ordered.odd,
        )
        broken = self._limits.broken_by(self.world.baseline, after, result.changes, cost, result.left)
        if not broken:
            self._archive.add(found)
        elif self._outside is None or found.point < self._outside[0].point:
            self._outside = found, broken

    # -- presentation ------------------------------------------------------------------------------

    def finish(self) -> Iterator[None]:
        """Present what was found when the search ends."""
        if not len(self._archive):
            yield from self._end_first_plan()
        yield from self._present()
        if self._outside is not None:
            found, broken = self._outside
            if not any(each.beats(found.point, found.odd) for each in self._archive):
                plan = yield from self._as_plan(found)
                self.progress = replace(self.progress, outside=Outside(plan, tuple(broken)))

    def _as_plan(self, found: Found) -> Generator[None, None, Suggestion]:
        return presented(self.world, self._moves, found.changes, found.cost)

    def _end_first_plan(self) -> Iterator[None]:
        """Make a plan of what is known so far, where the search ended before its first one was made."""
        yield from self._greedy.run(FIRST_PRICE, fixes_only=True)
        yield from self._settle_world()

    def _present(self) -> Iterator[None]:
        """Bring the plans shown up to date with the archive."""
        if self._shown_version == self._archive.version:
            return
        version = self._archive.version
        plans = []
        shown = chosen(self._archive, self._options.plans, self._limits.price)
        for number, found in enumerate(shown, start=1):
            if found not in self._presented:
                self._presented[found] = yield from self._as_plan(found)
            plans.append(replace(self._presented[found], id=f"p{number}"))
        names = told_apart([plan.name for plan in plans], [found.changes for found in shown])
        plans = [replace(plan, name=name) for plan, name in zip(plans, names, strict=True)]
        best = recommended(shown, self._limits.price)
        self._shown_version = version
        self.progress = replace(
            self.progress,
            plans=tuple(plans),
            recommended=None if best is None else plans[shown.index(best)].id,
        )


def _nothing(_: object) -> None:
    return None


def _placed(before: Organization, after: Organization) -> frozenset[tuple[str, str, str | None]]:
    """What tells plans apart: people, functions, teams and leads placed elsewhere, and teams that go."""
    gone = {("team", team, None) for team in before.teams if team not in after.teams}
    functions = {
        ("function", each.id, each.team)
        for each in after.functions.values()
        if each.id in before.functions and before.functions[each.id].team != each.team
    }
    people = {
        ("person", each.id, each.team)
        for each in after.people.values()
        if each.id in before.people and before.people[each.id].team != each.team
    }
    teams = {
        (kind, each.id, place)
        for each in after.teams.values()
        if (was := before.teams.get(each.id)) is not None
        for kind, place, old in (("below", each.parent, was.parent), ("lead", each.lead, was.lead))
        if place != old
    }
    return frozenset(gone | functions | people | teams)
