"""The catalogue as one page of documentation; run as a module, with a language, it prints `docs/rules.md`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from orgtui.locales import current_language, set_language, translate
from orgtui.locales.documentation import in_language_spoken
from orgtui.locales.language import ENGLISH
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.rules.registry import CatalogueRule, catalogue, chapters

TITLE = N_("The principles")
INTRODUCTION = N_(
    "Every rule of orgtui, with its reasons, examples and the source of its numbers. This page is generated "
    "from the rules themselves (`make docs`); `orgtui rule CODE` prints one, `orgtui rule` lists them."
)
IN_OTHER_LANGUAGE = {ENGLISH: "[简体中文](rules.zh.md)", "zh_CN": "[English](rules.md)"}


def rule_page(rule: CatalogueRule) -> str:
    """One rule's page as Markdown, in the current language, under its heading."""
    return f"# {heading_of(rule)}\n\n{in_language_spoken(rule.page)}"


def _section(rule: CatalogueRule) -> str:
    """One rule's page below the heading of a chapter; its own headings are one level lower."""
    body = re.sub("^## ", "### ", in_language_spoken(rule.page), flags=re.MULTILINE)
    return f"## {heading_of(rule)}\n\n{body}\n"


def heading_of(rule: CatalogueRule) -> str:
    """A rule by its code, name and severity; by the name for people and for files where they differ."""
    name, severity = translate(rule.title), translate(Sentence(rule.severity))
    if name == rule.name:
        return f"{rule.code} {name} ({severity})"
    told = {"code": rule.code, "title": name, "name": rule.name, "severity": severity}
    return translate(sentence("{code} {title} ({name}, {severity})", **told))


def all_pages() -> Iterator[str]:
    """The introduction and all pages as Markdown, by chapter, in the current language."""
    title, introduction = translate(Sentence(TITLE)), translate(Sentence(INTRODUCTION))
    yield f"# {title}\n\n{introduction}\n\n{IN_OTHER_LANGUAGE[current_language()]}\n"
    for family, chapter in chapters().items():
        rules = [rule for rule in catalogue().values() if rule.families[1] == family]
        if rules:
            yield f"# {family} {translate(Sentence(chapter))}\n"
            yield from map(_section, rules)


if __name__ == "__main__":
    set_language(next(iter(sys.argv[1:]), ENGLISH))
    print("\n".join(all_pages()), end="")
