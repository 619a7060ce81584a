"""What is known of stages and areas."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.model.sentence import sentence
from orgtui.views.facts.entries import functions_with_team, number, text, things
from orgtui.views.fields import Told
from orgtui.views.scene import Scene


def stage_facts(scene: Scene, stage: str) -> Iterator[Told]:
    record, view = scene.organization.stages.get(stage), scene.view
    if record is None:
        return
    stages = view.stages()
    place = scene.say("{place} of {stages}", place=stages.index(stage) + 1, stages=len(stages))
    yield sentence("Place in the funnel"), text(place)
    yield sentence("Volume a month"), text(number(record.volume))
    yield sentence("Worked by"), things(scene, "department", record.owner)
    yield sentence("Served by"), functions_with_team(scene, view.serving(stage))


def area_facts(scene: Scene, area: str) -> Iterator[Told]:
    yield sentence("Functions"), functions_with_team(scene, scene.organization.index("in_area", area))
