"""`orgtui suggest`: search for better structures within limits."""

from __future__ import annotations

import argparse
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from orgtui.advice.search.plans import Suggestion
from orgtui.advice.search.search import search
from orgtui.api.searching import Wishes, limits_of, options_of
from orgtui.api.suggest_words import check_words
from orgtui.api.suggesting import SuggestedState, suggestions_as_dict
from orgtui.cli.common import (
    Telling,
    UserError,
    comma_list,
    iso_date,
    number_from,
    output_path,
    run_command,
    to_json,
)
from orgtui.cli.output import check_output
from orgtui.cli.parser import Parser
from orgtui.cli.plan_output import changes_at, require_unlocked, write_plan
from orgtui.cli.state import load_state
from orgtui.cli.suggest_plan import as_plan
from orgtui.cli.suggest_progress import followed
from orgtui.cli.suggest_text import none_better, text_lines
from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import N_, sentence

SECONDS = 10.0
"""How long is searched unless the command line says otherwise."""

EXIT_NONE_BETTER = 1


def _json_lines(suggested: SuggestedState) -> Iterator[str]:
    yield to_json(suggestions_as_dict(suggested))


def _svg_lines(suggested: SuggestedState) -> Iterator[str]:
    from orgtui.cli.suggest_picture import picture

    yield picture(suggested).decode().removesuffix("\n")


FORMATS: Mapping[str, Callable[[SuggestedState], Iterable[str]]] = {
    "text": text_lines,
    "json": _json_lines,
    "svg": _svg_lines,
}
"""The output formats by name; each gives the lines."""


MOST_HELP: Mapping[str, str] = {
    "most_touched": N_("at most so many people with another team or manager"),
    "most_changes": N_("at most so many changes"),
    "most_moved": N_("at most so many people in another team"),
    "most_new_manager": N_("at most so many people with another manager"),
    "most_new_teams": N_("at most so many new teams"),
    "most_closed_teams": N_("at most so many teams closed"),
}
"""What is said of the option for each limit of costs."""


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 with at least one plan, 1 without, 2 for bad input."""
    options = make_parser().parse_args(arguments)
    return run_command(lambda: _suggest(options))


def make_parser() -> argparse.ArgumentParser:
    """The parser of the arguments."""
    parser = Parser("orgtui suggest", description=N_("Search for better structures, within limits."))
    parser.add_argument("organization", metavar="ORG", type=Path, help=N_("organisation file"))
    parser.add_argument("--plan", type=Path, help=N_("go on from this plan"))
    parser.add_argument(
        "--limits",
        metavar="FILE",
        type=Path,
        help=N_("what is to stay, instead of NAME.limits.toml beside ORG"),
    )
    parser.add_argument("--within", metavar="TEAM", help=N_("change only this team and those below it"))
    parser.add_argument(
        "--only",
        choices=("structure", "agreements", "all"),
        default="all",
        help=N_("who sits, works and leads where; or goals, links and reviews"),
    )
    parser.add_argument(
        "--bold", action="store_true", help=N_("also put together what has nothing in common")
    )
    for limit, said in MOST_HELP.items():
        option = f"--{limit.replace('_', '-')}"
        parser.add_argument(option, metavar="N", type=number_from(0), default=None, help=said)
    parser.add_argument(
        "--keep",
        metavar="KIND:ID",
        action="append",
        default=[],
        help=N_("a team, person or function that stays where it is; may be repeated"),
    )
    parser.add_argument(
        "--must",
        metavar="CODE",
        action="append",
        default=[],
        help=N_("a rule that must find nothing in the end; may be repeated"),
    )
    parser.add_argument(
        "--select", type=comma_list, metavar="WORDS", help=N_("only these codes, names or families")
    )
    parser.add_argument("--ignore", type=comma_list, metavar="WORDS", default=(), help=N_("all but these"))
    effort = parser.add_mutually_exclusive_group()
    effort.add_argument(
        "--seconds",
        metavar="S",
        type=number_from(0.1),
        default=SECONDS,
        help=N_("how long to search, 10 if absent"),
    )
    effort.add_argument(
        "--asks",
        metavar="N",
        type=number_from(1),
        help=N_("end after so many questions: the same answer on every computer"),
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=number_from(0),
        default=1,
        help=N_("another number searches in other ways"),
    )
    parser.add_argument(
        "--plans", metavar="N", type=number_from(1), default=5, help=N_("how many plans to show at most")
    )
    parser.add_argument("--format", choices=tuple(FORMATS), default="text")
    parser.add_argument("--today", type=iso_date, metavar="DATE", help=N_("the day to judge by (YYYY-MM-DD)"))
    parser.add_argument("--with-pay", action="store_true", help=N_("judge the cost by the pay file"))
    parser.add_argument(
        "-o",
        "--output",
        metavar="PLAN",
        type=output_path,
        default=argparse.SUPPRESS,
        help=N_("write one plan, - for standard output"),
    )
    parser.add_argument(
        "--take", metavar="ID", help=N_("the plan to write, such as p2; the recommended one if absent")
    )
    return parser


def _suggest(options: Namespace) -> int:
    writes = "output" in options
    _check_usage(options, writes)
    earlier = changes_at(options.output) if writes else []
    state = load_state(options.organization, options.plan)
    if writes:
        require_unlocked(state.plan, options.plan)
    rules = (*(options.select or ()), *options.ignore)
    check_words(state, keep=options.keep, must=options.must, within=options.within, rules=rules)
    today = options.today or state.baseline.profile.as_of
    wishes = _wishes(options)
    limits, asked = limits_of(state, wishes), options_of(state, wishes)
    progress = followed(search(state.baseline, today, limits, asked))
    suggested = SuggestedState(state, today, limits, asked, progress)
    if not progress.plans:
        return _tell_none(suggested, options.format)
    taken = _taken(suggested, options.take) if writes else None
    lines = FORMATS[options.format](suggested)
    if taken is None:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        return 0
    tell = Telling(options.output)
    for line in lines:
        tell(line)
    plan = as_plan(suggested, taken, options.output)
    write_plan(plan, options.output, earlier, going_on_from=options.plan)
    if options.format == "text" and options.output is not None:
        tell("")
        tell(translate(sentence("{plan} is written to {file}", plan=taken.id, file=options.output)))
    tell.end()
    return 0


def _check_usage(options: Namespace, writes: bool) -> None:
    """Refuse options that do not go together, and an output that cannot be; raises UserError."""
    if options.take is not None and not writes:
        raise UserError(sentence("`--take` says which plan to write: say where with `-o`"))
    if writes and options.output is None and options.format != "text":
        raise UserError(
            sentence("`-o -` and `--format {format}` both write standard output", format=options.format)
        )
    if writes:
        check_output(options.output, "plan")


def _wishes(options: Namespace) -> Wishes:
    most = {limit.removeprefix("most_"): getattr(options, limit) for limit in MOST_HELP}
    return Wishes(
        limits=options.limits,
        keep=tuple(options.keep),
        must=tuple(options.must),
        most={limit: number for limit, number in most.items() if number is not None},
        within=options.within,
        only=options.only,
        bold=options.bold,
        seconds=float(options.seconds),
        asks=options.asks,
        seed=options.seed,
        count=options.plans,
        select=options.select,
        ignore=options.ignore,
        today=options.today,
        with_pay=options.with_pay,
    )


def _tell_none(suggested: SuggestedState, form: str) -> int:
    """Say that nothing is better, and the best just outside the limits; what is no text on standard error."""
    if form == "json":
        for line in FORMATS[form](suggested):
            print(line)
    for line in none_better(suggested):
        if form == "text":
            print(line)
        else:
            print_error(escape_control_chars(line))
    return EXIT_NONE_BETTER


def _taken(suggested: SuggestedState, identity: str | None) -> Suggestion:
    """The plan to write; raises UserError if there is none with the id that is asked for."""
    plan = suggested.recommended if identity is None else suggested.plan(identity)
    if plan is None:
        known = tuple(each.id for each in suggested.progress.plans)
        raise UserError(sentence("no plan is called {id}: there are {known}", id=identity, known=known))
    return plan
