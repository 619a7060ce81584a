"""The workbook for analysts, opened again by another library."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from orgtui.exchange.problems import OfficeMissing
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.report import Report
from orgtui.exchange.writing.xlsx import write
from tests.exchange.writing.reports import HOSTILE, report_of, sample_report, spoken


def book_of(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(write(report, Options())["report.xlsx"]))


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    heads, *rows = sheet.values
    return [dict(zip(heads, row, strict=True)) for row in rows]


def row_of(sheet: Any, **wanted: str) -> dict[str, Any]:
    return next(row for row in rows_of(sheet) if wanted.items() <= row.items())


def heads_of(sheet: Any) -> Sequence[Any]:
    return next(sheet.values)


def test_the_sheets_with_and_without_a_plan() -> None:
    book = book_of(sample_report())
    assert book.sheetnames == ["People", "Teams", "Functions", "Findings", "Changes", "Numbers"]
    now = book_of(sample_report(has_plan=False))
    assert now.sheetnames == ["People", "Teams", "Functions", "Findings", "Numbers"]
    assert "Team before" not in heads_of(now["People"])
    assert heads_of(now["Numbers"]) == ("Number", "Today")


def test_every_sheet_has_a_frozen_head_and_a_filter() -> None:
    for sheet in book_of(sample_report()).worksheets:
        assert sheet.freeze_panes in ("B2", "C2")
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(each.width and 6 <= each.width <= 73 for each in sheet.column_dimensions.values())


def test_people() -> None:
    people = book_of(sample_report())["People"]
    row = row_of(people, ID="gao-peng")
    assert row["FTE"] == 1
    assert (row["Team"], row["Manager"]) == ("Lead management and growth", "王磊")
    assert row["Functions"] == "SEO 0.8, Website 0.2"
    moved = row_of(people, ID="deng-jie")
    assert (moved["Change"], moved["Team before"], moved["State"]) == ("moved", "Design", "filled")
    gone = rows_of(people)[-1]
    assert (gone["ID"], gone["Change"], gone["Manager"]) == ("regional-west", "closed", "Sun Tao")


def test_teams_and_functions() -> None:
    book = book_of(sample_report())
    team = row_of(book["Teams"], ID="automation")
    assert (team["Part of"], team["Level"], team["Lead"], team["Seats"]) == (
        "Marketing",
        2,
        "Chen Jing",
        2,
    )
    assert (team["Focus team"], team["Change"]) == ("yes", "new")
    assert row_of(book["Teams"], ID="design")["Change"] == "closed"
    function = row_of(book["Functions"], ID="seo")
    assert function["Done by"] == "Gao Peng"
    assert function["Stages"] == "Awareness, Inquiry"


def test_findings_tell_severity_in_words_and_colour() -> None:
    sheet = book_of(sample_report())["Findings"]
    row = rows_of(sheet)[0]
    assert (row["Standing"], row["Severity"], row["Principle"]) == ("Resolved", "error", "P102")
    assert sheet["B2"].font.color.rgb == "FFA50F15"


def test_acceptances_and_waves_have_days() -> None:
    report, day = sample_report(), date(2027, 1, 4)
    finding = replace(report.findings[0], standing="accepted", why="Until spring", by="chen", until=day)
    waves = (replace(report.waves[0], name="Numbers", on=day),)
    book = book_of(replace(report, findings=(finding,), waves=waves))
    accepted, step = rows_of(book["Findings"])[0], rows_of(book["Changes"])[0]
    assert (accepted["Why accepted"], accepted["By"]) == ("Until spring", "chen")
    assert accepted["Until"] == step["Day"] == datetime(2027, 1, 4)
    assert (step["Step"], step["Wave"], step["Name of the wave"]) == (1, 1, "Numbers")


def test_numbers_are_numbers() -> None:
    sheet = book_of(sample_report())["Numbers"]
    assert row_of(sheet, Number="Errors") == {
        "Number": "Errors",
        "Before": 4,
        "After": 0,
        "Better or worse": "better",
    }
    share = row_of(sheet, Number="Teams with a shared goal")
    assert (share["Before"], share["After"]) == (0.625, 1)


def test_pay_is_a_column_only_where_it_is_asked_for() -> None:
    report = sample_report()
    assert "Pay a year" not in heads_of(book_of(report)["People"])
    people = book_of(replace(report, pay={"gao-peng": Decimal("240000.5")}))["People"]
    assert row_of(people, ID="gao-peng")["Pay a year"] == 240000.5
    assert row_of(people, ID="deng-jie")["Pay a year"] is None


def test_hostile_names_are_text() -> None:
    book = book_of(report_of(150, is_hostile=True))
    cells = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    texts = {str(cell.value) for cell in cells if cell.data_type == "s"}
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t"))]
    assert set(HOSTILE) <= {text.removeprefix("'") for text in texts}


def test_chinese_columns_are_wide_enough() -> None:
    with spoken("zh_CN"):
        sheet = book_of(sample_report("zh_CN"))["职能"]
    longest = max(len(row["职能"]) for row in rows_of(sheet))
    assert sheet.column_dimensions["B"].width >= 2 * longest


def test_a_part_names_managers_outside_it() -> None:
    report = sample_report(part="web")
    people = rows_of(book_of(report)["People"])
    assert {row["Manager"] for row in people} >= {"Chen Jing", "王磊"}
    assert "Li Na" not in {row["Full name"] for row in people}


def test_a_text_longer_than_a_cell_is_cut_where_it_says_so() -> None:
    report = sample_report()
    long = replace(report.findings[0], message="=" + "长" * 40_000)
    message = rows_of(book_of(replace(report, findings=(long,)))["Findings"])[0]["Finding"]
    assert (len(message), message[:3], message[-2:]) == (32_767, "'=长", "长…")


def test_long_texts_take_as_many_lines_as_they_need() -> None:
    report = sample_report()
    short, long = (replace(report.findings[0], message=text) for text in ("brief", "a word " * 60))
    sheet = book_of(replace(report, findings=(short, long)))["Findings"]
    assert not sheet["D2"].alignment.wrap_text
    assert sheet["D3"].alignment.wrap_text
    assert sheet.row_dimensions[3].height >= 18 * 420 / 70


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(OfficeMissing, match="pip install 'orgtui"):
        write(sample_report(), Options())
