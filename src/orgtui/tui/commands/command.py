"""What a command is: bindings, key bar, palette, help and the page of keys are made from its fields.

A command names the function that runs it, which is imported when the command first runs.
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

BROWSE, CARRY, READ, SUGGEST, IMPORT, START = "browse", "carry", "read", "suggest", "import", "start"
MERGE = "merge"
MODES = (BROWSE, CARRY)
"""The modes in which a pane gets the keys; while a page or suggestions are read these get them."""
IN_SESSION = (*MODES, READ, SUGGEST)
"""The modes of the session screen; an import, a merge and the start have screens of their own."""
EVERYWHERE = (*IN_SESSION, IMPORT, MERGE, START)


def key_ref(command: str) -> Ref:
    """A reference to the key of a command by its id, for a sentence; the keymap resolves it."""
    return Ref.to("key", command)


DECISIONS_KEY = key_ref("decisions")

LEAVE_MODE_HINTS = {
    CARRY: sentence(
        "Put down what you carry first: {drop} drops it, {put_back} puts it back",
        drop=key_ref("drop"),
        put_back=key_ref("put_back"),
    ),
    READ: sentence("Leave the page first: {close} closes it", close=key_ref("close")),
    SUGGEST: sentence("Leave the suggestions first: {close} closes them", close=key_ref("suggest_close")),
}
"""By mode, how to leave it before a command of the panes can run."""

OTHER_MODE_HINTS = {
    CARRY: N_("“{command}” works while something is carried"),
    READ: N_("“{command}” works while a page is read"),
    SUGGEST: N_("“{command}” works among the suggestions"),
    IMPORT: N_("“{command}” works while something is imported"),
    MERGE: N_("“{command}” works while conflicts are decided"),
    START: N_("“{command}” works on the start screen"),
}
"""By mode, the message for a command that works only there."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which commands can run: the active pane and mode, the selection, the session's state.

    `closed`: the selection is a closed seat. `carries` are the kinds of the records being carried;
    `read_only` is why nothing can be changed, `locked` why the plan takes no changes; `about` is what the
    page that is read is about. `scratch`: the session is on a scratch copy of a sample. `draws`: the pane
    shows a picture. `touring`: the tour is taken. `suggests`: a suggested plan is shown; `in_steps`: the
    cursor is among its steps. `examples`: the page that is read has examples.
    """

    pane: str = TEAMS
    mode: str = BROWSE
    ref: Ref | None = None
    root: bool = False
    closed: bool = False
    focus: bool = False
    changes: bool = False
    can_undo: bool = False
    can_redo: bool = False
    ready: bool = False
    draws: bool = False
    read_only: Sentence | None = None
    locked: Sentence | None = None
    about: Ref | None = None
    searched: bool = False
    filtered: bool = False
    marked: bool = False
    editable: bool = False
    removable: bool = False
    scratch: bool = False
    touring: bool = False
    changed_on_disk: bool = False
    suggests: bool = False
    in_steps: bool = False
    examples: bool = False
    carries: frozenset[str] = frozenset()


class Requirement(Protocol):
    """A condition for a command to run."""

    def why_not(self, now: Situation) -> Sentence | None:
        """Why the condition is not met; None if it is."""
        ...


@dataclass(frozen=True, slots=True)
class Need:
    """A condition by a predicate, with the message for when it is not met."""

    met: Callable[[Situation], bool]
    otherwise: Sentence

    def why_not(self, now: Situation) -> Sentence | None:
        return None if self.met(now) else self.otherwise


class Decidable:
    """The condition that something can be decided about the plan; the session says why if it cannot."""

    def why_not(self, now: Situation) -> Sentence | None:
        return now.read_only


class Writable:
    """The condition that the plan takes changes; if it does not, the session says why, and a key helps."""

    def why_not(self, now: Situation) -> Sentence | None:
        if now.read_only is not None or now.locked is None:
            return now.read_only
        return where_unlocked(now.locked)


def where_unlocked(reason: Sentence) -> Sentence:
    """Why a plan takes no changes, and where that can be changed."""
    return sentence(
        "{reason} ({decisions} shows and sets its status)", reason=reason, decisions=DECISIONS_KEY
    )


def _on(*kinds: str) -> Callable[[Situation], bool]:
    return lambda now: now.ref is not None and now.ref.kind in kinds


def is_seat(ref: Ref) -> bool:
    """Whether a reference is to a seat, now or in the baseline."""
    return ref.kind == "person" or (ref.kind == "was" and Ref(ref.id).kind == "person")


NAMED_KINDS = (
    *("team", "function", "person", "area", "stage", "department", "goal", "pillar", "mission", "tool"),
)
"""Kinds of records that can be renamed."""

CARRIED_KINDS = ("team", "function", "person")
"""Kinds of records that can be carried."""


@dataclass(frozen=True, slots=True)
class UnlessMarked:
    """Conditions on the selection, which do not matter while something is marked."""

    needs: tuple[Requirement, ...]

    def why_not(self, now: Situation) -> Sentence | None:
        if now.marked:
            return None
        return next((reason for need in self.needs if (reason := need.why_not(now)) is not None), None)


READY = Need(lambda now: now.ready, sentence("The organisation is still being read"))
WRITABLE = Writable()
DECIDABLE = Decidable()
CHANGES: tuple[Requirement, ...] = (READY, WRITABLE)
"""What every command that changes something needs."""
SELECTION = Need(lambda now: now.ref is not None, sentence("Nothing is selected here"))
ON_TEAM = Need(_on("team"), sentence("Put the cursor on a team first"))
ON_OPEN_SEAT = Need(
    lambda now: _on("person")(now) and not now.closed, sentence("Put the cursor on an open seat first")
)
ON_TEAM_OR_SEAT = Need(
    lambda now: _on("team", "person")(now) and not now.closed,
    sentence("Put the cursor on a team or its lead first"),
)
NAMED = Need(_on(*NAMED_KINDS, "wave"), sentence("Put the cursor on something that has a name first"))
MOVABLE = Need(_on(*CARRIED_KINDS), sentence("Teams, functions and people can be carried"))
STILL_THERE = Need(
    lambda now: now.ref is None or now.ref.kind != "was",
    sentence("This was here before and is gone: it cannot be carried"),
)
OPEN_SEAT = Need(lambda now: not now.closed, sentence("A closed seat cannot be carried"))
BELOW_ROOT = Need(lambda now: not now.root, sentence("The team at the top stays where it is"))
CARRIABLE: tuple[Requirement, ...] = (STILL_THERE, MOVABLE, BELOW_ROOT, OPEN_SEAT)
"""What can be carried and marked."""
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
SCRATCH = Need(
    lambda now: now.scratch, sentence("This is a file of your own already, and not a copy of a sample")
)
TOURING = Need(lambda now: now.touring, sentence("The tour is not being taken"))
SEARCHED = Need(lambda now: now.searched, sentence("Find something with {find} first", find=key_ref("find")))
CHANGED_ON_DISK = Need(
    lambda now: now.changed_on_disk, sentence("The organisation's file is as it was when it was opened")
)
FILTERED = Need(lambda now: now.filtered, sentence("All findings are shown"))
MARKED = Need(lambda now: now.marked, sentence("Nothing is marked"))
MARKED_OR_TOURING = Need(lambda now: now.marked or now.touring, MARKED.otherwise)
EDITABLE = Need(lambda now: now.editable, sentence("There is nothing to edit here"))
HAS_TARGET = Need(lambda now: now.ref is not None, sentence("There is nothing to edit or look at here"))
ON_CHANGE = Need(_on("step"), sentence("Put the cursor on a change of the plan first"))
ON_PLAN = Need(
    _on("plan"), sentence("Put the cursor on one of the plans first: {plans}", plans=key_ref("plans"))
)
ON_PLAN_OR_WAVE = Need(
    _on("plan", "wave"),
    sentence(
        "Put the cursor on one of the plans ({plans}) or of the waves ({plan}) first",
        plans=key_ref("plans"),
        plan=key_ref("plan"),
    ),
)
ON_SEAT = Need(
    lambda now: any(ref is not None and is_seat(ref) for ref in (now.ref, now.about)),
    sentence("Put the cursor on a person or a seat first; {next} goes to one", next=key_ref("next_left")),
)
ON_DECISION = Need(
    lambda now: now.about is not None and now.about.kind == "decisions" and _on("team", "plan_status")(now),
    sentence("Put the cursor on a division or the status first: {decisions}", decisions=DECISIONS_KEY),
)
ON_THEIR_CHANGE = Need(
    _on("their_step"),
    sentence("Put the cursor on a change of another plan first: {plans}", plans=key_ref("plans")),
)
ON_MARKABLE = Need(
    _on("step", "their_step", "plan"), sentence("Plans and their changes can be marked while a page is read")
)
ENTRY = Need(lambda now: now.removable, sentence("There is nothing to take away on this line"))
CARRIES_FUNCTION = Need(
    lambda now: "function" in now.carries, sentence("Only functions are carried with or without people")
)
WITH_EXAMPLES = Need(
    lambda now: now.examples,
    sentence("Only the page of a principle has examples: {open}", open=key_ref("principles")),
)
IN_WEB = Need(
    lambda now: now.draws,
    sentence("Left and right walk the web of teams: {view} shows it", view=key_ref("view")),
)
PINNABLE = Need(_on(*CARRIED_KINDS), sentence("Teams, functions and people can be kept where they are"))
SUGGESTED = Need(lambda now: now.suggests, sentence("No better plan has been found yet"))
IN_STEPS = Need(
    lambda now: now.in_steps, sentence("Open the steps of a plan first: {open}", open=key_ref("suggest_open"))
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `does` names its function as `module.function` below `orgtui.tui.actions`.

    `bar`: shown in the key bar, `stays`: however narrow that is; `arguments` are passed to the function after
    the screen. `fallback` is the id of the command to run instead if the needs are not met. `label` and
    `help` are templates to translate; `words` are everyday words of any language by which the palette finds
    it as well.
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
    stays: bool = False
    arguments: tuple[object, ...] = ()
    fallback: str = ""
    words: tuple[str, ...] = ()

    def works_in(self, pane: str, mode: str) -> bool:
        return pane in self.panes and mode in self.modes

    def why_not(self, now: Situation) -> Sentence | None:
        """Why the command cannot run now; None if it can."""
        return next((reason for need in self.needs if (reason := need.why_not(now)) is not None), None)
