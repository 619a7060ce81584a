"""The option `--lang` of all commands: the language of the program."""

from __future__ import annotations

import os

from orgtui.home import settings_path
from orgtui.locales import DOMAIN, FOLDER, set_language, translate
from orgtui.locales.language import (
    ENGLISH,
    LANGUAGES,
    OWN_VARIABLE,
    language_from_environment,
    parse_language,
)
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import sentence

OPTION = "--lang"
EXIT_BAD_USAGE = 2


def apply_language_option(arguments: list[str]) -> list[str]:
    """Set the language of `--lang`, else the preferred one; returns the arguments without `--lang`.

    Exits with status 2 if the language is not available.
    """
    _set_language(_preferred_language())
    if not any(each.startswith(OPTION) for each in arguments):
        return arguments
    from argparse import ArgumentParser

    parser = ArgumentParser("orgtui", add_help=False, allow_abbrev=False)
    parser.add_argument(OPTION)
    options, rest = parser.parse_known_args(arguments)
    if options.lang is not None:
        language = parse_language(options.lang)
        if language is None:
            refusal = sentence(
                "no language is called “{name}”; there are {known}", name=options.lang, known=LANGUAGES
            )
            print_error(escape_control_chars(f"orgtui: {translate(refusal)}"))
            raise SystemExit(EXIT_BAD_USAGE)
        _set_language(language)
    return rest


def _preferred_language() -> str:
    """The language of the environment and the settings; settings that cannot be used are told of, no more."""
    if os.environ.get(OWN_VARIABLE) or not os.path.lexists(settings_path()):
        return language_from_environment(os.environ)
    from orgtui.files.disk.chosen_language import preferred_language
    from orgtui.files.toml.problems import InvalidFile

    try:
        return preferred_language()
    except InvalidFile as invalid:
        language = language_from_environment(os.environ)
        set_language(language)
        for each in invalid.problems:
            print_error(str(each))
        return language


def _set_language(language: str) -> None:
    """Set the language, also for the messages of argparse, which gettext finds in our catalogue."""
    set_language(language)
    if language == ENGLISH:
        os.environ.pop("LANGUAGE", None)
        return
    import gettext

    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language
