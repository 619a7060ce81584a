"""The pages of an import: how it was read, each question, and the organisation that comes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from orgtui.exchange.importing import ImportOptions, Proposal
from orgtui.exchange.problems import ImportProblem, ImportSeverity, Option
from orgtui.exchange.progress import Phase
from orgtui.exchange.roster.roster import Member
from orgtui.exchange.roster.teams import Unit
from orgtui.exchange.words import PART_WORDS, how_read, said_of
from orgtui.locales import join_list, translate
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.views.base.cells import cell_len, column, pad
from orgtui.views.base.row import Role, Span
from orgtui.views.pages.page import INDENT, Line, Page, section, text_lines

PROBLEMS_SHOWN = 300
"""How many problems of a kind are told one by one."""

ALIKE_SHOWN = 12
"""How many lines that one question is about are told one by one."""

PHASES: Mapping[Phase, str] = {
    "rows": N_("Reading: {count:row|rows}"),
    "people": N_("Looking for people: {count:row|rows}"),
    "managers": N_("Looking for managers…"),
    "teams": N_("Looking for teams and their leads…"),
    "functions": N_("Looking for functions…"),
}
"""What is being done, in words."""

TEAM_MIN_WIDTH, LEAD_WIDTH = 24, 24


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is shown: which one of how many."""

    problem: ImportProblem
    number: int
    count: int


def working_page(file: str, phase: Phase, rows: int, width: int) -> Page:
    """What is being done, and how many rows of it are."""
    said = Sentence(PHASES[phase], {"count": rows} if "{count" in PHASES[phase] else {})
    return Page(sentence("Importing {file}", file=file), text_lines(translate(said), width))


def failure_page(file: str, why: Sentence, width: int) -> Page:
    """Why a file cannot be imported."""
    return Page(sentence("{file} cannot be imported", file=file), text_lines(translate(why), width, "error"))


# -- how it was read ---------------------------------------------------------------------------------


def reading_page(file: str, proposal: Proposal, width: int) -> Page:
    """How the file was read, which column is what, and all there is to say of its lines; errors first."""
    return Page(sentence("How {file} was read", file=file), _reading_lines(proposal, width))


def _reading_lines(proposal: Proposal, width: int) -> Iterator[Line]:
    if proposal.errors:
        says = sentence(
            "{count:error|errors}: nothing can be written. Correct the file, save it, and choose it again.",
            count=len(proposal.errors),
        )
        yield from text_lines(translate(says), width, "error")
        yield from _problem_lines(proposal, "error", width)
        yield Line()
    yield from text_lines(translate(_how(proposal)), width)
    mapped = [
        (translate(Sentence(PART_WORDS[part])), columns if isinstance(columns, str) else " + ".join(columns))
        for part, columns in _mapping(proposal)
        if part in PART_WORDS
    ]
    labels = min(max((cell_len(label) for label, _ in mapped), default=0), width // 2)
    yield from section(
        translate(sentence("Which column is what")),
        (
            Line((Span(INDENT + column(label, labels, "…") + INDENT, "dim"), Span(columns)))
            for label, columns in mapped
        ),
    )
    private = proposal.roster.table.private
    if private:
        yield from section(
            translate(sentence("Never taken")), text_lines(join_list(private), width, indent=INDENT)
        )
    questions = proposal.open_questions({})
    if questions and not proposal.errors:
        says = sentence("{count:question|questions} to answer", count=len(questions))
        yield from section(translate(says), _lines_of(questions, width, "plain"))
    notes = [problem for problem in proposal.problems if problem.severity == "note"]
    if notes:
        says = sentence("{count:note|notes}", count=len(notes))
        yield from section(translate(says), _problem_lines(proposal, "note", width))


def _mapping(proposal: Proposal) -> Iterator[tuple[str, str | list[str]]]:
    for part, columns in proposal.roster.mapping().items():
        assert isinstance(columns, str | list)
        yield part, columns


def _how(proposal: Proposal) -> Sentence:
    """Format, encoding, delimiter and sheet, and where the header is."""
    how = join_list(how_read(proposal.sheet.read))
    header = proposal.roster.table.header_line
    if proposal.sheet.has_fields:
        return sentence("{how}", how=how)
    if not header:
        return sentence("{how}; no header, taken as a list of names", how=how)
    return sentence("{how}; header in line {line}", how=how, line=header)


def _problem_lines(proposal: Proposal, severity: ImportSeverity, width: int) -> Iterator[Line]:
    """The problems of a kind, each with its line."""
    problems = [problem for problem in proposal.problems if problem.severity == severity]
    role: Role = "plain" if severity == "error" else "dim"
    yield from _lines_of(problems[:PROBLEMS_SHOWN], width, role)
    if len(problems) > PROBLEMS_SHOWN:
        more = sentence("and {count} more", count=len(problems) - PROBLEMS_SHOWN)
        yield from text_lines(translate(more), width, "dim", INDENT)


def _lines_of(problems: Sequence[ImportProblem], width: int, role: Role) -> Iterator[Line]:
    """Problems with their lines and whom they are about, by name where there is one."""
    for problem in problems:
        yield from text_lines(_words(problem), width, role, INDENT)


def _words(problem: ImportProblem) -> str:
    says = said_of(problem)
    if not problem.line:
        return says
    return translate(sentence("line {line}: {says}", line=problem.line, says=says))


# -- questions ---------------------------------------------------------------------------------------


def question_page(asked: Asked, proposal: Proposal, width: int) -> Page:
    """A question with its answers, the default first; each answer leads to `answer:NUMBER`, from 0."""
    title = sentence("Question {number} of {count}", number=asked.number, count=asked.count)
    return Page(title, _question_lines(asked.problem, proposal, width))


def _question_lines(problem: ImportProblem, proposal: Proposal, width: int) -> Iterator[Line]:
    question = problem.question
    assert question is not None
    yield from text_lines(translate(question.asks), width, "heading")
    about = [
        each for each in proposal.problems if each.question is not None and each.question.key == question.key
    ]
    said = [each for each in about if each.line and translate(each.says) != translate(question.asks)]
    yield from _lines_of(said[:ALIKE_SHOWN], width, "dim")
    if len(said) > ALIKE_SHOWN:
        more = sentence("and {count} more", count=len(said) - ALIKE_SHOWN)
        yield from text_lines(translate(more), width, "dim", INDENT)
    yield Line()
    for number, option in enumerate(problem_options(problem)):
        text = option.label if isinstance(option.label, str) else translate(option.label)
        if option.value == question.default:
            text = translate(sentence("{answer} (by default)", answer=text))
        yield Line((Span(INDENT + text),), target=answer_ref(number))


def problem_options(problem: ImportProblem) -> list[Option]:
    """The answers of a question, the default first."""
    question = problem.question
    assert question is not None
    return sorted(question.options, key=lambda option: option.value != question.default)


def answer_ref(number: int) -> Ref:
    """What the line of an answer leads to."""
    return Ref.to("answer", str(number))


# -- what comes of it --------------------------------------------------------------------------------


def preview_page(proposal: Proposal, options: ImportOptions, width: int) -> Page:
    """The teams with leads and seats, the functions with the seats they rest on, whose title told none."""
    return Page(sentence("What comes of it"), _preview_lines(proposal, options, width))


def _preview_lines(proposal: Proposal, options: ImportOptions, width: int) -> Iterator[Line]:
    roster, functions = proposal.roster, proposal.functions.functions
    people, teams, left = len(roster.members), roster.team_count, len(roster.left_out)
    counts = sentence("{people:seat|seats} in {teams:team|teams}", people=people, teams=teams)
    if left:
        counts = sentence(
            "{people:seat|seats} in {teams:team|teams}; {left:row|rows} left out",
            people=people,
            teams=teams,
            left=left,
        )
    yield from text_lines(translate(counts), width)
    yield from section(translate(sentence("Teams")), _team_lines(proposal, width))
    if not options.with_functions:
        yield Line()
        without = sentence("Without functions: only people and teams are written")
        yield from text_lines(translate(without), width)
        return
    if functions:
        proposed = sentence("{count:function|functions} proposed from titles and teams", count=len(functions))
        yield from section(
            translate(proposed),
            (
                line
                for each in functions
                for line in _function_lines(
                    options.vocabulary.named(each.function), each.team.name, each.seats, width
                )
            ),
        )
    not_told = proposal.functions.not_told
    if not_told:
        untold = sentence("No function told by the title of {count:seat|seats}", count=len(not_told))
        yield from section(
            translate(untold), text_lines(join_list(map(_with_title, not_told)), width, "dim", INDENT)
        )


def _team_lines(proposal: Proposal, width: int) -> Iterator[Line]:
    roster = proposal.roster
    seats = _seats_below(roster.teams, roster.members)
    names = [INDENT * len(unit.path[1:]) + unit.name for unit in roster.teams]
    widest = min(max(map(cell_len, names), default=0), max(TEAM_MIN_WIDTH, width - LEAD_WIDTH - 16))
    for unit, name in zip(roster.teams, names, strict=True):
        lead = translate(sentence("no lead")) if unit.lead is None else roster.entries[unit.lead].shown
        yield Line(
            (
                Span(INDENT + column(name, widest, "…") + INDENT),
                Span(pad(column(lead, LEAD_WIDTH, "…"), LEAD_WIDTH) + INDENT, "dim"),
                Span(translate(sentence("{count:seat|seats}", count=seats[unit])), "number"),
            )
        )


def _seats_below(teams: Iterable[Unit], members: Iterable[Member]) -> Counter[Unit]:
    """How many seats there are in each team and all teams below it."""
    seats = Counter[Unit](member.team for member in members if member.team is not None)
    for unit in sorted(teams, key=lambda unit: -len(unit.path)):
        if unit.parent is not None:
            seats[unit.parent] += seats[unit]
    return seats


def _function_lines(name: str, team: str, seats: Sequence[Member], width: int) -> Iterator[Line]:
    says = sentence(
        "{function} in {team}: {people}",
        function=name,
        team=team,
        people=join_list(map(_with_title, seats)),
    )
    yield from text_lines(translate(says), width, "plain", INDENT)


def _with_title(member: Member) -> str:
    entry = member.entry
    return f"{entry.shown} ({entry.title})" if entry.title and entry.name else entry.shown
