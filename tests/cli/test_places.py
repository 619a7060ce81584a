"""`orgtui places`: every team as a place, the best first, as JSON and for people."""

from __future__ import annotations

from pathlib import Path

import pytest

import orgtui
from orgtui.advice.fit import POINTS
from orgtui.advice.places import Places
from orgtui.api import placing
from tests.cli.running import Program
from tests.support import FOUR_DIVISIONS, STARTUP


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


def test_json_has_every_place_of_what_is_asked_about(program: Program) -> None:
    ran = program("places", STARTUP, "person:cao-yu", "function:sem", "--format", "json")
    assert ran.status == 0
    assert [each["what"] for each in ran.json] == ["person:cao-yu", "function:sem"]
    teams = {each["id"] for each in orgtui.load(STARTUP).entries("team")}
    for each in ran.json:
        assert each.keys() == {"what", "places"}
        places = each["places"]
        assert {place["team"] for place in places} == teams
        open_ = [place for place in places if place["refusal"] is None]
        assert open_ == places[: len(open_)]
        assert [place["rank"] for place in open_] == list(range(1, len(open_) + 1))
        scores = [place["score"] for place in open_]
        assert scores == sorted(scores, reverse=True)
        for place in open_:
            assert place["score"] == place["balance"] + POINTS[place["fit"]]
        for place in places[len(open_) :]:
            assert place["refusal"]
            assert place["rank"] is place["balance"] is place["score"] is None
    assert list(ran.json[0]["places"][0]) == [
        *("team", "rank", "balance", "fit", "score", "why", "resolved", "introduced", "refusal")
    ]


def test_a_place_says_what_it_mends(program: Program) -> None:
    [asked] = program("places", STARTUP, "function:opportunity-mining", "--format", "json").json
    best = asked["places"][0]
    assert (best["team"], best["fit"]) == ("sdr", "home")
    assert best["why"] == "belongs here: shares Business development with 1 function"
    assert {"code": "S201", "subjects": ["function:opportunity-mining"]} in best["resolved"]


def test_the_plan_the_rules_and_the_day_count(program: Program) -> None:
    def first(*options: str | Path) -> object:
        return program("places", STARTUP, "function:design", "--format", "json", *options).json[0]["places"]

    assert first("--plan", FOUR_DIVISIONS) != first()
    only = first("--select", "C201")
    assert isinstance(only, list)
    assert {code["code"] for place in only for code in place["resolved"]} <= {"C201"}


def test_text_for_people(program: Program) -> None:
    ran = program("places", STARTUP, "team:design")
    lines = ran.out.splitlines()
    assert lines[0].startswith("Design, now in Marketing: ")
    rank, score, fit, *where_and_why = lines[1].split()
    assert (rank, fit) == ("1", "home")
    assert score.startswith("+")
    assert " ".join(where_and_why).endswith("shares Brand and content with 2 functions")
    assert any("×" in line and "would stand below itself" in line for line in lines)
    everything = program("places", STARTUP).out.split("\n\n")
    brand = next(each for each in everything if each.startswith("Brand, now in"))
    assert brand.splitlines()[1:] == ["      no place is better"]
    design = next(each for each in everything if each.startswith("Design, now in"))
    assert all(line.split()[1].startswith("+") for line in design.splitlines()[1:])
    every = program("places", STARTUP, "--lang", "zh").out
    assert "1  " in every
    assert "归口" in every
    assert "×" not in every


def test_all_functions_and_then_all_teams_if_none_is_named(program: Program) -> None:
    organization = orgtui.load(STARTUP)
    asked = [each["what"] for each in program("places", STARTUP, "--format", "json", "--select", "A101").json]
    functions = [f"function:{each['id']}" for each in organization.entries("function")]
    teams = [f"team:{each['id']}" for each in organization.entries("team") if "parent" in each]
    assert asked == [*functions, *teams]


def test_everything_unknown_is_told_at_once_with_the_nearest(program: Program) -> None:
    assert program.refuses("places", STARTUP, "function:webb", "tem:web", "skill:seo", "person:cao-y") == [
        "orgtui: nothing to place is called “function:webb”; the nearest is function:website",
        "orgtui: nothing to place is called “tem:web”; the nearest is team:web",
        "orgtui: nothing to place is called “skill:seo”; the nearest is function:seo",
        "orgtui: nothing to place is called “person:cao-y”; the nearest is person:cao-yu",
    ]
    assert "no rule" in program.refuses("places", STARTUP, "--select", "P9x")[0]


def test_from_python_it_is_the_same(program: Program) -> None:
    said = program("places", STARTUP, "function:pr", "--format", "json").json
    assert [each.as_dict() for each in orgtui.places(STARTUP, ["function:pr"])] == said
    with pytest.raises(orgtui.OrgtuiError, match="nearest is function:pr"):
        orgtui.places(STARTUP, ["function:prr"])


def test_only_the_best_places_are_weighed_over_the_whole_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed: list[bool] = []
    weigh = Places._weigh

    def counted(places: Places, team: str, *, graph_lane: bool = False) -> None:
        weighed.append(graph_lane)
        weigh(places, team, graph_lane=graph_lane)

    monkeypatch.setattr(Places, "_weigh", counted)
    monkeypatch.setattr(placing, "COMPLETED_MAX", 2)
    orgtui.places(STARTUP, ["function:sem"])
    assert weighed.count(True) == 2
    assert weighed.count(False) == 9
