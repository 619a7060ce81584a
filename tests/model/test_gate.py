"""The gate and its short cut agree on every character."""

from __future__ import annotations

import sys

from orgtui.model.gate import is_clean, refused_character


def test_every_character_is_let_in_or_described() -> None:
    assert all(is_clean(chr(n)) == (refused_character(chr(n)) is None) for n in range(sys.maxunicode + 1))


def test_a_refused_character_is_found_among_others() -> None:
    assert is_clean("王磊\u3000a\u200db")
    assert not is_clean("王磊\u3000a\u200bb")
    assert refused_character("ab\x1b") == "U+001B (control character) at character 3"
