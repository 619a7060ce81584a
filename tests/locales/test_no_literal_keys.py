"""No sentence names a key by its letter: which key that is, the keymap says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from orgtui.locales.extract import extract_catalogue, read_catalogue
from orgtui.locales.language import ENGLISH, LANGUAGES
from orgtui.tui.commands.browsing import COMMANDS

BOUND = {key for command in COMMANDS for key in command.keys}

ORDINARY_WORDS = frozenset({"delete", "down", "end", "home", "left", "right", "up"})
"""Names of keys that English has other uses for."""

NAMES = {key for key in BOUND if len(key) > 1} - ORDINARY_WORDS | {"esc", "pgup", "pgdn"}
SIGNS = {key for key in BOUND if len(key) == 1 and not key.isalnum()} | set("↑↓←")

FILLED = re.compile(r"\{[^{}]*\}|%\(\w+\)\w|%\w|`[^`]*`")
"""Fields, and what is quoted as it is typed in a shell."""

NAMED = re.compile(
    rf"(?<![\w+])(?:{'|'.join(map(re.escape, sorted(NAMES, key=len, reverse=True)))}|ctrl\+\w|f\d+)(?![\w+])",
    re.IGNORECASE | re.ASCII,
)
SIGN = re.compile(rf"(?<!\S)[{re.escape(''.join(SIGNS))}](?!\S)")
LETTER = re.compile(r"(?<![\w’'])[A-Za-z](?![\w’'])", re.ASCII)
ENGLISH_LETTER = re.compile(r"(?<!^)(?<![.:;?] )(?<![\w’'])A(?![\w’'])|(?<![\w’'])[B-HJ-Zb-z](?![\w’'])")
"""A letter by itself, other than an article and "I"."""

DIGIT = re.compile(r"(?:^|[;:,] (?:then )?)[1-4] (?!to )(?=[a-z])")
"""A digit that does something."""

CHINESE_NAMES = re.compile("空格键|回车|退格|制表键|方向键|换行键")

NOT_KEYS = {
    "Letters, digits, arrows, F-keys and ctrl+letter only: they survive SSH, tmux and screen. `?` shows the keys of the pane you are in, `:` finds a command by its name.",  # noqa: E501
    "No space left on device",
    "{pay} of {pay_budget}",
    "{seconds} s ago",
    "{format}: writing… {seconds} s",
    "save it as UTF-8 (in Excel as “CSV UTF-8”), or convert it with iconv -f {encoding} -t UTF-8 {file} > NEW",  # noqa: E501
    "write a list in [ ]",
    "write a list of two in [ ]",
    "write sha256: and 64 digits 0 to 9, a to f",
}
"""The page about keys; signs and letters of TOML, numbers, fractions, units, options of other commands."""


def literal_keys(text: str, language: str = ENGLISH) -> Iterator[str]:
    """What in a template looks like the name of a key."""
    said = FILLED.sub("…", text)
    letter = ENGLISH_LETTER if language == ENGLISH else LETTER
    for pattern in (NAMED, SIGN, letter, DIGIT, CHINESE_NAMES):
        yield from pattern.findall(said)


@pytest.fixture(scope="module")
def messages() -> set[str]:
    return {str(message.id) for message in extract_catalogue() if message.id}


@pytest.fixture(scope="module", params=[language for language in LANGUAGES if language != ENGLISH])
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read_catalogue(request.param)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("q leaves; every change is already saved", "en"),
        ("None of the changes is yours: p takes out any", "en"),
        ("carry, add or accept it with A", "en"),
        ("Find something with / first", "en"),
        ("{teams}, then 1 adds one", "en"),
        ("1 goes to the teams", "en"),
        ("↑ ↓ choose   {take} takes it", "en"),
        ("Leave the page first: escape closes it", "en"),
        ("ctrl+r does it again", "en"),
        ("F2 undoes it", "en"),
        ("按 q 退出", "zh_CN"),
        ("请用 / 查找", "zh_CN"),
        ("可用a接受", "zh_CN"),
        ("按回车确定", "zh_CN"),
        ("enter 确定", "zh_CN"),
    ],
)
def test_a_key_in_a_sentence_is_seen(text: str, language: str) -> None:
    assert list(literal_keys(text, language))


@pytest.mark.parametrize(
    "text",
    [
        "A text is needed here",
        "{key} leaves",
        "What was changed; a seat is free",
        "Go up",
        "`orgtui a` lists",
    ],
)
def test_what_is_no_key_is_left_alone(text: str) -> None:
    assert not list(literal_keys(text))


def test_no_sentence_names_a_key(messages: set[str]) -> None:
    named = {text: list(literal_keys(text)) for text in messages - NOT_KEYS}
    assert {text: keys for text, keys in named.items() if keys} == {}


def test_no_translation_names_a_key(catalogue: Catalog) -> None:
    named = {
        str(message.id): list(literal_keys(str(message.string), str(catalogue.locale)))
        for message in catalogue
        if message.id not in NOT_KEYS
    }
    assert {text: keys for text, keys in named.items() if keys} == {}


def test_every_exception_is_still_said(messages: set[str]) -> None:
    assert messages >= NOT_KEYS
