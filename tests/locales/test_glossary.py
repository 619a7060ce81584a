"""The Chinese catalogue keeps to the glossary, and to the punctuation of Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from orgtui.locales.documentation import messages_of
from orgtui.locales.extract import read_catalogue
from orgtui.locales.language import CHINESE
from orgtui.locales.latin import CJK
from orgtui.rules.registry import catalogue as rules

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.zh.md"

FIELD = re.compile(r"\{\w+(?::([^{}|]*)(?:\|([^{}]*))?)?\}")
CODE = re.compile(r"`[^`]*`|--?[a-z]+|[A-Z]+:[A-Z]+|\b[a-z]+:ID\b|[a-z]+(-[a-z]+){2,}|[a-z]+:id")

NAMES = frozenset(
    (
        *("area", "areas", "asked_by", "children_to", "department", "following", "function", "function2"),
        *("functions", "functions_to", "goal", "goals", "homes", "into", "lead", "lead_to", "liaison"),
        *("manager", "mission", "missions", "parent", "people", "people_to", "person", "pillar", "pillars"),
        *(
            "skill",
            "skill2",
            "skills",
            "stage",
            "stage2",
            "stages",
            "team",
            "team2",
            "teams",
            "thing",
            "tool",
        ),
        *("tools", "topic", "via"),
    )
)
"""Fields that hold names of what is in the organisation, unless they are counted."""

NO_NAMES = frozenset(
    (
        "keep them in [[person]] or in {people}",
        "{go_on} writes it   {functions} with or without functions   {back} back   {help} help",
        "{teams} goes to the teams. Put the cursor on a person, and {carry} lifts them: "
        "nothing has changed yet.",
        "{teams}, then {add} on a team adds one",
        "{place} of {stages}",
    )
)
"""Messages whose fields are called like names and hold a file, a key or a number."""

OTHER_WORDS = {
    "lead": ("leads to", "leads instead", "Take out a layer"),
    "seat": ("Fill a seat for", "filled the seat of"),
    "filled": ("is filled in only",),
    "closed": ('a quote (") before it is not closed', "{file} is closed for it"),
    "function": ("no function of ours", "people's shares in functions"),
    "request": ("pull requests",),
    "plan": ("Put the marked changes of the plan", "take this plan"),
    "carry": ("than the head can carry", "division carries"),
    "team": ("leads the team", "shares with the other team"),
    "organisation": ("The waves of organisations",),
    "kind": ("no kind of file that is read", "write kind:id"),
}
"""By term, parts of messages in which the word means something else, or goes without saying in Chinese."""


IN_SHEETS = frozenset(("FTE", "空缺"))
"""Words that the sheets and files of others hold, which documents show."""


@cache
def glossary() -> Mapping[str, tuple[str, ...]]:
    """The Chinese words of each English term."""
    rows = (line.strip("| ").split(" | ") for line in GLOSSARY.read_text("utf-8").splitlines() if "|" in line)
    return {row[0]: tuple(row[1].split(" / ")) for row in rows if row[0] != "英文" and row[0] != "---"}


@cache
def words_not_used() -> tuple[str, ...]:
    return tuple(re.findall(r"([^、。\s（]+)（用「", GLOSSARY.read_text("utf-8")))


@cache
def prose() -> frozenset[str]:
    """What the pages of the rules say at length, in words that are not only those of the app."""
    return frozenset(text for each in rules().values() for text in messages_of(each.page))


@cache
def translations() -> Mapping[str, str]:
    return {str(each.id): str(each.string) for each in read_catalogue(CHINESE) if each.id}


def english(message: str) -> str:
    """The words of a template, with the nouns of its counts and without its fields and code."""
    return FIELD.sub(lambda field: f" {field[1] or ''} {field[2] or ''} ", CODE.sub(" ", message))


@pytest.mark.parametrize("term", glossary())
def test_a_term_is_said_with_its_word(term: str) -> None:
    word, others = re.compile(rf"\b{term}s?\b", re.IGNORECASE), OTHER_WORDS.get(term, ())
    said = {
        message: text
        for message, text in translations().items()
        if message not in prose()
        and word.search(english(message))
        and not any(other in message for other in others)
    }
    assert said, "no message has this term"
    assert {m: text for m, text in said.items() if not any(each in text for each in glossary()[term])} == {}


def test_a_word_that_means_something_else_is_still_there() -> None:
    messages = "\n".join(translations())
    assert [other for others in OTHER_WORDS.values() for other in others if other not in messages] == []


def chinese_texts() -> Iterator[tuple[str, str]]:
    yield from translations().items()
    for path in (*(ROOT / "docs").glob("*.zh.md"), *(ROOT / "sample_orgs").glob("*.zh*.toml")):
        if path != GLOSSARY:
            yield path.name, path.read_text("utf-8")


@pytest.mark.parametrize("word", words_not_used())
def test_no_other_word_is_used(word: str) -> None:
    texts = translations().items() if word in IN_SHEETS else chinese_texts()
    assert [name for name, text in texts if word in text] == []


@pytest.mark.parametrize("wrong", [rf"[{CJK}][:,;!?()\[\]]", rf"[:,;!?()\[\]][{CJK}]", "[“”]"])
def test_punctuation_beside_a_character_is_full_width(wrong: str) -> None:
    assert [text for text in translations().values() if re.search(wrong, CODE.sub("", text))] == []


def test_no_blank_is_between_a_character_and_a_name() -> None:
    wrong = []
    for message, text in translations().items():
        if message in NO_NAMES:
            continue
        counted = set(re.findall(r"\{(\w+):", message))
        beside = re.findall(rf"[{CJK}] \{{(\w+)\}}|\{{(\w+)\}} [{CJK}]", text)
        if any(name in NAMES and name not in counted for pair in beside for name in pair):
            wrong.append(text)
    assert wrong == []
