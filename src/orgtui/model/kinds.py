"""What a valid value is, once for files, changes and the session log.

A kind is part of the type of a field, `difficulty: Annotated[int, DIFFICULTY]`. Pydantic uses it directly;
`orgtui.model.schema` builds the same schemas without importing pydantic. Text passes the gate before its kind
is checked: whole files at once, values from elsewhere one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from orgtui.model.gate import NAME_LENGTH, TEXT_PATTERN
from orgtui.model.sentence import N_, Refusal, Sentence, sentence

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

Number = int | float

UNFIT = "unfit"
"""The type of the error that a value of no kind gives; its context holds the kind's words."""

ID = r"[a-z0-9][a-z0-9._-]*"
LARGEST_INTEGER = 2**63 - 1
SMALLEST_INTEGER = -(2**63)
DEEPEST = 20
"""How many tables and lists may lie within one another in a file."""

PERCENTS = {hundredth / 100: hundredth for hundredth in range(101)}
"""Every share with at most two decimals, by its value."""

SUBJECT_KINDS = (
    *("stage", "area", "team", "function", "person", "skill", "goal", "pillar", "department", "topic"),
    *("purpose", "mission", "tool", "handoff", "request", "wave", "metric", "share"),
)
"""The kinds of what findings and notes are about."""

TEAM_METRICS = (
    *("headcount", "fte", "vacant", "teams", "layers", "span_min", "span_median", "span_max", "pay"),
)
"""The metrics that can be measured of a team and all below it."""

METRICS = (
    *("headcount", "fte", "vacant", "teams", "pairs", "layers", "span_min", "span_median", "span_max"),
    *("team_size_median", "borders", "blind_handoffs", "broken_stages", "shared_goal_share"),
    *("knowledge_link_share", "single_holders", "focus_teams", "requests", "duplicate_requests"),
    *("errors", "warnings", "advice", "people_moved", "new_manager", "reviewed", "pay"),
)
"""The metrics for which there can be a target."""


PlanStatus = Literal["draft", "proposed", "approved", "applied"]
"""How far a plan has come."""

LOCKED: frozenset[PlanStatus] = frozenset(("approved", "applied"))
"""The statuses in which a plan refuses every change."""

Verdict = Literal["keep", "change", "close"]
"""What is decided about a seat."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Kind:
    """A kind of value. `wrong` is said of a `{value}` that does not fit, `right` of what would.

    `schema` is a core schema of pydantic, `described` what its JSON Schema says beyond what follows from it.
    `in_json` takes its place where values are JSON. `write` turns a value as it is kept into one as it is
    written. Text that `repeats` stands in many entries: files keep one copy of it. Text that `refers` names
    something else: files accept any text there and check the reference against the whole file.

    A kind has no words of its own as `repr`: pydantic asks for these at every value that does not fit.
    """

    schema: CoreSchema
    wrong: str
    right: str
    given: Mapping[str, object] = field(default_factory=dict)
    described: Mapping[str, Any] = field(default_factory=dict)
    in_json: Kind | None = None
    write: Callable[[Any], object] | None = None
    repeats: bool = False
    refers: bool = False

    def checked(self, schema: CoreSchema | None = None) -> CoreSchema:
        """The schema, this kind's own unless given, with this kind's words as its one error."""
        return {
            "type": "custom-error",
            "schema": schema or self.schema,
            "custom_error_type": UNFIT,
            "custom_error_message": self.right,
            "custom_error_context": {"kind": self},
        }

    def refusal(self, value: str) -> Refusal:
        """What is said of a value that is not of this kind."""
        return sentence(self.wrong, value=value), self.advice

    @property
    def advice(self) -> Sentence:
        """What is said of what would fit."""
        return Sentence(self.right, self.given)

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return self.checked()

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: Callable[[CoreSchema], dict[str, Any]]
    ) -> dict[str, Any]:
        kind: Kind = cast(Any, schema)["custom_error_context"]["kind"]
        if "function" in kind.schema["type"]:
            return dict(kind.described)
        return {**handler(kind.schema), **kind.described}


def pair_of(entry: CoreSchema) -> Kind:
    """A list of exactly two entries."""
    return Kind(
        {"type": "tuple", "items_schema": [entry, entry]},
        N_("{value} is no pair"),
        N_("write a list of two in [ ]"),
    )


def one_of(words: Iterable[str]) -> Kind:
    """One of a closed list of words."""
    words = list(words)
    return Kind(
        {"type": "literal", "expected": cast(list[Any], words)},
        N_("{value} is not one of the words known here"),
        N_("write {words}"),
        {"words": words},
    )


# -- text ------------------------------------------------------------------------------------------


def _matching(pattern: str) -> CoreSchema:
    return {"type": "str", "strict": True, "pattern": f"^{pattern}$"}


TEXT = Kind(
    {"type": "str", "strict": True, "pattern": r"\S"},
    N_("{value} is no text"),
    N_("write text in quotes, not only spaces"),
    described={"pattern": TEXT_PATTERN},
    repeats=True,
)
NAME = Kind(
    {"type": "str", "strict": True, "min_length": 1, "max_length": NAME_LENGTH, "pattern": r"\S"},
    N_("{value} is no name"),
    N_("write text of 1 to {length} characters in quotes"),
    {"length": NAME_LENGTH},
    described={"pattern": TEXT_PATTERN},
)
IDENTITY = Kind(
    _matching(ID),
    N_("{value} is no id"),
    N_("write small letters, digits and . _ - in quotes, a letter or digit first"),
)
SKILL = replace(IDENTITY, repeats=True)
REFERENCE = replace(TEXT, schema=_matching(ID), described={}, in_json=IDENTITY, refers=True)


def reference(kind: str) -> Kind:
    """The id of an entry of another kind."""
    right = N_("write the id of a {kind} in quotes")
    return Kind(
        _matching(ID), N_("{value} is no id"), right, {"kind": Sentence(kind)}, repeats=True, refers=True
    )


HANDOFF_END = Kind(
    _matching(f"(department:)?{ID}"),
    N_("{value} is no end of a handoff"),
    N_("write the id of a function, or department:ID, in quotes"),
    repeats=True,
    refers=True,
)
SHARE_END = Kind(
    _matching(f"(team|person):{ID}"),
    N_("{value} is no end of a sharing link"),
    N_("write team:ID or person:ID in quotes"),
    repeats=True,
    refers=True,
)
CODE = Kind(
    _matching("[PCSA][0-9]{3}"),
    N_("{value} is no code of a rule"),
    N_("write one such as P203 in quotes"),
    repeats=True,
    refers=True,
)
SUBJECT = Kind(
    _matching(f"({'|'.join(SUBJECT_KINDS)}):.+"),
    N_("{value} is no subject of a finding"),
    N_("write kind:id, the kind one of {kinds}"),
    {"kinds": SUBJECT_KINDS},
    repeats=True,
    refers=True,
)
NOTED = replace(
    SUBJECT,
    wrong=N_("{value} is nothing that a note can be on"),
    right=N_("write kind:id, the kind one of {kinds}"),
)
METRIC = Kind(
    {"type": "literal", "expected": list(METRICS)},
    N_("{value} is no metric"),
    N_("write one of {metrics}"),
    {"metrics": METRICS},
    repeats=True,
    refers=True,
)
BASELINE = Kind(
    _matching("sha256:[0-9a-f]{64}"),
    N_("{value} is no hash of an organisation"),
    N_("write sha256: and 64 digits 0 to 9, a to f"),
)

# -- numbers and truth -----------------------------------------------------------------------------


def _calling(function: Callable[[Any], object]) -> CoreSchema:
    return {"type": "function-plain", "function": {"type": "no-info", "function": function}}


def _whole(smallest: int, largest: int) -> CoreSchema:
    return {"type": "int", "strict": True, "ge": smallest, "le": largest}


def _number(value: object) -> Number:
    if isinstance(value, int) and not isinstance(value, bool):
        fits = SMALLEST_INTEGER <= value <= LARGEST_INTEGER
    else:
        fits = isinstance(value, float) and isfinite(value)
    if not fits:
        raise ValueError
    return cast(Number, value)


def _amount(value: object) -> Number:
    number = _number(value)
    if number < 0:
        raise ValueError
    return number


def shortest(number: Number) -> Number:
    """The one form of a number: a whole one has no decimals, unless it is too large for an integer."""
    if isinstance(number, float) and number.is_integer() and SMALLEST_INTEGER <= number <= LARGEST_INTEGER:
        return int(number)
    return number


def decimal(number: Number) -> Number:
    """The one form of a number of full-time weeks: with decimals, as FTE has, unless that would alter it."""
    is_whole = type(number) is int and SMALLEST_INTEGER <= number <= LARGEST_INTEGER
    return float(number) if is_whole and float(number) == number else number


def _percent(share: float) -> int:
    percent = PERCENTS.get(share)
    if percent is None:
        raise ValueError
    return percent


def _percent_above_0(share: float) -> int:
    percent = _percent(share)
    if percent == 0:
        raise ValueError
    return percent


def decimal_share(percent: int) -> float:
    """Whole percents as the decimal that files hold."""
    return percent / 100


def _share_of_week(read: Callable[[float], int], wrong: str, right: str, **least: float) -> Kind:
    return Kind(
        {
            "type": "function-after",
            "schema": {"type": "float", "strict": True, "allow_inf_nan": False},
            "function": {"type": "no-info", "function": read},
        },
        wrong,
        right,
        described={"type": "number", **least, "maximum": 1},
        write=decimal_share,
    )


FTE = _share_of_week(
    _percent,
    N_("{value} is no FTE of one seat"),
    N_("write a number from 0 to 1 with at most two decimals"),
    minimum=0,
)
SHARE = _share_of_week(
    _percent,
    N_("{value} is no share of a week"),
    N_("write a number from 0 to 1 with at most two decimals"),
    minimum=0,
)
ASSIGNED_SHARE = _share_of_week(
    _percent_above_0,
    N_("{value} is no share of a week"),
    N_("write a number above 0, at most 1, with at most two decimals"),
    exclusiveMinimum=0,
)
NUMBER = Kind(
    _calling(_number),
    N_("{value} is no number that can be used"),
    N_("write a finite number of at most 64 bits, without quotes"),
    described={"type": "number"},
    write=shortest,
)
AMOUNT = Kind(
    _calling(_amount),
    N_("{value} is no amount"),
    N_("write a finite number of 0 or more, without quotes"),
    described={"type": "number", "minimum": 0},
    write=shortest,
)
FTE_NEEDED = replace(AMOUNT, write=decimal)
WHOLE_NUMBER = Kind(
    _whole(SMALLEST_INTEGER, LARGEST_INTEGER),
    N_("{value} is no whole number that can be used"),
    N_("write a whole number of at most 64 bits, without quotes"),
)
COUNT = Kind(
    _whole(0, LARGEST_INTEGER), N_("{value} is no number of things"), N_("write a whole number of 0 or more")
)
LEVEL = Kind(_whole(0, 5), N_("{value} is no skill level"), N_("write a whole number from 0 to 5"))
DIFFICULTY = Kind(_whole(1, 5), N_("{value} is no difficulty"), N_("write a whole number from 1 to 5"))
WAVE = Kind(_whole(1, LARGEST_INTEGER), N_("{value} is no wave"), N_("write a whole number of 1 or more"))
POSITION = Kind(
    _whole(1, LARGEST_INTEGER), N_("{value} is no number of a step"), N_("write a whole number of 1 or more")
)
FORMAT = Kind(_whole(1, 1), N_("{value} is no format this program knows"), N_("write format = 1"))
TRUTH = Kind(
    {"type": "bool", "strict": True},
    N_("{value} is neither true nor false"),
    N_("write true or false, without quotes"),
)

# -- days and moments ------------------------------------------------------------------------------


def _in_json(written: CoreSchema, read: Callable[[str], object], itself: CoreSchema) -> CoreSchema:
    """The value itself, or the text that JSON has for it."""
    text: CoreSchema = {
        "type": "function-after",
        "schema": written,
        "function": {"type": "no-info", "function": read},
    }
    return {"type": "union", "choices": [itself, text]}


_DAY: CoreSchema = {"type": "date", "strict": True}
_MOMENT: CoreSchema = {"type": "datetime", "strict": True}

DATE = Kind(
    _DAY,
    N_("{value} is no date"),
    N_("write a date such as 2026-11-21, without quotes"),
    in_json=Kind(
        _in_json(_matching("[0-9]{4}-[0-9]{2}-[0-9]{2}"), date.fromisoformat, _DAY),
        N_("{value} is no date"),
        N_("write a date such as 2026-11-21"),
    ),
)
MOMENT = Kind(
    _MOMENT,
    N_("{value} is no point in time"),
    N_("write one such as 2026-11-21T10:02:11+08:00, without quotes"),
    in_json=Kind(
        _in_json(
            _matching(
                r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
                r"(Z|[+-][0-9]{2}:[0-9]{2})?"
            ),
            datetime.fromisoformat,
            _MOMENT,
        ),
        N_("{value} is no point in time"),
        N_("write one such as 2026-11-21T10:02:11+08:00"),
    ),
)

# -- anything --------------------------------------------------------------------------------------


def _plain(value: object) -> object:
    _check_plain(value, DEEPEST - len(("change", 0, "was")))
    return value


def _check_plain(value: object, depth: int) -> None:
    """Raise ValueError for what no plan can hold, or what lies deeper than a plan file may."""
    if isinstance(value, list | Mapping):
        if not depth:
            raise ValueError
        for each in value.values() if isinstance(value, Mapping) else value:
            _check_plain(each, depth - 1)
    elif not isinstance(value, str | bool | date | time):
        _number(value)


REPLACED = Kind(
    _calling(_plain),
    N_("{value} is nothing that a plan can hold"),
    N_("write text, true or false, finite numbers of at most 64 bits, dates, or lists and tables of these"),
)
ANYTHING = Kind({"type": "any"}, "", N_("write a table of keys and values"))
LIST = Kind({"type": "list"}, N_("{value} is no list"), N_("write a list in [ ]"))
TABLE = Kind({"type": "dict"}, N_("{value} is no table"), N_("write a table of keys and values"))

KIND_OF_TYPE: Mapping[object, Kind] = {
    str: TEXT,
    date: DATE,
    datetime: MOMENT,
    bool: TRUTH,
    int: WHOLE_NUMBER,
    float: NUMBER,
    Number: NUMBER,
    object: ANYTHING,
}
"""What a field holds whose type names no kind."""

# -- types of fields -------------------------------------------------------------------------------

Text = Annotated[str, TEXT]
Name = Annotated[str, NAME]
Id = Annotated[str, IDENTITY]
Ids = tuple[Id, ...]
Skill = Annotated[str, SKILL]
Reference = Annotated[str, REFERENCE]
"""The id of something whose kind the field's name says."""

HandoffEnd = Annotated[str, HANDOFF_END]
ShareEnd = Annotated[str, SHARE_END]
Code = Annotated[str, CODE]
Subjects = tuple[Annotated[str, SUBJECT], ...]
Noted = Annotated[str, NOTED]
"""What a note is on, as `kind:id`."""

Metric = Annotated[str, METRIC]
Hash = Annotated[str, BASELINE]
Count = Annotated[int, COUNT]
Level = Annotated[int, LEVEL]
Levels = Mapping[Skill, Level]
Difficulty = Annotated[int, DIFFICULTY]
Share = Annotated[int, ASSIGNED_SHARE]
"""The share of a function that someone is given."""

Shares = Mapping[Reference, Annotated[int, SHARE]]
Fte = Annotated[int, FTE]
Amount = Annotated[Number, AMOUNT]
FteNeeded = Annotated[Number, FTE_NEEDED]
AnyNumber = Annotated[Number, NUMBER]
Wave = Annotated[int, WAVE]
Position = Annotated[int, POSITION]
Format = Annotated[int, FORMAT]
Flag = Annotated[bool, TRUTH]
Day = Annotated[date, DATE]
Moment = Annotated[datetime, MOMENT]
Replaced = Mapping[Text, Annotated[object, REPLACED]]
"""What a change replaced, as plain data."""
