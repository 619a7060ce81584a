"""Legends: what the signs and colours of a picture mean, only those that it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from orgtui.exchange.writing.drawing.measure import text_width, wrapped
from orgtui.exchange.writing.drawing.shapes import Box, Role, Words
from orgtui.exchange.writing.drawing.slots import marks_of
from orgtui.exchange.writing.drawing.team_card import Detail, works_shown
from orgtui.exchange.writing.report import Area, Team
from orgtui.exchange.writing.words import MARK_SIGNS, MARKS
from orgtui.locales import translate
from orgtui.model.records import Severity
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.views.base.signs import UNICODE

TEXT_PT, LEADING_PT = 9.0, 13.0
_GAP_PT = 18.0
_BAR_PT = 8.0

_SEVERITIES: Mapping[Severity, str] = {
    "error": N_("findings, an error among them"),
    "warning": N_("findings, a warning among them"),
    "advice": N_("findings, advice only"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign or a colour and what it means."""

    sign: str
    text: str
    role: Role = "dim"
    tone: int | None = None


Shown = tuple[Team, Detail]


class Legend(NamedTuple):
    """A legend and the height it takes, in points."""

    boxes: list[Box]
    words: list[Words]
    height: float


def team_entries(shown: Iterable[Shown], areas: Sequence[Area]) -> Iterator[Entry]:
    """What some teams need explained, each shown in some detail."""
    shown = tuple(shown)
    teams = [team for team, _ in shown]
    marks = {mark for team in teams for mark in marks_of(team)}
    for mark, meaning in MARKS.items():
        if mark in marks:
            yield Entry(MARK_SIGNS[mark], translate(Sentence(meaning)), mark)
    worst = {team.worst for team in teams if team.findings}
    for severity, meaning in _SEVERITIES.items():
        if severity in worst:
            yield Entry(UNICODE.severity(severity), translate(Sentence(meaning)), severity)
    works = [work for team, detail in shown for work in works_shown(team, detail)]
    if works:
        yield Entry(UNICODE.function, translate(sentence("function")), "plain")
    used = {work.area for work in works}
    for area in areas:
        if area.id in used:
            yield Entry("", area.name, "dim", area.number)


def legend(entries: Iterable[Entry], x: float, y: float, width: float) -> Legend:
    """Entries in lines from an upper left corner."""
    boxes: list[Box] = []
    words: list[Words] = []
    right, base = 0.0, y + LEADING_PT * 0.8
    height = 0.0
    for entry in entries:
        lead = _BAR_PT if entry.tone is not None else text_width(entry.sign, TEXT_PT, is_bold=True) + 5.0
        lines = wrapped(entry.text, width - lead, TEXT_PT)
        taken = lead + max(text_width(line, TEXT_PT) for line in lines)
        if right and (right + taken > width or len(lines) > 1):
            base += height
            right = height = 0.0
        left = x + right
        if entry.tone is None:
            words.append(Words(left, base, entry.sign, TEXT_PT, entry.role, is_bold=True))
        else:
            boxes.append(Box("", left, base - 7.5, 3.0, 9.0, tone=entry.tone))
        for number, line in enumerate(lines):
            words.append(Words(left + lead, base + number * LEADING_PT, line, TEXT_PT, "dim"))
        right += taken + _GAP_PT
        height = max(height, len(lines) * LEADING_PT)
    return Legend(boxes, words, base + height - LEADING_PT * 0.8 - y if words else 0.0)
