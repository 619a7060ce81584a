"""Differences by id: of organisations with what any change touched, of plans with their changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgtui.cli.diff import differences, entries_of_organization, run
from tests.support import STARTUP, random_organization

SAMPLES = Path(__file__).parents[2] / "sample_orgs"
PLAN = SAMPLES / "startup_a.four-divisions.plan.toml"
HEAD = 'format = 1\norganization = { name = "A", as_of = 2026-11-21 }\n'
OLD = HEAD + (
    'stage = [{ id = "mql", name = "MQL" }, { id = "sal", name = "SAL" }]\n'
    'team = [{ id = "root", name = "Root" }, { id = "web", name = "Web", parent = "root" }]\n'
    'person = [{ id = "li", name = "Li", team = "web", fte = 0.8 }]\n'
)
NEW = HEAD + (
    'stage = [{ id = "sal", name = "SAL" }, { id = "mql", name = "MQL" }]\n'
    'team = [{ id = "root", name = "Root" }, { id = "pr", name = "P|R", parent = "root" }]\n'
    'person = [{ id = "li", name = "Li", team = "pr", fte = 0.8 }]\n'
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return str(old), str(new)


def test_organisations_are_told_apart_entry_by_entry(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*files]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "~ stage order",
        '    ids: ["mql", "sal"] → ["sal", "mql"]',
        "- team web",
        "+ team pr",
        "~ person li",
        "    team: web → pr",
    ]


def test_json_holds_old_and_new_values(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*files, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["differences"]
    assert [(each["kind"], each["id"], each["change"]) for each in told] == [
        ("stage", "order", "changed"),
        ("team", "web", "removed"),
        ("team", "pr", "added"),
        ("person", "li", "changed"),
    ]
    assert told[2]["values"]["name"] == {"old": None, "new": "P|R"}
    assert told[3]["values"] == {"team": {"old": "web", "new": "pr"}}


def test_markdown_is_one_table(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*files, "--format", "md"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "| ~ | person | li | team | web | pr |"
    assert {line.replace("\\|", "").count("|") for line in lines} == {7}


@pytest.mark.parametrize("seed", range(8))
def test_an_organisation_differs_in_nothing_from_itself(seed: int) -> None:
    entries = entries_of_organization(random_organization(seed))
    assert list(differences(entries, entries_of_organization(random_organization(seed)))) == []
    other = entries_of_organization(random_organization(seed + 1))
    there, back = list(differences(entries, other)), list(differences(other, entries))
    assert there
    flipped = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(each.kind, each.id, flipped[each.change]) for each in there} == {
        (each.kind, each.id, each.change) for each in back
    }


def test_plans_are_told_apart_by_their_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.plan.toml"
    text = PLAN.read_text(encoding="utf-8")
    assert text.count('status = "proposed"') + text.count('status = "draft"') == 1
    text = text.replace('status = "proposed"', 'status = "approved"').replace('"draft"', '"approved"')
    other.write_text(text, encoding="utf-8")
    assert run([str(PLAN), str(PLAN)]) == 0
    assert capsys.readouterr().out == "no differences\n"
    assert run([str(PLAN), str(other)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "~ plan"


def test_a_plan_and_an_organisation_are_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(STARTUP), str(PLAN)]) == 2
    assert "is a plan and startup_a.toml an organisation" in capsys.readouterr().err
