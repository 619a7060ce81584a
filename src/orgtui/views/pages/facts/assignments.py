"""The facts about assignments: which functions a person performs, and who performs a function."""

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
"""The suggested share of a week."""


def assignments_of_person(scene: Scene, record: Person) -> LabelledEntries:
    """The functions of a person, each with its share of a week, and a line that adds one."""
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
    """The people who perform a function, each with the share of a week, and a line that adds one."""
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
    """An assignment with a field for its share; an empty share or 0 removes it."""
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
    """The field that adds an assignment: asks for the person or function, then for the share."""

    def follow_up(other: str) -> Field:
        return Field("share", SHARE, NUMBER, None, _assign(*ends(other)), suggested=HALF)

    return Field("more-work", label, one_of_refs(free), follow_up=follow_up)


def _assign(person: str, function: str) -> Changes:
    def changes(share: Any) -> list[ChangeMapping]:
        return [{"op": "assign", "person": person, "function": function, "share": share}]

    return changes
