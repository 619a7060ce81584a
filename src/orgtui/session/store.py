"""The store of a session: what keeps its log of entries and knows who else works on it.

A session knows a store by these promises alone, never by its files or connections. The plan file is not part
of it: each session writes that on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from orgtui.model.sentence import N_, Ref, Sentence, SentenceError, sentence

Entry = Mapping[str, object]
"""What one line of the log holds."""


class SignedEntry(dict[str, object]):
    """An entry as read; `author` is the user who wrote it, None if nothing vouches for that."""

    __slots__ = ("author",)

    def __init__(self, entry: Entry, author: str | None) -> None:
        super().__init__(entry)
        self.author = author


def is_vouched(entry: Entry, name: object) -> bool:
    """Whether a name in an entry is that of who wrote it; any other than a SignedEntry is believed."""
    return not isinstance(entry, SignedEntry) or name in (None, entry.author)


Compose = Callable[[Sequence[Entry]], Sequence[Entry]]
"""Given the entries that nobody here has read yet, returns those to be written after them."""


Waits = Callable[[Sentence], bool]
"""Told whom a store is waiting for, again and again; returns whether to go on waiting."""


class LogError(SentenceError):
    """The log could not be read or written; `sentence` says why. Nothing was appended."""


class LogReplaced(LogError):
    """The log was replaced by another one, which sessions have to open.

    `kept` is the file with what the log held before, if it would have been lost.
    """

    def __init__(self, log: str, kept: Path | None = None) -> None:
        if kept is None:
            super().__init__(sentence("{log} was begun anew by somebody else", log=log))
        else:
            said = N_("{log} was begun anew by somebody else; what it held before is kept in {file}")
            super().__init__(sentence(said, log=log, file=kept))


class LogUnusable(LogError):
    """The log takes no more entries from this session."""


class LogBusy(LogError):
    """Somebody else keeps the log locked; it can be written once that ends."""


class NotPresent(SentenceError):
    """This session is not listed and sees nobody; `sentence` says why."""


class Peer(NamedTuple):
    """Another session: whose it is, whether it only watches, and what its cursor is on."""

    name: str
    watching: bool
    cursor: Ref | None


class Presence(Protocol):
    """One session among the others on its store, from `SessionStore.enter` to `leave`.

    It never blocks. A session that ends without `leave`, however it ends, is no longer listed by the others.
    """

    @property
    def refused(self) -> Sentence | None:
        """Why something that looks like a session does not count as one, as of the last call of `others`."""

    def point_at(self, cursor: Ref | None) -> None:
        """Show the others what the cursor is on; free if that has not changed. Raises NotPresent."""

    def others(self) -> tuple[Peer, ...]:
        """The other sessions that are open now, sorted by name. Raises NotPresent."""

    def leave(self) -> None:
        """No longer be listed; never fails."""


class SessionStore(Protocol):
    """The log of one plan as one session sees it: entries in one order, the same for everybody.

    An entry is acknowledged once `write` returns: it is then kept whatever happens, and every other session
    reads it exactly once, in the same place. Entries are never altered or removed. A log that was rotated or
    replaced is never mixed with the one in its place.
    """

    waits: Waits | None
    """Asked while `write` and `exclusive` wait for others, in the same thread; None to wait silently."""

    @property
    def name(self) -> str:
        """What sentences call the log."""

    @property
    def author(self) -> str:
        """The user in whose name entries are written here, as the system knows it."""

    @property
    def count(self) -> int:
        """How many entries were read or written here since the last `reset`."""

    @property
    def head(self) -> str:
        """The hash of the last of these entries, zeros before the first; the same log has the same."""

    @property
    def unverified(self) -> Sentence | None:
        """What cannot be proved of the entries read so far, if anything."""

    @property
    def unwritable(self) -> Sentence | None:
        """Why nothing can be written from here, as far as `open` could see."""

    def look_again(self) -> None:
        """See whether what stood in `unwritable` is still so. Raises LogError."""

    def open(self) -> bool:
        """Open the log if there is one; returns whether there is. Raises LogError."""

    def reset(self) -> None:
        """Close the log and forget what was read, to open the one in its place."""

    def read(self) -> tuple[Entry, ...]:
        """The entries written by others since the last call of `read` or `write`, oldest first.

        Never waits for those who write; an entry that is being written is not there yet. Raises LogReplaced
        if there is another log now, LogUnusable if this one is damaged or gone, LogError if it cannot be
        read at the moment. One whose names are not vouched for is a SignedEntry.
        """

    def resume(self, baseline: str) -> Resumed | None:
        """Take as read the entries that a checkpoint on a baseline stands for; None if there is no such one.

        After `open` and before the first `read`, which then returns the entries after them.
        """

    def keep_checkpoint(
        self, baseline: str, said: Callable[[], Mapping[str, object]], is_outdated: bool
    ) -> None:
        """Keep what all entries so far come to, as `said` tells it, if the log is long and has grown.

        `is_outdated` is whether the one before does not help any more, even if the log has hardly grown.
        It may be lost at any time: it only saves reading these entries. Raises what `said` raises.
        """

    def missing(self) -> Sentence | None:
        """What shows that entries at the end of the log are missing, after `read`.

        Outside `exclusive` it may not show to those who cannot write.
        """

    def write(self, compose: Compose) -> None:
        """Write the entries that `compose` returns, all or none, directly after those it was given.

        Begins the log if there is none. `compose` decides on the newest entries and may be asked again, with
        what was written since, if somebody else was faster; what it raises is passed on, and nothing is
        written. Blocks until the entries are kept. Raises LogError if they are not, and LogUnusable if
        nothing more can be written from here.
        """

    def exclusive(self, timeout_s: float | None = None) -> AbstractContextManager[None]:
        """Keep every other session from writing; `write` and `rotate` work inside.

        Begins the log if there is none. Blocks for up to `timeout_s` seconds, a default of the store's if
        None, and hardly at all if the last attempt was in vain; raises LogBusy if others are still writing
        then, LogUnusable if nothing can be written here.
        """

    def rotate(self) -> str:
        """Keep this log under another name, so that the next entry begins a new one; returns that name.

        Only inside `exclusive`. Every other session on it gets LogReplaced. Raises LogError.
        """

    def contents(self) -> bytes:
        """The entries read so far as lines of a log file, from the first one on."""

    def enter(self, *, watching: bool) -> Presence:
        """Be listed among the sessions on this store; raises NotPresent."""

    def close(self) -> None:
        """Give back what is open; never fails."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a checkpoint says of the first `count` entries of a log, which `load` reads."""

    count: int
    said: Mapping[str, Any]
    load: Callable[[], tuple[Entry, ...]]


class StoreFor(Protocol):
    """Makes the store of one session on a plan file; with `watch` it is never written to."""

    def __call__(self, plan: Path, *, watch: bool = False) -> SessionStore: ...
