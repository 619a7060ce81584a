"""Differences by id: of organisations with what any change touched, of plans with their changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgtui.cli.diff import differences, organization_entries, run
from tests.support import STARTUP, random_organization

SAMPLES = Path(__file__).parents[2] / "sample_orgs"
PLAN = SAMPLES / "startup_a.four-divisions.plan.toml"
HEAD = 'format = 1\norganization = { name = "A", as_of = 2026-11-21 }\n'
ROOT = 'team = [{ id = "root", name = "Root" }]\n'
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
        "- team web  Web",
        "+ team pr  P|R",
        "~ person li  Li",
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
    entries = organization_entries(random_organization(seed))
    assert list(differences(entries, organization_entries(random_organization(seed)))) == []
    other = organization_entries(random_organization(seed + 1))
    there, back = list(differences(entries, other)), list(differences(other, entries))
    assert there
    flipped = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(each.kind, each.id, flipped[each.change]) for each in there} == {
        (each.kind, each.id, each.change) for each in back
    }


@pytest.mark.parametrize("kind", ["stage", "area"])
@pytest.mark.parametrize("identity", ["order", "mql", "ids", "organization"])
def test_another_order_is_told_whatever_the_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, identity: str
) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    entries = [f'{{ id = "{identity}", name = "One" }}', '{ id = "sal", name = "Two" }']
    for path, listed in ((old, entries), (new, entries[::-1])):
        path.write_text(f"{HEAD}{ROOT}{kind} = [{', '.join(listed)}]\n", encoding="utf-8")
    assert run([str(old), str(new)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"~ {kind} order",
        f'    ids: ["{identity}", "sal"] → ["sal", "{identity}"]',
    ]


def test_another_order_of_pillars_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    pillars = ['{ id = "reach", name = "Reach" }', '{ id = "order", name = "Order" }']
    for path, listed in ((old, pillars), (new, pillars[::-1])):
        profile = f'name = "A", as_of = 2026-11-21, pillars = [{", ".join(listed)}]'
        path.write_text(f"format = 1\norganization = {{ {profile} }}\n{ROOT}", encoding="utf-8")
    assert run([str(old), str(new)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "~ pillar order",
        '    ids: ["reach", "order"] → ["order", "reach"]',
    ]


def test_acceptances_of_subjects_that_read_alike_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    apart = 'accept = [{ code = "C301", subjects = ["topic:a", "topic:b"], why = "x" }]\n'
    old.write_text(HEAD + ROOT + apart, encoding="utf-8")
    new.write_text(HEAD + ROOT + apart.replace('"topic:a", "topic:b"', '"topic:a>topic:b"'), encoding="utf-8")
    assert run([str(old), str(new)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "- accept C301>topic:a>topic:b",
        "+ accept C301>topic:a>topic:b",
    ]


def test_changes_of_a_plan_whose_topics_read_like_ours_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second change of one thing is counted as " (2)", and a link's field stands behind its topic."""

    def link(op: str, topic: str, **given: str) -> str:
        more = "".join(f', {key} = "{value}"' for key, value in given.items())
        return f'{{ op = "{op}", from = "team:a", to = "team:b", topic = "{topic}"{more} }}'

    old, new = tmp_path / "old.plan.toml", tmp_path / "new.plan.toml"
    head = f'format = 1\nplan = {{ name = "A", organization = "A", baseline = "sha256:{"0" * 64}" }}\n'
    docs, talks = {"how": "docs"}, {"how": "meeting"}
    twice = [link("remove_share", "x"), link("add_share", "x", **docs)]
    before = [*twice, link("add_share", "x (2)", **docs), link("set_share", "x", **docs)]
    after = [twice[0], link("add_share", "x", **talks), *before[2:]]
    old.write_text(f"{head}change = [{', '.join(before)}]\n", encoding="utf-8")
    new.write_text(f"{head}change = [{', '.join(after)}]\n", encoding="utf-8")
    assert run([str(old), str(new)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "~ change share team:a>team:b>x (2)",
        "    how: docs → meeting",
    ]
    new.write_text(f"{head}change = [{link('set_share', 'x', **docs)}]\n", encoding="utf-8")
    old.write_text(f"{head}change = [{link('remove_share', 'x set')}]\n", encoding="utf-8")
    assert run([str(old), str(new)]) == 0
    assert [line[:8] for line in capsys.readouterr().out.splitlines()] == ["- change", "+ change"]


def test_plans_are_told_apart_by_their_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.plan.toml"
    text = PLAN.read_text(encoding="utf-8")
    assert text.count('status = "proposed"') + text.count('status = "draft"') == 1
    text = text.replace('status = "proposed"', 'status = "approved"').replace('"draft"', '"approved"')
    other.write_text(text, encoding="utf-8")
    assert run([str(PLAN), str(PLAN)]) == 0
    assert capsys.readouterr().out == "no differences\n"
    assert run([str(PLAN), str(other)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "~ plan  Four divisions"


def test_waves_of_plans_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.plan.toml"
    text = PLAN.read_text(encoding="utf-8")
    wave = '[[wave]]\nnumber = 2\nname = "One voice"\non = 2027-01-04\n\n[[change]]'
    other.write_text(text.replace("[[change]]", wave, 1), encoding="utf-8")
    assert run([str(PLAN), str(other)]) == 0
    assert capsys.readouterr().out == "+ wave 2  One voice\n"
    assert run([str(other), str(PLAN)]) == 0
    assert capsys.readouterr().out == "- wave 2  One voice\n"


def test_a_plan_and_an_organisation_are_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(STARTUP), str(PLAN)]) == 2
    assert "is a plan and startup_a.toml an organisation" in capsys.readouterr().err
