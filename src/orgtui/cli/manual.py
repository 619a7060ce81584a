"""The manual page in the documentation; run as a module it prints `docs/orgtui.1`."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from importlib import import_module

from argparse_manpage.manpage import Manpage

from orgtui import __version__
from orgtui.cli.guide import by_purpose
from orgtui.cli.language import apply_language_option
from orgtui.cli.main import COMMANDS, module_of
from orgtui.locales.language import ENGLISH

DESCRIPTION = "restructure a marketing organisation in the terminal"


def page() -> str:
    """The manual page as troff, in English, as Python 3.11 words it."""
    os.environ["COLUMNS"] = "80"
    apply_language_option(["--lang", ENGLISH])
    whole: ArgumentParser = import_module(module_of("open")).make_parser()
    *_, whole.epilog = (whole.epilog or "").splitlines()
    commands = whole.add_subparsers(metavar="COMMAND", title="commands", parser_class=ArgumentParser)
    for names in by_purpose().values():
        for name in names:
            commands.add_parser(name, help=COMMANDS[name], add_help=False)
            commands.choices[name] = import_module(module_of(name)).make_parser()
    manual = Manpage(whole, format="single-commands-section")
    manual.date, manual.manual, manual.description = "", f"orgtui {__version__}", DESCRIPTION
    return str(manual)


if __name__ == "__main__":
    print(page(), end="")
