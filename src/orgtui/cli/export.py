"""`orgtui export`: write pictures, reports and lists of an organisation and its plan."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from orgtui.cli.common import UserError, iso_date, output_path, run_command, write_to_stdout
from orgtui.cli.output import replace_kept, write_error
from orgtui.cli.parser import Parser
from orgtui.cli.state import read_organization
from orgtui.exchange.problems import OfficeMissing
from orgtui.exchange.writing.build.whole import NoSuchPart, build_report
from orgtui.exchange.writing.formats import FORMATS, Format, Options, format_named
from orgtui.exchange.writing.naming import as_file, in_folder, stem_of
from orgtui.exchange.writing.report import Report
from orgtui.files.disk.reading import NotRegularFile, read_regular_file
from orgtui.files.disk.referenced_files import referenced_path
from orgtui.files.disk.writing import make_folder
from orgtui.files.toml.problems import problem_sentence
from orgtui.locales import translate
from orgtui.model.schema import closest
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.store import Organization
from orgtui.session.plan.planned import AppliedPlan, CannotApply, apply_plan


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 if all is written, 2 if something is wrong."""
    options = make_parser().parse_args(arguments)
    return run_command(lambda: _export(options))


def make_parser() -> argparse.ArgumentParser:
    """The parser of the arguments."""
    parser = Parser(
        "orgtui export",
        description=N_("Write pictures, reports and lists of an organisation and its plan."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(_formats()),
    )
    parser.add_argument("organization", metavar="ORG", type=Path, help=N_("organisation file"))
    parser.add_argument("--plan", type=Path, help=N_("plan whose effect is shown"))
    parser.add_argument(
        "--to",
        dest="formats",
        metavar="FORMAT[,FORMAT…]",
        type=_format_list,
        required=True,
        help=N_("one or more of the formats below"),
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE-OR-FOLDER",
        type=output_path,
        required=True,
        help=N_("file to write, or folder for several; - for standard output"),
    )
    parser.add_argument("--only", metavar="TEAM", help=N_("only this team and all below it, by id or name"))
    parser.add_argument("--with-pay", action="store_true", help=N_("with the cost by the pay file"))
    parser.add_argument("--today", type=iso_date, metavar="DATE", help=N_("the day to judge by (YYYY-MM-DD)"))
    parser.add_argument(
        "--bom", action="store_true", help=N_("begin CSV files with a mark by which Excel knows UTF-8")
    )
    parser.add_argument("--stem", help=argparse.SUPPRESS)  # the session calls files after what it chose
    return parser


def _formats() -> Iterable[str]:
    """The formats with what they are and for whom, as lines of the help."""
    yield translate(sentence("formats:"))
    width = max(len(each.name) for each in FORMATS)
    for each in FORMATS:
        what, for_whom = (translate(Sentence(words)) for words in (each.what, each.for_whom))
        words = translate(sentence("{what}, for {for_whom}", what=what, for_whom=for_whom))
        yield f"  {each.name:{width}}  {words}"


def _format_list(text: str) -> tuple[Format, ...]:
    """Formats by name with commas between, each once; raises ArgumentTypeError."""
    names = list(dict.fromkeys(each.strip() for each in text.split(",")))
    unknown = next((name for name in names if format_named(name) is None), None)
    if unknown is not None:
        known = [each.name for each in FORMATS]
        wrong = sentence("{value} is no format", value=unknown or "“”")
        right = sentence("write {part}", part=closest(unknown, known) or ", ".join(known))
        raise argparse.ArgumentTypeError(translate(problem_sentence(wrong, right)))
    return tuple(each for each in map(format_named, names) if each is not None)


def _export(options: argparse.Namespace) -> int:
    output: Path | None = options.output
    _check_output(output, options.formats)
    try:
        for made in options.formats:
            made.require_library()
    except OfficeMissing as missing:
        raise UserError(missing.sentence) from missing
    report = _report(options)
    own = _own_files(options, report.baseline)
    for made in options.formats:
        files = made.write(report, Options(byte_order_mark=options.bom))
        if output is None:
            write_to_stdout(next(iter(files.values())))
            continue
        is_folder = _is_folder(output, options.formats)
        if is_folder and not output.exists():
            _make_folder(output)
        stem = options.stem or stem_of(options.organization, options.plan)
        _write(in_folder(output, stem, made, files) if is_folder else as_file(output, files), made, own)
    return 0


# -- what is exported --------------------------------------------------------------------------------


def _report(options: argparse.Namespace) -> Report:
    baseline = read_organization(options.organization)
    planned = None if options.plan is None else _planned(baseline, options.organization, options.plan)
    now = baseline if planned is None else planned.organization
    pay: Mapping[str, Decimal] | None = None
    if options.with_pay:
        from orgtui.api.checking import pay_of

        pay = pay_of(options.organization, baseline, now)
    today = options.today or baseline.profile.as_of
    try:
        return build_report(baseline, planned, today=today, pay=pay, part=options.only)
    except NoSuchPart as refused:
        raise UserError(refused.sentence) from refused


def _planned(baseline: Organization, organization: Path, plan: Path) -> AppliedPlan:
    try:
        return apply_plan(baseline, organization, plan)
    except CannotApply as refused:
        raise UserError(refused.sentence) from refused


# -- where it is written -----------------------------------------------------------------------------


def _check_output(output: Path | None, formats: tuple[Format, ...]) -> None:
    """Refuse an output that cannot take what is asked for, before any work is done."""
    if output is None:
        if len(formats) > 1:
            raise UserError(sentence("several formats do not fit on standard output; give a folder"))
        return
    is_file = output.suffix in {Path(f"x{each.ending}").suffix for each in FORMATS if each.ending}
    if len(formats) > 1 and not output.is_dir() and (is_file or output.exists()):
        raise UserError(sentence("{file} is a file; several formats are written into a folder", file=output))
    if not output.absolute().parent.is_dir():
        raise UserError(sentence("there is no folder {folder}", folder=output.absolute().parent))


def _is_folder(output: Path, formats: Sequence[Format]) -> bool:
    """Whether the files go into a folder; one that is not there has no suffix, or takes several formats."""
    return output.is_dir() or len(formats) > 1 or not (output.suffix or output.exists())


def _own_files(options: argparse.Namespace, baseline: Organization) -> list[Path]:
    """The files that the export was made from."""
    named = (baseline.files.people, baseline.files.pay)
    referenced = (referenced_path(options.organization, each) for each in named if each is not None)
    plan = [] if options.plan is None else [options.plan]
    return [options.organization, *plan, *map(Path, referenced)]


def _make_folder(folder: Path) -> None:
    """Make a folder, private as the files in it; raises UserError."""
    try:
        make_folder(folder)
    except OSError as error:
        raise write_error(folder, error) from error


def _write(placed: Mapping[Path, bytes], made: Format, own: Sequence[Path]) -> None:
    """Write the files of a format; what they replace is kept. Each file is told once it is on disk."""
    for file in placed:
        _check_replaced(file, made, own)
    for file, data in placed.items():
        replace_kept({file: data}, file)
        print(translate(sentence("written: {file}", file=file)), flush=True)


def _check_replaced(file: Path, made: Format, own: Sequence[Path]) -> None:
    """Refuse to write over what the export is made from, or over a file of another kind."""
    if not os.path.lexists(file):
        return
    if file.exists() and any(each.exists() and file.samefile(each) for each in own):
        raise UserError(sentence("{file} is what the export is made from", file=file))
    try:
        data = read_regular_file(file)
    except NotRegularFile as error:
        raise UserError(sentence("{file}: this is not a regular file", file=file)) from error
    except OSError as error:
        raise write_error(file, error) from error
    if data and not made.may_replace(data):
        raise UserError(sentence("{file} is there and is no {format}", file=file, format=made.name))
