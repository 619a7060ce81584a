"""What is typed while an input method is on, as the keys that were meant."""

from __future__ import annotations

import unicodedata

from textual.events import Key

from orgtui.model.sentence import sentence
from orgtui.tui.terminal.textual_internals import KnownSequences

INPUT_METHOD_ON = sentence(
    "An input method is on and takes the letters. Switch it to English (often shift or ctrl+space); "
    "in texts it works as ever"
)

PLAIN = {full: chr(ord(full) - 0xFEE0) for full in map(chr, range(0xFF01, 0xFF5F))} | dict(
    zip("\u3000【】「」『』〔〕《》〈〉、。￥¥—…·“”‘’", " [][]{}[]<><>/.$$_^`\"\"''", strict=True)
)
"""By a full-width character or Chinese punctuation, the character on the same key without an input method."""


def plain_key(key: Key) -> Key:
    """The key that is meant by a full-width one; any other key as it is."""
    meant = PLAIN.get(key.character or "")
    return key if meant is None else next(iter(KnownSequences().keys(meant)))


def is_committed(key: Key) -> bool:
    """Whether a key is a character that an input method has made, such as `王`; no keyboard has it."""
    character = key.character or ""
    return len(character) == 1 and unicodedata.category(character) == "Lo" and _is_wide(character)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")
