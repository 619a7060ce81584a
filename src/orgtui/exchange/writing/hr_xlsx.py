"""The list for HR as a spreadsheet, with days as days, ids as text and a page on how to read it."""

from __future__ import annotations

from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.hr_rows import hr_header, hr_rows
from orgtui.exchange.writing.report import Report
from orgtui.exchange.writing.workbook import Column, Sheet, write_workbook
from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence

NOTES = (
    N_("One row is one seat that the plan affects; the rows are in the order of the proposed teams."),
    N_("What is proposed is filled in only where it differs from what is current."),
    N_(
        "The proposed manager is always there, as an empty one would be read as one to be removed: the "
        "current one where nothing changes or the seat is closed, NO_MANAGER where there is none."
    ),
    N_("A seat that nobody holds has no name; its state is vacant, planned or closed."),
    N_("The effective date is the day of the wave; it is empty where the plan gives none."),
)


def write(report: Report, options: Options) -> Files:
    """One file with the list and its notes; raises OfficeMissing if the library is not installed."""
    people = Sheet(
        translate(sentence("People affected")),
        [Column(head, widest=56) for head in hr_header()],
        list(hr_rows(report)),
        frozen=3,
    )
    notes = Sheet(
        translate(sentence("How to read it")),
        [Column(translate(sentence("How to read it")), widest=100)],
        [[translate(Sentence(note))] for note in NOTES],
        frozen=0,
    )
    return {"hr.xlsx": write_workbook(report.headline, report.today, [people], notes)}
