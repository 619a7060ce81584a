"""Reading CSV and other delimited text, in any of the usual encodings."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping

from orgtui.exchange.problems import CannotRead, ImportProblem
from orgtui.exchange.progress import Progress, counted, no_progress
from orgtui.exchange.rows import ReadOptions, Row, Sheet, SheetChoice
from orgtui.files.disk.reading import likely_encoding
from orgtui.model.sentence import Sentence, sentence

DELIMITERS = ",;\t|"
SAMPLE_LINES = 20
"""By how many lines the delimiter is told."""

CELL_MAX_CHARACTERS = 32_767
"""The longest cell, that of a spreadsheet: a longer one comes from a quote that is never closed."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES: Mapping[str, Sentence | str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": sentence("UTF-8 with byte order mark"),
    "gb18030": "GB18030",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
}


def read_delimited(data: bytes, options: ReadOptions) -> SheetChoice:
    """The rows of delimited text; raises CannotRead if it cannot be decoded or is no such text."""
    text, encoding, problems = decode(data, options.encoding)
    delimiter = find_delimiter(text)
    rows = tuple(_rows(text, delimiter, options.progress))
    return SheetChoice((Sheet(rows, {"encoding": encoding, "delimiter": delimiter}, problems),))


def read_pasted(text: str) -> SheetChoice:
    """The rows of text that was pasted: names, one a line, or cells copied from a spreadsheet."""
    delimiter = find_delimiter(text)
    return SheetChoice((Sheet(tuple(_rows(text, delimiter)), {"delimiter": delimiter}),))


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str, tuple[ImportProblem, ...]]:
    """The text, the name of its encoding, and a note if that was guessed.

    Told by the byte order mark, else UTF-8 if it is that, else GB18030 if what comes out is Chinese, else
    Windows-1252. Raises CannotRead for an unknown or wrong `encoding` and for data that is no text.
    """
    if encoding is not None:
        return _decode_as(data, encoding), encoding.lower(), ()
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, name), name, ()
    if b"\0" in data:
        raise CannotRead(
            sentence("this is no text: it holds zero bytes; give its encoding, such as --encoding utf-16")
        )
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        name = "gb18030" if likely_encoding(data) == "GB18030" else "cp1252"
    guessed = sentence("not UTF-8; read as {encoding}", encoding=encoding_name(name))
    # Windows-1252 leaves five bytes open, which old files use all the same.
    text = data.decode(name, "strict" if name == "gb18030" else "replace")
    return text, name, (ImportProblem(1, "note", "encoding-guessed", guessed),)


def encoding_name(encoding: str) -> Sentence | str:
    """What people call an encoding, such as Windows-1252 for `cp1252`."""
    return _NAMES.get(encoding, encoding)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        wrong = sentence("{encoding} is no encoding; write one such as gb18030", encoding=encoding)
    except UnicodeDecodeError as error:
        wrong = sentence(
            "byte {place} is not {encoding}", place=error.start + 1, encoding=encoding_name(encoding)
        )
    except UnicodeError:
        wrong = sentence("the file is not {encoding}", encoding=encoding_name(encoding))
    raise CannotRead(wrong)


def find_delimiter(text: str) -> str:
    """What separates the cells, told by the first lines: what stands in most of them, equally often."""
    lines = [line for line in text[: 1 << 16].splitlines() if line.strip()][:SAMPLE_LINES]

    def evidence(delimiter: str) -> tuple[int, int]:
        counts = [_outside_quotes(line, delimiter) for line in lines]
        most = max(counts, default=0)
        return sum(count == most for count in counts) if most else 0, most

    # A comma in many lines may stand in names and titles; more cells a line decide between two as regular.
    best = max(DELIMITERS, key=lambda each: (evidence(each)[0] * evidence(each)[1], each == ","))
    return best if any(best in line for line in lines) else ","


def _outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def _rows(text: str, delimiter: str, progress: Progress = no_progress) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = csv.field_size_limit(CELL_MAX_CHARACTERS)
    try:
        line = 1
        for cells in counted(reader, "rows", progress):
            yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error:
        unclosed = sentence(
            'a cell has more than {limit} characters: a quote (") before it is not closed',
            limit=CELL_MAX_CHARACTERS,
        )
        raise CannotRead(unclosed, line) from None
    finally:
        csv.field_size_limit(before)
