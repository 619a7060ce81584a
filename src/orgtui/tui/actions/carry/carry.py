"""The carry mode: pick records up, preview dropping them at each place, drop them or put them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from time import perf_counter

from orgtui.advice.places import Place, Places
from orgtui.changes.base import Change, Refused
from orgtui.changes.operations.functions import MoveFunction
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.assessment import Difference
from orgtui.tui.actions.apply import Seen, make_changes
from orgtui.tui.actions.carry.bar import Bar, Here
from orgtui.tui.actions.carry.carried_items import CarriedItems
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.going import go_to
from orgtui.tui.actions.preview import PreviewDisplay
from orgtui.tui.commands.command import CARRY, TEAMS, Situation
from orgtui.tui.screens.session import BrowseMode, SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.tui.widgets.pane import NO_REFS
from orgtui.views.base.row import Row
from orgtui.views.words.fits import Worth
from orgtui.views.words.news import News, describe_news

SLICE_S, IDLE_SLICE_S = 0.004, 0.001
"""Seconds of computing balances between two pauses: when the user waits for it, and in the background."""

NO_GENERATION = -1
"""A generation that is never current."""

FIRST_SLICE_S = 0.0015
"""Seconds of computing balances that are painted together with the preview."""

PAUSE_S = 0.002
"""Seconds between two slices, for painting and input."""


class CarryMode(BrowseMode):
    """The mode of carrying: previews dropping the items at the cursor and computes balances of places.

    `balances` are by team, None where the items cannot be dropped; a bar says what dropping at the cursor
    means. Work is done in slices in the event loop; `_generation` grows with each move, so that
    outdated slices stop.
    """

    name = CARRY

    def __init__(self, screen: SessionScreen, workspace: SessionWorkspace) -> None:
        super().__init__(screen)
        self.workspace = workspace
        self.items = CarriedItems(())
        self.seen = Seen.now(screen)
        self.balances: dict[Ref, Worth | None] = {}
        self._carried: list[str] = []
        self._here: Here | None = None
        self.places = self._unweighed_places()
        self.over = False
        self.ranked = False
        self._ranks = NO_GENERATION
        self._preview = PreviewDisplay(screen, workspace)
        self._generation = 0

    def carry(self, items: CarriedItems) -> None:
        """Start to carry items, in place of those before."""
        self.items = items
        self.balances = {}
        self.places = self._unweighed_places()
        self.ranked = False
        self.screen.show_carried(frozenset(items.refs))
        self.screen.highlight_related(NO_REFS)
        self.preview_drop()
        self.screen.panes[TEAMS].reload(self.screen.panes[TEAMS].ref)

    def refresh(self, news: Sequence[News] = ()) -> None:
        """Preview again after a change of the organisation; ends if none of the items is left."""
        if self.over:
            return
        items = replace(self.items, refs=tuple(filter(self.workspace.exists, self.items.refs)))
        if items.refs:
            self.carry(items)
        else:
            self.end()
            gone = sentence("What you carried is not there any more")
            if news:
                did = describe_news(self.workspace.scene, news)
                gone = sentence("{did}; what you carried is not there any more", did=did)
            self.screen.show_message(gone, "error")

    def situation(self, now: Situation) -> Situation:
        return replace(now, carries=frozenset(ref.kind for ref in self.items.refs))

    def cursor_moved(self) -> None:
        if not self.over:
            self.preview_drop()

    def preview_drop(self) -> None:
        """Preview dropping at the cursor; balances are completed after that is painted."""
        self.workspace.end_preview()
        place = self.workspace.team_of(self.screen.pane.ref)
        changes = [] if place is None else self._changes(place)
        waiting, self._here = False, None
        if place is not None:
            try:
                preview = self.workspace.preview_changes(changes)
            except Refused as refusal:
                self._here = Here(refusal=refusal.sentence)
            else:
                waiting = preview.has_pending_rules
                self.workspace.preview(preview.difference, preview.answer)
                self._say_fit(place, preview.difference)
        self.workspace.show_balances(self.balances)
        self._weigh_slice(self.places.weigh(self._seen()), FIRST_SLICE_S)
        self._title = self._what_and_where(changes, place)
        self._carried = self._names(changes)
        self._preview.show(self._title)
        self.screen.carry_bar.reload()
        self._generation += 1
        generation = self._generation
        if waiting:
            self.screen.after_paint(lambda: self._ask_graph_lane(generation, changes, place))
        self.screen.after_paint(lambda: self._weigh(generation))

    def _ask_graph_lane(self, generation: int, changes: list[Change], place: str | None) -> None:
        """Complete the preview by the rules over the whole team graph."""
        if not self._is_stale(generation) and place is not None:
            preview = self.workspace.preview_changes(changes, graph_lane=True)
            self.workspace.preview(preview.difference, preview.answer)
            self._say_fit(place, preview.difference)
            self._preview.show(self._title)
            self.screen.carry_bar.reload()

    def _say_fit(self, place: str, difference: Difference) -> None:
        """Say in the bar what a place is worth, what dropping there does, how the items fit, and why."""
        fitting, signs = self.places.fitting(place), self.workspace.scene.signs
        score = signs.signed(difference.balance + fitting.points)
        mended, broken = len(difference.resolved), len(difference.introduced)
        self._here = Here(score, mended, broken, fitting.fit, fitting.why)

    def bar(self, width: int) -> Row:
        """The bar in `width` cells."""
        glyphs = self.screen.theme.glyphs
        shown = Bar(glyphs.carried, self._carried, self._here)
        return shown.row(width, self.screen.translate, glyphs.ellipsis)

    def drop(self) -> Sentence | None:
        """Drop the items at the cursor; returns why they cannot be dropped there."""
        place = self.workspace.team_of(self.screen.pane.ref)
        if place is None:
            return sentence("This row is no place to drop something; go to a team")
        self._preview.forget()
        self.over = True
        refusal = make_changes(self.screen, self._changes(place), self.seen)
        if refusal is None:
            self._leave()
        else:
            self.over = False
            self.refresh()
        return refusal

    def end(self) -> None:
        """Put the items back: end without a change."""
        self.over = True
        self._leave()
        self._preview.end()
        self.screen.panes[TEAMS].reload(self.screen.panes[TEAMS].ref)

    def _leave(self) -> None:
        """Return to browsing."""
        self.screen.mode = self.screen.browse_mode
        self.screen.show_carried(NO_REFS)
        self.screen.show_carry_bar(None)
        self.screen.show_related()

    def _changes(self, place: str) -> list[Change]:
        return self.items.changes(self.workspace.scene.view, place)

    def _what_and_where(self, changes: Sequence[Change], place: str | None) -> tuple[str, ...]:
        """The title: the items, how many people come along, and the team at the cursor."""
        names = self.workspace.scene.names
        along = sum(len(change.people) for change in changes if isinstance(change, MoveFunction))
        what = ", ".join(names(ref) for ref in self.items.refs) + (f" +{along}" if along else "")
        carried = f"{self.screen.theme.glyphs.carried} {what}"
        return (carried,) if place is None else (carried, names(Ref.to("team", place)))

    def _names(self, changes: Sequence[Change]) -> list[str]:
        """The names of the items, then of the people who come along."""
        moves = (change for change in changes if isinstance(change, MoveFunction))
        along = [Ref.to("person", person) for move in moves for person in move.people]
        return list(map(self.workspace.scene.names, dict.fromkeys([*self.items.refs, *along])))

    def _unweighed_places(self) -> Places:
        session = self.workspace.session
        return Places(session.assessment, self._changes, session.organization.teams, self.items.refs)

    def _seen(self) -> list[str]:
        """The teams on screen."""
        return [ref.id for ref in self.screen.panes[TEAMS].visible_refs() if ref.kind == "team"]

    def _weigh(self, generation: int) -> None:
        """Compute the balances of places on screen, then of all others, until the generation is outdated."""
        seen = self._seen()
        stages = [self.places.weigh(seen), self.places.complete(seen), *self._out_of_sight()]
        self._go_through(stages, generation, IDLE_SLICE_S)

    def _out_of_sight(self) -> list[Iterator[Place]]:
        return [self.places.weigh_rest(), self._completed()]

    def _completed(self) -> Iterator[Place]:
        """Complete the places, best first, until one takes longer than a slice."""
        places = self.places.complete_rest()
        began = perf_counter()
        while (place := next(places, None)) is not None and perf_counter() - began < SLICE_S:
            yield place
            began = perf_counter()

    def _go_through(
        self,
        stages: Sequence[Iterator[Place]],
        generation: int,
        seconds: float,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Compute places stage by stage with pauses between slices; calls `then` at the end."""
        if self._is_stale(generation):
            return
        if stages:
            left = stages[1:] if self._weigh_slice(stages[0], seconds) else stages
            self.screen.set_timer(PAUSE_S, lambda: self._go_through(left, generation, seconds, then))
        else:
            then()

    def _weigh_slice(self, places: Iterator[Place], seconds: float) -> bool:
        """Compute places for some seconds and show new balances; returns whether all are computed."""
        pane, ends, done = self.screen.panes[TEAMS], perf_counter() + seconds, True
        seen, new = set(pane.visible_refs()), False
        for place in places:
            ref = Ref.to("team", place.team)
            worth = None if place.refusal else Worth(place.score, place.fit)
            new |= ref in seen and (ref not in self.balances or self.balances[ref] != worth)
            self.balances[ref] = worth
            if perf_counter() > ends:
                done = False
                break
        if new:
            pane.reload(pane.ref)
        return done

    def go_to_best(self, by: int) -> None:
        """Compute all places, then go to the best, the next best (1) or the previous one (-1)."""
        self._generation += 1
        self._ranks = self._generation
        if self.places.has_unweighed:
            self.screen.show_message(sentence("Weighing all places"))
        self._go_through(self._out_of_sight(), self._generation, SLICE_S, lambda: self._go_by_rank(by))

    def _go_by_rank(self, by: int) -> None:
        self._ranks = NO_GENERATION
        here, places = self.workspace.team_of(self.screen.pane.ref), self.places
        begins, self.ranked = not self.ranked, True
        start = None if begins else here
        best = places.previous_best(start) if by < 0 and not begins else places.next_best(start)
        if best is not None and best != here:
            go_to(self.screen, Ref.to("team", best), TEAMS)
        self.screen.show_message(self._ranked_words(best, here, by, begins=begins))

    def _ranked_words(self, best: str | None, here: str | None, by: int, *, begins: bool) -> Sentence:
        """What there is to say of the place that is gone to, or why none is."""
        if not self.places.ranked_count:
            return sentence("There is no place where this can be dropped")
        if best is None:
            return sentence("There is no worse place") if by > 0 else sentence("There is no better place")
        place, count = self.places.known[best], self.places.ranked_count
        team, score = Ref.to("team", best), self.workspace.scene.signs.signed(place.score)
        if not begins:
            rank = self.places.rank_of(best)
            said = N_("Place {rank} of {count}: {team} {score}")
            return sentence(said, rank=rank, count=count, team=team, score=score)
        if place.score <= 0:
            said = N_("Nothing is better than where it is; of the other places {team} {score} is best")
        elif best == here:
            said = N_("Here is the best place: {team} {score}")
        else:
            said = N_("The best place: {team} {score}")
        return sentence(said, team=team, score=score)

    @property
    def busy(self) -> bool:
        """Whether the best place is still being computed."""
        return not self._is_stale(self._ranks)

    def _is_stale(self, generation: int) -> bool:
        return self.over or generation != self._generation


def mark(screen: SessionScreen) -> None:
    """Mark or unmark the record under the cursor, and move to the next row."""
    ref = screen.pane.ref
    if ref is not None and screen.marked.pop(ref, ref) is ref:
        screen.marked[ref] = None
    screen.show_marks()
    if screen.pane.move(1):
        screen.cursor_moved()


def clear_marks(screen: SessionScreen) -> None:
    """Remove all marks."""
    screen.marked.clear()
    screen.show_marks()


def lift(screen: SessionScreen) -> None:
    """Carry the marked records, else the one under the cursor."""
    refs, here = tuple(screen.marked), screen.pane.ref
    if not refs and here is not None:
        refs = (here,)
    clear_marks(screen)
    act = CarryMode(screen, workspace_of(screen))
    screen.mode = act
    screen.show_carry_bar(act.bar)
    act.carry(CarriedItems(refs))
    screen.clear_message()


def drop(screen: SessionScreen) -> None:
    """Drop the carried items at the cursor."""
    refusal = carry_mode(screen).drop()
    if refusal is not None:
        screen.show_message(refusal, "error")


def put_back(screen: SessionScreen) -> None:
    """Put the carried items back."""
    carry_mode(screen).end()


def toggle_people(screen: SessionScreen) -> None:
    """Carry functions with the people who mostly do them, or without."""
    act = carry_mode(screen)
    act.carry(replace(act.items, with_people=not act.items.with_people))
    said = (
        N_("Carried with the people who mostly do it")
        if act.items.with_people
        else N_("Carried without people")
    )
    screen.show_message(sentence(said))


def go_to_best(screen: SessionScreen, by: int) -> None:
    """Go to the next best (1) or previous (-1) place for the carried items."""
    carry_mode(screen).go_to_best(by)


def carry_mode(screen: SessionScreen) -> CarryMode:
    """The current mode; only for commands of the carry mode."""
    assert isinstance(screen.mode, CarryMode)
    return screen.mode
