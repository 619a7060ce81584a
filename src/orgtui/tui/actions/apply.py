"""Making and previewing changes: every action that changes something goes through here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from orgtui.changes.base import Change, Refused
from orgtui.changes.plan_operations import Decision
from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.rules.assessment import Difference
from orgtui.session.session import Changed, Session
from orgtui.session.store import LogError
from orgtui.session.timeline.attempt import Overtaken, Superseded
from orgtui.session.timeline.reasons import clock, when
from orgtui.session.timeline.step import News
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.following import cursors, follow
from orgtui.tui.actions.outcome_words import MADE, TURNED, outcome, preview_outcome
from orgtui.tui.commands.command import key_ref, where_unlocked
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.cells import cell_len, clip
from orgtui.views.words.decisions import with_signatures
from orgtui.views.words.deeds import MAKING, Deed, DeedKind
from orgtui.views.words.news import describe_news

Proposal = Sequence[Change]

DEED_MIN_WIDTH = 24
"""So many cells of what was done are kept where the key bar is short, so that its effect is seen."""

MISSING = sentence("this is missing")


@dataclass(slots=True)
class Seen:
    """What a user knew of the session when preparing a change, as its moments.

    `begun` is when the user saw what is to be changed, `told` up to when others' changes of it were told.
    """

    begun: int
    told: int

    @classmethod
    def now(cls, screen: SessionScreen) -> Seen:
        """What is on screen now."""
        moment = session_of(screen).moment
        return cls(moment, moment)


def make_changes(
    screen: SessionScreen,
    changes: Proposal,
    seen: Seen,
    why: str | None = None,
    waves: Sequence[int] = (),
) -> Sentence | None:
    """Make changes as one step and show their outcome; returns why they cannot be made.

    `waves` as for `Session.do`.

    Once the user was told what of others they would override, the same call insists on them.
    """
    overridden = None
    if seen.told > seen.begun:
        overridden = session_of(screen).overridden(changes, seen.begun)
    deed = Deed("do", changes)
    return change_session(
        screen, lambda session: session.do(changes, why, seen.told, waves), deed, seen, overridden
    )


Labels = Mapping[str, Sentence]
"""Labels of the keys of a change, for messages."""


def apply_proposal(
    screen: SessionScreen, proposal: Callable[[], Proposal], seen: Seen, labels: Labels = MappingProxyType({})
) -> Sentence | None:
    """Make the changes of a proposal and show their outcome; returns why they are invalid or refused."""
    try:
        changes = proposal()
    except InvalidChange as invalid:
        return first_problem(invalid, labels)
    return make_changes(screen, changes, seen)


def preview_proposal(
    screen: SessionScreen, proposal: Callable[[], Proposal], labels: Labels = MappingProxyType({})
) -> Sentence:
    """What the changes of a proposal would do to the findings, or why they cannot be made."""
    try:
        difference = workspace_of(screen).preview_changes(proposal()).difference
    except InvalidChange as invalid:
        return first_problem(invalid, labels)
    except Refused as refusal:
        return refusal.sentence
    return preview_outcome(difference)


def first_problem(invalid: InvalidChange, labels: Labels) -> Sentence:
    """The first problem to show: a missing value before an invalid one."""
    key = first_key(invalid) or ""
    what = labels.get(key, Sentence(key))
    if any(wrong == MISSING for _, wrong, _ in invalid.problems):
        return sentence("Still needed: {what}", what=what)
    _, wrong, right = invalid.problems[0]
    return sentence("{what}: {wrong}; {right}", what=what, wrong=wrong, right=right)


def first_key(invalid: InvalidChange) -> str | None:
    """The key of a change that the first problem to show is about, if it is one."""
    missing = [path for path, wrong, _ in invalid.problems if wrong == MISSING]
    path = missing[0] if missing else invalid.problems[0][0]
    return str(path[0]) if path else None


def change_session(
    screen: SessionScreen,
    act: Callable[[Session], Changed],
    deed: Deed,
    seen: Seen | None = None,
    overridden: News | None = None,
    told: Callable[[Sentence], None] | None = None,
) -> Sentence | None:
    """Do a deed by `act` on the session; returns why it was refused.

    The cursors follow what it is about, and the key bar says what was done, or `told` says it. `seen` is
    brought up to date if others' changes would be overridden; `overridden` is what of them is, knowingly.
    """
    session, scene = session_of(screen), workspace_of(screen).scene
    left = cursors(screen)
    deed.before(scene)
    try:
        changed = act(session)
    except Superseded as late:
        if seen is not None:
            seen.told = session.moment
        return superseded_message(screen, late)
    except Overtaken as late:
        return overtaken_message(screen, late)
    except (Refused, LogError) as refusal:
        is_locked = refusal.sentence == session.locked
        return where_unlocked(refusal.sentence) if is_locked else refusal.sentence
    follow(screen, deed, changed, left)
    did = with_signatures(deed.after(scene), changed, deed.decision)
    if told is not None:
        told(did)
    else:
        is_whole = bool(changed.signed or changed.unsigned)
        show_deed(screen, did, deed.kind, changed.difference, overridden, is_whole=is_whole)
    return None


def decide(
    screen: SessionScreen,
    decision: Decision,
    act: Callable[[Session], Changed],
    told: Callable[[Sentence], None] | None = None,
    seen: Seen | None = None,
) -> Sentence | None:
    """Decide something about the plan by `act`; returns why it was refused. `told` and `seen` as above."""

    def say(did: Sentence) -> None:
        screen.show_message(sentence("{told} · {how}", told=did, how=TAKE_BACK["decide"]))

    return change_session(screen, act, Deed("decide", decision=decision), seen, told=told or say)


def put_into_wave(screen: SessionScreen, numbers: Collection[int], wave: int) -> Sentence:
    """Put changes of the plan into a wave; returns what came of it. Raises Refused or LogError."""
    session = session_of(screen)
    placed = session.set_wave(numbers, wave).difference
    settled = session.evaluate_pending()
    screen.apply_update(settled)
    done = sentence("{changes:change is|changes are} in wave {wave} now", changes=len(numbers), wave=wave)
    return outcome(done, placed.followed_by(settled.difference))


TAKE_BACK: Mapping[DeedKind, Sentence] = {
    **dict.fromkeys(
        (*MAKING, "drop", "place", "decide", "redecide"),
        sentence("{undo} takes it back", undo=key_ref("undo")),
    ),
    **dict.fromkeys(("undo", "unplace", "undecide"), sentence("{redo} does it again", redo=key_ref("redo"))),
}
"""By deed, how to take it back."""


def show_deed(
    screen: SessionScreen,
    did: Sentence,
    kind: DeedKind,
    difference: Difference,
    overridden: News | None = None,
    *,
    is_whole: bool = False,
) -> None:
    """Say what was done and what came of it; where room is short, without how to take it back.

    What `is_whole` is never cut: it takes further lines.
    """
    if overridden is not None:
        by, at = overridden.who, when(overridden.at)
        did = sentence("{did}, which overrides what {by} did {when}", did=did, by=by, when=at)
    template, room = MADE if kind == "do" else TURNED, screen.message_width
    told = outcome(did, difference, template)
    wordings = (
        sentence("{told} · {how}", told=told, how=TAKE_BACK[kind]),
        told,
        outcome(did, difference, template, codes_max=0),
    )
    fitting = (each for each in wordings if cell_len(screen.translate(each)) <= room)
    shown = next(fitting, None)
    if shown is None and is_whole:
        shown = told
    elif shown is None:
        shortest, words = screen.translate(wordings[-1]), screen.translate(did)
        width = cell_len(words) + room - cell_len(shortest)
        kept = clip(words, max(DEED_MIN_WIDTH, width), screen.theme.glyphs.ellipsis)
        shown = outcome(kept, difference, template, codes_max=0)
    screen.show_message(shown)


def superseded_message(screen: SessionScreen, late: Superseded) -> Sentence:
    """Which change of which peer a change would override, and how to insist on it."""
    did = describe_news(workspace_of(screen).scene, [late.news])
    said = N_("{did} {when}; the same once more overrides that")
    return sentence(said, did=did, when=when(late.news.at))


def overtaken_message(screen: SessionScreen, late: Overtaken) -> Sentence:
    """Which change of which peer made a change impossible, and why; a decision says it itself."""
    if late.news.decision is not None:
        return late.reason
    did = describe_news(workspace_of(screen).scene, [late.news])
    return sentence("{did} at {time}: {reason}", did=did, time=clock(late.news.at), reason=late.reason)
