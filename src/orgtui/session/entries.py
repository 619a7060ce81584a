"""What the entries of a log look like: anybody may have written it, so each is checked before it counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from orgtui.model.gate import refused_character
from orgtui.model.sentence import Sentence, sentence
from orgtui.session.log import Entry

FORMAT = 1
LARGEST_INTEGER = 2**63 - 1
HASH = re.compile(r"sha256:[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)

Check = Callable[[object], bool]


class InvalidEntry(Exception):
    """An entry that no session has written; `sentence` says what is wrong with it."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.template)
        self.sentence = said


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


def _is_changes(value: object) -> bool:
    return isinstance(value, list) and value != [] and all(isinstance(each, Mapping) for each in value)


SIGNED: Mapping[str, Check] = {"by": _is_text, "at": _is_moment}
REQUIRED: Mapping[str, Mapping[str, Check]] = {
    "begin": {"format": lambda value: type(value) is int and value == FORMAT, "baseline": _is_hash},
    "do": {"changes": _is_changes},
    "drop": {"step": _is_count},
    "undo": {},
    "redo": {},
    "why": {"step": _is_count},
    "folding": {"plan": _is_hash},
    "folded": {"plan": _is_hash},
}
"""What an entry of each kind must hold."""

OPTIONAL: Mapping[str, Mapping[str, Check]] = {
    "begin": {"plan": lambda value: value is None or _is_hash(value)},
    "do": {"why": _is_text, "wave": _is_count, "imported": lambda value: value is True, **SIGNED},
    "drop": SIGNED,
    "undo": SIGNED,
    "redo": SIGNED,
    "why": {"why": _is_text, **SIGNED},
}
"""What it may hold besides."""

CHAIN = "before"
"""The hash of the line before, which the log itself checks."""


def check_entry(entry: Entry) -> None:
    """Refuse an entry of unknown kind or form; raises InvalidEntry."""
    kind = entry.get("entry")
    if not isinstance(kind, str) or kind not in REQUIRED:
        raise InvalidEntry(sentence("its kind is not known here"))
    for problem in _problems(entry, REQUIRED[kind], OPTIONAL.get(kind, {})):
        raise InvalidEntry(problem)


def _problems(
    entry: Entry, required: Mapping[str, Check], optional: Mapping[str, Check]
) -> Iterator[Sentence]:
    for key, is_right in required.items():
        if key not in entry:
            yield sentence("{key} is missing", key=key)
        elif not is_right(entry[key]):
            yield sentence("{key} is not as it should be", key=key)
    for key in entry:
        if key in required or key in ("entry", CHAIN):
            continue
        if key not in optional:
            yield sentence("it holds a key that is not known here")
        elif not optional[key](entry[key]):
            yield sentence("{key} is not as it should be", key=key)
