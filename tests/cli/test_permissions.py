"""Commands warn of pay that everybody can read, beside what they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Program

TEAM = """\
format = 1
organization = { name = "Team", as_of = 2026-11-21 }
files = { pay = "pay.csv" }
team = [{ id = "team", name = "Team" }]
person = [{ id = "li", name = "Li", team = "team" }]
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    path, pay = tmp_path / "team.toml", tmp_path / "pay.csv"
    path.write_text(TEAM)
    pay.write_text("person,annual_cost\nli,1\n")
    path.chmod(0o600)
    pay.chmod(0o644)
    return path


def test_every_command_that_reads_an_organisation_warns(orgtui: Program, team: Path, tmp_path: Path) -> None:
    plan, new = tmp_path / "a.plan.toml", tmp_path / "new.toml"
    for arguments in (
        ("fix", team, "-o", plan),
        ("check", team),
        ("check", team, "--format", "json"),
        ("apply", team, plan, "-o", new),
        ("apply", team, plan, "-o", new, "--rebase"),
        ("diff", team, team),
    ):
        ran = orgtui(*arguments)
        warned = [line for line in ran.err.splitlines() if "chmod 600" in line]
        assert warned[0].startswith(f"orgtui: everybody on this computer can read {tmp_path / 'pay.csv'}; ")
        assert ran.status != 2
        assert "chmod" not in ran.out


def test_nothing_is_said_of_files_that_are_private(orgtui: Program, team: Path, tmp_path: Path) -> None:
    (tmp_path / "pay.csv").chmod(0o600)
    assert orgtui("check", team).err == ""


def test_bad_input_is_told_alone(orgtui: Program, team: Path, tmp_path: Path) -> None:
    (tmp_path / "pay.csv").write_text("person,annual_cost\nwho,1\n")
    assert len(orgtui.refuses("check", team, "--with-pay")) == 1
