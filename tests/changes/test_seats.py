"""Operations on seats, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from orgtui.model import records as r
from orgtui.model.store import Organization
from tests.changes.world import make, refusal
from tests.organizations import full_organization


@pytest.fixture
def org() -> Organization:
    return full_organization()


def test_move_person(org: Organization) -> None:
    there = make(org, "move_person", person="wu", to="growth")
    assert there.people["wu"].team == "growth"
    assert there.people["wu"].functions == {"press": 100}
    assert there.teams["pr"].lead == "wu"
    assert there.missions["launch"] == org.missions["launch"]


def test_a_link_within_one_team_goes(org: Organization) -> None:
    assert ("person:xu", "team:brand", "copy") not in make(org, "move_person", person="xu", to="brand").shares
    assert ("person:xu", "team:brand", "copy") in make(org, "move_person", person="xu", to="growth").shares
    assert ("team:auto", "person:wang", "seo") not in make(
        org, "move_person", person="wang", to="auto"
    ).shares


@pytest.mark.parametrize(
    ("person", "to", "said"),
    [
        ("wu", "pr", "already sits in"),
        ("gone", "growth", "closed"),
        ("nobody", "growth", "no seat"),
        ("wu", "nowhere", "no team"),
    ],
)
def test_move_person_refused(org: Organization, person: str, to: str, said: str) -> None:
    assert said in refusal(org, "move_person", person=person, to=to)


def test_assign_and_unassign(org: Organization) -> None:
    assert make(org, "assign", person="li", function="seo", share=0.07).people["li"].functions == {
        "content": 50,
        "seo": 7,
    }
    assert make(org, "assign", person="li", function="content", share=1).people["li"].functions == {
        "content": 100
    }
    assert make(org, "unassign", person="xu", function="events").people["xu"].functions == {
        "press": 30,
        "seo": 20,
    }
    assert "already spends 0.5" in refusal(org, "assign", person="li", function="content", share=0.5)
    assert "closed" in refusal(org, "assign", person="gone", function="content", share=0.5)
    assert "no function" in refusal(org, "assign", person="li", function="nothing", share=0.5)
    assert "has no share" in refusal(org, "unassign", person="li", function="seo")
    assert "closed" in refusal(org, "unassign", person="gone", function="events")


def test_skills_and_learning(org: Organization) -> None:
    assert make(org, "set_skill", person="li", skill="copy", level=0).people["li"].skills == {"copy": 0}
    assert "already has level 4" in refusal(org, "set_skill", person="li", skill="copy", level=4)
    assert "closed" in refusal(org, "set_skill", person="gone", skill="copy", level=4)
    assert make(org, "set_learning", person="wu", skill="seo", on=True).people["wu"].learning == (
        "copy",
        "seo",
    )
    assert make(org, "set_learning", person="wu", skill="copy", on=False).people["wu"].learning == ()
    assert "already learns" in refusal(org, "set_learning", person="wu", skill="copy", on=True)
    assert "does not learn" in refusal(org, "set_learning", person="wu", skill="seo", on=False)


def test_add_seat(org: Organization) -> None:
    there = make(
        org,
        "add_seat",
        person="new",
        team="pr",
        name="New",
        title="Writer",
        fte=0.5,
        functions={"press": 0.33},
        skills={"copy": 2},
        learning=["seo"],
    )
    assert there.people["new"] == r.Person(
        "new", "pr", "New", "Writer", "filled", 50, {"press": 33}, {"copy": 2}, ("seo",)
    )
    planned = make(org, "add_seat", person="new", team="pr", state="planned", title="Writer")
    assert planned.people["new"] == r.Person("new", "pr", None, "Writer", "planned")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": None}, "needs the name"),
        ({"person": "gone"}, "already belongs"),
        ({"team": "nowhere"}, "no team"),
        ({"functions": {"nothing": 0.5}}, "no function"),
    ],
)
def test_add_seat_refused(org: Organization, fields: dict[str, Any], said: str) -> None:
    given = {"person": "new", "team": "pr", "name": "New", **fields}
    assert said in refusal(org, "add_seat", **{key: value for key, value in given.items() if value})


def test_fill_seat(org: Organization) -> None:
    filled = make(org, "fill_seat", person="open-1", name="Sun Li", skills={"sem": 3}, fte=0.8).people[
        "open-1"
    ]
    assert filled == r.Person(
        "open-1", "growth", "Sun Li", "SEM manager", "filled", 80, {"events": 50}, {"sem": 3}
    )
    assert make(org, "fill_seat", person="next-1", name="Ma Yi").people["next-1"].state == "filled"
    assert "Say the name" in refusal(org, "fill_seat", person="open-1")
    assert "already sits there" in refusal(org, "fill_seat", person="li", name="Li Na")
    assert "closed" in refusal(org, "fill_seat", person="gone", name="Back")


def test_empty_seat(org: Organization) -> None:
    there = make(org, "empty_seat", person="wu")
    assert there.people["wu"] == r.Person("wu", "pr", None, "Head of PR", "vacant", 100, {"press": 100})
    assert there.teams["pr"].lead == "wu"
    assert there.missions["launch"] == org.missions["launch"]
    linked = make(org, "empty_seat", person="xu")
    assert linked.shares.rows() == org.shares.rows()
    assert list(linked.people) == list(org.people), "it stands where it stood"
    assert make(org, "empty_seat", person="li").people["li"].skills == {}
    assert (
        make(linked, "fill_seat", person="xu", name="New").people["xu"].functions
        == org.people["xu"].functions
    )
    assert "Nobody sits in" in refusal(org, "empty_seat", person="open-1")
    assert "closed" in refusal(org, "empty_seat", person="gone")


def test_close_seat(org: Organization) -> None:
    there = make(org, "close_seat", person="xu")
    assert there.people["xu"] == r.Person("xu", "pr", "Xu Bo", state="closed")
    assert there.missions["launch"].people == ("wu",)
    assert ("person:xu", "team:brand", "copy") not in there.shares


def test_closing_a_lead_needs_a_successor(org: Organization) -> None:
    there = make(org, "close_seat", person="wu", lead_to="xu")
    assert there.teams["pr"].lead == "xu"
    assert there.missions["launch"].lead is None
    assert there.missions["launch"].people == ("xu",)
    assert "say who leads" in refusal(org, "close_seat", person="wu")
    assert "themselves" in refusal(org, "close_seat", person="wu", lead_to="wu")
    assert "closed" in refusal(org, "close_seat", person="wu", lead_to="gone")
    assert "closed" in refusal(org, "close_seat", person="gone")


def test_a_successor_takes_all_that_was_led(org: Organization) -> None:
    both = make(org, "set_lead", team="social", person="wu")
    there = make(both, "close_seat", person="wu", lead_to="li")
    assert {team.id for team in there.teams.values() if team.lead == "li"} == {"brand", "pr", "social"}
