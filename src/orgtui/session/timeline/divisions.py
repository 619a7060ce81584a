"""What the divisions of an organisation hold, as hashes that tell whether anything in one has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from orgtui.files.schema.entries import record_to_entry
from orgtui.files.toml import writing as toml
from orgtui.model.store import Organization, Set

CONTENT = ("team", "function", "person")
"""The tables that a division is made of."""


class Divisions:
    """The divisions of an organisation and their hashes; those of teams are kept until `note` names them.

    A hash costs the teams of the division, and the records of those that are new or changed since.
    """

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        self._by_team: dict[str, bytes] = {}
        self._by_division: dict[str, str] = {}

    def note(self, sets: Iterable[Set]) -> None:
        """Take note of assignments that were applied to the organisation."""
        for each in sets:
            if each.table in CONTENT:
                self._by_division.clear()
                for record in (each.old, each.new):
                    self._by_team.pop(_team_of(record), None)

    def has(self, team: str) -> bool:
        """Whether a team is a division: a child of the root."""
        record = self._organization.teams.get(team)
        return record is not None and record.parent == self._organization.root

    def is_empty(self, division: str) -> bool:
        """Whether a division has neither functions nor open seats."""
        held = ("functions_of", "members")
        there = self._organization
        return not any(there.index(name, team) for team in self._below(division) for name in held)

    def division_of(self, record: Any) -> str | None:
        """The division that a team, function or seat belongs to; None if to none."""
        teams, team = self._organization.teams, _team_of(record)
        if team not in teams:
            team = getattr(record, "parent", None) or ""
        while team in teams and not self.has(team):
            team = teams[team].parent or ""
        return team if team in teams else None

    def hash_of(self, team: str) -> str | None:
        """The hash of all teams, functions and seats of a division; None if the team is none."""
        if not self.has(team):
            return None
        known = self._by_division.get(team)
        if known is None:
            parts = b"".join(self._hash_of_team(each) for each in sorted(self._below(team)))
            known = self._by_division[team] = "sha256:" + hashlib.sha256(parts).hexdigest()
        return known

    def _below(self, division: str) -> Iterator[str]:
        """A division and all teams below it."""
        left = [division]
        while left:
            team = left.pop()
            yield team
            left += self._organization.index("children", team)

    def _hash_of_team(self, team: str) -> bytes:
        known = self._by_team.get(team)
        if known is None:
            text = "".join(map(_written, self._records(team)))
            known = self._by_team[team] = hashlib.sha256(text.encode()).digest()
        return known

    def _records(self, team: str) -> Iterator[Any]:
        """A team, its functions and its seats."""
        there = self._organization
        yield there.teams[team]
        for function in sorted(there.index("functions_of", team)):
            yield there.functions[function]
        for person in sorted((*there.index("members", team), *there.index("closed_members", team))):
            yield there.people[person]


def _team_of(record: Any) -> str:
    """The team that a record belongs to, "" if to none."""
    return record.id if hasattr(record, "parent") else getattr(record, "team", None) or ""


def _written(record: Any) -> str:
    """A record as text: the same for equal records."""
    entry = record_to_entry(record)
    plain = {
        key: dict(sorted(each.items())) if isinstance(each, dict) else each for key, each in entry.items()
    }
    return toml.table(f"[{type(record).__name__}]", plain)
