"""What is known of what joins teams: knowledge links, handoffs, departments."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.model.records import DEPARTMENT_PREFIX
from orgtui.model.sentence import Ref, sentence
from orgtui.views.facts.entries import end_words, handoffs, in_order, requests, text, things
from orgtui.views.fields import Told
from orgtui.views.names import end_ref, share_key
from orgtui.views.page import Entry
from orgtui.views.record_words import value_words
from orgtui.views.scene import Scene


def share_facts(scene: Scene, share: str) -> Iterator[Told]:
    source, target, topic = key = share_key(Ref.to("share", share))
    record = scene.organization.shares.get(key)
    if record is None:
        return
    yield sentence("From"), [Entry(scene.names(Ref(source)), Ref(source))]
    yield sentence("To"), [Entry(scene.names(Ref(target)), Ref(target))]
    yield sentence("Topic"), text(topic)
    yield sentence("How"), text(record.how and scene.say(record.how))
    yield sentence("Every"), text(scene.say(record.every) if record.every else scene.signs.nothing)
    yield sentence("Until"), text(record.until)


def handoff_facts(scene: Scene, handoff: str) -> Iterator[Told]:
    source, target = handoff.split(">")
    record = scene.organization.handoffs.get((source, target))
    if record is None:
        return
    for label, end in ((sentence("From"), source), (sentence("To"), target)):
        yield label, [Entry(end_words(scene, end), end_ref(end))]
    yield sentence("What"), text(record.what)
    yield sentence("Tracked"), text(value_words(scene, "tracked", record.tracked))
    yield sentence("Agreed within"), text(record.sla)


def department_facts(scene: Scene, department: str) -> Iterator[Told]:
    record, view = scene.organization.departments.get(department), scene.view
    if record is None:
        return
    yield sentence("Liaison"), things(scene, "team", record.liaison)
    owned = scene.organization.index("owned_stages", department)
    yield sentence("Stages"), things(scene, "stage", *in_order(scene, "stage", owned))
    end = DEPARTMENT_PREFIX + department
    yield sentence("Hands over to"), handoffs(scene, view.handoffs_from(end), 1)
    yield sentence("Takes from"), handoffs(scene, view.handoffs_to(end), 0)
    yield sentence("Asked by"), requests(scene, view.requests_to(department), "team")
