"""The pieces that lines of a picture are made of."""

from __future__ import annotations

from typing import NamedTuple

BOX_HEIGHT = 3
"""A border, a name, and a border."""


class Run(NamedTuple):
    """Text of a line, or the room within a box for its name, which is `width` cells wide.

    `node`: the box that it belongs to; `links`: those that it draws.
    """

    text: str
    width: int
    node: int | None = None
    links: tuple[int, ...] = ()
    is_name: bool = False
    is_mark: bool = False
