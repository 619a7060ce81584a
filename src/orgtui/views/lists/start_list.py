"""The choices of the start screen as rows: recent files, samples, templates, another file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orgtui.files.bundled import TEMPLATES, Sample, Template, samples_for
from orgtui.home import home_folder
from orgtui.locales import translate
from orgtui.model.sentence import Ref, sentence
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.row import Row, Span

RECENT = sentence("Opened lately")
SAMPLES = sentence("Try a sample, on a copy")
NEW = sentence("Start anew, with seats to put your people in")
OWN_PEOPLE = sentence("Bring in your own people")
FROM_FILE = sentence("A spreadsheet or an HR export…")
FILE_KINDS = sentence("Excel, CSV, SCIM or JSON; as it comes")
FROM_LIST = sentence("A list to paste…")
LIST_KINDS = sentence("names, or cells copied from a spreadsheet")
ANOTHER_FILE = sentence("Another file…")
BY_PATH = sentence("type where it is")
GONE = sentence("no longer there")

WIDEST_NAME = 32


@dataclass(frozen=True, slots=True)
class OtherFile:
    """The choice to type the path of a file."""


@dataclass(frozen=True, slots=True)
class FileToImport:
    """The choice to import a spreadsheet or an export."""


@dataclass(frozen=True, slots=True)
class ListToImport:
    """The choice to paste a list of people."""


Start = Path | Sample | Template | FileToImport | ListToImport | OtherFile


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: a caption, a choice, or an empty row between groups."""

    name: str = ""
    note: str = ""
    start: Start | None = None
    dim: bool = False


class StartList:
    """Captions and choices; the `ref` of a choice is `start:NUMBER`."""

    def __init__(self, recent: Sequence[Path], language: str) -> None:
        self.entries = list(_entries(recent, language))
        self._names = 2 + min(WIDEST_NAME, max(cell_len(each.name) for each in self.entries if each.start))

    def __len__(self) -> int:
        return len(self.entries)

    def ref(self, index: int) -> Ref | None:
        return None if self.entries[index].start is None else Ref.to("start", str(index))

    def index_of(self, ref: Ref) -> int | None:
        return int(ref.id) if ref.kind == "start" else None

    def row(self, index: int, width: int) -> Row:
        entry = self.entries[index]
        if entry.start is None:
            return Row(None, (Span(entry.name, "heading"),))
        name = Span(pad(entry.name, self._names), "dim" if entry.dim else "plain")
        return Row(self.ref(index), (name, Span(entry.note, "dim")))

    def start(self, index: int) -> Start | None:
        """The choice of a row; None for captions."""
        return self.entries[index].start


def _entries(recent: Sequence[Path], language: str) -> Iterator[Entry]:
    if recent:
        yield Entry(translate(RECENT))
        yield from map(_recent, recent)
        yield Entry()
    yield Entry(translate(SAMPLES))
    for sample in samples_for(language):
        yield Entry(sample.name, translate(sample.shows), sample)
    yield Entry()
    yield Entry(translate(NEW))
    for template in TEMPLATES:
        yield Entry(translate(template.size), translate(template.shows), template)
    yield Entry()
    yield Entry(translate(OWN_PEOPLE))
    yield Entry(translate(FROM_FILE), translate(FILE_KINDS), FileToImport())
    yield Entry(translate(FROM_LIST), translate(LIST_KINDS), ListToImport())
    yield Entry()
    yield Entry(translate(ANOTHER_FILE), translate(BY_PATH), OtherFile())


def _recent(path: Path) -> Entry:
    folder = from_home(path.parent)
    if os.path.isfile(path):
        return Entry(path.name, folder, path)
    return Entry(path.name, f"{folder}  {translate(GONE)}", path, dim=True)


def from_home(path: Path) -> str:
    """A path with `~` for the home folder."""
    home = home_folder()
    if path == home or home not in path.parents or home == Path("/"):
        return "~" if path == home else str(path)
    return f"~/{path.relative_to(home)}"
