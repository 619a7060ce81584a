"""`orgtui check`: check an organisation against the rules."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from orgtui.api.checking import CheckedState, check_state, require_known_rules
from orgtui.cli.common import comma_list, iso_date, run_command
from orgtui.cli.github import github_lines
from orgtui.cli.parser import Parser
from orgtui.cli.report import report_lines
from orgtui.cli.sarif import sarif_lines
from orgtui.cli.state import load_state
from orgtui.cli.text import text_lines
from orgtui.model.sentence import N_
from orgtui.rules.policy import SEVERITIES

FORMATS: Mapping[str, Callable[[CheckedState], Iterable[str]]] = {
    "text": text_lines,
    "json": report_lines,
    "sarif": sarif_lines,
    "github": github_lines,
}
"""The output formats by name; each gives the lines."""


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 without findings from `--fail-on` on, 1 with them, 2 for bad input."""
    options = make_parser().parse_args(arguments)
    return run_command(lambda: _check(options))


def make_parser() -> argparse.ArgumentParser:
    """The parser of the arguments."""
    parser = Parser("orgtui check", description=N_("Check an organisation against the principles."))
    parser.add_argument("organization", metavar="ORG", type=Path, help=N_("organisation file"))
    parser.add_argument("--plan", type=Path, help=N_("check the organisation with this plan applied"))
    parser.add_argument("--format", choices=tuple(FORMATS), default="text")
    parser.add_argument(
        "--select", type=comma_list, metavar="WORDS", help=N_("only these codes, names or families")
    )
    parser.add_argument("--ignore", type=comma_list, metavar="WORDS", default=(), help=N_("all but these"))
    parser.add_argument("--today", type=iso_date, metavar="DATE", help=N_("the day to judge by (YYYY-MM-DD)"))
    parser.add_argument("--with-pay", action="store_true", help=N_("judge the cost by the pay file"))
    parser.add_argument(
        "--fail-on", choices=SEVERITIES, default="error", help=N_("exit with 1 from this severity on")
    )
    return parser


def _check(options: argparse.Namespace) -> int:
    require_known_rules((*(options.select or ()), *options.ignore))
    checked = check_state(
        load_state(options.organization, options.plan),
        select=options.select,
        ignore=options.ignore,
        today=options.today,
        with_pay=options.with_pay,
    )
    sys.stdout.write("".join(f"{line}\n" for line in FORMATS[options.format](checked)))
    worst = SEVERITIES[: SEVERITIES.index(options.fail_on) + 1]
    return int(any(reported.counts and reported.severity in worst for reported in checked.findings))
