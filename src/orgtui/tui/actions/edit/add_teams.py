"""Adding teams, seats, functions, goals and missions: each asks for what it needs."""

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
    word_field,
)
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.prompts.fields import Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.new_id import new_id
from orgtui.views.pages.fields import parse_number

EMPTY = ("planned", "vacant")
"""The states of a seat without a holder; the first is the default."""


def team(screen: SessionScreen, parent: Ref) -> None:
    """Add a team below another one."""

    def create(name: str) -> list[Change]:
        identity = new_id(name, "team", session_of(screen).organization.teams)
        return [parse_change({"op": "create_team", "team": identity, "name": name, "parent": parent.id})]

    type_change(screen, sentence("Name of the new team below {team}", team=parent), create)


def seat(screen: SessionScreen, team: Ref) -> None:
    """Add a seat to a team: filled if a holder is named, else planned or vacant."""

    def proposal(values: Values) -> list[Change]:
        title, name = cast(str, values["title"]), cast(str, values["name"])
        written = {
            "op": "add_seat",
            "person": new_id(name or title, "seat", session_of(screen).organization.people),
            "team": team.id,
            "title": title,
            "name": name,
            "state": "filled" if name else values["empty"],
            "fte": parse_number(cast(str, values["fte"])),
        }
        return [parse_change(written)]

    fill_in(
        screen,
        sentence("A new seat in {team}", team=team),
        [
            text_field(screen, "title", sentence("Title")),
            text_field(screen, "name", sentence("Holder, empty while nobody is found")),
            word_field(screen, "empty", sentence("While nobody is found"), EMPTY, EMPTY[0]),
            text_field(screen, "fte", sentence("FTE, 0 to 1"), "1"),
        ],
        ADD,
        proposal,
    )


def holder(screen: SessionScreen, seat: Ref) -> None:
    """Fill a vacant or planned seat."""
    type_change(
        screen,
        sentence("Who sits in {person}?", person=seat),
        lambda name: [parse_change({"op": "fill_seat", "person": seat.id, "name": name})],
    )


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
