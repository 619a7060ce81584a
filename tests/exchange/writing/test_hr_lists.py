"""The list for HR, as CSV and as a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from orgtui.exchange.writing import hr_csv, hr_xlsx
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.report import AffectedPerson, Position, Report
from tests.exchange.writing.reports import HOSTILE, report_of, sample_report, spoken

NOW = Position("web", "Online promotion", "wang-lei", "王磊", "SEO specialist", Decimal(1))
LATER = date(2027, 1, 4)


def rows_of(report: Report) -> list[dict[str, str]]:
    data = hr_csv.write(report, Options())["hr.csv"]
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def row_of(before: Position | None, after: Position | None, **given: Any) -> dict[str, str]:
    """The row of one person affected, without empty cells."""
    person = AffectedPerson("gao-peng", "Gao Peng", "filled", before, after, 2, None, ("Because",))
    report = replace(sample_report(), affected=(replace(person, **given),))
    return {head: cell for head, cell in rows_of(report)[0].items() if cell}


def test_only_what_differs_is_proposed_and_the_manager_always() -> None:
    after = replace(NOW, title="SEO lead", fte=Decimal("0.8"))
    assert row_of(NOW, after, on=LATER) == {
        "Effective date": "2027-01-04",
        "ID": "gao-peng",
        "Full name": "Gao Peng",
        "State": "filled",
        "Change": "new title, new FTE",
        "Current team": "Online promotion",
        "Current title": "SEO specialist",
        "Proposed title": "SEO lead",
        "Current manager (id)": "wang-lei",
        "Current manager": "王磊",
        "Proposed manager (id)": "wang-lei",
        "Proposed manager": "王磊",
        "Current FTE": "1",
        "Proposed FTE": "0.8",
        "Wave": "2",
        "Why": "Because",
    }


def test_a_head_has_no_manager_in_words() -> None:
    row = row_of(NOW, replace(NOW, manager_id=None, manager=None))
    assert (row["Proposed manager (id)"], row["Proposed manager"]) == ("NO_MANAGER", "no manager")
    assert row["Change"] == "new manager"


def test_a_new_seat_has_nothing_current() -> None:
    row = row_of(None, NOW)
    assert row["Change"] == "new seat"
    assert not [head for head in row if head.startswith("Current")]
    assert row["Proposed team"] == "Online promotion"
    assert (row["Proposed manager (id)"], row["Proposed FTE"]) == ("wang-lei", "1")


def test_a_closed_seat_has_no_team_proposed_and_no_manager_to_remove() -> None:
    row = row_of(NOW, None)
    assert {head: cell for head, cell in row.items() if head.startswith("Proposed")} == {
        "Proposed manager (id)": "wang-lei",
        "Proposed manager": "王磊",
    }
    assert row["Change"] == "seat closed"


def test_seats_without_holder_have_a_state_and_no_name() -> None:
    rows = {row["ID"]: row for row in rows_of(sample_report())}
    told = {
        each: (rows[each]["Full name"], rows[each]["State"]) for each in ("tang-yi", "automation-engineer")
    }
    assert told == {"tang-yi": ("Tang Yi", "filled"), "automation-engineer": ("", "planned")}
    assert (rows["regional-west"]["Full name"], rows["regional-west"]["State"]) == ("", "closed")
    assert rows["regional-west"]["Current title"] == "Regional marketing manager, West China"


def test_a_title_that_is_taken_away_is_said() -> None:
    assert row_of(NOW, replace(NOW, title=None))["Proposed title"] == "no title"


def test_a_new_holder_is_named() -> None:
    report = sample_report()
    organization = report.organization.copy()
    seat = replace(organization.people["gao-peng"], name="Lu Yi")
    organization.apply(organization.assignment("person", seat.id, seat))
    person = AffectedPerson("gao-peng", "Lu Yi", "filled", NOW, NOW, 1, None, ())
    row = rows_of(replace(report, organization=organization, affected=(person,)))[0]
    assert row["Change"] == "Gao Peng leaves the seat, Lu Yi takes the seat"


@pytest.mark.parametrize("people", [30, 150])
def test_rows_are_grouped_by_new_team_and_closed_seats_come_last(people: int) -> None:
    report = report_of(people)
    rows = rows_of(report)
    assert len(rows) == len(report.affected) > 0
    places = {each.id: each for each in report.affected}
    order = [each.id for each in report.after.teams]
    groups = [
        len(order) if after is None else order.index(after.team_id or "")
        for row in rows
        for after in [places[row["ID"]].after]
    ]
    assert groups == sorted(groups)
    assert all(row["Proposed manager"] and row["Proposed manager (id)"] for row in rows)


def test_ids_and_formulas_in_csv() -> None:
    row = row_of(NOW, replace(NOW, manager_id="00123", manager="=1+1"), id="00042", name="@sum(1)")
    assert (row["ID"], row["Proposed manager (id)"]) == ("00042", "00123")
    assert (row["Full name"], row["Proposed manager"]) == ("'@sum(1)", "'=1+1")


def test_a_byte_order_mark_if_asked_for() -> None:
    with_mark = hr_csv.write(sample_report(), Options(byte_order_mark=True))["hr.csv"]
    assert with_mark == b"\xef\xbb\xbf" + hr_csv.write(sample_report(), Options())["hr.csv"]


def sheet_of(report: Report) -> Any:
    return load_workbook(io.BytesIO(hr_xlsx.write(report, Options())["hr.xlsx"])).worksheets[0]


def test_the_spreadsheet_has_text_ids_and_real_days() -> None:
    person = AffectedPerson("00042", "Gao Peng", "filled", NOW, NOW, 2, LATER, ())
    sheet = sheet_of(replace(sample_report(), affected=(person,)))
    day, identity, *_, fte, _, wave, _ = sheet[2]
    assert (day.value, day.is_date) == (datetime(2027, 1, 4), True)
    assert (identity.value, identity.data_type) == ("00042", "s")
    assert (fte.value, fte.data_type, wave.value) == (1, "n", 2)
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:Q2"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_both_lists_say_the_same(language: str) -> None:
    with spoken(language):
        report = sample_report(language)
        rows = [list(row.values()) for row in rows_of(report)]
        sheet = sheet_of(report)
    told = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert told[1:] == rows


def test_hostile_names_are_no_formulas() -> None:
    report = report_of(150, is_hostile=True)
    cells = [cell for row in sheet_of(report).iter_rows() for cell in row if cell.value is not None]
    texts = {str(cell.value) for cell in cells}
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t"))]
    assert "<script>alert(1)</script>" in texts
    assert {text.removeprefix("'") for text in texts} & set(HOSTILE)
    assert not [cell for row in rows_of(report) for cell in row.values() if cell[:1] in tuple("=+-@\t")]


def test_notes_say_how_to_read_it() -> None:
    data = hr_xlsx.write(sample_report(), Options())["hr.xlsx"]
    notes = load_workbook(io.BytesIO(data)).worksheets[1]
    first = [str(row[0]).partition(" ")[0] for row in notes.values]
    assert first == ["How", "One", "What", "The", "A", "The"]
