"""Making changes, taking them back, and saying why; what every flow that changes something goes through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from orgtui.changes.base import Change, Refused
from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import Sentence, sentence
from orgtui.rules.assessment import Difference, Judged
from orgtui.rules.verdicts import SEVERITIES, message
from orgtui.session.log.file import LogError
from orgtui.session.session import Changed, Session
from orgtui.session.timeline.attempt import Overtaken
from orgtui.session.timeline.reasons import clock
from orgtui.tui.prompts.prompt import AskText
from orgtui.tui.screens.desk import SessionDesk
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.words.changes import describe_all
from orgtui.views.words.news import told

Proposal = Sequence[Change]
MISSING = sentence("this is missing")


def make(screen: SessionScreen, changes: Proposal, why: str | None = None) -> Sentence | None:
    """Make changes as one step and say what they did; why not, if they cannot be made."""
    return _go(screen, lambda session: session.do(changes, why), sentence("Done"))


Labels = Mapping[str, Sentence]
"""What people call the keys of a change."""


def attempt(
    screen: SessionScreen, proposal: Callable[[], Proposal], labels: Labels = MappingProxyType({})
) -> Sentence | None:
    """Make the changes that answers come to; why not, if they are not well formed or cannot be made."""
    try:
        changes = proposal()
    except InvalidChange as invalid:
        return _first_problem(invalid, labels)
    return make(screen, changes)


def promise(
    screen: SessionScreen, proposal: Callable[[], Proposal], labels: Labels = MappingProxyType({})
) -> Sentence:
    """What the changes that answers come to would do, or why they cannot be made."""
    try:
        difference = desk_of(screen).suppose(proposal()).difference
    except InvalidChange as invalid:
        return _first_problem(invalid, labels)
    except Refused as refusal:
        return refusal.sentence
    return foretold(difference)


def _first_problem(invalid: InvalidChange, labels: Labels) -> Sentence:
    """The first thing that is wrong, an answer that is missing before one that will not do."""
    missing = [path for path, wrong, _ in invalid.problems if wrong == MISSING]
    if missing:
        key = str(missing[0][0])
        return sentence("Still needed: {what}", what=labels.get(key, Sentence(key)))
    path, wrong, right = invalid.problems[0]
    key = str(path[0]) if path else ""
    return sentence("{what}: {wrong}; {right}", what=labels.get(key, Sentence(key)), wrong=wrong, right=right)


def undo(screen: SessionScreen) -> None:
    """Take the last change back."""
    _tell(screen, _go(screen, lambda session: session.undo(), sentence("Undone")))


def redo(screen: SessionScreen) -> None:
    """Make the change again that was taken back last."""
    _tell(screen, _go(screen, lambda session: session.redo(), sentence("Done again")))


def say_why(screen: SessionScreen) -> None:
    """Put on record why the last change was made, this user's own if there is one."""
    session = session_of(screen)
    steps = session.steps
    step = next((each for each in reversed(steps) if each.by == session.author), steps[-1])
    did = describe_all(desk_of(screen).scene, step.changes)
    if step.by in (None, session.author):
        asked = sentence("Why? You {did}", did=did)
    else:
        asked = sentence("Why? {by} {did}", by=step.by, did=did)

    def keep(why: str) -> Sentence | None:
        try:
            session.say_why(step.number, why)
        except (Refused, LogError) as refusal:
            return refusal.sentence
        return None

    screen.app.push_screen(
        AskText(
            screen.look,
            screen.word,
            asked,
            value=step.why or "",
            accept=keep,
        )
    )


def desk_of(screen: SessionScreen) -> SessionDesk:
    """The desk; commands that need it run only when it is there."""
    assert screen.desk is not None
    return screen.desk


def session_of(screen: SessionScreen) -> Session:
    return desk_of(screen).session


def _go(screen: SessionScreen, act: Callable[[Session], Changed], done: Sentence) -> Sentence | None:
    try:
        changed = act(session_of(screen))
    except Overtaken as late:
        return too_late(screen, late)
    except (Refused, LogError) as refusal:
        return refusal.sentence
    screen.tell(outcome(done, changed.difference))
    return None


def too_late(screen: SessionScreen, late: Overtaken) -> Sentence:
    """Who did what that made a change impossible, and why it is."""
    did = told(desk_of(screen).scene, [late.news])
    return sentence("{did} at {time}: {reason}", did=did, time=clock(late.news.at), reason=late.reason)


def outcome(done: Sentence, difference: Difference) -> Sentence:
    """What was done, and what it did to the findings."""
    mended, new = len(difference.resolved), len(difference.introduced)
    if not mended and not new:
        return sentence("{done}; the findings stay as they are", done=done)
    if mended + new == len(difference.accepted):
        return sentence("{done}: {accepted:finding|findings} accepted", done=done, accepted=mended)
    if mended + new == len(difference.taken_up):
        return sentence("{done}: {again:finding counts|findings count} again", done=done, again=new)
    return sentence("{done}: {mended:finding|findings} mended, {new} new", done=done, mended=mended, new=new)


def foretold(difference: Difference) -> Sentence:
    """What would become of the findings: a single one with its numbers, several by their codes."""
    resolved, introduced = difference.resolved, difference.introduced
    mended, new, gone, come = len(resolved), len(introduced), named(resolved), named(introduced)
    if not mended and not new:
        return sentence("The findings would stay as they are")
    if mended + new == len(difference.accepted):
        return sentence("Would do: {accepted:finding|findings} accepted: {gone}", accepted=mended, gone=gone)
    if mended + new == len(difference.taken_up):
        return sentence("Would do: {again:finding counts|findings count} again: {come}", again=new, come=come)
    if not new:
        return sentence("Would do: {mended:finding|findings} mended: {gone}", mended=mended, gone=gone)
    if not mended:
        return sentence("Would do: {new:new finding|new findings}: {come}", new=new, come=come)
    return sentence(
        "Would do: {mended:finding|findings} mended: {gone}; {new} new: {come}",
        mended=mended,
        gone=gone,
        new=new,
        come=come,
    )


NAMED = 4
"""How many codes are worth naming."""


def named(findings: Sequence[Judged]) -> object:
    """A finding with what it says; of several their codes, the worst first."""
    if len(findings) == 1:
        finding = findings[0].finding
        return sentence("{code} {message}", code=finding.code, message=message(finding))
    ranked = sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.identity))
    codes = tuple(dict.fromkeys(each.finding.code for each in ranked))
    return codes if len(codes) <= NAMED else (*codes[:NAMED], "…")


def _tell(screen: SessionScreen, refusal: Sentence | None) -> None:
    if refusal is not None:
        screen.tell(refusal, "error")
