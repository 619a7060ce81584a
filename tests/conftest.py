"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _english() -> Iterator[None]:
    """Tests read English, whatever the language of who runs them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ORGTUI_LANG", "en")
        yield
