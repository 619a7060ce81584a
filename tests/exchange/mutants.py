"""Files to import that nobody meant: known exports with bytes, cells, headers or rows changed."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from openpyxl import Workbook

from orgtui.exchange.reading.delimited import decode, find_delimiter
from orgtui.exchange.reading.workbook import read_workbook
from orgtui.exchange.roster.headers import PARTS, PRIVATE
from orgtui.exchange.rows import ReadOptions
from tests.exchange.rosters import FIXTURES

SEED = 20_261_121
Table = list[list[str]]

HOSTILE = (
    *("", " ", "0", "-1", "1e308", "9" * 400, "-0.0", "NaN", "inf", "½", "٣", "²", "1,5", "120 %", "1e5 h"),
    *("\x1b[2J\x1b]0;x\x07", "a\x00b", "\u202etxt.exe", "\ufeff", "\u200b", "\ud7ff", "\ufffd", "a\nb", "\r"),
    *("=HYPERLINK(1)", "+1", "-", "@x", "'", '"', '"""', "{name}", "{", "%s", "\\", "/", "//", "..", "~"),
    *("a" * 300, "王" * 300, "e\u0301" * 50, "👩‍👩‍👧", "ÿ" * 9, "ﬁ", "İ", "ß", "(", ")", "()", "[x", "（）"),
    *(
        "CN=",
        "CN=\\",
        "a@b@c",
        "@",
        "x@",
        "#EXT#@x",
        "a, b",
        ",",
        ";",
        "、",
        "a/b/c/d/e/f",
        " - ",
        "::",
        "->",
    ),
    *("2026-13-45", "00/00/0000", "99999", "1/2/3", "31.02.2026", "10000-01-01", "²/²/2026", "True", "离职"),
    *(
        "total",
        "合计",
        "None",
        "无",
        "NO_MANAGER",
        "Inactive",
        "vacant - ",
        "TBH",
        "(vacant)",
        "row-2",
        "root",
    ),
)
"""Cells that somebody could have written, or that break what looks at them without care."""

NAMES = tuple(name for part in PARTS for name in PARTS[part][:4]) + PRIVATE[:6]


@dataclass(frozen=True)
class Mutant:
    """A changed file; `what` says of which and how, so that it can be found again."""

    what: str
    name: str
    data: bytes


def mutants(count: int, seed: int = SEED) -> Iterator[Mutant]:
    """The first of a sequence of mutants that is the same in every run."""
    files = sorted(path for path in FIXTURES.iterdir() if not path.name.endswith(".expected.json"))
    for number in range(count):
        path = files[number % len(files)]
        chance = random.Random(f"{seed}-{number}")
        way = chance.choice(WAYS[path.suffix])
        data = way(path.read_bytes(), chance)
        yield Mutant(f"{number} {path.name} {way.__name__}", path.name, data)


# -- bytes ---------------------------------------------------------------------------------------------


def some_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(changed) or 1)
        match chance.randrange(5):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[place : place + chance.randint(1, 30)]
            case 2:
                changed[place:place] = chance.randbytes(chance.randint(1, 8))
            case 3:
                changed[place:place] = changed[place : place + chance.randint(1, 200)]
            case _:
                changed[place:place] = chance.choice(
                    [b'"', b"\n", b"\r", b"\0", b",", b"\xff\xfe", b"{", b"["]
                )
    return bytes(changed)


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def other_encoding(data: bytes, chance: random.Random) -> bytes:
    encoding = chance.choice(["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "cp1252"])
    return decode(data)[0].encode(encoding, "replace")


# -- tables --------------------------------------------------------------------------------------------


def table_of(data: bytes, chance: random.Random) -> Table:
    if data.startswith(b"PK"):
        sheet = chance.choice(read_workbook(data, ReadOptions()).sheets)
        return [list(row.cells) for row in sheet.rows]
    text = decode(data)[0]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text)))


def change_cells(table: Table, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        row = chance.choice(table)
        if row:
            row[chance.randrange(len(row))] = chance.choice(HOSTILE)


def change_headers(table: Table, chance: random.Random) -> None:
    header = max(table[:8], key=lambda row: sum(bool(cell) for cell in row))
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(header))
        match chance.randrange(4):
            case 0:
                header[place] = chance.choice(NAMES)
            case 1:
                header[place] = chance.choice(header)
            case 2:
                header[place] = chance.choice(HOSTILE)
            case _:
                other = chance.randrange(len(header))
                header[place], header[other] = header[other], header[place]


def change_rows(table: Table, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        place, other = chance.randrange(len(table)), chance.randrange(len(table))
        match chance.randrange(6):
            case 0:
                del table[place]
            case 1:
                table.insert(other, list(table[place]))
            case 2:
                table[place], table[other] = table[other], table[place]
            case 3:
                table.insert(place, [])
            case 4:
                table[place] = table[place][: chance.randint(0, 3)]
            case _:
                table[place] = table[place] + [chance.choice(HOSTILE)] * chance.randint(1, 5)
        if not table:
            table.append([""])


def collide(table: Table, chance: random.Random) -> None:
    """One column becomes another: ids stand twice, managers loop, names are managers of themselves."""
    width = max(map(len, table))
    source, target = chance.randrange(width), chance.randrange(width)
    shift = chance.choice([0, 0, 1, -1, 2])
    cells = [row[source] if source < len(row) else "" for row in table]
    for place, row in enumerate(table):
        if target < len(row) and chance.random() < 0.7:
            row[target] = cells[(place + shift) % len(cells)]


def change_columns(table: Table, chance: random.Random) -> None:
    width = max(map(len, table))
    place, other = chance.randrange(width), chance.randrange(width)
    drops = chance.random() < 0.5
    for row in table:
        if drops:
            del row[place : place + 1]
        elif place < len(row):
            row.insert(other, row[place])


def empty_most(table: Table, chance: random.Random) -> None:
    keep = chance.randint(0, 3)
    del table[keep:]
    if not table:
        table.append([])


TABLE_WAYS = (change_cells, change_headers, change_rows, collide, change_columns, empty_most)


def table_changed(data: bytes, chance: random.Random) -> bytes:
    """Cells, headers, rows or columns changed, in one way or two, and written as it was."""
    table = table_of(data, chance)
    for _ in range(chance.randint(1, 2)):
        if any(table):
            chance.choice(TABLE_WAYS)(table, chance)
    return as_workbook(table) if data.startswith(b"PK") else as_text(table, data, chance)


def as_text(table: Sequence[Sequence[str]], data: bytes, chance: random.Random) -> bytes:
    out = io.StringIO(newline="")
    delimiter = chance.choice([find_delimiter(decode(data)[0])] * 3 + [*",;\t|"])
    quoting: Literal[0, 1] = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(table)
    text = out.getvalue()
    if chance.random() < 0.15:
        place = chance.randrange(len(text) or 1)
        text = text[:place] + '"' + text[place:]
    return text.encode(decode(data)[1], "replace")


def as_workbook(table: Sequence[Sequence[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in table:
        sheet.append([without_controls(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def without_controls(cell: str) -> str:
    """What a spreadsheet can hold, formulas as text."""
    return "".join(each for each in cell if each >= " " or each in "\n\t").lstrip("=")[:30_000]


def parts_changed(data: bytes, chance: random.Random) -> bytes:
    """Parts of the archive of a spreadsheet damaged, dropped or emptied, in an archive that is whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        damaged = set(chance.sample(names, chance.randint(1, 2)))
        for name in names:
            part = old.read(name)
            if name in damaged:
                way = chance.choice([some_bytes, cut_off, None, lambda *_: b""])
                if way is None:
                    continue
                part = way(part, chance)
            new.writestr(name, part)
    return out.getvalue()


# -- JSON ----------------------------------------------------------------------------------------------


def values_changed(data: bytes, chance: random.Random) -> bytes:
    whole = json.loads(data)
    for _ in range(chance.randint(1, 6)):
        places = list(_places(whole))
        if not places:
            break
        holder, key = chance.choice(places)
        match chance.randrange(6):
            case 0:
                holder[key] = chance.choice([None, True, 1e308, 10**30, -1, 0.5, [], {}, [[]], [None], ""])
            case 1:
                holder[key] = chance.choice(HOSTILE)
            case 2:
                holder[key] = json.loads(json.dumps(chance.choice(places)[0]))
            case 3 if isinstance(holder, dict):
                holder[chance.choice(("id", "pid", "children", "tags", "stpid", "Resources", "name"))] = (
                    holder[key]
                )
            case 4:
                del holder[key]
            case _:
                other, place = chance.choice(places)
                holder[key] = json.loads(json.dumps(other[place])) if place in _keys(other) else None
    return json.dumps(whole, ensure_ascii=chance.random() < 0.5, indent=chance.choice([None, 1])).encode()


def nested_deep(data: bytes, chance: random.Random) -> bytes:
    depth = chance.choice([5, 90, 400, 5_000, 100_000])
    opening = chance.choice(['{"id":1,"name":"a","children":[', "[", '{"a":', '[{"x":['])
    closed = {"[": "]", "{": "}"}
    closing = "".join(closed[each] for each in reversed(opening) if each in closed)
    text = opening * depth + "0" + closing * (depth if chance.random() < 0.8 else depth // 2)
    return text.encode()


def _places(value: Any) -> list[tuple[Any, Any]]:
    found = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        for key in _keys(holder):
            found.append((holder, key))
            if isinstance(holder[key], dict | list) and len(found) < 5_000:
                waiting.append(holder[key])
    return found


def _keys(holder: Any) -> list[Any]:
    return (
        list(holder)
        if isinstance(holder, dict)
        else list(range(len(holder)))
        if isinstance(holder, list)
        else []
    )


WAYS: dict[str, tuple[Callable[[bytes, random.Random], bytes], ...]] = {
    ".csv": (table_changed, table_changed, table_changed, some_bytes, cut_off, other_encoding),
    ".xlsx": (table_changed, table_changed, table_changed, some_bytes, parts_changed, cut_off),
    ".json": (values_changed, values_changed, values_changed, some_bytes, nested_deep, other_encoding),
}
