"""The path of a file is typed with completion; folders are entered, and mistakes are told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.views.lists import path_list
from orgtui.views.lists.path_list import completed, list_paths

SUFFIXES = (".csv", ".xlsx")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    work = tmp_path / "work"
    (work / "exports" / "2026").mkdir(parents=True)
    for name in ("staff.csv", "Staff list.xlsx", "notes.md", ".hidden.csv", "old-staff.csv"):
        (work / name).write_text("", "utf-8")
    (work / "exports" / "people.csv").write_text("", "utf-8")
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(work))
    return work


def names(typed: str) -> list[str]:
    return [choice.text for choice in list_paths(typed, SUFFIXES).choices]


def test_files_that_can_be_imported_and_folders_are_listed(folder: Path) -> None:
    assert names("") == ["old-staff.csv", "Staff list.xlsx", "staff.csv", "exports/"]


def test_names_that_begin_with_what_is_typed_come_first(folder: Path) -> None:
    assert names("sta") == ["Staff list.xlsx", "staff.csv", "old-staff.csv"]


def test_hidden_files_come_with_a_dot(folder: Path) -> None:
    assert names(".h") == [".hidden.csv"]


@pytest.mark.parametrize("above", ["exports/", "~/exports/", "./exports/"])
def test_a_folder_is_looked_into(above: str, folder: Path) -> None:
    assert names(above) == [f"{above}people.csv", f"{above}2026/"]
    assert names(f"{above}peo") == [f"{above}people.csv"]


def test_the_home_folder(folder: Path) -> None:
    assert "~/staff.csv" in names("~")


def test_a_folder_that_is_not_there(folder: Path) -> None:
    found = list_paths("nowhere/x", SUFFIXES)
    assert not len(found)
    assert isinstance(found.error, FileNotFoundError)


def test_only_so_many_names_are_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_list, "NAMES_MAX", 2)
    assert list_paths("", SUFFIXES).is_cut
    assert not list_paths("exports/2026/", SUFFIXES).is_cut


@pytest.mark.parametrize(
    ("typed", "longer"),
    [("old", "old-staff.csv"), ("s", "Staff"), ("staff.", "staff.csv"), ("x", "x"), ("exp", "exports/")],
)
def test_completion(typed: str, longer: str, folder: Path) -> None:
    assert completed(typed, list_paths(typed, SUFFIXES).choices) == longer
