"""A session: the shared log of a plan, the state it leads to, and what this user can undo.

A step is checked on the newest state, written to the log, applied, and only then told to those who listen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, TypeVar

from orgtui.changes.refusal import Refused
from orgtui.engine.view import View
from orgtui.model.gate import refused_character
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Assessment, Difference, Preview
from orgtui.session.log.entries import InvalidEntry
from orgtui.session.store import Entry, LogError, LogReplaced, LogUnusable, SessionStore
from orgtui.session.timeline.acting import ActionPlanner
from orgtui.session.timeline.attempt import Attempt, PlannedAction
from orgtui.session.timeline.history import History
from orgtui.session.timeline.state import State, StepRefused, merge_sets
from orgtui.session.timeline.step import News, SessionStep

if TYPE_CHECKING:
    from orgtui.changes.base import Change

T = TypeVar("T")
NO_DIFFERENCE = Difference()


@dataclass(frozen=True, slots=True)
class Changed:
    """What listeners are told: the state is now `revision`, reached by `sets`.

    `news` says what others did; it is empty for what this session did itself.
    """

    revision: int
    sets: tuple[Set, ...]
    difference: Difference
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class _Followed:
    """What entries that others wrote came to here."""

    sets: tuple[Set, ...] = ()
    difference: Difference = NO_DIFFERENCE
    news: tuple[News, ...] = ()


class Session:
    """One organisation being restructured, as one user sees it.

    `read_only` says why nothing can be changed from here, if so.
    """

    def __init__(
        self,
        baseline: Organization,
        assessment: Assessment,
        store: SessionStore,
        history: History,
        beginning: Entry | None,
        read_only: Sentence | None = None,
    ) -> None:
        self.baseline = baseline
        self.author = store.author
        self.revision = 0
        self.read_only = self._from_the_start = read_only
        self._store = store
        self._history = history
        self._beginning = beginning
        self._follows = True
        self._unread: Sentence | None = None
        self._replaced: LogReplaced | None = None
        self._state = State(baseline, assessment)
        self._listeners: list[Callable[[Changed], None]] = []
        try:
            self._state.apply(self._state.plan_transition(history.active()))
        except StepRefused as refusal:
            said = "change {number} cannot be made: {reason}"
            raise Refused(sentence(said, number=refusal.step.number, reason=refusal.sentence)) from refusal

    # -- reading -----------------------------------------------------------------------------------

    @property
    def assessment(self) -> Assessment:
        return self._state.assessment

    @property
    def organization(self) -> Organization:
        return self._state.organization

    @property
    def moved(self) -> set[str]:
        """Who sits in another team than in the baseline."""
        return self._state.moved

    @property
    def failure(self) -> Sentence | None:
        """Why the session became read-only while it was open."""
        return None if self.read_only is self._from_the_start else self.read_only

    @property
    def steps(self) -> list[SessionStep]:
        """The steps that hold, oldest first."""
        return self._history.active()

    @property
    def unfolded(self) -> bool:
        """Whether the log holds something that the plan file does not."""
        return self._history.unfolded

    @property
    def first_step(self) -> SessionStep | None:
        """The step that was made first, whether it holds or not."""
        return self._history.steps.get(1)

    @property
    def seen(self) -> int:
        """How many entries of the log have been taken in."""
        return self._store.count

    @property
    def plans(self) -> tuple[str | None, ...]:
        """Hashes of what the plan file may hold as long as only sessions on this log wrote it."""
        return None, self._history.plan, self._history.folding

    @property
    def can_undo(self) -> bool:
        return self._history.last_of(self.author) is not None

    @property
    def can_redo(self) -> bool:
        return self._history.last_undone_by(self.author) is not None

    def preview(
        self, changes: Sequence[Change], answer: Callable[[View], T], *, graph_lane: bool = False
    ) -> Preview[T]:
        """What changes would do, and the caller's own answer in that state; raises Refused."""
        from orgtui.changes.compile import compile_all

        sets = compile_all(self.organization, changes, self.assessment.finds)
        return self.assessment.what_if(sets, answer, graph_lane=graph_lane)

    def since_baseline(self, answer: Callable[[View], T]) -> Preview[T]:
        """What taking every step back would do, and the caller's own answer in the baseline."""
        return self.assessment.back_to(self.baseline, answer)

    @property
    def waiting(self) -> bool:
        """Whether rules that look at the whole team graph, or at whole waves, have yet to be asked."""
        return self._state.waiting

    def settle(self) -> Changed:
        """Ask the rules that look at the whole team graph or at whole waves, if any wait."""
        return Changed(self.revision, (), self._state.settle(self.steps))

    def subscribe(self, listener: Callable[[Changed], None]) -> None:
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Changed], None]) -> None:
        self._listeners.remove(listener)

    # -- changing ------------------------------------------------------------------------------------

    def do(self, changes: Sequence[Change], why: str | None = None) -> Changed:
        """Make changes as one undo step; raises Refused or LogError and leaves everything as it was.

        One that somebody else just made impossible is refused with who changed what.
        """
        if not changes:
            raise Refused(sentence("There is nothing to do"))
        reason = _reason(why)
        return self._act(lambda: self._planner().do(changes, reason))

    def undo(self) -> Changed:
        """Take the last act of this user back; raises Refused if there is none, or others built on it."""
        act = self._history.last_of(self.author)
        if act is None:
            others = self._history.has_acts()
            raise Refused(
                sentence("None of the changes is yours") if others else sentence("There is nothing to undo")
            )
        return self._act(lambda: self._planner().undo(act))

    def redo(self) -> Changed:
        """Do again what this user undid last; raises Refused if there is nothing."""
        act = self._history.last_undone_by(self.author)
        if act is None:
            raise Refused(sentence("There is nothing to redo"))
        return self._act(lambda: self._planner().redo(act))

    def drop(self, number: int) -> Changed:
        """Take one step out from among the others; raises Refused if a later one needs it."""
        return self._act(lambda: self._planner().drop(number))

    def say_why(self, number: int, why: str) -> None:
        """Put on record why a step was made; blank text takes the reason away."""
        reason = _reason(why)
        self._act(lambda: self._planner().say_why(number, reason))

    def catch_up(self) -> Changed | None:
        """Take in what others wrote since, and tell it; without news it costs one look at the file.

        Raises LogReplaced if the log was set aside for another one: the session has to be opened anew. The
        session is read-only while the log cannot be read, and from then on if it cannot be read any further.
        """
        if not self._follows:
            return None
        self._require_same_log()
        try:
            entries = self._store.read()
        except LogReplaced:
            raise
        except LogUnusable as error:
            self._stop(error.sentence)
            return None
        except LogError as error:
            if self.read_only is None:
                self.read_only = self._unread = error.sentence
            return None
        if self._unread is not None:
            self.read_only = self._unread = None
        return self._tell_all(self._follow(self._after_beginning(entries)))

    @contextmanager
    def exclusive(self) -> Iterator[Callable[[Entry], None]]:
        """Keep everybody else from writing; yields what notes an entry that changes no step.

        Everything that others wrote is taken in. Raises Refused if the session is read-only, or LogError.
        """
        self._require_writable()
        followed: list[_Followed] = []
        try:
            with self._heeding_the_log(), self._store.exclusive():
                followed += self._follow(self._after_beginning(self._store.read()))
                self._require_writable()
                yield self._note
        finally:
            self._tell_all(followed)

    def rotate_log(self) -> None:
        """Let a new log begin, inside `exclusive`; raises LogError.

        This session, like every other one on the old log, has to be opened again then.
        """
        self._store.rotate()
        self._replaced = LogReplaced(self._store.name)

    def close(self) -> None:
        self._store.close()

    # -- the log -------------------------------------------------------------------------------------

    def _planner(self) -> ActionPlanner:
        return ActionPlanner(self._history, self._state, self.author)

    def _require_writable(self) -> None:
        if self.read_only is not None:
            raise Refused(self.read_only)

    def _act(self, plan: Callable[[], PlannedAction]) -> Changed:
        """Write what is planned, on the newest state, and go there."""
        self._require_writable()
        attempt = Attempt(plan)
        followed: list[_Followed] = []
        history = self._history

        def compose(unread: Sequence[Entry]) -> Sequence[Entry]:
            nonlocal history
            self._keep_up(unread, attempt, followed)
            self._require_writable()
            entry = attempt.planned().entry
            history = self._history_with(entry)
            return self._with_beginning(entry)

        try:
            with self._heeding_the_log():
                self._keep_up(self._store.read(), attempt, followed)
                attempt.planned()  # what is refused needs no lock
                self._store.write(compose)
        finally:
            self._tell_all(followed)
        self._history, self._beginning = history, None
        planned = attempt.planned()
        return self._tell(merge_sets(planned.transition.sets), self._state.apply(planned.transition))

    def _keep_up(self, unread: Sequence[Entry], attempt: Attempt, followed: list[_Followed]) -> None:
        """Take in what others wrote, and try again on the state that it leads to."""
        before, entries = self._history, self._after_beginning(unread)
        followed += self._follow(entries)
        if entries and self._follows and not attempt.succeeds():
            self._try_after_each(entries, before, attempt)

    def _try_after_each(self, entries: Sequence[Entry], before: History, attempt: Attempt) -> None:
        """Go from an earlier history to this one again, trying after each entry: which one was the reason?"""
        self._history = before.copy()
        for entry in entries:
            news = self._history.apply(entry)
            self._state.apply(self._state.plan_transition(self._history.active()))
            attempt.retry(news)

    @contextmanager
    def _heeding_the_log(self) -> Iterator[None]:
        """What makes the log unusable makes the session read-only."""
        self._require_same_log()
        try:
            yield
        except LogUnusable as error:
            self.read_only, self._unread = error.sentence, None
            raise

    def _note(self, entry: Entry) -> None:
        history = self._history_with(entry)
        self._store.write(lambda unread: self._with_beginning(entry))
        self._history, self._beginning = history, None

    def _history_with(self, entry: Entry) -> History:
        """The history with an entry that is about to be written; what nobody could follow is refused."""
        history = self._history.copy()
        try:
            history.apply(entry)
        except InvalidEntry as invalid:
            raise Refused(invalid.sentence) from invalid
        return history

    def _with_beginning(self, entry: Entry) -> Sequence[Entry]:
        """What has to be written for an entry: where the log has yet to begin, its first entry as well."""
        return [entry] if self._beginning is None else [self._beginning, entry]

    def _follow(self, entries: Sequence[Entry]) -> list[_Followed]:
        """Take in what others wrote, all at once; an entry that cannot be followed ends the following."""
        if not entries or not self._follows:
            return []
        history, news, wrong = self._history.copy(), [], None
        for entry in entries:
            try:
                news.append(history.apply(entry))
            except InvalidEntry as invalid:
                wrong = invalid.sentence
                break
        try:
            transition = self._state.plan_transition(history.active())
        except StepRefused as refusal:
            if len(entries) > 1:
                return [each for entry in entries for each in self._follow([entry])]
            self._stop_following(refusal.sentence)
            return []
        self._history = history
        if wrong is not None:
            self._stop_following(wrong)
        told = tuple(each for each in news if each is not None)
        return [_Followed(transition.sets, self._state.apply(transition), told)]

    def _after_beginning(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """What others wrote that is not known here: where this session had yet to begin the log, they did."""
        if not entries or self._beginning is None:
            return entries
        self._require_same_beginning(entries[0])
        return entries[1:]

    def _require_same_beginning(self, entry: Entry) -> None:
        """Refuse a log that somebody began from anything else than this session did."""
        assert self._beginning is not None
        if any(entry.get(key) != self._beginning.get(key) for key in ("entry", "baseline", "plan", "steps")):
            self._replaced = LogReplaced(self._store.name)
            raise self._replaced
        self._beginning = None

    def _require_same_log(self) -> None:
        if self._replaced is not None:
            raise self._replaced

    def _stop_following(self, reason: Sentence) -> None:
        said = "{log} cannot be followed any further: {reason}"
        self._stop(sentence(said, log=self._store.name, reason=reason))

    def _stop(self, reason: Sentence) -> None:
        self.read_only = reason
        self._unread = None
        self._follows = False

    # -- telling -------------------------------------------------------------------------------------

    def _tell_all(self, followed: Sequence[_Followed]) -> Changed | None:
        """Tell what others did as one change; None if that is nothing."""
        news = tuple(each for step in followed for each in step.news)
        sets = merge_sets(each for step in followed for each in step.sets)
        if not news and not sets:
            return None
        difference = reduce(Difference.then, (each.difference for each in followed))
        return self._tell(sets, difference, news)

    def _tell(self, sets: tuple[Set, ...], difference: Difference, news: tuple[News, ...] = ()) -> Changed:
        self.revision += 1
        changed = Changed(self.revision, sets, difference, news)
        if sets or news:
            for listener in self._listeners:
                listener(changed)
        return changed


def _reason(why: str | None) -> str | None:
    """A reason as it is kept; raises Refused for characters that may not enter."""
    if why is None or not why.strip():
        return None
    character = refused_character(why)
    if character is not None:
        raise Refused(sentence("{character} may not stand in a reason", character=character))
    return why
