"""No sentence shows an id: findings, fixes, what they bring, and what changes did, all by name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest

from orgtui.advice.fixes import fixes_for
from orgtui.changes.compile import compile_all
from orgtui.locales import translate
from orgtui.model.sentence import Sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment
from orgtui.rules.policy import message, reason_for_fix
from orgtui.rules.registry import catalogue
from orgtui.views.base.names import Names
from orgtui.views.words.changes import describe
from tests.oracle.generate import random_document, to_toml
from tests.rules.catalogue.test_pages import sections
from tests.rules.organizations import loaded

MARK = "zq-"
"""Every id begins with it, and no name."""

WORDS = frozenset(("name", "title", "text", "why", "metric", "exit", "topic", "format", "code", "purpose"))
"""Keys of entries whose text is no id."""

SEEDS = range(4)


CASES = (*catalogue(), *map(str, SEEDS))
"""The bad example of every rule's page, and random organisations."""


def document_of(case: str) -> dict[str, Any]:
    if case.isdigit():
        return tomllib.loads(to_toml(random_document(Random(int(case)), "small")))
    return tomllib.loads(sections(case)["Example bad"].split("```")[1].removeprefix("toml"))


def ids_in(document: Mapping[str, Any]) -> set[str]:
    lists = [each for each in document.values() if isinstance(each, list)]
    lists.append(document["organization"].get("pillars", []))
    found = {entry["id"] for entries in lists for entry in entries if "id" in entry}
    return found | skills_in(document)


def skills_in(document: Mapping[str, Any]) -> set[str]:
    entries = [*document.get("function", ()), *document.get("person", ())]
    topics = {each["topic"] for each in document.get("share", ())}
    kinds = {each["kind"] for each in entries if "kind" in each}
    return {skill for each in entries for key in ("skills", "learning") for skill in each.get(key, ())} | (
        topics & {each["id"] for each in document.get("skill", ())} | (kinds - {""})
    )


def marked(document: Mapping[str, Any]) -> Organization:
    """The organisation of a document in which ids, also those of skills, are unlike all names."""
    ids, skills = ids_in(document), skills_in(document)

    def turned(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {
                MARK + k if k in ids and key in ("functions", "skills") else k: turned(v, k)
                for k, v in value.items()
            }
        if isinstance(value, list):
            return [turned(each, key) for each in value]
        if not isinstance(value, str) or key in WORDS:
            return value
        kind, colon, identity = value.rpartition(":")
        return f"{kind}{colon}{MARK}{identity}" if identity in ids else value

    made = turned(document)
    listed = {each["id"] for each in made.get("skill", ())}
    made.setdefault("skill", []).extend(
        {"id": MARK + skill, "name": f"Skill {skill}"}
        for skill in sorted(skills)
        if MARK + skill not in listed
    )
    for kind in (
        "pillar",
        "department",
        "stage",
        "area",
        "team",
        "function",
        "person",
        "goal",
        "mission",
        "tool",
    ):
        entries = made["organization"].get("pillars", ()) if kind == "pillar" else made.get(kind, ())
        for entry in entries:
            entry.setdefault("name", f"{kind.title()} {entry['id'].removeprefix(MARK)}")
    return loaded(to_toml(made))


@pytest.mark.parametrize("case", CASES)
def test_no_id_is_in_a_sentence(case: str) -> None:
    organization = marked(document_of(case))
    assessment = Assessment(organization.copy(), organization.profile.as_of)
    assessment.evaluate_pending()
    names = Names(assessment.organization, organization)
    said = [text for what in sentences(assessment, names) if MARK in (text := translate(what, names))]
    assert assessment.reported
    assert said == []


def sentences(assessment: Assessment, names: Names) -> Iterator[Sentence]:
    for reported in [*assessment.reported.values()]:
        yield message(reported.finding)
        yield reason_for_fix(reported.finding)
        for fix in fixes_for(assessment, reported.finding):
            names.note(compile_all(assessment.organization, fix.changes))
            yield fix.title
            if fix.fitting is not None and fix.fitting.why is not None:
                yield fix.fitting.why
            for old, new in fix.difference.pairs:
                yield from (message(each.finding) for each in (old, new) if each is not None)
            yield from (describe(each, each.replaced_values(assessment.organization)) for each in fix.changes)
