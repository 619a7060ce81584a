"""What is known of skills and tools."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.model.sentence import sentence
from orgtui.views.facts.entries import in_order, text, things, with_levels
from orgtui.views.fields import Told
from orgtui.views.scene import Scene


def skill_facts(scene: Scene, skill: str) -> Iterator[Told]:
    organization, view = scene.organization, scene.view
    needing = {each: organization.functions[each].skills for each in view.needing(skill)}
    yield sentence("Needed by"), with_levels(scene, "function", needing, skill)
    holding = {each: organization.people[each].skills for each in organization.index("holders", skill)}
    yield sentence("Known by"), with_levels(scene, "person", holding, skill)
    yield sentence("Learnt by"), things(scene, "person", *in_order(scene, "person", view.learners(skill)))


def tool_facts(scene: Scene, tool: str) -> Iterator[Told]:
    record = scene.organization.tools.get(tool)
    if record is None:
        return
    yield sentence("Purpose"), text(record.purpose)
    yield sentence("Used by"), things(scene, "team", *in_order(scene, "team", scene.view.tool_users(tool)))
