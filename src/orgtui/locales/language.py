"""The available languages, and choosing one by name or environment."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH, CHINESE = "en", "zh_CN"
LANGUAGES = (ENGLISH, CHINESE)

OWN_NAMES = {ENGLISH: "English", CHINESE: "简体中文"}
"""What each language calls itself."""

OWN_VARIABLE = "ORGTUI_LANG"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Environment variables for the language: ours goes before what was chosen, those of the locale after."""

_NAMES = {"c": ENGLISH, "posix": ENGLISH, "en": ENGLISH, "zh": CHINESE}
"""Languages by the first part of a locale's name; there is one Chinese, for all countries and scripts."""


def parse_language(name: str) -> str | None:
    """The language of a name such as `zh_CN.UTF-8`, `zh-Hans` or `C`; None if it is not available."""
    first = name.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[0]
    return _NAMES.get(first.lower())


def language_from_environment(environ: Mapping[str, str], chosen: str | None = None) -> str:
    """The language of an environment in which one was `chosen`; English if what is named is not there."""
    of_locale = (environ.get(variable) for variable in LOCALE_VARIABLES)
    named = (environ.get(OWN_VARIABLE), chosen, *of_locale)
    return parse_language(next(filter(None, named), ENGLISH)) or ENGLISH
