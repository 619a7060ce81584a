"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _nobodys_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests read English and keep what they keep in folders of their own, whoever runs them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ORGTUI_LANG", "en")
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield
