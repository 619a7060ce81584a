"""Pictures of team trees: nothing overlaps, nothing is cut, and everybody is there, whatever the size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from orgtui.exchange.writing.drawing.measure import text_width
from orgtui.exchange.writing.drawing.shapes import Box, Connector, Drawing, Words
from orgtui.exchange.writing.drawing.tree import PAGE_HEIGHT_PT, PAGE_WIDTH_PT, Which, draw_tree, draw_trees
from orgtui.exchange.writing.report import Report, Structure
from tests.exchange.writing.drawing.structures import (
    CHAIN,
    COMB,
    FLAT,
    LONG,
    NAMES,
    Parents,
    bushy,
    report_of_shape,
)
from tests.exchange.writing.reports import EVERY_SIZE, report_of, sample_report, spoken

WHICH: tuple[Which, ...] = ("before", "after", "both")
TOLERANCE = 0.01

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def extent(box: Box) -> Rectangle:
    return box.x, box.y, box.x + box.width, box.y + box.height


def extent_of_words(words: Words) -> Rectangle:
    width = text_width(words.text, words.size, is_bold=words.is_bold)
    left = words.x - {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    return left, words.y - 0.75 * words.size, left + width, words.y + 0.2 * words.size


def is_within(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        inner[0] >= outer[0] - TOLERANCE
        and inner[1] >= outer[1] - TOLERANCE
        and inner[2] <= outer[2] + TOLERANCE
        and inner[3] <= outer[3] + TOLERANCE
    )


def overlap(one: Rectangle, other: Rectangle) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > TOLERANCE
        and min(one[3], other[3]) - max(one[1], other[1]) > TOLERANCE
    )


def neighbours(rectangles: Sequence[Rectangle]) -> Iterator[tuple[int, int]]:
    """The pairs of rectangles that share a height, by their numbers."""
    order = sorted(range(len(rectangles)), key=lambda number: rectangles[number][1])
    for place, number in enumerate(order):
        for other in order[place + 1 :]:
            if rectangles[other][1] >= rectangles[number][3]:
                break
            yield number, other


def assert_sound(drawing: Drawing) -> None:
    """Nothing is cut, overlaps or is too small, and no line to a box runs through another one."""
    page = (0.0, 0.0, drawing.width, drawing.height)
    assert drawing.width <= PAGE_WIDTH_PT + TOLERANCE
    assert drawing.height <= PAGE_HEIGHT_PT + TOLERANCE
    extents = [extent(each) for each in drawing.boxes]
    for one, other in neighbours(extents):
        is_nested = is_within(extents[one], extents[other]) or is_within(extents[other], extents[one])
        assert is_nested or not overlap(extents[one], extents[other])
    words = list(drawing.words)
    for box, around in zip(drawing.boxes, extents, strict=True):
        assert is_within(around, page)
        assert all(is_within(extent_of_words(each), around) for each in box.words), box.name
        words += box.words
    assert all(is_within(extent_of_words(each), page) for each in words)
    assert all(each.size >= 9 for each in words)
    places = [extent_of_words(each) for each in words]
    assert not any(overlap(places[one], places[other]) for one, other in neighbours(places))
    identities = [each.id for each in drawing.boxes if each.id]
    assert len(identities) == len(set(identities))
    for line in drawing.connectors:
        if line.source:
            assert line.target in identities
            assert_runs_free(line, drawing.boxes)


def assert_runs_free(line: Connector, boxes: Sequence[Box]) -> None:
    """A line is upright or level, and touches no boxes but those at its ends."""
    for start, end in pairwise(line.points):
        assert start[0] == pytest.approx(end[0]) or start[1] == pytest.approx(end[1])
        run = (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
        around = (run[0] - 0.5, run[1] - 0.5, run[2] + 0.5, run[3] + 0.5)
        for box in boxes:
            if box.id and box.id not in (line.source, line.target):
                assert not overlap(around, extent(box)), (line, box.name)


def texts(drawings: Sequence[Drawing]) -> list[str]:
    """What each box says, without spaces."""
    return [
        "".join(words.text for words in box.words).replace(" ", "").replace("\u00a0", "")
        for drawing in drawings
        for box in drawing.boxes
        if box.words
    ]


def assert_everybody_is_there(drawings: Sequence[Drawing], structure: Structure) -> None:
    said = "\n".join(texts(drawings))
    for team in structure.teams:
        people, works = (each.name for each in team.seats), (each.name for each in team.functions)
        for name in (team.name, *people, *works):
            assert name.replace(" ", "") in said


SHAPES: tuple[tuple[int, int, Parents], ...] = (
    (0, 5, FLAT),
    (2, 2, FLAT),
    (0, 230, FLAT),
    (1, 40, FLAT),
    (7, 4, FLAT),
    (8, 3, bushy(3)),
    (24, 5, bushy(6)),
    (40, 1, CHAIN),
    (30, 3, COMB),
    (90, 0, FLAT),
    (150, 4, bushy(5)),
    (160, 6, bushy(40)),
)


WITH_LONG_NAMES = [
    pytest.param(*shape, (*NAMES, *LONG), marks=pytest.mark.soak if shape[0] >= 90 else ())
    for shape in SHAPES
]


@pytest.mark.parametrize(
    ("teams", "seats", "parents", "names"), [*((*shape, NAMES) for shape in SHAPES), *WITH_LONG_NAMES]
)
def test_nothing_overlaps_and_nobody_is_missing(
    teams: int, seats: int, parents: Parents, names: Sequence[str]
) -> None:
    report = report_of_shape(teams, seats, parents, seed=teams + seats, names=names)
    for which in WHICH:
        drawings = draw_tree(report, which)
        for drawing in drawings:
            assert_sound(drawing)
        if which != "both":
            assert_everybody_is_there(drawings, report.before if which == "before" else report.after)


@EVERY_SIZE
def test_organisations_with_a_plan_are_drawn_whole(people: int, language: str, is_hostile: bool) -> None:
    with spoken(language):
        report = report_of(people, language, is_hostile=is_hostile)
        for drawing in draw_trees(report):
            assert_sound(drawing)
        drawings = draw_tree(report, "after")
        assert_everybody_is_there(drawings, report.after)
        assert draw_tree(report, "after") == drawings


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_thirty_people_before_and_after_are_one_page_with_all_names(language: str) -> None:
    with spoken(language):
        report = sample_report(language)
        (drawing,) = draw_trees(report)
    assert drawing.key == "tree-both"
    assert_sound(drawing)
    said = "\n".join(texts([drawing]))
    for team in (*report.before.teams, *report.after.teams):
        assert all(seat.name.replace(" ", "") in said for seat in team.seats)


def test_each_seat_that_moves_has_a_line_from_its_old_to_its_new_place() -> None:
    report = sample_report()
    (drawing,) = draw_trees(report)
    moved = [seat for team in report.after.teams for seat in team.seats if seat.mark == "moved"]
    lines = [each for each in drawing.connectors if each.role == "moved"]
    assert len(lines) == len(moved) > 10
    assert all(each.has_arrow and each.points[0][0] < each.points[-1][0] for each in lines)


def test_signs_say_what_happens() -> None:
    report = sample_report()
    (drawing,) = draw_trees(report)
    boxes = {each.id: each for each in drawing.boxes}
    closed, focus = boxes["before-design"], boxes["after-automation"]
    assert (closed.role, closed.style) == ("gone", "dashed")
    assert closed.words[0].text == "− Design"
    assert closed.words[0].is_struck
    assert (focus.role, focus.is_strong) == ("new", True)
    assert focus.words[0].text.startswith("+ ")
    assert any(each.text.startswith("Focus team") for each in focus.words)


def test_the_legend_explains_only_the_signs_that_are_there() -> None:
    report = sample_report(has_plan=False)
    (drawing,) = draw_trees(report)
    words = {each.text for each in drawing.words}
    assert "function" in words
    assert not words & {"new", "moved", "changed", "closed"}


def test_without_a_plan_there_is_one_picture() -> None:
    report = sample_report(has_plan=False)
    keys = {drawing.key for which in WHICH for drawing in draw_tree(report, which)}
    assert keys == {"tree-after"}


def test_teams_that_stay_keep_their_place() -> None:
    report = report_of(30)
    (before,), (after,) = draw_tree(report, "before"), draw_tree(report, "after")
    places = {each.id.removeprefix("before-"): (each.x, each.y) for each in before.boxes if each.id}
    stays = [each for each in after.boxes if each.id.removeprefix("after-") in places]
    assert len(stays) >= 3
    assert all(places[each.id.removeprefix("after-")] == (each.x, each.y) for each in stays)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_side_by_side_a_team_that_stays_stands_in_the_same_place(language: str) -> None:
    with spoken(language):
        (drawing,) = draw_trees(sample_report(language))
    boxes = {each.id: each for each in drawing.boxes}
    pairs = [
        (box, boxes["after-" + identity.removeprefix("before-")])
        for identity, box in boxes.items()
        if identity.startswith("before-") and "after-" + identity.removeprefix("before-") in boxes
    ]
    assert len(pairs) == 5
    assert len({(round(after.x - before.x, 3), after.y - before.y) for before, after in pairs}) == 1
    assert pairs[0][0].y == pairs[0][1].y
    new, home, gone = boxes["after-automation"], boxes["after-web"], boxes["before-design"]
    assert new.y == home.y == gone.y  # where a team left, beside the one from which its people come
    assert home.x - new.x < 1.1 * new.width


def test_boxes_are_not_so_narrow_that_words_break() -> None:
    report = sample_report()
    teams = [
        replace(team, name="Regionalkoordination") if team.id == "events" else team
        for team in report.before.teams
    ]
    (drawing,) = draw_trees(replace(report, before=replace(report.before, teams=tuple(teams))))
    assert {each.width for each in drawing.boxes if each.id} == {168.0}
    assert any(each.text == "Regionalkoordination" for box in drawing.boxes for each in box.words)


def test_divisions_without_changes_are_not_told_twice() -> None:
    report = report_of_shape(60, 6, bushy(6), seed=5)
    unchanged = replace(report, after=report.before, before=report.before)
    quiet = _without_marks(unchanged)
    assert len(draw_tree(quiet, "both")) == 2  # the overview, and the root with its own seats
    assert len(draw_tree(quiet, "after")) > 2


def _without_marks(report: Report) -> Report:
    teams = tuple(
        replace(
            team,
            mark=None,
            seats=tuple(replace(seat, mark=None, elsewhere=None) for seat in team.seats),
            functions=tuple(replace(work, mark=None) for work in team.functions),
        )
        for team in report.before.teams
    )
    structure = replace(report.before, teams=teams)
    return replace(report, before=structure, after=structure)


def test_a_chain_of_teams_deeper_than_the_stack_of_python_is_drawn() -> None:
    report = report_of_shape(1200, 0, CHAIN)
    drawings = draw_tree(report, "after")
    drawn = sum(bool(box.id) for drawing in drawings for box in drawing.boxes)
    assert drawn >= len(report.after.teams)
    assert_sound(drawings[-1])
