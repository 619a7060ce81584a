"""The language that somebody chose on the start screen, a setting."""

from __future__ import annotations

import os
from collections.abc import Mapping

from orgtui.files.disk.settings import keep_setting, read_setting
from orgtui.files.toml.problems import invalid_file
from orgtui.home import settings_path
from orgtui.locales.language import LANGUAGES, OWN_VARIABLE, language_from_environment
from orgtui.model.sentence import sentence

SETTING = "language"


def preferred_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language of `ORGTUI_LANG`, else the one that was chosen, else that of the locale.

    Raises InvalidFile for a file of settings that cannot be used.
    """
    chosen = None if environ.get(OWN_VARIABLE) else read_setting(SETTING, settings_path(environ))
    if chosen is not None and chosen not in LANGUAGES:
        wrong = sentence("there is no language {name}", name=str(chosen))
        right = sentence("write one of {known}", known=LANGUAGES)
        raise invalid_file(str(settings_path(environ)), wrong, right)
    return language_from_environment(environ, None if chosen is None else str(chosen))


def keep_language(language: str, environ: Mapping[str, str] = os.environ) -> None:
    """Keep a language as the one to begin with; raises InvalidFile or OSError if it cannot be kept."""
    keep_setting(SETTING, language, settings_path(environ))
