"""What the box of a team says, row by row, before it has a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from orgtui.exchange.writing.drawing.measure import longest_word, text_width, wrapped
from orgtui.exchange.writing.drawing.shapes import Box, LineStyle, Role, Words
from orgtui.exchange.writing.drawing.slots import State
from orgtui.exchange.writing.report import Mark, Seat, Team, Work
from orgtui.exchange.writing.words import MARK_SIGNS
from orgtui.locales import translate
from orgtui.model.sentence import N_, sentence
from orgtui.views.base.signs import UNICODE

Detail = Literal["names", "seats", "changes", "steps", "counts"]
"""How much a box says: every seat and function; every seat, and functions that change; what changes; the
same, and the lead only where the team changes; or how many seats there are and how many change."""

TEXT_PT, TEXT_LEADING_PT = 9.5, 12.5
NOTE_PT = 9.0
NAME_PT, NAME_LEADING_PT = 11.0, 14.0
PAD_X_PT, PAD_Y_PT = 9.0, 8.0
_SIGN_PT = 13.0
"""The room in front of seats and functions in which their sign stands."""
_GAP_PT = 5.0
_BAR_X_PT, _BAR_WIDTH_PT = 3.5, 3.0
_FIXED = "\u00a0"
"""A space at which no line breaks."""
_ASCENT = 0.8
"""The share of a line above its baseline."""


class Row(NamedTuple):
    """A paragraph of a box in lines, with a sign in front and words at the right end of the first line.

    `height` is without the `gap` above it. `subject` is the id of the seat that it is of, for lines that lead
    to it; `tone` the colour of its bar.
    """

    lines: tuple[str, ...]
    height: float
    indent: float = PAD_X_PT
    sign: str = ""
    right: str = ""
    right_role: Role = "plain"
    role: Role = "plain"
    size: float = TEXT_PT
    is_bold: bool = False
    is_struck: bool = False
    subject: str = ""
    tone: int | None = None
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Card:
    """The rows of a box, and how large it is; `below` are the teams in rows of it."""

    team: Team
    width: float
    rows: tuple[Row, ...]
    height: float
    below: tuple[Team, ...] = ()


@dataclass(frozen=True, slots=True)
class CardStyle:
    """What cards are made with: the state they are of, how much they say, and the colours of areas by id."""

    state: State
    detail: Detail
    tones: Mapping[str, int]


def team_card(team: Team, width: float, style: CardStyle, below: Sequence[Team] | int = ()) -> Card:
    """The card of a team; `below` are teams that have no box of their own, or how many.

    First what stays, then what moves, by where it goes to or comes from.
    """
    seats = [each for each in team.seats if style.detail in ("names", "seats") or each.mark]
    works = works_shown(team, style.detail)
    rows = [*_head_rows(team, width, style)]
    if _tells_lead(team, seats, style.detail):
        rows += _lead_rows(team, width)
    if style.detail == "counts":
        counts = change_counts((*team.seats, *team.functions))
        rows += [_row(counts, width, role="moved")] if counts else []
    else:
        goes = (*(_goes(each) for each in seats), *(_goes(each) for each in works))
        for elsewhere in dict.fromkeys((None, *goes)):
            if elsewhere is not None and elsewhere != team.elsewhere:
                rows += _spaced([_row(_elsewhere(elsewhere, style.state), width, role="moved")])
            rows += _spaced(
                (_seat_row(each, team, width) for each in seats if _goes(each) == elsewhere),
                gap=_GAP_PT if elsewhere in (None, team.elsewhere) else 0.0,
            )
            rows += _spaced(
                (_work_row(each, width, style) for each in works if _goes(each) == elsewhere),
                gap=_GAP_PT if elsewhere is None else 0.0,
            )
    rows += _below_rows(below, width)
    return _card(team, width, rows, () if isinstance(below, int) else tuple(below))


def _tells_lead(team: Team, seats: Sequence[Seat], detail: Detail) -> bool:
    """Whether a row says who leads, besides the seats that are shown."""
    if detail == "counts":
        return True
    is_shown = any(each.id == team.lead_id for each in seats)
    return not is_shown and (detail != "steps" or team.mark in ("new", "changed"))


def works_shown(team: Team, detail: Detail) -> list[Work]:
    """The functions that a card names."""
    return [each for each in team.functions if detail == "names" or (each.mark and detail != "counts")]


def _goes(thing: Seat | Work) -> str | None:
    """Where something moves to or comes from; None if it stays."""
    return thing.elsewhere if thing.mark == "moved" else None


def breaks_words(card: Card) -> bool:
    """Whether a name in a box has a word that is wider than the box."""
    room = card.width - 2 * PAD_X_PT
    if longest_word(card.team.name, NAME_PT, is_bold=True) > room:
        return True
    names = (*(each.name for each in card.team.seats), *(each.name for each in card.team.functions))
    return any(longest_word(each, TEXT_PT, is_bold=True) > room - _SIGN_PT for each in names)


def split_card(card: Card, height: float) -> Iterator[Card]:
    """A card as cards of at most that height; each but the first says that it goes on."""
    if card.height <= height:
        yield card
        return
    again = _row(_again(card.team), card.width, role="heading", size=NAME_PT, is_bold=True)
    if again.height > height / 4:
        again = _row(translate(sentence("continued")), card.width, role="heading", size=NAME_PT, is_bold=True)
    rows: list[Row] = []
    used = 2 * PAD_Y_PT
    for row in (part for each in card.rows for part in _split_row(each, height / 2)):
        if rows and used + row.gap + row.height > height:
            yield _card(card.team, card.width, rows)
            rows = [again]
            used = 2 * PAD_Y_PT + again.height
        rows.append(row)
        used += row.gap + row.height
    yield _card(card.team, card.width, rows)


def _again(team: Team) -> str:
    return translate(sentence("{team}, continued", team=team.name))


def _split_row(row: Row, height: float) -> Iterator[Row]:
    """A row as rows of at most that height; only the first has the sign."""
    leading = row.height / len(row.lines)
    most = max(int(height / leading), 1)
    if len(row.lines) <= most:
        yield row
        return
    for begin in range(0, len(row.lines), most):
        lines = row.lines[begin : begin + most]
        part = row._replace(lines=lines, height=leading * len(lines))
        yield part if not begin else part._replace(sign="", right="", subject="", gap=0.0)


def note_on_top(card: Card, note: str) -> Card:
    """A card with a line of explanation above its name."""
    return _card(card.team, card.width, (_row(note, card.width, role="dim", size=NOTE_PT), *card.rows))


def placed(card: Card, x: float, y: float, identity: str) -> tuple[list[Box], dict[str, float]]:
    """The boxes of a card with its upper left corner at a point, and the heights of its seats by id."""
    words: list[Words] = []
    bars: list[Box] = []
    seats: dict[str, float] = {}
    top = y + PAD_Y_PT
    for row in card.rows:
        top += row.gap
        words += _words(row, x, top, card.width)
        if row.tone is not None:
            bars.append(Box("", x + _BAR_X_PT, top + 1.5, _BAR_WIDTH_PT, row.height - 3, tone=row.tone))
        if row.subject:
            seats[row.subject] = top + min(row.height, TEXT_LEADING_PT) / 2
        top += row.height
    team = card.team
    box = Box(
        identity,
        x,
        y,
        card.width,
        card.height,
        tuple(words),
        role=_border_role(team),
        style=_border_style(team),
        is_strong=team.is_focus,
        name=_in_one_line(team),
    )
    return [box, *bars], seats


def _card(team: Team, width: float, rows: Iterable[Row], below: tuple[Team, ...] = ()) -> Card:
    kept = tuple(rows)
    return Card(team, width, kept, 2 * PAD_Y_PT + sum(each.gap + each.height for each in kept), below)


def _words(row: Row, x: float, top: float, width: float) -> Iterator[Words]:
    """The words of a row that begins at a height, in a box from `x` on."""
    leading = row.height / len(row.lines)
    base = top + leading * _ASCENT
    if row.sign:
        yield Words(x + PAD_X_PT, base, row.sign, row.size, row.role, is_bold=row.is_bold)
    if row.right:
        yield Words(x + width - PAD_X_PT, base, row.right, row.size, row.right_role, "end")
    for number, line in enumerate(row.lines):
        yield Words(
            x + row.indent,
            base + number * leading,
            line,
            row.size,
            row.role,
            is_bold=row.is_bold,
            is_struck=row.is_struck,
        )


def _in_one_line(team: Team) -> str:
    seats = translate(sentence("{count:seat|seats}", count=team.headcount))
    return " · ".join(each for each in (team.name, team.lead, seats) if each)


def _border_role(team: Team) -> Role:
    return "plain" if team.mark is None or team.mark == "changed" else team.mark


def _border_style(team: Team) -> LineStyle:
    return "dashed" if team.mark == "gone" else "solid"


def _head_rows(team: Team, width: float, style: CardStyle) -> Iterator[Row]:
    """The name with its sign, where the team moves, what it is and how many sit in it, and its findings."""
    name = team.name if team.mark is None else f"{MARK_SIGNS[team.mark]} {team.name}"
    role: Role = "heading" if team.mark is None else team.mark
    yield _row(name, width, role=role, size=NAME_PT, is_bold=True, is_struck=team.mark == "gone")
    if team.elsewhere:
        leaves = style.state == "before" or team.mark == "gone"
        yield _row(_elsewhere(team.elsewhere, "before" if leaves else "after"), width, role="moved")
    if team.mark == "gone" and style.detail == "steps":
        return
    seats = sentence("{count:seat|seats}", count=team.headcount)
    what = sentence("Focus team · {seats}", seats=seats) if team.is_focus else seats
    findings = _findings(team)
    room = width - (text_width(findings, TEXT_PT) + _GAP_PT if findings else 0.0)
    yield _row(translate(what), room, role="dim")._replace(right=findings, right_role=team.worst or "plain")


def _findings(team: Team) -> str:
    """The sign of the gravest finding and how many there are; empty without findings."""
    if team.worst is None or not team.findings:
        return ""
    return f"{UNICODE.severity(team.worst)}{_FIXED}{team.findings}"


def _lead_rows(team: Team, width: float) -> Iterator[Row]:
    """Who leads, for boxes in which no seat says so."""
    if team.lead is not None:
        yield _row(translate(sentence("Lead: {lead}", lead=team.lead)), width, role="dim")
    elif team.headcount:
        yield _row(translate(sentence("no lead")), width, role="dim")


def change_counts(things: Iterable[Seat | Work]) -> str:
    """How many things have each sign, such as `→ 3  + 1`; empty if none has any."""
    marks = [each.mark for each in things]
    return f"{_FIXED * 2} ".join(
        f"{sign}{_FIXED}{marks.count(mark)}" for mark, sign in MARK_SIGNS.items() if mark in marks
    )


def _seat_row(seat: Seat, team: Team, width: float) -> Row:
    is_lead = seat.id == team.lead_id
    name = _kept(translate(sentence("{name} · lead", name=seat.name))) if is_lead else seat.name
    role: Role = "vacant" if seat.state in ("vacant", "planned") else "plain"
    return _signed_row(name, seat.mark, width, role, is_bold=is_lead, subject=seat.id)


def _work_row(work: Work, width: float, style: CardStyle) -> Row:
    tone = None if work.area is None else style.tones.get(work.area)
    name = work.name if work.mark is None else f"{MARK_SIGNS[work.mark]} {work.name}"
    return _signed_row(name, work.mark, width, "plain", sign=UNICODE.function, tone=tone)


def _signed_row(
    text: str,
    mark: Mark | None,
    width: float,
    role: Role,
    *,
    sign: str = "",
    is_bold: bool = False,
    subject: str = "",
    tone: int | None = None,
) -> Row:
    """A seat, function or team with the sign of what happens to it in front."""
    return _row(
        text,
        width,
        sign=sign or ("" if mark is None else MARK_SIGNS[mark]),
        is_indented=True,
        role=role if mark is None else mark,
        is_bold=is_bold,
        is_struck=mark == "gone",
        subject=subject,
        tone=tone,
    )


def _below_rows(below: Sequence[Team] | int, width: float) -> Iterator[Row]:
    """The teams that have no box of their own, each in a row, or their number."""
    if isinstance(below, int):
        if below:
            yield _row(translate(sentence("{count:team|teams} below", count=below)), width, role="dim")
        return
    yield from _spaced(_team_row(each, width) for each in below)


def _team_row(team: Team, width: float) -> Row:
    """A team in a row: its name and what changes in it, at the right end its seats and findings."""
    right = f"{team.headcount}{_FIXED * 2}{_findings(team)}".rstrip()
    room = width - text_width(right, TEXT_PT) - _GAP_PT
    text = " ".join((team.name, change_counts((*team.seats, *team.functions)))).rstrip()
    return _signed_row(text, team.mark, room, "plain")._replace(right=right, right_role="dim")


def _kept(text: str) -> str:
    """A text in which no line begins after a middle dot."""
    return text.replace(" · ", f" ·{_FIXED}")


def _elsewhere(team: str, state: State) -> str:
    template = N_("to {team}") if state == "before" else N_("from {team}")
    return f"{UNICODE.moved} {translate(sentence(template, team=team))}"


def _spaced(rows: Iterable[Row], gap: float = _GAP_PT) -> Iterator[Row]:
    """Rows with a little room above the first."""
    for number, row in enumerate(rows):
        yield row if number else row._replace(gap=gap)


def _row(
    text: str,
    width: float,
    *,
    sign: str = "",
    is_indented: bool = False,
    role: Role = "plain",
    size: float = TEXT_PT,
    is_bold: bool = False,
    is_struck: bool = False,
    subject: str = "",
    tone: int | None = None,
) -> Row:
    """A text in lines within a box of some width."""
    leading = NAME_LEADING_PT if size == NAME_PT else TEXT_LEADING_PT
    indent = PAD_X_PT + _SIGN_PT if is_indented else PAD_X_PT
    lines = _lines(text, width - indent - PAD_X_PT, size, is_bold)
    return Row(
        lines,
        leading * len(lines),
        indent,
        sign,
        role=role,
        size=size,
        is_bold=is_bold,
        is_struck=is_struck,
        subject=subject,
        tone=tone,
    )


@lru_cache(maxsize=16_384)
def _lines(text: str, width: float, size: float, is_bold: bool) -> tuple[str, ...]:
    if text_width(text, size, is_bold=is_bold) <= width:
        return (text,)
    return tuple(wrapped(text, width, size, is_bold=is_bold))
