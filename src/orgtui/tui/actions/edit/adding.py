"""The menu of what can be added to the selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from orgtui.changes.operations.links import TrackHandoff
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.facts.stages import end_stages
from orgtui.tui.actions.answering import ask
from orgtui.tui.actions.asking import Action, choose_action
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.edit import add_links as links
from orgtui.tui.actions.edit import add_people as people
from orgtui.tui.actions.edit import add_teams as teams
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.names import handoff_ref, share_key
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.organization import ORGANIZATION
from orgtui.views.pages.inspector import facts_of


class AddOption(NamedTuple):
    """Something that can be added to records of a kind."""

    label: Sentence
    ask: Callable[[SessionScreen, Ref], None]


A_PERSON = AddOption(sentence("add a person or an open seat"), people.person)
A_COLLEAGUE = AddOption(sentence("add a colleague"), people.person)
A_FUNCTION = AddOption(sentence("add a new function"), teams.function)
A_MISSION = AddOption(sentence("add a new mission"), teams.mission)

OFFERS: Mapping[str, tuple[AddOption, ...]] = {
    "team": (
        A_PERSON,
        AddOption(sentence("add a team below it"), teams.team),
        A_FUNCTION,
        AddOption(sentence("add a new goal"), teams.goal),
    ),
    "person": (A_COLLEAGUE, A_MISSION),
    "function": (A_PERSON,),
    "goal": (A_MISSION,),
    "stage": (A_FUNCTION, A_PERSON),
    "area": (A_FUNCTION, A_PERSON),
    "organization": (A_PERSON, A_MISSION),
}
"""By kind of record, what is added with a form."""


def add(screen: SessionScreen) -> None:
    """Choose what to add to what the cursor is on; where there is nothing, to the organisation."""
    add_to(screen, screen.mode.ref or ORGANIZATION)


def add_to(screen: SessionScreen, thing: Ref) -> None:
    """Choose what to add to a record; for a finding, to one of its subjects."""
    reported = workspace_of(screen).findings.finding(thing)
    about = [thing] if reported is None else list(reported.finding.subjects) or [ORGANIZATION]
    menus = [(each, actions) for each in about if (actions := list(_actions(screen, each)))]
    if not menus:
        screen.show_message(sentence("Nothing can be added here"))
        return
    choose_action(
        screen,
        sentence("Add to what?"),
        [
            Action(sentence("{thing}", thing=each), partial(_menu, screen, each, actions))
            for each, actions in menus
        ],
    )


def _menu(screen: SessionScreen, thing: Ref, actions: list[Action]) -> None:
    choose_action(screen, sentence("Add to {thing}", thing=thing), actions)


def _actions(screen: SessionScreen, thing: Ref) -> Iterator[Action]:
    yield from MORE.get(thing.kind, _nothing)(screen, thing)
    for offer in OFFERS.get(thing.kind, ()):
        yield Action(offer.label, partial(offer.ask, screen, thing))
    for label, entries in facts_of(workspace_of(screen).scene, thing):
        for field in (entry.field for entry in entries):
            if field is not None and field.is_addition:
                said = sentence("{label}: {what}", label=label, what=field.label)
                yield Action(said, partial(ask, screen, field, thing))


def _nothing(screen: SessionScreen, thing: Ref) -> Iterable[Action]:
    return ()


def _to_seat(screen: SessionScreen, seat: Ref) -> Iterator[Action]:
    if people.is_open(screen, seat):
        yield Action(sentence("fill the seat"), partial(people.holder, screen, seat))


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
