"""The page of all principles in docs is what the rules say now."""

from __future__ import annotations

from pathlib import Path

from orgtui.rules.pages import all_pages
from orgtui.rules.registry import catalogue, chapters

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == "\n".join(all_pages()), "run `make docs`"


def test_every_rule_belongs_to_a_chapter() -> None:
    assert {rule.families[1] for rule in catalogue().values()} == set(chapters())
