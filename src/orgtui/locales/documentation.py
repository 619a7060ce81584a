"""Pages of documentation in Markdown: their parts, and the same page in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from orgtui.locales import current_language, translate
from orgtui.locales.language import ENGLISH
from orgtui.model.sentence import Sentence

_FENCE = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_WORDS = re.compile(
    r'\b(?P<key>name|title|topic|what|metric|purpose|exit|vision) = "(?P<words>[A-Z][^"]*|[^" ]+ [^"]*)"'
)
"""The words of an example: names and texts, but no ids and fixed words."""


class Part(NamedTuple):
    """A part of a page; a text is on one line, `code` is as it stands, with the words behind its fence."""

    kind: Literal["heading", "text", "code"]
    text: str
    fence: str = ""


def parts_of(page: str) -> Iterator[Part]:
    """The parts of a page: headings with their signs, paragraphs, items of lists with theirs, and code."""
    at = 0
    for fence in _FENCE.finditer(page):
        yield from _prose(page[at : fence.start()])
        yield Part("code", fence[2], fence[1])
        at = fence.end()
    yield from _prose(page[at:])


def sections_of(page: str) -> Iterator[list[Part]]:
    """The parts of a page from each heading to before the next; the first ones have none."""
    section: list[Part] = []
    for part in parts_of(page):
        if part.kind == "heading":
            yield section
            section = []
        section.append(part)
    yield section


def _prose(text: str) -> Iterator[Part]:
    for block in re.split(r"\n\n+|\n(?=#|- )|(?<=\n)(?=- )", text.strip("\n")):
        heading, _, rest = block.partition("\n") if block.startswith("#") else ("", "", block)
        if heading:
            yield Part("heading", heading)
        if rest.strip():
            yield Part("text", " ".join(rest.split()))


def messages_of(page: str) -> Iterator[str]:
    """What is translated of a page: headings without their signs, texts, and the names in examples."""
    for part in parts_of(page):
        if part.kind == "code":
            yield from (each["words"] for each in _WORDS.finditer(part.text))
        else:
            yield part.text.lstrip("# ") if part.kind == "heading" else part.text


def in_language_spoken(page: str) -> str:
    """A page in the current language; in English it is as it was."""
    return page if current_language() == ENGLISH else "\n\n".join(map(_in_words, parts_of(page)))


def _in_words(part: Part) -> str:
    if part.kind == "code":
        code = _WORDS.sub(lambda each: f'{each["key"]} = "{translate(Sentence(each["words"]))}"', part.text)
        return f"```{part.fence}\n{code}```"
    signs = part.text[: len(part.text) - len(part.text.lstrip("# "))] if part.kind == "heading" else ""
    return signs + translate(Sentence(part.text.removeprefix(signs)))
