"""A draft of an organisation: the records that a change puts or removes, over the present ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from orgtui.changes.refusal import refuse
from orgtui.model import records as r
from orgtui.model.gate import look_alikes
from orgtui.model.indexes import INDEXES
from orgtui.model.records import PERSON_PREFIX, TEAM_PREFIX, Key, Record
from orgtui.model.schema import shown
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import TABLE_OF, Organization, Set, key_of

UNKNOWN_ID = {
    "pillar": N_("There is no pillar {id}"),
    "department": N_("There is no department {id}"),
    "stage": N_("There is no stage {id}"),
    "area": N_("There is no area {id}"),
    "team": N_("There is no team {id}"),
    "function": N_("There is no function {id}"),
    "person": N_("There is no seat {id}"),
    "goal": N_("There is no goal {id}"),
    "mission": N_("There is no mission {id}"),
    "tool": N_("There is no tool {id}"),
    "skill": N_("There is no skill {id}"),
}
TABLE_OF_INDEX = {each.name: each.table for each in INDEXES}


class Draft:
    """An organisation with the edits of one change, which alter nothing before they are applied as `sets()`.

    Methods that look up a record raise Refused if there is none.
    """

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self._changed: dict[tuple[str, Key], Record | None] = {}
        self._orders: dict[str, Sequence[Key]] = {}
        self._tables: set[str] = set()

    # -- reading -----------------------------------------------------------------------------------

    def get(self, table: str, key: Key) -> Any:
        """The record with the edits so far; None if there is none."""
        if (table, key) in self._changed:
            return self._changed[table, key]
        return self.organization.tables[table].get(key)

    def require(self, table: str, identity: str) -> Any:
        """The record with the edits so far; raises Refused if there is none."""
        record = self.get(table, identity)
        if record is None:
            raise refuse(UNKNOWN_ID[table], id=Ref.to(table, identity))
        return record

    def team(self, identity: str) -> r.Team:
        return cast(r.Team, self.require("team", identity))

    def function(self, identity: str) -> r.Function:
        return cast(r.Function, self.require("function", identity))

    def goal(self, identity: str) -> r.Goal:
        return cast(r.Goal, self.require("goal", identity))

    def department(self, identity: str) -> r.Department:
        return cast(r.Department, self.require("department", identity))

    def open_seat(self, identity: str) -> r.Person:
        """A seat; raises Refused if it is closed."""
        person = cast(r.Person, self.require("person", identity))
        if person.state == "closed":
            raise refuse("The seat {person} is closed", person=Ref.to("person", identity))
        return person

    def open_seats(self, identities: Iterable[str]) -> list[r.Person]:
        """Seats by id; raises Refused for the first that is closed or does not exist."""
        return [self.open_seat(each) for each in identities]

    def check_all_exist(self, table: str, identities: Iterable[str]) -> None:
        """Raise Refused for the first id that is unknown."""
        for each in identities:
            self.require(table, each)

    def check_exists(self, table: str, identity: str | None) -> None:
        """Raise Refused if an id is given and unknown."""
        if identity is not None:
            self.require(table, identity)

    def check_lead(self, person: str | None) -> None:
        """Raise Refused if a lead is given and has no open seat."""
        if person is not None:
            self.open_seat(person)

    def check_new(self, table: str, identity: str) -> None:
        """Raise Refused if an id is taken."""
        if self.get(table, identity) is not None:
            raise refuse("The id {id} already belongs to {owner}", id=identity, owner=Ref.to(table, identity))

    def check_names(self) -> None:
        """Refuse a new name that differs from another of its kind only in what cannot be seen."""
        for table in UNKNOWN_ID:
            if table not in self._tables:
                continue
            changed = self.changed_records(table)
            new = {
                after.name
                for _, before, after in changed
                if after is not None and after.name and (before is None or before.name != after.name)
            }
            if not new:
                continue
            keys = {key for key, _, _ in changed}
            names = [
                each.name for key, each in self.organization.tables[table].rows().items() if key not in keys
            ]
            names += [after.name for _, _, after in changed if after is not None]
            alike = look_alikes(name for name in names if name)
            for name in new & alike.keys():
                raise refuse(
                    "{name} looks like another name, {other}, and is not the same; write it as that one is",
                    name=shown(name),
                    other=shown(alike[name]),
                )

    def team_at(self, end: str) -> str:
        """The team at an end of a knowledge link; for a person, the team of that person."""
        if end.startswith(TEAM_PREFIX):
            return self.team(end.removeprefix(TEAM_PREFIX)).id
        return cast(r.Person, self.require("person", end.removeprefix(PERSON_PREFIX))).team

    def index(self, name: str, key: Key) -> list[Any]:
        """The entries of an index under a key before the change, in file order."""
        table = self.organization.tables[TABLE_OF_INDEX[name]]
        return sorted(self.organization.index(name, key), key=table.rank)

    def functions_of(self, team: str) -> list[str]:
        return self.index("functions_of", team)

    def seats_of(self, team: str) -> list[str]:
        """All seats of a team, closed ones last."""
        return self.index("members", team) + self.index("closed_members", team)

    def is_below(self, team: str, above: str) -> bool:
        """Whether `team` is `above` itself or lies below it."""
        return above in self.path_to_root(team)

    def path_to_root(self, team: str) -> list[str]:
        """A team and the teams above it, up to the root."""
        line = [team]
        while (parent := self.team(line[-1]).parent) is not None:
            line.append(parent)
        return line

    def focus_team_of(self, function: str) -> str | None:
        """The focus team on a function, if any."""
        return next(iter(self.organization.index("focus_on", function)), None)

    # -- writing -----------------------------------------------------------------------------------

    def put(self, record: Record) -> None:
        """Add a record, or replace the one with the same key."""
        table = TABLE_OF[type(record)]
        self._changed[table, key_of(table, record)] = record
        self._tables.add(table)

    def remove(self, table: str, key: Key) -> None:
        """Remove a record."""
        self._changed[table, key] = None
        self._tables.add(table)

    def changed_records(self, table: str) -> list[tuple[Any, Any, Any]]:
        """Key, old and new record of every edit in a table so far; None for an absent record."""
        if table not in self._tables:
            return []
        before = self.organization.tables[table]
        return [(key, before.get(key), new) for (name, key), new in self._changed.items() if name == table]

    def put_in_order(self, table: str, keys: Sequence[Key]) -> None:
        """Let the records of a table, those put so far among them, stand in this order."""
        self._orders[table] = keys

    def sets(self) -> list[Set]:
        """The assignments that lead from the organisation to this draft."""
        moved = {(table, key): self.get(table, key) for table in self._orders for key in self._moved(table)}
        sets = [
            self.organization.assignment(table, key, new)
            for (table, key), new in self._changed.items()
            if (table, key) not in moved and self.organization.tables[table].get(key) != new
        ]
        sets += [
            self.organization.assignment(table, key, None)
            for table, key in moved
            if key in self.organization.tables[table]
        ]
        return [*sets, *(Set(table, key, None, record) for (table, key), record in moved.items())]

    def _moved(self, table: str) -> Sequence[Key]:
        """The wanted keys of a table, from the first on that does not stand there yet."""
        wanted = self._orders[table]
        staying = [key for key in self.organization.tables[table] if self.get(table, key) is not None]
        pairs = zip(staying, wanted, strict=False)
        first = next((place for place, (here, there) in enumerate(pairs) if here != there), len(staying))
        return wanted[first:]
