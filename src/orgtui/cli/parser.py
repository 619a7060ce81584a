"""The argument parser of all commands, with translated help."""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter
from typing import Any, NoReturn

from orgtui.cli.guide import EXAMPLES
from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import N_, Sentence, sentence


class Parser(ArgumentParser):
    """An argument parser whose `description` and `help` are templates; an example ends its help."""

    def __init__(self, prog: str, *, description: str, epilog: str = "", **options: Any) -> None:
        example = EXAMPLES.get(prog.removeprefix("orgtui").lstrip(), prog)
        said = translate(sentence("example: {command}", command=example))
        options.setdefault("formatter_class", RawDescriptionHelpFormatter)  # examples are typed as they stand
        super().__init__(
            prog, description=translate(Sentence(description)), epilog=f"{epilog}\n{said}".lstrip(), **options
        )
        # Removed from the arguments before any command sees them; added here for the help.
        self.add_argument(
            "--lang", metavar="LANG", help=N_("en or zh_CN; otherwise that of ORGTUI_LANG or of the locale")
        )

    def add_argument(self, *names: Any, **options: Any) -> Action:
        if "help" in options:
            options["help"] = translate(sentence(options["help"]))
        return super().add_argument(*names, **options)

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments; what they hold, such as names of files, is made visible."""
        if sys.stderr is None:
            sys.exit(2)  # argparse would tell it on standard output
        super().error(escape_control_chars(message))

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help on standard output, anything else on standard error; 2 for help that is not written."""
        if file is not sys.stdout:
            print_error(message.removesuffix("\n"))
            return
        from orgtui.cli.common import run_command

        status = run_command(lambda: print(message, end="") or 0)
        if status:
            sys.exit(status)
