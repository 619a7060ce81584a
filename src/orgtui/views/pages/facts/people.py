"""The facts of a seat and its holder, with fields to edit them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from orgtui.model.records import PERSON_PREFIX, Person
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.facts.numbers import as_decimal
from orgtui.rules.facts.reporting import assistants, layer, manager, span_of_control
from orgtui.views.base.ranked import successors_ranked, teams_ranked
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.assignments import assignments_of_person
from orgtui.views.pages.facts.entries import in_order, record_entries, text_entries
from orgtui.views.pages.facts.knowledge import joined_by_person, knowledge_links
from orgtui.views.pages.facts.pay import pay_of_person
from orgtui.views.pages.facts.reviews import verdict_on_seat
from orgtui.views.pages.facts.skills import SetLevel, learning_of, skill_levels
from orgtui.views.pages.fields import (
    TEXT,
    YES_OR_NO,
    ChangeMapping,
    Field,
    as_yes_or_no,
    name_field,
    one_of_refs,
    one_of_words,
    set_or_omit,
)
from orgtui.views.pages.listing import LabelledEntries, field_entries
from orgtui.views.pages.page import Entry

NEXT_STATES = {"filled": ("filled", "vacant", "closed"), "vacant": ("vacant", "filled", "closed")}
NEXT_STATES["planned"] = ("planned", "filled", "closed")
"""By state of a seat, the states that can be chosen, the current one first."""


def person_facts(scene: Scene, person: str) -> Iterator[LabelledEntries]:
    """The facts of a seat by id; none if it does not exist."""
    record, view = scene.organization.people.get(person), scene.view
    if record is None:
        return
    if record.state == "closed":
        yield from _closed_seat(scene, record)
        return
    yield field_entries(scene, name_field("person", person, record.name, sentence("Name")))
    yield sentence("Title"), text_entries(record.title)
    yield field_entries(scene, _team(scene, record))
    yield field_entries(scene, _state(scene, record))
    yield sentence("FTE"), text_entries(as_decimal(record.fte))
    yield field_entries(scene, _assistant(record))
    yield from pay_of_person(scene, person)
    yield sentence("Reports to"), record_entries(scene, "person", manager(view, person))
    yield sentence("Layer"), text_entries(layer(view, person))
    yield sentence("Leads"), _led(scene, in_order(scene, "team", view.led_by(person)))
    span = span_of_control(view, person)
    beside = in_order(scene, "person", assistants(view, person))
    said = N_("{reports:seat|seats} without assistants") if beside else N_("{reports:seat|seats}")
    yield sentence("Span of control"), text_entries(scene.say(said, reports=span) if span else None)
    yield sentence("Assistants"), record_entries(scene, "person", *beside)
    yield assignments_of_person(scene, record)
    yield skill_levels(scene, sentence("Skills"), record.skills, _levels(record))
    yield learning_of(scene, record)
    yield knowledge_links(scene, Ref.to("person", person), [PERSON_PREFIX + person])
    yield from joined_by_person(scene, person)
    yield (
        sentence("Missions"),
        record_entries(scene, "mission", *in_order(scene, "mission", view.missions_with(person))),
    )
    yield verdict_on_seat(scene, person)


def _led(scene: Scene, teams: Iterable[str]) -> Iterator[Entry]:
    """The teams that a seat leads, each with the last day of one that it leads for a time only."""
    for team in teams:
        until, words = scene.organization.teams[team].acting_until, scene.name("team", team)
        if until is not None:
            words = scene.say("{team}, acting until {until}", team=words, until=until)
        yield Entry(words, Ref.to("team", team))


def _closed_seat(scene: Scene, record: Person) -> Iterator[LabelledEntries]:
    """The facts of a closed seat, without fields."""
    yield sentence("Title"), text_entries(record.title)
    yield sentence("Team"), record_entries(scene, "team", record.team)
    yield sentence("State"), text_entries(scene.say(record.state))
    yield verdict_on_seat(scene, record.id)
    yield sentence("FTE"), text_entries(as_decimal(record.fte))


def _team(scene: Scene, record: Person) -> Field:
    return Field(
        "team",
        sentence("Team"),
        one_of_refs(lambda: teams_ranked(scene, record.functions)),
        Ref.to("team", record.team),
        set_or_omit("move_person", "to", person=record.id),
    )


def _state(scene: Scene, record: Person) -> Field:
    """The field for the state; asks next for a new holder's name, or for the successor of a lead."""

    def changes(state: str) -> Sequence[ChangeMapping]:
        op = {"filled": "fill_seat", "vacant": "empty_seat", "closed": "close_seat"}[state]
        return [{"op": op, "person": record.id}]

    def follow_up(state: str) -> Field | None:
        if state == "filled" and record.name is None:
            who = set_or_omit("fill_seat", "name", person=record.id)
            return Field("holder", sentence("Name of who sits there"), TEXT, changes=who)
        if state == "closed" and scene.view.led_by(record.id):
            successor = set_or_omit("close_seat", "lead_to", person=record.id)
            people = one_of_refs(
                lambda: successors_ranked(scene, record.id).refs,
                notes=lambda: successors_ranked(scene, record.id, among=()).note,
            )
            return Field("successor", sentence("Who leads in their place"), people, changes=successor)
        return None

    states = one_of_words(NEXT_STATES[record.state])
    return Field(
        "state", sentence("State"), states, Ref.to("word", record.state), changes, follow_up=follow_up
    )


def _assistant(record: Person) -> Field:
    changes = set_or_omit("set_assistant", "on", person=record.id)
    return Field("assistant", sentence("Assistant"), YES_OR_NO, as_yes_or_no(record.assistant), changes)


def _levels(record: Person) -> SetLevel:
    return lambda skill, level: [{"op": "set_skill", "person": record.id, "skill": skill, "level": level}]
