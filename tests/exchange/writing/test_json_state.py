"""The whole state as JSON, and its schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.json_schema import export_schema
from orgtui.exchange.writing.json_state import write
from orgtui.exchange.writing.report import Report
from orgtui.rules.registry import known_rules
from tests.exchange.writing.reports import HOSTILE, report_of, sample_report

REPORTS: Mapping[str, Callable[[], Report]] = {
    "plan": sample_report,
    "chinese": lambda: sample_report("zh_CN"),
    "no plan": lambda: sample_report(has_plan=False),
    "part": lambda: sample_report(part="web"),
    "pay": lambda: replace(sample_report(), pay={"gao-peng": Decimal("240000.5")}),
    "hostile": lambda: report_of(150, is_hostile=True),
}


def json_of(report: Report) -> Any:
    return json.loads(write(report, Options())["report.json"])


@pytest.fixture(scope="module")
def schema() -> Any:
    made = export_schema(known_rules())
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made, format_checker=FormatChecker())


@pytest.mark.parametrize("name", REPORTS)
def test_it_is_as_its_schema_says(schema: Any, name: str) -> None:
    told = json_of(REPORTS[name]())
    assert [f"{error.json_path}: {error.message}" for error in schema.iter_errors(told)] == []


def test_every_object_of_the_schema_is_closed(schema: Any) -> None:
    told = json_of(sample_report(part="brand"))
    team = told["after"]["teams"][0]
    objects = (
        *(told, told["plan"], told["before"], team, team["seats"][0], told["after"]["funnel"]),
        *(
            told["after"]["knowledge"],
            told["after"]["file"],
            told["metrics"]["headcount"],
            told["findings"][0],
        ),
        *(
            told["waves"][0],
            told["waves"][0]["changes"][0],
            told["affected"][0],
            told["affected"][0]["after"],
        ),
        *(told["areas"][0], told["after"]["file"]["person"][0]),
    )
    for each in objects:
        each["more"] = 1
        assert not schema.is_valid(told), each
        del each["more"]
    assert schema.is_valid(told)


def test_a_key_left_out_is_noticed(schema: Any) -> None:
    told = json_of(sample_report())
    del told["after"]["teams"][0]["seats"][0]["mark"]
    assert [error.message for error in schema.iter_errors(told)] == ["'mark' is a required property"]


def test_findings_have_ids_and_names() -> None:
    day = date(2027, 1, 4)
    report = sample_report()
    accepted = replace(report.findings[0], standing="accepted", why="Until spring", until=day)
    found, lived_with = json_of(replace(report, findings=(report.findings[0], accepted)))["findings"]
    assert found["subjects"] == ["stage:sal", "stage:sql"]
    assert found["subject_names"] == ["SAL", "SQL"]
    assert (found["code"], found["standing"], found["accepted"]) == ("P102", "resolved", None)
    assert lived_with["accepted"] == {"why": "Until spring", "by": None, "until": "2027-01-04"}


def test_the_file_of_a_part_is_about_the_part() -> None:
    told = json_of(sample_report(part="web"))
    assert told["part"] == {"id": "web", "name": "Lead management and growth"}
    file = told["after"]["file"]
    assert [team["id"] for team in file["team"]] == ["web"]
    assert {person["team"] for person in file["person"]} == {"web"}
    assert {function["team"] for function in file["function"]} == {"web"}
    functions = {function["id"] for function in file["function"]}
    assert all({each["from"], each["to"]} & functions for each in file["handoff"])
    assert "accept" not in file


def test_hostile_names_are_text() -> None:
    told = json_of(report_of(150, is_hostile=True))
    names = {seat["name"] for team in told["before"]["teams"] for seat in team["seats"]}
    assert names >= set(HOSTILE)
