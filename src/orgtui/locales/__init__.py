"""Translation of sentences with gettext catalogues; the English template is the message id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path

from orgtui.locales.language import ENGLISH
from orgtui.locales.latin import CJK
from orgtui.model.sentence import CURRENCY, N_, Chain, Count, Money, Percent, Ref, Sentence

DOMAIN = "orgtui"
FOLDER = Path(__file__).parent
"""The folder of the catalogues: `LANGUAGE/LC_MESSAGES/orgtui.po`, and compiled `.mo`."""

LIST_SEPARATOR = N_(", ")

NameLookup = Callable[[Ref], str]
"""Gives the name for a reference, such as "Wang Lei" for `person:wang-lei`."""

OPENING, CLOSING = "「」"
"""The Chinese quotes that a template has around the field of a name."""
_QUOTES_WITHIN = str.maketrans("「」", "『』")

_FIELD = re.compile(
    rf"(?P<open>{OPENING})?"
    r"\{(?P<name>\w+)(?::(?P<one>[^{}|]*)(?:\|(?P<many>[^{}]*))?)?\}"
    rf"(?P<close>{CLOSING})?"
)


@cache
def _character_before() -> re.Pattern[str]:
    """Compiled when first needed: its many ranges take a millisecond."""
    return re.compile(rf"[{CJK}]\Z")


_language = ENGLISH
_gettext: Callable[[str], str] = str


def set_language(language: str) -> None:
    """Set the language of the process; reads its catalogue unless it is English."""
    global _language, _gettext
    if language == ENGLISH:
        _gettext = str
    else:
        from gettext import translation

        _gettext = translation(DOMAIN, FOLDER, [language]).gettext
    _language = language


def current_language() -> str:
    """The language set last; English at first."""
    return _language


def join_list(words: Iterable[str]) -> str:
    """Words with the list separator of the language between them."""
    return translate(Sentence(LIST_SEPARATOR)).join(words)


def translate(sentence: Sentence, names: NameLookup | None = None) -> str:
    """Translate a sentence into the current language and fill in its parameters.

    A placeholder is `{name}`, or `{name:seat|seats}` for a count with its noun. References become names, or
    ids without `names`; a parameter that is a sentence is translated as well. Where a placeholder stands in
    Chinese quotes, each entry of a list gets its own, and quotes within are single ones. Raises KeyError for
    a placeholder without a parameter.
    """

    def filled(field: re.Match[str]) -> str:
        value = sentence.params[field["name"]]
        opening, closing = field["open"] or "", field["close"] or ""
        if opening and closing:
            if isinstance(value, Count) and _character_before().search(template[: field.start()]):
                return " " + _quoted(value, names)
            return _quoted(value, names)
        text = _format(value, names)
        if field["one"] is not None:
            noun = field["one"] if value == 1 or field["many"] is None else field["many"]
            text = f"{text} {noun}"
        return f"{opening}{text}{closing}"

    template = sentence.template and _gettext(sentence.template)
    return _FIELD.sub(filled, template)


def _quoted(value: object, names: NameLookup | None) -> str:
    """A value in quotes, or each entry of a list; what is counted has none."""
    if isinstance(value, list | tuple):
        return join_list(_quoted(each, names) for each in value)
    text = _format(value, names)
    return text if isinstance(value, Count) else f"{OPENING}{text.translate(_QUOTES_WITHIN)}{CLOSING}"


def _format(value: object, names: NameLookup | None) -> str:
    if isinstance(value, Sentence):
        return translate(value, names)
    if isinstance(value, Ref):
        return value.id if names is None else names(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Money):
        return _format_money(value.amount, names)
    if isinstance(value, Chain):
        return " → ".join(_format(ref, names) for ref in value.refs)
    if isinstance(value, Percent):
        return format_percent(value.fraction)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return join_list(_format(each, names) for each in value)
    return str(value)


def format_amount(amount: int | float) -> str:
    """An amount with commas between thousands; two decimals unless it is whole."""
    return f"{amount:,}" if isinstance(amount, int) else f"{amount:,.2f}"


def format_percent(fraction: int | float) -> str:
    """A fraction as a percentage, with one decimal unless it is whole: 67%, 66.7%."""
    return f"{100 * fraction:.1f}".removesuffix(".0") + "%"


def _format_money(amount: int | float, names: NameLookup | None) -> str:
    currency = "" if names is None else names(CURRENCY)
    return f"{currency} {format_amount(amount)}".lstrip()
