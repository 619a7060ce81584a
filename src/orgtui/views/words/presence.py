"""Who else is here, and what their cursors are on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.views.base.cells import cut
from orgtui.views.base.scene import Scene

NAME_WIDTH = 6
"""Cells of a name beside a row."""


class Peer(Protocol):
    """Another session: whose it is, whether it only watches, and what its cursor is on."""

    @property
    def name(self) -> str: ...

    @property
    def watching(self) -> bool: ...

    @property
    def cursor(self) -> Ref | None: ...


WATCHING = sentence("watching")
READ_ONLY = sentence("read only")


def describe_peers(scene: Scene, others: Sequence[Peer], mine: Sentence | None = None) -> tuple[str, ...]:
    """Who is here, for the header, by name and shorter by number; before them what this session only does."""
    first = [] if mine is None else [scene.translate(mine)]
    watching = scene.translate(WATCHING)
    named = [f"+{each.name} ({watching})" if each.watching else f"+{each.name}" for each in others]
    counted = [f"+{len(others)}"] if others else []
    return tuple(dict.fromkeys(" ".join(first + words) for words in (named, counted) if first + words))


def peer_cursors(others: Iterable[Peer]) -> dict[Ref, str]:
    """Whose cursors are on what."""
    there: dict[Ref, list[str]] = {}
    for each in others:
        if each.cursor is not None:
            there.setdefault(each.cursor, []).append(cut(each.name, NAME_WIDTH))
    return {ref: " ".join(names) for ref, names in there.items()}
