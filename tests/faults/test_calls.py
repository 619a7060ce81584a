"""Whatever call to the system fails: it is told, nothing is lost, and work goes on or says why not."""

from __future__ import annotations

from pathlib import Path

from tests.faults.calls import fail_every_call


def test_every_call_of_the_store_fails_in_every_way(tmp_path: Path) -> None:
    faults = fail_every_call(tmp_path)
    assert faults.injected > 100
    assert faults.acknowledged > faults.injected * 10
    assert faults.lost == 0
