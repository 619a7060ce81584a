"""`orgtui import`: make an organisation of a spreadsheet or an HR export."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from orgtui.cli.asking import can_ask, confirm, select
from orgtui.cli.common import EXIT_BAD_INPUT, UserError, iso_date, run_command, warn
from orgtui.cli.import_into import load_target, read_as_before, take_over
from orgtui.cli.import_report import (
    csv_of_errors,
    json_of_proposal,
    preview_lines,
    problem_line,
    problem_lines,
    question_lines,
    reading_lines,
    result_lines,
)
from orgtui.cli.import_sheet import KINDS, check_options, take_sheets
from orgtui.cli.output import check_output, write_error
from orgtui.cli.parser import Parser
from orgtui.exchange.importing import ImportOptions, Proposal, Source, propose, read_sources
from orgtui.exchange.problems import CannotRead, OfficeMissing
from orgtui.exchange.reading.formats import FORMATS
from orgtui.exchange.record import ImportRecord, answers_here
from orgtui.exchange.roster.headers import PARTS
from orgtui.exchange.roster.vocabulary import load_vocabulary, own_vocabulary
from orgtui.exchange.rows import SheetChoice
from orgtui.exchange.saving import CannotOpenSource, read_source, save_import
from orgtui.exchange.updating import fitting_answers
from orgtui.files.toml.problems import problem_sentence
from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.model.schema import closest
from orgtui.model.sentence import N_, Sentence, sentence


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 if all went well, 2 if nothing was written for errors or open questions."""
    options = make_parser().parse_args(arguments)
    return run_command(lambda: _import(options))


def make_parser() -> argparse.ArgumentParser:
    """The parser of the arguments."""
    parser = Parser(
        "orgtui import",
        description=N_("Make an organisation of a spreadsheet or an HR export."),
        epilog=translate(sentence("PART is one of: {parts}", parts=", ".join(_MAPPED))),
    )
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+", help=N_("CSV, XLSX, XLS, ODS, SCIM or JSON")
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="ORG",
        type=Path,
        help=N_("organisation file to write; without it a dry run"),
    )
    parser.add_argument(
        "--into", metavar="ORG", type=Path, help=N_("take what changed over into this organisation")
    )
    parser.add_argument(
        "--what", choices=tuple(KINDS), help=N_("what else a sheet holds, to be taken --into an organisation")
    )
    parser.add_argument("--from", dest="source", choices=tuple(FORMATS), help=N_("format of the files"))
    parser.add_argument("--sheet", metavar="NAME", help=N_("sheet of a spreadsheet"))
    parser.add_argument("--encoding", metavar="NAME", help=N_("encoding of a text, such as gb18030"))
    parser.add_argument(
        "--map",
        dest="columns",
        metavar="PART=COLUMN",
        type=_part_and_column,
        action="append",
        default=[],
        help=N_("which column plays a part, such as manager=Boss; several times if need be"),
    )
    parser.add_argument("--under", metavar="NAME", help=N_("only this team and all below it"))
    parser.add_argument("--vocabulary", metavar="FILE", type=Path, help=N_("words that tell functions"))
    functions = parser.add_mutually_exclusive_group()
    functions.add_argument(
        "--with-functions", action="store_true", default=True, help=N_("propose functions from titles")
    )
    functions.add_argument(
        "--no-functions", dest="with_functions", action="store_false", help=N_("only people and teams")
    )
    parser.add_argument("--yes", action="store_true", help=N_("take the default of every question"))
    parser.add_argument("--today", type=iso_date, metavar="DATE", help=N_("the day to judge by (YYYY-MM-DD)"))
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    return parser


_MAPPED = tuple(part for part in PARTS if part not in ("worker_id", "manager_name"))


def _part_and_column(text: str) -> tuple[str, str]:
    """`part=column`; raises ArgumentTypeError."""
    part, equals, column = text.partition("=")
    part = part.strip().replace("-", "_")
    if equals and column.strip() and part in _MAPPED:
        return part, column.strip()
    if not equals or not column.strip():
        wrong = sentence("{value} names no column", value=text)
        right = sentence("write a part and a column, such as manager=Boss")
    else:
        wrong = sentence("{value} is no part", value=part)
        right = sentence("write {part}", part=closest(part, _MAPPED) or ", ".join(_MAPPED))
    raise argparse.ArgumentTypeError(translate(problem_sentence(wrong, right)))


def _import(options: argparse.Namespace) -> int:
    if options.what is not None:
        check_options(options)
    if options.into is not None and options.output is not None:
        raise UserError(sentence("--output makes an organisation, --into changes one: give one of the two"))
    check_output(options.output, "organization")
    target = None if options.into is None else load_target(options.into)
    sources = [_read(file) for file in options.files]
    request = _request(options)
    earlier = None if target is None else target.record
    try:
        if target is not None and options.what is not None:
            return take_sheets(options, request, sources, target)
        if target is None:
            read = read_sources(sources, request)
        else:
            read, request = read_as_before(target, sources, request)
        answers = {} if target is None else target.answers
        proposal = propose(sources, read, request, answers, earlier)
        if earlier is not None and (here := answers_here(earlier, proposal.roster)) != answers:
            answers = here
            proposal = propose(sources, read, request, answers, earlier)
        answers = fitting_answers(answers, proposal.problems)
        if options.format == "text" and not options.yes and can_ask():
            _tell_reading(sources, proposal)
            proposal = _ask(sources, read, request, answers, proposal, earlier)
    except CannotRead as error:
        raise UserError(_placed(sources[error.source], error)) from error
    except OfficeMissing as error:
        raise UserError(error.sentence) from error
    if target is not None:
        return take_over(options, request, sources, read, proposal, answers, target)
    return _answer(options, sources, proposal, answers)


def _request(options: argparse.Namespace) -> ImportOptions:
    columns: dict[str, list[str]] = {}
    for part, column in options.columns:
        columns.setdefault(part, []).append(column)
    vocabulary = own_vocabulary() if options.vocabulary is None else load_vocabulary(options.vocabulary)
    return ImportOptions(
        options.today or date.today(),
        vocabulary,
        options.source,
        options.encoding,
        options.sheet,
        columns,
        options.under,
        options.with_functions,
        translate(sentence("Marketing")),
    )


def _read(file: Path) -> Source:
    try:
        return read_source(file)
    except CannotOpenSource as error:
        raise UserError(error.sentence) from error


def _placed(source: Source, error: CannotRead) -> Sentence:
    return sentence(
        "{file}:{line}: {problem}", file=source.name, line=error.line, problem=translate(error.sentence)
    )


def _ask(
    sources: Sequence[Source],
    read: Sequence[SheetChoice],
    request: ImportOptions,
    answers: dict[str, str],
    proposal: Proposal,
    earlier: ImportRecord | None,
) -> Proposal:
    """Ask what is open, one question after the other, until nothing is."""
    while not proposal.errors and (asked := proposal.open_questions(answers)):
        for problem in asked:
            question = problem.question
            assert question is not None
            if len(question.options) == 1:
                answers[question.key] = question.default
                print(problem_line(sources, problem))
                continue
            answers[question.key] = select(
                _question_text(sources, problem.line, problem.source, question.asks),
                [(option.value, option.label) for option in question.options],
                question.default,
            )
        proposal = propose(sources, read, request, answers, earlier)
    return proposal


def _question_text(sources: Sequence[Source], line: int, source: int, asks: Sentence) -> Sentence:
    return sentence("{file}:{line}: {asks}", file=sources[source].name, line=line, asks=translate(asks))


def _tell_reading(sources: Sequence[Source], proposal: Proposal) -> None:
    for line in reading_lines(sources, proposal):
        print(line)


def _answer(
    options: argparse.Namespace, sources: Sequence[Source], proposal: Proposal, answers: Mapping[str, str]
) -> int:
    """Print what came out, and write it if nothing stands against it."""
    is_open = bool(proposal.open_questions(answers)) and not options.yes
    is_written = not proposal.errors and not is_open and options.output is not None
    if options.format == "json":
        print(json_of_proposal(sources, proposal))
    elif options.format == "csv":
        sys.stdout.write(csv_of_errors(proposal))
    else:
        _print_text(options, sources, proposal, is_open)
    if proposal.errors or is_open:
        return EXIT_BAD_INPUT
    asks_first = options.format == "text" and not options.yes and can_ask()
    if is_written and asks_first and not confirm(sentence("Write {file}?", file=options.output)):
        print_error(translate(sentence("nothing was written")))
        return 0
    if is_written:
        write(proposal, options.output)
        if options.format == "text":
            for line in result_lines(proposal, options.output):
                print(line)
            if asks_first and confirm(sentence("Open it now?")):
                return _open(options.output)
    return 0


def _print_text(
    options: argparse.Namespace, sources: Sequence[Source], proposal: Proposal, is_open: bool
) -> None:
    if options.yes or not can_ask():
        _tell_reading(sources, proposal)
    for line in problem_lines(sources, proposal, "error"):
        print_error(escape_control_chars(line))
    if proposal.errors:
        print_error(
            translate(sentence("{count:error|errors}: nothing was written", count=len(proposal.errors)))
        )
        return
    for line in problem_lines(sources, proposal, "note"):
        print(line)
    if options.yes or is_open:
        for line in question_lines(sources, proposal):
            (print_error if is_open else print)(escape_control_chars(line))
    if is_open:
        print_error(
            translate(sentence("nothing was written: answer on a terminal, or take the defaults with --yes"))
        )
        return
    for line in preview_lines(proposal):
        print(line)
    if options.output is None:
        print(translate(sentence("A dry run: nothing was written; give `-o ORG` to write it.")))


def write(proposal: Proposal, output: Path) -> None:
    """Write the organisation and its record; what they replace is kept. Raises UserError."""
    try:
        for kept in save_import(proposal, output):
            warn(kept)
    except OSError as error:
        raise write_error(output, error) from error


def _open(output: Path) -> int:
    from orgtui.cli import open as opening

    return opening.run([os.fspath(output)])
