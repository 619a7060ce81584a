"""Decodes the bytes that a terminal sends into keys, pastes, mouse presses and replies."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from textual import events, messages
from textual.keys import Keys
from textual.message import Message

from orgtui.tui.terminal.textual_internals import KnownSequences

ESCAPE = "\x1b"
PASTE = "\x1b[200~"

ESCAPE_TIMEOUT_S = 0.1
"""Seconds after which a lone escape is the key and not the start of a sequence."""

SEQUENCE_TIMEOUT_S = 1.0
"""Seconds after which an unfinished sequence is read as single keys; a slow line may split one."""

_TOKEN = re.compile(
    r"\x1b\[200~(?P<pasted>.*?)\x1b\[201~"
    r"|(?!\x1b\[200~)(?P<sequence>\x1b\[\[[A-E]|\x1b\[[0-?]*[ -/]*[@-Z\\-~]|\x1bO[ -~])"
    r"|(?P<key>\x1b(?=[^\[O])|[^\x1b])",
    re.DOTALL,
)
_BEGUN = re.compile(r"\x1b(?:\[\[?|\[[0-?]+[ -/]*|\[[ -/]+|O|\[200~.*)?", re.DOTALL)
"""The start of a token whose rest may follow."""

_BARE = re.compile(r"\x1b[\[O].")
"""A sequence that may also be an escape and two characters."""

_MOUSE = re.compile(r"\x1b\[<\d+;\d+;\d+[Mm]")
_PAINTS_AT_ONCE = re.compile(r"\x1b\[\?2026;[1-4]\$y")


class Decoder:
    """Incremental decoder from terminal bytes to Textual messages.

    An escape followed by a letter is the two keys, not the letter with alt: keys that were typed ahead
    arrive together, and no command needs alt.
    """

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._known = KnownSequences()
        self._rest = ""

    @property
    def timeout_s(self) -> float | None:
        """Seconds without input after which to call `expire`; None if nothing is unfinished."""
        if not self._rest or self._rest.startswith(PASTE):
            return None
        return ESCAPE_TIMEOUT_S if self._rest == ESCAPE else SEQUENCE_TIMEOUT_S

    def feed(self, data: bytes) -> Iterator[Message]:
        """Decode bytes; yields the messages that they complete."""
        self._rest += self._decode(data)
        yield from self._complete()

    def expire(self) -> Iterator[Message]:
        """Read an unfinished sequence as single keys; yields their messages."""
        if self._rest:
            self._rest = self._rest[1:]
            yield from self._keys(ESCAPE)
            yield from self._complete()

    def _complete(self) -> Iterator[Message]:
        end = 0
        while end < len(self._rest):
            token = _TOKEN.match(self._rest, end)
            if token is None:
                if _BEGUN.fullmatch(self._rest, end):
                    break
                yield from self._keys(ESCAPE)
                end += 1
                continue
            end = token.end()
            if token["pasted"] is not None:
                yield events.Paste(token["pasted"])
            else:
                yield from self._keys(token["key"]) if token["key"] else self._sequence(token["sequence"])
        self._rest = self._rest[end:]

    def _sequence(self, sequence: str) -> Iterator[Message]:
        if _PAINTS_AT_ONCE.fullmatch(sequence):
            yield messages.TerminalSupportsSynchronizedOutput()
        elif _MOUSE.fullmatch(sequence):
            pressed = self._known.mouse(sequence)
            if pressed is not None:
                yield pressed
        elif keys := list(self._keys(sequence)):
            yield from keys
        elif _BARE.fullmatch(sequence):
            for character in sequence:
                yield from self._keys(character)

    def _keys(self, sequence: str) -> Iterator[events.Key]:
        """The keys of a character or a sequence; none if it is unknown."""
        for key in self._known.keys(sequence):
            if key.key != Keys.Ignore:
                yield key
