"""When the interpreter may collect garbage: never while loading, and never among what was loaded.

Nearly everything that is imported and loaded is kept to the end, and it is many small objects: collecting
would walk over all of them and free nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def pause_collection() -> None:
    """Stop collecting; a command ends before it pays, a session resumes once it is open."""
    gc.disable()


def resume_collection() -> None:
    """Collect from now on, but leave out everything that is there now."""
    gc.freeze()
    gc.enable()


def forget_loaded() -> None:
    """Let a later collection free what was left out, as another organisation takes its place."""
    gc.unfreeze()


def skip_collection_at_exit() -> None:
    """Spare the interpreter the last collection, which would walk over everything."""
    gc.freeze()


@contextmanager
def collection_paused() -> Iterator[None]:
    """Stop collecting inside the block; afterwards it is as it was before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
