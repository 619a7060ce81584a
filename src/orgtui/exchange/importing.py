"""An import from the bytes of files to an organisation with its record, without terminal, files or clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from orgtui.exchange.organization import give_ids, make_organization
from orgtui.exchange.problems import Answers, CannotRead, ImportProblem, Option, Question
from orgtui.exchange.progress import Progress, no_progress
from orgtui.exchange.reading.formats import FORMATS, format_of
from orgtui.exchange.reading.joining import join_sheets
from orgtui.exchange.record import (
    ImportRecord,
    ImportTable,
    kept_answers,
    kept_keys,
    leads_of,
    seats_of,
    source_hash,
)
from orgtui.exchange.roster.columns import holds_people
from orgtui.exchange.roster.functions import NO_FUNCTIONS, FunctionProposal, propose_functions
from orgtui.exchange.roster.roster import Roster, RosterOptions, build_roster
from orgtui.exchange.roster.vocabulary import Vocabulary
from orgtui.exchange.rows import ReadOptions, Sheet, SheetChoice
from orgtui.model.gate import redact_control_chars
from orgtui.model.sentence import sentence
from orgtui.model.store import Organization


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import: its name as given, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says of an import.

    `format` is one of FORMATS, None to find out. `columns` names the columns of parts. `under` takes one team
    of the whole, `root_name` names a root that the file does not name. `today` decides who has left.
    `progress` is told how far reading and proposing are, and may end them by raising Cancelled.
    """

    today: date
    vocabulary: Vocabulary
    format: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    under: str | None = None
    with_functions: bool = True
    root_name: str = "Marketing"
    progress: Progress = no_progress


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an import comes to with the answers so far.

    `problems` are all there is to say, in the order of files and lines. `organization` and `record` are None
    if there are errors; nothing may be written then.
    """

    sheet: Sheet
    roster: Roster
    functions: FunctionProposal
    problems: tuple[ImportProblem, ...]
    organization: Organization | None
    record: ImportRecord | None
    people_ids: Mapping[str, str]
    team_ids: Mapping[str, str]

    @property
    def errors(self) -> list[ImportProblem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    def open_questions(self, answers: Answers) -> list[ImportProblem]:
        """One problem for each question without an answer."""
        asked: dict[str, ImportProblem] = {}
        for problem in self.problems:
            if problem.question is not None and problem.question.key not in answers:
                asked.setdefault(problem.question.key, problem)
        return list(asked.values())

    @property
    def outcome(self) -> str:
        """`refused` with errors, `asks` with questions, else `imported`."""
        if self.errors:
            return "refused"
        return "asks" if any(problem.question is not None for problem in self.problems) else "imported"


def read_sources(sources: Sequence[Source], options: ImportOptions) -> list[SheetChoice]:
    """The sheets of each file. Raises CannotRead with its source, OfficeMissing."""
    found = []
    for place, source in enumerate(sources):
        try:
            known = None if options.format is None else FORMATS[options.format]
            form = known or format_of(source.name, source.data)
            if options.sheet is not None and not form.has_sheets:
                raise CannotRead(sentence("{file} is no spreadsheet: leave out --sheet", file=source.name))
            said = ReadOptions(options.encoding, options.sheet, options.progress)
            found.append(form.read(source.data, said))
        except CannotRead as error:
            error.source = place
            raise
    return found


def propose(
    sources: Sequence[Source],
    read: Sequence[SheetChoice],
    options: ImportOptions,
    answers: Answers,
    earlier: ImportRecord | None = None,
) -> Proposal:
    """What the files come to with these answers; defaults stand for questions without one.

    `read` is what `read_sources` gave. With the record of an earlier import, people and teams keep their ids.
    Raises CannotRead if no people can be found at all.
    """
    sheets = []
    problems: list[ImportProblem] = []
    for place, choice in enumerate(read):
        sheet, asked = _choose_sheet(choice, answers)
        sheets.append(sheet)
        problems += [replace(problem, source=place) for problem in (*choice.problems, *asked)]
    sheet = join_sheets(sheets, options.columns)
    roster_options = RosterOptions(options.columns, options.under, options.root_name, options.progress)
    roster = build_roster(sheet, roster_options, answers, options.today)
    problems += roster.problems
    problems.sort(key=lambda problem: (problem.source, problem.line, problem.severity))
    options.progress("functions", 0)
    functions = propose_functions(roster, options.vocabulary)
    if roster.has_errors:
        return Proposal(sheet, roster, functions, tuple(problems), None, None, {}, {})
    kept = kept_keys(member.entry for member in roster.members)
    known = {} if earlier is None else earlier.people
    people_ids, team_ids = give_ids(
        roster,
        {key: known[short] for key, short in kept.items() if short in known},
        {} if earlier is None else earlier.teams,
        frozenset(known.values()),
    )
    as_of = options.today if roster.table.as_of is None else date.fromisoformat(roster.table.as_of)
    organization = make_organization(
        roster,
        functions if options.with_functions else NO_FUNCTIONS,
        options.vocabulary,
        as_of,
        people_ids,
        team_ids,
    )
    record = ImportRecord(
        ImportTable(
            sources[0].name,
            source_hash([source.data for source in sources]),
            sheet.name,
            options.encoding,
            options.under,
            options.with_functions,
        ),
        columns={part: list(names) for part, names in _columns(roster).items()},
        answers=kept_answers(_answers(problems, answers), kept),
        people={kept[key]: identity for key, identity in people_ids.items()},
        teams=team_ids,
        seats=seats_of(roster, kept),
        leads=leads_of(roster, kept),
    )
    return Proposal(sheet, roster, functions, tuple(problems), organization, record, people_ids, team_ids)


def _columns(roster: Roster) -> dict[str, list[str]]:
    """The columns that were used, by part."""
    named = {part: [name for name in names if name] for part, names in roster.table.mapping().items()}
    named["team"] = [roster.table.headers[place] for place in roster.unit_columns]
    return {part: list(map(redact_control_chars, names)) for part, names in named.items() if names}


def _answers(problems: Sequence[ImportProblem], answers: Answers) -> dict[str, str]:
    """The answers that stand, defaults included."""
    questions = (problem.question for problem in problems if problem.question is not None)
    return {question.key: question.answer(answers) for question in questions}


def _choose_sheet(choice: SheetChoice, answers: Answers) -> tuple[Sheet, list[ImportProblem]]:
    """The sheet that holds people, the longest by default; asked if several do."""
    if len(choice.sheets) == 1:
        return choice.sheets[0], []
    with_people = [sheet for sheet in choice.sheets if holds_people(sheet)]
    if not with_people:
        if not choice.sheets:
            raise CannotRead(sentence("there is no visible sheet"))
        names = ", ".join(sheet.name or "" for sheet in choice.sheets)
        raise CannotRead(sentence("no sheet has a header of people; there are {sheets}", sheets=names))
    if len(with_people) == 1:
        return with_people[0], []
    longest = max(with_people, key=lambda sheet: len(sheet.rows))
    says = sentence(
        "{count} sheets hold people: {sheets}",
        count=len(with_people),
        sheets=", ".join(sheet.name or "" for sheet in with_people),
    )
    options = tuple(Option(sheet.name or "", sheet.name or "") for sheet in with_people)
    question = Question("sheet", says, options, longest.name or "")
    chosen = question.answer(answers)
    sheet = next(sheet for sheet in with_people if sheet.name == chosen)
    return sheet, [ImportProblem(1, "question", "sheet-choice", says, question=question)]
