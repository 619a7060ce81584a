"""The history of a session: steps done, dropped, undone and redone, replayed from the entries of its log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, cast

from orgtui.changes.plan_operations import DECISIONS, SetStatus, decision_to_entry
from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import N_, sentence
from orgtui.session.log.entries import InvalidEntry, check_entry
from orgtui.session.store import Entry, is_vouched
from orgtui.session.timeline.decisions import IN_FILE, STATUS, Decided, Decisions
from orgtui.session.timeline.records import decided_in_file, decision_in, read_acts, written_acts
from orgtui.session.timeline.step import NO_STEP, Act, Kind, News, SessionStep


class EarlierSteps:
    """The steps up to a checkpoint: how many there are, their last wave, and how to read them."""

    def __init__(self, count: int, wave: int, load: Callable[[], Iterable[Entry]]) -> None:
        self.count = count
        self.wave = wave
        self._load = load

    @cached_property
    def steps(self) -> Mapping[int, SessionStep]:
        """The steps by number; reading them takes time by their number, once."""
        return History.of(self._load()).steps


@dataclass(slots=True)
class History:
    """The steps by number, which of them are active, and the acts that can be undone and redone.

    `resumed` is the number of steps up to the checkpoint that it was resumed from, while each of them is as
    it was there, otherwise 0: these steps are read only when one of them is needed. `is_on_checkpoint` says
    whether that is so of a checkpoint that was kept. `baseline` is the hash of
    the organisation it begins from, None before the first entry. `decisions` are those about the plan that
    hold. `plan` is the hash of the plan file written
    last, `folding` of the one that was about to be written last; `unfolded` says whether steps changed since.
    Applying an entry takes the same time however long the history is.
    """

    baseline: str | None = None
    plan: str | None = None
    folding: str | None = None
    unfolded: bool = False
    resumed: int = 0
    is_on_checkpoint: bool = False
    _earlier: EarlierSteps | None = None
    _steps: dict[int, SessionStep] = field(default_factory=dict)
    _since_folding: bool = False
    _acts: int = 0
    _done: dict[int, Act] = field(default_factory=dict)
    _undone: dict[str | None, dict[int, Act]] = field(default_factory=dict)
    _active: dict[int, None] = field(default_factory=dict)
    _placed: dict[int, dict[int, int]] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=Decisions)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> History:
        """Replay the entries of a log, oldest first; raises InvalidEntry with the number of a wrong one."""
        history = cls()
        history.extend(entries)
        return history

    @classmethod
    def resume(cls, said: Mapping[str, Any], load: Callable[[], Iterable[Entry]]) -> History:
        """The history that `to_mapping` was asked of, whose entries `load` reads."""
        names = said["authors"]
        history = cls(
            said["baseline"],
            said["plan"],
            said["folding"],
            said["unfolded"],
            resumed=said["steps"],
            is_on_checkpoint=True,
            _earlier=EarlierSteps(said["steps"], said["wave"], load),
            _since_folding=said["since_folding"],
            _acts=said["acts"],
            _done=read_acts(said["done"], names),
            _undone={names[by]: read_acts(acts, names) for by, acts in said["undone"]},
        )
        for number, (changes, why, by, at, wave, waves, vouched) in enumerate(
            said["recent"], said["steps"] + 1
        ):
            entry = {key: value for key, value in (("why", why), ("by", by), ("at", at)) if value is not None}
            step = _step(number, changes, {**entry, "wave": wave, "waves": waves})
            history._steps[number] = replace(step, is_vouched=vouched)
        for first, last in said["active"]:
            history._active.update(dict.fromkeys(range(first, last + 1)))
        for written, by, at, vouched in said["decided"]:
            when = None if at is None else datetime.fromisoformat(at)
            history.decisions.hold(IN_FILE, Decided(decision_in(written), by, when, vouched))
        for act in history._done.values():
            history._hold(act, True)
        return history

    def to_mapping(self, count: int) -> dict[str, object]:
        """All but the first `count` steps, as JSON holds it, but that dates of changes are still dates.

        Acts are columns, active steps the first and the last ones of each series.
        """
        from orgtui.changes.parse import change_to_mapping

        recent = [
            (
                [change_to_mapping(change) for change in step.changes],
                step.why,
                step.by,
                step.at and step.at.isoformat(),
                step.wave,
                step.waves,
                step.is_vouched,
            )
            for step in map(self._step_as_done, range(count + 1, self.step_count + 1))
        ]
        names: dict[str | None, int] = {}
        done = written_acts(self._done, names)
        undone = [
            [names.setdefault(by, len(names)), written_acts(acts, names)] for by, acts in self._undone.items()
        ]
        active = sorted(self._active)
        ends = [0, *(place for place, (a, b) in enumerate(pairwise(active), 1) if b > a + 1), len(active)]
        return {
            "baseline": self.baseline,
            "plan": self.plan,
            "folding": self.folding,
            "unfolded": self.unfolded,
            "since_folding": self._since_folding,
            "steps": count,
            "wave": self._last_wave_until(count),
            "recent": recent,
            "active": [(active[begin], active[end - 1]) for begin, end in pairwise(ends) if begin < end],
            "acts": self._acts,
            "done": done,
            "undone": undone,
            "authors": list(names),
            "decided": [
                (decision_to_entry(each.decision), each.by, each.at and each.at.isoformat(), each.is_vouched)
                for each in self.decisions.in_file()
            ],
        }

    def extend(self, entries: Iterable[Entry], after: int = 0) -> None:
        """Apply the entries of a log that follow the first `after`; see `of`."""
        for number, entry in enumerate(entries, start=after + 1):
            try:
                self.apply(entry)
            except InvalidEntry as invalid:
                raise invalid.at(number) from invalid

    def copy(self) -> History:
        """An independent copy, e.g. to check an entry before it is written; takes time by its length."""
        return replace(
            self,
            _steps=dict(self._steps),
            _done=dict(self._done),
            _undone={by: dict(acts) for by, acts in self._undone.items()},
            _active=dict(self._active),
            _placed={step: dict(waves) for step, waves in self._placed.items()},
            decisions=self.decisions.copy(),
        )

    def apply(self, entry: Entry) -> News | None:
        """Apply the next entry; returns what became of a step, if anything.

        Raises InvalidEntry if it does not follow from those before, and alters nothing then.
        """
        check_entry(entry)
        kind = entry["entry"]
        if (kind == "begin") != (self.baseline is None):
            raise InvalidEntry(sentence("a log begins once, with its first entry"))
        if kind == "begin":
            self._begin(entry)
        elif kind == "folding":
            self.folding = cast(str, entry["plan"])
            self._since_folding = False
        elif kind == "folded":
            self.plan = cast(str, entry["plan"])
            self.unfolded = self._since_folding
        else:
            news = self._changed(cast(str, kind), entry)
            self.unfolded = self._since_folding = True
            return news
        return None

    # -- active steps and acts ---------------------------------------------------------------------

    @property
    def steps(self) -> Mapping[int, SessionStep]:
        """The steps by number, as they were done; the earlier ones are read now, if they were not yet."""
        if self._earlier is not None:
            self._steps, self._earlier = {**self._earlier.steps, **self._steps}, None
        return self._steps

    @property
    def step_count(self) -> int:
        """How many steps there are, active or not."""
        return len(self._steps) + (0 if self._earlier is None else self._earlier.count)

    def wave_of_next(self, by: str) -> int:
        """The wave of the next step, made by `by`: that of the last step, active or not.

        Waves never decrease. But a last step in several waves that was taken back leaves none of them behind:
        then it is that of the last step that is active, or can be again. Where steps were put into other
        waves, it is the last wave of all these.
        """
        if self._placed:
            return max(map(self._wave_of, self._can_hold(by)), default=1)
        last = self.step_count
        if last in self._steps and self._steps[last].waves and not self.is_active(last):
            last = max(self._can_hold(by), default=0)
        return self._wave_of(last)

    def _can_hold(self, by: str) -> Iterator[int]:
        """The steps that are active, or can be again once `by` has done something else."""
        yield from self._active
        yield from (step for act in self._done.values() if act.kind == "drop" for step in act.steps)
        others = (acts for author, acts in self._undone.items() if author != by)
        yield from (act.step for acts in others for act in acts.values())

    def _wave_of(self, number: int) -> int:
        """The last wave of a step, 1 of number 0; reads no earlier ones for the last of them."""
        if self._earlier is not None and number == self._earlier.count and not self._placed:
            return self._earlier.wave
        return self.step(number).last_wave if number else 1

    def _last_wave_until(self, count: int) -> int:
        """The last wave of the first `count` steps."""
        if self._placed:
            return max(map(self._wave_of, range(1, count + 1)), default=1)
        return self._wave_of(count)

    def beginning_of_plan(self, limit: int) -> int:
        """The most steps, `limit` at most, that come before all others in the plan, active or not."""
        if not self._placed:
            return limit
        steps = [self.step(number) for number in range(1, self.step_count + 1)]
        first_after = list(accumulate((step.wave for step in reversed(steps)), min))[::-1]
        last_until = list(accumulate((step.last_wave for step in steps), max))
        counts = range(min(limit, len(steps) - 1), 0, -1)
        return next((count for count in counts if last_until[count - 1] <= first_after[count]), 0)

    @property
    def has_content(self) -> bool:
        """Whether there is any active step or decision; that the plan is a draft is none."""
        return bool(self._active) or bool(self.decisions)

    @property
    def has_active(self) -> bool:
        """Whether there is any active step."""
        return bool(self._active)

    def is_active(self, number: int) -> bool:
        """Whether there is an active step of a number."""
        return number in self._active

    def active(self, after: int = 0) -> list[SessionStep]:
        """The active steps after the first `after`, in the order in which they were done."""
        return [self.step(number) for number in sorted(self._active) if number > after]

    def active_backwards(self) -> Iterator[SessionStep]:
        """The active steps, the last one first, each read when it is asked for."""
        return map(self.step, sorted(self._active, reverse=True))

    def active_if(self, numbers: Iterable[int], active: bool, after: int = 0) -> list[SessionStep]:
        """The steps after the first `after` that are active once certain ones are or are not."""
        numbers = {*self._active, *numbers} if active else self._active.keys() - {*numbers}
        return [self.step(each) for each in sorted(numbers) if each > after]

    def step(self, number: int) -> SessionStep:
        """The step of a number, in the wave that it was put into last."""
        step, waves = self._step_as_done(number), self._placed.get(number)
        return step.placed(waves[max(waves)]) if waves else step

    def _step_as_done(self, number: int) -> SessionStep:
        """The step of a number in the waves in which it was done."""
        step = self._steps.get(number)
        return self.steps[number] if step is None else step

    def placed_later(self, act: Act) -> Act | None:
        """The last act of somebody else that put a step of an act into another wave, after it."""
        later = (each for each in self._done.values() if each.number > act.number and each.placed)
        others = (each for each in later if each.by != act.by and not {*each.placed}.isdisjoint(act.placed))
        return max(others, key=lambda each: each.number, default=None)

    def decided_later(self, act: Act) -> Act | None:
        """The last act of somebody else that decided about the topic of an act, after it."""
        later = (each for each in self._done.values() if each.number > act.number and each.by != act.by)
        topic = None if act.decision is None else act.decision.topic
        about = (each for each in later if each.decision is not None and each.decision.topic == topic)
        return max(about, key=lambda each: each.number, default=None)

    def active_step(self, number: object) -> SessionStep:
        """The step of a number; raises InvalidEntry if it is not active."""
        if number not in self._active:
            raise InvalidEntry(sentence("there is no change {number}", number=number))
        return self.step(number)

    def last_of(self, author: str) -> Act | None:
        """What an author can undo next."""
        done = reversed(self._done.values())
        return next((act for act in done if act.is_of(author) and self._can_be_undone(act)), None)

    def last_undone_by(self, author: str) -> Act | None:
        """What an author can redo next."""
        undone = reversed(self._undone.get(author, {}).values())
        return next((act for act in undone if self._can_be_redone(act)), None)

    def has_acts(self) -> bool:
        """Whether there is anything that somebody can undo."""
        return bool(self._done)

    def _can_be_undone(self, act: Act) -> bool:
        """Whether undoing an act would change something: not if its step was dropped since."""
        return act.kind in ("drop", "decide") or any(step in self._active for step in act.steps)

    def _can_be_redone(self, act: Act) -> bool:
        """Whether an undone act can be redone: not one about steps that are no longer active."""
        are_there = all if act.kind == "drop" else any
        return act.kind in ("do", "decide") or are_there(step in self._active for step in act.steps)

    # -- entries -----------------------------------------------------------------------------------

    def _begin(self, entry: Entry) -> None:
        steps: list[SessionStep] = []
        for written in cast("list[Mapping[str, object]]", entry.get("steps", [])):
            step = _step(len(steps) + 1, [cast("Mapping[str, object]", written["change"])], written)
            step = replace(step, is_vouched=is_vouched(entry, step.by))
            self._require_wave(step, steps[-1].wave if steps else 1)
            steps.append(step)
        self.baseline = cast(str, entry["baseline"])
        self.plan = cast("str | None", entry["plan"])
        for step in steps:
            self._steps[step.number] = step
            self._act(Act(0, "do", step.number, None))
        for decided in decided_in_file(entry):
            self.decisions.hold(IN_FILE, decided)

    def _changed(self, kind: str, entry: Entry) -> News:
        by, at = cast(str, entry["by"]), datetime.fromisoformat(cast(str, entry["at"]))
        self._require_unlocked(kind, entry)
        if kind in DECISIONS:
            vouched = is_vouched(entry, by)
            act = self._act(Act(0, "decide", 0, by, decision=decision_in(entry), at=at, is_vouched=vouched))
            return News(by, "decide", NO_STEP, at, vouched, decision=act.decision)
        if kind == "do":
            changes = cast("list[Mapping[str, object]]", entry["changes"])
            if len(changes) != len(cast("list[object]", entry["was"])):
                raise InvalidEntry(sentence("{key} is not as it should be", key="was"))
            waves = cast("list[int]", entry.get("waves", []))
            if waves and (len(waves) != len(changes) or waves[0] != entry.get("wave")):
                raise InvalidEntry(sentence("{key} is not as it should be", key="waves"))
            step = _step(self.step_count + 1, changes, entry)
            self._require_wave(step, self.wave_of_next(by))
            self._steps[step.number] = step
            self._act(Act(0, "do", step.number, by))
            return News(by, "do", step, at, step.is_vouched)
        if kind == "drop":
            step, *others = (self.active_step(number) for number in _dropped(entry))
            self._act(Act(0, "drop", step.number, by, others=tuple(each.number for each in others)))
            why = cast("str | None", entry.get("why"))
            return News(by, "drop", step, at, is_vouched(entry, by), tuple(others), why=why)
        if kind == "set_wave":
            numbers = [self.active_step(number).number for number in cast("list[int]", entry["changes"])]
            act = self._act(Act(0, "wave", numbers[0], by, tuple(numbers), cast(int, entry["wave"])))
            return self._placed_news(act, by, at, is_vouched(entry, by))
        if kind == "undo":
            act = self._find_done(entry["act"])
            del self._done[act.number]
            self._undone.setdefault(by, {})[act.number] = act
            return self._set_held(act, False, by, at, is_vouched(entry, by))
        if kind == "redo":
            undone, act = self._find_undone(entry["act"])
            del undone[act.number]
            self._done[act.number] = act
            return self._set_held(act, True, by, at, is_vouched(entry, by))
        step = self.active_step(entry["step"])
        self._touch(step.number)
        why = cast("str | None", entry.get("why"))
        self._steps[step.number] = replace(self._step_as_done(step.number), why=why)
        return News(by, "why", replace(step, why=why), at, is_vouched(entry, by))

    def _require_unlocked(self, kind: str, entry: Entry) -> None:
        """Refuse an entry that changes a plan which an entry made approved or applied, but for its status.

        A log that was begun with such a plan may hold changes: earlier versions made them.
        """
        decided = self.decisions.of(STATUS)
        if decided is None or decided.at is None or kind == SetStatus.op:
            return
        sides = {"undo": [self._done], "redo": [*self._undone.values()]}.get(kind, [])
        turned = (acts.get(cast(int, entry.get("act"))) for acts in sides)
        locked = self.decisions.locked
        if locked is not None and not any(act and isinstance(act.decision, SetStatus) for act in turned):
            raise InvalidEntry(locked)

    def _touch(self, step: int) -> None:
        """Take note that a step is not what it was, or not active as it was."""
        if step <= self.resumed:
            self.resumed, self.is_on_checkpoint = 0, False

    def _place(self, act: Act, holds: bool) -> None:
        """Note that an act puts its steps into its wave, or no longer does."""
        for step in act.placed:
            waves = self._placed.setdefault(step, {})
            if holds:
                waves[act.number] = act.wave
            else:
                del waves[act.number]
            if not waves:
                del self._placed[step]
        if self.resumed and act.placed:
            begin = self._last_wave_until(self.resumed)
            if act.step <= self.resumed or any(self.step(step).wave < begin for step in act.placed):
                self.resumed, self.is_on_checkpoint = 0, False

    def _hold(self, act: Act, holds: bool) -> None:
        """Let what an act says of waves or decides hold, or no longer."""
        if act.decision is None:
            self._place(act, holds)
        elif holds:
            self.decisions.hold(act.number, Decided(act.decision, act.by, act.at, act.is_vouched))
        else:
            self.decisions.release(act.number, act.decision.topic)

    def _act(self, made: Act) -> Act:
        """Record a new act with the next number; what its author undid before can no longer be redone."""
        self._acts += 1
        act = self._done[self._acts] = made._replace(number=self._acts)
        self._undone.pop(act.by, None)
        if act.kind == "do":
            self._active[act.step] = None
        elif act.kind == "drop":
            self._set_active(act, False)
        else:
            self._hold(act, True)
        return act

    def _set_active(self, act: Act, active: bool) -> None:
        """Make the steps of an act active, or no longer."""
        for step in act.steps:
            self._touch(step)
            if active:
                self._active[step] = None
            else:
                del self._active[step]

    def _set_held(self, act: Act, holds: bool, by: str, at: datetime, vouched: bool) -> News:
        """Undo an act, or redo it if it `holds`."""
        if act.kind == "decide":
            self._hold(act, holds)
            turned: Kind = "decide" if holds else "undecide"
            return News(by, turned, NO_STEP, at, vouched, decision=act.decision)
        if act.kind == "wave":
            self._hold(act, holds)
            return self._placed_news(act, by, at, vouched)
        active = holds == (act.kind == "do")
        self._set_active(act, active)
        kind: Kind = "redo" if active else "undo" if act.kind == "do" else "drop"
        others = tuple(map(self.step, act.others))
        return News(by, kind, self.step(act.step), at, vouched, others)

    def _placed_news(self, act: Act, by: str, at: datetime, vouched: bool) -> News:
        step, *others = (self.step(number) for number in act.placed)
        return News(by, "wave", step, at, vouched, tuple(others))

    def _find_done(self, number: object) -> Act:
        act = self._done.get(cast(int, number))
        if act is None or not self._can_be_undone(act):
            raise InvalidEntry(sentence("there is nothing to undo"))
        return act

    def _find_undone(self, number: object) -> tuple[dict[int, Act], Act]:
        """The undone act of a number, and the undone acts of the user who undid it."""
        for acts in self._undone.values():
            act = acts.get(cast(int, number))
            if act is not None and self._can_be_redone(act):
                return acts, act
        raise InvalidEntry(sentence("there is nothing to redo"))

    def _require_wave(self, step: SessionStep, latest: int) -> None:
        if step.wave < latest:
            wrong = N_("wave {wave} comes after wave {latest}")
            raise InvalidEntry(sentence(wrong, wave=step.wave, latest=latest))


def _dropped(entry: Entry) -> list[object]:
    """The numbers of the steps that an entry drops, each once."""
    numbers = [entry["step"], *cast("list[object]", entry.get("with", []))]
    if len({*numbers}) < len(numbers):
        raise InvalidEntry(sentence("{key} is not as it should be", key="with"))
    return numbers


def _step(number: int, changes: Sequence[Mapping[str, object]], entry: Entry) -> SessionStep:
    from orgtui.changes.parse import parse_change

    at = entry.get("at")
    try:
        parsed = tuple(parse_change(change) for change in changes)
    except InvalidChange as invalid:
        path, wrong, right = invalid.problems[0]
        reason = sentence("{key}: {wrong}; {right}", key=".".join(map(str, path)), wrong=wrong, right=right)
        raise InvalidEntry(reason) from invalid
    return SessionStep(
        number,
        parsed,
        cast("str | None", entry.get("why")),
        cast("str | None", entry.get("by")),
        None if at is None else datetime.fromisoformat(cast(str, at)),
        cast(int, entry.get("wave", 1)),
        is_vouched(entry, entry.get("by")),
        tuple(cast("Sequence[int]", entry.get("waves", ()))),
    )
