"""Forms for what can be added anywhere, as a table: what it is called, what is asked, what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, get_args

from orgtui.changes.base import Change
from orgtui.changes.parse import parse_change
from orgtui.model.kinds import METRICS
from orgtui.model.records import Cadence, SharingWay
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.actions.asking import (
    ADD,
    choice_field,
    day_field,
    fill_in,
    many_field,
    number_field,
    text_field,
    word_field,
    yes_no_field,
)
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.prompts.fields import Field, Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.names import share_key
from orgtui.views.base.new_id import new_id
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.organization import ORGANIZATION
from orgtui.views.pages.facts.remarks import BOUNDS
from orgtui.views.pages.fields import IN_THESE_WORDS, NEW, ChangeMapping

Answers = Literal["text", "number", "day", "truth", "word", "record", "records"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A line of a form: a key of the change, and how its value is asked for.

    `among` are the kinds of records to choose from, or the words. `creates` offers a text of one's own
    instead. `write` makes of a chosen record what plans hold.
    """

    key: str
    label: Sentence
    answers: Answers = "text"
    among: tuple[str, ...] = ()
    needed: bool = False
    creates: str = ""
    initial: str = ""
    write: Callable[[Ref], str] = attrgetter("id")


Written = Mapping[str, object]
"""The values of a form as plans hold them, without those not given."""


@dataclass(frozen=True, slots=True)
class NewThing:
    """Something that can be added; `changes` makes what adds it, with a new id for what needs one.

    `same_as` are the fields of pages that add the same, for which the form stands in menus. `at` are kinds of
    records where it fits beside those that can be chosen in it.
    """

    kind: str
    label: Sentence
    asks: tuple[Ask, ...]
    changes: Callable[[Scene, NewThing, Written], Sequence[ChangeMapping]]
    same_as: tuple[str, ...] = ()
    at: tuple[str, ...] = ()


# -- what plans hold -------------------------------------------------------------------------------


def _record(op: str) -> Callable[[Scene, NewThing, Written], Sequence[ChangeMapping]]:
    """Adds a record with an id made of its name."""

    def changes(scene: Scene, thing: NewThing, written: Written) -> list[ChangeMapping]:
        return [{"op": op, thing.kind: _id(scene, thing, written), **written}]

    return changes


def _link(op: str) -> Callable[[Scene, NewThing, Written], Sequence[ChangeMapping]]:
    """Adds what has no id."""
    return lambda scene, thing, written: [{"op": op, **written}]


def _id(scene: Scene, thing: NewThing, written: Written) -> str:
    taken = (
        {ref.id for ref in scene.skills()} if thing.kind == "skill" else scene.organization.tables[thing.kind]
    )
    return new_id(str(written.get("name", "")), thing.kind, taken)


def _goal(scene: Scene, thing: NewThing, written: Written) -> list[ChangeMapping]:
    """Adds a goal, which teams take on at once."""
    goal, teams = _id(scene, thing, written), written.get("teams", ())
    own = {key: value for key, value in written.items() if key != "teams"}
    taken = [{"op": "take_goal", "team": team, "goal": goal} for team in teams]  # type: ignore[attr-defined]
    return [{"op": "add_goal", "goal": goal, **own}, *taken]


def _pillar(scene: Scene, thing: NewThing, written: Written) -> list[ChangeMapping]:
    """Adds a pillar: a change holds all of them."""
    now = [{"id": each.id, "name": each.name} for each in scene.organization.pillars.values()]
    return [{"op": "set_organization", "pillars": [*now, {"id": _id(scene, thing, written), **written}]}]


def _target(scene: Scene, thing: NewThing, written: Written) -> list[ChangeMapping]:
    """Sets a target: its bound is the key of its number."""
    given = {key: value for key, value in written.items() if key not in ("bound", "number")}
    bound = BOUNDS[str(written.get("bound", next(iter(BOUNDS))))]
    return [{"op": "set_target", **given, **({bound: written["number"]} if "number" in written else {})}]


def _handoff_end(ref: Ref) -> str:
    return ref.id if ref.kind == "function" else str(ref)


# -- the table -------------------------------------------------------------------------------------

NAME = Ask("name", sentence("Name"), needed=True)
NOTED = (*("team", "function", "person", "goal", "mission", "stage", "area", "department", "tool", "pillar"),)
"""The kinds of records that a form offers for a note."""


NEW_THINGS: tuple[NewThing, ...] = (
    NewThing(
        "share",
        sentence("add a knowledge link"),
        (
            Ask("from", sentence("From"), "record", ("team", "person"), needed=True, write=str),
            Ask("to", sentence("To"), "record", ("team", "person"), needed=True, write=str),
            Ask(
                "topic",
                sentence("Topic: a skill, or other words"),
                "record",
                ("skill",),
                True,
                IN_THESE_WORDS,
            ),
            Ask("how", sentence("How"), "word", get_args(SharingWay)),
            Ask("every", sentence("Every"), "word", get_args(Cadence), initial="monthly"),
            Ask("until", sentence("Until"), "day"),
        ),
        _link("add_share"),
        ("more-links",),
        ("share",),
    ),
    NewThing(
        "handoff",
        sentence("add a handoff"),
        (
            Ask("from", sentence("From"), "record", ("function", "department"), True, write=_handoff_end),
            Ask("to", sentence("To"), "record", ("function", "department"), True, write=_handoff_end),
            Ask("what", sentence("What is handed over")),
            Ask("tracked", sentence("Tracked"), "truth", initial="yes"),
            Ask("sla", sentence("Agreed within")),
        ),
        _link("add_handoff"),
        ("more-handoffs-to",),
        ("funnel", "handoff"),
    ),
    NewThing(
        "request",
        sentence("ask a department"),
        (
            Ask("from", sentence("From"), "record", ("team",), needed=True),
            Ask("to", sentence("To"), "record", ("department",), needed=True),
            Ask("topic", sentence("About what?"), needed=True),
            Ask("per_month", sentence("Times a month"), "number"),
        ),
        _link("add_request"),
        ("request",),
    ),
    NewThing(
        "team",
        sentence("add a team"),
        (
            NAME,
            Ask("parent", sentence("Below"), "record", ("team",), needed=True),
            Ask("lead", sentence("Lead"), "record", ("person",)),
        ),
        _record("create_team"),
    ),
    NewThing(
        "goal",
        sentence("add a goal"),
        (
            NAME,
            Ask("teams", sentence("Teams that take it on"), "records", ("team",)),
            Ask("pillar", sentence("Pillar"), "record", ("pillar",)),
            Ask("metric", sentence("Metric")),
            Ask("target", sentence("Target"), "number"),
            Ask("core", sentence("Core"), "truth"),
            Ask("evaluated", sentence("Evaluated"), "truth"),
        ),
        _goal,
        ("goal",),
    ),
    NewThing("pillar", sentence("add a pillar"), (NAME,), _pillar, ("pillar",)),
    NewThing(
        "stage",
        sentence("add a stage"),
        (
            NAME,
            Ask("before", sentence("Stands before"), "record", ("stage",)),
            Ask("volume", sentence("Volume a month"), "number"),
            Ask("owner", sentence("Worked by"), "record", ("department",)),
        ),
        _record("add_stage"),
        ("stage",),
        ("funnel",),
    ),
    NewThing(
        "area",
        sentence("add an area"),
        (NAME, Ask("before", sentence("Stands before"), "record", ("area",))),
        _record("add_area"),
        ("area",),
        ("funnel",),
    ),
    NewThing("skill", sentence("list a skill"), (NAME,), _record("add_skill"), ("skill",)),
    NewThing(
        "tool",
        sentence("add a tool"),
        (NAME, Ask("purpose", sentence("Purpose"))),
        _record("add_tool"),
        ("tool",),
    ),
    NewThing("department", sentence("add a department"), (NAME,), _record("add_department"), ("department",)),
    NewThing(
        "target",
        sentence("add a target"),
        (
            Ask("metric", sentence("What is measured"), "record", ("metric",), needed=True),
            Ask("team", sentence("Team, or the whole organisation without one"), "record", ("team",)),
            Ask("bound", sentence("At most or at least?"), "word", tuple(BOUNDS), initial=next(iter(BOUNDS))),
            Ask("number", sentence("Number"), "number", needed=True),
        ),
        _target,
        ("target",),
    ),
    NewThing(
        "note",
        sentence("add a note"),
        (
            Ask("on", sentence("On what"), "record", NOTED, needed=True, write=str),
            Ask("text", sentence("Text"), needed=True),
        ),
        _link("note"),
        ("note",),
    ),
)
"""All that can be added by one form, the most frequent first."""


# -- asking ----------------------------------------------------------------------------------------


def fits(thing: NewThing, here: Ref) -> bool:
    """Whether a form speaks of what is at hand."""
    return here == ORGANIZATION or here.kind in thing.at or any(_takes(ask, here) for ask in thing.asks)


def ask_for(screen: SessionScreen, thing: NewThing, here: Ref) -> None:
    """Show the form of something to add, filled in with what is at hand."""
    scene = workspace_of(screen).scene
    key, ref = _at_hand(scene, thing, here) or ("", None)
    fields = [_field(screen, ask, ref if ask.key == key else None) for ask in thing.asks]

    def proposal(values: Values) -> list[Change]:
        return [parse_change(each) for each in thing.changes(scene, thing, _written(thing, values))]

    fill_in(screen, thing.label, fields, ADD, proposal)


def _takes(ask: Ask, ref: Ref) -> bool:
    """Whether a record may be chosen in a line of a form."""
    return ref.kind in ask.among and ask.answers in ("record", "records")


def _at_hand(scene: Scene, thing: NewThing, here: Ref) -> tuple[str, Ref] | None:
    """The key of the line that what is at hand fills in, and that or the team or end that it belongs to.

    Lines that must be filled in come first; others take what is at hand itself only.
    """
    near = [here]
    if here.kind in ("function", "person"):
        record = scene.organization.tables[here.kind].get(here.id)
        near += [] if record is None or record.team is None else [Ref.to("team", record.team)]
    elif here.kind == "share":
        near = [Ref(share_key(here)[0])]
    needed = ((ask.key, ref) for ref in near for ask in thing.asks if ask.needed and _takes(ask, ref))
    others = ((ask.key, here) for ask in thing.asks if _takes(ask, here))
    return next(needed, None) or next(others, None)


def _field(screen: SessionScreen, ask: Ask, given: Ref | None) -> Field:
    scene = workspace_of(screen).scene
    match ask.answers:
        case "text":
            return text_field(screen, ask.key, ask.label, needed=ask.needed)
        case "number":
            return number_field(screen, ask.key, ask.label, needed=ask.needed)
        case "day":
            return day_field(screen, ask.key, ask.label, needed=ask.needed)
        case "truth":
            return yes_no_field(screen, ask.key, ask.label, value=bool(ask.initial))
        case "word":
            return word_field(screen, ask.key, ask.label, ask.among, ask.initial)
        case "record":
            return choice_field(
                screen,
                ask.key,
                ask.label,
                _among(scene, ask, given),
                given,
                needed=ask.needed,
                creates=bool(ask.creates),
                offer=ask.creates,
            )
        case "records":
            chosen = () if given is None else (given,)
            return many_field(
                screen, ask.key, ask.label, _among(scene, ask, given), chosen, needed=ask.needed
            )


def _among(scene: Scene, ask: Ask, given: Ref | None) -> list[Ref]:
    """The records to choose from; what is given is among them."""
    if ask.among == ("metric",):
        return [Ref.to("metric", metric) for metric in METRICS]
    refs = scene.skills() if ask.among == ("skill",) else scene.every(*ask.among)
    return refs if given is None or given in refs else [given, *refs]


def _written(thing: NewThing, values: Values) -> dict[str, object]:
    """The values of a form as plans hold them; what was not given is left out."""
    written = {ask.key: _plain(ask, values[ask.key]) for ask in thing.asks}
    return {key: value for key, value in written.items() if value not in (None, "", [], False)}


def _plain(ask: Ask, value: object) -> object:
    if isinstance(value, tuple):
        return [ask.write(ref) for ref in value]
    if isinstance(value, Ref):
        return value.id if value.kind == NEW else ask.write(value)
    return value
