"""Who else is here, and what their cursors are on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from orgtui.model.sentence import Ref
from orgtui.views.cells import cut
from orgtui.views.scene import Scene

INITIALS = 6
"""Cells of a name beside a row."""


class Somebody(Protocol):
    """Another session: whose it is, whether it only watches, and what its cursor is on."""

    @property
    def name(self) -> str: ...

    @property
    def watching(self) -> bool: ...

    @property
    def cursor(self) -> Ref | None: ...


def present(scene: Scene, others: Sequence[Somebody], watching: bool) -> tuple[str, ...]:
    """Who is here, for the header, by name and shorter by number; and whether this session only watches."""
    watches = scene.say("watching")
    mine = [watches] if watching else []
    named = [f"+{each.name} ({watches})" if each.watching else f"+{each.name}" for each in others]
    counted = [f"+{len(others)}"] if others else []
    return tuple(" ".join(words) for words in ([*mine, *named], [*mine, *counted]) if words)


def cursors(others: Iterable[Somebody]) -> dict[Ref, str]:
    """Whose cursors are on what."""
    there: dict[Ref, list[str]] = {}
    for each in others:
        if each.cursor is not None:
            there.setdefault(each.cursor, []).append(cut(each.name, INITIALS))
    return {ref: " ".join(names) for ref, names in there.items()}
