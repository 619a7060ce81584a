"""What is never taken reaches nothing that an import writes or says, in any format, in both languages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from orgtui.changes.parse import parse_change
from orgtui.exchange.roster.headers import PRIVATE
from orgtui.session.plan.opening import open_session
from tests.cli.running import Program

CANARY = "zq7canary"
HEADER = [
    *("id", "name", "title", "department", "manager", "email", "status"),
    *(name for name in PRIVATE),
]


def row(number: int, *cells: str) -> list[str]:
    return [*cells, *(f"{CANARY}-{number}-{place}" for place in range(len(PRIVATE)))]


def rows(manager: str = "1") -> list[list[str]]:
    return [
        HEADER,
        row(1, "1", "Ann Ames", "Head of Marketing", "M", "", f"ann@{CANARY}.example", "active"),
        row(2, "2", "Bob Ball", "Content Editor", "M", manager, f"bob@{CANARY}.example", "active"),
        row(3, "3", "Lea Ver", f"{CANARY} title", "M", "1", f"l@{CANARY}.example", "terminated"),
        row(4, "4", "Cid Cole", "Brand Manager", "M", f"ann@{CANARY}.example", "", "active"),
    ]


def as_csv(table: list[list[str]]) -> bytes:
    return "\n".join(",".join(cells) for cells in table).encode()


def as_xlsx(table: list[list[str]]) -> bytes:
    book = Workbook()
    sheet, hidden = book.active, book.create_sheet("Pay")
    assert sheet is not None
    hidden.sheet_state = "hidden"
    hidden.append(["id", "name", "title", "manager"])
    hidden.append(["9", f"{CANARY} person", f"{CANARY} title", "1"])
    for cells in table:
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def found_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if CANARY.encode() in path.read_bytes()]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("manager", ["1", "77", "Ann Amez", f"zoe@{CANARY}.example"])
@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_nothing_private_is_written_or_said(
    orgtui: Program, tmp_path: Path, name: str, manager: str, language: str
) -> None:
    source, written = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    written.mkdir()
    file = source / name
    make = as_csv if name.endswith("csv") else as_xlsx
    file.write_bytes(make(rows(manager)))
    for kind in ("text", "json", "csv"):
        ran = orgtui(
            *("--lang", language, "import", file, "-o", written / "m.toml", "--yes", "--format", kind),
            *("--today", "2026-11-21"),
        )
        assert ran.status == (0 if manager == "1" else 2), ran.err
        assert CANARY not in ran.out + ran.err
    assert found_in(written) == []
    assert bool(list(written.iterdir())) == (manager == "1")


def test_a_session_on_what_was_imported_holds_nothing_private(orgtui: Program, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(as_csv(rows()))
    written = tmp_path / "out"
    written.mkdir()
    assert orgtui("import", file, "-o", written / "m.toml", "--yes").status == 0
    opened = open_session(written / "m.toml", None)
    opened.session.do([parse_change({"op": "rename", "kind": "team", "id": "m", "name": "Marketing"})])
    opened.session.close()
    assert len(list(written.iterdir())) > 2
    assert found_in(written) == []
