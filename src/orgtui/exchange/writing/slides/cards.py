"""The text of a team's card: its name, how many seats it has, who leads it, who sits in it, what it works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeVar

from orgtui.exchange.writing.report import Mark, Seat, Team, Work
from orgtui.exchange.writing.slides.parts import Look, Paragraph, Role, Run, height_of, words
from orgtui.exchange.writing.words import MARK_SIGNS
from orgtui.locales import LIST_SEPARATOR, translate
from orgtui.model.records import Severity
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.views.base.signs import UNICODE

When = Literal["before", "after"]

MARK_WORDS: dict[Mark, str] = {
    "new": N_("new"),
    "moved": N_("moved"),
    "changed": N_("changed"),
    "gone": N_("closed"),
}
EMPTY_SIGN = "○"

SHORT_LINE = 140
"""Functions of a team share a paragraph as long as their names have no more characters."""

MOST_TOGETHER = 8
"""So many seats at most share a paragraph."""


def look_of(team: Team) -> Look:
    """How the border of a team's card looks."""
    if team.mark == "gone":
        return "gone"
    if team.is_focus:
        return "focus"
    return "new" if team.mark == "new" else "team"


def head_paragraphs(team: Team, when: When, size: float, others: Sequence[Team] = ()) -> Iterator[Paragraph]:
    """Name, state, seats and findings of a team, and its lead where that one sits elsewhere.

    `others` are the teams below it, which are counted.
    """
    name_role: Role = "gone" if team.mark == "gone" else "plain"
    sign = (Run(f"{MARK_SIGNS[team.mark]} ", "mark", is_bold=True),) if team.mark else ()
    yield Paragraph((*sign, Run(team.name, name_role, is_bold=True)), size + 1.5)
    state = _state(team, when)
    yield Paragraph(
        (*((Run(f"{state} · ", "mark"),) if state else ()), Run(counts(team, others), "dim")), size
    )
    if not any(seat.is_lead for seat in team.seats):
        says = sentence("led by {lead}", lead=team.lead) if team.lead else sentence("no lead")
        yield words(translate(says), size, "dim")


def counts(team: Team, others: Sequence[Team]) -> str:
    """How many seats, teams and findings a team has."""
    seats = sentence("{seats:seat|seats}", seats=team.headcount)
    said = [translate(seats)]
    if others:
        said.append(translate(sentence("{teams:team|teams}", teams=len(others))))
    if team.worst is not None:
        found = translate(sentence("{findings:finding|findings}", findings=team.findings))
        said.append(f"{UNICODE.severity(team.worst)} {found}")
    return " · ".join(said)


def _state(team: Team, when: When) -> str:
    said = []
    if team.is_focus:
        said.append(translate(sentence("focus team")))
    if team.mark == "moved" and team.elsewhere:
        said.append(_elsewhere(team.elsewhere, when))
    elif team.mark in ("new", "gone"):
        said.append(translate(Sentence(MARK_WORDS[team.mark])))
    return " · ".join(said)


def _elsewhere(name: str, when: When) -> str:
    if when == "before":
        return translate(sentence("to {team}", team=name))
    return translate(sentence("from {team}", team=name))


def seat_paragraphs(team: Team, when: When, size: float) -> Iterator[Paragraph]:
    """The seats of a team: a paragraph for each that stays, then one for all that go or come together."""
    for seat in team.seats:
        if seat.mark is None:
            yield Paragraph(tuple(_seat_runs(seat)), size)
    moved = [seat for seat in team.seats if seat.mark is not None]
    for (mark, elsewhere), group in _together(moved):
        for first in range(0, len(group), MOST_TOGETHER):
            runs = [Run(f"{MARK_SIGNS[mark]} ", "mark", is_bold=True)]
            for place, seat in enumerate(group[first : first + MOST_TOGETHER]):
                runs += [*([Run(translate(Sentence(LIST_SEPARATOR)))] if place else []), *_seat_runs(seat)]
            yield Paragraph((*runs, Run(f" {_what(mark, elsewhere, when)}", "mark")), size)


Marked = TypeVar("Marked", Seat, Work)


def _together(marked: Sequence[Marked]) -> list[tuple[tuple[Mark, str | None], list[Marked]]]:
    """What the plan does alike to some seats or functions, in the order of the first of each."""
    groups: dict[tuple[Mark, str | None], list[Marked]] = {}
    for each in marked:
        if each.mark is not None:
            groups.setdefault((each.mark, each.elsewhere), []).append(each)
    return list(groups.items())


def _seat_runs(seat: Seat) -> Iterator[Run]:
    """The name of a seat, with a sign if nobody sits in it, and the word that it leads if it does."""
    is_empty = seat.state != "filled"
    if is_empty:
        yield Run(f"{EMPTY_SIGN} ", "dim")
    yield Run(seat.name, "gone" if seat.mark == "gone" else "vacant" if is_empty else "plain")
    if seat.is_lead:
        yield Run(_bracketed(translate(sentence("(lead)"))), "dim")


def _bracketed(text: str) -> str:
    """Words in brackets after a name; the wide brackets of Chinese need no space before them."""
    return f" {text}" if text.startswith("(") else text


def _what(mark: Mark, elsewhere: str | None, when: When) -> str:
    if elsewhere and mark == "moved":
        return _elsewhere(elsewhere, when)
    return translate(Sentence(MARK_WORDS[mark]))


def function_paragraphs(team: Team, when: When, size: float) -> Iterator[Paragraph]:
    """The functions of a team: those that stay together, then those that go or come together."""
    groups = [
        ((None, None), [work for work in team.functions if work.mark is None]),
        *_together(team.functions),
    ]
    gap = 4.0
    for (mark, elsewhere), group in groups:
        for some in _in_lines(group):
            sign = [Run(f"{MARK_SIGNS[mark]} ", "mark", is_bold=True)] if mark else []
            names = translate(Sentence(LIST_SEPARATOR)).join(work.name for work in some)
            what = [Run(f" {_what(mark, elsewhere, when)}", "mark")] if mark else []
            runs = (
                Run(f"{UNICODE.function} ", "dim"),
                *sign,
                Run(names, "gone" if mark == "gone" else "dim"),
                *what,
            )
            yield Paragraph(runs, size, gap)
            gap = 0.0


def _in_lines(functions: Sequence[Work]) -> Iterator[list[Work]]:
    """Functions in groups whose names are short enough for a paragraph."""
    group: list[Work] = []
    used = 0
    for work in functions:
        if group and used + len(work.name) > SHORT_LINE:
            yield group
            group, used = [], 0
        group.append(work)
        used += len(work.name)
    if group:
        yield group


def team_paragraphs(
    team: Team, when: When, size: float, others: Sequence[Team] = ()
) -> tuple[Paragraph, ...]:
    """The whole text of a team's card."""
    seats = list(seat_paragraphs(team, when, size))
    if seats:
        seats[0] = Paragraph(seats[0].runs, size, gap=4)
    head = head_paragraphs(team, when, size, others)
    return (*head, *seats, *function_paragraphs(team, when, size))


def wide_paragraphs(
    team: Team, when: When, size: float, others: Sequence[Team] = ()
) -> tuple[Paragraph, ...]:
    """The same for a card that is wider than high: seats stand side by side."""
    runs: list[Run] = []
    for paragraph in seat_paragraphs(team, when, size):
        runs += [*([Run(" · ", "dim")] if runs else []), *paragraph.runs]
    seats = (Paragraph(tuple(runs), size, gap=3),) if runs else ()
    return (*head_paragraphs(team, when, size, others), *seats, *function_paragraphs(team, when, size))


def summary_paragraphs(team: Team, when: When, size: float, below: Sequence[Team]) -> tuple[Paragraph, ...]:
    """A team without its seats: name, state, counts, lead, and how much of it the plan changes."""
    led_by = translate(sentence("led by {lead}", lead=team.lead))
    lead = [words(led_by, size, "dim")] if _leads_inside(team) else []
    return (*head_paragraphs(team, when, size, below), *lead, *change_paragraphs((team, *below), when, size))


def change_paragraphs(teams: Sequence[Team], when: When, size: float) -> Iterator[Paragraph]:
    """How many seats of some teams the plan changes."""
    for mark, says in _changes(teams, when):
        yield words(f"{MARK_SIGNS[mark]} {says}", size, "mark")


def _leads_inside(team: Team) -> bool:
    return team.lead is not None and any(seat.is_lead for seat in team.seats)


def _changes(teams: Sequence[Team], when: When) -> Iterator[tuple[Mark, str]]:
    """How many seats of some teams the plan moves, opens, closes and changes, in words."""
    marks = [seat.mark for team in teams for seat in team.seats]
    if moved := marks.count("moved"):
        yield "moved", _moves(moved, when)
    if count := marks.count("new"):
        yield "new", translate(sentence("{seats:new seat|new seats}", seats=count))
    if count := marks.count("gone"):
        yield "gone", translate(sentence("{seats:seat closes|seats close}", seats=count))
    if count := marks.count("changed"):
        yield "changed", translate(sentence("{seats:seat changes|seats change}", seats=count))


def _moves(count: int, when: When) -> str:
    if when == "before":
        return translate(sentence("{seats:seat moves|seats move} away", seats=count))
    return translate(sentence("{seats:seat moves|seats move} here", seats=count))


def cut(paragraphs: tuple[Paragraph, ...], width: float, height: float) -> list[tuple[Paragraph, ...]]:
    """The text of a card in pieces that are no higher than a height; each begins with the name."""
    if height_of(paragraphs, width) <= height:
        return [paragraphs]
    again = _bracketed(translate(sentence("(continued)")))
    name = Paragraph((*paragraphs[0].runs, Run(again, "dim")), paragraphs[0].size)
    pieces = []
    piece: list[Paragraph] = []
    used = 0.0
    for paragraph in paragraphs:
        needed = paragraph.height(width)
        if len(piece) > 1 and used + needed > height:
            pieces.append(tuple(piece))
            piece, used = [name], name.height(width)
        piece.append(paragraph)
        used += needed
    return [*pieces, tuple(piece)]


def legend(teams: Sequence[Team], shown: Sequence[Team], cards: Sequence[Team]) -> str:
    """What the signs on a slide say; only those that are there.

    `teams` are all that a slide tells of, `cards` those with a card, `shown` those whose seats are named.
    """
    seats = [seat for team in teams for seat in team.seats]
    functions = [function for team in teams for function in team.functions]
    marks = {
        *(team.mark for team in teams),
        *(seat.mark for seat in seats),
        *(function.mark for function in functions),
    }
    said = [
        f"{MARK_SIGNS[mark]} {translate(Sentence(word))}"
        for mark, word in MARK_WORDS.items()
        if mark in marks
    ]
    if any(seat.state != "filled" for team in shown for seat in team.seats):
        empty = translate(sentence("nobody in this seat yet"))
        said.append(f"{EMPTY_SIGN} {empty}")
    if any(team.functions for team in shown):
        function = translate(sentence("function"))
        said.append(f"{UNICODE.function} {function}")
    severities: dict[Severity, str] = {
        "error": N_("gravest finding: error"),
        "warning": N_("gravest finding: warning"),
        "advice": N_("gravest finding: advice"),
    }
    for severity, word in severities.items():
        if any(team.worst == severity for team in cards):
            said.append(f"{UNICODE.severity(severity)} {translate(Sentence(word))}")
    return "     ".join(said)
