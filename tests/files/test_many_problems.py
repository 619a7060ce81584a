"""A file with more problems than anybody reads: the first are told, then that there are more."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.files.organization_file import load_organization
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.schema import PROBLEMS_MAX
from orgtui.rules.registry import known_rules

TOP = """format = 1
[organization]
name = "Case"
vision = "V"
as_of = 2026-11-21
review_on = 2027-02-21
[[team]]
id = "t"
name = "T"
"""


def problems(folder: Path, rest: str) -> list[str]:
    path = folder / "many.toml"
    path.write_text(TOP + rest, encoding="utf-8")
    with pytest.raises(InvalidFile) as raised:
        load_organization(path, known_rules())
    return list(map(str, raised.value.problems))


@pytest.mark.parametrize(
    "line",
    [
        "unknown_{0} = 1\n",
        '[[person]]\nid = "P {0}"\n',
        '[[person]]\nid = "p{0}"\nname = "P"\nteam = "x{0}"\n',
    ],
    ids=["unknown keys", "wrong values", "references to nothing"],
)
def test_many_problems_end_with_and_more(tmp_path: Path, line: str) -> None:
    told = problems(tmp_path, "".join(map(line.format, range(20 * PROBLEMS_MAX))))
    assert len(told) == PROBLEMS_MAX + 1
    assert not any("and more" in each for each in told[:-1])
    assert f"and more: only the first {PROBLEMS_MAX} problems are looked for" in told[-1]


def test_as_many_as_are_looked_for_are_all(tmp_path: Path) -> None:
    told = problems(tmp_path, "".join(f"unknown_{number} = 1\n" for number in range(PROBLEMS_MAX)))
    assert len(told) == PROBLEMS_MAX
    assert not any("and more" in each for each in told)
