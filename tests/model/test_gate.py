"""The gate and its short cut agree on every character."""

from __future__ import annotations

import sys

import pytest

from orgtui.model.gate import (
    escape_control_chars,
    is_clean,
    look_alikes,
    redact_control_chars,
    refused_character,
)


def test_every_character_is_let_in_or_described() -> None:
    assert all(is_clean(chr(n)) == (refused_character(chr(n)) is None) for n in range(sys.maxunicode + 1))


def test_a_refused_character_is_found_among_others() -> None:
    assert is_clean("王磊\u3000ab")
    assert not is_clean("王磊\u3000a\u200bb")
    assert refused_character("ab\x1b") == "U+001B (control character) at character 3"


IGNORABLE = (
    *("00AD", "034F", "061C", "115F-1160", "17B4-17B5", "180B-180F", "200B-200F", "202A-202E", "2060-206F"),
    *("3164", "FE00-FE0F", "FEFF", "FFA0", "FFF0-FFF8", "1BCA0-1BCA3", "1D173-1D17A", "E0000-E0FFF"),
)
"""Default_Ignorable_Code_Point of Unicode 15."""


def test_what_cannot_be_seen_is_refused() -> None:
    for span in (*IGNORABLE, "2800", "FFF9-FFFB", "13441-13442", "16FE4", "1D159"):
        first, _, last = span.partition("-")
        for number in range(int(first, 16), int(last or first, 16) + 1):
            assert not is_clean(f"a{chr(number)}b"), hex(number)
            assert not is_clean(chr(number)), hex(number)


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: letters that do not join
        "क्\u200dष",  # Hindi: half a letter
        "അവന്\u200d",  # Malayalam: a letter of its own at the end of a word
        "র\u200d্য",  # Bengali
        "\U0001f469\u200d\U0001f4bb",  # a woman at a computer
        "\U0001f3f3\ufe0f\u200d\U0001f308",  # a rainbow flag
        "\u2764\ufe0f",
        "1\ufe0f\u20e3",
        "葛\U000e0100",  # a variant of an ideograph
        "\u1820\u180b",
    ],
)
def test_joiners_and_selectors_stand_where_they_do_something(text: str) -> None:
    assert is_clean(text)
    assert refused_character(f"A {text} B") is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a\u200db",
            "a\u200c",
            "\u200dA",
            "王\u200d磊",
            "می\u200c",
            "क\u200d b",
            "\u2764\u200d",
            "\u2764\u200cA",
        ),
        *(
            "a\ufe0f",
            "王\ufe0f",
            "1\ufe0f",
            "a\U000e0100",
            "\u2764\ufe0f\ufe0f",
            "a\ufe0f\u200d\u2764",
            "a\u180b",
        ),
    ],
)
def test_joiners_and_selectors_are_refused_elsewhere(text: str) -> None:
    assert not is_clean(text)
    assert is_clean(redact_control_chars(text))
    assert is_clean(escape_control_chars(text))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Café", "Cafe\u0301"),
        ("A B", "A\u00a0B"),
        ("A B", "A  B"),
        ("A", "A "),
        ("王 磊", "王\u3000磊"),
        ("\u2764", "\u2764\ufe0f"),
        ("葛", "葛\U000e0100"),
    ],
)
def test_names_that_differ_in_what_cannot_be_seen(name: str, other: str) -> None:
    assert look_alikes([name, "B", other]) == {other: name}
    assert look_alikes([name, "B", name]) == {}


def test_names_that_can_be_told_apart() -> None:
    assert look_alikes(["AB", "A B", "ab", "Ａ", "A", "李娜", "李 娜"]) == {}
