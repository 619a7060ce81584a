"""What a conflict is called."""

from __future__ import annotations

from orgtui.changes.parse import parse_change
from orgtui.changes.replay import Conflict, FieldDifference
from orgtui.changes.step import Step
from orgtui.views.words.conflicts import conflict_lines

ONE, TWO = ({"id": each, "name": each.title()} for each in ("one", "two"))


def test_another_order_of_pillars_is_said_by_their_names() -> None:
    change = parse_change({"op": "set_organization", "pillars": [TWO, ONE]})
    conflict = Conflict(Step(change), (FieldDifference("pillars", [ONE, TWO], [ONE], [TWO, ONE]),))
    assert list(conflict_lines(conflict, str)) == [
        "pillars: was One, Two, is One now, you want Two, One",
    ]
