"""What is sent in fewer bytes gives the same screen."""

from __future__ import annotations

import pyte
import pytest

from orgtui.tui.terminal.writer import shortened

FRAMES = {
    "\x1b[1;1Ha\x1b[12;1Hb\x1b[3;11Hc": "\x1b[Ha\x1b[12Hb\x1b[3;11Hc",
    "\x1b[2;1H\x1b[7mab\x1b[0m\x1b[1;31mc\x1b[0md": "\x1b[2H\x1b[7mab\x1b[0;1;31mc\x1b[0md",
    "\x1b[2;1H\x1b[7mab\x1b[0m\x1b[4;5H\x1b[1mc\x1b[0m": "\x1b[2H\x1b[7mab\x1b[4;5H\x1b[0;1mc\x1b[0m",
    "\x1b[2;2H\x1b[7mab      \x1b[0m\x1b[4;5H\x1b[1mc\x1b[0m": (
        "\x1b[2;2H\x1b[7mab      \x1b[4;5H\x1b[0;1mc\x1b[0m"
    ),
    "\x1b[2;2Hab      \x1b[4;5H\x1b[1mc\x1b[0m": "\x1b[2;2Hab\x1b[6X\x1b[4;5H\x1b[1mc\x1b[0m",
}
"""Frames, and the bytes that are sent for them."""


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_is_sent_in_fewer_bytes(frame: str) -> None:
    assert shortened(frame) == FRAMES[frame]
    assert shown(FRAMES[frame]) == shown(frame)


def shown(frame: str) -> list[list[object]]:
    """The cells of a screen full of something else after a frame."""
    screen = pyte.Screen(20, 12)
    stream = pyte.Stream(screen)
    stream.feed("".join(f"\x1b[{y};1H{'x' * 20}" for y in range(1, 13)) + frame)
    return [[screen.buffer[y][x] for x in range(20)] for y in range(12)]
