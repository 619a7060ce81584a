"""Goals from sheets."""

from __future__ import annotations

import pytest

from orgtui.exchange.sheets.cells import number_of
from orgtui.model import records as r
from tests.exchange.sheets.sheets import errors, says, taken

SHEETS = [
    (("goal,metric,target,teams", "Reach,Views,1000,Brand"), ["Reach", "Brand: Reach"]),
    (("goal,pillar,teams", "Media coverage,Scale,\"Brand, Growth\""),
     ["Media coverage: pillar – → scale", "Growth: Media coverage"]),
    (("目标,指标,目标值,复盘,考核,负责团队", "Qualified pipeline,线索,30%,每季度,是,Growth、Brand"),
     ["Qualified pipeline: metric – → 线索, target – → 30, review – → quarterly, evaluated no → yes",
      "Growth: Qualified pipeline", "Brand: Qualified pipeline"]),
    (("Ziel;Kennzahl;Zielwert", "Qualified pipeline;SQL;1,5"),
     ["Qualified pipeline: metric – → SQL, target – → 1.5"]),
    (("id,goal,metric", "coverage,Press coverage,"),
     ["Press coverage: name Media coverage → Press coverage"]),
    (("goal,metric", "Media coverage,"), []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "changes"), SHEETS)
def test_what_differs_is_taken(rows: tuple[str, ...], changes: list[str]) -> None:
    found = taken("goals", *rows)
    assert errors(found) == []
    assert says(found) == changes
    assert taken("goals", *rows, into=found.organization).changes == ()


def test_a_new_goal_holds_what_the_row_says() -> None:
    found = taken(
        *("goals", "goal,metric,target,pillar,review,evaluated,core,teams"),
        '更多曝光,Views,"1,000,000",scale,monthly,yes,no,brand',
    )
    goal = r.Goal("geng-duo-bao-guang", "更多曝光", False, "scale", "Views", 1_000_000, "monthly", True)
    assert found.organization.goals[goal.id] == goal
    assert goal.id in found.organization.teams["brand"].goals


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *(("12", 12), ("-3", -3), ("1,000", 1000), ("1,000,000.5", 1000000.5), ("0,5", 0.5), ("30 %", 30)),
        *(("1'000", 1000), ("many", None), ("1.2.3", None), ("", None), ("1e400", None)),
    ],
)
def test_numbers(cell: str, number: float | None) -> None:
    assert number_of(cell) == number


def test_everything_wrong_is_told_at_once() -> None:
    found = taken(
        *("goals", "goal,metric,target,pillar,review,evaluated,teams", "A,m,many,Scales,daily,maybe,Bran"),
        *(",m,,,,,", "B,m,,,,,", "b,m,,,,,", f"{'C' * 201},m,,,,,"),
    )
    assert errors(found) == [
        '2 A: target: "many" cannot be read; write a number',
        '2 A: pillar: there is no pillar "Scales"; did you mean Scale?',
        '2 A: review: "daily" cannot be read; write weekly, monthly, quarterly or yearly',
        '2 A: evaluated: "maybe" cannot be read; write yes or no',
        '2 A: teams: there is no team "Bran"; did you mean Brand?',
        "3 -: the row names no goal",
        "5 b: b stands in line 4 already",
        f'6 {"C" * 201}: goal: "{"C" * 39}…" is no name: write text of 1 to 200 characters in quotes',
    ]
