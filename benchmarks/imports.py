"""Benchmarks of imports: from the bytes of a spreadsheet to an organisation and its record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date

from openpyxl import Workbook

from benchmarks.measure import Bar, Row, Scale, Section, alternate, cpu_seconds, gc_disabled, people_label
from orgtui.exchange.importing import ImportOptions, Proposal, Source, propose, read_sources
from orgtui.exchange.record import dump_record
from orgtui.exchange.roster.vocabulary import own_vocabulary
from orgtui.files.organization_file import dump_organization

ABOUT = (
    "An export with units in three columns, managers by number and pay, read, understood and written. "
    "Processor time."
)
ROUNDS = 3
BARS: Mapping[str, float] = {"csv": 3, "xlsx": 6}
"""Seconds for 20,000 people."""

HEADER = (
    *("Employee ID", "First Name", "Last Name", "Job Title", "Division", "Department", "Team", "Manager ID"),
    *("Status", "FTE", "Hire Date", "Salary"),
)
TITLES = (
    "Content Manager",
    "SEO Specialist",
    "Brand Manager",
    "Designer",
    "Marketing Specialist",
    "市场专员",
)


def measure(scale: Scale) -> Iterator[Section]:
    """The section of imports; writes no file."""
    yield Section("Imports", ABOUT, _rows(scale))


def _rows(scale: Scale) -> Iterator[Row]:
    size = scale.app[-1]
    for kind, bar in BARS.items():
        source = Source(f"people.{kind}", _as_csv(size) if kind == "csv" else _as_xlsx(size))

        def work(source: Source = source) -> float:
            return cpu_seconds(lambda: _imported(source))

        with gc_disabled():
            taken = alternate({"import": work}, ROUNDS)
        yield Row(f"import {kind.upper()}", people_label(size), "s", taken["import"], Bar(bar))


def _imported(source: Source) -> Proposal:
    options = ImportOptions(date(2026, 11, 21), own_vocabulary())
    proposal = propose([source], read_sources([source], options), options, {})
    assert proposal.organization is not None
    assert proposal.record is not None
    dump_organization(proposal.organization)
    dump_record(proposal.record)
    return proposal


def _cells(size: int) -> Iterator[tuple[str, ...]]:
    """A header, then people in tens, hundreds and thousands below their first."""
    yield HEADER
    for number in range(size):
        span = next((span for span in (10, 100, 1_000) if number % span), size)
        manager = "" if number == 0 else str(1_000 + number // span * span)
        units = (f"Unit {number // span}-{span}" for span in (1_000, 100, 10))
        name = (f"First{number % 997}", f"Last{number}", TITLES[number % len(TITLES)])
        yield (str(1_000 + number), *name, *units, manager, "Active", "1.0", "2020-01-15", str(number))


def _as_csv(size: int) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_cells(size))
    return out.getvalue().encode()


def _as_xlsx(size: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    for cells in _cells(size):
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
