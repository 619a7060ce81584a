"""`orgtui schema` prints JSON Schemas, and what `check` writes is as its schema says."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.cli.running import Program
from tests.exchange.rosters import FIXTURES
from tests.support import FOUR_DIVISIONS, SAMPLES, STARTUP, at_length

ORGANIZATIONS = sorted(set(SAMPLES.glob("*.toml")) - set(SAMPLES.glob("*.plan.toml")))
OFTEN = [STARTUP, *(SAMPLES / name for name in ("healthy.zh.toml", "scaleup.toml"))]
"""Each sample in one language; those in the other are tried only at length."""
SELDOM = [path for path in ORGANIZATIONS if path not in OFTEN]


@pytest.mark.parametrize("of", ["organization", "plan", "check", "import", "export", "suggest"])
def test_a_schema_is_printed(orgtui: Program, of: str) -> None:
    ran = orgtui("schema", of)
    assert (ran.status, ran.err) == (0, "")
    assert ran.json["title"] == of.capitalize()
    Draft202012Validator.check_schema(ran.json)


def test_what_has_no_schema_is_refused(orgtui: Program) -> None:
    assert "invalid choice: 'people'" in orgtui.refuses("schema", "people")[-1]
    assert "schema" in orgtui.refuses("schema")[-1]


@pytest.mark.parametrize("path", [*OFTEN, *at_length(*SELDOM)], ids=lambda path: path.stem)
def test_what_check_writes_is_as_its_schema_says(orgtui: Program, path: Path) -> None:
    schema = Draft202012Validator(orgtui("schema", "check").json, format_checker=FormatChecker())
    said = [orgtui("check", path, "--format", "json").json]
    if path == STARTUP:
        said.append(orgtui("check", path, "--plan", FOUR_DIVISIONS, "--format", "json").json)
    for report in said:
        assert [f"{error.json_path}: {error.message}" for error in schema.iter_errors(report)] == []
    few = {**said[0], "findings": said[0]["findings"][:3]}
    assert schema.is_valid(few)
    assert not schema.is_valid({**few, "more": 1})
    assert not schema.is_valid({**few, "counts": {}})


def test_what_import_writes_is_as_its_schema_says(orgtui: Program, tmp_path: Path) -> None:
    schema = Draft202012Validator(orgtui("schema", "import").json, format_checker=FormatChecker())
    names = tmp_path / "names.txt"
    names.write_text("Ann Lee\nBo Chen\n")
    exports = sorted(set(FIXTURES.iterdir()) - set(FIXTURES.glob("*.expected.json")))
    outcomes = set()
    for file in (names, *exports):
        report = orgtui("import", file, "--yes", "--today", "2026-11-21", "--format", "json").json
        assert [f"{error.json_path}: {error.message}" for error in schema.iter_errors(report)] == []
        assert list(schema.iter_errors({**report, "more": 1}))
        assert list(schema.iter_errors({**report, "outcome": "done"}))
        outcomes.add(report["outcome"])
    assert outcomes == {"imported", "asks", "refused"}
