"""The catalogue as one page of documentation; run as a program it prints `docs/rules.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgtui.rules.registry import CatalogueRule, catalogue

CHAPTERS = {
    "P1": "Divide along the funnel",
    "P2": "Combine like work, within the lead's reach",
    "P3": "Pull the breakthrough out",
    "P4": "Shared vision, shared goals",
    "C1": "Barriers",
    "C2": "Silos",
    "C3": "Friction",
    "S1": "Strategy and goals",
    "S2": "Duties and roles",
    "S3": "Levels and reporting lines",
    "S4": "Resources",
    "S5": "Evaluation and feedback",
    "A1": "Flexibility",
    "A2": "Process and communication",
    "A3": "Training and continuous improvement",
}

BEGINNING = """# The principles

Every rule of orgtui, with its reasons, examples and the source of its numbers. This page is generated from
the rules themselves (`make docs`); `orgtui rule CODE` prints one of them, `orgtui rule` lists them.
"""


def page(rule: CatalogueRule) -> str:
    """One rule's page, its own headings one level below its title."""
    body = re.sub("^## ", "### ", rule.page, flags=re.MULTILINE)
    return f"## {rule.code} {rule.name} ({rule.severity})\n\n{body}\n"


def whole() -> Iterator[str]:
    """All pages, chapter by chapter."""
    yield BEGINNING
    for family, title in CHAPTERS.items():
        rules = [rule for rule in catalogue().values() if rule.families[1] == family]
        if rules:
            yield f"# {family} {title}\n"
            yield from map(page, rules)


if __name__ == "__main__":
    print("\n".join(whole()), end="")
