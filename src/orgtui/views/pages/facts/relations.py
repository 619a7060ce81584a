"""The facts of knowledge links, handoffs, requests and departments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import get_args

from orgtui.locales import join_list
from orgtui.model.indexes import normalized_topic
from orgtui.model.records import DEPARTMENT_PREFIX, Cadence, SharingWay
from orgtui.model.sentence import Ref, sentence
from orgtui.views.base.names import end_ref, request_key, share_key
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import (
    end_words,
    format_number,
    handoff_entries,
    in_order,
    labelled,
    record_entries,
    request_entries,
    text_entries,
)
from orgtui.views.pages.fields import (
    DAY,
    NUMBER,
    TEXT,
    YES_OR_NO,
    Field,
    as_choice,
    as_yes_or_no,
    one_of_refs,
    one_of_words,
    set_or_clear,
    set_or_omit,
)
from orgtui.views.pages.listing import LabelledEntries, field_entries
from orgtui.views.pages.page import Entry


def share_facts(scene: Scene, share: str) -> Iterator[LabelledEntries]:
    """The facts of a knowledge link by the id in its reference; none if it does not exist."""
    source, target, topic = key = share_key(Ref.to("share", share))
    record = scene.organization.shares.get(key)
    if record is None:
        return
    link = {"from": source, "to": target, "topic": topic}
    fields = (
        (
            "how",
            sentence("How"),
            one_of_words(get_args(SharingWay), optional=True),
            as_choice("word", record.how),
        ),
        (
            "every",
            sentence("Every"),
            one_of_words(get_args(Cadence), optional=True),
            as_choice("word", record.every),
        ),
        ("until", sentence("Until"), DAY, "" if record.until is None else record.until.isoformat()),
    )
    yield sentence("From"), [Entry(scene.names(Ref(source)), Ref(source))]
    yield sentence("To"), [Entry(scene.names(Ref(target)), Ref(target))]
    yield sentence("Topic"), _topic(scene, topic)
    for name, label, kind, now in fields:
        yield field_entries(scene, Field(name, label, kind, now, set_or_clear("set_share", name, **link)))


def _topic(scene: Scene, topic: str) -> list[Entry]:
    """A topic, which leads to its skill if it is one that has a name or is needed or known."""
    view = scene.view
    is_skill = topic in scene.organization.skills or view.needing(topic) or view.holders(topic)
    return record_entries(scene, "skill", topic) if is_skill else text_entries(topic)


def handoff_facts(scene: Scene, handoff: str) -> Iterator[LabelledEntries]:
    """The facts of a handoff by the id in its reference; none if it does not exist."""
    source, target = handoff.split(">")
    record = scene.organization.handoffs.get((source, target))
    if record is None:
        return
    for label, end in ((sentence("From"), source), (sentence("To"), target)):
        yield label, [Entry(end_words(scene, end), end_ref(end))]
    said = {"from": source, "to": target, "tracked": record.tracked}
    fields = (
        ("what", sentence("What"), TEXT, record.what or ""),
        ("tracked", sentence("Tracked"), YES_OR_NO, as_yes_or_no(record.tracked)),
        ("sla", sentence("Agreed within"), TEXT, record.sla or ""),
    )
    for name, what, kind, now in fields:
        yield field_entries(scene, Field(name, what, kind, now, set_or_clear("track_handoff", name, **said)))


def department_facts(scene: Scene, department: str) -> Iterator[LabelledEntries]:
    """The facts of a department by id; none if it does not exist."""
    record, view = scene.organization.departments.get(department), scene.view
    if record is None:
        return
    naming = set_or_omit("set_department", "name", department=department)
    yield field_entries(scene, Field("name", sentence("Name"), TEXT, record.name, naming))
    liaison = as_choice("team", record.liaison)
    teams = one_of_refs(partial(scene.every, "team"), optional=True)
    speaking = set_or_omit("set_liaison", "team", department=department)
    yield field_entries(scene, Field("liaison", sentence("Liaison"), teams, liaison, speaking))
    owned = scene.organization.index("owned_stages", department)
    yield sentence("Stages"), record_entries(scene, "stage", *in_order(scene, "stage", owned))
    end = DEPARTMENT_PREFIX + department
    yield sentence("Hands over to"), handoff_entries(scene, view.handoffs_from(end), 1)
    yield sentence("Takes from"), handoff_entries(scene, view.handoffs_to(end), 0)
    yield sentence("Asked by"), request_entries(scene, view.requests_to(department), "team")
    yield from _asked_by_several(scene, department)


def request_facts(scene: Scene, request: str) -> Iterator[LabelledEntries]:
    """The facts of a request by the id in its reference; none if it does not exist."""
    team, department, topic = key = request_key(Ref.to("request", request))
    record = scene.organization.requests.get(key)
    if record is None:
        return
    yield sentence("From"), record_entries(scene, "team", team)
    yield sentence("To"), record_entries(scene, "department", department)
    yield sentence("Topic"), text_entries(topic)
    link = {"from": team, "to": department, "topic": topic}
    often = Field(
        "per_month",
        sentence("Times a month"),
        NUMBER,
        format_number(record.per_month) or "",
        set_or_clear("set_request", "per_month", **link),
    )
    yield field_entries(scene, often)
    yield sentence("Asked by"), [_asking(scene, department, topic)]


def _asked_by_several(scene: Scene, department: str) -> Iterator[LabelledEntries]:
    """The topics that several teams ask a department about, each with a field to let one team ask for all."""
    topics: dict[str, list[tuple[str, str, str]]] = {}
    for key in sorted(scene.view.requests_to(department), key=scene.organization.requests.rank):
        topics.setdefault(normalized_topic(key[2]), []).append(key)
    several = [keys[0][2] for keys in topics.values() if len({team for team, _, _ in keys}) > 1]
    yield (
        sentence("Asked by several"),
        [_asking(scene, department, topic)._replace(before=labelled(scene, topic, "")) for topic in several],
    )


def _asking(scene: Scene, department: str, topic: str) -> Entry:
    """The teams that ask a department about a topic, with a field to let one team ask for all."""
    keys = sorted(
        scene.view.requests_on(department, normalized_topic(topic)), key=scene.organization.requests.rank
    )
    asking = dict.fromkeys(team for team, _, _ in keys)

    def teams() -> Iterable[Ref]:
        return sorted(scene.every("team"), key=lambda team: team.id not in asking)

    field = Field(
        f"route:{normalized_topic(topic)}",
        sentence("let one team ask for all: {topic}", topic=topic),
        one_of_refs(teams),
        changes=set_or_omit("route_requests", "via", department=department, topic=topic),
    )
    return Entry(join_list(scene.name("team", team) for team in asking), None, field)
