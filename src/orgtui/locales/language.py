"""The available languages, and choosing one by name or environment."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH, CHINESE = "en", "zh_CN"
LANGUAGES = (ENGLISH, CHINESE)

LANGUAGE_VARIABLES = ("ORGTUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""The environment variables for the language; the first one that is set counts."""

_NAMES = {"c": ENGLISH, "posix": ENGLISH, "en": ENGLISH, "zh": CHINESE}
"""Languages by the first part of a locale's name; there is one Chinese, for all countries and scripts."""


def parse_language(name: str) -> str | None:
    """The language of a name such as `zh_CN.UTF-8`, `zh-Hans` or `C`; None if it is not available."""
    first = name.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[0]
    return _NAMES.get(first.lower())


def language_from_environment(environ: Mapping[str, str]) -> str:
    """The language of an environment; English if it names none that is available."""
    named = next((environ[variable] for variable in LANGUAGE_VARIABLES if environ.get(variable)), ENGLISH)
    return parse_language(named) or ENGLISH
