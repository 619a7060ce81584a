"""What `import orgtui` offers: the same as the command line, as plain values."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path

import pytest

import orgtui
from tests.cli.running import Program
from tests.cli.test_check import SMALL
from tests.organizations import write_small
from tests.support import FOUR_DIVISIONS, SAMPLES, STARTUP

BAD = Path(__file__).parents[1] / "files" / "bad"
HEAVY = ("tomli", "pydantic_core", "tree_sitter", "networkx", "textual", "rich", "argparse", "dataclasses")


@pytest.fixture
def orgtui_program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def startup() -> orgtui.Organization:
    return orgtui.load(STARTUP)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    (tmp_path / "pay.csv").write_text("person,annual_cost\nchen,120000\nli-na,80000.50\n", encoding="utf-8")
    for each in tmp_path.iterdir():
        each.chmod(0o600)
    return path


# -- the names -----------------------------------------------------------------------------------------


def loaded_by(program: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after a program."""
    printing = f"{program}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", printing], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_heavy() -> None:
    modules = loaded_by("import orgtui")
    assert [name for name in modules if name.startswith("orgtui.") or name in HEAVY] == []
    assert "orgtui.api.functions" not in loaded_by("import orgtui; dir(orgtui); orgtui.__version__")
    assert {"orgtui.api.functions", "tomli"} <= loaded_by(f"import orgtui; orgtui.load({str(STARTUP)!r})")


def test_every_public_name_is_there_and_no_other() -> None:
    assert set(orgtui.__all__) <= set(dir(orgtui))
    for name in orgtui.__all__:
        assert getattr(orgtui, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'checks'"):
        orgtui.checks  # type: ignore[attr-defined]  # noqa: B018


# -- check ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["--plan", str(FOUR_DIVISIONS)], {"plan": FOUR_DIVISIONS}),
        (["--select", "C,P2", "--ignore", "P203"], {"select": ["C", "P2"], "ignore": ["P203"]}),
        (["--today", "2027-04-01"], {"today": date(2027, 4, 1)}),
    ],
    ids=["all", "plan", "selected", "today"],
)
def test_a_check_is_what_the_command_line_writes(
    orgtui_program: Program, arguments: list[str], options: dict[str, object]
) -> None:
    ran = orgtui_program("check", STARTUP, "--format", "json", *arguments)
    assert orgtui.check(STARTUP, **options).as_dict() == ran.json  # type: ignore[arg-type]


def test_pay_is_judged_when_asked_for(orgtui_program: Program, small: Path) -> None:
    ran = orgtui_program("check", small, "--format", "json", "--with-pay")
    result = orgtui.check(orgtui.load(small), with_pay=True)
    assert result.as_dict() == ran.json
    assert result.metrics["pay"] == 200000.5
    [accepted] = [each.accepted for each in result.findings if each.accepted]
    assert accepted == orgtui.Acceptance("Two more people come in spring", "chen", date(2027, 3, 31))
    assert {each.code for each in result.stale_accepts} == {"S301", "S401"}


def test_results_are_plain_values_that_nobody_changes(startup: orgtui.Organization) -> None:
    result = orgtui.check(startup)
    assert pickle.loads(pickle.dumps(result)) == result == orgtui.check(STARTUP)
    assert {type(subject) for each in result.findings for subject in each.subjects} == {str}
    with pytest.raises(FrozenInstanceError):
        result.findings = ()  # type: ignore[misc]
    assert replace(result.findings[0], code="P999").code == "P999"


def test_an_empty_selection_is_refused(startup: orgtui.Organization) -> None:
    with pytest.raises(orgtui.OrgtuiError, match="no rule is selected"):
        orgtui.check(startup, select=[])


# -- load ----------------------------------------------------------------------------------------------


def test_an_organisation_shows_its_entries(startup: orgtui.Organization) -> None:
    people = startup.entries("person")
    assert people[0]["name"] == "Chen Jing"
    assert {person["team"] for person in people} <= {team["id"] for team in startup.entries("team")}
    assert {"from", "to", "topic"} <= startup.entries("share")[0].keys()
    with pytest.raises(ValueError, match="'people' is no kind of entry; there are pillar, department"):
        startup.entries("people")


def test_an_organisation_can_be_written_and_read_again(startup: orgtui.Organization, tmp_path: Path) -> None:
    path = tmp_path / "again.toml"
    path.write_text(startup.to_toml(), encoding="utf-8")
    again = orgtui.load(str(path))
    assert again.to_toml() == startup.to_toml()
    assert orgtui.diff(startup, again) == ()


def test_pay_that_everybody_can_read_is_warned_of(small: Path) -> None:
    small.parent.chmod(0o755)
    small.with_name("pay.csv").chmod(0o644)
    with pytest.warns(UserWarning, match=r"everybody on this computer can read .*pay\.csv") as warned:
        orgtui.load(small)
    with pytest.warns(UserWarning, match="everybody") as also:
        orgtui.check(small)
    assert {each.filename for each in (*warned, *also)} == {__file__}


# -- apply, diff -----------------------------------------------------------------------------------------


def test_a_plan_leads_where_the_command_line_writes(
    orgtui_program: Program, startup: orgtui.Organization, tmp_path: Path
) -> None:
    new = tmp_path / "new.toml"
    assert orgtui_program("apply", STARTUP, FOUR_DIVISIONS, "-o", new).status == 0
    before = startup.to_toml()
    assert orgtui.apply(startup, FOUR_DIVISIONS).to_toml() == new.read_text(encoding="utf-8")
    assert startup.to_toml() == before


def test_a_plan_that_promises_something_else_is_refused(tmp_path: Path) -> None:
    plan = tmp_path / "wrong.plan.toml"
    text = FOUR_DIVISIONS.read_text(encoding="utf-8")
    assert text.count("people_moved = 11") == 1
    plan.write_text(text.replace("people_moved = 11", "people_moved = 12"), encoding="utf-8")
    with pytest.raises(
        orgtui.OrgtuiError, match=r"the summary of wrong\.plan\.toml does not fit .* 12 \(11\)"
    ):
        orgtui.apply(STARTUP, plan)


def test_a_diff_is_what_the_command_line_writes(
    orgtui_program: Program, startup: orgtui.Organization, tmp_path: Path
) -> None:
    new = tmp_path / "new.toml"
    new.write_text(orgtui.apply(startup, FOUR_DIVISIONS).to_toml(), encoding="utf-8")
    told = orgtui_program("diff", STARTUP, new, "--format", "json").json["differences"]
    for found in (
        orgtui.diff(STARTUP, new),
        orgtui.diff(startup, new),
        orgtui.diff(startup, orgtui.load(new)),
    ):
        assert [(each.kind, each.id, each.change) for each in found] == [
            (each["kind"], each["id"], each["change"]) for each in told
        ]
        assert found[0].values == {"review_on": (None, date(2027, 2, 21))}


def test_two_plans_are_compared_by_their_paths(tmp_path: Path) -> None:
    other = tmp_path / "other.plan.toml"
    text = FOUR_DIVISIONS.read_text(encoding="utf-8")
    other.write_text(text.replace('status = "proposed"', 'status = "approved"'), encoding="utf-8")
    assert orgtui.diff(FOUR_DIVISIONS, FOUR_DIVISIONS) == ()
    [difference] = orgtui.diff(FOUR_DIVISIONS, other)
    assert difference == orgtui.Difference("plan", "", "changed", {"status": ("proposed", "approved")})
    with pytest.raises(orgtui.OrgtuiError, match="is a plan and"):
        orgtui.diff(STARTUP, other)


# -- errors ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["duplicate_ids", "hostile_text", "booleans_as_numbers", "format_2"])
def test_every_problem_of_a_file_is_raised_at_once(
    orgtui_program: Program, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)
    with pytest.raises(orgtui.OrgtuiError) as raised:
        orgtui.load(f"{name}.toml")
    told = orgtui_program.refuses("check", f"{name}.toml")
    assert str(raised.value).splitlines() == told
    for problem, line in zip(raised.value.problems, told, strict=True):
        named = f" ({problem.entry})" if problem.entry else ""
        assert line.startswith(f"{problem.file}:{problem.line}: {problem.key}{named}: ")
    assert pickle.loads(pickle.dumps(raised.value)).problems == raised.value.problems


def test_what_stands_in_no_file_has_no_place(startup: orgtui.Organization) -> None:
    with pytest.raises(orgtui.OrgtuiError) as raised:
        orgtui.check(startup, select=["P9"], ignore=["no-leads"])
    assert raised.value.problems == (
        orgtui.Problem('no rule, name or family is called "P9"; the nearest is P'),
        orgtui.Problem('no rule, name or family is called "no-leads"; the nearest is no-lead'),
    )
    with pytest.raises(orgtui.OrgtuiError, match=r"startup_a\.toml names no pay file"):
        orgtui.check(startup, with_pay=True)


def test_suggestions_are_what_the_command_line_writes(orgtui_program: Program, tmp_path: Path) -> None:
    write_small(tmp_path)
    team = tmp_path / "small.toml"
    limits = ["--keep", "team:growth", "--must", "P201", "--most-touched", "6"]
    ran = orgtui_program("suggest", team, "--asks", "60", "--plans", "3", *limits, "--format", "json")
    found = orgtui.suggest(team, asks=60, count=3, keep=["team:growth"], must=["P201"], most={"touched": 6})
    assert json.loads(json.dumps(found.as_dict())) == json.loads(ran.out)
    assert (found.before, found.asked, found.stopped) == (25, 60, "time")
    assert 0 < len(found.plans) <= 3
    assert found.recommended in [plan.id for plan in found.plans]
    for plan, written in zip(found.plans, found.as_dict()["plans"], strict=True):
        assert plan.cost == written["cost"]
        assert plan.cost["touched"] <= 6
        assert [each.code for each in plan.left] == [each["code"] for each in written["left"]]
        assert "P201" not in [each.code for each in plan.left]
        assert [(each.title, list(each.changes)) for each in plan.steps] == [
            (each["title"], each["changes"]) for each in written["steps"]
        ]


def test_a_search_goes_on_from_a_plan(tmp_path: Path) -> None:
    found = orgtui.suggest(STARTUP, FOUR_DIVISIONS, asks=50)
    assert found.before < 10
    assert found.plans == ()
    assert found.recommended is None


def test_everything_that_a_search_cannot_know_is_told_at_once(startup: orgtui.Organization) -> None:
    with pytest.raises(orgtui.OrgtuiError) as raised:
        orgtui.suggest(
            startup, keep=["team:desing"], must=["P9"], most={"tuched": 3}, within="brnd", ignore=["X9"]
        )
    told = [problem.message for problem in raised.value.problems]
    for word in ("tuched", "touched", "desing", "P9", "brnd", "X9"):
        assert any(word in each for each in told), (word, told)
    assert len(told) == 5


def test_a_plan_for_another_state_is_refused() -> None:
    for use in (orgtui.check, orgtui.apply):
        with pytest.raises(orgtui.OrgtuiError, match="was made for another state of scaleup"):
            use(SAMPLES / "scaleup.toml", FOUR_DIVISIONS)
    with pytest.raises(orgtui.OrgtuiError, match="no/such/file"):
        orgtui.check(STARTUP, "no/such/file")
