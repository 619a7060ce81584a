"""Writing TOML in canonical form: one text for the same data, lists and inner tables on one line.

Values are written by tomli-w, except for text, which is most of a file: the standard library writes the same
in less than half of the time. tomli-w would write each entry of a list on a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

import tomli_w

from orgtui.files.toml.problems import format_key

_key = lru_cache(maxsize=1_000)(format_key)


@lru_cache(maxsize=4_000, typed=True)
def _literal(value: object) -> str:
    """A number, boolean or date; few distinct ones occur, so they are cached."""
    return tomli_w.dumps({"x": value}).removeprefix("x = ").removesuffix("\n")


def key_value_lines(entries: Mapping[str, object]) -> str:
    """A line `key = value` for each key; raises TypeError for a value that TOML cannot hold."""
    return "".join([f"{_key(key)} = {_WRITERS[type(value)](value)}\n" for key, value in entries.items()])


def table(header: str, entries: Mapping[str, object]) -> str:
    """A table after an empty line; `header` is `[name]`, or `[[name]]` for an entry of a list."""
    return f"\n{header}\n{key_value_lines(entries)}"


class _Writers(dict[type, Callable[[Any], str]]):
    """The functions that write values, by type or base type."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        for each in kind.__mro__[1:]:
            if each in self:
                return self.setdefault(kind, self[each])
        raise TypeError(f"TOML has no {kind.__name__}")


def _inline_table(table: Mapping[str, object]) -> str:
    inside = ", ".join([f"{_key(key)} = {_WRITERS[type(value)](value)}" for key, value in table.items()])
    return f"{{ {inside} }}" if inside else "{}"


def _list(values: list[object] | tuple[object, ...]) -> str:
    return f"[{', '.join([_WRITERS[type(value)](value) for value in values])}]"


_WRITERS = _Writers(
    {
        bool: _literal,
        int: _literal,
        float: _literal,
        str: encode_basestring,
        date: _literal,
        datetime: datetime.isoformat,
        dict: _inline_table,
        list: _list,
        tuple: _list,
    }
)
