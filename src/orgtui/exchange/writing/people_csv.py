"""People as CSV, one row a seat, as `[files] people` of an organisation and `orgtui import` read them."""

from __future__ import annotations

from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.report import Report
from orgtui.files.people_csv import write_people


def write(report: Report, options: Options) -> Files:
    """The people of the report's teams after the plan, closed seats included.

    With a byte order mark if the options ask for one: Excel in Chinese needs it to read UTF-8.
    """
    teams = {team.id for team in report.after.teams}
    people = (person for person in report.organization.people.values() if person.team in teams)
    mark = "\ufeff".encode() if options.byte_order_mark else b""
    return {"people.csv": mark + write_people(people)}
