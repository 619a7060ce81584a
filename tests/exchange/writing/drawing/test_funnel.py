from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from orgtui.exchange.writing.drawing.funnel import PAGES_MOST, draw_funnel, draw_funnels
from orgtui.exchange.writing.drawing.shapes import Box, Drawing
from orgtui.exchange.writing.report import Funnel, Lane, Report, Stage, Team, Work
from tests.exchange.writing.drawing.soundness import (
    assert_no_line_behind_boxes,
    assert_sound,
    squeezed,
    text_of,
)
from tests.exchange.writing.reports import EVERY_SIZE, HOSTILE, report_of, sample_report, spoken


@EVERY_SIZE
def test_nothing_overlaps_is_cut_or_too_small(people: int, language: str, is_hostile: bool) -> None:
    report = report_of(people, language, is_hostile=is_hostile)
    with spoken(language):
        drawings = draw_funnels(report)
        assert drawings
        for drawing in drawings:
            assert_sound(drawing)
            assert_no_line_behind_boxes(drawing)
        assert draw_funnels(report) == drawings
        keys = [drawing.key for drawing in drawings]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_name_is_there_whole(language: str) -> None:
    report = sample_report(language)
    with spoken(language):
        for when, structure in (("before", report.before), ("after", report.after)):
            told = squeezed(text_of(*draw_funnel(report, structure, when)))  # type: ignore[arg-type]
            for lane in structure.funnel.lanes:
                assert squeezed(lane.name) in told
                assert all(squeezed(work.name) in told for work in lane.functions)
            assert all(squeezed(stage.name) in told for stage in structure.funnel.stages)


def test_names_of_several_hundred_letters_are_there_whole() -> None:
    report = funnel_report([work(f"f{number}", name, ("s0",)) for number, name in enumerate(HOSTILE)])
    told = squeezed(text_of(*draw_funnel(report, report.after, "after")))
    assert all(squeezed(name) in told for name in HOSTILE)


def test_what_moves_says_where_from_and_where_to() -> None:
    report = sample_report()
    assert "to Marketing automation" in text_of(*draw_funnel(report, report.before, "before"))
    after = text_of(*draw_funnel(report, report.after, "after"))
    assert "→ Marketing automation" in after
    assert "from Online promotion" in after
    assert "→ moved" in after


def test_a_team_with_a_new_name_says_its_other_one() -> None:
    report = sample_report()
    assert "becomes Brand and content" in text_of(*draw_funnel(report, report.before, "before"))
    assert "was Brand and PR" in text_of(*draw_funnel(report, report.after, "after"))


def test_a_bar_has_a_gap_where_its_function_serves_nothing() -> None:
    report = funnel_report([work("seo", "SEO", ("s0", "s1", "s4")), work("pr", "PR", ("s2",))])
    (drawing,) = draw_funnel(report, report.after, "after")
    first, second = bars(drawing, "seo")
    assert first.width > second.width
    assert [words.text for words in first.words] == ["SEO"]
    assert second.words == ()
    (line,) = [each for each in drawing.connectors if each.source == first.id]
    assert (line.target, line.style) == (second.id, "dotted")
    (pr,) = bars(drawing, "pr")
    assert pr.y > first.y, "nothing stands in the gap of a bar"
    assert_sound(drawing)


def test_bars_that_do_not_meet_share_a_row() -> None:
    report = funnel_report([work("seo", "SEO", ("s0",)), work("pr", "PR", ("s2",))])
    (drawing,) = draw_funnel(report, report.after, "after")
    assert bars(drawing, "seo")[0].y == bars(drawing, "pr")[0].y


def test_a_stage_that_nobody_works_is_dashed_and_says_so() -> None:
    stages = (
        Stage("s0", "Awareness", None, 1, 1, "broken"),
        Stage("s1", "Inquiry", None, 0, 0, "broken"),
        Stage("s2", "MQL", "Sales", 0, 0, None),
    )
    report = funnel_report([work("seo", "SEO", ("s0",))], stages)
    (drawing,) = draw_funnel(report, report.after, "after")
    unserved = box_named(drawing, "after-stage-1")
    assert (unserved.style, unserved.role, unserved.is_filled) == ("dashed", "error", False)
    assert [words.text for words in unserved.words] == ["✖ nobody works it"]
    owned = box_named(drawing, "after-stage-2")
    assert (owned.style, owned.role) == ("solid", "plain")
    assert "worked by Sales" in text_of(drawing)
    assert "Nobody works Inquiry." in drawing.alt


def test_joints_differ_in_line_and_word() -> None:
    stages = (
        Stage("s0", "Awareness", None, 1, 1, "tracked"),
        Stage("s1", "Inquiry", None, 1, 1, "blind"),
        Stage("s2", "MQL", None, 1, 1, "broken"),
        Stage("s3", "SAL", "Sales", 0, 0, None),
        Stage("s4", "SQL", "Sales", 0, 0, None),
    )
    report = funnel_report([work("seo", "SEO", ("s0", "s1", "s2"))], stages)
    (drawing,) = draw_funnel(report, report.after, "after")
    lines = {each.source: each for each in drawing.connectors if each.source.startswith("after-joint")}
    assert {source: line.style for source, line in lines.items()} == {
        "after-joint-0": "solid",
        "after-joint-1": "dashed",
    }
    told = [words.text for words in drawing.words]
    assert told.count("tracked") == 1
    assert told.count("not tracked") == 1
    assert told.count("✖ broken") == 1
    assert "Broken: MQL → SAL." in drawing.alt
    assert "Not tracked: Inquiry → MQL." in drawing.alt


def test_more_stages_than_a_page_has_room_for_go_on_on_the_next() -> None:
    stages = [f"s{number}" for number in range(30)]
    report = funnel_report([work("all", "Everything", stages)], [plain_stage(each) for each in stages])
    drawings = draw_funnel(report, report.after, "after")
    for drawing in drawings:
        assert_sound(drawing)
    told = text_of(*drawings)
    assert all(stage.name in told for stage in report.after.funnel.stages)


def test_a_team_with_too_many_functions_for_a_page_goes_on_with_its_name() -> None:
    report = funnel_report([work(f"f{number}", f"Work {number}", ("s0",)) for number in range(60)])
    overview, *pages = draw_funnel(report, report.after, "after")
    assert "60 functions" in text_of(overview)
    assert len(pages) > 1
    for page in pages:
        assert_sound(page)
        assert "Growth" in text_of(page)
    told = text_of(*pages).split()
    assert all(str(number) in told for number in range(60))


def test_several_pages_begin_with_the_divisions_and_are_numbered() -> None:
    report = report_of(150)
    overview, *pages = draw_funnel(report, report.after, "after")
    assert overview.key == "funnel-after-1"
    assert overview.title == f"Funnel after (1 of {len(pages) + 1})"
    root = report.after.root.id
    divisions = {team.name for team in report.after.teams if team.parent == root}
    lanes = {lane.name for lane in report.after.funnel.lanes}
    assert {name for name in divisions & lanes if name not in text_of(overview)} == set()


def test_the_largest_organisations_are_told_by_division_only() -> None:
    lanes = [
        Lane(f"t{number}", f"Team {number}", (work(f"f{number}", "SEO", ("s0",)),)) for number in range(5000)
    ]
    teams = [team(f"t{number}", "root", 1 + number % 2) for number in range(5000)]
    chained = [
        replace(each, parent=f"t{number - 1}") if number else each for number, each in enumerate(teams)
    ]
    report = funnel_report([], lanes=lanes, teams=chained)
    drawings = draw_funnel(report, report.after, "after")
    assert len(drawings) <= PAGES_MOST
    assert "5000 functions" in text_of(*drawings)


def test_both_funnels_have_each_team_at_the_same_height() -> None:
    report = report_of(30)
    (drawing,) = draw_funnels(report)
    assert drawing.key == "funnel-both"
    unmoved = [each.id for lane in report.after.funnel.lanes for each in lane.functions if each.mark is None]
    assert unmoved
    for function in unmoved:
        before = [box for box in drawing.boxes if box.id.startswith(f"before-{function}-")]
        after = [box for box in drawing.boxes if box.id.startswith(f"after-{function}-")]
        assert [box.y for box in before] == [box.y for box in after]


def test_without_a_plan_there_is_one_funnel() -> None:
    report = sample_report(has_plan=False)
    (drawing,) = draw_funnels(report)
    assert drawing.key == "funnel-after"
    assert drawing.title == "Funnel"


def test_without_stages_there_is_no_funnel() -> None:
    report = funnel_report([], [])
    assert draw_funnel(report, report.after, "after") == ()
    assert draw_funnels(replace(report, plan=None)) == ()


def work(identity: str, name: str, stages: Sequence[str]) -> Work:
    return Work(identity, name, None, tuple(stages))


def plain_stage(identity: str) -> Stage:
    return Stage(identity, f"Stage-{identity}", None, 1, 1, "tracked")


def team(identity: str, parent: str | None = None, depth: int = 0) -> Team:
    return Team(identity, identity, parent, depth, None, None, 0, (), ())


def funnel_report(
    functions: Sequence[Work],
    stages: Sequence[Stage] | None = None,
    lanes: Sequence[Lane] | None = None,
    teams: Sequence[Team] = (),
) -> Report:
    """A report with the team growth that holds some functions, the same before and after."""
    report = sample_report()
    if stages is None:
        stages = [plain_stage(f"s{number}") for number in range(5)]
    own = lanes if lanes is not None else [Lane("growth", "Growth", tuple(functions))]
    structure = replace(
        report.after,
        teams=(team("root"), team("growth", "root", 1), *teams),
        funnel=Funnel(tuple(stages), tuple(own)),
    )
    return replace(report, before=structure, after=structure)


def bars(drawing: Drawing, function: str) -> list[Box]:
    return [box for box in drawing.boxes if box.id.startswith(f"after-{function}-")]


def box_named(drawing: Drawing, identity: str) -> Box:
    return next(box for box in drawing.boxes if box.id == identity)
