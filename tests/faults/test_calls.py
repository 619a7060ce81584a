"""Whatever call to the system fails: it is told, nothing is lost, and work goes on or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.calls import fail_every_call
from tests.support import seeds


@pytest.mark.parametrize("part", seeds(1, 4))
def test_every_call_of_the_store_fails_in_every_way(tmp_path: Path, part: int) -> None:
    """Every fourth case; in four parts all of them."""
    faults = fail_every_call(tmp_path, part, 4)
    assert faults.injected > 25
    assert faults.acknowledged > faults.injected * 10
    assert faults.lost == 0
