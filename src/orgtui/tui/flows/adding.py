"""Adding where the cursor is: teams, seats, functions, goals, knowledge links, handoffs, shares of work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from orgtui.changes.base import Change
from orgtui.changes.goals import AddGoal, TakeGoal
from orgtui.changes.parse import parse_change
from orgtui.model.sentence import Ref, sentence
from orgtui.tui.flows.asking import (
    Action,
    choice_field,
    choose_action,
    choose_change,
    fill_in,
    many_field,
    text_field,
    type_change,
    word_field,
)
from orgtui.tui.flows.changing import desk_of, session_of
from orgtui.tui.screens.forms import Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.new_id import new_id

CADENCES = ("weekly", "monthly", "quarterly", "yearly")
WAYS = ("pairing", "review", "training", "docs", "meeting", "rotation")
YES_NO = ("yes", "no")
ADD = sentence("Add it")


def add(screen: SessionScreen) -> None:
    """Choose what to add to what the cursor is on."""
    here = screen.pane.ref
    assert here is not None
    choose_action(screen, sentence("Add to {thing}", thing=here), list(_actions(screen, here)))


def _actions(screen: SessionScreen, here: Ref) -> Iterable[Action]:
    if here.kind == "team":
        yield Action(sentence("A team below it"), lambda: _team(screen, here))
        yield Action(sentence("A seat"), lambda: _seat(screen, here))
        yield Action(sentence("A function"), lambda: _function(screen, here))
        yield Action(sentence("A goal that it takes on"), lambda: _goal(screen, here))
        yield Action(sentence("A new goal"), lambda: _new_goal(screen, here))
    if here.kind == "function":
        yield Action(sentence("A handoff to another function or department"), lambda: _handoff(screen, here))
        yield Action(sentence("Somebody who does it"), lambda: _share_of_work(screen, here))
    if here.kind == "person":
        yield Action(sentence("A function to do"), lambda: _share_of_work(screen, here))
    if here.kind in ("team", "person"):
        yield Action(sentence("A knowledge link"), lambda: _link(screen, here))


def _team(screen: SessionScreen, parent: Ref) -> None:
    def create(name: str) -> list[Change]:
        identity = new_id(name, "team", session_of(screen).organization.teams)
        return [parse_change({"op": "create_team", "team": identity, "name": name, "parent": parent.id})]

    type_change(screen, sentence("Name of the new team below {team}", team=parent), create)


def _seat(screen: SessionScreen, team: Ref) -> None:
    def proposal(values: Values) -> list[Change]:
        title, name = cast(str, values["title"]), cast(str, values["name"])
        identity = new_id(name or title, "seat", session_of(screen).organization.people)
        state = "filled" if name else "planned"
        seat = {
            "op": "add_seat",
            "person": identity,
            "team": team.id,
            "title": title,
            "name": name,
            "state": state,
        }
        return [parse_change(seat)]

    fill_in(
        screen,
        sentence("A new seat in {team}", team=team),
        [
            text_field(screen, "title", sentence("Title")),
            text_field(screen, "name", sentence("Holder, empty while nobody is found")),
        ],
        ADD,
        proposal,
    )


def _function(screen: SessionScreen, team: Ref) -> None:
    scene = desk_of(screen).scene

    def proposal(values: Values) -> list[Change]:
        name, area = cast(str, values["name"]), cast("Ref | None", values["area"])
        written = {
            "op": "add_function",
            "function": new_id(name, "function", scene.organization.functions),
            "name": name,
            "team": team.id,
            "stages": [ref.id for ref in cast("tuple[Ref, ...]", values["stages"])],
        }
        return [parse_change(written | ({} if area is None else {"area": area.id}))]

    fill_in(
        screen,
        sentence("A new function of {team}", team=team),
        [
            text_field(screen, "name", sentence("Name")),
            choice_field(screen, "area", sentence("Area"), scene.every("area")),
            many_field(screen, "stages", sentence("Stages it serves"), scene.every("stage")),
        ],
        ADD,
        proposal,
    )


def _goal(screen: SessionScreen, team: Ref) -> None:
    choose_change(
        screen,
        sentence("Which goal does {team} take on?", team=team),
        desk_of(screen).scene.every("goal"),
        lambda goal: [TakeGoal(team.id, goal.id)],
    )


def _new_goal(screen: SessionScreen, team: Ref) -> None:
    def create(name: str) -> list[Change]:
        identity = new_id(name, "goal", session_of(screen).organization.goals)
        return [AddGoal(identity, name), TakeGoal(team.id, identity)]

    type_change(screen, sentence("Name of the new goal of {team}", team=team), create)


def _handoff(screen: SessionScreen, function: Ref) -> None:
    scene = desk_of(screen).scene

    def proposal(values: Values) -> list[Change]:
        target = cast("Ref | None", values["to"])
        written = {
            "op": "add_handoff",
            "from": function.id,
            "to": "" if target is None else target.id if target.kind == "function" else str(target),
            "what": values["what"],
            "tracked": values["tracked"] == YES_NO[0],
        }
        return [parse_change(written)]

    fill_in(
        screen,
        sentence("A handoff from {function}", function=function),
        [
            choice_field(screen, "to", sentence("To"), scene.every("function", "department")),
            text_field(screen, "what", sentence("What is handed over")),
            word_field(screen, "tracked", sentence("Tracked"), YES_NO),
        ],
        ADD,
        proposal,
    )


def _share_of_work(screen: SessionScreen, here: Ref) -> None:
    scene = desk_of(screen).scene
    other = "person" if here.kind == "function" else "function"

    def proposal(values: Values) -> list[Change]:
        chosen = cast("Ref | None", values[other])
        written = {
            "op": "assign",
            here.kind: here.id,
            other: "" if chosen is None else chosen.id,
            "share": _number(cast(str, values["share"])),
        }
        return [parse_change(written)]

    label = sentence("Who") if other == "person" else sentence("What")
    fill_in(
        screen,
        sentence("A share of work for {thing}", thing=here),
        [
            choice_field(screen, other, label, scene.every(other)),
            text_field(screen, "share", sentence("Share of a week, 0.01 to 1"), "0.5"),
        ],
        ADD,
        proposal,
    )


def _link(screen: SessionScreen, here: Ref) -> None:
    scene = desk_of(screen).scene

    def proposal(values: Values) -> list[Change]:
        target = values["to"]
        written = {
            "op": "add_share",
            "from": str(here),
            "to": "" if target is None else str(target),
            "topic": values["topic"],
            "how": values["how"],
            "every": values["every"],
        }
        return [parse_change(written)]

    fill_in(
        screen,
        sentence("A knowledge link from {thing}", thing=here),
        [
            choice_field(screen, "to", sentence("To"), scene.every("team", "person")),
            text_field(screen, "topic", sentence("Topic, a skill's id or free text")),
            word_field(screen, "every", sentence("How often"), CADENCES, "monthly"),
            word_field(screen, "how", sentence("How"), WAYS),
        ],
        ADD,
        proposal,
    )


def _number(text: str) -> object:
    """A number as people type it; the text itself where it is none, so that it is refused in words."""
    try:
        return float(text)
    except ValueError:
        return text
