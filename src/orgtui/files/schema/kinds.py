"""The kinds of value that files hold, each with its schema and the words for what does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import cast

from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs

from orgtui.files.toml.problems import Refusal
from orgtui.model.gate import NAME_LENGTH
from orgtui.model.sentence import N_, Sentence, sentence

UNFIT = "unfit"
"""The type of the error that a value of no kind gives; its context holds the kind's words."""

ID = r"[a-z0-9][a-z0-9._-]*"
LARGEST_INTEGER = 2**63 - 1
SMALLEST_INTEGER = -(2**63)
PERCENTS = {hundredth / 100: hundredth for hundredth in range(101)}
"""Every share with at most two decimals, by its value."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value. `wrong` is said of a `{value}` that does not fit, `right` of what would."""

    schema: CoreSchema
    wrong: str
    right: str
    given: Mapping[str, object] = field(default_factory=dict)

    def checked(self) -> CoreSchema:
        """The schema that reports this kind's words."""
        return cs.custom_error_schema(
            self.schema,
            UNFIT,
            custom_error_message=self.right,
            custom_error_context={"kind": self},
        )

    def refusal(self, value: str) -> Refusal:
        """What is said of a value that is not of this kind."""
        return sentence(self.wrong, value=value), self.advice

    @property
    def advice(self) -> Sentence:
        """What is said of what would fit."""
        return Sentence(self.right, self.given)


def reference(kind: str) -> Kind:
    """The id of an entry of another kind."""
    right = N_("write the id of a {kind} in quotes")
    return Kind(TEXT.schema, N_("{value} is no id"), right, {"kind": Sentence(kind)})


def pair_of(entry: CoreSchema) -> Kind:
    """A list of exactly two entries."""
    return Kind(cs.tuple_schema([entry, entry]), N_("{value} is no pair"), N_("write a list of two in [ ]"))


def one_of(words: Iterable[str]) -> Kind:
    """One of a closed list of words."""
    words = list(words)
    return Kind(
        cs.literal_schema(words),
        N_("{value} is not one of the words known here"),
        N_("write {words}"),
        {"words": words},
    )


def _percent(share: float) -> int:
    percent = PERCENTS.get(share)
    if percent is None:
        raise ValueError
    return percent


def _number(value: object) -> int | float:
    if isinstance(value, int) and not isinstance(value, bool):
        fits = SMALLEST_INTEGER <= value <= LARGEST_INTEGER
    else:
        fits = isinstance(value, float) and isfinite(value)
    if not fits:
        raise ValueError
    return cast(int | float, value)


def _amount(value: object) -> int | float:
    number = _number(value)
    if number < 0:
        raise ValueError
    return number


class Texts(dict[str, str]):
    """Text that many entries have in common, such as the ids they refer to: one of each is kept."""

    def __init__(self, fits: Callable[[str], object]) -> None:
        self._fits = fits

    def __missing__(self, text: str) -> str:
        if not self._fits(text):
            raise ValueError
        return self.setdefault(text, text)

    @property
    def schema(self) -> CoreSchema:
        return cs.no_info_after_validator_function(self.__getitem__, cs.str_schema(strict=True))


IDS, TEXTS = Texts(re.compile(ID).fullmatch), Texts(str.strip)


def forget_texts() -> None:
    """Let go of the texts of a file that has been read."""
    IDS.clear()
    TEXTS.clear()


def _share(right: str, wrong: str) -> Kind:
    number = cs.float_schema(strict=True, allow_inf_nan=False)
    return Kind(cs.no_info_after_validator_function(_percent, number), wrong, right)


TEXT = Kind(TEXTS.schema, N_("{value} is no text"), N_("write text in quotes, not only spaces"))
IDENTITY = Kind(
    cs.str_schema(strict=True, pattern=f"^{ID}$"),
    N_("{value} is no id"),
    N_("write small letters, digits and . _ - in quotes, a letter or digit first"),
)
SKILL = replace(IDENTITY, schema=IDS.schema)
HANDOFF_END = Kind(
    TEXT.schema,
    N_("{value} is no end of a handoff"),
    N_("write the id of a function, or department:ID, in quotes"),
)
SHARE_END = Kind(
    TEXT.schema, N_("{value} is no end of a sharing link"), N_("write team:ID or person:ID in quotes")
)
CODE = Kind(TEXT.schema, N_("{value} is no code of a rule"), N_("write one such as P203 in quotes"))
NAME = Kind(
    cs.str_schema(strict=True, min_length=1, max_length=NAME_LENGTH),
    N_("{value} is no name"),
    N_("write text of 1 to {length} characters in quotes"),
    {"length": NAME_LENGTH},
)
DATE = Kind(
    cs.date_schema(strict=True),
    N_("{value} is no date"),
    N_("write a date such as 2026-11-21, without quotes"),
)
MOMENT = Kind(
    cs.datetime_schema(strict=True),
    N_("{value} is no point in time"),
    N_("write one such as 2026-11-21T10:02:11+08:00, without quotes"),
)
TRUTH = Kind(
    cs.bool_schema(strict=True),
    N_("{value} is neither true nor false"),
    N_("write true or false, without quotes"),
)
NUMBER = Kind(
    cs.no_info_plain_validator_function(_number),
    N_("{value} is no number that can be used"),
    N_("write a finite number of at most 64 bits, without quotes"),
)
AMOUNT = Kind(
    cs.no_info_plain_validator_function(_amount),
    N_("{value} is no amount"),
    N_("write a finite number of 0 or more, without quotes"),
)
WHOLE_NUMBER = Kind(
    cs.int_schema(strict=True, ge=SMALLEST_INTEGER, le=LARGEST_INTEGER),
    N_("{value} is no whole number that can be used"),
    N_("write a whole number of at most 64 bits, without quotes"),
)
LEVEL = Kind(
    cs.int_schema(strict=True, ge=0, le=5),
    N_("{value} is no skill level"),
    N_("write a whole number from 0 to 5"),
)
DIFFICULTY = Kind(
    cs.int_schema(strict=True, ge=1, le=5),
    N_("{value} is no difficulty"),
    N_("write a whole number from 1 to 5"),
)
FTE = _share(N_("write a number from 0 to 1 with at most two decimals"), N_("{value} is no FTE of one seat"))
SHARE = _share(
    N_("write a number from 0 to 1 with at most two decimals"), N_("{value} is no share of a week")
)
FORMAT = Kind(
    cs.int_schema(strict=True, ge=1, le=1),
    N_("{value} is no format this program knows"),
    N_("write format = 1"),
)
BASELINE = Kind(
    cs.str_schema(strict=True, pattern=r"^sha256:[0-9a-f]{64}$"),
    N_("{value} is no hash of an organisation"),
    N_("write sha256: and 64 digits 0 to 9, a to f"),
)
WAVE = Kind(
    cs.int_schema(strict=True, ge=1, le=LARGEST_INTEGER),
    N_("{value} is no wave"),
    N_("write a whole number of 1 or more"),
)
ANYTHING = Kind(cs.any_schema(), "", N_("write a table of keys and values"))
LIST = Kind(cs.list_schema(), N_("{value} is no list"), N_("write a list in [ ]"))
TABLE = Kind(cs.dict_schema(), N_("{value} is no table"), N_("write a table of keys and values"))
