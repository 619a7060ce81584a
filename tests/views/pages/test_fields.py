"""What pages offer to be said is what changes can hold, and what they offer to take away goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from orgtui.changes.base import Refused
from orgtui.changes.compile import trial
from orgtui.changes.parse import parse_change
from orgtui.engine.view import PlainView
from orgtui.files.organization_file import load_organization
from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import Ref, sentence
from orgtui.model.store import Organization
from orgtui.rules.policy import options_for
from orgtui.rules.registry import known_rules
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.organization import ORGANIZATION
from orgtui.views.pages.fields import (
    NEW,
    NOTHING,
    TEXT,
    Field,
    MultipleChoice,
    SingleChoice,
    TextInput,
    parse_number,
    set_or_clear,
)
from orgtui.views.pages.inspector import FACTS, inspector_page
from orgtui.views.pages.page import Page
from orgtui.views.panes.lanes import FUNNEL
from orgtui.views.words.records import record_ref

SAMPLE = Path(__file__).parents[3] / "sample_orgs" / "startup_a.toml"
ENOUGH = 4
"""How many of a list are tried."""


def scene_of(organization: Organization) -> Scene:
    return Scene(
        organization,
        organization,
        PlainView(organization, date(2026, 11, 21), options_for(organization.rules)),
    )


@cache
def sample() -> Organization:
    return load_organization(SAMPLE, known_rules())


def things(organization: Organization) -> Iterator[Ref]:
    """Everything that has a page."""
    yield from (ORGANIZATION, FUNNEL, *scene_of(organization).skills())
    for kind in FACTS.keys() & organization.tables.keys():
        yield from (record_ref(kind, key) for key in organization.tables[kind])


def page_of(organization: Organization, ref: Ref) -> Page:
    return inspector_page(scene_of(organization), ref, (), 100)


def fields_of(page: Page) -> Iterator[Field]:
    """The fields of a page, each once."""
    yield from {line.field.name: line.field for line in page.lines if line.field is not None}.values()


def answers(field: Field) -> list[Any]:
    """Some answers that a person could give, other than what is so already."""
    given: list[Any] = []
    match field.kind:
        case TextInput():
            given = [field.kind.example or "1"]
        case SingleChoice(among, new=new):
            given = [*list(among())[:ENOUGH], *([Ref.to(NEW, "全新的 One")] if new else [])]
        case MultipleChoice(among):
            given = [tuple(among())[:ENOUGH], ()]
    return [answer for answer in given if answer != field.now]


ABSURD = ("", " ", "0", "-1", "1e400", "nan", "9" * 30, "x" * 201, "王五", "2027-02-30", "\u202e")


@pytest.mark.parametrize("kind", FACTS)
def test_absurd_answers_are_taken_or_refused_in_words(kind: str) -> None:
    organization = sample()
    for ref in things(organization):
        for field in fields_of(page_of(organization, ref)) if ref.kind == kind else ():
            for answer in {TextInput: ABSURD, MultipleChoice: ((),)}.get(type(field.kind), ()):
                with suppress(InvalidChange, Refused), trial(organization) as tried:
                    for written in field.proposal(answer):
                        tried.make(parse_change(written))


@pytest.mark.parametrize("kind", FACTS)
def test_every_answer_is_a_change_that_is_well_formed(kind: str) -> None:
    for ref in things(sample()):
        for field in fields_of(page_of(sample(), ref)) if ref.kind == kind else ():
            for answer in answers(field):
                last, offered = field.last_question(answer)
                if offered is None and answers(last):
                    offered = answers(last)[-1]
                for written in last.changes(last.plan_value(offered)):
                    parse_change(written)


def test_what_is_taken_away_is_gone() -> None:
    """Or, in the lists of what is in use, refused in words."""
    count, refused = 0, set()
    for ref in things(sample()):
        for line in page_of(sample(), ref).lines:
            if line.field is not None and line.field.removal:
                with trial(sample()) as tried:
                    try:
                        for written in line.field.removal:
                            tried.make(parse_change(written))
                    except Refused:
                        refused.add((ref, line.field.name.partition(":")[0]))
                        continue
                    left = page_of(sample(), ref).lines
                stays = [each for each in left if each.field and each.field.name == line.field.name]
                assert line.target not in [each.target for each in stays], (ref, line.field.name)
                count += 1
    assert count > 100
    assert refused == {("organization:", kind) for kind in ("department", "stage", "area", "skill")}


def test_lines_of_one_field_stand_together_and_names_differ() -> None:
    for ref in things(sample()):
        names = [line.field.name if line.field else "" for line in page_of(sample(), ref).lines]
        runs = [name for before, name in zip(["", *names], names, strict=False) if name and name != before]
        assert len(runs) == len(set(runs)), (ref, runs)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1200000", 1200000),
        ("1,200,000", 1200000),
        ("1,200.5", 1200.5),
        ("0.5", 0.5),
        ("-3", -3),
        ("0,5", "0,5"),
        ("1,20", "1,20"),
        ("half", "half"),
    ],
)
def test_numbers_as_people_type_them(typed: str, meant: object) -> None:
    assert parse_number(typed) == meant
    assert type(parse_number(typed)) is type(meant)


def test_nothing_said_clears_a_field() -> None:
    area = Field(
        "area",
        sentence("Area"),
        SingleChoice(lambda: ()),
        None,
        set_or_clear("set_function", "area", function="f"),
    )
    assert list(area.proposal(NOTHING)) == [{"op": "set_function", "function": "f", "clear": ["area"]}]
    assert list(area.proposal(Ref("area:brand"))) == [
        {"op": "set_function", "function": "f", "area": "brand"}
    ]


def test_an_answer_may_lead_to_a_question_more() -> None:
    share = Field("share", sentence("Share"), TEXT, changes=lambda value: [{"share": value}], suggested="0.5")
    who = Field(
        "who",
        sentence("Who"),
        SingleChoice(lambda: ()),
        follow_up=lambda person: share if person == "li" else None,
    )
    assert who.last_question(Ref("person:li")) == (share, "0.5")
    assert list(who.proposal(Ref("person:li"))) == [{"share": "0.5"}]
    assert who.last_question(Ref("person:xu")) == (who, "person:xu")
