"""What was just done, in a sentence: with names, and several alike as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

import orgtui.changes.operations  # noqa: F401 - makes every operation known
from orgtui.changes.compile import compile_all
from orgtui.changes.parse import parse_change
from orgtui.engine.view import PlainView
from orgtui.locales import set_language, translate
from orgtui.locales.language import CHINESE, ENGLISH
from orgtui.views.base.scene import Scene
from orgtui.views.words.deeds import Deed, DeedKind
from tests.organizations import small_organization


@pytest.fixture
def chinese() -> Iterator[None]:
    set_language(CHINESE)
    yield
    set_language(ENGLISH)


def said(*written: Mapping[str, object], kind: DeedKind = "do") -> str:
    """What is said of changes after they are made, or, if that is the deed, taken back."""
    organization, changes = small_organization(), [parse_change(each) for each in written]
    scene = Scene(organization, organization.copy(), PlainView(organization, organization.profile.as_of, {}))
    deed, sets = Deed(kind, changes), compile_all(organization, changes)
    if kind in ("undo", "drop"):
        for each in sets:
            organization.apply(each)
        sets = [each.inverse() for each in reversed(sets)]
    deed.before(scene)
    for each in sets:
        organization.apply(each)
    return translate(deed.after(scene), scene.names)


def moved(person: str, to: str = "growth") -> Mapping[str, object]:
    return {"op": "move_person", "person": person, "to": to}


def test_one_two_and_several_alike_are_one_sentence() -> None:
    assert said(moved("zhang")) == "Moved Zhang Wei to Growth"
    assert said(moved("zhang"), moved("xu")) == "Moved Zhang Wei, Xu Lei to Growth"
    assert said(moved("zhang"), moved("xu"), moved("li")) == "Moved 3 people to Growth"


def test_what_differs_in_more_than_one_thing_is_said_one_by_one_and_the_rest_is_counted() -> None:
    elsewhere = moved("wang", "brand")
    assert said(moved("zhang"), elsewhere) == "Moved Zhang Wei to Growth; moved 王磊 to Brand"
    third, fourth = moved("xu", "marketing"), {"op": "remove_goal", "goal": "pipeline"}
    told = said(moved("zhang"), elsewhere, third, fourth)
    assert told == "Moved Zhang Wei to Growth; moved 王磊 to Brand, and 2 more changes"


def test_many_who_come_along_are_counted() -> None:
    move = {"op": "move_function", "function": "content", "to": "growth", "people": ["zhang", "li", "xu"]}
    assert said(move) == "Moved Content to Growth, with 3 people"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("redo", "Did again: moved Zhang Wei to Growth"),
        ("restore", "Took back into the plan: moved Zhang Wei to Growth"),
        ("undo", "Took back: moved Zhang Wei to Growth"),
        ("drop", "Taken out of the plan: moved Zhang Wei to Growth"),
    ],
)
def test_what_became_of_it_is_said_first(kind: DeedKind, words: str) -> None:
    assert said(moved("zhang"), kind=kind) == words


def test_who_left_and_what_is_gone_keep_their_names() -> None:
    left = {"op": "empty_seat", "person": "zhang"}
    assert said(left) == "Emptied the seat Zhang Wei"
    assert said(left, kind="undo") == "Took back: emptied the seat Zhang Wei"
    new = {"op": "create_team", "team": "new-1", "name": "Events", "parent": "brand"}
    assert said(new, kind="undo") == "Took back: created Events below Brand"
    renamed = {"op": "rename", "kind": "team", "id": "brand", "name": "Voice"}
    assert said(renamed) == "Renamed Brand to Voice"
    assert said(renamed, kind="undo") == "Took back: renamed Brand to Voice"


@pytest.mark.usefixtures("chinese")
def test_it_is_said_in_chinese() -> None:
    assert said(moved("zhang")) == "把「Zhang Wei」调到「Growth」"
    assert said(moved("zhang"), moved("xu"), moved("li")) == "把 3 人调到「Growth」"
    assert said(moved("zhang"), kind="undo") == "已撤回：把「Zhang Wei」调到「Growth」"
