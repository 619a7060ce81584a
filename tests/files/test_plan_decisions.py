"""Plan files with waves, reviews, signatures and a status: what is read, what is refused, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.cli.main import run
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import Baseline, dump_plan, load_plan
from orgtui.files.toml.problems import InvalidFile
from orgtui.rules.registry import known_rules
from tests.session.sessions import write_department

TABLES = """
[[wave]]
number = 1
name = "One voice"
on = 2027-01-04

[[review]]
person = "li"
verdict = "keep"
by = "chen"
at = 2026-11-21T10:07:00+08:00

[[review]]
person = "new"
verdict = "change"

[[signoff]]
team = "brand"
by = "li"
at = 2026-11-21T11:00:00+08:00

[[change]]
op = "add_seat"
person = "new"
state = "vacant"
team = "growth"
title = "Analyst"
"""

WRONG = """
[[wave]]
number = 0

[[wave]]
name = "No number"

[[wave]]
number = 2

[[wave]]
number = 2

[[review]]
person = "li"
verdict = "maybe"

[[review]]
person = "li"
verdict = "keep"

[[review]]
person = "lii"
verdict = "keep"

[[signoff]]
team = "brandt"

[[signoff]]
team = "brand"

[[signoff]]
team = "brand"
"""


@pytest.fixture
def organization(tmp_path: Path) -> Path:
    return write_department(tmp_path)


def written(organization: Path, tables: str, status: str = "draft") -> Path:
    baseline = baseline_hash(load_organization(organization, known_rules()))
    head = f'name = "P"\norganization = "Acme"\nbaseline = "{baseline}"\nstatus = "{status}"\n'
    path = organization.with_name("team.plan.toml")
    path.write_text(f"format = 1\n\n[plan]\n{head}{tables}", encoding="utf-8")
    return path


def test_it_is_read_and_written_as_it_was(organization: Path) -> None:
    path = written(organization, TABLES)
    assert dump_plan(load_plan(path, parse_change)) == path.read_bytes()


def test_all_that_is_wrong_is_said_at_once(organization: Path) -> None:
    path = written(organization, WRONG, "done")
    there = load_organization(organization, known_rules())
    with pytest.raises(InvalidFile) as caught:
        load_plan(path, parse_change, baseline=Baseline(there, baseline_hash(there)))
    said = [str(each).removeprefix(f"{path}:") for each in caught.value.problems]
    assert [each.split(": ")[0:2] for each in said] == [
        ["7", "plan.status"],
        ["10", "wave[1].number"],
        ["12", "wave[2].number"],
        ["18", "wave[4]"],
        ["23", "review[1].verdict"],
        ["25", "review[2]"],
        ["30", "review[3].person"],
        ["34", "signoff[1].team"],
        ["39", "signoff[3]"],
    ]
    assert said[6].endswith('no person has the id "lii"; the nearest known one is li')


def test_commands_refuse_what_a_plan_does_not_know(
    organization: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = '\n[[review]]\nperson = "nobody"\nverdict = "keep"\n\n[[signoff]]\nteam = "nothing"\n'
    path = written(organization, unknown)
    assert run(["check", str(organization), "--plan", str(path)]) == 2
    said = capsys.readouterr().err
    assert f"{path}:10: review[1].person" in said
    assert f"{path}:14: signoff[1].team" in said


def test_only_divisions_are_signed(organization: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(organization, '\n[[signoff]]\nteam = "pr"\n')
    assert run(["check", str(organization), "--plan", str(path)]) == 2
    assert "pr is no division" in capsys.readouterr().err


@pytest.mark.parametrize("status", ["approved", "applied"])
def test_nothing_on_the_command_line_changes_an_approved_plan(
    organization: Path, status: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, other = written(organization, TABLES, status), organization.with_name("other.plan.toml")
    before = path.read_bytes()
    for arguments in (
        ["fix", str(organization), "--plan", str(path), "-o", str(other)],
        ["fix", str(organization), "--plan", str(path), "-o", str(path)],
        ["fix", str(organization), "-o", str(path)],
        ["suggest", str(organization), "--plan", str(path), "--asks", "1", "-o", str(other)],
        ["suggest", str(organization), "--asks", "1", "-o", str(path)],
    ):
        assert run(arguments) == 2
        assert f"This plan is {status}; it takes no changes until" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert not other.exists()
    assert run(["apply", str(organization), str(path), "-o", str(other)]) == 0


def test_a_plan_that_goes_on_loses_the_signatures_of_what_changes(
    organization: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, fixed = written(organization, TABLES), organization.with_name("fixed.plan.toml")
    assert run(["fix", str(organization), "--plan", str(path), "--decisions", "-o", str(fixed)]) == 0
    plan = load_plan(fixed, parse_change)
    said = "the signature of brand by li is taken away" in capsys.readouterr().err
    assert said != bool(plan.signoffs)
    assert {each.person for each in plan.reviews} == {"li", "new"}
    assert run(["apply", str(organization), str(fixed), "-o", str(organization.with_name("n.toml"))]) == 0


def test_diff_tells_of_them(organization: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = written(organization, "").rename(organization.with_name("old.plan.toml"))
    assert run(["diff", str(old), str(written(organization, TABLES))]) in (0, 1)
    said = capsys.readouterr().out
    assert "review li" in said
    assert "signoff brand" in said
