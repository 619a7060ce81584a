"""Cards and sheets at their limits: what does not fit goes on, or is told as a number."""

from __future__ import annotations

from itertools import pairwise

import pytest

from orgtui.exchange.writing.chart.cards import MAX_LINES, cards_of
from orgtui.exchange.writing.chart.sheets import MAX_LINKS, MAX_TOPICS, Sheet, sheets_of
from orgtui.exchange.writing.report import KnowledgeLink
from tests.exchange.writing import handmade


@pytest.mark.parametrize(("people", "cards"), [(MAX_LINES, 1), (MAX_LINES + 1, 2), (3 * MAX_LINES, 3)])
def test_a_team_goes_on_below_its_first_card(people: int, cards: int) -> None:
    first, *others = cards_of(handmade.crowd(people))
    assert len(others) == cards - 1
    assert all(each.parent == first.key and each.heading == "Marketing, continued" for each in others)
    assert sum(len(each.lines) for each in (first, *others)) == people


def sheet_with(links: int, topics: int) -> Sheet:
    """One sheet of a team with as many below it as links, each sharing with the next."""
    names = [f"Team {number}" for number in range(links + 1)]
    teams = [handmade.team("Marketing", None), *(handmade.team(name, "Marketing") for name in names)]
    told = tuple(f"topic {number}" for number in range(topics))
    shared = [KnowledgeLink(one, other, told) for one, other in pairwise(names)]
    state = handmade.structure(teams, shared)
    (sheet,) = sheets_of(handmade.report(state, state), lambda card: 1, 1000)
    return sheet


def test_more_lines_of_knowledge_than_a_sheet_holds_are_told_as_a_number() -> None:
    assert len(sheet_with(MAX_LINKS, 1).links) == MAX_LINKS
    beyond = sheet_with(MAX_LINKS + 1, 1)
    assert beyond.links == ()
    assert beyond.caption[-1] == f"{MAX_LINKS + 1} knowledge links, too many to draw here"


def test_more_topics_than_a_line_names_are_told_as_a_number() -> None:
    assert sheet_with(1, MAX_TOPICS).links[0].label == "topic 0, topic 1"
    assert sheet_with(1, MAX_TOPICS + 1).links[0].label == f"{MAX_TOPICS + 1} topics"
