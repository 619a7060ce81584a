"""A session: the shared log of a plan, the state it leads to, and what this user can undo.

An action is checked on the newest state, written to the log, applied, and only then reported to listeners.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, TypeVar

from orgtui.changes.plan_operations import (
    Decision,
    DescribeWave,
    Review,
    SetStatus,
    TakeBackSignature,
)
from orgtui.changes.refusal import Refused
from orgtui.engine.view import View
from orgtui.model.gate import refused_character
from orgtui.model.kinds import PlanStatus, Verdict
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Assessment, Difference, Preview
from orgtui.rules.inputs import Waves
from orgtui.session.log.chain import HEAD_DIGITS
from orgtui.session.log.entries import InvalidEntry
from orgtui.session.store import Entry, LogError, LogReplaced, LogUnusable, SessionStore
from orgtui.session.timeline.acting import ActionPlanner
from orgtui.session.timeline.attempt import Attempt, PlannedAction
from orgtui.session.timeline.deciding import described_wave
from orgtui.session.timeline.decisions import STATUS, Decided, Decisions
from orgtui.session.timeline.history import History
from orgtui.session.timeline.reviews import Reviews, seats_to_review
from orgtui.session.timeline.signatures import Signature, Signatures, holding_signatures
from orgtui.session.timeline.state import (
    NO_STEPS,
    Contradiction,
    NetSteps,
    State,
    StepRefused,
    Transition,
    merge_sets,
)
from orgtui.session.timeline.step import Act, ActKind, News, SessionStep, in_plan_order

if TYPE_CHECKING:
    from orgtui.changes.base import Change
    from orgtui.changes.step import Step

T = TypeVar("T")

RECENT_STEPS = 200
"""How many steps at the end of a long log are kept one by one, as they are undone most."""

NO_DIFFERENCE = Difference()


@dataclass(frozen=True, slots=True)
class Changed:
    """What listeners get: the state is now `revision`, reached by `sets`.

    `news` says what others did; it is empty for what this session did itself. `signed` are the signatures
    that hold now and did not before, also those that hold again; `unsigned` those that hold no longer.
    """

    revision: int
    sets: tuple[Set, ...]
    difference: Difference
    news: tuple[News, ...] = ()
    signed: tuple[Signature, ...] = ()
    unsigned: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class _Followed:
    """What following entries of others did to the state."""

    sets: tuple[Set, ...] = ()
    difference: Difference = NO_DIFFERENCE
    news: tuple[News, ...] = ()


class Session:
    """One organisation being restructured, as one user sees it.

    `assess` assesses the state it begins with. `beginning` is the first entry of a log that has yet to be
    begun. `read_only` says why nothing can be changed here, if so; it can be set and cleared while the
    session is open. `net` is what the first steps of the history come to, if a checkpoint says it. Raises
    Refused if the steps of the history cannot be made.
    """

    def __init__(
        self,
        baseline: Organization,
        assess: Callable[[Organization], Assessment],
        store: SessionStore,
        history: History,
        beginning: Entry | None,
        read_only: Sentence | None = None,
        net: NetSteps = NO_STEPS,
    ) -> None:
        self.baseline = baseline
        self.author = store.author
        self.revision = 0
        self.read_only = self._initial_read_only = read_only
        self._store = store
        self._history = history
        self._beginning = beginning
        self._is_following = True
        self._read_failure: Sentence | None = None
        self._replaced: LogReplaced | None = None
        self._listeners: list[Callable[[Changed], None]] = []
        self._net = net
        self._to_review = dict.fromkeys(seats_to_review(baseline))
        self._known_signatures: Signatures | None = None
        self._at_moment: tuple[object, Reviews | None, Signatures | None] = (None, None, None)
        try:
            self._state = self._first_state(assess)
        except StepRefused as refusal:
            said = N_("change {number} cannot be made: {reason}")
            raise Refused(sentence(said, number=refusal.step.number, reason=refusal.sentence)) from refusal

    def _first_state(self, assess: Callable[[Organization], Assessment]) -> State:
        """The state that the history leads to; raises StepRefused."""
        if self._net.count:
            with suppress(Refused):  # what a checkpoint says cannot be made: the log alone decides
                return State(self.baseline, assess, self._history.active(self._net.count), self._net)
        self._net, self._history.is_on_checkpoint = NO_STEPS, False
        return State(self.baseline, assess, self._history.active())

    # -- reading -----------------------------------------------------------------------------------

    @property
    def assessment(self) -> Assessment:
        return self._state.assessment

    @property
    def organization(self) -> Organization:
        return self._state.organization

    @property
    def moved(self) -> set[str]:
        """The ids of people who sit in another team than in the baseline."""
        return self._state.moved

    @property
    def failure(self) -> Sentence | None:
        """Why the session became read-only while it was open."""
        return None if self.read_only is self._initial_read_only else self.read_only

    @property
    def steps(self) -> list[SessionStep]:
        """The active steps, oldest first; reads those up to a checkpoint if nothing has needed them yet."""
        return self._history.active()

    @property
    def has_steps(self) -> bool:
        """Whether there is any active step."""
        return self._history.has_active

    @property
    def last_step(self) -> SessionStep:
        """The last active step of this user, of anybody if there is none; there has to be an active step."""
        history = self._history
        own = (step for step in history.active_backwards() if step.by == self.author)
        return next(own, None) or next(history.active_backwards())

    @property
    def unfolded(self) -> bool:
        """Whether steps have changed since the plan file was written."""
        return self._history.unfolded

    @property
    def first_step(self) -> SessionStep | None:
        """The step that was done first, active or not."""
        return self._history.step(1) if self._history.step_count else None

    @property
    def entry_count(self) -> int:
        """How many entries of the log have been read or written."""
        return self._store.count

    @property
    def log_head(self) -> str:
        """The hash of the last of these entries, short enough to be compared by people."""
        return self._store.head[:HEAD_DIGITS]

    @property
    def moment(self) -> int:
        """How far the session has come; what a user sees now is later told by it, see `do`."""
        return len(self._state.passages)

    @property
    def known_plans(self) -> tuple[str | None, ...]:
        """The hashes that the plan file can have if only sessions on this log wrote it; None for no file."""
        return None, self._history.plan, self._history.folding

    @property
    def can_undo(self) -> bool:
        return self._history.last_of(self.author) is not None

    @property
    def can_redo(self) -> bool:
        return self._history.last_undone_by(self.author) is not None

    def steps_to_undo(self) -> tuple[ActKind, list[SessionStep]] | None:
        """What `undo` would take back: what was done to steps, and the steps."""
        return self._steps_of(self._history.last_of(self.author))

    def steps_to_redo(self) -> tuple[ActKind, list[SessionStep]] | None:
        """What `redo` would do again: what was done to steps, and the steps."""
        return self._steps_of(self._history.last_undone_by(self.author))

    def _steps_of(self, act: Act | None) -> tuple[ActKind, list[SessionStep]] | None:
        if act is None:
            return None
        steps = [] if act.kind == "decide" else [self._history.step(number) for number in act.steps]
        return act.kind, steps

    @property
    def decision_to_undo(self) -> Decision | None:
        """The decision about the plan that `undo` would take back, if it is one."""
        act = self._history.last_of(self.author)
        return None if act is None else act.decision

    @property
    def decision_to_redo(self) -> Decision | None:
        """The decision about the plan that `redo` would make again, if it is one."""
        act = self._history.last_undone_by(self.author)
        return None if act is None else act.decision

    def step(self, number: int) -> SessionStep:
        """The step of a number."""
        return self._history.step(number)

    def preview(
        self, changes: Sequence[Change], answer: Callable[[View], T], *, graph_lane: bool = False
    ) -> Preview[T]:
        """What changes would do to the findings, and `answer` in that state; raises Refused."""
        from orgtui.changes.compile import compile_all

        sets = compile_all(self.organization, changes, self.assessment.has_finding)
        return self.assessment.preview(sets, answer, graph_lane=graph_lane)

    def since_baseline(self, answer: Callable[[View], T]) -> Preview[T]:
        """How all steps together changed the findings, and `answer` in the baseline."""
        return self.assessment.preview_baseline(self.baseline, answer)

    @property
    def has_pending_rules(self) -> bool:
        """Whether rules on the whole team graph or on whole waves have not been evaluated for this state."""
        counted = self.assessment.view.options(Waves).reviewed
        return self._state.has_pending_rules or counted != self.reviews.reviewed

    def evaluate_pending(self) -> Changed:
        """Evaluate the rules on the whole team graph and on whole waves, if any are waiting."""
        return Changed(self.revision, (), self._state.evaluate_pending(self.reviews.reviewed))

    def steps_to_net(self) -> list[Step]:
        """The changes of all active steps, one by one; the first of them may have been netted already."""
        return self._steps_to_net(self._history.step_count)

    def _steps_to_net(self, until: int) -> list[Step]:
        """The same of the steps up to a number."""
        from orgtui.changes.step import Step

        net = self._known_net()
        steps = (each for each in self._history.active(net.count) if each.number <= until)
        return [*net.steps] + [
            Step(change, {}, part.why, part.by, part.at, part.wave)
            for part in in_plan_order(steps)
            for change in part.changes
        ]

    def net_earlier(self) -> NetSteps:
        """Net all steps but the last RECENT_STEPS, for `steps_to_net`; raises Refused.

        Next time only those after them have to be netted. Recent ones are left, as they are undone most.
        """
        from orgtui.changes.net import net

        known = self._known_net()
        count = self._history.beginning_of_plan(self._history.step_count - RECENT_STEPS)
        if known.count < count:
            steps = tuple(net(self.baseline, self._steps_to_net(count)))
            active = self._history.active(known.count)
            parts = (part for step in active if step.number <= count for part in step.parts)
            waves = {*known.waves, *(part.wave for part in parts)}
            self._net, self._history.resumed = NetSteps(count, steps, tuple(sorted(waves))), count
        return self._known_net()

    def _known_net(self) -> NetSteps:
        """What the first steps come to, as far as that is known."""
        return self._net if self._net.count == self._history.resumed else NO_STEPS

    def keep_checkpoint(self) -> None:
        """Keep a checkpoint of a long log, so that it opens quickly next time; never fails.

        After everything was read, and nothing is being written.
        """
        if self.read_only is None and self._is_following:
            with suppress(Refused):  # what cannot be netted has no checkpoint; the log holds it
                is_outdated = not self._history.is_on_checkpoint
                self._store.keep_checkpoint(self._history.baseline or "", self._checkpoint, is_outdated)
                self._history.is_on_checkpoint = True

    def _checkpoint(self) -> Mapping[str, object]:
        net = self.net_earlier()
        return {"history": self._history.to_mapping(net.count), **net.to_mapping()}

    def subscribe(self, listener: Callable[[Changed], None]) -> None:
        """Call a listener after every change of the state, in the thread that made or followed it."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Changed], None]) -> None:
        self._listeners.remove(listener)

    # -- the plan itself -----------------------------------------------------------------------------

    @property
    def decisions(self) -> Decisions:
        """What is decided about the plan: waves, verdicts, signatures, status; only to read."""
        return self._history.decisions

    @property
    def status(self) -> PlanStatus:
        """How far the plan has come."""
        return self._history.decisions.status

    @property
    def status_set(self) -> Decided | None:
        """Who set the status, and when; None for a draft from the beginning."""
        return self._history.decisions.of(STATUS)

    @property
    def locked(self) -> Sentence | None:
        """Why the plan refuses every change, if it is approved or applied: by whom and since when."""
        return self._history.decisions.locked

    @property
    def waves(self) -> Mapping[int, DescribeWave]:
        """The waves that have a name or a day, by number."""
        described = (wave for wave, _ in self._history.decisions.each(DescribeWave))
        return {
            each.wave: each for each in sorted(described, key=lambda wave: wave.wave) if each.says_anything
        }

    @property
    def reviews(self) -> Reviews:
        """The verdicts on the seats, and what is left, as of now."""
        known = self._remembered()[0]
        if known is None:
            state = self._state
            known = Reviews(self._to_review, self.decisions, state.changed_seats, state.step_of_seat)
            self._remember(known, None)
        return known

    @property
    def signatures(self) -> Signatures:
        """The signatures that hold now, by division."""
        known = self._remembered()[1]
        if known is None:
            known = holding_signatures(self.decisions, self._state.divisions)
            self._remember(None, known)
        return known

    @property
    def divisions(self) -> list[str]:
        """The divisions that can be signed, in the order of the file."""
        there, divisions = self.organization, self._state.divisions
        below = sorted(there.index("children", there.root), key=there.teams.rank)
        return [team for team in below if not divisions.is_empty(team)]

    @property
    def present_wave(self) -> int:
        """The wave into which the next change of this user goes."""
        return max(1, self._history.wave_of_next(self.author))

    @property
    def sets_by_wave(self) -> dict[int, list[Set]]:
        """What the changes of each wave come to, wave by wave."""
        return self._state.sets_by_wave()

    def left_by_division(self) -> dict[str | None, list[str]]:
        """The seats without a verdict by division; see `Reviews.left_by_division`."""
        return self.reviews.left_by_division(self.organization, self._state.divisions)

    def _remembered(self) -> tuple[Reviews | None, Signatures | None]:
        """What was made for this moment already."""
        moment, reviews, signatures = self._at_moment
        return (reviews, signatures) if moment == self._now() else (None, None)

    def _remember(self, reviews: Reviews | None, signatures: Signatures | None) -> None:
        known = self._remembered()
        self._at_moment = (self._now(), reviews or known[0], known[1] if signatures is None else signatures)

    def _now(self) -> tuple[int, int]:
        """What differs once anything was done."""
        return self.moment, self.entry_count

    # -- changing ------------------------------------------------------------------------------------

    def do(
        self,
        changes: Sequence[Change],
        why: str | None = None,
        since: int | None = None,
        waves: Sequence[int] = (),
    ) -> Changed:
        """Make changes as one step; blocks until it is kept in the log.

        They are made in the present wave; with `waves`, in waves of their own after it: one number for each
        change, from 1, that never decreases.

        `since` is the `moment` at which the user saw what the changes replace, now if it is left out. Raises
        Refused or LogError and alters nothing then, but for what others wrote. A change that somebody else
        has just made impossible is refused as Overtaken, one that would replace what somebody else has put
        there since as Superseded, both with who changed what. To insist is to do it again since now.
        """
        if not changes:
            raise Refused(sentence("There is nothing to do"))
        reason = _reason(why)
        seen = self.moment if since is None else since
        return self._act(lambda: self._planner().do(changes, reason, seen, waves))

    def undo(self) -> Changed:
        """Undo the last act of this user; raises Refused if there is none or a later step needs it."""
        act = self._history.last_of(self.author)
        if act is None:
            others = self._history.has_acts()
            raise Refused(
                sentence("None of the changes is yours") if others else sentence("There is nothing to undo")
            )
        return self._act(lambda: self._planner().undo(act))

    def redo(self) -> Changed:
        """Redo what this user undid last; raises Refused if there is nothing."""
        act = self._history.last_undone_by(self.author)
        if act is None:
            raise Refused(sentence("There is nothing to redo"))
        return self._act(lambda: self._planner().redo(act))

    def drop(self, number: int, others: Sequence[int] = (), why: str | None = None) -> Changed:
        """Drop one step and keep the rest; raises Refused if a later one needs it.

        `others` are dropped together with it: one undo takes all back. `why` is the reason, if there is one.
        """
        reason = _reason(why)
        return self._act(lambda: self._planner().drop(number, others, reason))

    def resting_on(self, numbers: Sequence[int], most: int) -> list[SessionStep]:
        """The later steps that would have to be dropped together with some steps, in order; `most` of them.

        Takes time by how many steps are later, and how many of them it finds. Raises Refused.
        """
        return sorted(self._planner().resting_on(numbers, most), key=lambda step: step.number)

    def preview_drop(self, number: int, others: Sequence[int] = ()) -> Preview[None]:
        """What dropping steps would do to the findings; raises Refused."""
        transition = self._planner().drop(number, others).transition
        return self.assessment.preview(merge_sets(transition.sets), lambda _: None)

    def set_wave(self, numbers: Iterable[int], wave: int) -> Changed:
        """Put steps into a wave, each with all its changes; the organisation stays as it is.

        Within a wave steps keep their order. Raises Refused if that cannot be: a change would come before
        what it needs, or the organisation would come out otherwise.
        """
        placed = tuple(numbers)
        return self._act(lambda: self._planner().set_wave(placed, wave))

    def say_why(self, number: int, why: str, since: int | None = None) -> None:
        """Record why a step was made; blank text removes the reason. See `do` for `since`."""
        reason, seen = _reason(why), self.moment if since is None else since
        self._act(lambda: self._planner().say_why(number, reason, seen))

    def describe_wave(
        self, wave: int, name: str | None = None, on: date | None = None, since: int | None = None
    ) -> Changed:
        """Say what a wave is called and when it is announced; what is left out is not said any more.

        Like all decisions about the plan it is undone on its own. See `do` for `since` and what is raised.
        """
        return self._decide(described_wave(wave, name, on), since)

    def review(self, person: str, verdict: Verdict, since: int | None = None) -> Changed:
        """Give a verdict on a seat that no change touches."""
        return self._decide(Review(person, verdict), since)

    def sign_off(self, team: str, since: int | None = None) -> Changed:
        """Sign a division as it is now; refused as Superseded if others changed it since."""
        seen = self.moment if since is None else since
        return self._act(lambda: self._planner().sign_off(team, seen))

    def take_back_signature(self, team: str, since: int | None = None) -> Changed:
        """Take the signature of a division back, whoever signed it."""
        return self._decide(TakeBackSignature(team), since)

    def set_status(self, status: PlanStatus, since: int | None = None) -> Changed:
        """Say how far the plan has come; refused as Superseded if others did anything since."""
        return self._decide(SetStatus(status), since)

    def _decide(self, decision: Decision, since: int | None) -> Changed:
        seen = self.moment if since is None else since
        return self._act(lambda: self._planner().decide(decision, seen))

    def overridden(self, changes: Sequence[Change], since: int) -> News | None:
        """What others did since a moment that changes, which can be made now, would undo by replacing it."""
        return self._planner().superseding(changes, since)

    def catch_up(self) -> Changed | None:
        """Apply what others have written since, and notify listeners once; cheap if there is nothing.

        Raises LogReplaced if there is another log now: the session has to be opened again. While the log
        cannot be read the session is read-only; it stays so if an entry cannot be followed.
        """
        if not self._is_following:
            return None
        self._require_not_replaced()
        try:
            self._look_again()
            entries = self._store.read()
        except LogReplaced:
            raise
        except LogUnusable as error:
            self._stop(error.sentence)
            return None
        except LogError as error:
            if self.read_only is None:
                self.read_only = self._read_failure = error.sentence
            return None
        if self._read_failure is not None:
            self.read_only = self._read_failure = None
        return self._notify_followed(self._follow(self._after_beginning(entries)))

    @contextmanager
    def exclusive(self) -> Iterator[Callable[[Entry], None]]:
        """Keep everybody else from writing, with all that they wrote applied.

        Yields a function that writes an entry which changes no step. Raises Refused if the session is
        read-only, or LogError.
        """
        self._require_writable()
        followed: list[_Followed] = []
        try:
            with self._read_only_if_unusable(), self._store.exclusive():
                followed += self._follow(self._after_beginning(self._store.read()))
                self._require_writable()
                yield self._write_note
        finally:
            self._notify_followed(followed)

    def rotate_log(self) -> None:
        """Keep the log under another name so that a new one begins; inside `exclusive`. Raises LogError.

        This session, like every other one on the old log, has to be opened again then.
        """
        self._store.rotate()
        self._replaced = LogReplaced(self._store.name)

    def close(self) -> None:
        """Close the store; the plan file is not written."""
        self._store.close()

    # -- the log -------------------------------------------------------------------------------------

    def _planner(self) -> ActionPlanner:
        return ActionPlanner(self._history, self._state, self.author)

    def _look_again(self) -> None:
        """Take back that the log cannot be written if it can be now."""
        if self.read_only is not None and self.read_only == self._store.unwritable:
            self._store.look_again()
            self.read_only = self._store.unwritable

    def _require_writable(self) -> None:
        if self.read_only is not None:
            raise Refused(self.read_only)

    def _act(self, plan: Callable[[], PlannedAction]) -> Changed:
        """Plan on the newest state, write the entry, apply the transition and notify listeners."""
        self._require_writable()
        attempt = Attempt(plan)
        followed: list[_Followed] = []
        history = self._history
        self._note_signatures()

        def compose(unread: Sequence[Entry]) -> Sequence[Entry]:
            nonlocal history
            self._follow_and_retry(unread, attempt, followed)
            self._require_writable()
            entry = attempt.planned().entry
            history = self._history_with(entry)
            return self._with_beginning(entry)

        try:
            with self._read_only_if_unusable():
                self._follow_and_retry(self._store.read(), attempt, followed)
                attempt.planned()  # what is refused needs no lock
                self._store.write(compose)
        finally:
            self._notify_followed(followed)
        self._history, self._beginning = history, None
        planned = attempt.planned()
        difference = self._state.apply(planned.transition)
        decided = planned.entry["entry"] not in ("why", "set_wave")
        return self._notify(merge_sets(planned.transition.sets), difference, is_told=decided)

    def _follow_and_retry(self, unread: Sequence[Entry], attempt: Attempt, followed: list[_Followed]) -> None:
        """Apply what others wrote, and plan the attempt again on that state."""
        before, entries = self._history, self._after_beginning(unread)
        followed += self._follow(entries)
        if entries and self._is_following and not attempt.succeeds():
            self._retry_after_each(entries, before, attempt)

    def _retry_after_each(self, entries: Sequence[Entry], before: History, attempt: Attempt) -> None:
        """Replay the entries one by one, to find the one after which the attempt is refused."""
        self._history = before.copy()
        for entry in entries:
            news = self._history.apply(entry)
            with suppress(StepRefused):  # by a step that a later one of the entries takes back
                told = () if news is None else (news,)
                self._state.apply(self._transition_to(self._history), told)
                attempt.retry(news)

    @contextmanager
    def _read_only_if_unusable(self) -> Iterator[None]:
        """Make the session read-only if the log turns out to be unusable."""
        self._require_not_replaced()
        try:
            yield
        except LogUnusable as error:
            self.read_only, self._read_failure = error.sentence, None
            raise

    def _write_note(self, entry: Entry) -> None:
        history = self._history_with(entry)
        self._store.write(lambda unread: self._with_beginning(entry))
        self._history, self._beginning = history, None

    def _history_with(self, entry: Entry) -> History:
        """The history with an entry that is about to be written; one that nobody could follow is refused."""
        history = self._history.copy()
        try:
            history.apply(entry)
        except InvalidEntry as invalid:
            raise Refused(invalid.sentence) from invalid
        return history

    def _with_beginning(self, entry: Entry) -> Sequence[Entry]:
        """What is to be written: the entry, after the beginning if the log has yet to be begun."""
        return [entry] if self._beginning is None else [self._beginning, entry]

    def _follow(self, entries: Sequence[Entry]) -> list[_Followed]:
        """Apply what others wrote in one transition, up to an entry that cannot be followed, if any."""
        if not entries or not self._is_following:
            return []
        self._note_signatures()
        history, news, wrong = self._history.copy(), [], None
        for entry in entries:
            try:
                news.append(history.apply(entry))
            except InvalidEntry as invalid:
                wrong = invalid.sentence
                break
        try:
            transition = self._transition_to(history)
        except StepRefused as refusal:
            if len(entries) > 1:
                return [each for entry in entries for each in self._follow([entry])]
            self._stop_following(refusal.sentence)
            return []
        except Contradiction as wrong_checkpoint:
            self._stop_following(wrong_checkpoint.sentence)
            return []
        self._history = history
        if wrong is not None:
            self._stop_following(wrong)
        reported = tuple(each for each in news if each is not None)
        return [_Followed(transition.sets, self._state.apply(transition, reported), reported)]

    def _transition_to(self, history: History) -> Transition:
        """The transition to the state of a history that continues this session's; raises StepRefused."""
        if history.resumed < self._state.netted:
            self._state.make_all(self._history.active())
        return self._state.plan_transition(history.active(self._state.netted))

    def _after_beginning(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The entries without the beginning, if others have begun the log before this session did."""
        if not entries or self._beginning is None:
            return entries
        self._require_same_beginning(entries[0])
        return entries[1:]

    def _require_same_beginning(self, entry: Entry) -> None:
        """Refuse a log that was begun from anything else than this session."""
        assert self._beginning is not None
        if any(entry.get(key) != self._beginning.get(key) for key in ("entry", "baseline", "plan", "steps")):
            self._replaced = LogReplaced(self._store.name)
            raise self._replaced
        self._beginning = None

    def _require_not_replaced(self) -> None:
        if self._replaced is not None:
            raise self._replaced

    def _stop_following(self, reason: Sentence) -> None:
        said = N_("{log} cannot be followed any further: {reason}")
        self._stop(sentence(said, log=self._store.name, reason=reason))

    def _stop(self, reason: Sentence) -> None:
        self.read_only = reason
        self._read_failure = None
        self._is_following = False

    # -- listeners -----------------------------------------------------------------------------------

    def _note_signatures(self) -> None:
        """Take note of the signatures that hold before anything is done, to tell which were lost by it."""
        if self._known_signatures is None:
            self._known_signatures = self.signatures

    def _notify_followed(self, followed: Sequence[_Followed]) -> Changed | None:
        """Notify listeners of what others did as one change; returns None if there is nothing."""
        news = tuple(each for step in followed for each in step.news)
        sets = merge_sets(each for step in followed for each in step.sets)
        if not news and not sets:
            return None
        difference = reduce(Difference.followed_by, (each.difference for each in followed))
        return self._notify(sets, self.assessment.judge(difference, sets), news)

    def _notify(
        self,
        sets: tuple[Set, ...],
        difference: Difference,
        news: tuple[News, ...] = (),
        *,
        is_told: bool = False,
    ) -> Changed:
        """Notify listeners if anything has come of it, or it `is_told` in any case."""
        self.revision += 1
        before, now = self._known_signatures or {}, self.signatures
        self._known_signatures = now
        signed = tuple(each for team, each in now.items() if before.get(team) != each)
        unsigned = tuple(each for team, each in before.items() if team not in now)
        changed = Changed(self.revision, sets, difference, news, signed, unsigned)
        if sets or news or is_told or self.has_pending_rules:
            for listener in self._listeners:
                listener(changed)
        return changed


def _reason(why: str | None) -> str | None:
    """A reason as it is stored, None if blank; raises Refused for characters that are not allowed."""
    if why is None or not why.strip():
        return None
    character = refused_character(why)
    if character is not None:
        raise Refused(sentence("{character} may not stand in a reason", character=character))
    return why
