"""An operation is declared in one place: all that speaks of changes knows it without being touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest

from orgtui.changes.base import OPERATIONS, Change, WriteKey, operation, teams_of_people
from orgtui.changes.draft import Draft
from orgtui.changes.net import net
from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.changes.semantic_types import Money, PersonId, TeamId
from orgtui.changes.step import Step
from orgtui.locales import set_language, translate
from orgtui.locales.language import CHINESE, ENGLISH
from orgtui.model.invalid import InvalidChange
from orgtui.model.records import Cadence
from orgtui.model.sentence import Sentence
from orgtui.model.store import Organization
from orgtui.session.timeline.step import SessionStep
from orgtui.views.lists.plan_list import PlanList
from orgtui.views.words.changes import describe
from orgtui.views.words.news import describe_news
from tests.changes.world import change
from tests.organizations import full_organization
from tests.views.screen import scene, screen
from tests.views.words.test_news import Done


@dataclass(frozen=True, slots=True)
class SwapSeats(Change):
    """Let two people sit where the other did."""

    op: ClassVar[str] = "swap_seats"
    person: PersonId
    other: PersonId
    pay_budget: Money | None = None
    review: Cadence | None = None
    led_from: TeamId | None = None

    def edit(self, draft: Draft) -> None:
        one, other = draft.open_seat(self.person), draft.open_seat(self.other)
        draft.put(replace(one, team=other.team))
        draft.put(replace(other, team=one.team))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return teams_of_people(organization, (self.person, self.other))

    def write_set(self) -> tuple[WriteKey, ...]:
        return ("person", self.person, "team"), ("person", self.other, "team")


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    operation(
        says={
            "led_from": "swapped {person} with {other}, led from {led_from}",
            "": "swapped {person} with {other}",
        },
        details={"pay_budget": "for {pay_budget}", "review": "looked at {review}"},
    )(SwapSeats)
    yield
    set_language(ENGLISH)
    del OPERATIONS[SwapSeats.op]


def swap(**more: Any) -> Change:
    return change("swap_seats", person="li", other="wu", **more)


def words(sentence: Sentence) -> str:
    return translate(sentence, scene(full_organization()).names)


def test_it_is_parsed_and_written() -> None:
    assert swap(review="weekly") == SwapSeats("li", "wu", review="weekly")
    assert change_to_mapping(swap()) == {"op": "swap_seats", "person": "li", "other": "wu"}
    with pytest.raises(InvalidChange) as caught:
        parse_change({"op": "swap_seats", "person": "li"})
    assert [path for path, _, _ in caught.value.problems] == [("other",)]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "swapped Li Na with Wu Min"),
        ({"led_from": "growth"}, "swapped Li Na with Wu Min, led from Growth"),
        (
            {"pay_budget": 5000, "review": "weekly"},
            "swapped Li Na with Wu Min, for CNY 5,000, looked at weekly",
        ),
    ],
)
def test_it_is_described_with_names_and_money(more: dict[str, Any], said: str) -> None:
    assert words(describe(swap(**more))) == said
    assert describe(change_to_mapping(swap(**more))) == describe(swap(**more))


def test_words_that_files_choose_from_are_said_in_the_language_spoken() -> None:
    set_language(CHINESE)
    assert "每周" in words(describe(swap(review="weekly")))


def test_it_is_netted() -> None:
    now = full_organization()
    steps = [Step(swap()), Step(change("move_person", person="xu", to="brand")), Step(swap())]
    assert [step.change.op for step in net(now, steps)] == ["move_person"]
    assert net(now, steps[:2])[0].was == {"people": {"li": "brand", "wu": "pr"}}


def test_it_is_in_the_plan_list_and_in_news() -> None:
    step = SessionStep(3, (swap(review="monthly"),), "They asked", "li", None)
    assert (
        screen(PlanList(scene(full_organization()), [step]), 72)
        == """
   3  swapped Li Na with Wu Min, looked at monthly  — They asked         li
"""
    )
    assert translate(describe_news(scene(full_organization()), [Done("xu", "undo", step)])) == (
        "xu took back: swapped Li Na with Wu Min, looked at monthly"
    )


def test_an_operation_without_words_cannot_be_declared() -> None:
    with pytest.raises(TypeError):
        operation()(SwapSeats)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        operation(SwapSeats)  # type: ignore[call-arg, arg-type]
