"""A session that goes through everything, one act after another, the same every time."""

from __future__ import annotations

from collections.abc import Callable

from orgtui.changes.parse import parse_change
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import OpenedSession
from tests.session.sessions import renamed, state_hash


def _add_seat(opened: OpenedSession, number: int) -> None:
    seat = {"op": "add_seat", "person": f"seat-{number}", "team": "pr", "state": "vacant", "title": "Writer"}
    opened.session.do([parse_change(seat)])


def _move(opened: OpenedSession, number: int) -> None:
    opened.session.do([parse_change({"op": "move_person", "person": f"seat-{number - 1}", "to": "growth"})])


ACTS: list[Callable[[OpenedSession, int], object]] = [
    lambda opened, number: opened.session.do(renamed("pr", f"Press {number}"), "因为"),
    _add_seat,
    _move,
    lambda opened, number: fold(opened),
    lambda opened, number: opened.session.undo(),
    lambda opened, number: opened.session.redo(),
    lambda opened, number: opened.session.drop(opened.session.steps[-3].number),
    lambda opened, number: opened.session.say_why(opened.session.steps[-1].number, f"reason {number}"),
    lambda opened, number: fold(opened),
]


def act(opened: OpenedSession, number: int) -> None:
    """Do the act of a number, counted from 0."""
    ACTS[number % len(ACTS)](opened, number)


def state(opened: OpenedSession) -> str:
    """What a session holds: its organisation, its steps with their reasons, and what can be redone."""
    steps = [(step.number, step.why) for step in opened.session.steps]
    return f"{state_hash(opened.session.organization)} {steps} {opened.session.can_redo}"
