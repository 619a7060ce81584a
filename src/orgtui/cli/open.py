"""`orgtui [ORG]`: open the app."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from orgtui import __version__
from orgtui.cli.guide import EXAMPLES, by_purpose
from orgtui.cli.main import COMMANDS
from orgtui.cli.parser import Parser
from orgtui.cli.start_app import EXIT_BAD_INPUT, start_app
from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.tui.terminal.capabilities import terminal_problem

NAME_WIDTH = 2 + max(map(len, COMMANDS))


def run(arguments: list[str]) -> int:
    """Open the app; returns its exit status, or 2 if it cannot run here."""
    parser = make_parser()
    if arguments:
        _require_no_command(parser, arguments[0])
    options = parser.parse_args(arguments)
    if options.plan is not None and options.organization is None:
        parser.error(translate(sentence("--plan needs ORG, the organisation it changes")))
    if options.watch and options.organization is None:
        parser.error(translate(sentence("--watch needs ORG, the organisation that others work on")))
    reason = terminal_problem(os.environ)
    if reason is not None:
        print_error(escape_control_chars(f"orgtui: {translate(reason)}"))
        return EXIT_BAD_INPUT
    return start_app(
        options.organization,
        options.plan,
        watch=options.watch,
        ascii_only=options.ascii,
        theme=options.theme,
        mouse=options.mouse,
    )


def _require_no_command(parser: Parser, given: str) -> None:
    """Exit with 2 for an argument that is no file and resembles a command."""
    from difflib import get_close_matches

    meant = [] if os.path.lexists(given) else get_close_matches(given, COMMANDS, n=1)
    if meant:
        words = N_("there is no file and no command {given}; the nearest command is {command}")
        parser.error(translate(sentence(words, given=given, command=meant[0])))


def _commands() -> Iterator[str]:
    """The commands by what they are for, each with an example, as lines of the help."""
    yield translate(sentence("commands (orgtui COMMAND --help tells more):"))
    for purpose, names in by_purpose().items():
        yield f"\n{translate(Sentence(purpose))}:"
        for name in names:
            yield f"  {name:<{NAME_WIDTH}}{translate(Sentence(COMMANDS[name]))}"
            yield f"  {'':<{NAME_WIDTH}}{EXAMPLES[name]}"
    yield ""


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser(
        "orgtui",
        description=N_("Restructure a marketing organisation and see what every move mends and breaks."),
        epilog="\n".join(_commands()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "organization",
        metavar="ORG",
        nargs="?",
        type=Path,
        help=N_("organisation file; without it you choose one"),
    )
    parser.add_argument(
        "--plan", type=Path, help=N_("the plan to work on; NAME.plan.toml beside ORG if absent")
    )
    parser.add_argument("--watch", action="store_true", help=N_("see what others change, and change nothing"))
    parser.add_argument("--ascii", action="store_true", help=N_("signs for fonts that have ASCII only"))
    parser.add_argument(
        "--version",
        action="version",
        version=f"{parser.prog} {__version__}",
        help=N_("tell the version and leave"),
    )
    parser.add_argument(
        "--mouse",
        action=argparse.BooleanOptionalAction,
        help=N_("follow the mouse as well, or not; by default as set in the app"),
    )
    parser.add_argument(
        "--theme",
        metavar="NAME",
        help=N_(
            "auto, dark, light, high-contrast, terminal or one of your own; by default as set in the app"
        ),
    )
    return parser
