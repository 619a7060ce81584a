"""Adding teams, functions, goals and missions: each asks for what it needs."""

from __future__ import annotations

from typing import cast

from orgtui.changes.base import Change
from orgtui.changes.operations.goals import AddGoal, TakeGoal
from orgtui.changes.parse import parse_change
from orgtui.model.sentence import Ref, sentence
from orgtui.tui.actions.asking import (
    ADD,
    choice_field,
    day_field,
    fill_in,
    many_field,
    text_field,
    type_change,
)
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.prompts.fields import Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.new_id import new_id


def team(screen: SessionScreen, parent: Ref) -> None:
    """Add a team below another one."""

    def create(name: str) -> list[Change]:
        identity = new_id(name, "team", session_of(screen).organization.teams)
        return [parse_change({"op": "create_team", "team": identity, "name": name, "parent": parent.id})]

    type_change(screen, sentence("Name of the new team below {team}", team=parent), create)


def function(screen: SessionScreen, here: Ref) -> None:
    """Add a function to the selected team, area or stage."""
    scene = workspace_of(screen).scene
    asked = {"area": sentence("Area"), "team": sentence("Team")}
    asked.pop(here.kind, None)

    def proposal(values: Values) -> list[Change]:
        name = cast(str, values["name"])
        chosen = {kind: cast("Ref | None", values[kind]) for kind in asked}
        there = {here.kind: here.id} if here.kind in ("area", "team") else {}
        written = {
            "op": "add_function",
            "function": new_id(name, "function", scene.organization.functions),
            "name": name,
            "stages": [ref.id for ref in cast("tuple[Ref, ...]", values["stages"])],
            **{kind: ref.id for kind, ref in chosen.items() if ref is not None},
            **there,
        }
        return [parse_change(written)]

    fill_in(
        screen,
        sentence("A new function for {thing}", thing=here),
        [
            text_field(screen, "name", sentence("Name"), needed=True),
            *(choice_field(screen, kind, label, scene.every(kind)) for kind, label in asked.items()),
            many_field(
                screen,
                "stages",
                sentence("Stages it serves"),
                scene.every("stage"),
                [here] if here.kind == "stage" else (),
            ),
        ],
        ADD,
        proposal,
    )


def goal(screen: SessionScreen, team: Ref) -> None:
    """Add a goal that a team takes on at once."""

    def create(name: str) -> list[Change]:
        identity = new_id(name, "goal", session_of(screen).organization.goals)
        return [AddGoal(identity, name), TakeGoal(team.id, identity)]

    type_change(screen, sentence("Name of the new goal of {team}", team=team), create)


def mission(screen: SessionScreen, here: Ref) -> None:
    """Add a mission, for the selected goal or with the selected person."""
    scene = workspace_of(screen).scene

    def proposal(values: Values) -> list[Change]:
        name = cast(str, values["name"])
        chosen = {key: cast("Ref | None", values[key]) for key in ("lead", "goal")}
        written = {
            "op": "start_mission",
            "mission": new_id(name, "mission", scene.organization.missions),
            "name": name,
            "people": [ref.id for ref in cast("tuple[Ref, ...]", values["people"])],
            "until": values["until"],
            **{key: ref.id for key, ref in chosen.items() if ref is not None},
        }
        return [parse_change(written)]

    people = scene.every("person")
    fill_in(
        screen,
        sentence("A new mission"),
        [
            text_field(screen, "name", sentence("Name"), needed=True),
            choice_field(screen, "lead", sentence("Who leads it"), people),
            many_field(
                screen, "people", sentence("Who works on it"), people, [here] if here.kind == "person" else ()
            ),
            choice_field(
                screen, "goal", sentence("Goal"), scene.every("goal"), here if here.kind == "goal" else None
            ),
            day_field(screen, "until", sentence("Until")),
        ],
        ADD,
        proposal,
    )
