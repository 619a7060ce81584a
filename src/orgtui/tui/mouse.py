"""A terminal that tells of presses and the wheel, and not of every move of the mouse."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver

PRESSES, WITHOUT_LIMIT = 1000, 1006
"""Report presses and releases; write their places so that wide terminals fit."""


class PressesOnly(LinuxDriver):
    """Asks the terminal for presses only: moves would cost a line that has little to give."""

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write(f"\x1b[?{PRESSES}h\x1b[?{WITHOUT_LIMIT}h")
            self.flush()

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(f"\x1b[?{WITHOUT_LIMIT}l\x1b[?{PRESSES}l")
            self.flush()
