"""Taking away what the cursor is on; asks where things go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import cast

from orgtui.changes.base import Change
from orgtui.changes.functions import RemoveFunction
from orgtui.changes.goals import DropGoal
from orgtui.changes.links import RemoveHandoff, RemoveShare
from orgtui.changes.seats import CloseSeat, EmptySeat, Unassign
from orgtui.changes.teams import DissolveTeam
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.choices import every
from orgtui.tui.flows.asking import choice_field, choose, choose_action, fill_in
from orgtui.tui.flows.changing import desk_of, make, session_of
from orgtui.tui.flows.teams import here
from orgtui.tui.screens.forms import Field, Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.names import share_key

Action = tuple[Sentence, Callable[[], None]]


def remove(screen: SessionScreen) -> None:
    """Choose what to take away of what the cursor is on."""
    ref = here(screen)
    choose_action(screen, sentence("Remove from {thing}", thing=ref), list(_actions(screen, ref)))


def _actions(screen: SessionScreen, ref: Ref) -> Iterable[Action]:
    organization = session_of(screen).organization
    do = partial(_do, screen)
    if ref.kind == "team":
        yield sentence("Dissolve {team}", team=ref), lambda: _dissolve(screen, ref)
        for goal in organization.teams[ref.id].goals:
            said = sentence("Drop the goal {goal}", goal=Ref.to("goal", goal))
            yield said, partial(do, DropGoal(ref.id, goal))
    elif ref.kind == "person":
        yield sentence("Close the seat of {person}", person=ref), lambda: _close(screen, ref)
        if organization.people[ref.id].state == "filled":
            yield sentence("{person} leaves; the seat stays", person=ref), partial(do, EmptySeat(ref.id))
        for function in organization.people[ref.id].functions:
            said = sentence("Take {person} off {function}", person=ref, function=Ref.to("function", function))
            yield said, partial(do, Unassign(ref.id, function))
    elif ref.kind == "function":
        yield sentence("Give {function} up", function=ref), partial(do, RemoveFunction(ref.id))
        for index in ("handoffs_from", "handoffs_to"):
            for source, target in sorted(organization.index(index, ref.id)):
                said = sentence(
                    "Remove the handoff {source} → {target}", source=_end(source), target=_end(target)
                )
                yield said, partial(do, RemoveHandoff(source, target))
    elif ref.kind == "share":
        yield sentence("Remove the link {link}", link=ref), partial(do, RemoveShare(*share_key(ref)))


def _do(screen: SessionScreen, change: Change) -> None:
    refusal = make(screen, [change])
    if refusal is not None:
        screen.tell(refusal, "error")


def _end(end: str) -> Ref:
    return Ref(end) if ":" in end else Ref.to("function", end)


def _dissolve(screen: SessionScreen, team: Ref) -> None:
    """Ask where what the team holds goes; the team above is proposed."""
    organization = session_of(screen).organization
    parent = organization.teams[team.id].parent
    above = None if parent is None else Ref.to("team", parent)
    teams = [ref for ref in every(desk_of(screen).scene, "team") if ref != team]
    people, functions, children = (
        len(organization.index(index, team.id)) for index in ("members", "functions_of", "children")
    )
    asked = (
        ("people_to", sentence("{people:person goes|people go} to", people=people), people),
        (
            "functions_to",
            sentence("{functions:function goes|functions go} to", functions=functions),
            functions,
        ),
        ("children_to", sentence("{teams:team goes|teams go} below", teams=children), children),
    )
    fields: list[Field] = [
        choice_field(screen, name, label, teams, above) for name, label, count in asked if count
    ]

    def proposal(values: Values) -> list[Change]:
        return [DissolveTeam(team.id, **{name: cast(Ref, ref).id for name, ref in values.items()})]

    fill_in(screen, sentence("Dissolve {team}", team=team), fields, sentence("Dissolve it"), proposal)


def _close(screen: SessionScreen, person: Ref) -> None:
    """Close a seat; if it leads teams, ask who leads them from now on."""
    if not session_of(screen).organization.index("led_by", person.id):
        _do(screen, CloseSeat(person.id))
        return
    others = [ref for ref in every(desk_of(screen).scene, "person") if ref != person]
    choose(
        screen,
        sentence("Who leads in place of {person}?", person=person),
        others,
        lambda successor: make(screen, [CloseSeat(person.id, successor.id)]),
    )
