"""`orgtui apply`: write the organisation that a plan leads to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from orgtui.api.summary_check import format_value, require_matching_summary
from orgtui.changes.parse import parse_change
from orgtui.changes.replay import Conflict, rebase
from orgtui.changes.step import Step
from orgtui.cli.common import Telling, UserError, output_path, run_command, write_to_stdout
from orgtui.cli.output import check_output, keep_replaced, write_error
from orgtui.cli.parser import Parser
from orgtui.cli.state import load_state, read_organization
from orgtui.files.disk.writing import replace_file
from orgtui.files.organization_file import dump_organization, files_to_save
from orgtui.files.plan_file import load_plan
from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import N_, sentence
from orgtui.model.store import Organization
from orgtui.session.plan.planned import has_finding_in
from orgtui.views.base.names import name_of

EXIT_CONFLICTS = 1


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 if written, 1 if written with conflicts, 2 if nothing is written.

    It is 2 as well if the conflicts cannot be printed; what is told then says that the file is written.
    """
    options = make_parser().parse_args(arguments)
    apply = _rebase if options.rebase else _apply
    return run_command(partial(apply, options.organization, options.plan, options.output))


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser("orgtui apply", description=N_("Write the organisation a plan leads to."))
    parser.add_argument("organization", metavar="ORG", type=Path, help=N_("organisation file"))
    parser.add_argument("plan", metavar="PLAN", type=Path, help=N_("plan file"))
    parser.add_argument(
        "-o",
        "--output",
        metavar="NEW",
        type=output_path,
        required=True,
        help=N_("file to write, - for standard output"),
    )
    parser.add_argument(
        "--rebase", action="store_true", help=N_("apply to another baseline and list what no longer holds")
    )
    return parser


def _check_output(output: Path | None, plan: Path) -> None:
    """Refuse to put the organisation in the place of its plan, or of a file of another kind."""
    if output is not None and os.path.exists(output) and os.path.exists(plan) and output.samefile(plan):
        raise UserError(sentence("{file} is the plan itself", file=output))
    check_output(output, "organization")


def _apply(organization: Path, plan: Path, output: Path | None) -> int:
    _check_output(output, plan)
    state = load_state(organization, plan)
    require_matching_summary(state, plan.name)
    _save(state.organization, output)
    _tell_written(output)
    return 0


def _rebase(organization: Path, plan: Path, output: Path | None) -> int:
    _check_output(output, plan)
    there = read_organization(organization)
    loaded = load_plan(plan, parse_change)
    steps = [Step(parse_change(s.change), s.was, s.why, s.by, s.at, s.wave) for s in loaded.steps]
    made, conflicts = rebase(there, steps, has_finding_in(there, {each.person for each in loaded.reviews}))
    for step in made:
        for each in step.change.compile(there):
            there.apply(each)
    _save(there, output)
    tell = Telling(output)
    for conflict in conflicts:
        number = next(n for n, step in enumerate(steps, start=1) if step is conflict.step)
        for line in _conflict_lines(number, conflict, there):
            tell(line)
    said = sentence(
        "{made} of {all:change|changes} made; {conflicts} no longer as planned",
        made=len(made),
        all=len(steps),
        conflicts=len(conflicts),
    )
    print_error(escape_control_chars(translate(said)))
    _tell_written(output)
    tell.end()
    return EXIT_CONFLICTS if conflicts else 0


def _conflict_lines(number: int, conflict: Conflict, there: Organization) -> Iterator[str]:
    names = partial(name_of, there)
    op = conflict.step.change.op
    if conflict.refused is not None:
        reason = translate(conflict.refused, names)
        yield translate(
            sentence("change {number} ({op}) left out: {reason}", number=number, op=op, reason=reason)
        )
    else:
        yield translate(sentence("change {number} ({op}) made over something else:", number=number, op=op))
    for each in conflict.differences:
        base, theirs, ours = (format_value(value) for value in (each.base, each.theirs, each.ours))
        said = sentence(
            "{field}: base {base}, theirs {theirs}, ours {ours}",
            field=each.field,
            base=base,
            theirs=theirs,
            ours=ours,
        )
        yield f"  {translate(said)}"


def _tell_written(output: Path | None) -> None:
    """Name the file that was written, on standard error, which leaves the output to what did not go well."""
    if output is not None:
        print_error(escape_control_chars(translate(sentence("{file} is written", file=output))))


def _save(organization: Organization, output: Path | None) -> None:
    """Write the organisation; what it replaces is kept. On standard output its people stand in it."""
    if output is None:
        write_to_stdout(dump_organization(organization))
        return
    try:
        files = files_to_save(organization, output)
        keep_replaced(files)
        for file, data in files.items():
            replace_file(file, data)
    except OSError as error:
        raise write_error(output, error) from error
