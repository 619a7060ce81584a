"""The whole report as a workbook for analysts: people, teams, functions, findings, changes and numbers.

What the plan takes away stands at the end of its sheet. Without a plan there is no sheet of changes and no
column on what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from orgtui.exchange.writing import words
from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.report import (
    AimedNumber,
    Metric,
    PlannedChange,
    Remark,
    Report,
    ReportedFinding,
    Seat,
    Structure,
    Team,
    Wave,
    Work,
)
from orgtui.exchange.writing.words import word
from orgtui.exchange.writing.workbook import Cell, Column, Share, Sheet, Tone, write_workbook
from orgtui.locales import join_list
from orgtui.model.kinds import decimal_share
from orgtui.model.records import Function, Number, Person
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization
from orgtui.views.base.names import name_of

T = TypeVar("T")
Field = tuple[Column, Callable[[T], Cell]]
"""A column and what stands in it."""

LONG = 72
FTE = "0.0#"
MONEY = "#,##0.##"


def write(report: Report, options: Options) -> Files:
    """One file; pay is a column of people if the report has it. Raises OfficeMissing without the library."""
    sheets = [_people(report), _teams(report), _functions(report), _findings(report)]
    if report.has_plan:
        sheets.append(_changes(report))
    sheets.append(_numbers(report))
    if report.targets:
        sheets.append(_targets(report))
    if report.notes:
        sheets.append(_notes(report))
    return {"report.xlsx": write_workbook(report.headline, report.today, sheets)}


def _sheet(name: str, fields: Iterable[Field[T] | None], things: Iterable[T], frozen: int = 1) -> Sheet:
    """A sheet with a row a thing; fields that are None are left out."""
    kept = [each for each in fields if each is not None]
    rows = [[value(thing) for _, value in kept] for thing in things]
    return Sheet(word(name), [column for column, _ in kept], rows, frozen)


def _column(head: str, number_format: str = "General", **given: Any) -> Column:
    return Column(word(head), number_format=number_format, **given)


# -- people ----------------------------------------------------------------------------------------


class _Sitting(NamedTuple):
    """A seat with the team and state in which it is."""

    seat: Seat
    team: Team
    record: Person | None
    organization: Organization

    def marked(self) -> Seat:
        return self.seat


def _people(report: Report) -> Sheet:
    names = {seat.id: seat.name for _, seat in (*_seats(report.before), *_seats(report.after))}
    pay = report.pay
    fields: list[Field[_Sitting] | None] = [
        (_column(N_("ID")), lambda each: each.seat.id),
        (_column(N_("Full name")), lambda each: each.seat.name),
        (_column(N_("Title")), lambda each: each.seat.title),
        (_column(N_("Team")), lambda each: each.team.name),
        (_column(N_("Team (id)")), lambda each: each.team.id),
        (_column(N_("Manager")), lambda each: _manager(each, names)),
        (_column(N_("Manager (id)")), lambda each: each.seat.manager),
        (_column(N_("Leads the team")), lambda each: word(N_("yes")) if each.seat.is_lead else None),
        (_column(N_("State")), lambda each: word(words.SEAT_STATES[each.seat.state])),
        (_column(N_("FTE"), FTE), lambda each: each.seat.fte),
        (_column(N_("Functions")), _work_of),
        (_column(N_("Skills")), _levels),
        (_column(N_("Learning")), _learning),
        (_column(N_("Pay a year"), MONEY), lambda each: pay.get(each.seat.id)) if pay is not None else None,
        *_marked(report, _Sitting.marked),
    ]
    return _sheet(N_("People"), fields, _sittings(report), frozen=2)


def _sittings(report: Report) -> Iterator[_Sitting]:
    for team, seat in _seats(report.after):
        yield _Sitting(seat, team, report.organization.people.get(seat.id), report.organization)
    for team, seat in _seats(report.before):
        if seat.mark == "gone":
            yield _Sitting(seat, team, report.baseline.people.get(seat.id), report.baseline)


def _seats(structure: Structure) -> Iterator[tuple[Team, Seat]]:
    return ((team, seat) for team in structure.teams for seat in team.seats)


def _manager(each: _Sitting, names: Mapping[str, str]) -> str | None:
    """The name of a seat's manager, who may sit outside the part that the report is limited to."""
    manager = each.seat.manager
    if manager is None or manager in names:
        return names.get(manager or "")
    record = each.organization.people.get(manager)
    return manager if record is None else record.name or record.title or manager


def _work_of(each: _Sitting) -> str | None:
    if each.record is None:
        return None
    functions = each.organization.functions
    return join_list(
        f"{functions[function].name if function in functions else function} {decimal_share(share)}"
        for function, share in each.record.functions.items()
    )


def _levels(each: _Sitting) -> str | None:
    if each.record is None:
        return None
    return join_list(f"{_skill(each, skill)} {level}" for skill, level in each.record.skills.items())


def _learning(each: _Sitting) -> str | None:
    return None if each.record is None else join_list(_skill(each, skill) for skill in each.record.learning)


def _skill(each: _Sitting, skill: str) -> str:
    return name_of(each.organization, Ref.to("skill", skill))


# -- teams and functions ---------------------------------------------------------------------------


def _teams(report: Report) -> Sheet:
    names = {team.id: team.name for each in (report.before, report.after) for team in each.teams}
    fields: list[Field[Team] | None] = [
        (_column(N_("ID")), lambda team: team.id),
        (_column(N_("Team")), lambda team: team.name),
        (_column(N_("Part of")), lambda team: names.get(team.parent or "")),
        (_column(N_("Level")), lambda team: team.depth + 1),
        (_column(N_("Lead")), lambda team: team.lead),
        (_column(N_("Lead (id)")), lambda team: team.lead_id),
        (_column(N_("Seats")), lambda team: team.headcount),
        (_column(N_("Own seats")), lambda team: len(team.seats)),
        (_column(N_("Functions")), lambda team: join_list(each.name for each in team.functions)),
        (_column(N_("Focus team")), lambda team: word(N_("yes")) if team.is_focus else None),
        (_column(N_("Findings")), lambda team: team.findings),
        (
            _column(N_("Gravest finding"), tones=_severity_tones()),
            lambda team: word(words.SEVERITIES[team.worst]) if team.worst else None,
        ),
        *_marked(report, lambda team: team),
    ]
    gone = [team for team in report.before.teams if team.mark == "gone"]
    return _sheet(N_("Teams"), fields, (*report.after.teams, *gone), frozen=2)


class _Held(NamedTuple):
    """A function with the team that holds it, and its record."""

    work: Work
    team: Team
    record: Function | None
    people: tuple[str, ...]

    def marked(self) -> Work:
        return self.work


def _functions(report: Report) -> Sheet:
    areas = {area.id: area.name for area in report.areas}
    stages = {stage.id: stage.name for stage in report.after.funnel.stages}
    fields: list[Field[_Held] | None] = [
        (_column(N_("ID")), lambda each: each.work.id),
        (_column(N_("Function")), lambda each: each.work.name),
        (_column(N_("Area")), lambda each: areas.get(each.work.area or "", each.work.area)),
        (_column(N_("Team")), lambda each: each.team.name),
        (_column(N_("Team (id)")), lambda each: each.team.id),
        (
            _column(N_("Stages")),
            lambda each: join_list(stages.get(stage, stage) for stage in each.work.stages),
        ),
        (_column(N_("Done by")), lambda each: join_list(each.people)),
        (
            _column(N_("State")),
            lambda each: word(words.FUNCTION_STATES[each.record.state]) if each.record else None,
        ),
        (_column(N_("Difficulty")), lambda each: each.record.difficulty if each.record else None),
        (
            _column(N_("Breakthrough")),
            lambda each: word(N_("yes")) if each.record and each.record.breakthrough else None,
        ),
        (_column(N_("FTE needed"), FTE), lambda each: each.record.fte_needed if each.record else None),
        *_marked(report, _Held.marked),
    ]
    return _sheet(N_("Functions"), fields, _held(report), frozen=2)


def _held(report: Report) -> Iterator[_Held]:
    for structure, organization, marks in (
        (report.after, report.organization, None),
        (report.before, report.baseline, "gone"),
    ):
        people = _doers(structure, organization)
        for team in structure.teams:
            for work in team.functions:
                if marks is None or work.mark == marks:
                    doers = tuple(people.get(work.id, ()))
                    yield _Held(work, team, organization.functions.get(work.id), doers)


def _doers(structure: Structure, organization: Organization) -> dict[str, list[str]]:
    """The names of those who do each function."""
    doers: dict[str, list[str]] = {}
    for _, seat in _seats(structure):
        person = organization.people.get(seat.id)
        for function in person.functions if person is not None else ():
            doers.setdefault(function, []).append(seat.name)
    return doers


def _marked(report: Report, of: Callable[[T], Seat | Team | Work]) -> list[Field[T]]:
    """The columns on what the plan does; none without a plan."""
    if not report.has_plan:
        return []

    def mark(each: T) -> Cell:
        found = of(each).mark
        return None if found is None else word(words.MARKS[found])

    def elsewhere(each: T) -> Cell:
        return of(each).elsewhere if of(each).mark != "gone" else None

    return [(_column(N_("Change")), mark), (_column(N_("Team before")), elsewhere)]


# -- findings, changes, numbers --------------------------------------------------------------------


def _severity_tones() -> dict[str, Tone]:
    return {word(name): severity for severity, name in words.SEVERITIES.items()}


def _findings(report: Report) -> Sheet:
    fields: list[Field[ReportedFinding] | None] = [
        (_column(N_("Standing")), lambda each: word(words.STANDINGS[each.standing])),
        (
            _column(N_("Severity"), tones=_severity_tones()),
            lambda each: word(words.SEVERITIES[each.severity]),
        ),
        (_column(N_("Principle")), lambda each: each.code),
        (_column(N_("Finding"), widest=LONG), lambda each: each.message),
        (_column(N_("About")), lambda each: join_list(each.subjects)),
        (_column(N_("Why accepted"), widest=LONG), lambda each: each.why),
        (_column(N_("By")), lambda each: each.by),
        (_column(N_("Until")), lambda each: each.until),
    ]
    return _sheet(N_("Findings"), fields, report.findings)


def _changes(report: Report) -> Sheet:
    fields: list[Field[tuple[Wave, PlannedChange]] | None] = [
        (_column(N_("Step")), lambda each: each[1].number),
        (_column(N_("Wave")), lambda each: each[0].number),
        (_column(N_("Name of the wave")), lambda each: each[0].name),
        (_column(N_("Day")), lambda each: each[0].on),
        (_column(N_("Change"), widest=LONG), lambda each: each[1].what),
        (_column(N_("Why"), widest=LONG), lambda each: each[1].why),
        (_column(N_("By")), lambda each: each[1].who),
    ]
    steps = ((wave, change) for wave in report.waves for change in wave.changes)
    return _sheet(N_("Changes"), fields, steps)


def _numbers(report: Report) -> Sheet:
    tones: dict[str, Tone] = {
        word(words.VERDICTS["better"]): "better",
        word(words.VERDICTS["worse"]): "worse",
    }
    plan: list[Field[Metric]] = [
        (_column(N_("Before")), lambda each: _figure(each.before, each.text_before)),
        (_column(N_("After")), lambda each: _figure(each.after, each.text)),
        (
            _column(N_("Better or worse"), tones=tones),
            lambda each: word(words.VERDICTS[each.verdict]) if each.verdict else None,
        ),
    ]
    now: list[Field[Metric]] = [(_column(N_("Today")), lambda each: _figure(each.after, each.text))]
    label: Field[Metric] = (_column(N_("Number")), lambda each: each.label)
    return _sheet(N_("Numbers"), [label, *(plan if report.has_plan else now)], report.metrics)


def _targets(report: Report) -> Sheet:
    before: Field[AimedNumber] = (_column(N_("Before")), lambda each: each.text_before)
    fields: list[Field[AimedNumber] | None] = [
        (_column(N_("Number")), lambda each: each.label),
        (_column(N_("Target")), lambda each: each.asked),
        before if report.has_plan else None,
        (_column(N_("After") if report.has_plan else N_("Today")), lambda each: each.text),
        (_column(N_("Reached")), lambda each: word(words.REACHED[each.is_missed])),
    ]
    return _sheet(N_("Targets"), fields, report.targets)


def _notes(report: Report) -> Sheet:
    fields: list[Field[Remark]] = [
        (_column(N_("About")), lambda each: each.on),
        (_column(N_("Note"), widest=LONG), lambda each: each.text),
        (_column(N_("By")), lambda each: each.by),
        (_column(N_("Day")), lambda each: each.at),
    ]
    return _sheet(N_("Notes"), fields, report.notes)


def _figure(number: Number | None, shown: str) -> Cell:
    """A number as such; a part of a whole where it is shown in percent."""
    return Share(float(number)) if number is not None and "%" in shown else number
