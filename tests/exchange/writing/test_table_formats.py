"""What holds for every format of tables: Markdown, CSV, spreadsheets, JSON."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.formats import Options, format_named
from orgtui.exchange.writing.report import Report
from tests.exchange.writing.reports import TODAY, report_of, sample, sample_report

TABLES = ("md", "hr-csv", "hr-xlsx", "xlsx", "csv", "json")
ROOT = Path(__file__).parents[3]

DIGESTS = """
from tests.exchange.writing.test_table_formats import TABLES, digest
from tests.exchange.writing.reports import sample_report
print([digest(sample_report(), name) for name in TABLES])
"""
CANARY = 987654321


def written(report: Report, name: str) -> bytes:
    """The files of a report in a format, one after the other."""
    found = format_named(name)
    assert found is not None
    return b"".join(found.write(report, Options()).values())


def digest(report: Report, name: str) -> str:
    return hashlib.sha256(written(report, name)).hexdigest()


def unpacked(data: bytes) -> bytes:
    """What is in a file, with everything in an archive unpacked."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_the_same_bytes_in_another_process() -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "ORGTUI_LANG": "en"}
    environment["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    command = [sys.executable, "-c", DIGESTS]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == str([digest(sample_report(), name) for name in TABLES])


@pytest.mark.parametrize("name", TABLES)
def test_nothing_of_pay_unless_it_is_asked_for(name: str) -> None:
    baseline, planned = sample()
    for team in list(baseline.teams.values()):
        baseline.apply(baseline.assignment("team", team.id, replace(team, pay_budget=CANARY)))
    now = baseline.copy()
    report = build_report(baseline, replace(planned, organization=now), today=TODAY)
    assert str(CANARY).encode() not in unpacked(written(report, name))


def test_the_canary_is_seen_where_pay_is_asked_for() -> None:
    report = replace(sample_report(), pay={"gao-peng": Decimal(CANARY)})
    told = [name for name in TABLES if str(CANARY).encode() in unpacked(written(report, name))]
    assert told == ["xlsx", "json"]


@pytest.mark.parametrize("name", TABLES)
def test_a_thousand_people(name: str) -> None:
    assert len(unpacked(written(report_of(1000), name))) > 10_000


def test_only_spreadsheets_load_their_library() -> None:
    code = (
        "import sys; from tests.exchange.writing.test_table_formats import *; "
        "before = {'xlsxwriter', 'pydantic'} & set(sys.modules); "
        "[written(sample_report(), name) for name in ('md', 'hr-csv', 'csv')]; "
        "print(before | {'xlsxwriter'} & set(sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "set()"
