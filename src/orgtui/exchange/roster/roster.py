"""From a sheet to a roster: people, teams, leads and functions, and everything there is to say or to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from orgtui.exchange.problems import Answers, CannotRead, ImportProblem
from orgtui.exchange.progress import Progress, no_progress
from orgtui.exchange.roster.columns import Table, find_table, prefer_ids_of_managers
from orgtui.exchange.roster.managers import Lines, find_managers
from orgtui.exchange.roster.people import Entry, read_people
from orgtui.exchange.roster.teams import (
    Teams,
    Unit,
    derived_manager,
    find_teams,
    only_below,
    order_unit_columns,
)
from orgtui.exchange.roster.texts import clean, fold
from orgtui.exchange.rows import Sheet
from orgtui.model.sentence import sentence


@dataclass(frozen=True, slots=True)
class RosterOptions:
    """What the user says of a roster: columns of parts, one unit of it, the name of a root that has none."""

    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    under: str | None = None
    root_name: str = "Marketing"
    progress: Progress = no_progress


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the roster with team and manager, which are None where they cannot be told."""

    entry: Entry
    team: Unit | None
    manager: str | None


@dataclass(frozen=True, slots=True)
class Roster:
    """What a sheet gives. With errors nothing may be written; if people have them, there are no teams.

    `members` are in the order of the file, `left_out` those who do not come along, `teams` the root first;
    their leads and members are places in `entries`.
    """

    table: Table
    entries: tuple[Entry, ...]
    members: tuple[Member, ...]
    left_out: tuple[Entry, ...]
    teams: tuple[Unit, ...]
    problems: tuple[ImportProblem, ...]
    unit_columns: tuple[int, ...] = ()

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def team_count(self) -> int:
        """How many teams there are below the root, which counts where it is the only one."""
        return max(1, len(self.teams) - 1)

    def unanswered(self, answers: Answers) -> list[ImportProblem]:
        """One problem for each question that is still open."""
        asked: dict[str, ImportProblem] = {}
        for problem in self.problems:
            if problem.question is not None and problem.question.key not in answers:
                asked.setdefault(problem.question.key, problem)
        return list(asked.values())

    def mapping(self) -> dict[str, object]:
        """The names of the columns by the part they play; several as a list."""
        named = self.table.mapping()
        named["team"] = [self.table.headers[place] for place in self.unit_columns]
        pair = [*named.pop("first_name", []), *named.pop("last_name", [])]
        named["name"] = named.get("name", [])[:1] or pair
        named["state"] = named.get("state", []) + named.pop("contract", [])
        for part in ("id", "manager", "title"):
            named[part] = named.get(part, [])[:1]
        return {
            part: columns[0] if len(columns) == 1 else columns for part, columns in named.items() if columns
        }


def build_roster(sheet: Sheet, options: RosterOptions, answers: Answers, today: date) -> Roster:
    """The roster of a sheet, as far as the answers go; defaults stand for questions without answer.

    Raises CannotRead if no header is found.
    """
    table = prefer_ids_of_managers(find_table(sheet, options.columns), options.columns)
    as_of = date.fromisoformat(table.as_of) if table.as_of is not None else today
    units = order_unit_columns(table)
    entries = read_people(table, units, answers, today if as_of < today else as_of, options.progress)
    if not entries:
        raise CannotRead(sentence("there is a header, and nobody below it"), table.header_line)
    options.progress("managers", 0)
    lines = find_managers(table, entries, answers)
    problems = [*table.problems, *lines.problems]
    if not any(
        problem.severity == "error" for problem in (*problems, *(p for e in entries for p in e.problems))
    ):
        options.progress("teams", 0)
        teams = find_teams(
            entries,
            lines,
            bool(units),
            _parents(table),
            answers,
            max(table.header_line, 1),
            options.root_name,
        )
        problems += teams.problems
        kept = dict.fromkeys(_under(teams, options.under))
        members = tuple(
            Member(entry, teams.of[place], _key(entries, _manager(place, lines, teams)))
            for place, entry in enumerate(entries)
            if entry.left is None and teams.of[place] in kept
        )
        ordered = tuple(unit for unit in teams.units if unit in kept)
        _cut_off(ordered)
    else:
        ordered = ()
        members = tuple(
            Member(entry, None, _key(entries, lines.managers[place]))
            for place, entry in enumerate(entries)
            if entry.left is None
        )
    problems += [problem for entry in entries for problem in entry.problems]
    left_out = tuple(entry for entry in entries if entry.left is not None)
    return Roster(
        table,
        tuple(entries),
        members,
        left_out,
        ordered,
        tuple(sorted(problems, key=lambda problem: (problem.line, problem.severity, problem.code))),
        units,
    )


def _key(entries: Sequence[Entry], place: int | None) -> str | None:
    return None if place is None else entries[place].key


def _manager(place: int, lines: Lines, teams: Teams) -> int | None:
    """The manager that the file gives, else the one that follows from teams and leads."""
    given = lines.managers[place]
    return derived_manager(place, teams.of) if given is None else given


def _parents(table: Table) -> dict[str, str]:
    """The unit above each unit, where a column says so."""
    if not table.has("parent_team"):
        return {}
    return {
        fold(table.cell(row, "team")): clean(table.cell(row, "parent_team"))
        for row in table.rows
        if table.cell(row, "team") and table.cell(row, "parent_team")
    }


def _under(teams: Teams, wanted: str | None) -> list[Unit]:
    if wanted is None:
        return teams.units
    top = only_below(teams, wanted)
    if top is None:
        known = ", ".join(unit.name for unit in teams.units[:20])
        raise CannotRead(sentence("there is no team {team}; there are {known}", team=wanted, known=known))
    return [unit for unit in teams.units if unit.is_within(top)]


def _cut_off(units: Sequence[Unit]) -> None:
    """Make the first of the units the root."""
    if units:
        units[0].parent = None
