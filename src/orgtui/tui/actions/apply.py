"""Making and previewing changes: every action that changes something goes through here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from orgtui.changes.base import Change, Refused
from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import Sentence, sentence
from orgtui.session.session import Changed, Session
from orgtui.session.store import LogError
from orgtui.session.timeline.attempt import Overtaken
from orgtui.session.timeline.reasons import clock
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.outcome_words import outcome, preview_outcome
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.words.news import describe_news

Proposal = Sequence[Change]
MISSING = sentence("this is missing")


def make_changes(screen: SessionScreen, changes: Proposal, why: str | None = None) -> Sentence | None:
    """Make changes as one step and show their outcome; returns why they cannot be made."""
    return change_session(screen, lambda session: session.do(changes, why), sentence("Done"))


Labels = Mapping[str, Sentence]
"""Labels of the keys of a change, for messages."""


def apply_proposal(
    screen: SessionScreen, proposal: Callable[[], Proposal], labels: Labels = MappingProxyType({})
) -> Sentence | None:
    """Make the changes of a proposal and show their outcome; returns why they are invalid or refused."""
    try:
        changes = proposal()
    except InvalidChange as invalid:
        return _first_problem(invalid, labels)
    return make_changes(screen, changes)


def preview_proposal(
    screen: SessionScreen, proposal: Callable[[], Proposal], labels: Labels = MappingProxyType({})
) -> Sentence:
    """What the changes of a proposal would do to the findings, or why they cannot be made."""
    try:
        difference = workspace_of(screen).preview_changes(proposal()).difference
    except InvalidChange as invalid:
        return _first_problem(invalid, labels)
    except Refused as refusal:
        return refusal.sentence
    return preview_outcome(difference)


def _first_problem(invalid: InvalidChange, labels: Labels) -> Sentence:
    """The first problem to show: a missing value before an invalid one."""
    missing = [path for path, wrong, _ in invalid.problems if wrong == MISSING]
    if missing:
        key = str(missing[0][0])
        return sentence("Still needed: {what}", what=labels.get(key, Sentence(key)))
    path, wrong, right = invalid.problems[0]
    key = str(path[0]) if path else ""
    return sentence("{what}: {wrong}; {right}", what=labels.get(key, Sentence(key)), wrong=wrong, right=right)


def change_session(
    screen: SessionScreen, act: Callable[[Session], Changed], done: Sentence
) -> Sentence | None:
    """Run `act` on the session and show its outcome; returns why it was refused."""
    try:
        changed = act(session_of(screen))
    except Overtaken as late:
        return overtaken_message(screen, late)
    except (Refused, LogError) as refusal:
        return refusal.sentence
    screen.show_message(outcome(done, changed.difference))
    return None


def overtaken_message(screen: SessionScreen, late: Overtaken) -> Sentence:
    """Which change of which peer made a change impossible, and why."""
    did = describe_news(workspace_of(screen).scene, [late.news])
    return sentence("{did} at {time}: {reason}", did=did, time=clock(late.news.at), reason=late.reason)
