"""What others did, in words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from orgtui.changes.plan_operations import Decision
from orgtui.locales import translate
from orgtui.model.records import Person, Team
from orgtui.session.timeline.step import SessionStep
from orgtui.views.words.news import Kind, describe_news
from tests.changes.world import change
from tests.views.screen import organization, scene


@dataclass(frozen=True)
class Done:
    who: str | None
    kind: Kind
    step: SessionStep
    others: tuple[SessionStep, ...] = ()
    why: str | None = None
    decision: Decision | None = None


SCENE = scene(
    organization(Team("root", "Marketing"), Team("growth", "Growth", "root"), Person("wang", "root", "王磊"))
)
STEP = SessionStep(3, (change("move_person", person="wang", to="growth"),), None, "li", None)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("do", "li moved 王磊 to Growth"),
        ("undo", "li took back: moved 王磊 to Growth"),
        ("redo", "li did again: moved 王磊 to Growth"),
        ("drop", "li dropped: moved 王磊 to Growth"),
        ("why", "li noted why: moved 王磊 to Growth"),
    ],
)
def test_each_kind_has_its_words(kind: Kind, words: str) -> None:
    assert translate(describe_news(SCENE, [Done("li", kind, STEP)])) == words


def test_several_are_counted() -> None:
    news = [Done("li", "do", STEP), Done("wang", "undo", STEP), Done("li", "do", STEP)]
    assert translate(describe_news(SCENE, news)) == "li, wang made 3 changes"
    assert translate(describe_news(SCENE, [Done(None, "do", STEP)])) == "? moved 王磊 to Growth"


def test_changes_put_into_another_wave_are_all_told() -> None:
    news = [Done("li", "wave", STEP.placed(2), (STEP.placed(2),))]
    assert translate(describe_news(SCENE, news)) == (
        "li put into wave 2: moved 王磊 to Growth; moved 王磊 to Growth"
    )


def test_what_was_dropped_is_told_with_its_reason() -> None:
    news = [Done("li", "drop", STEP, why="Not this year")]
    assert translate(describe_news(SCENE, news)) == "li dropped: moved 王磊 to Growth; why: Not this year"
