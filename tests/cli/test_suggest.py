"""`orgtui suggest`: plans within limits as text, JSON and a picture, and one as a plan that is taken."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.plans import Options, Progress
from orgtui.advice.search.search import search
from orgtui.changes.parse import parse_change
from orgtui.cli import suggest, suggest_progress
from orgtui.files.organization_file import save_organization
from orgtui.files.plan_file import load_plan
from orgtui.model.store import Organization
from tests.cli.running import Program
from tests.organizations import full_organization

ASKS = "150"


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """An organisation with much wrong in it."""
    path = tmp_path / "acme.toml"
    save_organization(full_organization(), path)
    return path


def suggested(orgtui: Program, acme: Path, *options: str | Path) -> Any:
    ran = orgtui("suggest", acme, "--asks", ASKS, "--format", "json", *options)
    assert (ran.status, ran.err) == (0, "")
    return ran.json


# -- JSON ----------------------------------------------------------------------------------------------


def test_json_has_its_keys_in_order_and_is_as_its_schema_says(orgtui: Program, acme: Path) -> None:
    report = suggested(orgtui, acme)
    assert list(report) == [
        *(
            "organization",
            "today",
            "seed",
            "seconds",
            "stopped",
            "limits",
            "before",
            "proven",
            "asked",
            "plans",
        )
    ]
    assert report["organization"] == "Startup A"
    assert (report["seed"], report["seconds"], report["stopped"]) == (1, None, "time")
    assert list(report["before"]) == ["penalty", "error", "warning", "advice"]
    assert list(report["limits"])[:2] == ["keep_teams", "keep_people"]
    plan = report["plans"][0]
    assert list(plan) == ["id", "name", "penalty", "error", "warning", "advice", "cost", "steps", "left"]
    assert list(plan["cost"]) == [
        *(
            "changes",
            "touched",
            "moved",
            "new_manager",
            "teams_closed",
            "teams_new",
            "new_leads",
            "agreements",
        )
    ]
    assert list(plan["steps"][0]) == ["title", "kind", "wave", "changes", "resolved", "introduced"]
    assert plan["cost"]["changes"] == sum(len(step["changes"]) for step in plan["steps"])
    assert list(plan["left"][0]) == ["code", "subjects", "severity"]
    weights = {"error": 9, "warning": 3, "advice": 1}
    for each in (report["before"], *report["plans"]):
        assert each["penalty"] == sum(weights[key] * each[key] for key in weights)
    penalties = [each["penalty"] for each in report["plans"]]
    assert penalties == sorted(penalties)
    assert penalties[-1] < report["before"]["penalty"]
    schema = Draft202012Validator(orgtui("schema", "suggest").json, format_checker=FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in schema.iter_errors(report)] == []
    assert list(schema.iter_errors({**report, "more": 1}))
    assert list(schema.iter_errors({**report, "stopped": None}))


def test_the_same_seed_and_questions_give_the_same_bytes(orgtui: Program, acme: Path) -> None:
    command = ("suggest", acme, "--asks", ASKS, "--seed", "7", "--format", "json")
    assert orgtui(*command).out == orgtui(*command).out


# -- limits --------------------------------------------------------------------------------------------


def test_limits_come_from_the_file_beside_and_from_the_command_line(orgtui: Program, acme: Path) -> None:
    beside = acme.with_name("acme.limits.toml")
    beside.write_text(
        '[keep]\nteams = ["brand"]\n[most]\ntouched = 9\nmoved = 8\n[must]\nresolve = ["S501"]\n'
    )
    beside.chmod(0o600)
    given = ("--keep", "person:wu", "--keep", "team:pr", "--most-touched", "3", "--must", "S203")
    there = suggested(orgtui, acme, *given)["limits"]
    assert there["keep_teams"] == ["brand", "pr"]
    assert there["keep_people"] == ["wu"]
    assert (there["most_touched"], there["most_moved"]) == (3, 8)
    assert there["must_resolve"] == ["S501", "S203"]
    other = acme.with_name("other.toml")
    other.write_text("[most]\ntouched = 1\n")
    there = suggested(orgtui, acme, "--limits", other)["limits"]
    assert (there["keep_teams"], there["most_touched"]) == ([], 1)


def test_bad_limits_are_refused_line_by_line(orgtui: Program, acme: Path) -> None:
    beside = acme.with_name("acme.limits.toml")
    beside.write_text('[keep]\nteams = ["brnd"]\n[most]\ntouched = -1\n')
    beside.chmod(0o600)
    assert orgtui.refuses("suggest", acme) == [
        f'{beside}:2: keep.teams[1]: no team has the id "brnd"; the nearest known one is brand',
        f"{beside}:4: most.touched: -1 is no number of things; write a whole number of 0 or more",
    ]


def test_everything_wrong_with_the_arguments_is_told_at_once(orgtui: Program, acme: Path) -> None:
    given = (
        "--keep",
        "goal:reach",
        "--keep",
        "team:brnd",
        "--must",
        "P9",
        "--within",
        "bran",
        "--select",
        "Z9",
    )
    assert orgtui.refuses("suggest", acme, *given) == [
        'orgtui: "goal:reach" cannot be kept; write team:, person:, function: and an id, such as team:ID',
        'orgtui: no team has the id "brnd"; the nearest known one is brand',
        'orgtui: "P9" is no code of a rule; the nearest known one is P407',
        'orgtui: no team has the id "bran"; the nearest known one is brand',
        'orgtui: no rule, name or family is called "Z9"; the nearest is tool-twice',
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--asks", "0"), "0 is no number that can be used; write a whole number of 1 or more"),
        (("--seconds", "nan"), "nan is no number that can be used; write a number of 0.1 or more"),
        (("--most-touched", "1.5"), "1.5 is no number that can be used; write a whole number of 0 or more"),
        (("--asks", "3", "--seconds", "3"), "not allowed with argument"),
        (("--take", "p1"), "`--take` says which plan to write: say where with `-o`"),
        (("-o", "-", "--format", "json"), "`-o -` and `--format json` both write standard output"),
        (("--limits", "none.toml"), "none.toml:1: file: the file cannot be read"),
        (("--with-pay",), "acme.toml names no pay file"),
        (("-o", "acme.toml"), "is there and is no plan"),
        (("-o", "new.plan.toml", "--take", "p99", "--asks", ASKS), "no plan is called p99: there are p1"),
    ],
)
def test_what_cannot_be_asked(
    orgtui: Program, acme: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(acme.parent)
    before = sorted(acme.parent.iterdir())
    assert said in orgtui.refuses("suggest", acme, *given)[-1]
    assert sorted(acme.parent.iterdir()) == before


def test_none_better_within_the_limits(orgtui: Program, acme: Path) -> None:
    output = acme.with_name("new.plan.toml")
    ran = orgtui("suggest", acme, "--asks", ASKS, "--most-changes", "0", "-o", output)
    assert ran.status == 1
    assert "No better plan within the limits was found" in ran.out
    assert "at most 0 may be" in ran.out
    assert not output.exists()
    report = orgtui("suggest", acme, "--asks", ASKS, "--most-changes", "0", "--format", "json")
    assert (report.status, report.json["plans"]) == (1, [])
    assert "at most 0 may be" in report.err


# -- text and picture ----------------------------------------------------------------------------------


def test_text_begins_with_the_steps_of_the_recommended_plan(orgtui: Program, acme: Path) -> None:
    report = suggested(orgtui, acme)
    ran = orgtui("suggest", acme, "--asks", ASKS)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith(f"Startup A: {report['before']['penalty']} points (")
    (chosen,) = [each for each in report["plans"] if lines[3] == f"Recommended: {each['id']}, {each['name']}"]
    for number, step in enumerate(chosen["steps"], start=1):
        assert f"  {number}. {step['title']}" in lines
    assert f"  leaves {chosen['penalty']} of {report['before']['penalty']} points (" in ran.out
    for other in report["plans"]:
        assert other is chosen or any(line.startswith(f"  {other['id']}  {other['name']}") for line in lines)
    assert lines[-1] == "A proposal by rules; the judgement about people is yours."


def test_chinese_text_has_no_english_sentence(orgtui: Program, acme: Path) -> None:
    ran = orgtui("suggest", acme, "--asks", ASKS, "--lang", "zh")
    for word in ("Recommended", "leaves", "mends", "touched", "proposal", "changes", "points"):
        assert word not in ran.out


def test_the_picture_names_every_plan(orgtui: Program, acme: Path) -> None:
    report = suggested(orgtui, acme)
    ran = orgtui("suggest", acme, "--asks", ASKS, "--format", "svg")
    assert ran.status == 0
    svg = ElementTree.fromstring(ran.out.encode())
    words = [each.text for each in svg.iter("{http://www.w3.org/2000/svg}text")]
    for plan in report["plans"]:
        assert plan["id"].removeprefix("p") in words
        assert plan["name"] in " ".join(filter(None, words))
    assert {"Before", "After"} <= set(words) or "Teams before and after" in ran.out


# -- a plan that is written ----------------------------------------------------------------------------


def test_a_plan_is_written_and_taken(orgtui: Program, acme: Path) -> None:
    report = suggested(orgtui, acme)
    output, new = acme.with_name("new.plan.toml"), acme.with_name("new.toml")
    for plan in report["plans"]:
        ran = orgtui("suggest", acme, "--asks", ASKS, "-o", output, "--take", plan["id"])
        assert (ran.status, ran.out.splitlines()[-1]) == (0, f"{plan['id']} is written to {output}")
        written = load_plan(output, parse_change)
        assert written.summary is not None
        assert (written.summary.people_moved, written.summary.new_manager) == (
            plan["cost"]["moved"],
            plan["cost"]["new_manager"],
        )
        assert sorted(str(step.change["op"]) for step in written.steps) == sorted(
            change["op"] for step in plan["steps"] for change in step["changes"]
        )
        mended = {found["code"] for step in plan["steps"] for found in step["resolved"]}
        assert {str(step.why)[:4] for step in written.steps if step.why} <= mended
        assert orgtui("apply", acme, output, "-o", new).status == 0
        checked = orgtui("check", new, "--format", "json", "--ignore", "A201").json
        assert checked["counts"] == {
            **{key: plan[key] for key in ("error", "warning", "advice")},
            "accepted": checked["counts"]["accepted"],
        }


def test_the_plan_on_standard_output_is_all_that_stands_there(orgtui: Program, acme: Path) -> None:
    ran = orgtui("suggest", acme, "--asks", ASKS, "-o", "-")
    assert ran.status == 0
    assert ran.out.startswith("format = 1\n")
    assert "Recommended: " in ran.err


def test_a_search_goes_on_from_a_plan_whose_steps_stay(orgtui: Program, acme: Path) -> None:
    first, second = acme.with_name("first.plan.toml"), acme.with_name("second.plan.toml")
    assert orgtui("fix", acme, "-o", first).status == 0
    given = ("--asks", ASKS, "--plan", first)
    assert orgtui("suggest", acme, *given, "-o", second).status == 0
    earlier, later = (load_plan(each, parse_change) for each in (first, second))
    assert [step.change for step in later.steps][: len(earlier.steps)] == [
        step.change for step in earlier.steps
    ]
    assert len(later.steps) > len(earlier.steps)
    assert orgtui("apply", acme, second, "-o", acme.with_name("new.toml")).status == 0


# -- an end to it --------------------------------------------------------------------------------------


def test_ctrl_c_gives_what_is_there(orgtui: Program, acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = search
    closed: list[bool] = []

    def interrupted(
        organization: Organization, today: date, limits: Limits, options: Options
    ) -> Iterator[Progress]:
        try:
            for progress in real(organization, today, limits, options):
                if progress.plans and not closed:
                    os.kill(os.getpid(), signal.SIGINT)
                yield progress
        finally:
            closed.append(True)

    monkeypatch.setattr(suggest, "search", interrupted)
    ran = orgtui("suggest", acme, "--asks", "5000", "--format", "json")
    assert (ran.status, ran.json["stopped"]) == (0, "cancelled")
    assert ran.json["plans"]
    assert ran.json["asked"] < 5000
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_told_on_a_terminal_only(
    orgtui: Program, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggest_progress, "BETWEEN_S", 0.0)
    assert orgtui("suggest", acme, "--asks", ASKS).err == ""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    orgtui("suggest", acme, "--asks", ASKS)
    said = terminal.getvalue()
    assert "searching, 0 seconds: " in said
    assert "\n" not in said
    assert said.endswith("\r")
    assert said.rstrip("\r").rpartition("\r")[2].strip() == ""
