"""Short words for small organisations written by hand."""

from datetime import date
from typing import Any

from .definitions import Entry
from .naive import found, read

TODAY = date(2026, 11, 21)


def document(**tables: list[Entry]) -> dict[str, Any]:
    """An organisation of these tables, every entry named after its id."""
    named = {
        table: [{"name": entry["id"]} | entry if "id" in entry else entry for entry in entries]
        for table, entries in tables.items()
        if table != "rules"
    }
    return {"format": 1, "organization": {"name": "O", "as_of": TODAY}, **named}


def team(identifier: str, parent: str | None = None, **keys: Any) -> Entry:
    return {"id": identifier} | ({"parent": parent} if parent else {}) | keys


def seat(identifier: str, at: str, **keys: Any) -> Entry:
    return {"id": identifier, "team": at} | keys


def work(identifier: str, at: str | None = None, **keys: Any) -> Entry:
    return {"id": identifier} | ({"team": at} if at else {}) | keys


def link(start: str, end: str, topic: str = "seo", **keys: Any) -> Entry:
    return {"from": start, "to": end, "topic": topic} | keys


def handoff(start: str, end: str) -> Entry:
    return {"from": start, "to": end}


def subjects(code: str, organisation: dict[str, Any]) -> list[str]:
    """The subjects of the rule's findings, awake or not, each finding in one word."""
    return [" ".join(subject) for _, subject in found(read(organisation), code)]


def stages(*identifiers: str, **owners: str) -> list[Entry]:
    return [{"id": s} | ({"owner": owners[s]} if s in owners else {}) for s in identifiers]
