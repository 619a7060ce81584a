"""Texts about the peers in a session and their cursors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.views.base.cells import cut
from orgtui.views.base.scene import Scene

NAME_WIDTH = 6
"""Width in cells of a peer's name beside a row."""


class Peer(Protocol):
    """Another session of the plan: its user, whether it only watches, and the reference under its cursor."""

    @property
    def name(self) -> str: ...

    @property
    def watching(self) -> bool: ...

    @property
    def cursor(self) -> Ref | None: ...


WATCHING = sentence("watching")
READ_ONLY = sentence("read only")


def describe_peers(scene: Scene, others: Sequence[Peer], mine: Sentence | None = None) -> tuple[str, ...]:
    """The peers for the header, by name and, shorter, by number; `mine` is put first, such as “watching”."""
    first = [] if mine is None else [scene.translate(mine)]
    watching = scene.translate(WATCHING)
    named = [f"+{each.name} ({watching})" if each.watching else f"+{each.name}" for each in others]
    counted = [f"+{len(others)}"] if others else []
    return tuple(dict.fromkeys(" ".join(first + words) for words in (named, counted) if first + words))


def peer_cursors(others: Iterable[Peer]) -> dict[Ref, str]:
    """By reference, the names of the peers whose cursors are on it."""
    there: dict[Ref, list[str]] = {}
    for each in others:
        if each.cursor is not None:
            there.setdefault(each.cursor, []).append(cut(each.name, NAME_WIDTH))
    return {ref: " ".join(names) for ref, names in there.items()}
