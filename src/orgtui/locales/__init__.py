"""How a sentence becomes words. English is in the code and is the id of every message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from orgtui.locales.language import ENGLISH
from orgtui.model.sentence import CURRENCY, N_, Money, Ref, Sentence

DOMAIN = "orgtui"
FOLDER = Path(__file__).parent
"""The catalogues: `LANGUAGE/LC_MESSAGES/orgtui.po`, and compiled `.mo`."""

LISTED = N_(", ")

Names = Callable[[Ref], str]
"""The name that stands for a reference, such as "Wang Lei" for `person:wang-lei`."""

_FIELD = re.compile(r"\{(?P<name>\w+)(?::(?P<one>[^{}|]*)(?:\|(?P<many>[^{}]*))?)?\}")


_spoken = ENGLISH
_translated: Callable[[str], str] = str


def speak(language: str) -> None:
    """Say everything in a language from here on; a catalogue is read only for another than English."""
    global _spoken, _translated
    if language == ENGLISH:
        _translated = str
    else:
        from gettext import translation

        _translated = translation(DOMAIN, FOLDER, [language]).gettext
    _spoken = language


def spoken() -> str:
    """The language everything is said in now."""
    return _spoken


def listed(words: Iterable[str]) -> str:
    """Words one after another, as the language separates them."""
    return say(Sentence(LISTED)).join(words)


def say(sentence: Sentence, names: Names | None = None) -> str:
    """Word a sentence: fields become their values, references their names, counts carry their noun.

    A field is `{name}`, or `{name:seat|seats}` for a count with its noun; a parameter that is itself a
    sentence is worded in its place. Raises KeyError for a field without a parameter.
    """

    def worded(field: re.Match[str]) -> str:
        value = sentence.params[field["name"]]
        if field["one"] is None:
            return _word(value, names)
        noun = field["one"] if value == 1 or field["many"] is None else field["many"]
        return f"{_word(value, names)} {noun}"

    template = sentence.template and _translated(sentence.template)
    return _FIELD.sub(worded, template)


def _word(value: object, names: Names | None) -> str:
    if isinstance(value, Sentence):
        return say(value, names)
    if isinstance(value, Ref):
        return value.id if names is None else names(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Money):
        return _money(value.amount, names)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return listed(_word(each, names) for each in value)
    return str(value)


def grouped(amount: int | float) -> str:
    """An amount with its thousands set apart."""
    return f"{amount:,}" if isinstance(amount, int) else f"{amount:,.2f}"


def _money(amount: int | float, names: Names | None) -> str:
    currency = "" if names is None else names(CURRENCY)
    return f"{currency} {grouped(amount)}".lstrip()
