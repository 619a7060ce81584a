"""The format of log entries; anybody may have written the log, so each entry is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeGuard, cast

from orgtui.files.plan_file import PlannedWave, SeatReview
from orgtui.model.kinds import (
    Day,
    Format,
    Hash,
    Id,
    Moment,
    Name,
    PlanStatus,
    Position,
    Replaced,
    Text,
    Verdict,
    Wave,
)
from orgtui.model.schema import json_schema_of
from orgtui.model.sentence import Sentence, SentenceError, sentence
from orgtui.session.log.chain import BEFORE, CHECKSUM
from orgtui.session.store import Entry

FORMAT = 1

UID = "uid"
"""The key of the user id of who wrote an entry; entries of earlier versions have none."""

LARGEST_UID = 2**32 - 2
Check = Callable[[object], bool]


class InvalidEntry(SentenceError):
    """An entry that is not valid or does not fit; `sentence` says what is wrong with it."""

    def at(self, number: int) -> InvalidEntry:
        """The same, with the number of the entry."""
        return InvalidEntry(sentence("entry {number}: {reason}", number=number, reason=self.sentence))


def is_uid(value: object) -> TypeGuard[int]:
    """Whether a value can be the id of a user."""
    return type(value) is int and 0 <= value <= LARGEST_UID


def _is(hint: object) -> Check:
    """Whether a value is what a type says; remembered for values that come again and again."""
    accepts = json_schema_of(hint).accepts
    remembered = lru_cache(256, typed=True)(accepts)
    return lambda value: (remembered if isinstance(value, str | int) else accepts)(value)


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_list_of(value: object, check: Check) -> bool:
    return isinstance(value, list) and all(check(each) for each in value)


def _is_steps(value: object) -> bool:
    return _is_list_of(value, lambda each: isinstance(each, Mapping) and not any(_problems(each, *STEP)))


def _is_one_for_each(key: str, hint: object) -> Check:
    """Whether a value is a list of what a type says, with one entry for each value of a key."""
    is_entry = _is(hint)
    return lambda value: (
        _is_list_of(value, is_entry)
        and len({each[key] for each in cast("list[Entry]", value)}) == len(cast("list[Entry]", value))
    )


@dataclass(frozen=True, slots=True)
class SignedDivision:
    """A signature in the first entry, with the hash of what the division held."""

    team: Id
    division: Hash
    by: Text | None = None
    at: Moment | None = None


_is_wave = _is(Wave)
_is_position = _is(Position)


def _is_some_steps(value: object) -> bool:
    """Whether a value can be the numbers of steps, at least one and each once, in order."""
    return value != [] and _is_list_of(value, _is_position) and value == sorted(set(cast("list[int]", value)))


def _is_wave_of_each(value: object) -> bool:
    """Whether a value can be the waves of changes in order."""
    return value != [] and _is_list_of(value, _is_wave) and value == sorted(cast("list[int]", value))


EntrySchema = tuple[Mapping[str, Check], Mapping[str, Check]]
"""The required keys and the optional ones, each with its check."""

SIGNED: Mapping[str, Check] = {"by": _is(Text), "at": _is(Moment)}
DONE: Mapping[str, Check] = {"why": _is(Text), "wave": _is(Wave)}

STEP: EntrySchema = ({"change": _is_mapping, "was": _is(Replaced)}, {**DONE, **SIGNED})
"""A step in the first entry: the plan file had it when the log was begun."""

ENTRY_SCHEMAS: Mapping[str, EntrySchema] = {
    "begin": (
        {
            "format": _is(Format),
            "baseline": _is(Hash),
            "plan": _is(Hash | None),
            "file": _is(Text),
            "organization": _is(Text),
        },
        {
            "name": _is(Name),
            "author": _is(Text),
            "created": _is(Moment),
            "status": _is(PlanStatus),
            "review_on": _is(Day),
            "waves": _is_one_for_each("number", PlannedWave),
            "reviews": _is_one_for_each("person", SeatReview),
            "signoffs": _is_one_for_each("team", SignedDivision),
            "steps": _is_steps,
        },
    ),
    "do": (
        {
            "changes": lambda value: value != [] and _is_list_of(value, _is_mapping),
            "was": _is(tuple[Replaced, ...]),
            **SIGNED,
        },
        {**DONE, "waves": _is_wave_of_each},
    ),
    "drop": ({"step": _is(Position), **SIGNED}, {"why": _is(Text), "with": _is_some_steps}),
    "undo": ({"act": _is(Position), **SIGNED}, {}),
    "redo": ({"act": _is(Position), **SIGNED}, {}),
    "set_wave": ({"changes": _is_some_steps, "wave": _is_wave, **SIGNED}, {}),
    "describe_wave": ({"wave": _is_wave, **SIGNED}, {"name": _is(Name), "on": _is(Day)}),
    "review": ({"person": _is(Id), "verdict": _is(Verdict), **SIGNED}, {}),
    "sign_off": ({"team": _is(Id), "division": _is(Hash), **SIGNED}, {}),
    "take_back_signature": ({"team": _is(Id), **SIGNED}, {}),
    "set_status": ({"status": _is(PlanStatus), **SIGNED}, {}),
    "why": ({"step": _is(Position), **SIGNED}, {"why": _is(Text)}),
    "folding": ({"plan": _is(Hash)}, {}),
    "folded": ({"plan": _is(Hash)}, {}),
}
"""The form of the entries of each kind."""


def check_entry(entry: Entry) -> None:
    """Refuse an entry of unknown kind or form; raises InvalidEntry."""
    kind = entry.get("entry")
    if not isinstance(kind, str) or kind not in ENTRY_SCHEMAS:
        raise InvalidEntry(sentence("its kind is not known here"))
    required, optional = ENTRY_SCHEMAS[kind]
    said = {key: value for key, value in entry.items() if key not in ("entry", BEFORE, CHECKSUM)}
    if not is_uid(said.pop(UID, 0)):
        raise InvalidEntry(sentence("{key} is not as it should be", key=UID))
    for problem in _problems(said, required, optional):
        raise InvalidEntry(problem)


def _problems(
    said: Mapping[str, object], required: Mapping[str, Check], optional: Mapping[str, Check]
) -> Iterator[Sentence]:
    for key, value in said.items():
        check = required.get(key) or optional.get(key)
        if check is None:
            yield sentence("it holds a key that is not known here")
        elif not check(value):
            yield sentence("{key} is not as it should be", key=key)
    for key in required:
        if key not in said:
            yield sentence("{key} is missing", key=key)
