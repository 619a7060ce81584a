from __future__ import annotations

import pytest

from tests.cli.running import Program


@pytest.fixture
def orgtui(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)
