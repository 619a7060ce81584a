"""How the fields of a change are written, and what they may hold.

A field's type names its form: `person: Id`. Shares and FTE are whole percents inside, decimals as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Annotated, Any, get_args

from orgtui.model.gate import NAME_LENGTH, refused_character
from orgtui.model.invalid import KeyPath
from orgtui.model.records import SUBJECT_KINDS, Cadence, FunctionState, Number, Pillar, SeatState, SharingWay
from orgtui.model.sentence import N_, Sentence, sentence

IDENTITY = re.compile(r"[a-z0-9][a-z0-9._-]*")
HANDOFF_END = re.compile(r"(department:)?[a-z0-9][a-z0-9._-]*")
SHARE_END = re.compile(r"(team|person):[a-z0-9][a-z0-9._-]*")
LARGEST_INTEGER = 2**63 - 1
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CODE = re.compile(r"[PCSA][0-9]{3}")

Problems = list[tuple[KeyPath, Sentence, Sentence]]


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a value: `read` notes what is wrong and gives None, `write` is its inverse."""

    read: Callable[[object, KeyPath, Problems], Any]
    write: Callable[[Any], object]


def _wrong(
    problems: Problems, path: KeyPath, wrong: str, value: object, right: str, **params: object
) -> None:
    problems.append((path, sentence(wrong, value=shown(value)), sentence(right, **params)))


def shown(value: object) -> str:
    """A value as a person recognises it: short, text in quotes, safe to show."""
    text = ascii(value) if isinstance(value, str) and refused_character(value) else repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _as_it_is(value: Any) -> object:
    return value


# -- text ------------------------------------------------------------------------------------------


def _clean_text(value: object, path: KeyPath, problems: Problems) -> str | None:
    if not isinstance(value, str):
        _wrong(problems, path, N_("{value} is no text"), value, N_("write text in quotes"))
        return None
    character = refused_character(value)
    if character is not None:
        problems.append(
            (
                path,
                sentence("{character} may not stand in text", character=character),
                sentence("take it out"),
            )
        )
        return None
    if not value.strip():
        _wrong(problems, path, N_("{value} is no text"), value, N_("write text in quotes, not only spaces"))
        return None
    return value


def _name(value: object, path: KeyPath, problems: Problems) -> str | None:
    name = _clean_text(value, path, problems)
    if name is not None and len(name) > NAME_LENGTH:
        right = N_("write text of 1 to {length} characters in quotes")
        _wrong(problems, path, N_("{value} is too long for a name"), value, right, length=NAME_LENGTH)
        return None
    return name


def _matching(pattern: re.Pattern[str], wrong: str, right: str) -> Form:
    def read(value: object, path: KeyPath, problems: Problems) -> str | None:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        _wrong(problems, path, wrong, value, right)
        return None

    return Form(read, _as_it_is)


def _one_of(words: tuple[str, ...]) -> Form:
    def read(value: object, path: KeyPath, problems: Problems) -> str | None:
        if isinstance(value, str) and value in words:
            return value
        _wrong(
            problems,
            path,
            N_("{value} is not one of the words known here"),
            value,
            N_("write {words}"),
            words=words,
        )
        return None

    return Form(read, _as_it_is)


def _subject(value: object, path: KeyPath, problems: Problems) -> str | None:
    text = _clean_text(value, path, problems)
    if text is None:
        return None
    kind, _, named = text.partition(":")
    if kind in SUBJECT_KINDS and named:
        return text
    right = N_("write kind:id, the kind one of {kinds}")
    _wrong(problems, path, N_("{value} is no subject of a finding"), value, right, kinds=SUBJECT_KINDS)
    return None


# -- numbers, truth, days ----------------------------------------------------------------------------


def _number(value: object, path: KeyPath, problems: Problems) -> Number | None:
    if isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value <= LARGEST_INTEGER:
        return value
    right = N_("write a finite number of at most 64 bits, without quotes")
    _wrong(problems, path, N_("{value} is no number that can be used"), value, right)
    return None


def _amount(value: object, path: KeyPath, problems: Problems) -> Number | None:
    number = _number(value, path, problems)
    if number is not None and number < 0:
        _wrong(problems, path, N_("{value} is below 0"), value, N_("write a number of 0 or more"))
        return None
    return number


def _between(smallest: int, largest: int) -> Form:
    def read(value: object, path: KeyPath, problems: Problems) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and smallest <= value <= largest:
            return value
        right = N_("write a whole number from {smallest} to {largest}")
        _wrong(
            problems, path, N_("{value} does not fit here"), value, right, smallest=smallest, largest=largest
        )
        return None

    return Form(read, _as_it_is)


def _percent(smallest: int, right: str) -> Form:
    def read(value: object, path: KeyPath, problems: Problems) -> int | None:
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            percent = Decimal(str(value)) * 100
            if percent == int(percent) and smallest <= percent <= 100:
                return int(percent)
        _wrong(problems, path, N_("{value} is no share of a week"), value, right)
        return None

    return Form(read, decimal_share)


def decimal_share(percent: int) -> float:
    """Whole percents as the decimal that files hold."""
    return percent / 100


def _flag(value: object, path: KeyPath, problems: Problems) -> bool | None:
    if isinstance(value, bool):
        return value
    _wrong(
        problems,
        path,
        N_("{value} is neither true nor false"),
        value,
        N_("write true or false, without quotes"),
    )
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _day(value: object, path: KeyPath, problems: Problems) -> date | None:
    """A date; the log and other JSON write it as text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and DAY.fullmatch(value) and _is_day(value):
        return date.fromisoformat(value)
    _wrong(problems, path, N_("{value} is no date"), value, N_("write a date such as 2026-11-21"))
    return None


# -- lists and tables --------------------------------------------------------------------------------


def _list_of(entry: Form) -> Form:
    def read(value: object, path: KeyPath, problems: Problems) -> tuple[Any, ...] | None:
        if not isinstance(value, list | tuple):
            _wrong(problems, path, N_("{value} is no list"), value, N_("write a list in [ ]"))
            return None
        found = len(problems)
        entries = tuple(entry.read(each, (*path, place), problems) for place, each in enumerate(value))
        for place, each in enumerate(entries):
            if each is not None and each in entries[:place]:
                _wrong(problems, (*path, place), N_("{value} stands here twice"), each, N_("write it once"))
        return entries if len(problems) == found else None

    return Form(read, lambda entries: [entry.write(each) for each in entries])


def _table_of(entry: Form) -> Form:
    def read(value: object, path: KeyPath, problems: Problems) -> dict[str, Any] | None:
        if not isinstance(value, Mapping):
            _wrong(problems, path, N_("{value} is no table"), value, N_("write a table of ids and values"))
            return None
        found = len(problems)
        table = {
            ID.read(key, (*path, str(key)), problems): entry.read(each, (*path, str(key)), problems)
            for key, each in value.items()
        }
        return table if len(problems) == found else None

    return Form(read, lambda table: {key: entry.write(each) for key, each in table.items()})


def _pillar(value: object, path: KeyPath, problems: Problems) -> Pillar | None:
    if not isinstance(value, Mapping) or set(value) != {"id", "name"}:
        right = N_('write { id = "…", name = "…" }')
        _wrong(problems, path, N_("{value} is no pillar"), value, right)
        return None
    found = len(problems)
    pillar = Pillar(
        ID.read(value["id"], (*path, "id"), problems), NAME.read(value["name"], (*path, "name"), problems)
    )
    return pillar if len(problems) == found else None


ID = _matching(
    IDENTITY,
    N_("{value} is no id"),
    N_("write small letters, digits and . _ - in quotes, a letter or digit first"),
)
NAME = Form(_name, _as_it_is)
TEXT = Form(_clean_text, _as_it_is)
AMOUNT = Form(_amount, _as_it_is)
LEVEL = _between(0, 5)
SHARE_OF_WEEK = _percent(0, N_("write a number from 0 to 1 with at most two decimals"))

Id = Annotated[str, ID]
Ids = Annotated[tuple[str, ...], _list_of(ID)]
Name = Annotated[str, NAME]
Text = Annotated[str, TEXT]
HandoffEnd = Annotated[
    str,
    _matching(
        HANDOFF_END, N_("{value} is no end of a handoff"), N_('write a function\'s id or "department:ID"')
    ),
]
ShareEnd = Annotated[
    str, _matching(SHARE_END, N_("{value} is no end of a link"), N_('write "team:ID" or "person:ID"'))
]
Code = Annotated[str, _matching(CODE, N_("{value} is no rule's code"), N_("write one such as P203"))]
Subjects = Annotated[tuple[str, ...], _list_of(Form(_subject, _as_it_is))]
Level = Annotated[int, LEVEL]
Levels = Annotated[Mapping[str, int], _table_of(LEVEL)]
Difficulty = Annotated[int, _between(1, 5)]
Share = Annotated[int, _percent(1, N_("write a number above 0, at most 1, with at most two decimals"))]
Shares = Annotated[Mapping[str, int], _table_of(SHARE_OF_WEEK)]
Fte = Annotated[int, SHARE_OF_WEEK]
Amount = Annotated[Number, AMOUNT]
AnyNumber = Annotated[Number, Form(_number, _as_it_is)]
Flag = Annotated[bool, Form(_flag, _as_it_is)]
Day = Annotated[date, Form(_day, _as_it_is)]
Rhythm = Annotated[Cadence, _one_of(get_args(Cadence))]
Way = Annotated[SharingWay, _one_of(get_args(SharingWay))]
StateOfFunction = Annotated[FunctionState, _one_of(get_args(FunctionState))]
StateOfSeat = Annotated[SeatState, _one_of(tuple(w for w in get_args(SeatState) if w != "closed"))]
Pillars = Annotated[
    tuple[Pillar, ...],
    _list_of(Form(_pillar, lambda pillar: {"id": pillar.id, "name": pillar.name})),
]


def words(*allowed: str) -> Form:
    """The form of a field that holds one of a few words."""
    return _one_of(allowed)
