"""The menu of what can be added: to what is selected, then everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from orgtui.changes.operations.links import TrackHandoff
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.facts.stages import end_stages
from orgtui.tui.actions.answering import ask
from orgtui.tui.actions.asking import Action, choose_action
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.edit import add_links as links
from orgtui.tui.actions.edit import add_people as people
from orgtui.tui.actions.edit import add_teams as teams
from orgtui.tui.actions.edit.new_things import NEW_THINGS, NewThing, ask_for, fits
from orgtui.tui.actions.edit.noted_skills import note_skills
from orgtui.tui.actions.edit.standing import actions_on_lead, assistant_action
from orgtui.tui.commands.command import KNOWLEDGE
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.names import handoff_ref, share_key
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.organization import ORGANIZATION
from orgtui.views.pages.inspector import facts_of


class AddOption(NamedTuple):
    """Something that can be added to records of a kind; `adds` is what kind of record that is."""

    adds: str
    label: Sentence
    ask: Callable[[SessionScreen, Ref], None]


A_PERSON = AddOption("person", sentence("add a person or an open seat"), people.person)
A_COLLEAGUE = AddOption("person", sentence("add a colleague"), people.person)
SKILLS = AddOption("skills", sentence("note several skills"), note_skills)
A_FUNCTION = AddOption("function", sentence("add a new function"), teams.function)
A_MISSION = AddOption("mission", sentence("add a new mission"), teams.mission)

ELSEWHERE = sentence("elsewhere")

OFFERS: Mapping[str, tuple[AddOption, ...]] = {
    "team": (
        A_PERSON,
        AddOption("team", sentence("add a team below it"), teams.team),
        A_FUNCTION,
        AddOption("goal", sentence("add a new goal"), teams.goal),
    ),
    "person": (A_COLLEAGUE, SKILLS, A_MISSION),
    "function": (A_PERSON,),
    "goal": (A_MISSION,),
    "stage": (A_FUNCTION, A_PERSON),
    "area": (A_FUNCTION, A_PERSON),
    "organization": (A_PERSON, A_MISSION),
    "funnel": (A_FUNCTION,),
}
"""By kind of record, what is added with a form."""


def add(screen: SessionScreen) -> None:
    """Choose what to add to what the cursor is on, or to the organisation in an empty pane."""
    add_to(screen, screen.mode.ref or ORGANIZATION)


def add_to(screen: SessionScreen, thing: Ref) -> None:
    """Choose what to add to a record, for a finding to one of its subjects; or anything elsewhere."""
    reported = workspace_of(screen).findings.finding(thing)
    about = [thing] if reported is None else list(reported.finding.subjects) or [ORGANIZATION]
    menus = [each for each in about if any(True for _ in _here(screen, each))] or [ORGANIZATION]
    choose_action(
        screen,
        sentence("Add to what?"),
        [Action(sentence("{thing}", thing=each), partial(_menu, screen, each)) for each in menus],
    )


ADD_TO_OTHERS = N_("Add to {thing}")

ADD_TO: Mapping[str, str] = {
    "share": N_("Add to the knowledge link {thing}"),
    "handoff": N_("Add to the handoff {thing}"),
    "request": N_("Add to the request {thing}"),
}
"""What is asked about things whose name joins two others, by kind."""


def _menu(screen: SessionScreen, thing: Ref) -> None:
    says = ADD_TO.get(thing.kind, ADD_TO_OTHERS)
    choose_action(screen, sentence(says, thing=thing), [*_here(screen, thing), *_elsewhere(screen, thing)])


def _here(screen: SessionScreen, thing: Ref) -> Iterator[Action]:
    """What can be added to a record; in the pane of knowledge a link first."""
    offered = {offer.adds for offer in OFFERS.get(thing.kind, ())}
    forms = [each for each in NEW_THINGS if fits(each, thing) and each.kind not in offered]
    first = [each for each in forms if screen.pane.id == KNOWLEDGE and each.kind == "share"]
    yield from MORE.get(thing.kind, _nothing)(screen, thing)
    yield from (_form(screen, each, thing) for each in first)
    for offer in OFFERS.get(thing.kind, ()):
        yield Action(offer.label, partial(offer.ask, screen, thing))
    same = {name for each in forms for name in each.same_as}
    for label, entries in facts_of(workspace_of(screen).scene, thing):
        for field in (entry.field for entry in entries):
            if field is not None and field.is_addition and field.name not in same:
                said = sentence("{label}: {what}", label=label, what=field.label)
                yield Action(said, partial(ask, screen, field, thing))
    yield from (_form(screen, each, thing) for each in forms if each not in first)
    yield from STANDING.get(thing.kind, _nothing)(screen, thing)


def _elsewhere(screen: SessionScreen, thing: Ref) -> Iterator[Action]:
    """Everything else that can be added."""
    offered = {offer.adds for offer in OFFERS.get(thing.kind, ())}
    for offer in (A_PERSON, A_FUNCTION, A_MISSION):
        if offer.adds not in offered:
            yield Action(offer.label, partial(offer.ask, screen, ORGANIZATION), note=ELSEWHERE)
    for each in NEW_THINGS:
        if each.kind not in offered and not fits(each, thing):
            yield replace(_form(screen, each, thing), note=ELSEWHERE)
    if session_of(screen).organization.files.pay is None and not workspace_of(screen).scene.shows_pay:
        asks = partial(screen.run_command, screen.keymap.by_id["pay"])
        yield Action(sentence("add a pay file"), asks, note=ELSEWHERE)


def _form(screen: SessionScreen, thing: NewThing, here: Ref) -> Action:
    return Action(thing.label, partial(ask_for, screen, thing, here))


def _nothing(screen: SessionScreen, thing: Ref) -> Iterable[Action]:
    return ()


def _to_seat(screen: SessionScreen, seat: Ref) -> Iterator[Action]:
    if people.is_open(screen, seat):
        yield Action(sentence("fill the seat"), partial(people.holder, screen, seat))


def _of_seat(screen: SessionScreen, seat: Ref) -> Iterator[Action]:
    if session_of(screen).organization.people[seat.id].state != "closed":
        yield assistant_action(screen, seat)
        yield from actions_on_lead(screen, seat)


def _to_link(screen: SessionScreen, link: Ref) -> Iterator[Action]:
    source, target, topic = share_key(link)
    if (target, source, topic) not in session_of(screen).organization.shares:
        yield Action(sentence("add the link back"), changes=[links.back(screen, link)])


def _to_funnel(screen: SessionScreen, funnel: Ref) -> Iterator[Action]:
    """Tracking the untracked handoffs between neighbouring stages, and adding handoffs."""
    scene = workspace_of(screen).scene
    neighbours = list(pairwise(scene.every("stage")))
    blind = [key for stage, following in neighbours for key in _blind(scene, stage.id, following.id)]
    for key in dict.fromkeys(blind):
        said = sentence("track the handoff {handoff}", handoff=handoff_ref(key))
        yield Action(said, changes=[TrackHandoff(*key)])
    for stage, following in neighbours:
        said = sentence("add a handoff from {stage} to {following}", stage=stage, following=following)
        yield Action(said, partial(links.handoff, screen, stage, following))


def _blind(scene: Scene, stage: str, following: str) -> list[tuple[str, str]]:
    """The untracked handoffs from one stage to another."""
    return [
        (each.source, each.target)
        for each in scene.organization.handoffs.values()
        if not each.tracked
        and stage in end_stages(scene.view, each.source)
        and following in end_stages(scene.view, each.target)
    ]


MORE: Mapping[str, Callable[[SessionScreen, Ref], Iterable[Action]]] = {
    "person": _to_seat,
    "share": _to_link,
    "funnel": _to_funnel,
}
"""By kind of record, further actions for some records of that kind."""

STANDING: Mapping[str, Callable[[SessionScreen, Ref], Iterable[Action]]] = {
    "person": _of_seat,
    "team": actions_on_lead,
}
"""By kind of record, what a lead or a seat can be made, after what can be added."""
