"""`orgtui check`: the report of domain.md section 7, what is selected, and the exit status."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from orgtui.files.organization_file import baseline_hash, dump_organization, load_organization
from orgtui.metrics import MEASURES
from orgtui.rules.registry import catalogue, known_rules
from tests.cli.running import Program
from tests.support import FOUR_DIVISIONS, SAMPLES, STARTUP, random_organization

ORGANIZATIONS = sorted(path for path in SAMPLES.glob("*.toml") if not path.name.endswith(".plan.toml"))
SCALEUP = SAMPLES / "scaleup.toml"
KEYS = ["organization", "today", "findings", "counts", "asleep", "stale_accepts", "metrics", "fixes_sought"]
FINDING = ["code", "name", "severity", "subjects", "size", "message", "evidence", "accepted", "fixes"]
SMALL = """format = 1

[organization]
name = "Example"
vision = "One"
as_of = 2026-11-21
review_on = 2027-02-21

[files]
pay = "pay.csv"

[[team]]
id = "marketing"
name = "Marketing"
lead = "chen"
pay_budget = 150000

[[team]]
id = "web"
name = "Web"
parent = "marketing"

[[person]]
id = "chen"
name = "Chen"
team = "marketing"

[[person]]
id = "li-na"
name = "Li Na"
team = "web"

[rules]
ignore = ["A3"]

[[accept]]
code = "P203"
subjects = ["team:web"]
why = "Two more people come in spring"
by = "chen"
until = 2027-03-31

[[accept]]
code = "S301"
subjects = ["team:gone"]
why = "They lead themselves"

[[accept]]
code = "A301"
subjects = ["team:gone"]
why = "An ignored rule says nothing of its acceptances"

[[accept]]
code = "S401"
subjects = ["team:gone"]
why = "A rule that is asleep neither"
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    path = tmp_path / "team.toml"
    path.write_text(SMALL, encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def pay(team: Path) -> Path:
    path = team.with_name("pay.csv")
    path.write_text("person,annual_cost\nchen,120000\nli-na,80000.50\n", encoding="utf-8")
    path.chmod(0o600)
    return path


# -- the report ----------------------------------------------------------------------------------------


def test_the_report_of_a_small_team_word_for_word(orgtui: Program, team: Path) -> None:
    report = orgtui("check", team, "--format", "json", "--select", "P203,S301,S401,A3").json
    assert report.pop("fixes_sought") == 2
    measured = report.pop("metrics")
    assert list(measured) == [*MEASURES, "errors", "warnings", "advice"]
    assert (measured["headcount"], measured["warnings"], measured["span_median"]) == (2, 1, 1)
    assert measured["borders"] is None
    title = "Let Li Na lead Web"
    changes = [{"op": "set_lead", "team": "web", "person": "li-na"}]
    fixes = report["findings"][1].pop("fixes")
    assert {"title": title, "applicability": "decision", "changes": changes} in fixes
    assert all(fix["changes"] for fix in fixes if fix["applicability"] != "hint")
    report["findings"][0].pop("fixes")
    assert report == {
        "organization": "Example",
        "today": "2026-11-21",
        "findings": [
            {
                "code": "P203",
                "name": "team-too-thin",
                "severity": "warning",
                "subjects": ["team:web"],
                "size": 2,
                "message": "Web has 1 seat; a team needs 3 to be more than a pair",
                "evidence": {"seats": 1, "min_size": 3},
                "accepted": {
                    "why": "Two more people come in spring",
                    "by": "chen",
                    "until": "2027-03-31",
                },
            },
            {
                "code": "S301",
                "name": "no-lead",
                "severity": "warning",
                "subjects": ["team:web"],
                "size": 1,
                "message": "Web has 1 seat and nobody who leads it",
                "evidence": {"seats": 1},
                "accepted": None,
            },
        ],
        "counts": {"error": 0, "warning": 1, "advice": 0, "accepted": 1},
        "asleep": [{"code": "S401", "needs": "pay"}],
        "stale_accepts": [
            {
                "code": "S301",
                "subjects": ["team:gone"],
                "why": "They lead themselves",
                "by": None,
                "until": None,
            }
        ],
    }


@pytest.mark.parametrize("organization", ORGANIZATIONS, ids=lambda path: path.stem)
def test_every_sample_is_reported_in_form(orgtui: Program, organization: Path) -> None:
    ran = orgtui("check", organization, "--format", "json")
    report = ran.json
    assert list(report) == KEYS
    identities = [(each["code"], each["subjects"]) for each in report["findings"]]
    assert identities == sorted(identities)
    assert len(identities) == len(set(map(repr, identities)))
    for each in report["findings"]:
        assert list(each) == FINDING
        assert each["name"] == catalogue()[each["code"]].name
        assert each["message"]
        assert all(fix["applicability"] in ("safe", "decision", "hint") for fix in each["fixes"])
    counts = report["counts"]
    for severity, name in (("error", "errors"), ("warning", "warnings"), ("advice", "advice")):
        counted = [each for each in report["findings"] if each["severity"] == severity]
        assert counts[severity] == report["metrics"][name]
        assert counts[severity] == sum(each["accepted"] is None for each in counted)
    assert counts["accepted"] == sum(each["accepted"] is not None for each in report["findings"])
    assert report["asleep"] == sorted(report["asleep"], key=lambda each: each["code"])
    assert ran.status == (1 if counts["error"] else 0)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_organisation_the_report_is_plain_json(
    orgtui: Program, tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "team.toml"
    path.write_bytes(dump_organization(random_organization(seed)))
    ran = orgtui("check", path, "--format", "json", "--fail-on", "advice")
    report = json.loads(ran.out, parse_constant=pytest.fail)
    assert ran.status == int(any(report["counts"][each] for each in ("error", "warning", "advice")))


def test_a_plan_adds_what_becomes_of_people_and_judges_its_waves(orgtui: Program) -> None:
    before = orgtui("check", STARTUP, "--format", "json").json
    after = orgtui("check", STARTUP, "--plan", FOUR_DIVISIONS, "--format", "json").json
    assert {"code": "A201", "needs": "plan"} in before["asleep"]
    assert "A201" not in {each["code"] for each in after["asleep"]}
    assert list(after["metrics"]) == [*before["metrics"], "people_moved", "new_manager", "reviewed"]
    assert after["metrics"]["people_moved"] == 11
    assert after["metrics"]["pairs"] < before["metrics"]["pairs"]


def test_text_is_one_line_a_finding_and_what_they_add_up_to(orgtui: Program, team: Path) -> None:
    ran = orgtui("check", team, "--select", "P203,S301,S401")
    assert ran.out.splitlines() == [
        "warning  S301  Web has 1 seat and nobody who leads it",
        "accepted P203  Web has 1 seat; a team needs 3 to be more than a pair  "
        "(Two more people come in spring)",
        "",
        "0 errors, 1 warning, 0 advice, 1 accepted",
        "accepted, but not found any more: S301 gone",
        "asleep for want of data: S401 (pay)",
    ]
    assert ran.err == ""


def test_text_is_sorted_as_a_person_sorts(orgtui: Program, tmp_path: Path) -> None:
    path = tmp_path / "team.toml"
    teams = "".join(
        f'[[team]]\nid = "team-{each}"\nname = "Team {each}"\nparent = "marketing"\n' for each in (10, 2, 1)
    )
    people = "".join(
        f'[[person]]\nid = "p{each}"\nname = "P {each}"\nteam = "team-{each}"\n' for each in (10, 2, 1)
    )
    path.write_text(SMALL.replace('pay = "pay.csv"', "") + teams + people, "utf-8")
    lines = orgtui("check", path, "--select", "S301").out.splitlines()
    assert re.findall("Team [0-9]+", "".join(lines)) == ["Team 1", "Team 2", "Team 10"]


# -- what is asked for -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["--select", "S301"], {"S301"}),
        (["--select", "no-lead"], {"S301"}),
        (["--select", "S3"], {"S301", "S303"}),
        (["--select", "S , P203"], {"S301", "S303", "S501", "P203"}),
        (["--select", "S", "--ignore", "S3"], {"S501"}),
        (["--select", "S301", "--ignore", "no-lead"], set()),
        (["--select", "A3"], set()),
    ],
)
def test_rules_are_selected_by_code_name_and_family(
    orgtui: Program, team: Path, words: list[str], codes: set[str]
) -> None:
    report = orgtui("check", team, "--format", "json", *words).json
    assert {each["code"] for each in report["findings"]} == codes
    assert {each["code"] for each in report["asleep"]} <= set(catalogue())


def test_what_is_selected_does_not_change_what_is_advised(orgtui: Program) -> None:
    everything = orgtui("check", STARTUP, "--format", "json").json["findings"]
    for code in ("P203", "P204", "P105", "C101"):
        selected = orgtui("check", STARTUP, "--format", "json", "--select", code).json["findings"]
        assert selected == [each for each in everything if each["code"] == code]
        assert selected


SELECTIONS = {
    "--select C": r"C",
    "--select P,S": r"[PS]",
    "--ignore P2": r"[^P]|P[^2]",
    "--select C2 --ignore C201": r"C2(?!01)",
}
"""Words of the command line, and which codes they leave."""


RANKS = {"error": 0, "warning": 1, "advice": 2, "accepted": 3}
"""In which order lines of text stand, by their first word."""


@pytest.mark.parametrize("words", SELECTIONS)
@pytest.mark.parametrize(
    "organization", [*ORGANIZATIONS, 3, 5, 8], ids=lambda each: getattr(each, "stem", each)
)
def test_selecting_only_leaves_findings_out(
    orgtui: Program, tmp_path: Path, organization: Path | int, words: str
) -> None:
    path = tmp_path / "team.toml"
    if isinstance(organization, int):
        path.write_bytes(dump_organization(random_organization(organization)))
    else:
        path = organization
    everything = orgtui("check", path, "--format", "json").json["findings"]
    selected = orgtui("check", path, "--format", "json", *words.split()).json["findings"]
    assert selected == [each for each in everything if re.match(SELECTIONS[words], each["code"])]
    findings, _, _ = orgtui("check", path, *words.split()).out.rpartition("\n\n")
    lines, said = findings.splitlines(), sorted(f"{each['code']}  {each['message']}" for each in selected)
    for line, each in zip(sorted(line[9:] for line in lines), said, strict=True):
        assert line.startswith(each)
    ranks = [RANKS[line.split()[0]] for line in lines]
    assert ranks == sorted(ranks)


def test_rules_that_look_at_the_whole_graph_keep_their_fixes(orgtui: Program) -> None:
    def fixes(*words: str) -> list[int]:
        report = orgtui("check", SCALEUP, "--format", "json", *words).json
        return [len(each["fixes"]) for each in report["findings"] if each["code"] == "C202"]

    assert fixes("--select", "C") == fixes("--ignore", "P") == fixes()
    assert any(fixes())


def test_unknown_rules_are_refused_all_at_once_with_the_nearest(orgtui: Program, team: Path) -> None:
    assert orgtui.refuses("check", team, "--select", "p203,no-leads", "--ignore", "P9,P9") == [
        'orgtui: no rule, name or family is called "p203"; the nearest is P203',
        'orgtui: no rule, name or family is called "no-leads"; the nearest is no-lead',
        'orgtui: no rule, name or family is called "P9"; the nearest is P',
    ]


def test_an_acceptance_holds_until_its_day(orgtui: Program, team: Path) -> None:
    def accepted(today: str) -> int:
        report = orgtui("check", team, "--format", "json", "--today", today).json
        assert report["today"] == today
        assert [each["code"] for each in report["stale_accepts"]] == ["S301"]
        return int(report["counts"]["accepted"])

    assert accepted("2027-03-31") == 1
    assert accepted("2027-04-01") == 0


@pytest.mark.parametrize(
    ("select", "fail_on", "status"),
    [
        ("S301", None, 0),
        ("S301", "warning", 1),
        ("S301", "advice", 1),
        ("S303", "warning", 0),
        ("S303", "advice", 1),
        ("P203", "advice", 0),
    ],
)
def test_the_status_says_whether_something_grave_enough_was_found(
    orgtui: Program, team: Path, select: str, fail_on: str | None, status: int
) -> None:
    options = [] if fail_on is None else ["--fail-on", fail_on]
    assert orgtui("check", team, "--select", select, *options).status == status


# -- pay ---------------------------------------------------------------------------------------------


def test_pay_is_read_only_when_asked_for(orgtui: Program, team: Path, pay: Path) -> None:
    without = orgtui("check", team, "--format", "json").json
    assert "S401" in {each["code"] for each in without["asleep"]}
    assert "pay" not in without["metrics"]
    pay.unlink()
    assert orgtui("check", team, "--format", "json").json == without


def test_with_pay_the_budget_is_judged(orgtui: Program, team: Path, pay: Path) -> None:
    report = orgtui("check", team, "--format", "json", "--with-pay").json
    assert [each["evidence"] for each in report["findings"] if each["code"] == "S401"] == [
        {"pay": 200000.5, "pay_budget": 150000}
    ]
    assert list(report["metrics"])[-1] == "pay"
    assert report["metrics"]["pay"] == 200000.5
    assert "S401" in {each["code"] for each in report["stale_accepts"]}
    pay.write_text("person,annual_cost\nchen,150000\n", encoding="utf-8")
    report = orgtui("check", team, "--format", "json", "--with-pay").json
    assert "S401" not in {each["code"] for each in report["findings"] + report["asleep"]}


def test_a_seat_that_the_plan_adds_may_be_paid(orgtui: Program, team: Path, pay: Path) -> None:
    plan = team.with_name("new.plan.toml")
    baseline = baseline_hash(load_organization(team, known_rules()))
    plan.write_text(
        f'format = 1\n[plan]\nname = "New"\norganization = "Example"\nbaseline = "{baseline}"\n'
        '[[change]]\nop = "add_seat"\nperson = "new"\nteam = "web"\nstate = "planned"\n',
        encoding="utf-8",
    )
    pay.write_text("person,annual_cost\nnew,7\n", encoding="utf-8")
    report = orgtui("check", team, "--plan", plan, "--format", "json", "--with-pay").json
    assert report["metrics"]["pay"] == 7
    assert list(report["metrics"])[-4:] == ["people_moved", "new_manager", "reviewed", "pay"]


def test_a_pay_file_with_problems_is_refused_line_by_line(orgtui: Program, team: Path, pay: Path) -> None:
    pay.write_text("person,annual_cost\nwho,1\nchen,-1\n", encoding="utf-8")
    assert [line.split(": ")[0:2] for line in orgtui.refuses("check", team, "--with-pay")] == [
        [f"{pay}:2", "person (who)"],
        [f"{pay}:3", "annual_cost (chen)"],
    ]
    pay.unlink()
    assert orgtui.refuses("check", team, "--with-pay")[0].startswith(f"{pay}:1: file: ")


def test_pay_that_no_file_tells_of_is_refused(orgtui: Program) -> None:
    assert orgtui.refuses("check", STARTUP, "--with-pay") == ["orgtui: startup_a.toml names no pay file"]
