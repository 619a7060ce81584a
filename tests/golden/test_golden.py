"""What other programs read does not change unnoticed.

Where a change is meant, `python -m tests.golden` writes these files anew.
"""

from __future__ import annotations

from functools import cache

import pytest

from orgtui.changes.parse import parse_change
from orgtui.files.plan_file import load_plan
from tests.golden.files import FOLDER, expected

NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".json", ".toml", ".md", ".csv"))


@cache
def written() -> dict[str, bytes]:
    return dict(expected())


def test_every_file_is_expected() -> None:
    assert sorted(written()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_bytes_are_the_same(name: str) -> None:
    assert written()[name] == (FOLDER / name).read_bytes(), "if this is meant: python -m tests.golden"


def test_the_plan_of_a_session_is_net() -> None:
    plan = load_plan(FOLDER / "session.plan.toml", parse_change)
    assert [step.change["op"] for step in plan.steps] == [
        "move_function",
        "rename",
        "add_goal",
        "take_goal",
        "move_person",
        "accept",
        "merge_teams",
    ]
    assert [step.wave for step in plan.steps] == [1, 1, 1, 1, 1, 1, 2]
    assert plan.steps[0].why == "One voice from brand message to lead content"
