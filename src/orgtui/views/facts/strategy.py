"""What is known of goals, pillars and missions."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.model.sentence import sentence
from orgtui.rules.vocabulary import is_shared_goal
from orgtui.views.facts.entries import in_order, number, text, things
from orgtui.views.fields import Told
from orgtui.views.record_words import value_words
from orgtui.views.scene import Scene


def goal_facts(scene: Scene, goal: str) -> Iterator[Told]:
    record, view = scene.organization.goals.get(goal), scene.view
    if record is None:
        return
    yield sentence("Core"), text(value_words(scene, "core", record.core))
    yield sentence("Pillar"), things(scene, "pillar", record.pillar)
    yield sentence("Metric"), text(record.metric)
    yield sentence("Target"), text(number(record.target))
    yield sentence("Review"), text(record.review and scene.say(record.review))
    yield sentence("Evaluated"), text(value_words(scene, "evaluated", record.evaluated))
    yield sentence("Shared"), text(value_words(scene, "shared", is_shared_goal(view, goal)))
    yield sentence("Held by"), things(scene, "team", *in_order(scene, "team", view.goal_holders(goal)))
    missions = scene.organization.index("missions_for", goal)
    yield sentence("Missions"), things(scene, "mission", *in_order(scene, "mission", missions))


def pillar_facts(scene: Scene, pillar: str) -> Iterator[Told]:
    yield (
        sentence("Goals"),
        things(scene, "goal", *in_order(scene, "goal", scene.view.pillar_goals(pillar))),
    )


def mission_facts(scene: Scene, mission: str) -> Iterator[Told]:
    record = scene.organization.missions.get(mission)
    if record is None:
        return
    yield sentence("Lead"), things(scene, "person", record.lead)
    yield sentence("People"), things(scene, "person", *record.people)
    yield sentence("Goal"), things(scene, "goal", record.goal)
    yield sentence("Until"), text(record.until)
