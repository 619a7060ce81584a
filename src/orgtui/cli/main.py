"""The entrance: `orgtui ORG` opens the app, `orgtui COMMAND …` hands over to that command's module."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

COMMANDS = {
    "check": "findings and metrics of an organisation",
    "rule": "the catalogue of rules, or the page of one",
    "fix": "a plan with the fixes that are safe, or the best ones",
    "apply": "the organisation that a plan leads to",
    "diff": "what differs between two organisations or plans",
    "merge": "a three-way merge of plans, also as a git merge driver",
    "export": "a picture, page or table of an organisation",
    "import": "an organisation from a table of people",
    "recover": "what a damaged session log still holds",
}
"""The commands; each is a module `orgtui.cli.NAME_command` with `main(arguments) -> exit status`."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    name = arguments[0] if arguments else ""
    if name in COMMANDS and _is_there(name):
        status: int = import_module(_module(name)).main(arguments[1:])
        return status
    gc.disable()  # nothing that is loaded before the first screen can be thrown away
    from orgtui.cli.open_app import main

    return main(arguments)


def _module(name: str) -> str:
    return f"orgtui.cli.{name}_command"


def _is_there(name: str) -> bool:
    return find_spec(_module(name)) is not None
