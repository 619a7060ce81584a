"""The facts of the funnel, stages and areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import zip_longest

from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.facts.stages import end_stages
from orgtui.views.base.names import handoff_ref
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import (
    editable_list,
    format_number,
    function_with_team,
    in_order,
    place_field,
    text_entries,
)
from orgtui.views.pages.fields import (
    NUMBER,
    TEXT,
    ChangeMapping,
    Field,
    as_choice,
    name_field,
    one_of_refs,
    set_or_clear,
    set_or_omit,
)
from orgtui.views.pages.listing import LabelledEntries, field_entries
from orgtui.views.pages.page import Entry
from orgtui.views.panes.data_flow import Joint, joint_after, teams_serving


def funnel_facts(scene: Scene, _: str) -> Iterator[LabelledEntries]:
    """Each stage with who serves it, and how it is joined to the next."""
    view = scene.view
    for stage, following in zip_longest(view.stages(), view.stages()[1:]):
        here = Ref.to("stage", stage)
        yield sentence("{stage}", stage=here), [Entry(_served(scene, stage), here)]
        joint = None if following is None else joint_after(view, stage)
        if joint is not None:
            between = [key for key in scene.organization.handoffs if _joins(view, key, stage, following)]
            handoffs = [_handoff(scene, key) for key in between]
            yield sentence("to the next"), [Entry(scene.say(JOINTS[joint])), *handoffs]


def _handoff(scene: Scene, key: tuple[str, str]) -> Entry:
    ref, tracked = handoff_ref(key), scene.organization.handoffs[key].tracked
    return Entry(
        scene.say(N_("{handoff}, tracked") if tracked else N_("{handoff}, not tracked"), handoff=ref), ref
    )


def _served(scene: Scene, stage: str) -> str:
    """How many functions and teams serve a stage, or the department that alone works on it."""
    functions, owner = len(scene.view.serving(stage)), scene.organization.stages[stage].owner
    if owner is not None and not functions:
        return scene.say("worked by {department}", department=Ref.to("department", owner))
    teams = len(teams_serving(scene.view, stage))
    return scene.say("{functions:function|functions} of {teams:team|teams}", functions=functions, teams=teams)


JOINTS: Mapping[Joint, str] = {
    "tracked": N_("data runs on"),
    "blind": N_("handed over, not tracked"),
    "broken": N_("nothing carries leads on"),
}


def _joins(view: View, handoff: tuple[str, str], stage: str, following: str) -> bool:
    source, target = handoff
    return stage in end_stages(view, source) and following in end_stages(view, target)


def stage_facts(scene: Scene, stage: str) -> Iterator[LabelledEntries]:
    """The facts of a stage by id; none if it does not exist."""
    organization, view = scene.organization, scene.view
    record = organization.stages.get(stage)
    if record is None:
        return

    def serve(function: str) -> ChangeMapping:
        served = {stage, *organization.functions[function].stages}
        return _stages(function, [each for each in organization.stages if each in served])

    def leave(function: str) -> ChangeMapping | None:
        others = [each for each in organization.functions[function].stages if each != stage]
        return _stages(function, others) if others else None

    stages = view.stages()
    place = scene.say("{place} of {stages}", place=stages.index(stage) + 1, stages=len(stages))
    yield field_entries(scene, name_field("stage", stage, record.name, sentence("Name")))
    yield sentence("Place in the funnel"), text_entries(place)
    yield place_field(scene, "stage", stage, "move_stage")
    setting_it = partial(set_or_clear, "set_stage", stage=stage)
    volume = Field(
        "volume", sentence("Volume a month"), NUMBER, format_number(record.volume) or "", setting_it("volume")
    )
    yield field_entries(scene, volume)
    departments = one_of_refs(partial(scene.every, "department"), optional=True)
    owner = as_choice("department", record.owner)
    yield field_entries(scene, Field("owner", sentence("Worked by"), departments, owner, setting_it("owner")))
    yield editable_list(
        scene,
        sentence("Served by"),
        "function",
        in_order(scene, "function", view.serving(stage)),
        another=sentence("add a function"),
        take=serve,
        drop=leave,
        words=partial(function_with_team, scene),
    )


def _stages(function: str, stages: list[str]) -> ChangeMapping:
    return {"op": "set_stages", "function": function, "stages": stages}


def area_facts(scene: Scene, area: str) -> Iterator[LabelledEntries]:
    """The facts of an area by id; none if it does not exist."""
    record = scene.organization.areas.get(area)
    if record is None:
        return
    naming = set_or_omit("set_area", "name", area=area)
    yield field_entries(scene, Field("name", sentence("Name"), TEXT, record.name, naming))
    yield place_field(scene, "area", area, "move_area")
    yield editable_list(
        scene,
        sentence("Functions"),
        "function",
        in_order(scene, "function", scene.organization.index("in_area", area)),
        another=sentence("add a function"),
        take=lambda function: {"op": "set_function", "function": function, "area": area},
        drop=lambda function: {"op": "set_function", "function": function, "clear": ["area"]},
        words=partial(function_with_team, scene),
    )
