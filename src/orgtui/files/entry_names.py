"""What the entries of organisation files are called where something is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from orgtui.files.toml.problems import KeyPath
from orgtui.model.gate import is_clean

Entry = Mapping[str, Any]

LIST_PATHS: tuple[KeyPath, ...] = (("organization", "pillars"),)
"""The lists with ids that lie deeper than the tables of the file."""


def entry_name(data: Mapping[str, Any], path: KeyPath) -> str:
    """What the entry of a path is called: its id, or what it joins; "" if that is not there."""
    depth = 2 if path[:2] in LIST_PATHS else 1
    if len(path) <= depth or not isinstance(path[depth], int):
        return ""
    found: Any = data
    for step in path[: depth + 1]:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return ""
    if not isinstance(found, dict):
        return ""
    return WITHOUT_ID.get(str(path[0]), _id)(found)


def _id(entry: Entry) -> str:
    return _text(entry, "id")


def _joined(entry: Entry) -> str:
    source, target = _text(entry, "from"), _text(entry, "to")
    return f"{source} → {target}" if source and target else ""


def _with_topic(entry: Entry) -> str:
    """The ends of a link or a request, and its topic."""
    ends = _joined(entry)
    return ends and ", ".join(filter(None, (ends, _text(entry, "topic"))))


def _target(entry: Entry) -> str:
    metric, team = _text(entry, "metric"), _text(entry, "team")
    return metric and (f"{metric}, team:{team}" if team else metric)


def _acceptance(entry: Entry) -> str:
    subjects = entry.get("subjects")
    texts = [each for each in subjects if _is_readable(each)] if isinstance(subjects, list) else []
    code = _text(entry, "code")
    return code and ", ".join((code, *texts))


WITHOUT_ID: Mapping[str, Callable[[Entry], str]] = {
    "handoff": _joined,
    "share": _with_topic,
    "request": _with_topic,
    "target": _target,
    "accept": _acceptance,
    "note": lambda _: "",
}
"""By table whose entries have no id, what an entry is called."""


def _text(entry: Entry, key: str) -> str:
    """The text under a key; "" if there is none that can be read."""
    text = entry.get(key)
    return text if _is_readable(text) else ""


def _is_readable(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and bool(text.strip()) and is_clean(text)
