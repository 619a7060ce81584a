"""The examples on the page about file formats work."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.limits_file import load_limits
from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import load_organization
from orgtui.files.pay_csv import load_pay
from orgtui.files.plan_file import load_plan
from orgtui.rules.registry import known_rules

PAGE = Path(__file__).parents[2] / "docs" / "file-formats.md"
SUGGEST = PAGE.with_name("suggest.md")
EXAMPLE = re.compile(r"(?:A complete example, |完整的例子，)`(\S+)`[:：]\n\n```\w+\n(.*?)```", re.DOTALL)


@pytest.fixture(params=["file-formats.md", "file-formats.zh.md"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    for name, text in EXAMPLE.findall(PAGE.with_name(request.param).read_text(encoding="utf-8")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_examples_load(folder: Path) -> None:
    organization = load_organization(folder / "acme.toml", known_rules())
    assert list(load_pay(folder / "acme.pay.csv", organization)) == ["chen", "wang-lei"]
    assert len(load_plan(folder / "acme.plan.toml", parse_change).steps) == 2


def test_the_example_of_limits_loads(folder: Path) -> None:
    (text,) = [text for _, text in EXAMPLE.findall(SUGGEST.read_text(encoding="utf-8"))]
    (folder / "acme.limits.toml").write_text(text, encoding="utf-8")
    limits = load_limits(folder / "acme.limits.toml", load_organization(folder / "acme.toml", known_rules()))
    standard = Limits()
    same = [
        each.name for each in fields(Limits) if getattr(limits, each.name) == getattr(standard, each.name)
    ]
    assert same == ["apart", "price"], "every limit is shown, and those two at their standard"


def test_every_kind_of_table_is_shown(folder: Path) -> None:
    organization = load_organization(folder / "acme.toml", known_rules())
    assert [name for name, table in organization.tables.items() if not len(table)] == []


def test_people_may_stand_in_their_own_file(folder: Path) -> None:
    text = (folder / "acme.toml").read_text(encoding="utf-8")
    text = re.sub(r"\[\[person\]\]\n.*?\n\n", "", text, flags=re.DOTALL)
    text = text.replace("[files] ", '[files]\npeople = "acme.people.csv" ')
    (folder / "acme.toml").write_text(text, encoding="utf-8")
    assert list(load_organization(folder / "acme.toml", known_rules()).people) == [
        "chen",
        "wang-lei",
        "growth-2",
    ]
