"""Shares of work: what a person does, and who does a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from orgtui.model.records import Function, Person
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.facts.numbers import as_decimal
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import in_order
from orgtui.views.pages.fields import NUMBER, ChangeMapping, Changes, Field, one_of_refs
from orgtui.views.pages.listing import LabelledEntries, listing
from orgtui.views.pages.page import Entry

SHARE = sentence("Share of a week")
HALF = "0.5"
"""The share of a week that is offered at first."""


def assignments_of_person(scene: Scene, record: Person) -> LabelledEntries:
    """What a person does, each function with its share of a week."""
    entries = [
        _share(scene, Ref.to("function", function), record.id, function, share)
        for function, share in record.functions.items()
    ]
    return listing(
        scene,
        sentence("Functions"),
        entries,
        _one_more(
            sentence("add a function"),
            lambda: [ref for ref in scene.every("function") if ref.id not in record.functions],
            lambda function: (record.id, function),
        ),
    )


def performers_of(scene: Scene, record: Function) -> LabelledEntries:
    """Who performs a function, each with the share of a week."""
    people = scene.organization.people
    performers = in_order(scene, "person", scene.view.performers(record.id))
    entries = [
        _share(scene, Ref.to("person", each), each, record.id, people[each].functions[record.id])
        for each in performers
    ]
    return listing(
        scene,
        sentence("Done by"),
        entries,
        _one_more(
            sentence("add somebody"),
            lambda: [ref for ref in scene.every("person") if ref.id not in performers],
            lambda person: (person, record.id),
        ),
    )


def _share(scene: Scene, other: Ref, person: str, function: str, share: int) -> Entry:
    """One share of work; nothing, or 0, takes it away."""
    worded = str(as_decimal(share))
    removal = ({"op": "unassign", "person": person, "function": function},)
    assign = _assign(person, function)
    field = Field(
        str(other),
        SHARE,
        NUMBER,
        worded,
        lambda value: assign(value) if value else removal,
        removal,
    )
    return Entry(worded, other, field, before=f"{scene.names(other)} ")


def _one_more(
    label: Sentence, free: Callable[[], Sequence[Ref]], ends: Callable[[str], tuple[str, str]]
) -> Field:
    """Asks who or what, then for the share."""

    def follow_up(other: str) -> Field:
        return Field("share", SHARE, NUMBER, None, _assign(*ends(other)), suggested=HALF)

    return Field("more-work", label, one_of_refs(free), follow_up=follow_up)


def _assign(person: str, function: str) -> Changes:
    def changes(share: Any) -> list[ChangeMapping]:
        return [{"op": "assign", "person": person, "function": function, "share": share}]

    return changes
