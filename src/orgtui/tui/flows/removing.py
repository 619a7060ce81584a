"""Taking away what the cursor is on; asks where things go."""

from __future__ import annotations

from collections.abc import Iterable

from orgtui.changes.base import Change
from orgtui.changes.functions import RemoveFunction
from orgtui.changes.goals import DropGoal
from orgtui.changes.links import RemoveHandoff, RemoveShare
from orgtui.changes.seats import CloseSeat, EmptySeat, Unassign
from orgtui.changes.teams import DissolveTeam
from orgtui.model.sentence import Ref, sentence
from orgtui.tui.flows.asking import Action, choice_field, choose_action, choose_change, fill_in
from orgtui.tui.flows.changing import desk_of, session_of
from orgtui.tui.flows.teams import here
from orgtui.tui.screens.forms import Field, Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.names import share_key


def remove(screen: SessionScreen) -> None:
    """Choose what to take away of what the cursor is on."""
    ref = here(screen)
    choose_action(screen, sentence("Remove from {thing}", thing=ref), list(_actions(screen, ref)))


def _actions(screen: SessionScreen, ref: Ref) -> Iterable[Action]:
    organization = session_of(screen).organization
    if ref.kind == "team":
        yield Action(sentence("Dissolve {team}", team=ref), lambda: _dissolve(screen, ref))
        for goal in organization.teams[ref.id].goals:
            said = sentence("Drop the goal {goal}", goal=Ref.to("goal", goal))
            yield Action(said, changes=[DropGoal(ref.id, goal)])
    elif ref.kind == "person":
        close = sentence("Close the seat of {person}", person=ref)
        if organization.index("led_by", ref.id):
            yield Action(close, lambda: _close(screen, ref))
        else:
            yield Action(close, changes=[CloseSeat(ref.id)])
        if organization.people[ref.id].state == "filled":
            yield Action(sentence("{person} leaves; the seat stays", person=ref), changes=[EmptySeat(ref.id)])
        for function in organization.people[ref.id].functions:
            said = sentence("Take {person} off {function}", person=ref, function=Ref.to("function", function))
            yield Action(said, changes=[Unassign(ref.id, function)])
    elif ref.kind == "function":
        yield Action(sentence("Give {function} up", function=ref), changes=[RemoveFunction(ref.id)])
        for index in ("handoffs_from", "handoffs_to"):
            for source, target in sorted(organization.index(index, ref.id)):
                said = sentence(
                    "Remove the handoff {source} → {target}", source=_end(source), target=_end(target)
                )
                yield Action(said, changes=[RemoveHandoff(source, target)])
    elif ref.kind == "share":
        yield Action(sentence("Remove the link {link}", link=ref), changes=[RemoveShare(*share_key(ref))])


def _end(end: str) -> Ref:
    return Ref(end) if ":" in end else Ref.to("function", end)


def _dissolve(screen: SessionScreen, team: Ref) -> None:
    """Ask where what the team holds goes; the team above is proposed."""
    organization = session_of(screen).organization
    parent = organization.teams[team.id].parent
    above = None if parent is None else Ref.to("team", parent)
    teams = [ref for ref in desk_of(screen).scene.every("team") if ref != team]
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
        chosen = {name: ref.id for name, ref in values.items() if isinstance(ref, Ref)}
        return [DissolveTeam(team.id, **chosen)]

    fill_in(screen, sentence("Dissolve {team}", team=team), fields, sentence("Dissolve it"), proposal)


def _close(screen: SessionScreen, person: Ref) -> None:
    """Close the seat of a lead; ask who leads from now on."""
    others = [ref for ref in desk_of(screen).scene.every("person") if ref != person]
    choose_change(
        screen,
        sentence("Who leads in place of {person}?", person=person),
        others,
        lambda successor: [CloseSeat(person.id, successor.id)],
    )
