"""`--lang`, which every command takes: what language the program speaks."""

from __future__ import annotations

import os
import sys

from orgtui.locales import DOMAIN, FOLDER, set_language, translate
from orgtui.locales.language import ENGLISH, LANGUAGES, language_from_environment, parse_language
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import sentence

OPTION = "--lang"
EXIT_BAD_USAGE = 2


def apply_language_option(arguments: list[str]) -> list[str]:
    """Speak the language asked for, or that of the environment; returns the arguments without `--lang`.

    Exits with 2 if there are no words in the language asked for.
    """
    _set_language(language_from_environment(os.environ))
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
            print(escape_control_chars(f"orgtui: {translate(refusal)}"), file=sys.stderr)
            raise SystemExit(EXIT_BAD_USAGE)
        _set_language(language)
    return rest


def _set_language(language: str) -> None:
    """Speak a language, and let argparse find its own words in our catalogue."""
    set_language(language)
    if language == ENGLISH:
        os.environ.pop("LANGUAGE", None)
        return
    import gettext

    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language
