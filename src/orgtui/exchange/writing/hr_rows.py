"""The list for HR: a row for each person that the plan affects, grouped by the team they will be in.

Cells of what is now are always filled. Cells of what is proposed are filled where it differs, with one
exception: systems that read such lists take an empty manager for one to be removed, so the proposed manager
is always there: the current one where nothing changes or the seat is closed, `NO_MANAGER` where there is
none. A seat without holder has no name; its state says why. The effective date is the day of the wave, empty
if the plan gives none. Pay is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from orgtui.exchange.writing.report import AffectedPerson, Position, Report
from orgtui.exchange.writing.words import SEAT_STATES, word
from orgtui.locales import join_list, translate
from orgtui.model.sentence import N_, Sentence, sentence

HrCell = str | int | Decimal | date | None

COLUMNS = (
    N_("Effective date"),
    N_("ID"),
    N_("Full name"),
    N_("State"),
    N_("Change"),
    N_("Current team"),
    N_("Proposed team"),
    N_("Current title"),
    N_("Proposed title"),
    N_("Current manager (id)"),
    N_("Current manager"),
    N_("Proposed manager (id)"),
    N_("Proposed manager"),
    N_("Current FTE"),
    N_("Proposed FTE"),
    N_("Wave"),
    N_("Why"),
)

NO_MANAGER = "NO_MANAGER"
"""What HR systems read, and our own import, as the id of nobody."""

_NOWHERE = Position(None, None, None, None, None, None)


def hr_header() -> list[str]:
    """The names of the columns."""
    return [translate(Sentence(column)) for column in COLUMNS]


def hr_rows(report: Report) -> Iterator[list[HrCell]]:
    """The rows in the order of the teams after the plan; closed seats come last, by the team they were in."""
    after = {team.id: place for place, team in enumerate(report.after.teams)}
    before = {team.id: place for place, team in enumerate(report.before.teams)}

    def group(person: AffectedPerson) -> tuple[bool, int, int]:
        new, old = person.after or _NOWHERE, person.before or _NOWHERE
        return (
            person.after is None,
            after.get(new.team_id or "", len(after)),
            before.get(old.team_id or "", len(before)),
        )

    for person in sorted(report.affected, key=group):
        yield _row(report, person)


def _row(report: Report, person: AffectedPerson) -> list[HrCell]:
    old, new = person.before or _NOWHERE, person.after or _NOWHERE
    manager_id, manager = _proposed_manager(person)
    return [
        person.on,
        person.id,
        _holder(report, person),
        word(SEAT_STATES[person.state]),
        join_list(map(translate, _changes(report, person))),
        old.team,
        new.team if new.team_id != old.team_id else None,
        old.title,
        _proposed_title(old, new) if person.after is not None else None,
        old.manager_id,
        old.manager,
        manager_id,
        manager,
        old.fte,
        new.fte if new.fte != old.fte else None,
        person.wave,
        " · ".join(person.why),
    ]


def _holder(report: Report, person: AffectedPerson) -> str | None:
    """Who sits in a seat, or sat in it before it was closed; None for an open or planned one."""
    if person.state == "filled":
        return person.name
    before = report.baseline.people.get(person.id)
    is_left = person.state == "closed" and before is not None and before.state == "filled"
    return person.name if is_left else None


def _proposed_manager(person: AffectedPerson) -> tuple[str, str]:
    """The id and the name of the manager after the plan; of a closed seat those it has now."""
    place = person.after or person.before or _NOWHERE
    if place.manager_id is None:
        return NO_MANAGER, translate(sentence("no manager"))
    return place.manager_id, place.manager or place.manager_id


def _proposed_title(old: Position, new: Position) -> str | None:
    if new.title == old.title:
        return None
    return new.title or translate(sentence("no title"))


def _changes(report: Report, person: AffectedPerson) -> Iterator[Sentence]:
    """What becomes of a seat, in the words of HR."""
    old, new = person.before, person.after
    if old is None:
        yield sentence("new seat")
    if new is None:
        yield sentence("seat closed")
    if old is None or new is None:
        return
    if new.team_id != old.team_id:
        yield sentence("new team")
    if person.has_new_manager:
        yield sentence("new manager")
    if new.title != old.title:
        yield sentence("new title")
    if new.fte != old.fte:
        yield sentence("new FTE")
    yield from _new_holder(report, person.id)


def _new_holder(report: Report, seat: str) -> Iterator[Sentence]:
    """Who leaves a seat that stays, and who takes it."""
    before, after = (each.people.get(seat) for each in (report.baseline, report.organization))
    held = before.name if before is not None and before.state == "filled" else None
    holds = after.name if after is not None and after.state == "filled" else None
    if held != holds:
        if held is not None:
            yield sentence("{person} leaves the seat", person=held)
        if holds is not None:
            yield sentence("{person} takes the seat", person=holds)
