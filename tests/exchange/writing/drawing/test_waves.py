"""Pictures of waves: each says what it changes, earlier ones are in place, nothing overlaps or is cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgtui.exchange.writing.drawing.shapes import Box, Drawing
from orgtui.exchange.writing.drawing.waves import draw_waves
from orgtui.exchange.writing.report import Report, Wave, WaveState
from tests.exchange.writing.drawing.structures import (
    CHAIN,
    FLAT,
    LONG,
    NAMES,
    Parents,
    bushy,
    report_of_shape,
)
from tests.exchange.writing.drawing.test_tree import assert_sound
from tests.exchange.writing.reports import report_of, sample_report, spoken


def said(box: Box) -> list[str]:
    return [each.text for each in box.words]


def boxes_of(drawings: tuple[Drawing, ...]) -> dict[str, Box]:
    return {box.id: box for drawing in drawings for box in drawing.boxes if box.id}


@pytest.mark.parametrize("people", [5, 30, 150, 1000])
@pytest.mark.parametrize(("language", "is_hostile"), [("en", False), ("zh_CN", False), ("en", True)])
def test_nothing_overlaps_or_is_cut_and_twice_the_same(people: int, language: str, is_hostile: bool) -> None:
    with spoken(language):
        report = report_of(people, language, is_hostile=is_hostile)
        drawings = draw_waves(report)
        assert draw_waves(report) == drawings
    for drawing in drawings:
        assert_sound(drawing)
    words = [each.text for drawing in drawings for each in drawing.words if each.role == "heading"]
    number = "Wave {}" if language == "en" else "批次 {}"
    assert len(report.waves) >= 2
    for wave in report.waves:
        assert any(each.startswith(number.format(wave.number)) for each in words)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_three_waves_of_thirty_people_stand_side_by_side_on_one_page(language: str) -> None:
    with spoken(language):
        (drawing,) = draw_waves(sample_report(language))
    assert drawing.key == "tree-waves"
    assert_sound(drawing)
    boxes = boxes_of((drawing,))
    steps = {
        (round(boxes[f"wave-{wave + 1}-sdr"].x - boxes[f"wave-{wave}-sdr"].x), boxes[f"wave-{wave}-sdr"].y)
        for wave in (1, 2)
    }
    assert len(steps) == 1  # the same place in each wave


def test_a_wave_names_what_it_changes_and_only_that() -> None:
    boxes = boxes_of(draw_waves(sample_report()))
    assert said(boxes["wave-1-brand"]) == ["Brand and PR", "3 seats"]
    second = " ".join(said(boxes["wave-2-brand"]))
    assert second.startswith("~ Brand and content 8 seats")
    assert "→ from Design → Liu Yang → Deng Jie" in second
    assert said(boxes["wave-2-design"])[0] == "− Design"
    assert "→ to Brand and content" in " ".join(said(boxes["wave-2-design"]))
    assert "wave-3-design" not in boxes  # what an earlier wave closed is gone
    assert " ".join(said(boxes["wave-3-brand"])) == "Brand and content 8 seats"
    assert said(boxes["wave-1-automation"])[0].startswith("+ ")
    assert not any(each.startswith("+") for each in said(boxes["wave-2-automation"]))


def test_one_wave_has_no_picture() -> None:
    report = sample_report()
    assert draw_waves(replace(report, wave_states=report.wave_states[:1])) == ()
    assert draw_waves(sample_report(has_plan=False)) == ()


def test_a_wave_that_changes_no_team_says_so() -> None:
    report = report_of(30)
    first, second, *_ = report.wave_states
    quiet = tuple(
        replace(
            team,
            mark=None,
            seats=tuple(replace(each, mark=None) for each in team.seats),
        )
        for team in second.teams
    )
    (drawing,) = draw_waves(replace(report, wave_states=(first, replace(second, teams=quiet))))
    notes = " ".join(each.text for each in drawing.words if each.role == "dim")
    assert notes.count("no team and no seat changes") == 1


@pytest.mark.parametrize(
    ("teams", "seats", "parents"),
    [(0, 40, FLAT), (2, 2, FLAT), (90, 3, FLAT), (230, 2, FLAT), (40, 1, CHAIN), (160, 6, bushy(40))],
)
@pytest.mark.parametrize("names", [NAMES, (*NAMES, *LONG)], ids=["names", "long names"])
@pytest.mark.parametrize("waves", [2, 5])
def test_trees_of_any_shape_are_sound(
    teams: int, seats: int, parents: Parents, names: tuple[str, ...], waves: int
) -> None:
    report = report_of_shape(teams, seats, parents, seed=teams, names=names)
    drawings = draw_waves(_in_waves(report, waves, names))
    assert drawings
    for drawing in drawings:
        assert_sound(drawing)
    assert len({drawing.key for drawing in drawings}) == len(drawings)


def _in_waves(report: Report, count: int, names: tuple[str, ...]) -> Report:
    """The report with as many waves, each of which does what the whole plan does."""
    waves = tuple(Wave(each, names[each % len(names)], None, ()) for each in range(1, count + 1))
    states = tuple(WaveState(each.number, report.after.teams, report.after.headcount) for each in waves)
    return replace(report, waves=waves, wave_states=states)
