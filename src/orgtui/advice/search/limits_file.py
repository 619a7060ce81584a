"""The file of limits, `NAME.limits.toml` beside an organisation: reading it strictly, and writing it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import orgtui.changes.operations  # noqa: F401 - makes every operation known
from orgtui.advice.search.limits import PRICE, Limits
from orgtui.changes.base import OPERATIONS
from orgtui.files.disk.reading import DistrustOf, read_text
from orgtui.files.disk.trust import distrust
from orgtui.files.disk.writing import existing_mode, replace_file
from orgtui.files.replacing import keep_replaced
from orgtui.files.schema.rule_catalogue import RuleCatalogue
from orgtui.files.schema.schema import FileSchema
from orgtui.files.toml import writing as toml
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import KeyPath
from orgtui.model.kinds import Amount, Code, Count, Format, Text, reference, shortest
from orgtui.model.schema import closest, nearest, shown
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules

TeamId = Annotated[str, reference("team")]
PersonId = Annotated[str, reference("person")]
FunctionId = Annotated[str, reference("function")]


@dataclass(frozen=True, slots=True)
class Keep:
    """The `[keep]` table: what stays; `together` and `apart` are groups of functions."""

    teams: tuple[TeamId, ...] = ()
    people: tuple[PersonId, ...] = ()
    managers: tuple[PersonId, ...] = ()
    leads: tuple[TeamId, ...] = ()
    functions: tuple[FunctionId, ...] = ()
    together: tuple[tuple[FunctionId, ...], ...] = ()
    apart: tuple[tuple[FunctionId, ...], ...] = ()
    not_leads: tuple[PersonId, ...] = ()
    ops: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Most:
    """The `[most]` table: what a plan may cost."""

    touched: Count | None = None
    moved: Count | None = None
    new_manager: Count | None = None
    new_teams: Count | None = None
    closed_teams: Count | None = None
    changes: Count | None = None


@dataclass(frozen=True, slots=True)
class Must:
    """The `[must]` table: codes that a plan resolves, and the points that a touched person must bring."""

    resolve: tuple[Code, ...] = ()
    price: Amount = PRICE


@dataclass(frozen=True, slots=True)
class LimitsFile:
    """A whole file of limits."""

    format: Format = 1
    keep: Keep = field(default_factory=Keep)
    most: Most = field(default_factory=Most)
    must: Must = field(default_factory=Must)


LIMITS = FileSchema(lambda schema: schema.record(LimitsFile, ()))
TABLES: Mapping[str, type] = {"keep": Keep, "most": Most, "must": Must}
LIMIT_NAMES = {each.name for each in fields(Limits)}

KINDS: Mapping[str, str] = {
    **dict.fromkeys(("teams", "leads"), "team"),
    **dict.fromkeys(("people", "managers", "not_leads"), "person"),
    **dict.fromkeys(("functions", "together", "apart"), "function"),
}
"""The kind of what the ids under a key of `[keep]` name."""

GROUPS = ("together", "apart")


def limit_name(table: str, key: str) -> str:
    """The field of `Limits` for a key of a table: `keep_teams`, `together`, `most_touched`, `price`."""
    return f"{table}_{key}" if f"{table}_{key}" in LIMIT_NAMES else key


def limits_path(organization: Path) -> Path:
    """Where the limits of an organisation stand: `NAME.limits.toml` beside it."""
    return organization.with_name(f"{organization.name.removesuffix('.toml')}.limits.toml")


def limits_beside(organization: Path, *states: Organization) -> Limits:
    """The limits beside an organisation's file, none if there are none. Ids must be known in one of `states`.

    A link, and a file that others than its owner or the group of its folder can have written, is refused.
    Raises InvalidFile with every problem.
    """
    path = limits_path(organization)
    if not os.path.lexists(path):
        return Limits()
    trust = partial(distrust, to_read=True)
    return load_limits(path, *states, follow_symlinks=False, distrust=trust)


def load_limits(
    path: str | os.PathLike[str],
    *states: Organization,
    follow_symlinks: bool = True,
    distrust: DistrustOf | None = None,
) -> Limits:
    """Load a file of limits; every id must be known in one of `states`, as files and their plans differ.

    Raises InvalidFile with every problem of the file, in the order of its lines.
    """
    file = os.fspath(path)
    document = Document(file, read_text(file, follow_symlinks=follow_symlinks, distrust=distrust))
    document.check_depth()
    whole: LimitsFile | None = LIMITS.validate(document, document.data)
    if not document.is_valid:
        document.clear_invalid_values()
    _Check(document, states, known_rules()).check()
    if whole is None or not document.is_valid:
        raise document.invalid_file()
    return Limits(**{limit_name(table, key): value for table, key, value in _entries(whole)})


def dump_limits(limits: Limits) -> bytes:
    """Limits in canonical form: the same bytes for the same limits."""
    text = toml.key_value_lines({"format": 1})
    for table, kind in TABLES.items():
        said = {each.name: getattr(limits, limit_name(table, each.name)) for each in fields(kind)}
        said = {each.name: said[each.name] for each in fields(kind) if said[each.name] != each.default}
        if said:
            text += toml.table(f"[{table}]", {key: _written(value) for key, value in said.items()})
    return text.encode()


def save_limits(path: Path, limits: Limits) -> list[Sentence]:
    """Write limits to a file; blocks until they are on disk.

    What is there is read again first: a file that is written in another form than the canonical one, such as
    with remarks, is kept as a copy; the sentences say where. Raises InvalidFile if it cannot be read as
    limits any more, OSError if it cannot be written: nothing has changed then.
    """
    data = dump_limits(limits)
    kept = [] if existing_mode(path) is None or _is_canonical(path) else keep_replaced({path: data})
    replace_file(path, data)
    return kept


def _is_canonical(path: Path) -> bool:
    """Whether writing again what stands in a file loses nothing of it."""
    text = read_text(path, follow_symlinks=False)
    document = Document(str(path), text)
    document.check_depth()
    whole: LimitsFile | None = LIMITS.validate(document, document.data)
    if whole is None:
        raise document.invalid_file()
    limits = Limits(**{limit_name(table, key): value for table, key, value in _entries(whole)})
    return dump_limits(limits) == text.encode()


def _entries(whole: LimitsFile) -> Iterator[tuple[str, str, Any]]:
    for table, kind in TABLES.items():
        for each in fields(kind):
            yield table, each.name, getattr(getattr(whole, table), each.name)


def _written(value: object) -> object:
    return shortest(value) if isinstance(value, float) else value


class _Check:
    """What a file of limits names: whether it is known, named once, and not in contradiction."""

    def __init__(self, document: Document, states: Sequence[Organization], rules: RuleCatalogue) -> None:
        self.document = document
        self.states = states
        self.rules = rules

    def check(self) -> None:
        """Add every problem to the document."""
        keep = self._table("keep")
        for key, kind in KINDS.items():
            for path, each in self._texts(keep.get(key), ("keep", key)):
                self._check_id(path, kind, each)
        for path, op in self._texts(keep.get("ops"), ("keep", "ops")):
            if op not in OPERATIONS:
                wrong = sentence("{op} is no operation", op=shown(op))
                self.document.add_problem(path, wrong, nearest(op, OPERATIONS))
        for key in GROUPS:
            self._check_groups(keep.get(key), ("keep", key))
        self._check_contradictions(keep)
        for path, code in self._texts(self._table("must").get("resolve"), ("must", "resolve")):
            if code not in self.rules.options:
                wrong = sentence("{word} is no code of a rule", word=shown(code))
                self.document.add_problem(path, wrong, nearest(code, self.rules.options))

    def _table(self, name: str) -> Mapping[str, Any]:
        table = self.document.data.get(name)
        return table if isinstance(table, dict) else {}

    def _texts(self, values: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
        """Every text of a list, or of the lists in it; a problem for one that is there twice."""
        first: dict[object, int] = {}
        for place, value in enumerate(values if isinstance(values, list) else ()):
            if isinstance(value, list):
                yield from self._members(value, (*path, place))
            if isinstance(value, str):
                yield (*path, place), value
            same = tuple(sorted(map(str, value))) if isinstance(value, list) else value
            if value is not None and first.setdefault(same, place) != place:
                wrong = sentence("{value} stands in this list twice", value=shown(value))
                self.document.add_problem((*path, place), wrong, sentence("keep one of them"))

    def _members(self, group: list[object], path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
        first: dict[str, int] = {}
        for place, each in enumerate(group):
            if isinstance(each, str):
                yield (*path, place), each
                if first.setdefault(each, place) != place:
                    wrong = sentence("{value} stands in this list twice", value=shown(each))
                    self.document.add_problem((*path, place), wrong, sentence("keep one of them"))

    def _check_id(self, path: KeyPath, kind: str, identity: str) -> None:
        tables = [state.tables[kind] for state in self.states]
        if path in self.document or any(identity in table for table in tables):
            return
        close = closest(identity, tuple(dict.fromkeys(each for table in tables for each in table)))
        self.document.add_problem(
            path,
            sentence("no {kind} has the id {id}", kind=sentence(kind), id=shown(identity)),
            sentence("the nearest known one is {nearest}", nearest=close)
            if close
            else sentence("write the id of one of the organisation"),
        )

    def _check_groups(self, groups: object, path: KeyPath) -> None:
        for place, group in enumerate(groups if isinstance(groups, list) else ()):
            if isinstance(group, list) and len(group) < 2 and (*path, place) not in self.document:
                wrong = sentence("{value} is no group", value=shown(group))
                right = sentence("write a list of the ids of at least two functions")
                self.document.add_problem((*path, place), wrong, right)

    def _check_contradictions(self, keep: Mapping[str, Any]) -> None:
        """Add a problem for each group to be apart of which two functions are to be together."""
        together, apart = ([set(map(str, each)) for each in _lists(keep.get(key))] for key in GROUPS)
        for place, group in enumerate(apart):
            for other in together:
                both = sorted(group & other)
                if len(both) > 1:
                    wrong = sentence("{ids} are to be together and apart", ids=both)
                    self.document.add_problem(("keep", "apart", place), wrong, sentence("keep one of them"))


def _lists(groups: object) -> list[list[object]]:
    listed = groups if isinstance(groups, list) else []
    return [each if isinstance(each, list) else [] for each in listed]
