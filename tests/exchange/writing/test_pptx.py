"""Slides: what is on them, where it stands, and that another program opens them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from orgtui.exchange.problems import OfficeMissing
from orgtui.exchange.writing import pptx
from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.drawing.measure import text_width
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.report import PlannedChange, Report, Wave
from orgtui.exchange.writing.slides.deck import slides
from orgtui.exchange.writing.slides.parts import (
    HEIGHT,
    INNER,
    MARGIN,
    PADDING_X,
    PADDING_Y,
    WIDTH,
    Card,
    Chart,
    Cover,
    Slide,
    Table,
    height_of,
    line_count,
)
from orgtui.exchange.writing.slides.tables import HEAD_HEIGHT, row_height
from orgtui.exchange.writing.slides.titles import BOTTOM, content_top
from tests.exchange.writing.reports import HOSTILE, TODAY, report_of, sample_report, spoken
from tests.exchange.writing.tools import needs, office_pdfs, pdf_pages
from tests.organizations import full_organization

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
POINT = 12700

REPORTS = {
    "sample": lambda: sample_report("en"),
    "sample in Chinese": lambda: sample_report("zh_CN"),
    "sample without a plan": lambda: sample_report("en", has_plan=False),
    "teams below teams": lambda: build_report(full_organization(), None, today=TODAY),
    "5": lambda: report_of(5),
    "30, hostile": lambda: report_of(30, is_hostile=True),
    "150": lambda: report_of(150),
    "60 in Chinese, hostile": lambda: report_of(60, "zh_CN", is_hostile=True),
    "1000": lambda: report_of(1000),
}


@cache
def written(name: str) -> bytes:
    return file_of(REPORTS[name]())


def file_of(report: Report) -> bytes:
    with spoken(report.language):
        files = pptx.write(report, Options())
    assert list(files) == ["slides.pptx"]
    return files["slides.pptx"]


@cache
def deck(name: str) -> list[Slide]:
    return deck_of(REPORTS[name]())


def deck_of(report: Report) -> list[Slide]:
    with spoken(report.language):
        return list(slides(report))


def parts(data: bytes) -> dict[str, Any]:
    """The XML of a presentation by the name of its part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def slide_trees(data: bytes) -> list[Any]:
    """The XML of the slides, in the order of their numbers."""
    found = {name: tree for name, tree in parts(data).items() if name.startswith("ppt/slides/slide")}
    return [found[f"ppt/slides/slide{number}.xml"] for number in range(1, len(found) + 1)]


def text_of(tree: Any) -> str:
    return "\n".join("".join(run.text or "" for run in entry.iter(f"{A}t")) for entry in tree.iter(f"{A}p"))


def test_what_a_board_is_shown() -> None:
    titles = [slide.title for slide in deck("sample")]
    assert titles[0] == sample_report("en").headline
    assert titles[1] == "Today Marketing has 8 teams with 30 seats, and 36 findings"
    assert titles[2] == "8 teams become 4 teams and 1 focus team; 11 people move"
    assert titles[3].startswith("39 changes in 3 waves; 11 people get a new manager")
    numbers = next(at for at, title in enumerate(titles) if title.endswith("better, none gets worse"))
    assert all(title.startswith("39 changes in 3 waves; ") for title in titles[3:numbers])
    assert all(title.startswith("The plan resolves 35 findings; ") for title in titles[numbers + 1 :])
    assert not [title for title in titles if re.search(r"\b0 ", title) and title != titles[0]]
    assert len(titles) == len(slide_trees(written("sample")))


def test_without_a_plan_only_today_is_shown() -> None:
    kinds = [type(slide) for slide in deck("sample without a plan")]
    assert kinds[:3] == [Cover, Chart, Table]
    assert kinds.count(Chart) == 1
    text = "\n".join(map(text_of, slide_trees(written("sample without a plan"))))
    assert "Marketing in numbers" in text
    assert "With the plan" not in text
    assert "Resolved" not in text


def every_team_and_person_is_on_a_slide_before_and_after(name: str) -> None:
    report = REPORTS[name]()
    charts = [slide for slide in deck(name) if isinstance(slide, Chart)]
    shown = {paragraph.text for chart in charts for card in chart.cards for paragraph in card.paragraphs}
    everything = "\n".join(shown)
    for structure in (report.before, report.after):
        for team in structure.teams:
            assert any(text.endswith(team.name) for text in shown)
            for seat in team.seats:
                assert seat.name in everything
            for function in team.functions:
                assert function.name in everything
    written_text = "\n".join(map(text_of, slide_trees(written(name))))
    assert all(text in written_text for text in shown)


def nothing_leaves_its_box_or_the_slide(name: str) -> None:
    for slide in deck(name):
        for card in cards_of(slide):
            assert (
                height_of(card.paragraphs, card.width - 2 * PADDING_X) + 2 * PADDING_Y <= card.height + 0.01
            )
            assert card.x >= MARGIN - 0.01
            assert card.x + card.width <= WIDTH - MARGIN + 0.01
            assert card.y + card.height <= (BOTTOM if isinstance(slide, Chart) else HEIGHT) + 0.01
            if isinstance(slide, Chart):
                assert card.y >= content_top(slide.title) - 0.01
        for one, other in combinations(cards_of(slide), 2):
            assert not overlap(one, other), slide.title
        if isinstance(slide, Cover):
            end = slide.below_top + height_of(slide.below, INNER)
            assert end <= min((tile.y for tile in slide.tiles), default=HEIGHT - MARGIN)
        if isinstance(slide, Table):
            assert slide.top >= content_top(slide.title)
            assert slide.top + HEAD_HEIGHT + sum(height for height, _ in slide.rows) <= BOTTOM + 0.01
            assert all(height >= row_height(slide.widths, row) for height, row in slide.rows)
            assert sum(slide.widths) == pytest.approx(INNER)


def cards_of(slide: Slide) -> tuple[Card, ...]:
    match slide:
        case Chart():
            return slide.cards
        case Cover():
            return slide.tiles
        case Table():
            return ()


def overlap(one: Card, other: Card) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def no_text_is_too_small_to_be_read(name: str) -> None:
    for tree in slide_trees(written(name)):
        sizes = [int(run.get("sz")) for run in tree.iter(f"{A}rPr", f"{A}endParaRPr")]
        assert min(sizes) >= 1050
        assert int(tree.find(f".//{A}rPr").get("sz")) >= 1200


def connectors_are_glued_to_shapes_and_end_where_they_are(name: str) -> None:
    count = 0
    for tree in slide_trees(written(name)):
        sites = {
            shape.find(f"{P}nvSpPr/{P}cNvPr").get("id"): frame_of(shape)
            for shape in tree.iter(f"{P}sp")
            if shape.find(f"{P}spPr/{A}xfrm") is not None
        }
        ids = [entry.get("id") for entry in tree.iter(f"{P}cNvPr")]
        assert len(ids) == len(set(ids))
        for connector in tree.iter(f"{P}cxnSp"):
            ends = [connector.find(f".//{A}{end}") for end in ("stCxn", "endCxn")]
            assert ends[0].get("id") != ends[1].get("id")
            for end, point in zip(ends, ends_of(connector), strict=True):
                expected = site(sites[end.get("id")], int(end.get("idx")))
                assert point == pytest.approx(expected, abs=0.6 * POINT)
            count += 1
    charts = [slide for slide in deck(name) if isinstance(slide, Chart)]
    assert count == sum(len(chart.lines) for chart in charts) > 0


def frame_of(shape: Any) -> tuple[int, int, int, int]:
    frame = shape.find(f"{P}spPr/{A}xfrm")
    offset, extent = frame.find(f"{A}off"), frame.find(f"{A}ext")
    return int(offset.get("x")), int(offset.get("y")), int(extent.get("cx")), int(extent.get("cy"))


def site(frame: tuple[int, int, int, int], number: int) -> tuple[float, float]:
    """The point of a rectangle that a connector is glued to: above, left, below, right."""
    x, y, width, height = frame
    return [
        (x + width / 2, y),
        (x, y + height / 2),
        (x + width / 2, y + height),
        (x + width, y + height / 2),
    ][number]


def ends_of(connector: Any) -> Iterator[tuple[float, float]]:
    """Where a connector begins and ends: its corners, mirrored, then turned about its middle."""
    x, y, width, height = frame_of(connector)
    frame = connector.find(f"{P}spPr/{A}xfrm")
    middle_x, middle_y = x + width / 2, y + height / 2
    for sign in (-1, 1):
        across = sign * width / 2 * (-1 if frame.get("flipH") == "1" else 1)
        down = sign * height / 2 * (-1 if frame.get("flipV") == "1" else 1)
        if frame.get("rot") == "5400000":
            across, down = -down, across
        yield middle_x + across, middle_y + down


def every_team_has_a_connector_to_the_one_above(name: str) -> None:
    for chart in deck(name):
        if isinstance(chart, Chart):
            targets = [line.target for line in chart.lines]
            assert len(targets) == len(set(targets))
            below = {card.id for card in chart.cards[1:]} | {joint.id for joint in chart.joints}
            assert set(targets) == below
            known = below | {chart.cards[0].id}
            assert all(line.source in known for line in chart.lines)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.soak if name == "1000" else ()) for name in REPORTS]
)
def test_laws_of_slides(name: str) -> None:
    every_team_and_person_is_on_a_slide_before_and_after(name)
    nothing_leaves_its_box_or_the_slide(name)
    no_text_is_too_small_to_be_read(name)
    connectors_are_glued_to_shapes_and_end_where_they_are(name)
    every_team_has_a_connector_to_the_one_above(name)


def test_notes_say_where_numbers_come_from() -> None:
    notes = [text_of(tree) for name, tree in parts(written("sample")).items() if "/notesSlides/notes" in name]
    kinds = {slide.title.partition(" (")[0] for slide in deck("sample")}
    assert len(notes) == len(kinds) == 6
    assert all("Source: Startup A Marketing as of 2026-11-21. Before is" in text for text in notes)


def test_chinese_with_numbers_has_room_for_the_space_that_programs_set_between() -> None:
    assert line_count("组" * 20, 200, 10, False) == 1
    mixed = "组1" * 10
    assert line_count(mixed, text_width(mixed, 10), 10, False) == 2
    assert line_count(mixed, text_width(mixed, 10) + 19 * 3.5, 10, False) == 1


def test_marks_are_told_by_signs_and_words() -> None:
    before, after = (
        "\n".join(paragraph.text for card in slide.cards for paragraph in card.paragraphs)
        for slide in deck("sample")[1:3]
        if isinstance(slide, Chart)
    )
    assert "→ Liu Yang (lead), Deng Jie to Brand and content" in before
    assert "− Regional marketing" in before
    assert "closed" in before
    assert "→ Liu Yang, Deng Jie from Design" in after
    assert "+ Marketing automation" in after
    assert "focus team · new" in after
    assert "○ (planned) Marketing automation engineer" in after
    legends = [slide.legend for slide in deck("sample") if isinstance(slide, Chart)]
    assert all("→ moved" in legend and "◆ function" in legend for legend in legends)
    border = next(
        line
        for shape in slide_trees(written("sample"))[2].iter(f"{P}sp")
        if "Marketing automation" in text_of(shape)
        for line in shape.iter(f"{A}ln")
    )
    assert border.find(f"{A}prstDash").get("val") == "dash"


def test_teams_below_teams_hang_from_them() -> None:
    chart = deck("teams below teams")[1]
    assert isinstance(chart, Chart)
    (joint,) = chart.joints
    lines = {(line.source, line.target) for line in chart.lines}
    assert {("brand", joint.id), (joint.id, "pr"), (joint.id, "social")} <= lines
    assert ("marketing", "pr") not in lines


def test_only_the_findings_to_decide_on_are_told_one_by_one() -> None:
    report = report_of(1000)
    tables = [slide for slide in deck("1000") if isinstance(slide, Table) and "resolves" in slide.title]
    rows = [row for table in tables for _, row in table.rows if len(row) > 1]
    more = [row[1].paragraphs[0].text for row in rows if not row[0].paragraphs[0].text]
    told = len(rows) - len(more)
    assert told <= 60 < len(report.findings)
    assert sum(int(text.split()[0]) for text in more) == len(report.findings) - told


def test_every_shape_tells_what_it_is() -> None:
    for tree in slide_trees(written("150"))[1:]:
        assert tree.find(f".//{P}ph").get("type") == "title"
        for shape in tree.iter(f"{P}sp"):
            if shape.find(f".//{A}prstGeom[@prst='roundRect']") is not None:
                told = shape.find(f"{P}nvSpPr/{P}cNvPr")
                assert all(line in told.get("descr") for line in text_of(shape).splitlines())
                assert told.get("name")


@pytest.mark.parametrize(("name", "tag"), [("sample", "en-GB"), ("sample in Chinese", "zh-CN")])
def test_fonts_and_language(name: str, tag: str) -> None:
    for tree in slide_trees(written(name)):
        runs = list(tree.iter(f"{A}rPr"))
        assert {run.get("lang") for run in runs} == {tag}
        assert {run.find(f"{A}ea").get("typeface") for run in runs} == {"+mn-ea"}
    theme = parts(written(name))["ppt/theme/theme1.xml"]
    fonts = theme.findall(f".//{A}minorFont/{A}ea") + theme.findall(f".//{A}majorFont/{A}ea")
    assert [font.get("typeface") for font in fonts] == ["Microsoft YaHei"] * 2


def test_slides_are_wide_and_those_added_later_too() -> None:
    found = parts(written("sample"))
    size = found["ppt/presentation.xml"].find(f"{P}sldSz")
    assert int(size.get("cx")) * 9 == int(size.get("cy")) * 16
    for name, tree in found.items():
        if name.startswith(("ppt/slideLayouts/slide", "ppt/slideMasters/slide")):
            for frame in tree.iter(f"{A}xfrm"):
                right = int(frame.find(f"{A}off").get("x")) + int(frame.find(f"{A}ext").get("cx"))
                assert right <= int(size.get("cx"))


def test_the_same_report_gives_the_same_bytes() -> None:
    data = written("sample")
    assert file_of(sample_report("en")) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not {"docProps/thumbnail.jpeg", "docProps/app.xml"} & set(archive.namelist())
    core = etree.tostring(parts(data)["docProps/core.xml"], encoding="unicode")
    assert core.count("2026-11-21T00:00:00Z") == 2
    assert "<dc:creator>Chen Jing</dc:creator>" in core
    assert "python-pptx" not in core


def test_pay_is_on_no_slide_even_of_a_report_with_pay() -> None:
    report = sample_report("en")
    canary = Decimal("987654321")
    data = file_of(replace(report, pay=dict.fromkeys(report.organization.people, canary)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert all(b"987654321" not in archive.read(name) for name in archive.namelist())


def test_hostile_names_are_text() -> None:
    trees = slide_trees(written("30, hostile"))
    text = "\n".join(map(text_of, trees))
    for name in HOSTILE:
        assert name in text
    known = {A, P}
    for tree in trees:
        assert {f"{{{etree.QName(entry).namespace}}}" for entry in tree.iter(etree.Element)} <= known


def test_a_reason_longer_than_a_slide_continues() -> None:
    words = [f"word{number}" for number in range(1500)]
    change = PlannedChange(1, "moved", " ".join(words), None)
    report = replace(sample_report("en"), waves=(Wave(1, None, None, (change,)),))
    tables = [slide for slide in deck_of(report) if isinstance(slide, Table) and "1 change " in slide.title]
    assert len(tables) > 2
    cells = [row[2].paragraphs[0].text for table in tables for _, row in table.rows if len(row) > 1]
    assert " ".join(cells).split() == words
    for table in tables:
        assert table.top + HEAD_HEIGHT + sum(height for height, _ in table.rows) <= BOTTOM
        assert table.rows[0][1][0].paragraphs[0].text == "Wave 1"


def test_teams_deeper_than_the_stack_of_python() -> None:
    report = sample_report("en", has_plan=False)
    root = report.before.root
    chain = tuple(
        replace(root, id=f"t{at}", name=f"Team {at}", parent=f"t{at - 1}" if at else None, depth=at, seats=())
        for at in range(1100)
    )
    deep = replace(report, before=replace(report.before, teams=chain))
    charts = [slide for slide in deck_of(deep) if isinstance(slide, Chart)]
    shown = {card.id for chart in charts for card in chart.cards}
    assert {team.id for team in chain} <= shown


def test_the_library_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(OfficeMissing, match="slides need a library"):
        pptx.write(sample_report("en"), Options())


def test_nothing_is_loaded_before_slides_are_asked_for() -> None:
    code = "import sys, orgtui.exchange.writing.pptx; print('lxml' in sys.modules, 'pptx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


@needs("soffice", "pdftoppm", "pdftotext")
def test_an_office_suite_shows_every_slide_with_every_name(tmp_path: Path) -> None:
    names = "sample", "sample in Chinese"
    files = [tmp_path / f"{name}.pptx" for name in names]
    for name, file in zip(names, files, strict=True):
        file.write_bytes(written(name))
    for name, pdf in zip(names, office_pdfs(*files), strict=True):
        assert len(pdf_pages(pdf, 20)) == len(deck(name))
        done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True)
        text = "".join(done.stdout.decode().split())
        report = REPORTS[name]()
        for structure in (report.before, report.after):
            for team in structure.teams:
                assert "".join(team.name.split()) in text
                assert all("".join(seat.name.split()) in text for seat in team.seats)
