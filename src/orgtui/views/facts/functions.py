"""What is known of a function."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.model.sentence import sentence
from orgtui.rules.vocabulary import as_decimal
from orgtui.views.facts.entries import handoffs, in_order, levels, number, share_of, text, things
from orgtui.views.fields import Told
from orgtui.views.scene import Scene


def function_facts(scene: Scene, function: str) -> Iterator[Told]:
    record, view = scene.organization.functions.get(function), scene.view
    if record is None:
        return
    yield sentence("Team"), things(scene, "team", record.team)
    yield sentence("Area"), things(scene, "area", record.area)
    yield sentence("Stages"), things(scene, "stage", *record.stages)
    yield sentence("Kind"), text(record.kind)
    yield sentence("Skills needed"), text(levels(record.skills))
    yield sentence("State"), text(scene.say(record.state))
    yield sentence("Difficulty"), text(scene.say("{difficulty} of 5", difficulty=record.difficulty))
    yield sentence("Breakthrough"), text(scene.say("yes") if record.breakthrough else None)
    performers = in_order(scene, "person", view.performers(function))
    shares = {each: scene.organization.people[each].functions[function] for each in performers}
    yield sentence("Done by"), [share_of(scene, "person", each, share) for each, share in shares.items()]
    done, needed = as_decimal(view.staffing(function)), record.fte_needed
    words = scene.say("{done} of {needed} needed", done=done, needed=number(needed))
    yield sentence("FTE"), text(done if needed is None else words)
    yield sentence("Hands over to"), handoffs(scene, view.handoffs_from(function), 1)
    yield sentence("Takes from"), handoffs(scene, view.handoffs_to(function), 0)
