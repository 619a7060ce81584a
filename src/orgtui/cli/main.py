"""The entry point: `orgtui ORG` opens the app, `orgtui COMMAND …` runs the module of that command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

from orgtui.cli.language import apply_language_option
from orgtui.locales.streams import occupy_closed_streams
from orgtui.model.collection import pause_collection, skip_collection_at_exit
from orgtui.model.sentence import N_

COMMANDS = {
    "apply": N_("write the organisation that a plan leads to"),
    "check": N_("what the principles say of an organisation"),
    "completion": N_("the script by which bash, zsh or fish completes commands"),
    "diff": N_("how two organisations or two plans differ"),
    "doctor": N_("what is wrong with the files of a session, and what to do"),
    "export": N_("write pictures, reports and lists of an organisation and its plan"),
    "fix": N_("write the plan that takes the fixes of what is found"),
    "git-setup": N_("let git merge plans and show them in sentences, in this repository"),
    "import": N_("make an organisation of a spreadsheet or an HR export"),
    "merge": N_("merge two plans that come from a third, by what their changes touch"),
    "places": N_("where functions, teams and people could go, the best place first"),
    "recover": N_("what a damaged session log still holds"),
    "rule": N_("the catalogue of principles, or one page of it"),
    "schema": N_("the JSON Schema of a file, for editors and programs"),
    "suggest": N_("better structures, within limits"),
}
"""The commands with their help; each is a module of this package with `run(arguments) -> exit status`.

Where the name is a keyword of Python, the module has an underscore behind it, and for a hyphen one as well.
"""


def module_of(command: str) -> str:
    """The name of the module of a command."""
    name = command.replace("-", "_")
    return f"orgtui.cli.{name}_" if iskeyword(name) else f"orgtui.cli.{name}"


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    pause_collection()
    occupy_closed_streams()
    given = apply_language_option(given)
    if "_ARGCOMPLETE" in os.environ:
        import_module("orgtui.cli.completing").complete()
    name = given[0] if given and given[0] in COMMANDS else "open"
    module = import_module(module_of(name))
    status: int = module.run(given if name == "open" else given[1:])
    skip_collection_at_exit()
    return status
