"""What a sheet changes in an organisation: the changes planned row by row, made together or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from orgtui.changes.base import Change, Refused
from orgtui.changes.draft import Draft
from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.exchange.problems import ImportProblem, ImportSeverity
from orgtui.exchange.rows import Row
from orgtui.exchange.sheets.lookup import Lookup, NotFound
from orgtui.exchange.sheets.table import SheetTable
from orgtui.exchange.updating import UpdateChange
from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization


@dataclass(frozen=True, slots=True)
class _Planned:
    what: str
    change: Change
    says: Sentence
    row: Row
    about: str | None


@dataclass(slots=True)
class Taking:
    """A sheet that is being taken: its table, what it is to change so far, and what there is to say of it."""

    organization: Organization
    table: SheetTable
    problems: list[ImportProblem] = field(default_factory=list)
    planned: list[_Planned] = field(default_factory=list)

    def tell(
        self, row: Row | None, severity: ImportSeverity, code: str, says: Sentence, about: str | None = None
    ) -> None:
        """Say something of a row, or of the header."""
        line = self.table.header_line if row is None else row.line
        self.problems.append(ImportProblem(line, severity, code, says, about, source=self.table.source))

    def plan(
        self,
        what: str,
        row: Row,
        about: str | None,
        written: Mapping[str, object],
        says: Sentence,
        columns: Mapping[str, str] | None = None,
    ) -> bool:
        """Plan a change as it would stand in a plan; tells what is wrong with it and returns False.

        `columns` are the names of the columns by key of the change.
        """
        try:
            change = parse_change(written)
        except InvalidChange as invalid:
            for path, wrong, right in invalid.problems:
                column = (columns or {}).get(str(path[0])) if path else None
                problem = sentence("{problem}: {advice}", problem=wrong, advice=right)
                if column:
                    problem = sentence("{column}: {problem}", column=column, problem=problem)
                self.tell(row, "error", "invalid", problem, about)
            return False
        self.planned.append(_Planned(what, change, says, row, about))
        return True

    def find(self, lookup: Lookup, row: Row, text: str, column: str, about: str | None) -> str | None:
        """The id that a cell names; None, with an error, if it names nothing or several things."""
        try:
            return lookup.find(text)
        except NotFound as error:
            says = sentence("{column}: {problem}", column=column, problem=error.sentence)
            self.tell(row, "error", "unknown", says, about)
            return None

    def person(self, lookup: Lookup, row: Row) -> str | None:
        """Whom a row is about; None, with an error, if that cannot be told."""
        identity, name = self.table.person(row)
        about = name or identity or None
        if not identity and not name:
            self.tell(row, "error", "no-person", sentence("the row does not say whom it is about"))
            return None
        found = None if not identity else lookup.get(identity)
        if found is None and name:
            found = lookup.get(name)
        if found is None:
            try:
                return lookup.find(name or identity)
            except NotFound as error:
                self.tell(row, "error", "unknown", error.sentence, about)
        return found

    def header(self, part: str) -> str:
        """The name of the column of a part."""
        place = self.table.columns.get(part)
        return part if place is None else self.table.headers[place]

    def columns_left_alone(self) -> None:
        """Note which columns are not read."""
        if self.table.left_alone:
            says = sentence("not read: {columns}", columns=", ".join(self.table.left_alone))
            self.tell(None, "note", "columns-not-read", says)


@dataclass(frozen=True, slots=True)
class Taken:
    """What sheets change. Nothing may be written if there are errors among `problems`.

    `organization` is what comes out, `before` what there was; the kinds of changes are the keys of `counted`,
    by which they are sorted.
    """

    before: Organization
    organization: Organization
    changes: tuple[UpdateChange, ...]
    problems: tuple[ImportProblem, ...]
    tables: tuple[SheetTable, ...]
    counted: Mapping[str, str]

    def counts(self) -> dict[str, int]:
        """How many changes of each kind there are."""
        found = Counter(change.what for change in self.changes)
        return {what: found[what] for what in self.counted if found[what]}

    def mapping(self) -> dict[str, object]:
        """The names of the columns by the part they play; those that play none under `columns`."""
        table = self.tables[0]
        named: dict[str, object] = {part: table.headers[place] for part, place in table.columns.items()}
        if table.others:
            named["columns"] = [table.headers[place] for place in table.others]
        return named

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


def differences(record: object, values: Mapping[str, object]) -> tuple[Sentence, ...]:
    """What other values say of a record, field by field."""
    return tuple(
        sentence(
            "{field} {before} → {value}",
            field=Sentence(name),
            before=_shown(getattr(record, name)),
            value=_shown(value),
        )
        for name, value in values.items()
    )


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return sentence("yes") if value else sentence("no")
    return "–" if value is None else value


def make(organization: Organization, takings: list[Taking]) -> tuple[Organization, list[UpdateChange]]:
    """The organisation with everything that was planned, and the changes; tells what is refused."""
    draft = Draft(organization)
    made = []
    for taking in takings:
        for each in taking.planned:
            try:
                each.change.edit(draft)
            except Refused as refused:
                taking.tell(each.row, "error", "refused", refused.sentence, each.about)
            else:
                made.append(UpdateChange(each.what, change_to_mapping(each.change), each.says))
    try:
        draft.check_names()
    except Refused as refused:
        takings[0].tell(None, "error", "refused", refused.sentence)
    after = organization.copy()
    for assignment in draft.sets():
        after.apply(assignment)
    return after, made


@dataclass
class Lookups:
    """What cells may name in an organisation."""

    organization: Organization
    other_ids: Mapping[str, str]

    @cached_property
    def people(self) -> Lookup:
        seats = self.organization.people.values()
        names = ((p.id, p.name or p.title) for p in seats if p.state != "closed")
        return Lookup("person", names, self.other_ids)

    @cached_property
    def teams(self) -> Lookup:
        return Lookup("team", ((team.id, team.name) for team in self.organization.teams.values()))

    @cached_property
    def functions(self) -> Lookup:
        return Lookup("function", ((each.id, each.name) for each in self.organization.functions.values()))

    @cached_property
    def goals(self) -> Lookup:
        return Lookup("goal", ((goal.id, goal.name) for goal in self.organization.goals.values()))

    @cached_property
    def pillars(self) -> Lookup:
        return Lookup("pillar", ((each.id, each.name) for each in self.organization.pillars.values()))

    @cached_property
    def handoff_ends(self) -> Lookup:
        """Functions, and departments as `department:ID`, also by their bare id if no function has it."""
        departments = self.organization.departments.values()
        names = [(each.id, each.name) for each in self.organization.functions.values()]
        names += [(f"department:{each.id}", each.name) for each in departments]
        return Lookup("department", names, {each.id: f"department:{each.id}" for each in departments})


Read = Callable[[Taking, Lookups], None]
"""Plans what the rows of a table change."""
