"""People files in CSV: one seat a row, instead of `[[person]]` in the organisation file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from orgtui.files.disk.csv_cells import Row, read_rows, row_width_refusal, write_rows
from orgtui.files.schema.entries import record_to_entry
from orgtui.files.toml.document import PeopleRows
from orgtui.files.toml.problems import KeyPath
from orgtui.model.gate import is_clean
from orgtui.model.records import Person
from orgtui.model.schema import shown
from orgtui.model.sentence import sentence

COLUMNS = ("id", "name", "title", "team", "state", "fte", "functions", "skills", "learning")
OPTIONAL_COLUMNS = ("assistant",)
"""Columns that are written only where some seat needs them."""

_FRACTION = re.compile(r"[0-9]{1,15}(\.[0-9]{1,30})?")
_WHOLE = re.compile(r"[0-9]{1,15}")
_TRUTHS = {"true": True, "false": False}
_PAIRS = {"functions": (_FRACTION, "seo:0.5;sem:0.5"), "skills": (_WHOLE, "seo:4;analytics:3")}


def read_people(file: str, text: str) -> PeopleRows:
    """The rows of a people file; raises InvalidFile if it is not CSV or has another header."""
    people = PeopleRows(file, [], [], [])
    for row in read_rows(file, text, COLUMNS, OPTIONAL_COLUMNS):
        people.entries.append(_entry(row, people))
        people.lines.append(row.line)
    plain = text.replace("\r\n", "\n")
    has_longer_rows = plain.count("\n") > len(people.lines) + 1
    people.may_hide_characters = has_longer_rows or not is_clean(plain.replace("\n", ""))
    return people


def write_people(people: Iterable[Person]) -> bytes:
    """A people file in canonical form."""
    entries = [record_to_entry(person) for person in people]
    columns = (*COLUMNS, *(key for key in OPTIONAL_COLUMNS if any(key in entry for entry in entries)))
    return write_rows([columns, *([_cell(entry.get(key)) for key in columns] for entry in entries)])


def _entry(row: Row, people: PeopleRows) -> dict[str, Any] | None:
    path: KeyPath = ("person", len(people.entries))
    if row.cells is None:
        people.refusals.append((path, row_width_refusal(row.columns)))
        return None
    written: dict[str, Any] = dict(row.cells)
    if "assistant" in written:
        written["assistant"] = _TRUTHS.get(written["assistant"].strip().lower(), written["assistant"])
    if "fte" in written:
        written["fte"] = _number(_FRACTION, written["fte"])
    for key, (form, example) in _PAIRS.items():
        if key in written:
            written[key] = _pairs(written[key], form, example, (*path, key), people)
    if "learning" in written:
        written["learning"] = written["learning"].split(";")
    return written


def _number(form: re.Pattern[str], cell: str) -> object:
    """The number in a cell; anything else stays text, which the schema refuses."""
    if not form.fullmatch(cell):
        return cell
    return int(cell) if form is _WHOLE else float(cell)


def _pairs(
    cell: str, form: re.Pattern[str], example: str, path: KeyPath, people: PeopleRows
) -> dict[str, object] | None:
    """A cell such as `seo:0.5;sem:0.5` as a dict; None if it is not one."""
    pairs: dict[str, object] = {}
    for part in cell.split(";"):
        key, colon, number = part.partition(":")
        if not colon:
            wrong = sentence("{part} is no pair", part=shown(part))
            right = sentence("write pairs such as {example}", example=example)
            people.refusals.append((path, (wrong, right)))
            return None
        if key in pairs:
            wrong = sentence("{key} stands here twice", key=shown(key))
            people.refusals.append(((*path, key), (wrong, sentence("keep one of them"))))
        pairs[key] = _number(form, number)
    return pairs


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return ";".join(f"{key}:{number}" for key, number in value.items())
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
