"""Operations on functions, goals, links, missions and the organisation, row by row."""

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


# -- functions -----------------------------------------------------------------------------------


def test_move_function(org: Organization) -> None:
    there = make(org, "move_function", function="press", to="brand", people=["wu"])
    assert there.functions["press"].team == "brand"
    assert there.people["wu"].team == "brand"
    assert there.people["xu"].team == "pr"
    assert there.teams["pr"].lead == "wu"
    assert make(org, "move_function", function="events", to="pr").functions["events"].team == "pr"


def test_only_the_function_it_was_pulled_out_for_stays_in_a_focus_team(org: Organization) -> None:
    assert make(org, "move_function", function="nurture", to="growth").functions["nurture"].team == "growth"
    assert "fold it back" in refusal(org, "move_function", function="automation", to="growth")


def test_a_function_may_come_to_its_focus_team(org: Organization) -> None:
    pulled = make(
        org, "pull_out", function="press", team="focus", name="Focus", review_on="2027-01-01", exit="Done"
    )
    assert "fold it back" in refusal(pulled, "move_function", function="press", to="pr")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"to": "pr"}, "already is with"),
        ({"to": "nowhere"}, "no team"),
        ({"function": "nothing"}, "no function"),
        ({"people": ["gone"]}, "closed"),
        ({"people": ["nobody"]}, "no seat"),
        ({"people": ["li"]}, "already sits in"),
    ],
)
def test_move_function_refused(org: Organization, fields: dict[str, Any], said: str) -> None:
    assert said in refusal(org, "move_function", **{"function": "press", "to": "brand", **fields})


def test_add_function(org: Organization) -> None:
    there = make(
        org,
        "add_function",
        function="web",
        name="Web",
        area="growth",
        team="growth",
        stages=["inquiry"],
        skills={"seo": 2},
        kind="web",
        state="new",
        difficulty=4,
        breakthrough=True,
        fte_needed=1.5,
    )
    assert there.functions["web"] == r.Function(
        "web", "Web", "growth", "growth", ("inquiry",), {"seo": 2}, "web", "new", 4, True, 1.5
    )
    assert make(org, "add_function", function="web", name="Web").functions["web"] == r.Function("web", "Web")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"function": "seo"}, "already belongs"),
        ({"area": "nowhere"}, "no area"),
        ({"team": "nowhere"}, "no team"),
        ({"stages": ["inquiry", "won"]}, "no stage won"),
    ],
)
def test_add_function_refused(org: Organization, fields: dict[str, Any], said: str) -> None:
    assert said in refusal(org, "add_function", **{"function": "web", "name": "Web", **fields})


def test_set_function(org: Organization) -> None:
    there = make(org, "set_function", function="press", name="Press work", difficulty=3, skills={})
    assert there.functions["press"] == r.Function(
        "press", "Press work", "brand", "pr", ("awareness",), kind="pr", difficulty=3
    )
    cleared = make(org, "set_function", function="press", clear=["kind", "area"]).functions["press"]
    assert cleared.kind is None
    assert cleared.area is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Nothing new"),
        ({"difficulty": 1, "kind": "pr"}, "Nothing new"),
        ({"area": "nowhere"}, "no area"),
        ({"function": "nothing", "difficulty": 2}, "no function"),
    ],
)
def test_set_function_refused(org: Organization, fields: dict[str, Any], said: str) -> None:
    assert said in refusal(org, "set_function", **{"function": "press", **fields})


def test_remove_function(org: Organization) -> None:
    assert "still performed by" in refusal(org, "remove_function", function="content")
    free = make(org, "unassign", person="li", function="content")
    gone = make(free, "remove_function", function="content")
    assert "content" not in gone.functions
    assert ("content", "press") not in gone.handoffs


def test_shares_that_count_nowhere_do_not_keep_a_function(org: Organization) -> None:
    there = make(org, "remove_function", function="events")
    assert there.people["xu"].functions == {"press": 30, "seo": 20}
    assert there.people["gone"].functions == {}
    assert there.people["open-1"].functions == {}


def test_a_function_with_a_focus_team_stays(org: Organization) -> None:
    free = make(org, "unassign", person="zhao", function="automation")
    assert "was pulled out for" in refusal(free, "remove_function", function="automation")
    assert "no function" in refusal(free, "remove_function", function="nothing")


def test_set_stages(org: Organization) -> None:
    assert make(org, "set_stages", function="seo", stages=["inquiry"]).functions["seo"].stages == ("inquiry",)
    assert "at least one" in refusal(org, "set_stages", function="seo", stages=[])
    other = list(org.functions["seo"].stages)[::-1]
    assert make(org, "set_stages", function="seo", stages=other).functions["seo"].stages == tuple(other)
    same = list(org.functions["seo"].stages)
    assert "just these stages" in refusal(org, "set_stages", function="seo", stages=same)
    assert "no stage" in refusal(org, "set_stages", function="seo", stages=["won"])


# -- handoffs and knowledge links ------------------------------------------------------------------


def test_handoffs(org: Organization) -> None:
    there = make(org, "add_handoff", source="seo", target="content", what="data", tracked=True, sla="1d")
    assert there.handoffs["seo", "content"] == r.Handoff("seo", "content", "data", True, "1d")
    tracked = make(org, "track_handoff", source="content", target="press")
    assert tracked.handoffs["content", "press"] == r.Handoff("content", "press", "texts", True)
    blind = make(org, "track_handoff", source="seo", target="department:sales", tracked=False, clear=["sla"])
    assert blind.handoffs["seo", "department:sales"] == r.Handoff("seo", "department:sales")
    assert not make(org, "remove_handoff", source="content", target="press").handoffs.get(
        ("content", "press")
    )


@pytest.mark.parametrize(
    ("op", "source", "target", "said"),
    [
        ("add_handoff", "seo", "seo", "itself"),
        ("add_handoff", "content", "press", "already hands over"),
        ("add_handoff", "department:sales", "department:product", "two departments"),
        ("add_handoff", "department:law", "seo", "no department law"),
        ("add_handoff", "seo", "nothing", "no function"),
        ("track_handoff", "seo", "department:sales", "Nothing new"),
        ("track_handoff", "press", "seo", "hands nothing over"),
        ("remove_handoff", "press", "seo", "hands nothing over"),
    ],
)
def test_handoffs_refused(org: Organization, op: str, source: str, target: str, said: str) -> None:
    assert said in refusal(org, op, source=source, target=target)


def test_knowledge_links(org: Organization) -> None:
    there = make(
        org,
        "add_share",
        source="person:li",
        target="team:growth",
        topic="copy",
        how="pairing",
        every="weekly",
        until="2027-06-30",
    )
    link = there.shares["person:li", "team:growth", "copy"]
    assert (link.how, link.every, str(link.until)) == ("pairing", "weekly", "2027-06-30")
    named = {"source": "person:xu", "target": "team:brand", "topic": "copy"}
    assert make(org, "set_share", **named, every="monthly").shares[tuple(named.values())].every == "monthly"
    assert tuple(named.values()) not in make(org, "remove_share", **named).shares
    ended = {"source": "team:auto", "target": "person:wang", "topic": "seo"}
    assert make(org, "set_share", **ended, clear=["until"]).shares[tuple(ended.values())].until is None


@pytest.mark.parametrize(
    ("op", "source", "target", "topic", "said"),
    [
        ("add_share", "team:pr", "person:xu", "copy", "one team"),
        ("add_share", "team:pr", "team:pr", "copy", "one team"),
        ("add_share", "team:pr", "team:growth", "seo", "already shares"),
        ("add_share", "person:gone", "team:growth", "seo", "closed"),
        ("add_share", "person:nobody", "team:growth", "seo", "no seat"),
        ("add_share", "team:nowhere", "team:growth", "seo", "no team"),
        ("set_share", "person:xu", "team:brand", "copy", "Nothing new"),
        ("set_share", "person:xu", "team:brand", "seo", "shares nothing"),
        ("remove_share", "person:xu", "team:brand", "seo", "shares nothing"),
    ],
)
def test_knowledge_links_refused(
    org: Organization, op: str, source: str, target: str, topic: str, said: str
) -> None:
    assert said in refusal(org, op, source=source, target=target, topic=topic)


# -- requests and liaison ----------------------------------------------------------------------------


def test_route_requests_to_one_that_asks(org: Organization) -> None:
    there = make(org, "route_requests", department="product", topic="FEATURE sheets ", via="growth")
    assert [key for key in there.requests if key[1] == "product"] == [("growth", "product", "feature sheets")]
    assert there.requests["growth", "product", "feature sheets"].per_month == 3.3
    for team in ("pr", "brand"):
        link = there.shares["team:growth", f"team:{team}", "feature sheets"]
        assert (link.how, link.every) == ("docs", "monthly")
    assert ("pr", "sales", "Wins") in there.requests


def test_route_requests_to_one_that_never_asked(org: Organization) -> None:
    there = make(org, "route_requests", department="product", topic="feature sheets", via="auto")
    assert [key for key in there.requests if key[1] == "product"] == [("auto", "product", "Feature sheets")]
    assert {("team:auto", f"team:{team}", "Feature sheets") for team in ("pr", "growth", "brand")} <= set(
        there.shares
    )


def test_a_link_that_is_there_stays_as_it_is(org: Organization) -> None:
    linked = make(
        org, "add_share", source="team:growth", target="team:pr", topic="feature sheets", every="weekly"
    )
    there = make(linked, "route_requests", department="product", topic="Feature sheets", via="growth")
    assert there.shares["team:growth", "team:pr", "feature sheets"].every == "weekly"


def test_one_team_that_asks_twice_asks_once(org: Organization) -> None:
    there = make(org, "route_requests", department="product", topic="Feature sheets", via="brand")
    assert ("brand", "product", " feature SHEETS ") in there.requests, "its first spelling"
    assert "already the only one" in refusal(
        there, "route_requests", department="product", topic="Feature sheets", via="brand"
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"topic": "Prices"}, "Nobody asks"),
        ({"department": "law"}, "no department"),
        ({"via": "nowhere"}, "no team"),
        ({"department": "sales", "topic": "wins", "via": "pr"}, "already the only one"),
    ],
)
def test_route_requests_refused(org: Organization, fields: dict[str, str], said: str) -> None:
    given = {"department": "product", "topic": "Feature sheets", "via": "pr", **fields}
    assert said in refusal(org, "route_requests", **given)


def test_set_liaison(org: Organization) -> None:
    assert make(org, "set_liaison", department="sales", team="pr").departments["sales"].liaison == "pr"
    assert make(org, "set_liaison", department="product").departments["product"].liaison is None
    assert "already speaks" in refusal(org, "set_liaison", department="product", team="pr")
    assert "already" in refusal(org, "set_liaison", department="sales")
    assert "no team" in refusal(org, "set_liaison", department="sales", team="nowhere")
    assert "no department" in refusal(org, "set_liaison", department="law")


# -- goals ---------------------------------------------------------------------------------------------


def test_goals(org: Organization) -> None:
    there = make(
        org,
        "add_goal",
        goal="mql",
        name="MQL",
        core=True,
        pillar="trust",
        metric="leads",
        target=-5.5,
        review="weekly",
        evaluated=True,
    )
    assert there.goals["mql"] == r.Goal("mql", "MQL", True, "trust", "leads", -5.5, "weekly", True)
    changed = make(org, "set_goal", goal="reach", core=True, clear=["target"]).goals["reach"]
    assert changed == r.Goal("reach", "Reach", True, metric="people")
    assert "idle" not in make(org, "remove_goal", goal="idle").goals
    assert make(org, "take_goal", team="pr", goal="idle").teams["pr"].goals == ("reach", "media", "idle")
    assert make(org, "drop_goal", team="pr", goal="reach").teams["pr"].goals == ("media",)


def test_goals_refused(org: Organization) -> None:
    assert "already belongs" in refusal(org, "add_goal", goal="idle", name="Idle")
    assert "no pillar" in refusal(org, "add_goal", goal="mql", name="MQL", pillar="nowhere")
    assert "no pillar" in refusal(org, "set_goal", goal="idle", pillar="nowhere")
    assert "Nothing new" in refusal(org, "set_goal", goal="idle", core=False)
    assert "still hold" in refusal(org, "remove_goal", goal="media")
    free = make(org, "drop_goal", team="brand", goal="pipeline")
    free = make(
        make(free, "drop_goal", team="growth", goal="pipeline"), "drop_goal", team="auto", goal="pipeline"
    )
    assert "still serve" in refusal(free, "remove_goal", goal="pipeline")
    assert "no goal" in refusal(org, "remove_goal", goal="nothing")
    assert "already holds" in refusal(org, "take_goal", team="pr", goal="reach")
    assert "does not hold" in refusal(org, "drop_goal", team="pr", goal="idle")
    assert "no goal" in refusal(org, "take_goal", team="pr", goal="nothing")


# -- missions, organisation, acceptances ---------------------------------------------------------------


def test_missions(org: Organization) -> None:
    there = make(
        org, "start_mission", mission="fair", name="Fair", lead="open-1", people=["li"], goal="reach"
    )
    assert there.missions["fair"] == r.Mission("fair", "Fair", "open-1", ("li",), "reach")
    assert "launch" not in make(org, "end_mission", mission="launch").missions


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"mission": "launch"}, "already belongs"),
        ({"lead": "gone"}, "closed"),
        ({"people": ["li", "gone"]}, "closed"),
        ({"people": ["nobody"]}, "no seat"),
        ({"goal": "nothing"}, "no goal"),
    ],
)
def test_missions_refused(org: Organization, fields: dict[str, Any], said: str) -> None:
    assert said in refusal(org, "start_mission", **{"mission": "fair", "name": "Fair", **fields})
    assert "no mission" in refusal(org, "end_mission", mission="fair")


def test_set_organization(org: Organization) -> None:
    there = make(org, "set_organization", vision="First in mind", review_on="2027-02-21")
    assert (there.profile.vision, str(there.profile.review_on)) == ("First in mind", "2027-02-21")
    assert make(org, "set_organization", clear=["vision"]).profile.vision is None
    pillars = [{"id": "scale", "name": "Growth"}, {"id": "new", "name": "New"}]
    changed = make(org, "set_organization", pillars=pillars)
    assert list(changed.pillars.values()) == [r.Pillar("scale", "Growth"), r.Pillar("new", "New")]


def test_set_organization_refused(org: Organization) -> None:
    there = [{"id": "scale", "name": "Scale"}, {"id": "trust", "name": "Trust"}]
    assert "Nothing new" in refusal(org, "set_organization")
    assert "Nothing new" in refusal(org, "set_organization", vision="Seen first", pillars=there)
    assert "still serve" in refusal(org, "set_organization", pillars=there[1:])
    assert "of its own" in refusal(org, "set_organization", pillars=[*there, {"id": "trust", "name": "Twin"}])


def test_acceptances(org: Organization) -> None:
    there = make(org, "accept", code="A101", subjects=[], why="Later", by="chen", until="2027-01-01")
    acceptance = there.acceptances["A101",]
    assert (acceptance.why, acceptance.by, str(acceptance.until)) == ("Later", "chen", "2027-01-01")
    again = make(org, "accept", code="P203", subjects=["team:social"], why="Still new")
    assert again.acceptances["P203", "team:social"].why == "Still new"
    assert "already accepted" in refusal(org, "accept", code="P203", subjects=["team:social"], why="New")
    assert ("P203", "team:pr") not in make(org, "unaccept", code="P203", subjects=["team:pr"]).acceptances
    assert "is not accepted" in refusal(org, "unaccept", code="P203", subjects=["team:growth"])


@pytest.mark.parametrize(
    ("subjects", "op", "fields"),
    [
        (["function:fairs"], "remove_function", {"function": "fairs"}),
        (["goal:spare"], "remove_goal", {"goal": "spare"}),
        (["person:xu"], "close_seat", {"person": "xu"}),
        (["mission:fair"], "end_mission", {"mission": "fair"}),
        (
            ["share:team:auto>person:wang>seo"],
            "remove_share",
            {"source": "team:auto", "target": "person:wang"},
        ),
    ],
)
def test_acceptances_of_what_goes_go(
    org: Organization, subjects: list[str], op: str, fields: dict[str, Any]
) -> None:
    there = make(org, "add_function", function="fairs", name="Fairs")
    there = make(there, "add_goal", goal="spare", name="Spare")
    there = make(there, "start_mission", mission="fair", name="Fair")
    there = make(there, "accept", code="P203", subjects=["area:brand"], why="Stays")
    there = make(there, "accept", code="C201", subjects=subjects, why="Until it goes")
    if op == "remove_share":
        fields = {**fields, "topic": "seo"}
    gone = make(there, op, **fields)
    assert ("C201", *subjects) not in gone.acceptances
    assert ("P203", "area:brand") in gone.acceptances


def test_a_focus_team_is_not_folded_into_another(org: Organization) -> None:
    there = make(
        org, "pull_out", function="press", team="pressroom", name="Press", review_on="2027-01-01", exit="So"
    )
    assert there.teams["auto"].focus is not None
    assert "another focus team" in refusal(there, "fold_back", team="pressroom", into="auto")


def test_a_focus_team_folds_into_the_root(org: Organization) -> None:
    there = make(org, "fold_back", team="auto", into="marketing")
    root = there.teams["marketing"]
    assert (there.root, root.parent, root.focus) == ("marketing", None, None)
    assert root.goals == ("revenue", "pipeline")
    assert there.functions["automation"].team == there.people["zhao"].team == "marketing"
    assert not there.functions["automation"].breakthrough


def test_a_focus_team_folds_into_one_below_it_which_takes_its_place(org: Organization) -> None:
    below = make(org, "create_team", team="flows", name="Flows", parent="auto")
    deep = make(below, "create_team", team="mails", name="Mails", parent="flows")
    there = make(deep, "fold_back", team="auto", into="mails")
    assert there.teams["mails"].parent == "marketing"
    assert there.teams["flows"].parent == "mails"
    assert there.teams["mails"].focus is None
    assert not there.functions["automation"].breakthrough
    assert there.functions["automation"].team == "mails"
