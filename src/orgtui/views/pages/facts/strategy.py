"""The facts of goals, pillars and missions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import get_args

from orgtui.model.records import Cadence
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.facts.goals import is_shared_goal
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import (
    editable_list,
    format_number,
    in_order,
    record_entries,
    text_entries,
)
from orgtui.views.pages.fields import (
    NUMBER,
    TEXT,
    YES_OR_NO,
    ChangeMapping,
    Field,
    as_choice,
    as_yes_or_no,
    name_field,
    one_of_refs,
    one_of_words,
    set_or_clear,
)
from orgtui.views.pages.listing import LabelledEntries, field_entries
from orgtui.views.words.records import value_words


def goal_facts(scene: Scene, goal: str) -> Iterator[LabelledEntries]:
    """The facts of a goal by id; none if it does not exist."""
    record, view = scene.organization.goals.get(goal), scene.view
    if record is None:
        return
    pillar = as_choice("pillar", record.pillar)
    fields = (
        ("core", sentence("Core"), YES_OR_NO, as_yes_or_no(record.core)),
        ("pillar", sentence("Pillar"), one_of_refs(partial(scene.every, "pillar"), optional=True), pillar),
        ("metric", sentence("Metric"), TEXT, record.metric or ""),
        ("target", sentence("Target"), NUMBER, format_number(record.target) or ""),
        (
            "review",
            sentence("Review"),
            one_of_words(get_args(Cadence), optional=True),
            as_choice("word", record.review),
        ),
        ("evaluated", sentence("Evaluated"), YES_OR_NO, as_yes_or_no(record.evaluated)),
    )
    yield field_entries(scene, name_field("goal", goal, record.name, sentence("Name")))
    for key, label, kind, now in fields:
        yield field_entries(scene, Field(key, label, kind, now, set_or_clear("set_goal", key, goal=goal)))
    yield sentence("Shared"), text_entries(value_words(scene, N_("shared"), is_shared_goal(view, goal)))
    yield editable_list(
        scene,
        sentence("Held by"),
        "team",
        in_order(scene, "team", view.goal_holders(goal)),
        another=sentence("add a team"),
        take=lambda team: {"op": "take_goal", "team": team, "goal": goal},
        drop=lambda team: {"op": "drop_goal", "team": team, "goal": goal},
    )
    missions = scene.organization.index("missions_for", goal)
    yield sentence("Missions"), record_entries(scene, "mission", *in_order(scene, "mission", missions))


def pillar_facts(scene: Scene, pillar: str) -> Iterator[LabelledEntries]:
    """The facts of a pillar by id; none if it does not exist."""
    record = scene.organization.pillars.get(pillar)
    if record is None:
        return
    yield field_entries(scene, name_field("pillar", pillar, record.name, sentence("Name")))
    if len(scene.organization.pillars) > 1:
        yield _pillar_place(scene, pillar)
    yield editable_list(
        scene,
        sentence("Goals"),
        "goal",
        in_order(scene, "goal", scene.view.pillar_goals(pillar)),
        another=sentence("add a goal"),
        take=lambda goal: {"op": "set_goal", "goal": goal, "pillar": pillar},
        drop=lambda goal: {"op": "set_goal", "goal": goal, "clear": ["pillar"]},
    )


def _pillar_place(scene: Scene, pillar: str) -> LabelledEntries:
    """Before which other pillar one stands; a change holds all of them, in their order."""
    records = scene.organization.pillars
    order = list(records)
    others = [each for each in order if each != pillar]
    following = next(iter(order[order.index(pillar) + 1 :]), None)

    def moved(before: str | None) -> list[ChangeMapping]:
        place = len(others) if before is None else others.index(before)
        wanted = [*others[:place], pillar, *others[place:]]
        pillars = [{"id": each, "name": records[each].name} for each in wanted]
        return [{"op": "set_organization", "pillars": pillars}]

    kind = one_of_refs(lambda: [Ref.to("pillar", each) for each in others], optional=True)
    field = Field("before", sentence("Stands before"), kind, as_choice("pillar", following), moved)
    return field_entries(scene, field, scene.say("none: it is the last") if following is None else None)


def mission_facts(scene: Scene, mission: str) -> Iterator[LabelledEntries]:
    """The facts of a mission by id; none if it does not exist."""
    record = scene.organization.missions.get(mission)
    if record is None:
        return
    yield field_entries(scene, name_field("mission", mission, record.name, sentence("Name")))
    yield sentence("Lead"), record_entries(scene, "person", record.lead)
    yield sentence("People"), record_entries(scene, "person", *record.people)
    yield sentence("Goal"), record_entries(scene, "goal", record.goal)
    yield sentence("Until"), text_entries(record.until)
