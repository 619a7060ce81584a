"""Records as the plain entries that are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any

from orgtui.model import records as r

WRITTEN: Mapping[type, Mapping[str, str]] = {
    r.Handoff: {"source": "from", "target": "to"},
    r.Share: {"source": "from", "target": "to"},
    r.Request: {"team": "from", "department": "to"},
}
"""Fields that are written under another key."""

ORDER: dict[type, tuple[str, ...]] = {
    r.Profile: ("name", "vision", "as_of", "review_on", "currency"),
    r.Person: ("id", "name", "title", "team", "state", "fte", "functions", "skills", "learning"),
}
"""The fields in the order in which they are written, where that is not the order of the record."""


def key_of(record_type: type, name: str) -> str:
    """The key under which a field is written."""
    return WRITTEN.get(record_type, {}).get(name, name)


def entry(record: Any) -> dict[str, Any]:
    """A record as it is written: shares as fractions, what is at its default left out."""
    record_type: type = type(record)
    return {
        key: _plain(record, name, value)
        for key, name, default in _layout(record_type)
        if (value := getattr(record, name)) != default
    }


def share(percent: int) -> float:
    """A share of a week as it is written."""
    return percent / 100


@cache
def _layout(record_type: type) -> list[tuple[str, str, object]]:
    """Key, field and default of every field; required ones have no default."""
    defaults = {each.name: _default(each) for each in fields(record_type)}
    names = ORDER.get(record_type, tuple(defaults))
    return [(key_of(record_type, name), name, defaults[name]) for name in names]


def _default(each: Any) -> object:
    return each.default_factory() if each.default_factory is not MISSING else each.default


def _plain(record: object, name: str, value: Any) -> Any:
    if isinstance(record, r.Person):
        if name == "fte":
            return share(value)
        if name == "functions":
            return {function: share(percent) for function, percent in value.items()}
    if is_dataclass(value):
        return entry(value)
    return value
