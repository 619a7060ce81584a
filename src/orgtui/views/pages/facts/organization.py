"""The facts of the organisation as a whole, and of acceptances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from orgtui.locales import join_list
from orgtui.model.records import Mission
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.views.base.names import accept_ref, acceptance_of
from orgtui.views.base.new_id import new_id
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import labelled, named_list, record_entries, text_entries
from orgtui.views.pages.facts.remarks import targets_of
from orgtui.views.pages.fields import DAY, TEXT, ChangeMapping, Field, TextInput, set_or_clear
from orgtui.views.pages.listing import LabelledEntries, field_entries, listing
from orgtui.views.pages.page import Entry

ORGANIZATION = Ref("organization:")

NAMED_LISTS: Mapping[str, tuple[Sentence, Sentence]] = {
    "department": (sentence("Departments"), sentence("add a department")),
    "stage": (sentence("Stages"), sentence("add a stage")),
    "area": (sentence("Areas"), sentence("add an area")),
    "tool": (sentence("Tools"), sentence("add a tool")),
    "skill": (sentence("Skills"), sentence("list a skill")),
}
"""By kind, the label of the list of all its records, and that of the line that adds one."""


def organization_facts(scene: Scene, _: str) -> Iterator[LabelledEntries]:
    """The facts of the organisation: vision, goals, and lists of records that are in no pane."""
    organization = scene.organization
    profile = organization.profile
    setting_it = partial(set_or_clear, "set_organization")
    review = "" if profile.review_on is None else profile.review_on.isoformat()
    vision = Field("vision", sentence("Vision"), TEXT, profile.vision or "", setting_it("vision"))
    yield sentence("Name"), text_entries(profile.name)
    yield field_entries(scene, vision)
    yield sentence("As of"), text_entries(profile.as_of)
    yield field_entries(
        scene, Field("review_on", sentence("Looked at again on"), DAY, review, setting_it("review_on"))
    )
    yield _pillars(scene)
    yield _goals(scene)
    yield sentence("Missions"), [_mission(scene, mission) for mission in organization.missions.values()]
    for kind, (label, another) in NAMED_LISTS.items():
        yield named_list(scene, label, kind, another, adding=f"add_{kind}", removing=f"remove_{kind}")
    yield targets_of(scene, None)
    accepted = [accept_ref(key) for key in organization.acceptances]
    yield sentence("Accepted findings"), [Entry(scene.names(ref), ref) for ref in accepted]


def _pillars(scene: Scene) -> LabelledEntries:
    """The pillars, with a line that adds one; a change holds all of them."""
    pillars = scene.organization.pillars

    def added(name: str | None) -> list[ChangeMapping]:
        now = [{"id": each.id, "name": each.name} for each in pillars.values()]
        one_more = {"id": new_id(name or "", "pillar", pillars), **_named(name)}
        return [{"op": "set_organization", "pillars": [*now, one_more]}]

    more = Field("pillar", sentence("add a pillar"), TEXT, changes=added)
    return listing(scene, sentence("Pillars"), record_entries(scene, "pillar", *pillars), more)


def _goals(scene: Scene) -> LabelledEntries:
    goals = scene.organization.goals

    def entry(goal: str) -> Entry:
        ref, holders = Ref.to("goal", goal), len(scene.view.goal_holders(goal))
        words = scene.say("{goal}: {holders:team holds it|teams hold it}", goal=ref, holders=holders)
        return Entry(words, ref)

    def added(name: str | None) -> list[ChangeMapping]:
        return [{"op": "add_goal", "goal": new_id(name or "", "goal", goals), **_named(name)}]

    more = Field("goal", sentence("add a goal"), TEXT, changes=added)
    return listing(scene, sentence("Goals"), map(entry, goals), more)


def _named(name: str | None) -> ChangeMapping:
    """The name as part of a change; empty without a name, so that it is reported as missing."""
    return {} if name is None else {"name": name}


def _mission(scene: Scene, mission: Mission) -> Entry:
    until = () if mission.until is None else (scene.say("until {until}", until=mission.until),)
    lead = () if mission.lead is None else (scene.name("person", mission.lead),)
    words = join_list([*lead, *until])
    told = labelled(scene, mission.name, words) if words else mission.name
    return Entry(told, Ref.to("mission", mission.id))


def acceptance_facts(scene: Scene, identity: str) -> Iterator[LabelledEntries]:
    """The facts of an acceptance by the id in its reference; none if it does not exist."""
    record = acceptance_of(scene.organization, Ref.to("accept", identity))
    if record is None:
        return
    accepted = {"op": "accept", "code": record.code, "subjects": list(record.subjects)}
    until = "" if record.until is None else record.until.isoformat()
    said = {"why": record.why, "by": record.by or "", "until": until}

    def again(key: str, label: Sentence, kind: TextInput) -> Field:
        return Field(key, label, kind, said[key], lambda value: [{**accepted, **said, key: value}])

    yield sentence("Principle"), [Entry(record.code, Ref.to("principle", record.code))]
    subjects = map(Ref, record.subjects)
    yield sentence("About"), [Entry(scene.names(subject), subject) for subject in subjects]
    yield field_entries(scene, again("why", sentence("Why"), TEXT))
    yield sentence("By"), text_entries(record.by)
    yield field_entries(scene, again("until", sentence("Until"), DAY))
