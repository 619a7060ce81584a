"""Shares of functions from sheets."""

from __future__ import annotations

import pytest

from orgtui.exchange.sheets.cells import share_of
from tests.exchange.sheets.sheets import errors, notes, says, taken

SHEETS = [
    (("name,PR,Content", "Xu Lei,50%,0.5"), ["Xu Lei: PR 100 % → 50 %", "Xu Lei: Content 0 % → 50 %"]),
    (("name,pr,content", "Xu Lei,50,50"), ["Xu Lei: PR 100 % → 50 %", "Xu Lei: Content 0 % → 50 %"]),
    (("name,pr,content", "Xu Lei,99,1"), ["Xu Lei: PR 100 % → 99 %", "Xu Lei: Content 0 % → 1 %"]),
    (("姓名,职能,占比", "王磊,SEO,80%"), ["王磊: SEO 100 % → 80 %"]),
    (("Name;Funktion;Anteil", "Xu Lei;PR;0,5"), ["Xu Lei: PR 100 % → 50 %"]),
    (("name,function,share", "Xu Lei,PR,0", "Xu Lei,Content,1"),
     ["Xu Lei: Content 0 % → 100 %", "Xu Lei: PR"]),
    (("name,title,pr", "Xu Lei,Head,1"), []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "changes"), SHEETS)
def test_what_differs_is_taken(rows: tuple[str, ...], changes: list[str]) -> None:
    found = taken("functions", *rows)
    assert errors(found) == []
    assert says(found) == changes
    assert taken("functions", *rows, into=found.organization).changes == ()


@pytest.mark.parametrize(
    ("cell", "is_percent", "share"),
    [
        *(("0.5", False, 50), ("50 %", False, 50), ("50%", True, 50), ("50", True, 50), ("1", False, 100)),
        *(("0,25", False, 25), ("1", True, 1), ("0.333", False, 33), ("５０％", False, 50)),
        *(("1.5", False, None), ("120", True, None), ("half", False, None), ("-1", False, None)),
    ],
)
def test_shares(cell: str, is_percent: bool, share: int | None) -> None:
    assert share_of(cell, is_percent=is_percent) == share


def test_everything_wrong_is_told_at_once() -> None:
    found = taken(
        *("functions", "name,function,share", "Xu Lei,Contents,0.5", "Xu Lei,PR,lots", "Xu Lei,SEO,0.2"),
        *("Xu Lei,SEO,0.3", "Nobody,SEO,0.3", "Xu Lei,,0.3", "Xu Lei,Content,"),
    )
    assert errors(found) == [
        '2 Xu Lei: function: there is no function "Contents"; did you mean Content?',
        '3 Xu Lei: PR: "lots" is no share of a week; write 0.5, 50 % or 50',
        "5 Xu Lei: SEO stands in line 4 already",
        '6 Nobody: nobody is called "Nobody"',
        "7 -: the row names no function",
        '8 Xu Lei: Content: "" is no share of a week; write 0.5, 50 % or 50',
    ]


def test_a_column_of_shares_must_be_a_function() -> None:
    found = taken("functions", "name,Contnt,Notes,PR", "Xu Lei,0.5,shy,0.5")
    assert errors(found) == ['1 -: Contnt: there is no function "Contnt"; did you mean Content?']
    assert notes(found) == ["Notes holds no shares of a function; not read"]
