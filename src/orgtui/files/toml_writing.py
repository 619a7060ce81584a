"""TOML as we write it: one canonical text for the same data, short tables inline."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from orgtui.files.problems import key_as_written


def assignments(entries: Mapping[str, object]) -> str:
    """One line for each key."""
    return "".join(f"{key_as_written(key)} = {_value(value)}\n" for key, value in entries.items())


def table(header: str, entries: Mapping[str, object]) -> str:
    """A table with an empty line before it: `[header]`, or an entry of a list for `[[header]]`."""
    return f"\n{header}\n{assignments(entries)}"


def sections(header: str, entries: Iterable[Mapping[str, object]]) -> str:
    """A list of tables."""
    return "".join(table(f"[[{header}]]", each) for each in entries)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            inside = ", ".join(f"{key_as_written(key)} = {_value(each)}" for key, each in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case Sequence():
            return f"[{', '.join(map(_value, value))}]"
    raise TypeError(f"TOML has no {type(value).__name__}")
