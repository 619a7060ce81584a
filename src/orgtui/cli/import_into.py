"""`orgtui import FILE --into ORG`: what a newer export changes in an organisation.

Nothing is written without `--yes` or a yes on the terminal. `--format json` prints one object:

    {
      "outcome": "imported",               imported, unchanged, asks or refused (bad input, nothing written)
      "organization": "Acme Marketing",
      "written": false,                    whether the organisation was written
      "read": {"encoding": "utf-8", "delimiter": ",", "header_line": 1},
      "mapping": {"id": "Employee ID", "name": "Name", "team": "Department"},
      "counts": {"joined": 1, "left": 1, "moved": 1},
      "changes": [
        {"what": "joined", "says": "Zhao Yan in Brand", "op": "add_seat", "person": "1007", "team": "brand",
         "name": "Zhao Yan"},
        {"what": "left", "says": "Xu Lei of Brand", "op": "remove_seat", "person": "1004"},
        {"what": "moved", "says": "Li Na from Brand to Growth", "op": "move_person", "person": "1002",
         "to": "growth"},
        {"what": "new-manager", "says": "Li Na: Chen Jing → Wang Wei", "person": "1002", "from": "1001",
         "to": "1003"}
      ],
      "problems": [
        {"file": "newer.csv", "line": 9, "severity": "note", "code": "vacant", "about": "1009",
         "says": "a vacant seat"}
      ]
    }

`what` is a key of `orgtui.exchange.updating.COUNTED`. Beside the operations of plans, `op` is `set_seat`
(title, state, FTE), `change_holder`, `remove_seat` or `set_day`; a new manager follows from the others and
has none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from orgtui.cli.asking import can_ask, confirm
from orgtui.cli.common import EXIT_BAD_INPUT, UserError, to_json
from orgtui.cli.import_report import (
    csv_of_errors,
    problem_fields,
    problem_lines,
    question_lines,
    reading_lines,
)
from orgtui.cli.output import check_output, replace_kept
from orgtui.cli.state import read_organization
from orgtui.exchange.importing import ImportOptions, Proposal, Source, read_sources
from orgtui.exchange.problems import CannotRead, ImportProblem
from orgtui.exchange.record import ImportRecord, dump_record, load_record, record_path
from orgtui.exchange.rows import SheetChoice
from orgtui.exchange.updating import (
    COUNTED,
    Update,
    UpdateChange,
    columns_gone,
    columns_of,
    update,
)
from orgtui.files.organization_file import files_to_save
from orgtui.locales import join_list, translate
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.model.store import Organization
from orgtui.session.plan.on_disk import OnDisk
from orgtui.views.base.names import name_of

CHANGES_SHOWN = 200
"""How many changes of a kind are told one by one."""


@dataclass(frozen=True, slots=True)
class Target:
    """The organisation into which something is taken, with the record of its last import if there is one."""

    path: Path
    organization: Organization
    on_disk: OnDisk
    record: ImportRecord | None = None

    @property
    def answers(self) -> dict[str, str]:
        """The answers of the last import."""
        return {} if self.record is None else dict(self.record.answers)


def load_target(path: Path) -> Target:
    """Load an organisation and its record; raises UserError, InvalidFile with every problem."""
    if not path.exists():
        raise UserError(
            sentence(
                "{file} is not there; make it with --output, and give what comes later --into it", file=path
            )
        )
    check_output(path, "organization")
    on_disk = OnDisk(path)
    organization = read_organization(path)
    on_disk.include(organization.files.people)
    return Target(path, organization, on_disk, load_record(record_path(path)))


def read_as_before(
    target: Target, sources: Sequence[Source], options: ImportOptions
) -> tuple[list[SheetChoice], ImportOptions]:
    """The sheets of the sources and what is asked of them: what the record says, unless it is said anew.

    Raises CannotRead, OfficeMissing.
    """
    record = target.record
    if record is None:
        return read_sources(sources, options), options
    earlier = record.source
    options = replace(
        options,
        encoding=options.encoding or earlier.encoding,
        under=options.under or earlier.under,
        with_functions=options.with_functions and earlier.functions,
    )
    sheet = None if "sheet" in record.answers else earlier.sheet
    try:
        read = read_sources(sources, replace(options, sheet=options.sheet or sheet))
    except CannotRead:
        # The sheet may be called otherwise by now; anything else is told by the second reading.
        read = read_sources(sources, options)
    return read, replace(options, columns={**columns_of(record, read), **options.columns})


def take_over(
    options: argparse.Namespace,
    request: ImportOptions,
    sources: Sequence[Source],
    read: Sequence[SheetChoice],
    proposal: Proposal,
    answers: Mapping[str, str],
    target: Target,
) -> int:
    """Tell what the proposal changes, and write it if it is wanted; returns the exit status."""
    changed = None
    problems = [p for p in proposal.problems if p.question is None or p.question.key not in answers]
    if target.record is not None:
        problems += columns_gone(target.record, read)
    if not proposal.errors:
        changed = update(target.organization, proposal, target.record, request.vocabulary, request.today)
        names = partial(name_of, changed.organization, before=changed.before)
        problems += told(changed.problems, names)
    proposal = replace(proposal, problems=tuple(problems))
    is_open = bool(proposal.open_questions({})) and not options.yes
    is_refused = bool(proposal.errors)
    is_wanted = options.yes and not is_refused
    if options.format == "csv":
        sys.stdout.write(csv_of_errors(proposal))
    elif options.format == "text":
        _print_text(options, sources, proposal, changed, is_open)
        if changed is not None and changed.changes and not is_refused and not is_open and not options.yes:
            is_wanted = wants_writing(target)
    if is_wanted and changed is not None:
        _write(target, changed)
    if options.format == "json":
        print(_json(sources, proposal, changed, is_written=is_wanted and changed is not None))
    elif options.format == "text" and changed is not None and not is_open and not is_refused:
        tell_written(target, is_written=is_wanted, has_changes=bool(changed.changes))
    return EXIT_BAD_INPUT if is_refused or is_open else 0


def wants_writing(target: Target) -> bool:
    """Ask on a terminal whether the difference is to be written; no where nobody can be asked."""
    return can_ask() and confirm(sentence("Write {file}?", file=target.path))


def tell_written(target: Target, *, is_written: bool, has_changes: bool) -> None:
    """Say whether the organisation was written."""
    if not has_changes:
        print(translate(sentence("nothing changed")))
    elif is_written:
        print(translate(sentence("{file} is written", file=target.path)))
    else:
        print_error(translate(sentence("nothing was written; --yes writes it")))


def write_into(target: Target, files: Mapping[Path, bytes]) -> None:
    """Write what was taken over; what it replaces is kept. Raises UserError, also if somebody was faster."""
    if target.on_disk.has_changed():
        raise UserError(
            sentence("{file} was changed meanwhile; nothing was written, run this again", file=target.path)
        )
    replace_kept(files, target.path)


def _write(target: Target, changed: Update) -> None:
    """Write organisation and record where they change; the record last: it says what was taken over."""
    files = files_to_save(changed.organization, target.path) if changed.changes else {}
    record = dump_record(changed.record)
    if target.record is None or record != dump_record(target.record):
        files[record_path(target.path)] = record
    if files:
        write_into(target, files)


def _print_text(
    options: argparse.Namespace,
    sources: Sequence[Source],
    proposal: Proposal,
    changed: Update | None,
    is_open: bool,
) -> None:
    if options.yes or not can_ask():
        for line in reading_lines(sources, proposal):
            print(line)
    for line in problem_lines(sources, proposal, "error"):
        print_error(escape_control_chars(line))
    if proposal.errors or changed is None:
        count = len(proposal.errors)
        print_error(translate(sentence("{count:error|errors}: nothing was written", count=count)))
        return
    for line in problem_lines(sources, proposal, "note"):
        print(line)
    if options.yes or is_open:
        for line in question_lines(sources, proposal):
            (print_error if is_open else print)(escape_control_chars(line))
    names = partial(name_of, changed.organization, before=changed.before)
    for line in difference_lines(changed.changes, COUNTED, names):
        print(line)
    if is_open:
        print_error(
            translate(sentence("nothing was written: answer on a terminal, or take the defaults with --yes"))
        )


def difference_lines(
    changes: Sequence[UpdateChange], counted: Mapping[str, str], names: Callable[[Ref], str]
) -> Iterator[str]:
    """A difference in words: the counts of each kind of change, then the changes; they are sorted by kind."""
    kinds = [(what, list(each)) for what, each in groupby(changes, key=lambda change: change.what)]
    if len(kinds) > 1:
        yield ""
        yield join_list(translate(Sentence(counted[what], {"count": len(each)})) for what, each in kinds)
    for what, each in kinds:
        yield ""
        yield translate(Sentence(counted[what], {"count": len(each)}))
        for change in each[:CHANGES_SHOWN]:
            yield f"  {translate(change.says, names)}"
        if len(each) > CHANGES_SHOWN:
            yield "  " + translate(sentence("and {count} more", count=len(each) - CHANGES_SHOWN))


def change_fields(changes: Sequence[UpdateChange], names: Callable[[Ref], str]) -> list[dict[str, Any]]:
    """The changes as JSON has them."""
    return [
        {"what": change.what, "says": translate(change.says, names), **change.fields} for change in changes
    ]


def _json(sources: Sequence[Source], proposal: Proposal, changed: Update | None, *, is_written: bool) -> str:
    has_changes = changed is not None and bool(changed.changes)
    outcome = proposal.outcome if has_changes or proposal.outcome != "imported" else "unchanged"
    data: dict[str, Any] = {"outcome": outcome}
    if changed is not None:
        data["organization"] = changed.organization.profile.name
    data["written"] = is_written and has_changes
    data["read"] = {**proposal.sheet.read, "header_line": proposal.roster.table.header_line}
    data["mapping"] = proposal.roster.mapping()
    if changed is not None:
        names = partial(name_of, changed.organization, before=changed.before)
        data["counts"] = changed.counts()
        data["changes"] = change_fields(changed.changes, names)
    data["problems"] = [problem_fields(sources, problem) for problem in proposal.problems]
    return to_json(data)


def told(problems: Sequence[ImportProblem], names: Callable[[Ref], str]) -> list[ImportProblem]:
    """Problems with the names of what they speak of in their words."""
    return [
        replace(problem, says=sentence("{problem}", problem=translate(problem.says, names)))
        for problem in problems
    ]
