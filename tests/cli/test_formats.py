"""`orgtui check --format sarif` and `--format github`: what code hosts and editors read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from orgtui.rules.registry import catalogue
from tests.cli.running import Program
from tests.cli.test_check import SMALL
from tests.support import FOUR_DIVISIONS, SAMPLES, STARTUP

LEVELS = {"error": "error", "warning": "warning", "advice": "note"}


@pytest.fixture(autouse=True)
def _in_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "orgs & plans").mkdir()
    (tmp_path / "orgs & plans" / "acme, ünïted.toml").write_text(SMALL, "utf-8")
    monkeypatch.chdir(tmp_path)


ACME = Path("orgs & plans") / "acme, ünïted.toml"


def log(orgtui: Program, *arguments: str | Path) -> dict[str, Any]:
    [run] = orgtui("check", *arguments, "--format", "sarif").json["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif_is_of_the_version_it_says(orgtui: Program) -> None:
    told = orgtui("check", STARTUP, "--format", "sarif").json
    assert told["version"] == "2.1.0"
    assert told["$schema"].endswith("/sarif-schema-2.1.0.json")
    assert list(told) == ["$schema", "version", "runs"]


def test_sarif_names_every_rule_and_where_to_read_of_it(orgtui: Program) -> None:
    rules = log(orgtui, STARTUP)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(catalogue())
    for rule in rules:
        known = catalogue()[rule["id"]]
        assert rule["name"] == known.name
        assert rule["defaultConfiguration"] == {"level": LEVELS[known.severity]}
        assert rule["shortDescription"]["text"]
        assert "## Why" in rule["help"]["markdown"]


def test_sarif_has_the_findings_of_the_json_report_in_its_order(orgtui: Program) -> None:
    for arguments in ([STARTUP], [STARTUP, "--plan", FOUR_DIVISIONS], [STARTUP, "--select", "P"]):
        report = orgtui("check", *arguments, "--format", "json")
        ran = orgtui("check", *arguments, "--format", "sarif")
        assert ran.status == report.status
        [run] = ran.json["runs"]
        rules = run["tool"]["driver"]["rules"]
        results = run["results"]
        told = [(each["ruleId"], each["message"]["text"], each["level"]) for each in results]
        assert told == [
            (each["code"], each["message"], LEVELS[each["severity"]]) for each in report.json["findings"]
        ]
        assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in results)
        prints = [each["partialFingerprints"]["orgtui/v1"] for each in results]
        assert len(set(prints)) == len(prints)
        for each, finding in zip(results, report.json["findings"], strict=True):
            [location] = each["locations"]
            names = [where["fullyQualifiedName"] for where in location["logicalLocations"]]
            assert names == finding["subjects"]
            assert location["physicalLocation"]["region"]["startLine"] >= 1


def test_sarif_points_at_the_line_by_a_relative_uri(orgtui: Program) -> None:
    results = log(orgtui, ACME)["results"]
    [thin] = [each for each in results if each["ruleId"] == "P203"]
    physical = thin["locations"][0]["physicalLocation"]
    uri = physical["artifactLocation"]["uri"]
    assert uri == "orgs%20%26%20plans/acme%2C%20%C3%BCn%C3%AFted.toml"
    lines = Path(unquote(uri)).read_text("utf-8").splitlines()
    line = physical["region"]["startLine"]
    assert lines[line - 1 : line + 1] == ["[[team]]", 'id = "web"']
    assert thin["suppressions"] == [{"kind": "external", "justification": "Two more people come in spring"}]
    elsewhere = log(orgtui, STARTUP)["results"][0]["locations"][0]["physicalLocation"]
    assert elsewhere["artifactLocation"]["uri"] == STARTUP.absolute().as_uri()


def test_github_commands_are_one_a_finding_that_counts(orgtui: Program) -> None:
    report = orgtui("check", STARTUP, "--format", "json")
    ran = orgtui("check", STARTUP, "--format", "github")
    assert ran.status == report.status == 1
    words = {"error": "error", "warning": "warning", "advice": "notice"}
    expected = [
        f"::{words[each['severity']]} file={STARTUP.absolute()},line=…,"
        f"title={each['code']} {each['name']}::{each['message'].replace('%', '%25')}"
        for each in report.json["findings"]
        if each["accepted"] is None
    ]
    lines = ran.out.splitlines()
    assert [head + ",line=…," + rest.partition(",")[2] for head, rest in cut(lines)] == expected
    assert all(rest.partition(",")[0].isdigit() for _, rest in cut(lines))


def cut(lines: list[str]) -> list[tuple[str, str]]:
    return [(head, rest) for head, _, rest in (line.partition(",line=") for line in lines)]


def test_github_commands_hold_nothing_that_ends_them(orgtui: Program) -> None:
    text = SMALL.replace('name = "Web"', 'name = "100% web: a, b::c"')
    file = Path("a,b:c%.toml")
    file.write_text(text, "utf-8")
    ran = orgtui("check", file, "--format", "github")
    [line] = [line for line in ran.out.splitlines() if "P402" in line or "S301" in line][:1]
    head, _, message = line[2:].partition("::")
    assert "file=a%2Cb%3Ac%25.toml,line=" in head
    assert message.startswith("100%25 web: a, b::c ")
    assert "P203" not in ran.out, "accepted"


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_people_in_a_file_of_their_own_are_found_there(orgtui: Program, form: str) -> None:
    text = SMALL.replace('pay = "pay.csv"', 'people = "people.csv"')
    people = text.index("[[person]]")
    work = '[[function]]\nid = "seo"\nname = "SEO"\nteam = "web"\n\n'
    Path("acme.toml").write_text(text[:people] + work + text[text.index("[rules]") :], "utf-8")
    Path("people.csv").write_text(
        "id,name,title,team,state,fte,functions,skills,learning\r\n"
        "chen,Chen,,marketing,filled,1,seo:1,,\r\n"
        "li-na,Li Na,,web,filled,1,,,\r\n",
        "utf-8",
    )
    ran = orgtui("check", "acme.toml", "--format", form, "--select", "S203")
    assert "people.csv" in ran.out
    assert ('"startLine": 3' if form == "sarif" else "line=3") in ran.out


def test_chinese_is_no_trouble(orgtui: Program) -> None:
    ran = orgtui("--lang", "zh", "check", SAMPLES / "startup_a.zh.toml", "--format", "github")
    assert ran.status == 1
    assert "::error file=" in ran.out
    assert os.fspath(SAMPLES.absolute()) in ran.out
