"""Which language is spoken: what was asked for, else `ORGTUI_LANG`, else the locale."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH, CHINESE = "en", "zh_CN"
LANGUAGES = (ENGLISH, CHINESE)

LANGUAGE_VARIABLES = ("ORGTUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where people say their language, the first that is set decides."""

_NAMES = {"c": ENGLISH, "posix": ENGLISH, "en": ENGLISH, "zh": CHINESE}
"""Languages by the first word of a locale; there is one Chinese, whatever the country or script."""


def parse_language(name: str) -> str | None:
    """The language that a name such as `zh_CN.UTF-8`, `zh-Hans` or `C` stands for; None if unknown."""
    first = name.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[0]
    return _NAMES.get(first.lower())


def language_from_environment(environ: Mapping[str, str]) -> str:
    """The language of an environment; English where it names none that is known."""
    named = next((environ[variable] for variable in LANGUAGE_VARIABLES if environ.get(variable)), ENGLISH)
    return parse_language(named) or ENGLISH
