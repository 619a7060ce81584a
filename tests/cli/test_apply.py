"""`orgtui apply`: the organisation a plan leads to, and what speaks against it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import dump_organization, load_organization
from orgtui.files.people_csv import write_people
from orgtui.files.plan_file import load_plan
from orgtui.rules.registry import known_rules
from tests.cli.running import Program
from tests.golden.files import FOLDER
from tests.support import FOUR_DIVISIONS, SAMPLES, STARTUP


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "new.toml"


def edited(plan: Path, *replacements: tuple[str, str]) -> str:
    text = plan.read_text(encoding="utf-8")
    for old, new in replacements:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def changed_plan(folder: Path, *replacements: tuple[str, str]) -> Path:
    plan = folder / "changed.plan.toml"
    plan.write_text(edited(FOUR_DIVISIONS, *replacements), encoding="utf-8")
    return plan


def put_people_aside(inline: Path, organization: Path) -> None:
    """The same organisation with its people in a file beside it."""
    there = load_organization(inline, known_rules())
    head, _, rest = inline.read_text(encoding="utf-8").partition("[[person]]")
    _, _, tail = rest.partition("[[skill]]")
    files = '[files]\npeople = "people.csv"\n\n[[department]]'
    text = head.replace("[[department]]", files, 1) + "[[skill]]" + tail
    organization.write_text(text, encoding="utf-8")
    organization.with_name("people.csv").write_bytes(write_people(there.people.values()))


# -- applying ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", ".zh"])
def test_the_result_is_what_the_changes_lead_to(orgtui: Program, new: Path, language: str) -> None:
    organization = SAMPLES / f"startup_a{language}.toml"
    plan = SAMPLES / f"startup_a.four-divisions{language}.plan.toml"
    ran = orgtui("apply", organization, plan, "-o", new)
    assert (ran.status, ran.out, ran.err) == (0, "", f"{new} is written\n")
    there = load_organization(organization, known_rules())
    for step in load_plan(plan, parse_change).steps:
        for each in parse_change(step.change).compile(there):
            there.apply(each)
    assert new.read_bytes() == dump_organization(there)
    with_plan = orgtui("check", organization, "--plan", plan, "--format", "json").json
    applied = orgtui("check", new, "--format", "json").json
    assert applied["findings"] == with_plan["findings"]


def test_people_in_a_file_of_their_own_stay_in_one(orgtui: Program, tmp_path: Path, new: Path) -> None:
    organization = tmp_path / "startup.toml"
    put_people_aside(STARTUP, organization)
    before = (tmp_path / "people.csv").read_bytes()
    ran = orgtui("apply", organization, FOUR_DIVISIONS, "-o", new)
    assert ran.status == 0
    assert (tmp_path / "people.csv").read_bytes() == before
    assert (tmp_path / "new.people.csv").exists()
    inline = tmp_path / "inline.toml"
    orgtui("apply", STARTUP, FOUR_DIVISIONS, "-o", inline)
    written = [load_organization(path, known_rules()) for path in (new, inline)]
    assert dump_organization(written[0]) == dump_organization(written[1])


def test_a_plan_without_summary_is_applied(orgtui: Program, tmp_path: Path, new: Path) -> None:
    head, _, _ = FOUR_DIVISIONS.read_text(encoding="utf-8").partition("[summary]")
    plan = tmp_path / "bare.plan.toml"
    plan.write_text(head, encoding="utf-8")
    assert orgtui("apply", STARTUP, plan, "-o", new).status == 0


# -- the summary -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("replacement", "told"),
    [
        (("before = { errors = 4,", "before = { errors = 5,"), "before.errors 5 (4)"),
        (("teams = 5, pairs = 10", "teams = 5, pairs = 9"), "after.pairs 9 (10)"),
        (("advice = 1, teams = 5", "teams = 5"), "after.advice – (1)"),
        (("people_moved = 11", "people_moved = 12"), "people_moved 12 (11)"),
        (("new_manager = 11", "new_manager = 9"), "new_manager 9 (11)"),
        (('{ code = "A101", subjects = [] }, ', ""), "resolved – (A101)"),
        (("introduced = []", 'introduced = [{ code = "C101", subjects = [] }]'), "introduced C101 (–)"),
    ],
)
def test_a_summary_that_does_not_fit_is_refused(
    orgtui: Program, tmp_path: Path, new: Path, replacement: tuple[str, str], told: str
) -> None:
    plan = changed_plan(tmp_path, replacement)
    assert orgtui.refuses("apply", STARTUP, plan, "-o", new) == [
        "orgtui: the summary of changed.plan.toml does not fit its changes, which come to what stands in "
        f"brackets: {told}; mend the summary, or take it out to apply the changes without it"
    ]
    assert not new.exists()


def test_everything_that_is_wrong_with_a_summary_is_told_at_once(
    orgtui: Program, tmp_path: Path, new: Path
) -> None:
    plan = changed_plan(
        tmp_path, ("people_moved = 11", "people_moved = 12"), ("new_manager = 11", "new_manager = 9")
    )
    assert "people_moved 12 (11), new_manager 9 (11);" in orgtui.refuses("apply", STARTUP, plan, "-o", new)[0]


# -- another baseline ------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The sample, where others have been at work since the plan was made."""
    path = tmp_path / "elsewhere.toml"
    text = edited(STARTUP, ('name = "Online promotion"', 'name = "Web and ads"'))
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plan_for_another_baseline_is_refused(orgtui: Program, elsewhere: Path, new: Path) -> None:
    refused = [
        "orgtui: startup_a.four-divisions.plan.toml was made for another state of elsewhere.toml; "
        "`orgtui apply --rebase` shows what no longer holds"
    ]
    assert orgtui.refuses("apply", elsewhere, FOUR_DIVISIONS, "-o", new) == refused
    assert orgtui.refuses("check", elsewhere, "--plan", FOUR_DIVISIONS) == refused
    assert not new.exists()


def test_rebasing_tells_base_theirs_and_ours(orgtui: Program, elsewhere: Path, new: Path) -> None:
    ran = orgtui("apply", elsewhere, FOUR_DIVISIONS, "-o", new, "--rebase")
    assert ran.status == 1
    assert ran.out.splitlines() == [
        "change 22 (rename) made over something else:",
        '  name: base "Online promotion", theirs "Web and ads", ours "Lead management and growth"',
    ]
    changes = len(load_plan(FOUR_DIVISIONS, parse_change).steps)
    assert ran.err.splitlines() == [
        f"{changes} of {changes} changes made; 1 no longer as planned",
        f"{new} is written",
    ]
    assert load_organization(new, known_rules()).teams["web"].name == "Lead management and growth"


def test_rebasing_leaves_out_what_cannot_be_made(orgtui: Program, tmp_path: Path, new: Path) -> None:
    plan = changed_plan(
        tmp_path, ('op = "merge_teams"\nteam = "partners"', 'op = "merge_teams"\nteam = "allies"')
    )
    ran = orgtui("apply", STARTUP, plan, "-o", new, "--rebase")
    assert ran.status == 1
    assert ran.out.splitlines()[0] == "change 36 (merge_teams) left out: There is no team allies"
    assert "partners" in load_organization(new, known_rules()).teams
    refused = orgtui.refuses("apply", STARTUP, plan, "-o", tmp_path / "other.toml")
    assert refused == ["orgtui: changed.plan.toml: change 36 cannot be made: There is no team allies"]
    assert not (tmp_path / "other.toml").exists()


def test_rebasing_onto_the_same_baseline_is_applying(orgtui: Program, tmp_path: Path, new: Path) -> None:
    applied = tmp_path / "applied.toml"
    assert orgtui("apply", STARTUP, FOUR_DIVISIONS, "-o", applied).status == 0
    ran = orgtui("apply", STARTUP, FOUR_DIVISIONS, "-o", new, "--rebase")
    assert (ran.status, ran.out) == (0, "")
    assert new.read_bytes() == applied.read_bytes()


# -- the file written ------------------------------------------------------------------------------------


def snapshot(folder: Path) -> dict[str, bytes | str]:
    return {
        path.name: os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in folder.iterdir()
        if path.is_symlink() or path.is_file()
    }


@pytest.mark.parametrize("options", [[], ["--rebase"]])
def test_what_cannot_be_written_is_told_and_nothing_is_half_written(
    orgtui: Program, tmp_path: Path, options: list[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.toml").symlink_to(tmp_path / "aim.toml")
    os.mkfifo(tmp_path / "pipe.toml")
    before = snapshot(tmp_path)
    for output, reason in (
        ("missing/new.toml", "No such file or directory"),
        ("folder", "is not a regular file and is not replaced"),
        ("link.toml", "is not a regular file and is not replaced"),
        ("pipe.toml", "is not a regular file and is not replaced"),
    ):
        path = tmp_path / output
        lines = orgtui.refuses("apply", STARTUP, FOUR_DIVISIONS, "-o", path, *options)
        assert lines[-1].startswith(f"orgtui: {path} cannot be written: ")
        assert lines[-1].endswith(reason)
        assert snapshot(tmp_path) == before


def test_people_are_not_written_where_the_organisation_cannot_be(orgtui: Program, tmp_path: Path) -> None:
    organization = tmp_path / "startup.toml"
    put_people_aside(STARTUP, organization)
    (tmp_path / "link.toml").symlink_to(tmp_path / "aim.toml")
    before = snapshot(tmp_path)
    orgtui.refuses("apply", organization, FOUR_DIVISIONS, "-o", tmp_path / "link.toml")
    assert snapshot(tmp_path) == before


def test_the_plan_is_not_overwritten_by_what_it_leads_to(orgtui: Program, tmp_path: Path) -> None:
    plan = changed_plan(tmp_path)
    before = plan.read_bytes()
    assert orgtui.refuses("apply", STARTUP, plan, "-o", plan) == [f"orgtui: {plan} is the plan itself"]
    assert plan.read_bytes() == before


def test_a_new_file_is_private_and_an_old_one_keeps_its_mode(
    orgtui: Program, tmp_path: Path, new: Path
) -> None:
    orgtui("apply", STARTUP, FOUR_DIVISIONS, "-o", new)
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    new.chmod(0o644)
    orgtui("apply", STARTUP, FOUR_DIVISIONS, "-o", new)
    assert stat.S_IMODE(new.stat().st_mode) == 0o644
    assert os.listdir(tmp_path) == ["new.toml"]


def test_the_plan_that_a_session_leaves_is_checked_and_applied(orgtui: Program, new: Path) -> None:
    plan = FOLDER / "session.plan.toml"
    assert orgtui("apply", STARTUP, plan, "-o", new).status == 0
    planned = orgtui("check", STARTUP, "--plan", plan, "--format", "json").json
    applied = orgtui("check", new, "--format", "json").json
    assert planned["counts"] == applied["counts"]
    summary = load_plan(plan, parse_change).summary
    assert summary is not None
    numbers = {name: planned["metrics"][name] for name in summary.after}
    assert summary.after == numbers
    moved = planned["metrics"]["people_moved"], planned["metrics"]["new_manager"]
    assert (summary.people_moved, summary.new_manager) == moved
