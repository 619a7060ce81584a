"""Records as entries of TOML files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from orgtui.model import records as r

FIELD_ORDER: Mapping[type, tuple[str, ...]] = {
    r.Profile: ("name", "vision", "as_of", "review_on", "currency"),
    r.Team: (
        *("id", "name", "parent", "lead", "acting_until", "goals", "review", "pay_budget", "tools", "focus"),
    ),
    r.Person: (
        *("id", "name", "title", "team", "state", "fte", "functions", "skills", "learning", "assistant"),
    ),
}
"""The order of keys in files, where it differs from that of the record's fields."""


def record_to_entry(record: Any) -> dict[str, Any]:
    """A record as a dict for TOML: numbers in their one form, fields at their default left out."""
    record_type: type = type(record)
    return {
        key: value if convert is None else convert(value)
        for key, name, default, convert in _layout(record_type)
        if (value := getattr(record, name)) != default
    }


_CONVERT: Mapping[tuple[type, str], Callable[[Any], object]] = {
    **r.WRITTEN,
    (r.Team, "focus"): record_to_entry,
}


@cache
def _layout(record_type: type) -> list[tuple[str, str, object, Callable[[Any], object] | None]]:
    """Key, field, default and conversion of every field; required ones have no default."""
    known = {each.name: each for each in fields(record_type)}
    return [
        (r.written_key(known[name]), name, _default(known[name]), _CONVERT.get((record_type, name)))
        for name in FIELD_ORDER.get(record_type, tuple(known))
    ]


def _default(each: Any) -> object:
    return each.default_factory() if each.default_factory is not MISSING else each.default
