"""What is known of a seat and its holder."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.locales import listed
from orgtui.model.records import PERSON_PREFIX
from orgtui.model.sentence import sentence
from orgtui.rules.vocabulary import as_decimal, layer, manager, span_of_control
from orgtui.views.facts.entries import in_order, levels, links, share_of, text, things
from orgtui.views.fields import Told
from orgtui.views.scene import Scene


def person_facts(scene: Scene, person: str) -> Iterator[Told]:
    record, view = scene.organization.people.get(person), scene.view
    if record is None:
        return
    yield sentence("Title"), text(record.title)
    yield sentence("Team"), things(scene, "team", record.team)
    yield sentence("State"), text(scene.say(record.state))
    yield sentence("FTE"), text(as_decimal(record.fte))
    if record.state != "closed":
        yield sentence("Reports to"), things(scene, "person", manager(view, person))
        yield sentence("Layer"), text(layer(view, person))
    yield sentence("Leads"), things(scene, "team", *in_order(scene, "team", view.led_by(person)))
    span = span_of_control(view, person)
    yield (
        sentence("Span of control"),
        text(scene.say("{reports:seat|seats}", reports=span) if span else None),
    )
    yield sentence("Functions"), [share_of(scene, "function", *each) for each in record.functions.items()]
    yield sentence("Skills"), text(levels(record.skills))
    yield sentence("Learning"), text(listed(record.learning))
    yield sentence("Shares knowledge"), links(scene, [PERSON_PREFIX + person])
    yield (
        sentence("Missions"),
        things(scene, "mission", *in_order(scene, "mission", view.missions_with(person))),
    )
