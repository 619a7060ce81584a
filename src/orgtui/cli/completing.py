"""Completes what is typed in a shell, which starts the program for that (see `orgtui completion`).

Ids come from the organisation that is already on the command line.
"""

from __future__ import annotations

import os
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from shlex import split

import argcomplete
from argcomplete.completers import FilesCompleter

from orgtui.cli.main import COMMANDS, module_of
from orgtui.files.toml.problems import InvalidFile
from orgtui.locales.language import LANGUAGES
from orgtui.rules.registry import known_rules

POSITION = "_ARGCOMPLETE"
"""The variable in which the shell says at which word the program begins, counted from 1."""

Complete = Callable[[Namespace], Iterable[str]]

CARRIED = ("team", "function", "person")
"""Kinds of records that are named as KIND:ID."""

FILES = FilesCompleter(("toml",))


def complete() -> None:
    """Write what fits what is typed to the shell, and exit."""
    words = split_typed(os.environ.get("COMP_LINE", ""))
    at = next((index for index, word in enumerate(words) if index and word in COMMANDS), 0)
    if at:
        os.environ[POSITION] = str(int(os.environ[POSITION]) + at)
    module = import_module(module_of(words[at] if at else "open"))
    parser: ArgumentParser = module.make_parser()
    for (
        action
    ) in parser._actions:  # argparse has no public way to the arguments, and argcomplete none but this
        completer = _completer(action)
        if completer is not None:
            action.completer = completer  # type: ignore[attr-defined]
    argcomplete.autocomplete(parser, default_completer=FILES, always_complete_options="long")


def split_typed(line: str) -> list[str]:
    """The finished words of a line, without the last if it is still being typed."""
    try:
        words = split(line)
    except ValueError:  # a quote is open
        words = line.split()
    return words if line.endswith(" ") else words[:-1]


def _completer(action: Action) -> Callable[..., Iterable[str]] | None:
    """What completes an argument; None for what argparse or the names of files tell."""
    if action.dest == "organization" and action.nargs == "?":
        return lambda prefix, **_: [*COMMANDS, *FILES(prefix)]
    complete = BY_ARGUMENT.get(action.metavar if isinstance(action.metavar, str) else "") or BY_ARGUMENT.get(
        action.dest
    )
    if complete is None:
        return None
    makes_list = action.dest in LISTS

    def completed(prefix: str, parsed_args: Namespace, **_: object) -> Iterable[str]:
        before, comma, _last = prefix.rpartition(",") if makes_list else ("", "", prefix)
        return [f"{before}{comma}{each}" for each in complete(parsed_args)]

    return completed


def _ids(options: Namespace, *kinds: str) -> list[tuple[str, str]]:
    """The kinds and ids of records of the organisation that is typed; none if it cannot be read."""
    from orgtui.files.organization_file import load_organization

    try:
        organization = load_organization(options.organization, known_rules())
    except (AttributeError, InvalidFile):  # there is none yet, or none that can be read
        return []
    return [(kind, identity) for kind in kinds for identity in organization.tables[kind]]


def _references(options: Namespace) -> Iterable[str]:
    return [f"{kind}:{identity}" for kind, identity in _ids(options, *CARRIED)]


def _teams(options: Namespace) -> Iterable[str]:
    return [identity for _, identity in _ids(options, "team")]


def _rules(options: Namespace) -> Iterable[str]:
    return sorted(known_rules().codes_and_names)


def _formats(options: Namespace) -> Iterable[str]:
    from orgtui.exchange.writing.formats import FORMATS

    return [each.name for each in FORMATS]


BY_ARGUMENT: Mapping[str, Complete] = {
    "KIND:ID": _references,
    "TEAM": _teams,
    "CODE": _rules,
    "select": _rules,
    "ignore": _rules,
    "formats": _formats,
    "lang": lambda options: LANGUAGES,
}
"""What completes an argument, by what stands for it in the help or by its name."""

LISTS = frozenset({"select", "ignore", "formats"})
"""Arguments that are lists with commas between."""
