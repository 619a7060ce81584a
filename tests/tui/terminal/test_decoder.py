"""Keys come out of the bytes of a terminal the same, however a line cuts them up."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events, messages
from textual.message import Message

from orgtui.tui.terminal.decoder import (
    ESCAPE_TIMEOUT_S,
    PASTE_MAX_CHARS,
    PASTE_TIMEOUT_S,
    SEQUENCE_MAX_CHARS,
    SEQUENCE_TIMEOUT_S,
    STRING_MAX_CHARS,
    TOTAL_TIMEOUT_S,
    Decoder,
)

KEYS = {
    "up": "\x1b[A",
    "end": "\x1bOF",
    "f1": "\x1b[[A",
    "f5": "\x1b[15~",
    "pagedown": "\x1b[6~",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "backspace": "\x7f",
    "enter": "\r",
    "tab": "\t",
    "ctrl+r": "\x12",
    "m": "m",
    "G": "G",
    "dollar_sign": "$",
    "王": "王",
    "ö": "ö",
}
"""Keys, and what a terminal sends for them."""


def named(read: Iterable[Message]) -> list[str]:
    return [_name(message) for message in read]


def _name(message: Message) -> str:
    if isinstance(message, events.Key):
        return (
            message.key if message.character is None or not message.character.isalpha() else message.character
        )
    if isinstance(message, events.Paste):
        return f"paste {message.text}"
    if isinstance(message, events.MouseEvent):
        return f"{type(message).__name__} {message.x:.0f} {message.y:.0f}"
    return type(message).__name__


def whole(data: bytes) -> list[str]:
    decoder = Decoder()
    return named([*decoder.feed(data), *decoder.expire()])


@pytest.mark.parametrize("key", KEYS)
def test_every_key(key: str) -> None:
    assert whole(KEYS[key].encode()) == [key]


@given(st.lists(st.sampled_from([*KEYS])), st.data())
@example(["escape", "m"], None)
@example(["escape", "escape", "up"], None)
@example(["f1", "escape", "王"], None)
def test_keys_that_come_together_or_in_any_pieces_are_the_same(
    keys: list[str], data: st.DataObject | None
) -> None:
    sent = "".join(KEYS[key] for key in keys).encode()
    assert whole(sent) == keys
    decoder, read, rest = Decoder(), list[Message](), sent
    while rest:
        size = 1 if data is None else data.draw(st.integers(1, len(rest)))
        read += decoder.feed(rest[:size])
        rest = rest[size:]
    assert named([*read, *decoder.expire()]) == keys


@given(st.binary())
def test_no_bytes_break_it_or_stay_inside(data: bytes) -> None:
    decoder = Decoder()
    list(decoder.feed(data))
    for _ in range(len(data)):
        list(decoder.expire())
    assert decoder.timeout_s is None
    assert named(decoder.feed(b"m"))[-1] == "m"


def test_it_waits_a_moment_after_an_escape_and_longer_within_a_sequence() -> None:
    decoder = Decoder()
    assert decoder.timeout_s is None
    assert list(decoder.feed(b"\x1b")) == []
    assert decoder.timeout_s == ESCAPE_TIMEOUT_S
    assert list(decoder.feed(b"[")) == []
    assert decoder.timeout_s == SEQUENCE_TIMEOUT_S
    assert named(decoder.feed(b"A")) == ["up"]
    assert decoder.timeout_s is None


def test_what_stays_unfinished_is_keys_after_all() -> None:
    decoder = Decoder()
    assert list(decoder.feed(b"\x1b[1;")) == []
    assert named(decoder.expire()) == ["escape", "left_square_bracket", "1", "semicolon"]


@pytest.mark.parametrize("typed", ["[x", "[[v", "[", "O", "OG"])
def test_an_escape_before_what_may_be_the_begin_of_a_sequence_is_a_key(typed: str) -> None:
    names = {"[": "left_square_bracket"}
    assert whole(b"\x1b" + typed.encode()) == ["escape", *(names.get(key, key) for key in typed)]


def test_a_paste_is_one_text_whatever_is_in_it() -> None:
    decoder = Decoder()
    read = [each for byte in b"\x1b[200~a\x1b[Ab\nq\x1b[201~m" for each in decoder.feed(bytes([byte]))]
    assert named(read) == ["paste a\x1b[Ab\nq", "m"]


def test_a_paste_that_stalls_is_taken_as_it_is() -> None:
    decoder = Decoder()
    assert list(decoder.feed(b"\x1b[200~abc")) == []
    assert decoder.timeout_s == PASTE_TIMEOUT_S
    assert named(decoder.expire()) == ["paste abc"]
    assert decoder.timeout_s is None
    assert named(decoder.feed(b"m")) == ["m"]


ENDLESS = {
    "sequence": (b"\x1b[", b"1;", SEQUENCE_MAX_CHARS, []),
    "command": (b"\x1b]11;", b"f/", STRING_MAX_CHARS, []),
    "device control": (b"\x1bP1$r", b"0m", STRING_MAX_CHARS, []),
    "paste": (b"\x1b[200~", b"ab", PASTE_MAX_CHARS, ["paste"]),
}
"""By kind of sequence: its begin, what it goes on with, how much of it is kept, and what comes of it."""


@pytest.mark.parametrize("kind", ENDLESS)
def test_what_never_ends_ends_by_its_length(kind: str) -> None:
    begin, more, longest, left = ENDLESS[kind]
    decoder = Decoder()
    read = list(decoder.feed(begin))
    for _ in range(PASTE_MAX_CHARS // 1000):
        read += decoder.feed(more * 1000)
        assert len(decoder._rest) <= longest
    assert [name.partition(" ")[0] for name in named(read)] == left
    assert all(len(each.text) <= longest for each in read if isinstance(each, events.Paste))
    assert decoder.timeout_s == SEQUENCE_TIMEOUT_S
    assert list(decoder.expire()) == []
    assert decoder.timeout_s is None
    assert named(decoder.feed(b"m")) == ["m"]


@pytest.mark.parametrize("kind", ENDLESS)
def test_what_never_ends_ends_in_time_even_if_more_comes(kind: str) -> None:
    begin, _, _, left = ENDLESS[kind]
    now = 0.0
    decoder = Decoder(lambda: now)
    read = list(decoder.feed(begin))
    while now <= TOTAL_TIMEOUT_S:
        now += SEQUENCE_TIMEOUT_S / 2
        read += decoder.feed(b"0")
    assert [name.partition(" ")[0] for name in named(read)] == left
    assert list(decoder.expire()) == []
    assert named(decoder.feed(b"m")) == ["m"]


@pytest.mark.parametrize(
    "sent",
    [
        b"\x1b[" + b"1;" * 16384 + b"z",
        b"\x1b[" + b"1;" * 16384 + b"\x1b[9999z",
        b"\x1b]52;c;" + b"QUJD" * 16384 + b"\x07",
        b"\x1b]52;c;" + b"QUJD" * 16384 + b"\x1b\\",
        b"\x1b[200~" + b"q" * 100_000 + b"\x1b[201~",
    ],
)
@pytest.mark.parametrize("size", [4096, 4097, 100])
def test_what_is_too_long_is_dropped_up_to_its_end(sent: bytes, size: int) -> None:
    decoder, sent = Decoder(), sent + b"m"
    parts = [sent[at : at + size] for at in range(0, len(sent), size)]
    read = [each for part in parts for each in decoder.feed(part)]
    assert named(each for each in read if not isinstance(each, events.Paste)) == ["m"]
    assert decoder.timeout_s is None


def test_answers_that_nobody_asked_for_are_no_keys() -> None:
    assert whole(b"\x1b]4;1;rgb:0000/0000/0000\x07m\x1b]10;rgb:ff/ff/ff\x1b\\m") == ["m", "m"]
    assert whole(b"\x1bP>|XTerm(370)\x1b\\m\x1bP1$r0m\x1b\\m") == ["m", "m"]
    assert whole(b"\x1b]11;rgb:0000\x1b[Am") == ["up", "m"], "another sequence ends it"
    assert whole(b"\x1b]11;rgb:0000\rm") == ["enter", "m"], "no control character is in it"


@pytest.mark.parametrize("typed", ["]", "P", "]m", "Pm", "]1", "P1", "]]", "PP"])
def test_an_escape_before_what_may_be_the_begin_of_a_string_is_a_key(typed: str) -> None:
    names = {"]": "right_square_bracket"}
    assert whole(b"\x1b" + typed.encode()) == ["escape", *(names.get(key, key) for key in typed)]


def test_presses_answers_and_what_nobody_knows() -> None:
    assert whole(b"\x1b[<0;10;3M\x1b[<0;10;3m") == ["MouseDown 9 2", "MouseUp 9 2"]
    assert whole(b"\x1b[?2026;2$y") == ["TerminalSupportsSynchronizedOutput"]
    assert whole(b"\x1b[?2026;0$y\x1b[?2048;2$y\x1b[?1;2c\x1b[9999z") == []
    assert isinstance(
        next(iter(Decoder().feed(b"\x1b[?2026;1$y"))), messages.TerminalSupportsSynchronizedOutput
    )


def test_bytes_that_are_no_utf_8_end_nothing() -> None:
    assert whole(b"a\xe4b") == ["a", "replacement_character", "b"]
