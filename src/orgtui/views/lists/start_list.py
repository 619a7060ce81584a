"""The choices of the start screen as rows: recent files, the tour, samples, templates, another file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from orgtui.files.bundled import TEMPLATES, Sample, Template, samples_for
from orgtui.files.disk.recent import RecentFile
from orgtui.files.scratch import is_scratch_copy
from orgtui.home import home_folder
from orgtui.locales import translate
from orgtui.model.sentence import Ref, sentence
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.row import Row, Span

RECENT = sentence("Opened lately")
SAMPLES = sentence("Try a sample, on a copy")
TOUR = sentence("The tour")
SIX_STEPS = sentence("six steps on a sample, a few minutes")
NEW = sentence("Start anew, with seats to put your people in")
OWN_PEOPLE = sentence("Bring in your own people")
FROM_FILE = sentence("A spreadsheet or an HR export…")
FILE_KINDS = sentence("Excel, CSV, SCIM or JSON; as it comes")
FROM_LIST = sentence("A list to paste…")
LIST_KINDS = sentence("names, or cells copied from a spreadsheet")
ANOTHER_FILE = sentence("Another file…")
BY_PATH = sentence("type where it is")
GONE = sentence("no longer there")
SAMPLE_COPY = sentence("a sample, not kept as a file of your own")

WIDEST_NAME = 32
DAY_WIDTH = len("2026-11-21")


@dataclass(frozen=True, slots=True)
class Tour:
    """The choice to be shown around."""


@dataclass(frozen=True, slots=True)
class OtherFile:
    """The choice to type the path of a file."""


@dataclass(frozen=True, slots=True)
class FileToImport:
    """The choice to import a spreadsheet or an export."""


@dataclass(frozen=True, slots=True)
class ListToImport:
    """The choice to paste a list of people."""


Start = RecentFile | Tour | Sample | Template | FileToImport | ListToImport | OtherFile

KeyOf = Callable[[str], str]
"""The label of the key of a command, by its id; empty if it has none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: a caption, a choice, or an empty row between groups; `command` is the one that leads to it."""

    name: str = ""
    note: str = ""
    start: Start | None = None
    dim: bool = False
    command: str = ""


class StartList:
    """Captions and choices, with the keys that lead to them; the `ref` of a choice is `start:NUMBER`."""

    def __init__(self, recent: Sequence[RecentFile], language: str, key_of: KeyOf) -> None:
        self.entries = list(_entries(recent, language))
        self.key_of = key_of
        self._name_widths = list(_name_widths(self.entries))

    def __len__(self) -> int:
        return len(self.entries)

    def ref(self, index: int) -> Ref | None:
        return None if self.entries[index].start is None else Ref.to("start", str(index))

    def index_of(self, ref: Ref) -> int | None:
        return int(ref.id) if ref.kind == "start" else None

    def row(self, index: int, width: int) -> Row:
        entry = self.entries[index]
        key = Span(self.key_of(entry.command) if entry.command else "")
        if entry.start is None:
            return Row(None, (Span(entry.name, "heading"),), margin=key)
        name = Span(pad(entry.name, self._name_widths[index]), "dim" if entry.dim else "plain")
        return Row(self.ref(index), (name, Span(entry.note, "dim")), margin=key)

    def start(self, index: int) -> Start | None:
        """The choice of a row; None for captions."""
        return self.entries[index].start

    def led_to(self, command: str) -> int:
        """The index of the choice that a command leads to: its own, or the first below its caption."""
        index = next(i for i, each in enumerate(self.entries) if each.command == command)
        return index if self.entries[index].start is not None else index + 1

    def is_caption(self, command: str) -> bool:
        """Whether a command leads to a group rather than to a choice."""
        return any(each.command == command and each.start is None for each in self.entries)


def _name_widths(entries: Sequence[Entry]) -> Iterator[int]:
    """For each row the width in cells of the names in its group, the gap behind them included."""
    for _, group in groupby(entries, key=lambda entry: entry.start is None):
        widths = [cell_len(entry.name) for entry in group]
        yield from [2 + min(WIDEST_NAME, max(widths))] * len(widths)


def _entries(recent: Sequence[RecentFile], language: str) -> Iterator[Entry]:
    if recent:
        yield Entry(translate(RECENT))
        yield from sorted(map(_recent, recent), key=lambda entry: entry.dim)
        yield Entry()
    yield Entry(translate(TOUR), translate(SIX_STEPS), Tour(), command="start_tour")
    yield Entry()
    yield Entry(translate(SAMPLES), command="start_sample")
    for sample in samples_for(language):
        yield Entry(sample.name, translate(sample.shows), sample)
    yield Entry()
    yield Entry(translate(NEW), command="start_template")
    for template in TEMPLATES:
        yield Entry(translate(template.size), translate(template.shows), template)
    yield Entry()
    yield Entry(translate(OWN_PEOPLE))
    yield Entry(translate(FROM_FILE), translate(FILE_KINDS), FileToImport(), command="start_import")
    yield Entry(translate(FROM_LIST), translate(LIST_KINDS), ListToImport(), command="start_list")
    yield Entry(translate(ANOTHER_FILE), translate(BY_PATH), OtherFile(), command="start_other")


def _recent(recent: RecentFile) -> Entry:
    path, day = recent.path, pad("" if recent.opened is None else recent.opened.isoformat(), DAY_WIDTH)
    where = translate(SAMPLE_COPY) if is_scratch_copy(path) else from_home(path.parent)
    if os.path.isfile(path):
        return Entry(path.name, f"{day}  {where}", recent)
    return Entry(path.name, f"{day}  {translate(GONE)}  {where}", recent, dim=True)


def from_home(path: Path) -> str:
    """A path with `~` for the home folder."""
    home = home_folder()
    if path == home or home not in path.parents or home == Path("/"):
        return "~" if path == home else str(path)
    return f"~/{path.relative_to(home)}"
