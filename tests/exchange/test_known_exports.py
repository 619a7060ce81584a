"""Exports of the usual kinds of systems come out as a good importer has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orgtui.cli.import_report import json_of_proposal
from orgtui.exchange.importing import Source
from orgtui.files.organization_file import dump_organization
from tests.exchange.rosters import FIXTURES, imported

EXPECTATIONS = sorted(FIXTURES.glob("*.expected.json"))


def got_and_expected(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    expected = json.loads(path.read_text())
    file = FIXTURES / expected["file"]
    data = file.read_bytes()
    got = json_of_proposal([Source(file.name, data)], imported(data, name=file.name))
    return json.loads(got), expected


@pytest.mark.parametrize("path", EXPECTATIONS, ids=lambda path: path.name.partition(".")[0])
def test_export(path: Path) -> None:
    got, expected = got_and_expected(path)

    assert got["outcome"] == expected["outcome"]
    assert got.get("organization") == expected.get("organization")
    assert expected["read"].items() <= got["read"].items()
    keys = ["key", "line", "name", "title", "state", "fte"]
    if expected["outcome"] != "refused":
        keys += ["team", "manager"]
    assert [pick(each, keys) for each in got["people"]] == [pick(each, keys) for each in expected["people"]]
    by_path = {tuple(team["path"]): team for team in got["teams"]}
    assert set(by_path) == {tuple(team["path"]) for team in expected.get("teams", ())}
    for team in expected.get("teams", ()):
        here = by_path[tuple(team["path"])]
        assert here["lead"] == team["lead"]
        assert sorted(here["members"]) == sorted(team["members"])
    assert {(each["line"], each["key"]) for each in got["left_out"]} == {
        (each["line"], each["key"]) for each in expected["left_out"]
    }


@pytest.mark.parametrize("path", EXPECTATIONS, ids=lambda path: path.name.partition(".")[0])
def test_what_is_said_of_an_export(path: Path) -> None:
    got, expected = got_and_expected(path)

    def told(problems: list[dict[str, Any]], severity: str) -> set[tuple[int, str, str | None]]:
        return {(p["line"], p["code"], p.get("about")) for p in problems if p["severity"] == severity}

    for severity in ("error", "question", "note"):
        assert told(expected["problems"], severity) <= told(got["problems"], severity)
    for severity in ("error", "question"):
        assert told(got["problems"], severity) == told(expected["problems"], severity)


@pytest.mark.parametrize("path", EXPECTATIONS, ids=lambda path: path.name.partition(".")[0])
def test_functions_told_by_titles(path: Path) -> None:
    got, expected = got_and_expected(path)
    function = {each["line"]: each["function"] for each in got["people"]}
    for person in expected["people"]:
        fits = {person["function"], *person.get("also", ())}
        assert function[person["line"]] in fits, person["title"]


@pytest.mark.parametrize("path", EXPECTATIONS, ids=lambda path: path.name.partition(".")[0])
def test_nothing_private_comes_along(path: Path) -> None:
    expected = json.loads(path.read_text())
    file = FIXTURES / expected["file"]
    proposal = imported(file.read_bytes(), name=file.name)
    if proposal.organization is None:
        return
    written = dump_organization(proposal.organization).decode()
    for text in expected["must_not_contain"]:
        assert text not in written


def pick(entry: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    return {key: entry[key] for key in keys}
