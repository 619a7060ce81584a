"""The facts about skills of a record: levels, and what a person learns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from orgtui.model.records import Person
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.pages.fields import NUMBER, ChangeMapping, Field, SingleChoice
from orgtui.views.pages.listing import LabelledEntries, listing
from orgtui.views.pages.page import Entry

SetLevel = Callable[[str, Any], Sequence[ChangeMapping]]
"""Makes the changes that set the level of a skill; 0 removes it."""

LEVEL = sentence("Level, 0 to 5")
USEFUL = "3"
"""The suggested level: works independently."""


def skill_levels(
    scene: Scene, label: Sentence, levels: Mapping[str, int], set_level: SetLevel
) -> LabelledEntries:
    """Skills with their levels, and a line that adds one; an empty level or 0 removes a skill."""
    entries = [_level(scene, skill, level, set_level) for skill, level in levels.items() if level]
    return listing(scene, label, entries, _one_more(scene, levels, set_level))


def _level(scene: Scene, skill: str, level: int, set_level: SetLevel) -> Entry:
    def changes(value: Any) -> Sequence[ChangeMapping]:
        return set_level(skill, value or 0)

    field = Field(f"skill:{skill}", LEVEL, NUMBER, str(level), changes, set_level(skill, 0))
    return Entry(str(level), Ref.to("skill", skill), field, before=f"{scene.name('skill', skill)} ")


def _one_more(scene: Scene, levels: Mapping[str, int], set_level: SetLevel) -> Field:
    """The field that adds a skill: asks for the skill, then for its level."""

    def follow_up(skill: str) -> Field:
        return Field("level", LEVEL, NUMBER, None, partial(set_level, skill), suggested=USEFUL)

    free = SingleChoice(lambda: [ref for ref in scene.skills() if not levels.get(ref.id)], new="skill")
    return Field("more-skills", sentence("add a skill"), free, follow_up=follow_up)


def learning_of(scene: Scene, record: Person) -> LabelledEntries:
    """The skills that a person learns, with a line that adds one."""

    def turn(skill: str, on: bool) -> tuple[ChangeMapping, ...]:
        return ({"op": "set_learning", "person": record.id, "skill": skill, "on": on},)

    def entry(skill: str) -> Entry:
        field = Field(f"learning:{skill}", sentence("Learning"), None, removal=turn(skill, False))
        return Entry(scene.name("skill", skill), Ref.to("skill", skill), field)

    free = SingleChoice(lambda: [ref for ref in scene.skills() if ref.id not in record.learning], new="skill")
    more = Field("more-learning", sentence("add a skill"), free, changes=lambda skill: turn(skill, True))
    return listing(scene, sentence("Learning"), map(entry, record.learning), more)
