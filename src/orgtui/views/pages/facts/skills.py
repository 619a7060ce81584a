"""The facts about skills of a record: levels, and what a person learns."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from orgtui.model.records import Person
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.views.base.new_id import new_id
from orgtui.views.base.scene import Scene
from orgtui.views.pages.fields import CREATE, NUMBER, ChangeMapping, Field, NewName, SingleChoice
from orgtui.views.pages.listing import LabelledEntries, listing
from orgtui.views.pages.page import Entry

SetLevel = Callable[[str, Any], Sequence[ChangeMapping]]
"""Makes the changes that set the level of a skill; 0 removes it."""

LEVEL = sentence("Level, 0 to 5")
USEFUL = 3
"""The suggested level: works independently."""


def skill_levels(
    scene: Scene, label: Sentence, levels: Mapping[str, int], set_level: SetLevel
) -> LabelledEntries:
    """Skills with their levels, and a line that adds one; an empty level or 0 removes a skill."""
    entries = [_level(scene, skill, level, set_level) for skill, level in levels.items() if level]
    return listing(scene, label, entries, _one_more(scene, levels, set_level))


def any_skill(scene: Scene, but: Container[str] = ()) -> SingleChoice:
    """The choice of a skill that is not in `but`, or of a name for a new one."""
    return SingleChoice(lambda: [ref for ref in scene.skills() if ref.id not in but], new=CREATE)


def with_skill(
    scene: Scene, skill: str, changes: Callable[[str], Sequence[ChangeMapping]]
) -> Sequence[ChangeMapping]:
    """The changes for a chosen skill; a new one is listed by its name first, unless that is its id."""
    if not isinstance(skill, NewName):
        return changes(skill)
    (identity,), listed = identified([skill], {ref.id for ref in scene.skills()})
    return [*listed, *changes(identity)]


def identified(skills: Iterable[str], known: Iterable[str]) -> tuple[list[str], list[ChangeMapping]]:
    """The ids of chosen skills, and the changes that list those that are new by their names.

    `known` are the ids of all skills there are. A new skill whose name can be its id needs no other name.
    """
    taken, identities, listed = set(known), list[str](), list[ChangeMapping]()
    for skill in skills:
        identity = new_id(skill, "skill", taken) if isinstance(skill, NewName) else skill
        if identity != skill:
            listed.append({"op": "add_skill", "skill": identity, "name": str(skill)})
        taken.add(identity)
        identities.append(identity)
    return identities, listed


def _level(scene: Scene, skill: str, level: int, set_level: SetLevel) -> Entry:
    def changes(value: Any) -> Sequence[ChangeMapping]:
        return set_level(skill, value or 0)

    field = Field(f"skill:{skill}", LEVEL, NUMBER, str(level), changes, set_level(skill, 0))
    return Entry(str(level), Ref.to("skill", skill), field, before=f"{scene.name('skill', skill)} ")


def _one_more(scene: Scene, levels: Mapping[str, int], set_level: SetLevel) -> Field:
    """The field that adds a skill: asks for the skill, then for its level."""

    def follow_up(skill: str) -> Field:
        def changes(level: Any) -> Sequence[ChangeMapping]:
            return with_skill(scene, skill, lambda each: set_level(each, level))

        return Field("level", LEVEL, NUMBER, None, changes, suggested=str(USEFUL))

    known = {skill for skill, level in levels.items() if level}
    return Field("more-skills", sentence("add a skill"), any_skill(scene, known), follow_up=follow_up)


def learning_of(scene: Scene, record: Person) -> LabelledEntries:
    """The skills that a person learns, with a line that adds one."""

    def turn(skill: str, on: bool) -> tuple[ChangeMapping, ...]:
        return ({"op": "set_learning", "person": record.id, "skill": skill, "on": on},)

    def entry(skill: str) -> Entry:
        field = Field(f"learning:{skill}", sentence("Learning"), None, removal=turn(skill, False))
        return Entry(scene.name("skill", skill), Ref.to("skill", skill), field)

    def learn(skill: str) -> Sequence[ChangeMapping]:
        return with_skill(scene, skill, lambda each: turn(each, True))

    free = any_skill(scene, record.learning)
    more = Field("more-learning", sentence("add a skill"), free, changes=learn)
    return listing(scene, sentence("Learning"), map(entry, record.learning), more)
