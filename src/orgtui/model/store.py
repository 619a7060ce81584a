"""The organisation as tables of records, with its indexes and counts, which only the store writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from orgtui.model import records as r
from orgtui.model.indexes import COUNTS, INDEXES, Count, Index
from orgtui.model.records import Key, Record

R = TypeVar("R")
T = TypeVar("T")
Cell = tuple[str, Key]
"""What a reader can depend on: `("person", id)` a record, `("person.ids", "")` which records exist,
`(name, key)` an entry of an index or a count."""

Buckets = dict[Key, tuple[Any, ...]]
"""An index: the keys of the records that carry a key. Mostly these are so few that a dict would take three
times the memory."""

RECORD_TYPES: dict[str, type] = {
    "profile": r.Profile,
    "files": r.Files,
    "pillar": r.Pillar,
    "department": r.Department,
    "stage": r.Stage,
    "area": r.Area,
    "team": r.Team,
    "function": r.Function,
    "person": r.Person,
    "skill": r.SkillName,
    "goal": r.Goal,
    "handoff": r.Handoff,
    "share": r.Share,
    "request": r.Request,
    "mission": r.Mission,
    "tool": r.Tool,
    "target": r.Target,
    "note": r.Note,
    "rules": r.RuleSettings,
    "accept": r.Acceptance,
}
"""The type of the records of each table; tables in the order in which they are written."""

IDS: Mapping[str, str] = {table: f"{table}.ids" for table in RECORD_TYPES}
"""The first part of the cell that says which records exist, by table."""

TABLE_OF: dict[type, str] = {record_type: table for table, record_type in RECORD_TYPES.items()}

_ID = attrgetter("id")
_KEYS: dict[str, Callable[[Any], Key]] = {
    "profile": lambda _: "",
    "files": lambda _: "",
    "rules": lambda _: "",
    "handoff": attrgetter("source", "target"),
    "share": attrgetter("source", "target", "topic"),
    "request": attrgetter("team", "department", "topic"),
    "target": lambda target: (target.metric, target.team or "", target.bound),
    "note": attrgetter("on", "text"),
    "accept": lambda acceptance: (acceptance.code, *acceptance.subjects),
}


def key_of(table: str, record: Record) -> Key:
    """The key of a record in its table."""
    key: Key = _KEYS.get(table, _ID)(record)
    return key


@dataclass(frozen=True, slots=True)
class Set:
    """One assignment: the record under `key` in `table` changes from `old` to `new`; None is no record.

    `rank` is where a record stood that goes, or where one is put back; without it a record that comes stands
    last.
    """

    table: str
    key: Key
    old: Record | None
    new: Record | None
    rank: int | None = None

    def inverse(self) -> Set:
        """The assignment that undoes this one."""
        return Set(self.table, self.key, self.new, self.old, self.rank)


def inverse(sets: Iterable[Set]) -> list[Set]:
    """The assignments that undo `sets`, in order."""
    return [each.inverse() for each in reversed(list(sets))]


class StaleSet(Exception):
    """The record in the table is not the one that an assignment expects as `old`."""


class Table(Generic[R]):
    """The records of one kind by key, in file order.

    A record that comes stands last, also one that was there before; only an undo puts it back to its place.
    Ranks are the same again once everything is undone, so what was compiled in a trial still fits.
    """

    __slots__ = ("_in_order", "_is_shared", "_known_ranks", "_next_rank", "_rows")

    def __init__(self, rows: dict[Key, R]) -> None:
        self._rows = rows
        self._known_ranks: dict[Key, int] | None = None
        self._next_rank = len(rows)
        self._in_order = True
        self._is_shared = False

    def get(self, key: Key) -> R | None:
        return self._rows.get(key)

    def __getitem__(self, key: Key) -> R:
        return self._rows[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        """The keys in order; ids where the records have one."""
        return iter(self._ordered())

    def values(self) -> ValuesView[R]:
        return self._ordered().values()

    def rank(self, key: Key) -> int:
        """What a record is sorted by in file order; unknown keys come last."""
        return self._ranks().get(key, self._next_rank)

    def rows(self) -> Mapping[Key, R]:
        """All records by key, in no particular order."""
        return self._rows

    def standing_elsewhere(self, other: Table[R]) -> set[Key]:
        """The keys of both tables whose ranks differ."""
        ranks, others = self._ranks(), other._ranks()
        if ranks == others:
            return set()
        return {key for key, rank in ranks.items() if others.get(key, rank) != rank}

    def copy(self) -> Table[R]:
        """A table of the same records in the same order; the rows are shared until one of the two changes."""
        duplicate = Table(self._ordered())
        duplicate._known_ranks = None if self._known_ranks is None else dict(self._known_ranks)
        duplicate._next_rank = self._next_rank
        self._is_shared = duplicate._is_shared = True
        return duplicate

    def take_ranks(self, other: Table[R]) -> None:
        """Give each record the rank it has in a table of the same records in the same order."""
        self._known_ranks = dict(other._ranks())
        self._next_rank = other._next_rank

    def _ranks(self) -> dict[Key, int]:
        """The rank of each record; computed when it is first needed."""
        if self._known_ranks is None:
            self._known_ranks = {key: rank for rank, key in enumerate(self._rows)}
        return self._known_ranks

    def _ordered(self) -> dict[Key, R]:
        if not self._in_order:
            ranks = self._ranks()
            self._rows = dict(sorted(self._rows.items(), key=lambda item: ranks[item[0]]))
            self._is_shared = False
            self._in_order = True
        return self._rows

    def _put(self, key: Key, record: R | None, rank: int | None) -> None:
        """Put a record, a new one with this rank or last; or take the one under a key away."""
        if self._is_shared:
            self._rows = dict(self._rows)
            self._is_shared = False
        if record is not None and key in self._rows:
            self._rows[key] = record
            return
        ranks = self._ranks()
        if record is None:
            del self._rows[key]
            if ranks.pop(key) == self._next_rank - 1:
                self._next_rank -= 1  # the next one has this rank, as if this one had never been
            return
        if rank is None:
            rank = self._next_rank
        if rank < self._next_rank:
            self._in_order = False
        else:
            self._next_rank = rank + 1
        ranks[key] = rank
        self._rows[key] = record


class _Fields:
    """Which fields of a record type differ between two records."""

    __slots__ = ("getter", "names")

    def __init__(self, record_type: type) -> None:
        self.names = tuple(each.name for each in fields(record_type))
        self.getter = attrgetter(*self.names)

    def changed(self, old: Record, new: Record) -> set[str]:
        before, after = self.getter(old), self.getter(new)
        return {name for name, was, now in zip(self.names, before, after, strict=True) if was != now}


_FIELDS = {table: _Fields(record_type) for table, record_type in RECORD_TYPES.items()}


class Organization:
    """All tables of one organisation. `apply` is the only way to change it once it is built."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        rows: dict[str, dict[Key, Any]] = {table: {} for table in RECORD_TYPES}
        places = {kind: (rows[table], _KEYS.get(table, _ID)) for table, kind in RECORD_TYPES.items()}
        for record in records:
            into, key = places[type(record)]
            into[key(record)] = record
        self.tables: dict[str, Table[Any]] = {table: Table(found) for table, found in rows.items()}
        self._indexes: dict[str, Buckets] = {}
        self._counts: dict[str, dict[Key, int]] = {}
        self._shared: set[str] = set()
        """The indexes and counts that must be copied before they are changed."""

    # -- records -------------------------------------------------------------------------------

    @property
    def profile(self) -> r.Profile:
        return cast(r.Profile, self.tables["profile"][""])

    @property
    def files(self) -> r.Files:
        return cast(r.Files, self.tables["files"].get("") or r.Files())

    @property
    def rules(self) -> r.RuleSettings:
        return cast(r.RuleSettings, self.tables["rules"].get("") or r.RuleSettings())

    @property
    def pillars(self) -> Table[r.Pillar]:
        return self.tables["pillar"]

    @property
    def departments(self) -> Table[r.Department]:
        return self.tables["department"]

    @property
    def stages(self) -> Table[r.Stage]:
        return self.tables["stage"]

    @property
    def areas(self) -> Table[r.Area]:
        return self.tables["area"]

    @property
    def teams(self) -> Table[r.Team]:
        return self.tables["team"]

    @property
    def functions(self) -> Table[r.Function]:
        return self.tables["function"]

    @property
    def people(self) -> Table[r.Person]:
        return self.tables["person"]

    @property
    def skills(self) -> Table[r.SkillName]:
        return self.tables["skill"]

    @property
    def goals(self) -> Table[r.Goal]:
        return self.tables["goal"]

    @property
    def handoffs(self) -> Table[r.Handoff]:
        return self.tables["handoff"]

    @property
    def shares(self) -> Table[r.Share]:
        return self.tables["share"]

    @property
    def requests(self) -> Table[r.Request]:
        return self.tables["request"]

    @property
    def missions(self) -> Table[r.Mission]:
        return self.tables["mission"]

    @property
    def tools(self) -> Table[r.Tool]:
        return self.tables["tool"]

    @property
    def targets(self) -> Table[r.Target]:
        return self.tables["target"]

    @property
    def notes(self) -> Table[r.Note]:
        return self.tables["note"]

    @property
    def acceptances(self) -> Table[r.Acceptance]:
        return self.tables["accept"]

    @property
    def root(self) -> str:
        """The id of the one team without parent."""
        return cast(str, next(iter(self.index("children", ""))))

    def records(self) -> Iterator[Record]:
        """Every record, table by table, in file order."""
        for table in self.tables.values():
            yield from table.values()

    def copy(self) -> Organization:
        """An independent copy; its tables, indexes and counts are shared until one of the two changes."""
        duplicate = Organization()
        duplicate.tables = {name: table.copy() for name, table in self.tables.items()}
        duplicate._indexes, duplicate._counts = dict(self._indexes), dict(self._counts)
        self._shared = {*self._indexes, *self._counts}
        duplicate._shared = set(self._shared)
        return duplicate

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same records, in any order."""
        if not isinstance(other, Organization):
            return NotImplemented
        return all(table.rows() == other.tables[name].rows() for name, table in self.tables.items())

    __hash__ = None  # type: ignore[assignment]

    # -- indexes and counts, each built when it is first read ------------------------------------

    def index(self, name: str, key: Key) -> tuple[Any, ...]:
        """The keys of the records that carry `key` in the index `name`, in no particular order."""
        return self.index_keys(name).get(key, ())

    def index_keys(self, name: str) -> Mapping[Key, tuple[Any, ...]]:
        """The whole index `name`; keys without records are absent."""
        buckets = self._indexes.get(name)
        return self._indexed(_INDEXES[name]) if buckets is None else buckets

    def count(self, name: str, key: Key) -> int:
        """The count `name` under `key`, 0 if nothing was counted."""
        totals = self._counts.get(name)
        if totals is None:
            totals = self._counted(_COUNTS[name])
        return totals.get(key, 0)

    def _indexed(self, index: Index) -> Buckets:
        members: dict[Key, list[Key]] = {}
        for key, record in self.tables[index.table].rows().items():
            for bucket in index.keys(record):
                found = members.get(bucket)
                if found is None:
                    members[bucket] = [key]
                elif found[-1] != key:
                    found.append(key)
        buckets = self._indexes[index.name] = {bucket: tuple(found) for bucket, found in members.items()}
        return buckets

    def _counted(self, count: Count) -> dict[Key, int]:
        totals = self._counts[count.name] = {}
        for record in self.tables[count.table].rows().values():
            for bucket, amount in count.amounts(record):
                totals[bucket] = totals.get(bucket, 0) + amount
        return totals

    # -- changing ----------------------------------------------------------------------------------

    def assignment(self, table: str, key: Key, new: Record | None) -> Set:
        """The assignment that puts `new` in place of what is under a key; None takes it away."""
        rows = self.tables[table]
        old = rows.get(key)
        return Set(table, key, old, new, rows.rank(key) if new is None and old is not None else None)

    def apply(self, each: Set) -> list[Cell]:
        """Make one assignment and return the cells it touched.

        Indexes and counts that were never read are left out. Raises `StaleSet` if `old` is not the record in
        the table.
        """
        table = self.tables[each.table]
        present = table.get(each.key)
        if present is not each.old and present != each.old:
            raise StaleSet(f"{each.table} {each.key}: expected {each.old}, found {present}")
        table._put(each.key, each.new, each.rank)
        if each.old == each.new:
            return []
        cells: list[Cell] = [(each.table, each.key)]
        indexes: Iterable[Index] = _INDEXES_OF[each.table]
        counts: Iterable[Count] = _COUNTS_OF[each.table]
        if each.old is None or each.new is None:
            cells.append((IDS[each.table], ""))
        else:
            names = _FIELDS[each.table].changed(each.old, each.new)
            indexes = [index for index in indexes if not names.isdisjoint(index.fields)]
            counts = [count for count in counts if not names.isdisjoint(count.fields)]
        for index in indexes:
            if index.name in self._indexes:
                self._reindex(index, each, cells)
        for count in counts:
            if count.name in self._counts:
                self._recount(count, each, cells)
        return cells

    def _unshared(self, kept: dict[str, dict[Key, T]], name: str) -> dict[Key, T]:
        """An index or a count, copied first if another organisation shares it."""
        if name in self._shared:
            self._shared.discard(name)
            kept[name] = dict(kept[name])
        return kept[name]

    def _reindex(self, index: Index, each: Set, cells: list[Cell]) -> None:
        buckets = self._unshared(self._indexes, index.name)
        before = {} if each.old is None else dict.fromkeys(index.keys(each.old))
        after = {} if each.new is None else dict.fromkeys(index.keys(each.new))
        for key in before:
            if key not in after:
                left = tuple([member for member in buckets[key] if member != each.key])
                if left:
                    buckets[key] = left
                else:
                    del buckets[key]
                cells.append((index.name, key))
        for key in after:
            if key not in before:
                buckets[key] = (*buckets.get(key, ()), each.key)
                cells.append((index.name, key))

    def _recount(self, count: Count, each: Set, cells: list[Cell]) -> None:
        totals = self._unshared(self._counts, count.name)
        changes: dict[Key, int] = {}
        if each.old is not None:
            for key, amount in count.amounts(each.old):
                changes[key] = changes.get(key, 0) - amount
        if each.new is not None:
            for key, amount in count.amounts(each.new):
                changes[key] = changes.get(key, 0) + amount
        for key, change in changes.items():
            if change:
                totals[key] = totals.get(key, 0) + change
                cells.append((count.name, key))


_INDEXES = {index.name: index for index in INDEXES}
_COUNTS = {count.name: count for count in COUNTS}
_INDEXES_OF = {table: tuple(i for i in INDEXES if i.table == table) for table in RECORD_TYPES}
_COUNTS_OF = {table: tuple(c for c in COUNTS if c.table == table) for table in RECORD_TYPES}


def sets_between(here: Organization, there: Organization) -> list[Set]:
    """The assignments that turn one state into another, in its order."""
    sets = []
    for table, rows in here.tables.items():
        goal = there.tables[table]
        present, wanted = rows.rows(), goal.rows()
        if present is wanted:
            continue
        moved = rows.standing_elsewhere(goal)
        sets += [
            here.assignment(table, key, None if key in moved else other)
            for key, record in present.items()
            if ((other := wanted.get(key)) is not record and other != record) or key in moved
        ]
        sets += [
            Set(table, key, None, wanted[key], goal.rank(key))
            for key in goal
            if key not in present or key in moved
        ]
    return sets
