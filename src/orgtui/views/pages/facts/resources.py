"""The facts of skills and tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import editable_list, in_order
from orgtui.views.pages.fields import (
    NUMBER,
    TEXT,
    ChangeMapping,
    Field,
    name_field,
    one_of_refs,
    set_or_clear,
    set_or_omit,
)
from orgtui.views.pages.listing import LabelledEntries, field_entries, listing
from orgtui.views.pages.page import Entry

SetLevel = Callable[[str, object], ChangeMapping]
"""Makes the change that sets the level of a person or function by id; None removes it."""


def skill_facts(scene: Scene, skill: str) -> Iterator[LabelledEntries]:
    """Which functions need a skill, and who has or learns it."""
    view = scene.view
    functions, people = scene.organization.functions, scene.organization.people

    def need(function: str, level: object) -> ChangeMapping:
        others = {key: value for key, value in functions[function].skills.items() if key != skill}
        skills = others if level is None else {**others, skill: level}
        return {"op": "set_function", "function": function, "skills": skills}

    def know(person: str, level: object) -> ChangeMapping:
        return {"op": "set_skill", "person": person, "skill": skill, "level": level or 0}

    def learn(person: str, on: bool) -> ChangeMapping:
        return {"op": "set_learning", "person": person, "skill": skill, "on": on}

    needed = {
        each: functions[each].skills[skill] for each in in_order(scene, "function", view.needing(skill))
    }
    held = {each: people[each].skills[skill] for each in in_order(scene, "person", view.holders(skill))}
    learners = in_order(scene, "person", view.learners(skill))
    more = sentence("add a function")
    listed = scene.organization.skills.get(skill)
    naming = set_or_omit("name_skill", "name", skill=skill)
    name = Field("name", sentence("Name"), TEXT, "" if listed is None else listed.name, naming)
    yield field_entries(scene, name)
    yield _levels(scene, sentence("Needed by"), "function", needed, more, need)
    yield _levels(scene, sentence("Known by"), "person", held, sentence("add somebody"), know)
    yield editable_list(
        scene,
        sentence("Learnt by"),
        "person",
        learners,
        another=sentence("add somebody"),
        take=lambda person: learn(person, True),
        drop=lambda person: learn(person, False),
    )


def _levels(
    scene: Scene,
    label: Sentence,
    kind: str,
    levels: Mapping[str, int],
    another: Sentence,
    setting: SetLevel,
) -> LabelledEntries:
    """Records with a level of a skill, each with a field for it, and a line that adds one."""

    def level_of(each: str, now: str | None) -> Field:
        question = sentence("Level, 0 to 5")
        return Field(
            f"{label.template}:{each}",
            question,
            NUMBER,
            now,
            lambda level: [setting(each, level)],
            () if now is None else (setting(each, None),),
            suggested=None if now else USEFUL,
        )

    entries = [
        Entry(str(level), Ref.to(kind, each), level_of(each, str(level)), before=f"{scene.name(kind, each)} ")
        for each, level in levels.items()
    ]
    others = one_of_refs(lambda: [ref for ref in scene.every(kind) if ref.id not in levels])
    more = Field(label.template, another, others, follow_up=lambda each: level_of(each, None))
    return listing(scene, label, entries, more)


USEFUL = "3"
"""The suggested level: works independently."""


def tool_facts(scene: Scene, tool: str) -> Iterator[LabelledEntries]:
    """The facts of a tool by id; none if it does not exist."""
    record = scene.organization.tools.get(tool)
    if record is None:
        return

    def tools(team: str, *more: str) -> ChangeMapping:
        others = [each for each in scene.organization.teams[team].tools if each != tool]
        return {"op": "set_tools", "team": team, "tools": [*others, *more]}

    yield field_entries(scene, name_field("tool", tool, record.name, sentence("Name")))
    purpose = set_or_clear("set_tool", "purpose", tool=tool)
    yield field_entries(scene, Field("purpose", sentence("Purpose"), TEXT, record.purpose or "", purpose))
    yield editable_list(
        scene,
        sentence("Used by"),
        "team",
        in_order(scene, "team", scene.view.tool_users(tool)),
        another=sentence("add a team"),
        take=lambda team: tools(team, tool),
        drop=tools,
    )
