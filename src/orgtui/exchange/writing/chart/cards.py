"""The teams of a restructuring as cards of lines: the state after, with what the plan closes beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from orgtui.exchange.writing.drawing.shapes import Role
from orgtui.exchange.writing.report import Mark, Report, Seat, Team
from orgtui.exchange.writing.words import MARK_SIGNS, MARKS
from orgtui.locales import translate
from orgtui.model.sentence import sentence
from orgtui.views.base.signs import UNICODE

MAX_LINES = 24
"""How many seats a card holds; a larger team continues on further cards below its first."""

OPEN_STATES = ("vacant", "planned")
"""The states of seats that nobody holds; their word is said in `orgtui.locales.dynamic_messages`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card, a seat mostly."""

    text: str
    role: Role = "plain"


@dataclass(frozen=True, slots=True)
class Card:
    """A team, or the continuation of one; `key` is made of a counter and safe in every format.

    `parent` is the key of the card above. `about` says in a few words what the team is.
    """

    key: str
    parent: str | None
    team: str
    name: str
    heading: str
    about: str
    lines: tuple[Line, ...]
    mark: Mark | None = None
    is_focus: bool = False
    headcount: int = 0


def cards_of(report: Report) -> tuple[Card, ...]:
    """Every team of the state after, each before those below it, with what the plan closes below it."""
    after = {team.id for team in report.after.teams}
    before = {team.id: team for team in report.before.teams}
    closed: dict[str | None, list[Team]] = {}
    for team in report.before.teams:
        if team.id not in after:
            closed.setdefault(_remaining(team, before, after), []).append(team)
    below: dict[str | None, list[Team]] = {}
    for team in report.after.teams:
        below.setdefault(team.parent if team.parent in after else None, []).append(team)

    cards: list[Card] = []
    waiting = _together(below.get(None, ()), closed.get(None, ()), None)
    while waiting:
        teams, parent = waiting.pop()
        number, key = len(cards), f"t{len(cards)}"
        team = teams[0]
        if team.id not in after:
            cards.append(_closed_card(teams, parent, key))
            continue
        closed_seats = _closed_seats(before[team.id]) if team.id in before else ()
        cards.extend(_cards(team, parent, number, tuple(_lines(team, closed_seats))))
        waiting.extend(_together(below.get(team.id, ()), closed.get(team.id, ()), key))
    return tuple(cards)


def _together(
    teams: Iterable[Team], closed: Sequence[Team], parent: str | None
) -> list[tuple[Sequence[Team], str | None]]:
    """What stands below a card, last first: each team for itself, and the closed ones in one."""
    groups: list[Sequence[Team]] = [[team] for team in teams]
    if closed:
        groups.append(closed)
    return [(group, parent) for group in reversed(groups)]


def _remaining(team: Team, before: Mapping[str, Team], after: Collection[str]) -> str | None:
    """The nearest team above a closed one that the plan keeps; None if there is none."""
    parent = team.parent
    while parent is not None and parent not in after:
        parent = before[parent].parent if parent in before else None
    return parent


def _closed_card(teams: Sequence[Team], parent: str | None, key: str) -> Card:
    """One card for the teams that the plan closes below the same team."""
    first, *others = teams
    name = translate(sentence("Closed teams")) if others else first.name
    lines: list[Line] = []
    for team in teams:
        if others:
            lines.append(Line(f"{UNICODE.gone} {team.name}", "gone"))
        lines.extend(_where_to(team))
    about = "" if others else translate(sentence(MARKS["gone"]))
    return Card(key, parent, first.id, name, f"{UNICODE.gone} {name}", about, tuple(lines), "gone")


def _cards(team: Team, parent: str | None, number: int, lines: tuple[Line, ...]) -> Iterator[Card]:
    """The card of a team, and those on which its seats go on."""
    first = f"t{number}"
    yield Card(
        first,
        parent,
        team.id,
        team.name,
        f"{MARK_SIGNS[team.mark]} {team.name}" if team.mark else team.name,
        " · ".join(_about(team)),
        lines[:MAX_LINES],
        team.mark,
        team.is_focus,
        team.headcount,
    )
    for place, start in enumerate(range(MAX_LINES, len(lines), MAX_LINES), number + 1):
        heading = translate(sentence("{team}, continued", team=team.name))
        yield Card(
            f"t{place}", first, team.id, team.name, heading, "", lines[start : start + MAX_LINES], team.mark
        )


def _about(team: Team) -> Iterator[str]:
    if team.mark == "moved" and team.elsewhere:
        yield translate(sentence("from {team}", team=team.elsewhere))
    elif team.mark:
        yield translate(sentence(MARKS[team.mark]))
    if team.is_focus:
        yield translate(sentence("focus team"))
    if team.lead and not any(seat.is_lead for seat in team.seats):
        yield translate(sentence("Lead: {lead}", lead=team.lead))
    yield translate(sentence("{count:seat|seats}", count=team.headcount))
    if team.worst:
        findings = translate(sentence("{count:finding|findings}", count=team.findings))
        yield f"{UNICODE.severity(team.worst)} {findings}"


def _closed_seats(team: Team) -> tuple[Seat, ...]:
    return tuple(seat for seat in team.seats if seat.mark == "gone")


def _lines(team: Team, closed: Iterable[Seat]) -> Iterator[Line]:
    """The seats of a team of the state after, then those that the plan closes in it."""
    present = {seat.id for seat in team.seats}
    for seat in team.seats:
        yield Line(seat_text(seat), seat.mark or ("vacant" if seat.state in OPEN_STATES else "plain"))
    for seat in closed:
        if seat.id not in present:
            yield Line(seat_text(seat), "gone")


def _where_to(team: Team) -> Iterator[Line]:
    """What becomes of the seats of a closed team: how many go where, and which are closed too."""
    going = sorted(seat.elsewhere for seat in team.seats if seat.mark != "gone" and seat.elsewhere)
    for other, seats in groupby(going):
        count = translate(sentence("{count:seat|seats} to {team}", count=len(tuple(seats)), team=other))
        yield Line(f"{UNICODE.moved} {count}", "dim")
    for seat in _closed_seats(team):
        yield Line(seat_text(seat), "gone")


def seat_text(seat: Seat) -> str:
    """A seat in one line with its sign and what there is to say of it: `→ Li Na (lead, from PR)`."""
    is_open = seat.state in OPEN_STATES and seat.title is not None
    name = seat.title if is_open and seat.title else seat.name
    notes = (*((translate(sentence(seat.state)),) if is_open else ()), *_notes(seat))
    text = translate(sentence("{name} ({notes})", name=name, notes=notes)) if notes else name
    return f"{MARK_SIGNS[seat.mark]} {text}" if seat.mark else text


def _notes(seat: Seat) -> Iterator[str]:
    if seat.is_lead:
        yield translate(sentence("lead"))
    if seat.mark == "moved" and seat.elsewhere:
        yield translate(sentence("from {team}", team=seat.elsewhere))
    elif seat.mark:
        yield translate(sentence(MARKS[seat.mark]))
