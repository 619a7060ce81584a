"""`orgtui diff`: print the differences of two organisations, or of two plans, entry by entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from orgtui.api.differences import Difference, load_entries
from orgtui.api.differences import differences as differences
from orgtui.api.differences import organization_entries as organization_entries
from orgtui.cli.common import run_command, to_json
from orgtui.cli.parser import Parser
from orgtui.cli.plan_sentences import sentence_lines
from orgtui.cli.state import read_organization
from orgtui.exchange.writing.markdown_text import table_row
from orgtui.locales import translate
from orgtui.model.sentence import N_, sentence

SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def run(arguments: list[str]) -> int:
    """Run the command; returns 0, or 2 for bad input."""
    parser = make_parser()
    options = parser.parse_args(arguments)

    if options.sentences and options.new is not None:
        parser.error(translate(sentence("--sentences takes one plan")))
    if not options.sentences and options.new is None:
        parser.error(translate(sentence("name two files to compare")))

    def print_differences() -> int:
        if options.sentences:
            for line in sentence_lines(options.old, options.org):
                print(line)
            return 0
        for line in FORMATS[options.format](
            list(differences(*load_entries(options.old, options.new, read_organization)))
        ):
            print(line)
        return 0

    return run_command(print_differences)


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser("orgtui diff", description=N_("How two organisations or two plans differ, by id."))
    parser.add_argument("old", metavar="OLD", type=Path, help=N_("organisation or plan"))
    parser.add_argument("new", metavar="NEW", type=Path, nargs="?", help=N_("the same kind of file"))
    parser.add_argument("--format", choices=tuple(FORMATS), default="text")
    parser.add_argument(
        "--sentences", action="store_true", help=N_("only print one plan as sentences, as git compares them")
    )
    parser.add_argument("--org", metavar="ORG", type=Path, help=N_("whose names the sentences use"))
    return parser


# -- formats ---------------------------------------------------------------------------------------


def _text(found: Iterable[Difference]) -> Iterator[str]:
    any_found = False
    for each in found:
        any_found = True
        name = f"  {each.name}" if each.name and each.name != each.id else ""
        yield f"{SIGNS[each.change]} {each.kind} {each.id}".rstrip() + name
        for key, (old, new) in each.values.items() if each.change == "changed" else ():
            yield f"    {key}: {_shown(old)} → {_shown(new)}"
    if not any_found:
        yield translate(sentence("no differences"))


def _json(found: Iterable[Difference]) -> Iterator[str]:
    listed = [
        {
            "kind": each.kind,
            "id": each.id,
            "change": each.change,
            "values": {key: {"old": old, "new": new} for key, (old, new) in each.values.items()},
        }
        for each in found
    ]
    yield to_json({"differences": listed})


def _markdown(found: Iterable[Difference]) -> Iterator[str]:
    yield "| | kind | id | key | old | new |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for each in found:
        for key, (old, new) in each.values.items() if each.change == "changed" else [("", ("", ""))]:
            yield f"| {SIGNS[each.change]} {table_row((each.kind, each.id, key, _shown(old), _shown(new)))}"


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, str | date):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=_iso)


def _iso(value: date) -> str:
    return value.isoformat()


FORMATS = {"text": _text, "json": _json, "md": _markdown}
