"""`orgtui import FILE --into ORG --what skills|functions|goals|handoffs`: the second hour, from sheets.

| what | columns | how cells are written |
| --- | --- | --- |
| skills | id or name, then a column a skill; or id or name, skill, level | 0 to 5, or a word as below |
| functions | id or name, then a column a function; or id or name, function, share | 0.5, 50 % or 50 |
| goals | goal, and metric, target, pillar, review, evaluated, core, teams | yes, no; weekly …; A, B |
| handoffs | from, to, and what, tracked, sla | functions and departments by name or id |

Levels in words (`orgtui.exchange.sheets.cells.LEVELS`): 1 aware, beginner, 了解, 入门; 2 basic, 基础, 初级;
3 intermediate, competent, 掌握, 中级; 4 advanced, proficient, 熟练, 高级; 5 expert, master, 精通, 专家. Blank
cells say nothing; what a sheet does not name stays.

Nothing is written without `--yes` or a yes on the terminal. `--format json` prints one object:

    {
      "outcome": "imported",               imported, unchanged or refused (bad input, nothing written)
      "organization": "Acme Marketing",
      "written": false,
      "read": {"encoding": "utf-8", "delimiter": ",", "header_line": 1},
      "mapping": {"name": "Name", "columns": ["Copywriting", "SEO"]},
      "counts": {"skill": 1},
      "changes": [
        {"what": "skill", "says": "Li Na: copywriting 2 → 4", "op": "set_skill", "person": "li",
         "skill": "copywriting", "level": 4}
      ],
      "problems": [
        {"file": "skills.csv", "line": 1, "severity": "note", "code": "skill-new", "about": null,
         "says": "SEO is a new skill, seo"}
      ]
    }

`op` is that of a plan; `what` is one of the kind's `COUNTED` in `orgtui.exchange.sheets`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from orgtui.cli.common import EXIT_BAD_INPUT, UserError, to_json
from orgtui.cli.import_into import (
    Target,
    change_fields,
    difference_lines,
    tell_written,
    told,
    wants_writing,
    write_into,
)
from orgtui.cli.import_report import PROBLEMS_SHOWN, problem_fields, problem_line
from orgtui.exchange.importing import ImportOptions, Source, read_sources
from orgtui.exchange.problems import ImportProblem, ImportSeverity
from orgtui.exchange.sheets.kinds import KINDS as KINDS
from orgtui.exchange.sheets.kinds import take
from orgtui.exchange.sheets.taking import Taken
from orgtui.files.organization_file import files_to_save
from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import sentence
from orgtui.views.base.names import name_of


def check_options(options: argparse.Namespace) -> None:
    """Refuse what says nothing of a sheet of this kind; raises UserError."""
    if options.into is None:
        raise UserError(sentence("--what says what to take into an organisation: name it with --into"))
    if options.columns:
        raise UserError(sentence("--map is for lists of people, not for --what"))
    if options.format == "csv":
        raise UserError(sentence("--format csv is for lists of people, not for --what"))


def take_sheets(
    options: argparse.Namespace, request: ImportOptions, sources: Sequence[Source], target: Target
) -> int:
    """Tell what the sheets change, and write it if it is wanted; returns the exit status.

    Raises CannotRead, OfficeMissing, UserError.
    """
    read = read_sources(sources, request)
    other_ids = {} if target.record is None else target.record.people
    taken = take(options.what, target.organization, read, other_ids)
    names = partial(name_of, taken.organization, before=taken.before)
    notes = [problem for choice in read for problem in choice.problems]
    taken = replace(taken, problems=(*notes, *told(taken.problems, names)))
    is_wanted = options.yes and not taken.has_errors
    if options.format == "text":
        _print_text(sources, taken)
        if taken.changes and not taken.has_errors and not options.yes:
            is_wanted = wants_writing(target)
    if is_wanted and taken.changes:
        write_into(target, files_to_save(taken.organization, target.path))
    if options.format == "json":
        print(_json(sources, taken, is_written=is_wanted and bool(taken.changes)))
    elif not taken.has_errors:
        tell_written(target, is_written=is_wanted, has_changes=bool(taken.changes))
    return EXIT_BAD_INPUT if taken.has_errors else 0


def _print_text(sources: Sequence[Source], taken: Taken) -> None:
    for source, table in zip(sources, taken.tables, strict=True):
        columns = [table.headers[place] for place in (*table.columns.values(), *table.others)]
        print(
            translate(
                sentence(
                    "{file}: header in line {line}; {columns}",
                    file=source.name,
                    line=table.header_line,
                    columns=columns,
                )
            )
        )
    for line in _lines(sources, taken.problems, "error"):
        print_error(escape_control_chars(line))
    if taken.has_errors:
        count = sum(problem.severity == "error" for problem in taken.problems)
        print_error(translate(sentence("{count:error|errors}: nothing was written", count=count)))
        return
    for line in _lines(sources, taken.problems, "note"):
        print(line)
    names = partial(name_of, taken.organization, before=taken.before)
    for line in difference_lines(taken.changes, taken.counted, names):
        print(line)


def _lines(
    sources: Sequence[Source], problems: Sequence[ImportProblem], severity: ImportSeverity
) -> Iterator[str]:
    found = [problem for problem in problems if problem.severity == severity]
    for problem in found[:PROBLEMS_SHOWN]:
        yield problem_line(sources, problem)
    if len(found) > PROBLEMS_SHOWN:
        yield translate(sentence("and {count} more", count=len(found) - PROBLEMS_SHOWN))


def _json(sources: Sequence[Source], taken: Taken, *, is_written: bool) -> str:
    outcome = "refused" if taken.has_errors else "imported" if taken.changes else "unchanged"
    names = partial(name_of, taken.organization, before=taken.before)
    return to_json(
        {
            "outcome": outcome,
            "organization": taken.organization.profile.name,
            "written": is_written,
            "read": {**taken.tables[0].sheet.read, "header_line": taken.tables[0].header_line},
            "mapping": taken.mapping(),
            "counts": {} if taken.has_errors else taken.counts(),
            "changes": [] if taken.has_errors else change_fields(taken.changes, names),
            "problems": [problem_fields(sources, problem) for problem in taken.problems],
        }
    )
