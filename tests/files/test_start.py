"""What loading a sound file brings in: nothing that only a broken one needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ORGANIZATION = 'format = 1\n[organization]\nname = "A"\nas_of = 2026-11-21\n[[team]]\nid = "a"\nname = "A"\n'
PROGRAM = """
import sys
from orgtui.files.organization_file import dump_organization, load_organization
from orgtui.files.plan_file import load_plan
from orgtui.files.schema.rule_catalogue import RuleCatalogue
load_organization(sys.argv[1], RuleCatalogue({}, frozenset(), frozenset()))
print(*sys.modules)
"""


def test_a_sound_file_needs_neither_models_nor_line_numbers_nor_csv(tmp_path: Path) -> None:
    path = tmp_path / "organization.toml"
    path.write_text(ORGANIZATION)
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(ran.stdout.split())
    assert {"pydantic_core", "tomli"} <= loaded
    assert loaded.isdisjoint({"pydantic", "tree_sitter", "csv", "difflib", "networkx", "textual", "rich"})
