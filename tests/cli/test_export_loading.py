"""What `orgtui export` loads: of the heavy libraries only that of the format that is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from orgtui.exchange.writing.formats import FORMATS
from tests.support import FOUR_DIVISIONS, STARTUP

HEAVY = {"jinja2", "networkx", "openpyxl", "pptx", "pydantic", "textual", "xlsxwriter"}

PLAIN = "svg,md,hr-csv,mermaid,drawio,dot,csv,json"
LIBRARIES: dict[str, set[str]] = {
    PLAIN: set(),
    "html": {"jinja2"},
    "hr-xlsx,xlsx": {"xlsxwriter"},
    "pptx": {"pptx"},
}
"""The heavy libraries of formats that are written together."""

PROGRAM = """
import sys
from orgtui.cli.main import run
status = run(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(status)
"""


def test_every_format_is_among_them() -> None:
    assert sorted(",".join(LIBRARIES).split(",")) == sorted(each.name for each in FORMATS)


@pytest.mark.parametrize("formats", LIBRARIES)
def test_only_the_library_of_the_format_is_loaded(formats: str, tmp_path: Path) -> None:
    arguments = ["export", str(STARTUP), "--plan", str(FOUR_DIVISIONS), "--to", formats, "-o", str(tmp_path)]
    command = [sys.executable, "-c", PROGRAM, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert {*ran.stderr.split()} & HEAVY == LIBRARIES[formats]
