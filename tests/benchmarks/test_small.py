"""The benchmarks run: life signs only, no figure is judged here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, PAGE

ROOT = Path(__file__).parent.parent.parent
TITLES = {
    "engine": ["Engine", "What each rule costs"],
    "suggest": ["Suggestions", "Places and fixes"],
    "files": ["Files"],
    "import": ["Imports"],
    "export": ["Exports"],
    "start": ["Start, rest and memory"],
    "keys": ["Keys"],
}


@pytest.mark.parametrize("name", BENCHMARKS)
def test_benchmarks_show_life(name: str) -> None:
    page = PAGE.read_bytes() if PAGE.exists() else None
    command = [sys.executable, "-m", "benchmarks", "--small", "--only", name]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert [line for line in ran.stdout.splitlines() if line[:1].strip()] == TITLES[name]
    assert (PAGE.read_bytes() if PAGE.exists() else None) == page


def test_an_unknown_benchmark_is_refused() -> None:
    command = [sys.executable, "-m", "benchmarks", "--only", "engines"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "there is no benchmark 'engines'" in ran.stderr
