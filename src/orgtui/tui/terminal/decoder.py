"""Decodes the bytes that a terminal sends into keys, pastes, mouse presses and replies."""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Iterator

from textual import events, messages
from textual.keys import Keys
from textual.message import Message

from orgtui.tui.terminal.textual_internals import KnownSequences

ESCAPE = "\x1b"
PASTE = "\x1b[200~"

ESCAPE_TIMEOUT_S = 0.1
"""Seconds after which a lone escape is the key and not the start of a sequence."""

SEQUENCE_TIMEOUT_S = 1.0
"""Seconds without input after which an unfinished sequence is over; a slow line may split one."""

PASTE_TIMEOUT_S = 5.0
"""Seconds without input after which an unfinished paste is taken as it is."""

TOTAL_TIMEOUT_S = 10.0
"""Seconds after which whatever is unfinished is over, even if input still comes."""

SEQUENCE_MAX_CHARS, STRING_MAX_CHARS, PASTE_MAX_CHARS = 64, 4096, 64 * 1024
"""The longest sequence, string (a reply of any length, such as a colour) and paste, in characters."""

_STRING = r"\x1b(?:\][0-9]{1,4};|P[0-9;]*[!$+>])"
"""The start of a string: a colour that was asked for, or an answer to what ran before."""

_TOKEN = re.compile(
    r"\x1b\[200~(?P<pasted>.*?)\x1b\[201~"
    rf"|(?P<string>{_STRING}[^\x00-\x1f\x7f]*+(?:\x07|\x1b\\|(?=[^\x07\x1b]|\x1b[^\\])))"
    r"|(?!\x1b\[200~)(?P<sequence>\x1b\[\[[A-E]|\x1b\[[0-?]*[ -/]*[@-Z\\-~]|\x1bO[ -~])"
    rf"|(?P<key>(?!{_STRING}|\x1b\][0-9]{{0,4}}\Z|\x1bP[0-9;]*\Z)\x1b(?=[^\[O])|[^\x1b])",
    re.DOTALL,
)
_BEGUN = re.compile(
    rf"\x1b(?:(?P<paste>\[200~.*)|\[\[?|\[[0-?]+[ -/]*|\[[ -/]+|O|\][0-9]{{0,4}}|P[0-9;]*)?"
    rf"|(?P<string>{_STRING}[^\x00-\x1f\x7f]*\x1b?)",
    re.DOTALL,
)
"""The start of a token whose rest may follow."""

_REST_OF_SEQUENCE = re.compile(r"[@-~]|(?=[^ -?])")
_REST_OF_STRING = re.compile(r"\x07|\x1b\\|(?=[\x00-\x06\x08-\x1a\x1c-\x1f\x7f]|\x1b[^\\])")
_REST_OF_PASTE = re.compile(r"\x1b\[201~")
"""Where the rest of what is too long ends."""

_END_MAX_CHARS = 6
"""The longest end of a token: that of a paste."""

_BARE = re.compile(r"\x1b[\[O].")
"""A sequence that may also be an escape and two characters."""

_MOUSE = re.compile(r"\x1b\[<\d+;\d+;\d+[Mm]")
_PAINTS_AT_ONCE = re.compile(r"\x1b\[\?2026;[1-4]\$y")


_BACKGROUND = re.compile(r"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")


class BackgroundTold(Message):
    """The terminal has told its background, as `#rrggbb`."""

    def __init__(self, background: str) -> None:
        super().__init__()
        self.background = background


class Decoder:
    """Incremental decoder from terminal bytes to Textual messages.

    An escape followed by a letter is the two keys, not the letter with alt: keys that were typed ahead
    arrive together, and no command needs alt.

    Whatever is unfinished has a limit in length and in time. The rest of what is too long is dropped up to
    its end, or up to a pause of `SEQUENCE_TIMEOUT_S`; of a paste the first `PASTE_MAX_CHARS` are taken.
    `clock` returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._known = KnownSequences()
        self._clock = clock
        self._rest = ""
        self._begun_at: float | None = None
        self._dropped_to: re.Pattern[str] | None = None

    @property
    def timeout_s(self) -> float | None:
        """Seconds without input after which to call `expire`; None if nothing is unfinished."""
        if self._dropped_to is not None:
            return SEQUENCE_TIMEOUT_S
        if not self._rest:
            return None
        if self._rest.startswith(PASTE):
            return PASTE_TIMEOUT_S
        return ESCAPE_TIMEOUT_S if self._rest == ESCAPE else SEQUENCE_TIMEOUT_S

    def feed(self, data: bytes) -> Iterator[Message]:
        """Decode bytes; yields the messages that they complete."""
        self._rest += self._decode(data)
        self._drop()
        yield from self._complete()
        yield from self._limit()

    def expire(self) -> Iterator[Message]:
        """End what is unfinished: a paste is taken, a string dropped, a sequence read as single keys."""
        rest, begun = self._rest, _BEGUN.fullmatch(self._rest)
        self._rest, self._begun_at = "", None
        if self._dropped_to is not None:
            self._dropped_to = None
        elif rest.startswith(PASTE):
            yield events.Paste(rest.removeprefix(PASTE))
        elif rest and not (begun and begun["string"]):
            self._rest = rest[1:]
            yield from self._keys(ESCAPE)
            yield from self._complete()

    def _drop(self) -> None:
        """Drop the rest of what was too long, as far as it has come."""
        if self._dropped_to is None:
            return
        end = self._dropped_to.search(self._rest)
        if end is None:
            self._rest = self._rest[1 - _END_MAX_CHARS :]
        else:
            self._rest, self._dropped_to = self._rest[end.end() :], None

    def _limit(self) -> Iterator[Message]:
        """End what is unfinished if it is too long or takes too long; yields what has come of a paste."""
        begun = None if self._dropped_to is not None else _BEGUN.fullmatch(self._rest)
        if begun is None or self._begun_at is None:
            return
        if begun["paste"] is not None:
            longest, end = PASTE_MAX_CHARS, _REST_OF_PASTE
        elif begun["string"] is not None:
            longest, end = STRING_MAX_CHARS, _REST_OF_STRING
        else:
            longest, end = SEQUENCE_MAX_CHARS, _REST_OF_SEQUENCE
        if len(self._rest) <= longest and self._clock() - self._begun_at <= TOTAL_TIMEOUT_S:
            return
        if begun["paste"] is not None:
            yield events.Paste(self._rest.removeprefix(PASTE)[:PASTE_MAX_CHARS])
        self._rest, self._begun_at, self._dropped_to = self._rest[2:], None, end
        self._drop()
        yield from self._complete()

    def _complete(self) -> Iterator[Message]:
        if self._dropped_to is not None:
            return
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
                yield events.Paste(token["pasted"][:PASTE_MAX_CHARS])
            elif token["string"] is not None:
                yield from _reply(token["string"])
            else:
                yield from self._keys(token["key"]) if token["key"] else self._sequence(token["sequence"])
        self._rest = self._rest[end:]
        if not self._rest:
            self._begun_at = None
        elif end or self._begun_at is None:
            self._begun_at = self._clock()

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


def _reply(string: str) -> Iterator[BackgroundTold]:
    """What a string tells; nothing if it is no colour of a background."""
    told = _BACKGROUND.match(string)
    if told is not None:
        parts = (round(int(part, 16) * 255 / (16 ** len(part) - 1)) for part in told.groups())
        yield BackgroundTold("#{:02x}{:02x}{:02x}".format(*parts))
