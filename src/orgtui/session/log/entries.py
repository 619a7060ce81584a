"""The format of log entries; anybody may have written the log, so each entry is checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from math import isfinite

from orgtui.model.gate import refused_character
from orgtui.model.sentence import Sentence, SentenceError, sentence
from orgtui.session.log.chain import BEFORE
from orgtui.session.store import Entry

FORMAT = 1
LARGEST_INTEGER = 2**63 - 1
DEPTH = 20
"""How deeply the values under `was` may be nested."""

HASH = re.compile(r"sha256:[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)

Check = Callable[[object], bool]


class InvalidEntry(SentenceError):
    """An entry that is not valid or does not fit; `sentence` says what is wrong with it."""

    def at(self, number: int) -> InvalidEntry:
        """The same, with the number of the entry."""
        return InvalidEntry(sentence("entry {number}: {reason}", number=number, reason=self.sentence))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and refused_character(value) is None


def _is_count(value: object) -> bool:
    return type(value) is int and 1 <= value <= LARGEST_INTEGER


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and HASH.fullmatch(value) is not None


def _is_list_of(value: object, check: Check) -> bool:
    return isinstance(value, list) and all(check(each) for each in value)


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_replaced(value: object) -> bool:
    """Whether something is a table as in plan files under `was`."""
    return isinstance(value, Mapping) and _is_plain(value, DEPTH)


def _is_plain(value: object, depth: int) -> bool:
    if isinstance(value, str):
        return refused_character(value) is None
    if isinstance(value, bool):
        return True
    if isinstance(value, int):
        return abs(value) <= LARGEST_INTEGER
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, list):
        return depth > 0 and all(_is_plain(each, depth - 1) for each in value)
    if isinstance(value, Mapping):
        return depth > 0 and all(_is_plain(each, depth - 1) for pair in value.items() for each in pair)
    return False


def _is_steps(value: object) -> bool:
    return _is_list_of(value, lambda each: isinstance(each, Mapping) and not any(_problems(each, *STEP)))


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


STATUSES = ("draft", "proposed", "approved", "applied")

Form = tuple[Mapping[str, Check], Mapping[str, Check]]
"""The required keys and the optional ones, each with its check."""

SIGNED: Mapping[str, Check] = {"by": _is_text, "at": _is_moment}
DONE: Mapping[str, Check] = {"why": _is_text, "wave": _is_count}

STEP: Form = ({"change": _is_mapping, "was": _is_replaced}, {**DONE, **SIGNED})
"""A step in the first entry: the plan file had it when the log was begun."""

FORMS: Mapping[str, Form] = {
    "begin": (
        {
            "format": lambda value: type(value) is int and value == FORMAT,
            "baseline": _is_hash,
            "plan": lambda value: value is None or _is_hash(value),
            "file": _is_text,
            "organization": _is_text,
        },
        {
            "name": _is_text,
            "author": _is_text,
            "created": _is_moment,
            "status": lambda value: value in STATUSES,
            "review_on": _is_day,
            "steps": _is_steps,
        },
    ),
    "do": (
        {
            "changes": lambda value: value != [] and _is_list_of(value, _is_mapping),
            "was": lambda value: _is_list_of(value, _is_replaced),
            **SIGNED,
        },
        DONE,
    ),
    "drop": ({"step": _is_count, **SIGNED}, {}),
    "undo": ({"act": _is_count, **SIGNED}, {}),
    "redo": ({"act": _is_count, **SIGNED}, {}),
    "why": ({"step": _is_count, **SIGNED}, {"why": _is_text}),
    "folding": ({"plan": _is_hash}, {}),
    "folded": ({"plan": _is_hash}, {}),
}
"""The form of the entries of each kind."""


def check_entry(entry: Entry) -> None:
    """Refuse an entry of unknown kind or form; raises InvalidEntry."""
    kind = entry.get("entry")
    if not isinstance(kind, str) or kind not in FORMS:
        raise InvalidEntry(sentence("its kind is not known here"))
    required, optional = FORMS[kind]
    said = {key: value for key, value in entry.items() if key not in ("entry", BEFORE)}
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
