"""Pay: read when asked for, refused where it cannot be right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from orgtui.files.pay_csv import load_pay
from orgtui.files.toml.problems import InvalidFile
from orgtui.model import records as r
from orgtui.model.store import Organization

ORGANIZATION = Organization(
    [
        r.Profile("A", date(2026, 11, 21)),
        r.Team("a", "A"),
        *(r.Person(each, "a", each) for each in ("li", "wang", "-x")),
    ]
)


def load(folder: Path, text: str) -> dict[str, Decimal]:
    path = folder / "pay.csv"
    path.write_text(text, encoding="utf-8")
    return load_pay(path, ORGANIZATION)


def said(folder: Path, text: str) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        load(folder, text)
    return [str(each).removeprefix(f"{folder}/") for each in caught.value.problems]


def test_pay(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeffannual_cost,person\r\n240000.10,li\r\n\r\n0,'-x\r\n") == {
        "li": Decimal("240000.10"),
        "-x": Decimal(0),
    }


def test_sums_do_not_depend_on_the_order(tmp_path: Path) -> None:
    pay = load(tmp_path, "person,annual_cost\nli,0.1\nwang,0.2\n")
    assert sum(pay.values()) == Decimal("0.3")


def test_every_problem_at_once(tmp_path: Path) -> None:
    assert said(
        tmp_path,
        "person,annual_cost\nli,-1\nnobody,nan\nli,1\nli,inf\n,\n , ,,\nwang\nwang,1e3\n\x1b[2J,1\n",
    ) == [
        'pay.csv:2: annual_cost (li): "-1" is no cost; write a number of 0 or more, such as 240000',
        'pay.csv:3: person (nobody): no person has the id "nobody"; '
        "write the id of a person in the organisation",
        'pay.csv:3: annual_cost (nobody): "nan" is no cost; write a number of 0 or more, such as 240000',
        'pay.csv:4: person (li): "li" stands here twice; keep one of the rows',
        'pay.csv:5: person (li): "li" stands here twice; keep one of the rows',
        'pay.csv:5: annual_cost (li): "inf" is no cost; write a number of 0 or more, such as 240000',
        "pay.csv:8: pay[5]: the row does not fit the header; write 2 cells",
        'pay.csv:9: annual_cost (wang): "1e3" is no cost; write a number of 0 or more, such as 240000',
        "pay.csv:10: person: U+001B (control character) at character 1 may not stand in text; take it out",
    ]


def test_a_wrong_header(tmp_path: Path) -> None:
    assert said(tmp_path, "person;cost\n") == [
        'pay.csv:1: file: the header is "person;cost"; write person,annual_cost, in any order'
    ]
    assert said(tmp_path, "person;annual_cost\nli;1,5\n") == [
        "pay.csv:1: file: the columns are separated by semicolons; save it as CSV with commas"
    ]


def test_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("person,annual_cost\n")
    (tmp_path / "pay.csv").symlink_to("real.csv")
    with pytest.raises(InvalidFile, match="the file is a link"):
        load_pay(tmp_path / "pay.csv", ORGANIZATION)
