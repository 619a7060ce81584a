"""Reading tells how far it is, and whoever is told may end it."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from orgtui.exchange.importing import ImportOptions, Source, propose, read_sources
from orgtui.exchange.progress import ROWS_BETWEEN, Cancelled, Phase, Progress, no_progress
from orgtui.exchange.roster.vocabulary import own_vocabulary

ROWS = 3 * ROWS_BETWEEN


def csv() -> Source:
    lines = ["ID,Name,Title", *(f"{number},Person {number},Writer" for number in range(ROWS))]
    return Source("people.csv", "\n".join(lines).encode())


def xlsx() -> Source:
    """The smallest spreadsheet that there is, with as many rows."""
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{sheet}" xmlns:r="{office}"><sheets>'
        '<sheet name="People" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="b" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{sheet}"><sheetData>'
        + "".join(map(_row, range(ROWS)))
        + "</sheetData></worksheet>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return Source("people.xlsx", data.getvalue())


def _row(number: int) -> str:
    cells = ("Name", "Title") if number == 0 else (f"Person {number}", "Writer")
    texts = "".join(
        f'<c r="{column}{number + 1}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for column, cell in zip("AB", cells, strict=True)
    )
    return f'<row r="{number + 1}">{texts}</row>'


def options(progress: Progress) -> ImportOptions:
    return ImportOptions(date(2026, 11, 21), own_vocabulary(), progress=progress)


@pytest.mark.parametrize("source", [csv(), xlsx()], ids=["csv", "xlsx"])
def test_every_phase_is_told_in_order(source: Source) -> None:
    told: list[tuple[Phase, int]] = []
    with_progress = options(lambda phase, rows: told.append((phase, rows)))
    propose([source], read_sources([source], with_progress), with_progress, {})
    assert [rows for phase, rows in told if phase == "rows"] == list(range(0, ROWS + 1, ROWS_BETWEEN))[
        : len([1 for phase, _ in told if phase == "rows"])
    ]
    assert list(dict.fromkeys(phase for phase, _ in told)) == [
        "rows",
        "people",
        "managers",
        "teams",
        "functions",
    ]


@pytest.mark.parametrize("source", [csv(), xlsx()], ids=["csv", "xlsx"])
@pytest.mark.parametrize("last", ["rows", "people", "managers", "teams", "functions"])
def test_whoever_is_told_may_end_it(source: Source, last: Phase) -> None:
    def progress(phase: Phase, rows: int) -> None:
        if phase == last:
            raise Cancelled

    quiet, ended = options(no_progress), options(progress)
    read = read_sources([source], quiet)
    with pytest.raises(Cancelled):
        propose([source], read_sources([source], ended) if last == "rows" else read, ended, {})
