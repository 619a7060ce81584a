"""Several users in sessions on one log, and what each is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orgtui.changes.base import Change, Refused
from orgtui.changes.parse import parse_change
from orgtui.locales import translate
from orgtui.session.session import Changed, Session

Join = Callable[[str], Session]
"""Opens a session as some user."""


def why_not(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    said = translate(refused.value.sentence)
    return " ".join("TIME" if ":" in word and word[0].isdigit() else word for word in said.split())


def told_to(session: Session) -> list[Changed]:
    told: list[Changed] = []
    session.subscribe(told.append)
    return told


def news(changed: Changed | None) -> list[tuple[str, str, int]]:
    return [] if changed is None else [(each.by, each.kind, each.step.number) for each in changed.news]


def change(op: str, **said: object) -> list[Change]:
    return [parse_change({"op": op, **said})]


def nested(team: str, parent: str) -> list[Change]:
    return change("move_team", team=team, to=parent)
