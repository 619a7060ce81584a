"""Operations on teams, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from orgtui.model import records as r
from orgtui.model.store import Organization, Set
from tests.changes.world import make, refusal
from tests.organizations import full_organization


@pytest.fixture
def org() -> Organization:
    return full_organization()


def subjects(organization: Organization) -> list[tuple[str, ...]]:
    return [acceptance.subjects for acceptance in organization.acceptances.values()]


def test_the_example_department_has_the_links_it_is_about(org: Organization) -> None:
    assert make(org, "set_review", team="pr", review="weekly").teams["pr"].review == "weekly"


def test_move_team(org: Organization) -> None:
    assert make(org, "move_team", team="pr", to="growth").teams["pr"].parent == "growth"


@pytest.mark.parametrize(
    ("team", "to", "said"),
    [
        ("brand", "pr", "brand → pr → brand"),
        ("brand", "brand", "brand → brand"),
        ("marketing", "brand", "top of the organisation"),
        ("pr", "brand", "already stands below"),
        ("auto", "brand", "focus team"),
        ("pr", "nowhere", "no team nowhere"),
        ("nowhere", "pr", "no team nowhere"),
    ],
)
def test_move_team_refused(org: Organization, team: str, to: str, said: str) -> None:
    assert said in refusal(org, "move_team", team=team, to=to)


def test_a_focus_team_moves_back_to_the_root(org: Organization) -> None:
    team = org.teams["auto"]
    org.apply(Set("team", "auto", team, replace(team, parent="brand")))
    assert make(org, "move_team", team="auto", to="marketing").teams["auto"].parent == "marketing"


def test_create_team(org: Organization) -> None:
    there = make(org, "create_team", team="web", name="Web", parent="auto", lead="open-1")
    assert there.teams["web"] == r.Team("web", "Web", "auto", "open-1")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"team": "pr"}, "already belongs"),
        ({"parent": "nowhere"}, "no team"),
        ({"lead": "nobody"}, "no seat"),
        ({"lead": "gone"}, "closed"),
    ],
)
def test_create_team_refused(org: Organization, fields: dict[str, str], said: str) -> None:
    assert said in refusal(org, "create_team", **{"team": "web", "name": "Web", "parent": "brand", **fields})


def test_dissolve_team_places_everything(org: Organization) -> None:
    there = make(org, "dissolve_team", team="pr", people_to="growth", functions_to="brand")
    assert "pr" not in there.teams
    assert {there.people[person].team for person in ("wu", "xu", "gone")} == {"growth"}
    assert there.functions["press"].team == "brand"
    assert there.departments["product"].liaison == "brand"
    assert ("team:brand", "team:growth", "seo") in there.shares
    assert ("team:pr", "team:growth", "seo") not in there.shares, "it would join growth to itself"
    assert there.requests["brand", "sales", "Wins"].per_month is None
    assert there.requests["brand", "product", "Feature sheets"].per_month == 3
    assert there.goals["media"] == org.goals["media"]
    assert "media" not in there.teams["brand"].goals
    assert subjects(there) == [("team:social",)]


def test_dissolve_team_moves_children(org: Organization) -> None:
    there = make(
        org,
        "dissolve_team",
        team="brand",
        people_to="growth",
        functions_to="growth",
        children_to="marketing",
    )
    assert there.teams["pr"].parent == there.teams["social"].parent == "marketing"


def test_an_empty_team_needs_no_places(org: Organization) -> None:
    assert "social" not in make(org, "dissolve_team", team="social").teams


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "people and knowledge links of"),
        ({"people_to": "growth"}, "functions and requests of"),
        ({"team": "brand", "people_to": "growth", "functions_to": "growth"}, "teams below"),
        ({"team": "brand", "people_to": "pr", "functions_to": "growth", "children_to": "growth"}, "below it"),
        ({"people_to": "pr", "functions_to": "growth"}, "cannot stay"),
        ({"people_to": "growth", "functions_to": "nowhere"}, "no team nowhere"),
        ({"team": "marketing", "people_to": "growth"}, "top of the organisation"),
        ({"team": "auto", "people_to": "growth", "functions_to": "growth"}, "focus team"),
        ({"team": "nowhere"}, "no team nowhere"),
    ],
)
def test_dissolve_team_refused(org: Organization, fields: dict[str, str], said: str) -> None:
    assert said in refusal(org, "dissolve_team", **{"team": "pr", **fields})


def test_merge_teams(org: Organization) -> None:
    there = make(org, "merge_teams", team="pr", into="growth")
    merged = there.teams["growth"]
    assert merged.lead == "wang"
    assert merged.name == "Growth"
    assert merged.review is None
    assert merged.goals == ("pipeline", "reach", "media")
    assert merged.tools == ("wire", "cms")
    assert merged.pay_budget == 0.5
    assert merged.parent == "marketing"
    assert there.people["gone"].team == "growth"
    assert there.departments["product"].liaison == "growth"
    assert there.requests["growth", "product", "Feature sheets"].per_month == 3
    assert there.requests["growth", "product", "feature sheets"].per_month == 0.1


def test_a_team_merged_into_takes_what_it_lacks(org: Organization) -> None:
    there = make(org, "merge_teams", team="brand", into="growth").teams["growth"]
    assert there.review == "monthly"
    bare = make(org, "merge_teams", team="pr", into="social").teams["social"]
    assert bare.lead == "wu"
    assert bare.pay_budget == 0.5


def test_budgets_and_requests_add_up_exactly(org: Organization) -> None:
    there = make(org, "merge_teams", team="pr", into="brand")
    assert there.teams["brand"].pay_budget == 100.5
    assert there.requests["brand", "product", "Feature sheets"].per_month == 3, "an absent one counts 0"
    first = make(org, "set_budget", team="pr", pay_budget=0.1)
    second = make(first, "set_budget", team="brand", pay_budget=0.2)
    assert make(second, "merge_teams", team="pr", into="brand").teams["brand"].pay_budget == 0.3
    most = make(org, "set_budget", team="pr", pay_budget=2**63 - 1)
    one = make(most, "set_budget", team="brand", pay_budget=1)
    assert "more than can be written" in refusal(one, "merge_teams", team="pr", into="brand")
    huge = make(
        make(org, "set_budget", team="pr", pay_budget=1.7e308), "set_budget", team="brand", pay_budget=1.7e308
    )
    assert "more than can be written" in refusal(huge, "merge_teams", team="pr", into="brand")


def test_links_of_merged_teams_collapse(org: Organization) -> None:
    there = make(org, "merge_teams", team="pr", into="brand")
    link = there.shares["team:brand", "team:growth", "seo"]
    assert (link.how, link.every) == (None, "monthly"), "the one that was there stays"
    assert ("person:xu", "team:brand", "copy") not in there.shares, "both ends are in brand now"
    assert subjects(there) == [("team:social",)]


def test_merging_into_a_team_below_puts_it_in_the_place(org: Organization) -> None:
    there = make(org, "merge_teams", team="brand", into="pr")
    assert there.teams["pr"].parent == "marketing"
    assert there.teams["social"].parent == "pr"
    deep = make(org, "move_team", team="social", to="pr")
    into = make(deep, "merge_teams", team="brand", into="social")
    assert into.teams["social"].parent == "marketing"
    assert into.teams["pr"].parent == "social"


@pytest.mark.parametrize(
    ("team", "into", "said"),
    [
        ("pr", "pr", "into itself"),
        ("auto", "growth", "focus team"),
        ("growth", "auto", "focus team"),
        ("marketing", "growth", "top of the organisation"),
        ("growth", "marketing", "top of the organisation"),
        ("pr", "nowhere", "no team"),
    ],
)
def test_merge_teams_refused(org: Organization, team: str, into: str, said: str) -> None:
    assert said in refusal(org, "merge_teams", team=team, into=into)


def test_split_team(org: Organization) -> None:
    there = make(org, "split_team", team="pr", new="media", name="Media", people=["xu"], lead="xu")
    assert there.teams["media"] == r.Team("media", "Media", "brand", "xu", ("reach", "media"))
    assert there.people["xu"].team == "media"
    assert there.functions["press"].team == "pr"
    assert there.shares["team:pr", "team:media", "PR"].every == "weekly"


def test_a_part_of_the_root_becomes_its_child(org: Organization) -> None:
    more = make(org, "move_function", function="events", to="marketing")
    there = make(more, "split_team", team="marketing", new="events", name="Events", functions=["events"])
    assert there.teams["events"].parent == "marketing"
    assert there.teams["events"].goals == ("revenue",)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"people": [], "functions": []}, "Something must leave"),
        ({"people": ["wu", "xu"], "functions": ["press"]}, "Something must stay"),
        ({"new": "brand"}, "already belongs"),
        ({"people": ["li"]}, "does not sit in"),
        ({"people": ["gone"]}, "closed"),
        ({"functions": ["seo"]}, "is not with"),
        ({"lead": "gone"}, "closed"),
        ({"team": "auto", "people": ["zhao"]}, "focus team"),
        ({"team": "nowhere"}, "no team"),
    ],
)
def test_split_team_refused(org: Organization, fields: dict[str, Any], said: str) -> None:
    given = {"team": "pr", "new": "media", "name": "Media", "people": ["xu"], **fields}
    assert said in refusal(org, "split_team", **given)


def test_set_lead(org: Organization) -> None:
    assert make(org, "set_lead", team="pr", person="open-1").teams["pr"].lead == "open-1"
    assert make(org, "set_lead", team="pr").teams["pr"].lead is None
    assert "already leads" in refusal(org, "set_lead", team="pr", person="wu")
    assert "has no lead" in refusal(org, "set_lead", team="social")
    assert "closed" in refusal(org, "set_lead", team="pr", person="gone")


def test_set_review_tools_and_budget(org: Organization) -> None:
    assert make(org, "set_review", team="brand", review="weekly").teams["brand"].review == "weekly"
    assert "already reviewed" in refusal(org, "set_review", team="brand", review="monthly")
    assert make(org, "set_tools", team="pr", tools=["cms"]).teams["pr"].tools == ("cms",)
    assert make(org, "set_tools", team="pr", tools=[]).teams["pr"].tools == ()
    assert "just these tools" in refusal(org, "set_tools", team="pr", tools=["cms", "wire"])
    assert "no tool" in refusal(org, "set_tools", team="pr", tools=["crm"])
    assert make(org, "set_budget", team="pr").teams["pr"].pay_budget is None
    assert "this budget" in refusal(org, "set_budget", team="social")


@pytest.mark.parametrize(
    ("kind", "identity"),
    [
        ("pillar", "scale"),
        ("department", "sales"),
        ("stage", "inquiry"),
        ("area", "brand"),
        ("team", "pr"),
        ("function", "seo"),
        ("person", "open-1"),
        ("goal", "idle"),
        ("mission", "launch"),
        ("tool", "cms"),
    ],
)
def test_rename(org: Organization, kind: str, identity: str) -> None:
    there = make(org, "rename", kind=kind, id=identity, name="新名字")
    assert there.tables[kind][identity].name == "新名字"
    assert "already has this name" in refusal(there, "rename", kind=kind, id=identity, name="新名字")
    assert "unknown" in refusal(org, "rename", kind=kind, id="unknown", name="新名字")


def test_a_closed_seat_keeps_its_name(org: Organization) -> None:
    assert "closed" in refusal(org, "rename", kind="person", id="gone", name="New")


# -- focus teams ---------------------------------------------------------------------------------

PULL = {
    "function": "press",
    "team": "focus",
    "name": "Press focus",
    "review_on": "2027-02-01",
    "exit": "It runs",
}


def test_pull_out(org: Organization) -> None:
    there = make(org, "pull_out", **PULL, lead="wu", people=["wu", "li"])
    team = there.teams["focus"]
    assert team.parent == "marketing"
    assert team.lead == "wu"
    assert team.review == "weekly"
    assert team.goals == ("reach", "media", "pipeline"), "its own goals and its division's"
    assert team.focus is not None
    assert team.focus.function == "press"
    assert team.focus.since == org.profile.as_of
    assert there.functions["press"].team == "focus"
    assert there.functions["press"].breakthrough
    assert there.people["wu"].team == there.people["li"].team == "focus"
    assert there.shares["team:pr", "team:focus", "Press"].every == "weekly"
    assert there.missions["launch"] == org.missions["launch"]


def test_pull_out_of_no_team(org: Organization) -> None:
    there = make(org, "pull_out", **{**PULL, "function": "events"})
    assert there.teams["focus"].goals == ()
    assert len(there.shares) == len(org.shares)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"function": "automation"}, "already has the focus team"),
        ({"team": "pr"}, "already belongs"),
        ({"lead": "gone"}, "closed"),
        ({"people": ["gone"]}, "closed"),
        ({"function": "nothing"}, "no function"),
    ],
)
def test_pull_out_refused(org: Organization, fields: dict[str, Any], said: str) -> None:
    assert said in refusal(org, "pull_out", **{**PULL, **fields})


def test_fold_back(org: Organization) -> None:
    there = make(org, "fold_back", team="auto", into="growth")
    assert "auto" not in there.teams
    assert not there.functions["automation"].breakthrough
    assert there.functions["automation"].team == there.functions["nurture"].team == "growth"
    assert there.people["zhao"].team == "growth"
    assert there.teams["growth"].review == "weekly"
    assert there.teams["growth"].focus is None
    assert ("team:growth", "person:wang", "seo") not in there.shares


@pytest.mark.parametrize(
    ("team", "into", "said"),
    [("growth", "brand", "no focus team"), ("auto", "auto", "into itself"), ("auto", "nowhere", "no team")],
)
def test_fold_back_refused(org: Organization, team: str, into: str, said: str) -> None:
    assert said in refusal(org, "fold_back", team=team, into=into)


def test_set_focus(org: Organization) -> None:
    focus = make(org, "set_focus", team="auto", review_on="2027-05-01").teams["auto"].focus
    assert focus is not None
    assert (str(focus.review_on), focus.exit) == ("2027-05-01", "It runs")
    assert "Nothing new" in refusal(org, "set_focus", team="auto", exit="It runs")
    assert "Nothing new" in refusal(org, "set_focus", team="auto")
    assert "no focus team" in refusal(org, "set_focus", team="pr", exit="It runs")
