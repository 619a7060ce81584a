"""Readers: encodings, delimiters, headers that have to be found, sheets, JSON and SCIM."""

from __future__ import annotations

import codecs
import io
import json

import pytest
from openpyxl import Workbook

from orgtui.exchange.problems import CannotRead
from orgtui.exchange.reading.delimited import decode, find_delimiter
from orgtui.exchange.reading.json_objects import Located, parse_json
from tests.exchange.rosters import imported, managers, told, tree

TEXT = "工号,姓名,部门,上级\n1,何思远,市场部,\n2,王磊,市场部,何思远\n"
GERMAN = "Personalnummer;Name;Abteilung;Vorgesetzter\n1;Jürgen Groß;M;\n2;Käthe Möll;M;Jürgen Groß\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("gb18030"), "gb18030"),
        (GERMAN.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    assert decode(data)[:2] in ((TEXT, encoding), (GERMAN, encoding))
    assert managers(imported(data)) == {"1": None, "2": "1"}


def test_what_was_guessed_is_said() -> None:
    assert told(imported(TEXT.encode("gb18030")), "note") == [(1, "encoding-guessed", None)]


@pytest.mark.parametrize(
    ("data", "encoding"), [(TEXT.encode("utf-16-le"), None), (b"\xff\xff", "utf-8"), (b"x", "zorp")]
)
def test_what_cannot_be_decoded_is_refused(data: bytes, encoding: str | None) -> None:
    with pytest.raises(CannotRead):
        decode(data, encoding)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    text = f'a{delimiter}"b,;|"{delimiter}c\n1{delimiter}"x, y; z"{delimiter}3\n'
    assert find_delimiter(text) == delimiter


def test_rows_that_are_no_records_are_skipped_and_named() -> None:
    proposal = imported(
        """
        Headcount report,,,
        As of 2026-10-01,,,
        ,,,
        id,name,department,manager
        1,Ann,M,
        ,,,
        id,name,department,manager
        2,Bob,M,1
        Total,2,,
        Confidential,,,
        """
    )
    assert managers(proposal) == {"1": None, "2": "1"}
    assert told(proposal, "note") == [(line, "row-skipped", None) for line in (1, 2, 7, 9, 10)]
    assert proposal.organization is not None
    assert proposal.organization.profile.as_of.isoformat() == "2026-10-01"


def test_line_of_a_record_with_breaks_in_cells() -> None:
    proposal = imported(
        'id,name,title,department,manager\n1,Ann,"Head\nof all",M,\n2,Bob,x,M,9\n3,Cid,x,M,1\n'
    )
    assert told(proposal) == [(4, "manager-unknown", "2")]


def test_a_quote_that_is_not_closed() -> None:
    with pytest.raises(CannotRead):
        imported('id,name,department\n1,"Ann,M\n' + "2,Bob,M\n" * 9000)


@pytest.mark.parametrize("text", ["", "\n\n", "x,y,z\n1,2,3\n", "id,name,department\n"])
def test_files_without_people_are_refused(text: str) -> None:
    with pytest.raises(CannotRead):
        imported(text.encode())


def test_a_list_of_names() -> None:
    proposal = imported("王磊\n林悦\n")
    assert [member.entry.name for member in proposal.roster.members] == ["王磊", "林悦"]


def test_chosen_columns() -> None:
    text = "Wer,Wo,Chef\nAnn,M,\nBob,M,Ann\n"
    proposal = imported(text, columns={"name": ["wer"], "team": ["Wo"], "manager": ["Chef"]})
    assert tree(proposal) == {"M": ("row-2", ["row-2", "row-3"])}
    with pytest.raises(CannotRead):
        imported(text, columns={"name": ["Who"]})


def workbook(**sheets: list[list[object]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PEOPLE: list[list[object]] = [
    ["id", "name", "department", "manager"],
    [1, "Ann", "M", None],
    [2, "Bob", "M", 1],
]


def test_a_sheet_with_hidden_rows_and_merged_cells() -> None:
    book = workbook(People=[*PEOPLE, [3, "Cid", None, 1]])
    book["People"].merge_cells("C3:C4")
    book["People"].row_dimensions[4].hidden = True
    proposal = imported(saved(book), name="people.xlsx")
    assert tree(proposal) == {"M": ("1", ["1", "2", "3"])}
    assert told(proposal, "note") == [(4, "row-hidden", "3")]


def test_rows_are_numbered_as_in_the_sheet() -> None:
    proposal = imported(saved(workbook(People=[[], [], *PEOPLE])), name="people.xlsx")
    assert [member.entry.line for member in proposal.roster.members] == [4, 5]


def test_a_choice_between_sheets_is_asked() -> None:
    data = saved(workbook(Old=PEOPLE[:2], Now=PEOPLE, Notes=[["x"]]))
    assert told(imported(data, name="p.xlsx")) == [(1, "sheet-choice", None)]
    assert len(imported(data, name="p.xlsx").roster.members) == 2
    assert len(imported(data, {"sheet": "Old"}, name="p.xlsx").roster.members) == 1
    assert told(imported(data, name="p.xlsx", sheet="Now")) == []
    with pytest.raises(CannotRead):
        imported(data, name="p.xlsx", sheet="Nope")


def test_a_hidden_sheet_is_left_out() -> None:
    book = workbook(People=PEOPLE, Secret=PEOPLE)
    book["Secret"].sheet_state = "hidden"
    assert told(imported(saved(book), name="p.xlsx"), "note") == [(1, "sheet-hidden", None)]


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 no workbook"])
def test_broken_spreadsheets_are_refused(data: bytes) -> None:
    with pytest.raises(CannotRead):
        imported(data, name="p.xlsx")


def test_nested_json() -> None:
    data = {"name": "Ann", "title": "CMO", "children": [{"name": "Bob", "children": [{"name": "Cid"}]}]}
    proposal = imported(json.dumps(data).encode(), name="chart.json")
    assert [member.entry.name for member in proposal.roster.members] == ["Ann", "Bob", "Cid"]
    by_name = {member.entry.key: member.entry.name for member in proposal.roster.members}
    assert [by_name.get(member.manager or "") for member in proposal.roster.members] == [None, "Ann", "Bob"]


def test_lines_of_json_objects() -> None:
    value = parse_json('[\n {"a": 1},\n {"b":\n {"c": 2}}\n]')
    assert isinstance(value, list)
    assert [each.line for each in value] == [2, 3]
    assert isinstance(value[1]["b"], Located)
    assert value[1]["b"].line == 4


@pytest.mark.parametrize("text", ["{", "[1, 2]", "7", "[" * 100_000])
def test_json_that_is_no_chart(text: str) -> None:
    with pytest.raises(CannotRead):
        imported(text.encode(), name="chart.json")


@pytest.mark.parametrize("tags", [1.5, True, {}, {"a": 1}, [1, None, {}], None, "x", "Team"])
def test_tags_of_any_kind(tags: object) -> None:
    nodes = [{"id": 1, "name": "Ann"}, {"id": 2, "pid": 1, "name": "Bob", "tags": tags}]
    assert imported(json.dumps(nodes), name="chart.json").outcome != "refused"


def test_files_of_other_kinds_are_refused() -> None:
    with pytest.raises(CannotRead):
        imported(b"[organization]\n", name="acme.toml")
    assert len(imported("Ann\nBob\n", name="names").roster.members) == 2
    assert len(imported("Ann\nBob\n", name="names.list", format="csv").roster.members) == 2


def test_a_sheet_of_a_file_without_sheets_is_refused() -> None:
    with pytest.raises(CannotRead):
        imported(TEXT.encode(), sheet="People")
