"""The one registry of commands: bindings, key bar, palette, help and the page of keys are made from it.

A command says where it works, what it needs, and which function of which flow does it; that function is
imported when the command first runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from orgtui.model.sentence import N_, Ref, Sentence, sentence

TEAMS, FUNNEL, KNOWLEDGE, FINDINGS = "teams", "funnel", "knowledge", "findings"
PANES = (TEAMS, FUNNEL, KNOWLEDGE, FINDINGS)
VIEWS = PANES[:3]
TITLES: Mapping[str, Sentence] = {
    TEAMS: sentence("Teams"),
    FUNNEL: sentence("Funnel"),
    KNOWLEDGE: sentence("Knowledge"),
    FINDINGS: sentence("Findings"),
}

BROWSE, CARRY, READ = "browse", "carry", "read"
MODES = (BROWSE, CARRY)
"""The modes in which the panes have the keys; while a page is read it has them."""
EVERYWHERE = (*MODES, READ)


def key_ref(command: str) -> Ref:
    """The key of the command with an id, as a parameter of a sentence: the keymap says which it is."""
    return Ref.to("key", command)


LEAVE_MODE_HINTS = {
    CARRY: sentence(
        "Put down what you carry first: {drop} drops it, {put_back} puts it back",
        drop=key_ref("drop"),
        put_back=key_ref("put_back"),
    ),
    READ: sentence("Leave the page first: {close} closes it", close=key_ref("close")),
}
"""By mode, what to do before the panes have the keys again."""

OTHER_MODE_HINTS = {
    CARRY: N_("“{command}” works while something is carried"),
    READ: N_("“{command}” works while a page is read"),
}
"""By mode, when a command works that only works there."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which commands work: where the keys are, what is under the cursor, what can be done."""

    pane: str = TEAMS
    mode: str = BROWSE
    ref: Ref | None = None
    root: bool = False
    focus: bool = False
    changes: bool = False
    can_undo: bool = False
    can_redo: bool = False
    ready: bool = False
    read_only: Sentence | None = None
    searched: bool = False
    marked: bool = False
    editable: bool = False
    removable: bool = False
    names_pay: bool = False
    changed_on_disk: bool = False
    carries: frozenset[str] = frozenset()


class Requirement(Protocol):
    """Something a command needs."""

    def why_not(self, now: Situation) -> Sentence | None:
        """What to say when it is not so; None if it is."""
        ...


@dataclass(frozen=True, slots=True)
class Need:
    """What a situation must be like, and what to say when it is not."""

    met: Callable[[Situation], bool]
    otherwise: Sentence

    def why_not(self, now: Situation) -> Sentence | None:
        return None if self.met(now) else self.otherwise


class Writable:
    """A session that can be changed; one that cannot says itself why."""

    def why_not(self, now: Situation) -> Sentence | None:
        return now.read_only


def _on(*kinds: str) -> Callable[[Situation], bool]:
    return lambda now: now.ref is not None and now.ref.kind in kinds


NAMED_KINDS = (
    *("team", "function", "person", "area", "stage", "department", "goal", "pillar", "mission", "tool"),
)
"""What can be renamed."""

CARRIED_KINDS = ("team", "function", "person")
"""What can be carried."""

READY = Need(lambda now: now.ready, sentence("The organisation is still being read"))
WRITABLE = Writable()
CHANGES: tuple[Requirement, ...] = (READY, WRITABLE)
"""What every command needs that changes something."""
SELECTION = Need(lambda now: now.ref is not None, sentence("Nothing is selected here"))
ON_TEAM = Need(_on("team"), sentence("Put the cursor on a team first"))
NAMED = Need(_on(*NAMED_KINDS), sentence("Put the cursor on something that has a name first"))
MOVABLE = Need(_on(*CARRIED_KINDS), sentence("Teams, functions and people can be carried"))
MARKED_OR_MOVABLE = Need(lambda now: now.marked or MOVABLE.met(now), MOVABLE.otherwise)
BELOW_ROOT = Need(lambda now: not now.root, sentence("The team at the top stays where it is"))
ON_FUNCTION_OR_FOCUS = Need(
    lambda now: _on("function")(now) or now.focus,
    sentence("Put the cursor on a function or a focus team first"),
)
SOME_TO_UNDO = Need(lambda now: now.changes or now.can_undo, sentence("There is nothing to undo"))
CAN_UNDO = Need(
    lambda now: now.can_undo,
    sentence("None of the changes is yours: {plan} takes out any", plan=key_ref("plan")),
)
CAN_REDO = Need(lambda now: now.can_redo, sentence("There is nothing to redo"))
HAS_CHANGES = Need(lambda now: now.changes, sentence("Nothing has been changed yet"))
SEARCHED = Need(lambda now: now.searched, sentence("Find something with {find} first", find=key_ref("find")))
NAMES_PAY = Need(
    lambda now: now.names_pay,
    sentence("The organisation names no pay file: [files] pay = “pay.csv” does"),
)
CHANGED_ON_DISK = Need(
    lambda now: now.changed_on_disk, sentence("The organisation's file is as it was when it was opened")
)
MARKED = Need(lambda now: now.marked, sentence("Nothing is marked"))
EDITABLE = Need(lambda now: now.editable, sentence("There is nothing to edit here"))
HAS_TARGET = Need(lambda now: now.ref is not None, sentence("There is nothing to edit or look at here"))
ENTRY = Need(lambda now: now.removable, sentence("There is nothing to take away on this line"))
CARRIES_FUNCTION = Need(
    lambda now: "function" in now.carries, sentence("Only functions are carried with or without people")
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `does` names its function as `module.function` below `orgtui.tui.actions`.

    `bar` puts it in the line of keys; `arguments` are handed to the function. Where its needs are not met its
    keys run the command with the id `otherwise`, if there is one.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    does: str
    panes: tuple[str, ...] = PANES
    modes: tuple[str, ...] = (BROWSE,)
    needs: tuple[Requirement, ...] = ()
    bar: bool = False
    arguments: tuple[object, ...] = ()
    fallback: str = ""

    def works_in(self, pane: str, mode: str) -> bool:
        return pane in self.panes and mode in self.modes

    def why_not(self, now: Situation) -> Sentence | None:
        """Why it cannot run now; None if it can."""
        return next((reason for need in self.needs if (reason := need.why_not(now)) is not None), None)
