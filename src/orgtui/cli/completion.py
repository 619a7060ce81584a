"""`orgtui completion`: the script by which a shell completes what is typed."""

from __future__ import annotations

from functools import partial

from orgtui.cli.common import run_command
from orgtui.cli.parser import Parser
from orgtui.model.sentence import N_

SHELLS = ("bash", "zsh", "fish")


def run(arguments: list[str]) -> int:
    """Run the command; prints one script."""
    options = make_parser().parse_args(arguments)
    return run_command(partial(_print, options.shell))


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser("orgtui completion", description=N_("The script by which a shell completes commands."))
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=N_("bash, zsh or fish"))
    return parser


def _print(shell: str) -> int:
    from argcomplete.shell_integration import shellcode

    print(shellcode(["orgtui"], shell=shell))
    return 0
