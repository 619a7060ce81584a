"""The page of all principles in docs is what the rules say now."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.locales import current_language, set_language
from orgtui.rules.pages import all_pages
from orgtui.rules.registry import catalogue, chapters

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(("language", "page"), [("en", "rules.md"), ("zh_CN", "rules.zh.md")])
def test_the_page_is_up_to_date(language: str, page: str) -> None:
    before = current_language()
    set_language(language)
    try:
        assert (DOCS / page).read_text(encoding="utf-8") == "\n".join(all_pages()), "run `make docs`"
    finally:
        set_language(before)


def test_every_rule_belongs_to_a_chapter() -> None:
    assert {rule.families[1] for rule in catalogue().values()} == set(chapters())
