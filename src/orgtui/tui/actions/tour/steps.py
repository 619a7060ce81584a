"""The steps of the tour: what each says, and when it has happened."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.actions.carry.carry import CarryMode
from orgtui.tui.commands.command import FINDINGS, key_ref
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace


@dataclass(frozen=True, slots=True)
class Moment:
    """What the steps ask of the session, as it is now.

    `changes` is the number of steps of the plan, `findings` are the identities of what is found.
    """

    screen: SessionScreen
    workspace: SessionWorkspace
    changes: int
    findings: Set[object]

    @classmethod
    def now(cls, screen: SessionScreen, workspace: SessionWorkspace) -> Moment:
        session = workspace.session
        return cls(screen, workspace, len(session.steps), frozenset(session.assessment.reported))

    @property
    def carrying(self) -> CarryMode | None:
        mode = self.screen.mode
        return mode if isinstance(mode, CarryMode) else None


Happened = Callable[[Moment, Moment], bool]
"""Whether a step has happened: from the moment at which it was begun, and now."""


@dataclass(frozen=True, slots=True)
class TourStep:
    """A step: its name, what to do, and when that has happened.

    While `holds` is false, what the step needs is gone, and the tour goes back to the step before.
    """

    name: Sentence
    says: Sentence
    happened: Happened
    holds: Callable[[Moment], bool] = lambda now: True


def _on_a_finding(begun: Moment, now: Moment) -> bool:
    pane = now.screen.pane
    return pane is now.screen.panes[FINDINGS] and pane.ref is not None and now.carrying is None


def _mended(begun: Moment, now: Moment) -> bool:
    return now.changes > begun.changes and bool(begun.findings - now.findings)


def _lifted(begun: Moment, now: Moment) -> bool:
    return now.carrying is not None


def _at_the_best_place(begun: Moment, now: Moment) -> bool:
    mode = now.carrying
    if mode is None or mode.places.has_unweighed:
        return False
    here = now.workspace.team_of(now.screen.pane.ref)
    return here is not None and mode.places.ranked[:1] == [here]


def _dropped(begun: Moment, now: Moment) -> bool:
    return now.carrying is None and now.changes > begun.changes


def _taken_back(begun: Moment, now: Moment) -> bool:
    return now.changes < begun.changes


def _still_carrying(now: Moment) -> bool:
    return now.carrying is not None


STEPS = (
    TourStep(
        sentence("A finding"),
        sentence(
            "What does not hold yet is listed below, the worst first. {findings} goes there.",
            findings=key_ref("findings"),
        ),
        _on_a_finding,
    ),
    TourStep(
        sentence("Its fix"),
        sentence(
            "{fix} offers what would mend the finding under the cursor. {walk} compares: all panes show what "
            "would come of it. {take} takes one.",
            fix=key_ref("fix"),
            **PROMPT_KEYS,
        ),
        _mended,
    ),
    TourStep(
        sentence("Carry"),
        sentence(
            "{teams} goes to the teams. Put the cursor on a person, and {carry} lifts them: nothing has "
            "changed yet.",
            teams=key_ref("teams"),
            carry=key_ref("carry"),
        ),
        _lifted,
    ),
    TourStep(
        sentence("The best place"),
        sentence(
            "The number beside each team says what a drop there would mend (+) or break (−). {best} goes to "
            "the best.",
            best=key_ref("next_best"),
        ),
        _at_the_best_place,
        _still_carrying,
    ),
    TourStep(
        sentence("Drop"),
        sentence(
            "The top line and the findings show how it would be. {drop} drops here.", drop=key_ref("drop")
        ),
        _dropped,
        _still_carrying,
    ),
    TourStep(
        sentence("Undo"),
        sentence("It is done, and saved. {undo} takes exactly this back.", undo=key_ref("undo")),
        _taken_back,
    ),
)

FAREWELL = sentence(
    "That was the tour. Go on as you like: {help} explains every key here, {keep} keeps this copy as a file "
    "of your own.",
    help=key_ref("help"),
    keep=key_ref("keep"),
)
