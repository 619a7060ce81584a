"""What ctrl+c does outside of the app: it ends the process at once. Imports nothing that takes time."""

from __future__ import annotations

import os
from signal import SIGINT, default_int_handler, getsignal, signal

TYPE_CHECKING = False  # `typing` takes time to import
if TYPE_CHECKING:
    from collections.abc import Callable

EXIT_INTERRUPTED = 130


def exit_on_interrupt() -> None:
    """Let SIGINT end the process with status 130 at once, unless whoever started it had it ignored.

    Python would raise KeyboardInterrupt wherever it is, in the middle of an import for instance, and print
    where that was.
    """
    if getsignal(SIGINT) is default_int_handler:
        signal(SIGINT, _leave)


def _leave(
    number: int, frame: object, leave: Callable[[int], object] = os._exit, status: int = EXIT_INTERRUPTED
) -> None:
    """End the process; what it needs is bound, as the names of a module may be gone while Python ends."""
    leave(status)
