"""The facts of a function, with fields to edit them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from orgtui.model.records import Function, FunctionState
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.facts.numbers import as_decimal
from orgtui.rules.fixes.common import accompanying_people
from orgtui.views.base.ranked import teams_ranked
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.assignments import performers_of
from orgtui.views.pages.facts.entries import text_entries
from orgtui.views.pages.facts.handoffs import incoming_handoffs, outgoing_handoffs
from orgtui.views.pages.facts.skills import SetLevel, skill_levels
from orgtui.views.pages.fields import (
    NUMBER,
    TEXT,
    YES_OR_NO,
    AnswerKind,
    ChangeMapping,
    Field,
    MultipleChoice,
    as_choice,
    as_yes_or_no,
    one_of_refs,
    one_of_words,
    set_or_clear,
    set_or_omit,
)
from orgtui.views.pages.listing import LabelledEntries, field_entries


def function_facts(scene: Scene, function: str) -> Iterator[LabelledEntries]:
    """The facts of a function by id; none if it does not exist."""
    record, view = scene.organization.functions.get(function), scene.view
    if record is None:
        return

    def own(key: str, kind: AnswerKind, now: object, label: Sentence) -> Field:
        """A field that is changed by `set_function`."""
        return Field(key, label, kind, now, set_or_clear("set_function", key, function=function))

    yield field_entries(scene, own("name", TEXT, record.name, sentence("Name")))
    yield field_entries(scene, _team(scene, record))
    areas = one_of_refs(lambda: scene.every("area"), optional=True)
    yield field_entries(scene, own("area", areas, as_choice("area", record.area), sentence("Area")))
    yield field_entries(scene, _stages(scene, record))
    yield field_entries(scene, own("kind", TEXT, record.kind or "", sentence("Kind")))
    yield skill_levels(scene, sentence("Skills needed"), record.skills, _levels(record))
    states = one_of_words(get_args(FunctionState))
    yield field_entries(scene, own("state", states, Ref.to("word", record.state), sentence("State")))
    difficulty = own("difficulty", NUMBER, str(record.difficulty), sentence("Difficulty, 1 to 5"))
    yield field_entries(scene, difficulty)
    breakthrough = as_yes_or_no(record.breakthrough)
    yield field_entries(scene, own("breakthrough", YES_OR_NO, breakthrough, sentence("Breakthrough")))
    yield performers_of(scene, record)
    yield sentence("FTE"), text_entries(as_decimal(view.staffing(function)))
    needed = "" if record.fte_needed is None else str(record.fte_needed)
    yield field_entries(scene, own("fte_needed", NUMBER, needed, sentence("FTE needed")))
    yield outgoing_handoffs(scene, function)
    yield incoming_handoffs(scene, function)


def _team(scene: Scene, record: Function) -> Field:
    """The field for the team; asks next who comes along, if anyone would."""
    along = tuple(Ref.to("person", person) for person in accompanying_people(scene.view, record.id))

    def move(to: str, people: Sequence[str] = ()) -> list[ChangeMapping]:
        return [{"op": "move_function", "function": record.id, "to": to, "people": list(people)}]

    def follow_up(to: str) -> Field | None:
        if not along:
            return None
        people = MultipleChoice(lambda: scene.every("person"))
        return Field(
            "people", sentence("Who comes along"), people, None, lambda ids: move(to, ids), suggested=along
        )

    teams = one_of_refs(lambda: teams_ranked(scene, [record.id]))
    return Field("team", sentence("Team"), teams, as_choice("team", record.team), move, follow_up=follow_up)


def _stages(scene: Scene, record: Function) -> Field:
    return Field(
        "stages",
        sentence("Stages"),
        MultipleChoice(lambda: scene.every("stage"), least=1),
        tuple(Ref.to("stage", stage) for stage in record.stages),
        set_or_omit("set_stages", "stages", function=record.id),
    )


def _levels(record: Function) -> SetLevel:
    def set_level(skill: str, level: Any) -> list[ChangeMapping]:
        skills = {**record.skills, skill: level}
        if not level:
            del skills[skill]
        return [{"op": "set_function", "function": record.id, "skills": skills}]

    return set_level
