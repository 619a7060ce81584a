"""Every refusal: one file a defect under `bad/`, and beside it what is said, word for word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orgtui.files.organization_file import load_organization
from orgtui.files.toml.problems import InvalidFile
from orgtui.rules.registry import known_rules

BAD = sorted((Path(__file__).parent / "bad").glob("*.toml"))


def problems(path: Path) -> list[str]:
    """What is said of a file, without its own name in front."""
    with pytest.raises(InvalidFile) as caught:
        load_organization(path, known_rules())
    return [str(each).removeprefix(f"{path.parent}/") for each in caught.value.problems]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_is_said(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path)
    expected = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    assert problems(tmp_path / path.name) == [f"{path.name}:{line}" for line in expected]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_each_problem_is_on_a_line_of_the_file(path: Path) -> None:
    rows = path.read_bytes().count(b"\n") + 1
    with pytest.raises(InvalidFile) as caught:
        load_organization(path, known_rules())
    lines = [each.line for each in caught.value.problems]
    assert lines == sorted(lines)
    assert all(1 <= line <= rows for line in lines)


def test_nothing_said_reaches_the_terminal_raw() -> None:
    for path in BAD:
        assert all(character.isprintable() for line in problems(path) for character in line), path
