"""What tests of several formats share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.exchange.writing.tools import running_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module. It is closed after it, for while it runs no test may have an event loop."""
    with running_browser() as running:
        yield running
