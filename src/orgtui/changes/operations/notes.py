"""Operations on notes: dated remarks on anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from orgtui.changes.base import Change, WriteKey, operation, record_to_mapping
from orgtui.changes.draft import Draft
from orgtui.changes.operations.skills import is_known_skill
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import NotedRef
from orgtui.model.indexes import normalized_topic
from orgtui.model.kinds import METRICS, Moment, Text
from orgtui.model.records import Note
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


def _replaced_values(organization: Organization, key: tuple[str, str]) -> dict[str, object]:
    there = organization.notes.get(key)
    return {} if there is None else record_to_mapping(there, "by", "at")


def _write_set(key: tuple[str, str]) -> tuple[WriteKey, ...]:
    return (("note", ">".join(key)),)


@operation(says=N_("noted on {on}: {text}"))
@dataclass(frozen=True, slots=True)
class TakeNote(Change):
    """Write a remark down; whose it is and its day are those of the change."""

    op: ClassVar[str] = "note"
    on: NotedRef
    text: Text
    by: Text | None = None
    at: Moment | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.on, self.text

    def signed(self, by: str, at: datetime) -> Change:
        return replace(self, by=self.by or by, at=self.at or at)

    def edit(self, draft: Draft) -> None:
        _check_noted(draft, Ref(self.on))
        if draft.get("note", self.key) is not None:
            raise refuse("{on} has this note already", on=Ref(self.on))
        draft.put(Note(self.on, self.text, self.by, None if self.at is None else self.at.date()))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _replaced_values(organization, self.key)

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.key)


@operation(says=N_("removed the note on {on}: {text}"))
@dataclass(frozen=True, slots=True)
class RemoveNote(Change):
    """Take a remark away."""

    op: ClassVar[str] = "remove_note"
    on: NotedRef
    text: Text

    @property
    def key(self) -> tuple[str, str]:
        return self.on, self.text

    def edit(self, draft: Draft) -> None:
        if draft.get("note", self.key) is None:
            raise refuse("{on} has no such note", on=Ref(self.on))
        draft.remove("note", self.key)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _replaced_values(organization, self.key)

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.key)


# -- what a note can be on -------------------------------------------------------------------------


def _is_topic(organization: Organization, topic: str) -> bool:
    wanted = normalized_topic(topic)
    return any(normalized_topic(each.topic) == wanted for each in organization.requests.values())


def _is_link(table: str) -> Callable[[Organization, str], bool]:
    return lambda organization, identity: any(">".join(key) == identity for key in organization.tables[table])


KNOWN: Mapping[str, Callable[[Organization, str], bool]] = {
    "skill": is_known_skill,
    "topic": _is_topic,
    "purpose": lambda organization, purpose: bool(organization.index("tools_for", purpose)),
    "handoff": _is_link("handoff"),
    "request": _is_link("request"),
    "share": _is_link("share"),
    "metric": lambda _, metric: metric in METRICS,
    "wave": lambda _, number: number.isascii() and number.isdigit() and int(number) > 0,
}
"""Whether something is there, by kinds that are no tables with ids; the plan alone knows its waves."""


def _check_noted(draft: Draft, on: Ref) -> None:
    """Raise Refused if what a note is to be on is unknown or a closed seat."""
    if on.kind == "person":
        draft.open_seat(on.id)
    elif on.kind not in KNOWN:
        draft.require(on.kind, on.id)
    elif not KNOWN[on.kind](draft.organization, on.id):
        raise refuse("There is nothing like {id} that a note could be on", id=str(on))
