"""People as CSV come back the same, as the people file of an organisation and by an import."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orgtui.exchange.importing import ImportOptions, Source, propose, read_sources
from orgtui.exchange.roster.vocabulary import own_vocabulary
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.people_csv import write
from orgtui.exchange.writing.report import Report
from orgtui.files.organization_file import dump_organization, load_organization
from orgtui.model import records as r
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from tests.exchange.writing.reports import report_of, sample_report


def csv_of(report: Report, *, byte_order_mark: bool = False) -> bytes:
    return write(report, Options(byte_order_mark=byte_order_mark))["people.csv"]


def reports() -> list[Report]:
    return [sample_report(), sample_report("zh_CN"), report_of(150), report_of(30, is_hostile=True)]


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("byte_order_mark", [False, True])
def test_as_the_people_file_of_an_organisation(tmp_path: Path, place: int, byte_order_mark: bool) -> None:
    report = reports()[place]
    path = tmp_path / "organization.toml"
    others = [each for each in report.organization.records() if not isinstance(each, r.Person | r.Files)]
    head, _, rest = dump_organization(Organization(others)).decode().partition("\n")
    path.write_text(f'{head}\nfiles = {{ people = "people.csv" }}\n{rest}', encoding="utf-8")
    (tmp_path / "people.csv").write_bytes(csv_of(report, byte_order_mark=byte_order_mark))
    again = load_organization(path, known_rules())
    assert list(again.people.values()) == list(report.organization.people.values())


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("byte_order_mark", [False, True])
def test_by_an_import(place: int, byte_order_mark: bool) -> None:
    report = reports()[place]
    asked = ImportOptions(date(2026, 11, 21), own_vocabulary())
    sources = [Source("people.csv", csv_of(report, byte_order_mark=byte_order_mark))]
    proposal = propose(sources, read_sources(sources, asked), asked, {}, None)
    assert proposal.organization is not None
    people = proposal.organization.people.values()
    names = {team.id: team.name for team in proposal.organization.teams.values()}
    assert {(each.id, each.name, each.title, each.state, each.fte, names[each.team]) for each in people} == {
        (each.id, each.name, each.title, each.state, each.fte, each.team)
        for each in report.organization.people.values()
        if each.state != "closed"
    }


def test_a_part_has_its_people_only() -> None:
    ids = [line.partition(",")[0] for line in csv_of(sample_report(part="web")).decode().splitlines()]
    assert ids == ["id", "wang-lei", "huang-ting", "gao-peng", "luo-bin"]
