"""`orgtui merge`: merge two plans that come from a third one, by what their changes touch."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from orgtui.api.merging import PlanFiles, read_merging
from orgtui.api.results import MergeConflict, MergeFinding, MergeResult
from orgtui.changes.merge import Side
from orgtui.cli.common import (
    EXIT_INTERRUPTED,
    Telling,
    UserError,
    comma_list,
    output_path,
    run_command,
    to_json,
    warn,
    write_to_stdout,
)
from orgtui.cli.merge_asking import ask_conflicts, require_terminal
from orgtui.cli.output import back_up, check_output, write_error
from orgtui.cli.parser import Parser
from orgtui.cli.plan_output import changes_at
from orgtui.cli.state import read_organization
from orgtui.files.disk.writing import replace_file
from orgtui.files.plan_file import dump_plan
from orgtui.files.toml.problems import problem_sentence
from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.session.plan.planned import CannotApply

EXIT_CONFLICTS = 1

SIDES: tuple[Side, ...] = ("ours", "theirs")

KEPT = {"ours": N_("ours stays"), "theirs": N_("theirs is taken"), None: N_("neither stands in the plan")}


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 if merged, 1 if conflicts are open, 2 if nothing is written."""
    options = make_parser().parse_args(arguments)
    return run_command(lambda: _merge(options))


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser(
        "orgtui merge", description=N_("Merge two plans that come from a third, by what their changes touch.")
    )
    parser.add_argument("base", metavar="BASE", type=Path, help=N_("plan that both come from; empty if none"))
    parser.add_argument(
        "ours", metavar="OURS", type=Path, help=N_("plan that stays where both changed the same")
    )
    parser.add_argument("theirs", metavar="THEIRS", type=Path, help=N_("plan whose changes are taken in"))
    parser.add_argument(
        "-o",
        "--output",
        metavar="PLAN",
        type=output_path,
        required=True,
        help=N_("plan to write, - for standard output"),
    )
    parser.add_argument(
        "--org", metavar="ORG", type=Path, help=N_("organisation file, if it is not beside the plan")
    )
    parser.add_argument(
        "--path", metavar="PLAN", type=Path, help=N_("where the plan belongs, if OURS is a copy (git's %%P)")
    )
    every = parser.add_mutually_exclusive_group()
    for side, said in (
        ("ours", N_("in conflicts, keep ours, and count them as decided")),
        ("theirs", N_("in conflicts, take theirs")),
    ):
        every.add_argument(f"--{side}", dest="every", action="store_const", const=side, help=said)
    parser.add_argument(
        "--take",
        metavar="N=SIDE",
        type=choices,
        default={},
        help=N_("the side of single conflicts: 2=theirs,5=ours"),
    )
    parser.add_argument("--ask", action="store_true", help=N_("ask about each conflict on this terminal"))
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help=N_("the same as --format json")
    )
    return parser


def choices(text: str) -> Mapping[int, Side]:
    """An argument such as `2=theirs,5=ours`; raises ArgumentTypeError."""
    chosen: dict[int, Side] = {}
    for each in comma_list(text):
        number, _, side = each.partition("=")
        if not number.isdecimal() or side not in SIDES:
            wrong = sentence("“{value}” names no side of a conflict", value=each)
            right = sentence("write its number and ours or theirs, such as 2=theirs")
            raise ArgumentTypeError(translate(problem_sentence(wrong, right)))
        chosen[int(number)] = side
    return chosen


def _merge(options: Namespace) -> int:
    output: Path | None = options.output
    if options.ask:
        require_terminal()
    check_output(output, "plan")
    inputs = [each for each in (options.base, options.ours, options.theirs) if each.exists()]
    is_input = output is not None and output.exists() and any(map(output.samefile, inputs))
    earlier = [] if is_input else changes_at(output)
    try:
        files = PlanFiles(options.base, options.ours, options.theirs, options.path)
        merging = read_merging(files, read_organization, options.org)
    except CannotApply as refused:
        raise UserError(refused.sentence) from refused
    merged = merging.merge(lambda number: options.take.get(number, options.every))
    unknown = sorted(each for each in options.take if not 1 <= each <= merged.asked)
    if unknown:
        raise UserError(sentence("there is no conflict {numbers}", numbers=tuple(map(str, unknown))))
    if options.ask and merged.asked:
        sides = {number: options.take.get(number, options.every) for number in range(1, merged.asked + 1)}
        chosen = {number: side for number, side in sides.items() if side is not None}
        asked = ask_conflicts(merging, chosen, str(output or options.path or options.ours))
        if asked.merged is None:
            print_error(translate(sentence("nothing was written")))
            return asked.status or EXIT_INTERRUPTED
        merged = asked.merged
    _write(dump_plan(merged.plan), output, is_lost=bool(earlier))
    tell = Telling(output)
    for line in FORMATS[options.format](merging.tell(merged)):
        tell(line)
    if options.format == "text" and options.path is None:
        tell.written()
    tell.end()
    return EXIT_CONFLICTS if merged.unsettled else 0


def _write(data: bytes, output: Path | None, *, is_lost: bool) -> None:
    """Write the plan; of another one that stood there a copy is kept."""
    if output is None:
        write_to_stdout(data)
        return
    try:
        if is_lost:
            warn(sentence("the plan that was in {file} is kept as {kept}", file=output, kept=back_up(output)))
        replace_file(output, data)
    except OSError as error:
        raise write_error(output, error) from error


# -- formats -----------------------------------------------------------------------------------------


def _json(merged: MergeResult) -> Iterator[str]:
    yield to_json(merged.as_dict())


def _text(merged: MergeResult) -> Iterator[str]:
    for conflict in merged.conflicts:
        yield from _conflict_lines(conflict)
    yield from _finding_lines(merged)
    yield from (lost.message for lost in merged.unsigned)
    said = sentence(
        "{changes:change|changes} in the merged plan: {ours} come from ours, {theirs} from theirs",
        changes=merged.changes,
        ours=merged.from_ours,
        theirs=merged.from_theirs,
    )
    yield translate(said)
    if merged.unsettled:
        yield translate(
            sentence(
                "{unsettled:conflict|conflicts} to decide: ours stands in the plan; "
                "--theirs, or --take 1=theirs for one of them, takes the other side",
                unsettled=merged.unsettled,
            )
        )


def _conflict_lines(conflict: MergeConflict) -> Iterator[str]:
    kept = Sentence(KEPT[conflict.kept])
    about = sentence("conflict {number}: {kept}", number=conflict.number, kept=kept)
    yield translate(
        about
        if conflict.touched or conflict.base.changes or _has_changes(conflict)
        else sentence(
            "conflict {number} about {about}: {kept}",
            number=conflict.number,
            about=conflict.about[0],
            kept=kept,
        )
    )
    for label, side in (
        (N_("  base    {said}"), conflict.base),
        (N_("  ours    {said}"), conflict.ours),
        (N_("  theirs  {said}"), conflict.theirs),
    ):
        yield translate(Sentence(label, {"said": side.words}))
    for each in conflict.touched:
        yield f"  {each.message}"
    if conflict.reason is not None:
        yield translate(sentence("  together this cannot be: {reason}", reason=conflict.reason))


def _has_changes(conflict: MergeConflict) -> bool:
    return bool(conflict.ours.changes or conflict.theirs.changes)


def _finding_lines(merged: MergeResult) -> Iterator[str]:
    for each in merged.introduced:
        label = N_("only together  {severity} {code} {message}")
        if each not in merged.together:
            label = N_("introduced     {severity} {code} {message}")
        yield translate(Sentence(label, _params(each)))
    counts = [
        sentence("{error:error|errors}, {warning:warning|warnings}, {advice} advice", **each)
        for each in (merged.before, merged.merged)
    ]
    yield translate(sentence("{before} → {after}", before=counts[0], after=counts[1]))


def _params(each: MergeFinding) -> dict[str, object]:
    return {"severity": Sentence(each.severity), "code": each.code, "message": each.message}


FORMATS = {"text": _text, "json": _json}
