"""Records for small organisations, as short as they can be written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from orgtui.model import records as r
from orgtui.model.records import Record
from tests.rules.organizations import TODAY

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def teams(*names: str, parent: str = "marketing", **fields: Any) -> list[Record]:
    return [r.Team(name, name.title(), parent, **fields) for name in names]


def function(name: str, team: str | None = "marketing", **fields: Any) -> r.Function:
    return r.Function(name, name.title(), team=team, **fields)


def seat(name: str, team: str = "marketing", **fields: Any) -> r.Person:
    return r.Person(name, team, name.title(), **fields)


def seats(team: str, number: int, **fields: Any) -> list[Record]:
    return [seat(f"{team}-{n}", team, **fields) for n in range(number)]
