"""`orgtui recover`: write the plan in a damaged session log."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from orgtui.changes.refusal import Refused
from orgtui.cli.common import Telling, UserError, output_path, run_command, write_to_stdout
from orgtui.cli.parser import Parser
from orgtui.files.disk.reading import FILE_MAX_BYTES, DistrustedFile, read_regular_file
from orgtui.files.disk.trust import distrust
from orgtui.files.disk.writing import create_file
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import dump_plan
from orgtui.files.toml.problems import InvalidFile
from orgtui.locales import translate
from orgtui.model.gate import safe_name
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.rules.registry import known_rules
from orgtui.session.log.lock import mark_beside
from orgtui.session.log.rescue import rescue_files_beside
from orgtui.session.plan.recovery import (
    NothingRecoverable,
    Recovered,
    accepts,
    as_taken,
    recover,
)


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 if the plan is written, 2 if nothing is, or not all is told."""
    options = make_parser().parse_args(arguments)
    return run_command(partial(_recover, options.log, options.output, options.org))


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser(
        "orgtui recover",
        description=N_("Write the plan that a session log holds, up to where it is damaged."),
    )
    parser.add_argument("log", metavar="LOG", type=Path, help=N_("session log"))
    parser.add_argument(
        "-o",
        "--output",
        metavar="PLAN",
        type=output_path,
        required=True,
        help=N_("plan to write, - for standard output"),
    )
    parser.add_argument(
        "--org", metavar="ORG", type=Path, help=N_("organisation file, if it is not beside the log")
    )
    return parser


def _recover(log: Path, output: Path | None, organization: Path | None) -> int:
    name = safe_name((output or log.with_suffix("")).name.removesuffix(".toml").removesuffix(".plan"))
    try:
        data = _bytes(log)
        recovered = recover(data, name)
    except NothingRecoverable as nothing:
        raise UserError(sentence("{log} holds nothing that can be recovered", log=log)) from nothing
    recovered, about_acceptances = _settled(recovered, organization, log)
    _write(recovered, output)
    tell = Telling(output)
    for each in (*_report(recovered, log, data, output), *about_acceptances):
        tell(translate(each))
    tell.end()
    return 0


def _settled(
    recovered: Recovered, organization: Path | None, log: Path
) -> tuple[Recovered, Sequence[Sentence]]:
    """What was recovered without acceptances that `apply` would refuse, and what is told of them.

    Raises InvalidFile or UserError for an organisation that was named and cannot be used.
    """
    plan = recovered.plan
    if not accepts(plan) and not recovered.signoffs and not plan.reviews:
        return recovered, ()
    file = organization or log.with_name(Path(recovered.organization).name)
    try:
        baseline = load_organization(file, known_rules())
        fits = baseline_hash(baseline) == plan.baseline
        if fits:
            settled = as_taken(recovered, baseline)
    except InvalidFile:
        if organization is not None:
            raise
        fits = False
    except Refused as refusal:
        wrong = N_("{organization} does not take what was recovered: {reason}")
        return recovered, [sentence(wrong, organization=file, reason=refusal.sentence)]
    if not fits and organization is not None:
        raise UserError(
            sentence("{log} is about another state of {organization}", log=log, organization=file)
        )
    unsure = N_("signatures left out: whether they still hold cannot be told without {organization}")
    lost = [sentence(unsure, organization=file)] if recovered.signoffs else []
    if not fits and not accepts(plan):
        return recovered, lost
    if not fits:
        unknown = N_(
            "whether what is accepted is still found cannot be told: {organization} is not there as it was; "
            "if applying the plan is refused, bring that state back and name it with --org"
        )
        return recovered, [sentence(unknown, organization=file), *lost]
    left_out = len(plan.steps) - len(settled.steps)
    told = sentence(
        "{left_out:change|changes} to acceptances left out: it is not found, or decided later",
        left_out=left_out,
    )
    return replace(recovered, plan=settled), [told] if left_out else ()


def _bytes(log: Path) -> bytes:
    try:
        data = read_regular_file(log, distrust=partial(distrust, to_read=True))
    except DistrustedFile as distrusted:
        wrong, right = distrusted.refusal
        raise UserError(sentence("{wrong}; {right}", wrong=wrong, right=right)) from distrusted
    except OSError as error:
        reason = reason_of(error)
        raise UserError(sentence("{log} cannot be read: {reason}", log=log, reason=reason)) from error
    if len(data) > FILE_MAX_BYTES:
        limit = FILE_MAX_BYTES // 1024**2
        raise UserError(sentence("{file} is larger than {limit} MiB", file=log, limit=limit))
    return data


def _write(recovered: Recovered, output: Path | None) -> None:
    if output is None:
        write_to_stdout(dump_plan(recovered.plan))
        return
    try:
        create_file(output, dump_plan(recovered.plan))
    except FileExistsError as error:
        raise UserError(sentence("{file} is there already; name another", file=output)) from error
    except OSError as error:
        reason = reason_of(error)
        raise UserError(sentence("{file} cannot be written: {reason}", file=output, reason=reason)) from error


def _report(recovered: Recovered, log: Path, data: bytes, output: Path | None) -> Iterator[Sentence]:
    yield sentence(
        "{entries:entry|entries} read, {changes:change|changes} written to {plan}",
        entries=recovered.entries,
        changes=len(recovered.plan.steps),
        plan=output or "-",
    )
    broken = recovered.broken
    if broken is not None:
        yield sentence(
            "broken at entry {entry}, line {line}, byte {byte}: {reason}; {left:byte|bytes} left out",
            entry=broken.entry,
            line=broken.line,
            byte=broken.byte,
            reason=broken.reason,
            left=recovered.left_out,
        )
    elif recovered.left_out:
        yield sentence(
            "the last line was not written to its end; {left:byte|bytes} left out", left=recovered.left_out
        )
    if not recovered.is_proved:
        yield sentence(
            "the last entry read, {entry}, is unverified: it was written without a checksum, "
            "and a change in it cannot be noticed",
            entry=recovered.entries,
        )
    if broken is None:
        yield from _unproved(recovered, log, data)
    for file in rescue_files_beside(log):
        try:
            refusal = distrust(file, os.lstat(file), to_read=True)
        except OSError as error:
            reason = reason_of(error)
            yield sentence("{file} cannot be read: {reason}", file=file, reason=reason)
            continue
        if refusal is not None:
            yield sentence("{wrong}; {right}", wrong=refusal[0], right=refusal[1])
            continue
        yield sentence("{file} holds changes that could not be written; recover it as well", file=file)


def _unproved(recovered: Recovered, log: Path, data: bytes) -> Iterator[Sentence]:
    """Whether entries are missing at the end of a log whose chain holds, as far as its mark shows."""
    try:
        mark = mark_beside(log)
    except OSError as error:
        reason = reason_of(error)
        yield sentence("whether entries are missing at its end cannot be seen: {reason}", reason=reason)
        return
    if mark is None:
        yield sentence("nothing shows whether entries are missing at its end")
    elif not mark.is_in(data, recovered.last):
        yield sentence(
            "{written:entry|entries} had been written to it: the last ones are missing", written=mark.count
        )
