"""The catalogue as one page of documentation; run as a module it prints `docs/rules.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgtui.rules.registry import CatalogueRule, catalogue, chapters

INTRODUCTION = """# The principles

Every rule of orgtui, with its reasons, examples and the source of its numbers. This page is generated from
the rules themselves (`make docs`); `orgtui rule CODE` prints one of them, `orgtui rule` lists them.
"""


def rule_page(rule: CatalogueRule) -> str:
    """One rule's page as Markdown, with a title; its own headings are one level lower."""
    body = re.sub("^## ", "### ", rule.page, flags=re.MULTILINE)
    return f"## {rule.code} {rule.name} ({rule.severity})\n\n{body}\n"


def all_pages() -> Iterator[str]:
    """The introduction and all pages as Markdown, by chapter."""
    yield INTRODUCTION
    for family, title in chapters().items():
        rules = [rule for rule in catalogue().values() if rule.families[1] == family]
        if rules:
            yield f"# {family} {title}\n"
            yield from map(rule_page, rules)


if __name__ == "__main__":
    print("\n".join(all_pages()), end="")
