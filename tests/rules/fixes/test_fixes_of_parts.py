"""What is proposed for findings of C, S and A, and in which order."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest

from orgtui.advice.fixes import fixes_for
from orgtui.changes.base import Change
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.links import AddShare, RemoveShare, RouteRequests, SetLiaison, SetShare
from orgtui.changes.operations.missions import EndMission
from orgtui.changes.operations.profile import SetOrganization
from orgtui.changes.operations.seats import Assign, MovePerson, SetLearning, Unassign
from orgtui.changes.operations.teams import (
    CreateTeam,
    MergeTeams,
    MoveTeam,
    SetActing,
    SetLead,
    SetReview,
    SetTools,
)
from orgtui.engine.view import PlainView
from orgtui.locales import translate
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.rules.assessment import Assessment
from orgtui.rules.policy import options_for
from orgtui.rules.registry import catalogue
from orgtui.views.base.names import name_of
from tests.rules.building import YESTERDAY, function, seat, seats, teams
from tests.rules.fixes.test_fixes import mended_at_random
from tests.rules.fixes.test_time_and_leads import mended
from tests.rules.organizations import TODAY, built, findings

PRODUCT = r.Department("product", "Product")


def proposed(code: str, *records: Record, **parameters: dict[str, object]) -> list[tuple[Change, ...]]:
    """The changes of each fix proposed for the first finding of a rule."""
    organization = built(*records, **parameters)
    view = PlainView(organization, TODAY, options_for(organization.rules))
    finding = findings(organization, [code])[0]
    return [fix.changes for fixer in catalogue()[code].fixers for fix in fixer(view, finding)]


@pytest.mark.parametrize(
    "code",
    [
        *("C101", "C201", "C202", "C203", "C204", "C206", "C301", "C302", "C303"),
        *("S201", "S204", "S205", "S301", "S501", "A202"),
    ],
)
def test_nearly_all_findings_of_random_organisations_can_be_mended(code: str) -> None:
    """Teams without siblings cannot be merged, nor those without which a rule falls asleep or a core goal is
    left to one division; a function that gets a team may break the funnel."""
    spoken, mended, _ = mended_at_random()
    assert spoken[code]
    assert mended[code] >= {"C101": 0.6, "S201": 0.8}.get(code, 1.0) * spoken[code]


def test_p208_goes_to_the_team_with_most_kin_of_a_home() -> None:
    areas = [r.Area("growth", "Growth"), r.Area("field", "Field")]
    homes = [*teams("web", "field"), *teams("ads", "site", parent="web")]
    work = [function(f"ads-{n}", "ads", area="growth", skills={"bids": 3}) for n in range(2)]
    work += [function("site", "site", area="growth"), function("fairs", "field", area="field")]
    work += [function("shows", "field", area="field"), function("sem", "field", area="growth")]
    assert proposed("P208", *areas, *homes, *work) == [
        (MoveFunction("sem", "ads"),),
        (MoveFunction("sem", "site"),),
    ]


def test_c101_merges_the_most_alike_and_no_more_than_it_must() -> None:
    names = ["pr", "copy", "seo", "sem", "fairs", "shows"]
    skills = [{"writing": 3}, {"writing": 2}, {"search": 3}, {"ads": 1}, {"events": 3}, {"events": 3}]
    work = [function(f"do-{name}", name, skills=needed) for name, needed in zip(names, skills, strict=True)]
    people = [each for name in names for each in seats(name, 3)]
    larger = seat("more", "shows")
    fixes = proposed("C101", *teams(*names), *work, *people, larger)
    assert fixes[0] == (MergeTeams("pr", "copy"), MergeTeams("fairs", "shows"))


def test_c101_goes_by_area_where_no_skills_are_written_down() -> None:
    names = ["a", "b", "c", "d", "e"]
    areas = ["brand", "growth", "field", "growth", "sales"]
    work = [function(f"do-{name}", name, area=area) for name, area in zip(names, areas, strict=True)]
    kinds = [r.Area(area, area.title()) for area in dict.fromkeys(areas)]
    assert proposed("C101", *kinds, *teams(*names), *work) == [(MergeTeams("d", "b"),)] * 2


def test_c101_merges_a_team_with_those_below_it_where_there_are_no_siblings() -> None:
    line = [*teams("a"), *teams("b", parent="a"), *teams("c", parent="b"), *teams("d", parent="c")]
    line += teams("e", parent="d")
    work = [function(f"do-{name}", name, skills={"crm": 1}) for name in "abcde"]
    assert proposed("C101", *line, *work, seat("li", "c"))[0] == (MergeTeams("b", "a"),)


def test_c101_is_silent_about_more_mergers_than_one_decides_at_once() -> None:
    names = [f"team-{n:02}" for n in range(17)]
    work = [function(f"do-{name}", name) for name in names]
    assert proposed("C101", *teams(*names), *work) == []
    assert proposed("C101", *teams(*names[1:]), *work[1:])


def test_c201_links_with_whom_it_hands_to_and_closes_a_ring() -> None:
    work = [function(f"do-{name}", name, skills={"crm": 1}) for name in ("a", "b", "c", "d")]
    ring = [r.Share("team:b", "team:c", "crm"), r.Share("team:c", "team:d", "crm")]
    fixes = proposed("C201", *teams("a", "b", "c", "d"), *work, *ring, r.Handoff("do-a", "do-c"))
    first = AddShare("team:a", "team:c", "crm", "meeting", "monthly")
    assert fixes[0] == (first, AddShare("team:a", "team:b", "crm", "meeting", "monthly"))
    assert fixes[1] == (first,)


def test_c201_takes_up_a_link_that_has_ended() -> None:
    work = [function(f"do-{name}", name, skills={"crm": 1}) for name in ("a", "b")]
    ended = r.Share("team:a", "team:b", "crm", until=YESTERDAY)
    fixes = proposed("C201", *teams("a", "b"), *work, ended)
    assert fixes[0] == (SetShare("team:a", "team:b", "crm", every="monthly", clear=("until",)),)


def test_c202_links_the_island_where_its_work_is_nearest() -> None:
    skills = {"a": "writing", "b": "search", "c": "events", "d": "search", "e": "crm"}
    work = [function(f"do-{name}", name, skills={skill: 3}) for name, skill in skills.items()]
    links = [r.Share(f"team:{one}", f"team:{other}", "x") for one, other in ("ab", "bc", "de")]
    fixes = proposed("C202", *teams(*skills), *work, *links)
    assert fixes[0] == (AddShare("team:d", "team:b", "search", "meeting", "monthly"),)


def test_c203_a_teammate_who_works_on_it_and_knows_something_learns() -> None:
    people = [
        seat("expert", skills={"crm": 4}),
        seat("beside", skills={"crm": 1}),
        seat("user", functions={"mail": 50}),
        seat("elsewhere", "a"),
    ]
    fixes = proposed("C203", *teams("a"), function("mail", skills={"crm": 3}), *people)
    assert fixes == [(SetLearning("user", "crm", True),), (SetLearning("beside", "crm", True),)]


def test_c204_a_holder_with_time_takes_a_share_or_a_performer_learns() -> None:
    people = [
        seat("performer", functions={"mail": 100}, skills={"crm": 1}),
        seat("busy", functions={"mail": 0, "ads": 90}, skills={"crm": 5}),
        seat("far", "a", skills={"crm": 5}),
        seat("near", functions={"ads": 80}, skills={"crm": 3}),
    ]
    fixes = proposed("C204", *teams("a"), function("mail", skills={"crm": 3}), function("ads"), *people)
    assert fixes == [
        (Assign("near", "mail", 20),),
        (Assign("far", "mail", 20),),
        (SetLearning("performer", "crm", True),),
    ]


def test_c206_gives_a_rhythm_or_takes_out_what_has_ended() -> None:
    link = r.Share("team:a", "team:marketing", "crm")
    ended = r.Share("team:a", "team:marketing", "crm", until=YESTERDAY)
    ends = ("team:a", "team:marketing", "crm")
    assert proposed("C206", *teams("a"), link) == [(SetShare(*ends, every="monthly"),)]
    assert proposed("C206", *teams("a"), ended) == [(RemoveShare(*ends),)]


def test_c301_routes_through_the_liaison_or_those_who_ask_most() -> None:
    asking = [
        r.Request("a", "product", "Sheets", 1),
        r.Request("b", "product", "sheets ", 2.5),
        r.Request("c", "product", "SHEETS"),
    ]
    department = r.Department("product", "Product", "d")
    fixes = proposed("C301", department, *teams(*"abcd"), *asking)
    assert fixes == [
        (RouteRequests("product", "Sheets", "d"),),
        (RouteRequests("product", "sheets ", "b"),),
        (RouteRequests("product", "Sheets", "a"),),
        (RouteRequests("product", "SHEETS", "c"),),
    ]


def test_c302_the_team_that_asks_most_speaks_for_all_and_asks_for_all() -> None:
    asking = [
        r.Request("a", "product", "x", 1),
        r.Request("b", "product", "x", 4),
        r.Request("b", "product", "y"),
    ]
    fixes = proposed("C302", PRODUCT, *teams(*"abc"), *asking, r.Request("c", "product", "z"))
    liaison = SetLiaison("product", "b")
    routes = RouteRequests("product", "x", "b"), RouteRequests("product", "z", "b")
    assert fixes[:2] == [(liaison, *routes), (liaison,)]


def test_c303_everything_the_team_asks_goes_through_the_liaison() -> None:
    asking = [r.Request("a", "product", topic) for topic in ("x", "y", "Y")]
    fixes = proposed("C303", r.Department("product", "Product", "b"), *teams("a", "b"), *asking)
    assert fixes == [(RouteRequests("product", "x", "b"), RouteRequests("product", "Y", "b"))]


def test_s201_most_of_its_area_then_most_of_its_people() -> None:
    work = [
        function("new", None, area="growth"),
        function("seo", "a", area="growth"),
        function("sem", "a", area="growth"),
        function("ads", "b", area="growth"),
    ]
    people = [seat("li", "c", functions={"new": 50})]
    fixes = proposed("S201", r.Area("growth", "Growth"), *teams(*"abc"), *work, *people)
    assert fixes == [(MoveFunction("new", team),) for team in "abc"]


def test_s204_all_who_stray_move() -> None:
    people = [seat(name, "b", functions={"seo": 50}) for name in ("li", "wu")]
    fixes = proposed("S204", *teams("a", "b"), function("seo", "a"), *people)
    assert fixes == [(MovePerson("li", "a"), MovePerson("wu", "a"))]


def test_s205_lowers_the_smallest_shares_or_the_largest() -> None:
    person = seat("li", functions={"seo": 80, "sem": 30, "ads": 10})
    fixes = proposed("S205", function("seo"), function("sem"), function("ads"), person)
    assert fixes == [(Unassign("li", "ads"), Assign("li", "sem", 20)), (Assign("li", "seo", 60),)]


def test_s301_the_member_who_can_judge_most() -> None:
    work = [function("seo", "a", skills={"seo": 3}), function("sem", "a", skills={"sem": 3})]
    people = [
        seat("one", "a", skills={"seo": 2}),
        seat("both", "a", skills={"seo": 2, "sem": 2}),
        seat("vacant", "a", state="vacant", skills={"seo": 5, "sem": 5}),
    ]
    root = r.Team("marketing", "Marketing", None, "one")
    fixes = proposed("S301", root, *teams("a"), *work, *people)
    assert fixes == [(SetLead("a", "both"),), (SetLead("a", "one"),)]


def test_s301_without_members_a_lead_from_below_or_above() -> None:
    root = r.Team("marketing", "Marketing", None, "head")
    line = [*teams("a"), *teams("b", parent="a", lead="li")]
    assert proposed("S301", root, *line, seat("head"), seat("li", "b")) == [(SetLead("a", "li"),)]
    vacant = seat("open", "a", state="vacant")
    assert proposed("S301", root, *teams("a"), seat("head"), vacant) == [(SetLead("a", "head"),)]


def test_s501_and_a202_have_one_way_out() -> None:
    root = r.Team("marketing", "Marketing", review="yearly")
    assert proposed("S501", root, *teams("a"), function("seo", "a")) == [(SetReview("a", "quarterly"),)]
    assert proposed("A202", r.Mission("launch", "Launch")) == [(EndMission("launch"),)]


@pytest.mark.parametrize(
    ("given", "needed", "share"),
    [(0, None, 50), (60, None, 40), (0, 0.3, 30), (0, 0.1, 20), (80, 1.0, 20), (81, 1.0, None)],
)
def test_s202_a_member_with_room_takes_what_is_needed(
    given: int, needed: float | None, share: int | None
) -> None:
    work = [function("seo", fte_needed=needed), function("sem")]
    fixes = proposed("S202", *work, seat("li", functions={"sem": given}))
    assert fixes == [() if share is None else (Assign("li", "seo", share),)]


def test_s202_asks_who_can_judge_it_in_its_team_alone() -> None:
    people = [
        seat("li", skills={"crm": 5}),
        seat("wu", skills={"search": 2}, functions={"sem": 50}),
        seat("xu"),
        seat("vacant", state="vacant"),
        seat("elsewhere", "brand", skills={"search": 5}),
    ]
    fixes = proposed("S202", *teams("brand"), function("seo", skills={"search": 3}), function("sem"), *people)
    assert fixes == [(Assign("wu", "seo", 50),), (Assign("xu", "seo", 50),)]


def test_s302_puts_teams_together_below_a_lead_with_room() -> None:
    names = [f"team-{n}" for n in range(10)]
    leads = [seat(f"lead-{n}", name) for n, name in enumerate(names)]
    led = [r.Team(name, name, "marketing", lead=f"lead-{n}") for n, name in enumerate(names)]
    root = r.Team("marketing", "Marketing", lead="chen")
    work = [function("seo", "team-0", skills={"search": 3}), function("sem", "team-7", skills={"search": 2})]
    fixes = proposed("S302", root, seat("chen"), *led, *leads, *work, *seats("team-1", 7))
    assert fixes[0][0] == MoveTeam("team-7", "team-0")
    assert len(fixes[0]) == 2
    assert all(change.to != "team-1" for fix in fixes for change in fix if isinstance(change, MoveTeam))


def test_s302_gives_some_of_the_people_a_lead_of_their_own() -> None:
    root = r.Team("marketing", "Marketing", lead="chen")
    people = [seat(f"p{n}", functions={"seo" if n < 3 else "pr": 100}) for n in range(10)]
    [changes] = proposed("S302", root, seat("chen"), function("pr"), function("seo"), *people)
    assert changes == (
        CreateTeam("seo", "Seo", "marketing", "p0"),
        MoveFunction("seo", "seo", ("p0", "p1", "p2")),
    )


def test_s307_confirms_the_lead_or_lets_the_best_judge_lead() -> None:
    people = [seat("li", "web"), seat("wu", "web"), seat("xu", "web", skills={"search": 3})]
    work = function("seo", "web", skills={"search": 3})
    web = teams("web", lead="li", acting_until=YESTERDAY)
    assert proposed("S307", *web, work, *people) == [
        (SetActing("web"),),
        (SetLead("web", "xu"),),
        (SetLead("web", "wu"),),
    ]


def test_a101_looks_again_in_a_quarter() -> None:
    assert proposed("A101", seat("li")) == [(SetOrganization(review_on=TODAY + timedelta(days=91)),)]


# -- bridges, hubs, tools, learning --------------------------------------------------------------------


def chain(*names: str) -> list[Record]:
    """Teams that share knowledge in a row, each with a function that needs the same skill."""
    work = [function(f"do-{name}", name, skills={"crm": 1}) for name in names]
    links = [r.Share(f"team:{one}", f"team:{other}", "crm") for one, other in pairwise(names)]
    return [*teams(*names), *work, *links]


def test_c205_closes_the_ring_beside_the_bridge_or_around_all_of_them() -> None:
    near, far = mended("C205", *chain(*"abcde"))
    assert near == (AddShare("team:a", "team:c", "crm", "meeting", "monthly"),)
    assert far == (AddShare("team:a", "team:e", "crm", "meeting", "monthly"),)


def test_c205_joins_every_part_with_the_largest_and_no_more_than_one_decides_at_once() -> None:
    def star(arms: int) -> list[Record]:
        names = [f"arm-{n}" for n in range(arms)]
        links = [r.Share("team:hub", f"team:{name}", "x") for name in names]
        return [*teams("hub", *names), *(function(f"do-{name}", name) for name in ("hub", *names)), *links]

    [links] = proposed("C205", *star(4))
    assert [(each.source, each.target) for each in links if isinstance(each, AddShare)] == [
        ("team:arm-1", "team:arm-0"),
        ("team:arm-2", "team:arm-0"),
        ("team:arm-3", "team:arm-0"),
    ]
    assert proposed("C205", *star(5)) == [()]


def test_c205_other_bridges_lie_in_the_ring_around_all() -> None:
    assessment = Assessment(built(*chain(*"abcdefg")), TODAY)
    assessment.evaluate_pending()
    bridges = [each.finding for each in assessment.reported.values() if each.finding.code == "C205"]
    best = fixes_for(assessment, min(bridges, key=lambda each: each.identity))[0]
    assert len(bridges) == 5
    assert {each.finding.code for each in best.difference.resolved} == {"C205"}
    assert len(best.difference.resolved) == 5


def test_c103_work_goes_to_a_partner_like_it_or_the_two_become_one() -> None:
    skills = {"hub": "layout", "a": "layout", "b": "writing", "c": "events"}
    work = [function(f"do-{name}", name, skills={skill: 3}) for name, skill in skills.items()]
    more = function("film", "hub", skills={"layout": 1})
    handed = [r.Handoff(f"do-{name}", "do-hub") for name in "bc"] + [r.Handoff("do-a", "film")]
    fixes = proposed(
        "C103", *teams(*skills), *work, more, *handed, *seats("hub", 4), *seats("a", 2), C103={"max": 2}
    )
    assert fixes == [(MoveFunction("film", "a"),), (MergeTeams("a", "hub"),)]
    assert proposed("C103", *teams(*skills), *work, more, *handed, C103={"max": 1}) == []


def test_s402_all_change_to_the_tool_of_most_teams_or_seats() -> None:
    tools = [r.Tool(name, name.title(), "mail") for name in ("box", "post")]
    users = [
        *teams("a", tools=("cms", "box")),
        *teams("b", tools=("post", "box")),
        *teams("c", tools=("post",)),
    ]
    both = proposed("S402", *tools, r.Tool("cms", "CMS"), *users, *seats("c", 1))
    assert both == [
        (SetTools("a", ("cms", "post")), SetTools("b", ("post",))),
        (SetTools("b", ("box",)), SetTools("c", ("box",))),
    ]
    assert len(proposed("S402", *tools, *teams("d", tools=("box",)), *teams("e", tools=("post",)))) == 2


def test_a301_the_nearest_member_learns_what_fewest_master() -> None:
    work = [function("seo", "a", skills={"seo": 3, "crm": 2}), function("pr", "b", skills={"copy": 3})]
    people = [
        seat("li", "a", skills={"seo": 2, "crm": 1}),
        seat("wu", "a", skills={"seo": 1}),
        seat("xu", "a", skills={"crm": 5}),
        seat("other", "b", skills={"crm": 3}),
    ]
    fixes = proposed("A301", *teams("a", "b"), *work, *people)
    assert fixes == [(SetLearning("li", "seo", True),), (SetLearning("wu", "crm", True),)]
    assert proposed("A301", *teams("a"), *seats("a", 3)) == [()]


def test_hints_name_those_who_should_see_to_it() -> None:
    def titles(code: str, *records: Record, **parameters: dict[str, object]) -> list[str]:
        assessment = Assessment(built(*records, **parameters), TODAY)
        assessment.evaluate_pending()
        found = [each.finding for _, each in sorted(assessment.reported.items()) if each.finding.code == code]
        names = partial(name_of, assessment.organization)
        return [translate(fix.title, names) for fix in fixes_for(assessment, found[0])]

    pair = teams("a", "b", goals=("leads",))
    assert titles("P405", *pair, r.Goal("leads", "Leads", review="weekly")) == [
        "Let Leads count in the evaluation of A, B"
    ]
    assert titles("P407", *pair, r.Goal("leads", "Leads")) == [
        "Let A, B agree what is counted for Leads and how much is enough"
    ]
    goals = [r.Goal("core", "Core", core=True), r.Goal("own", "Own"), r.Goal("aim", "Aim", pillar="scale")]
    many = [r.Pillar("scale", "Scale"), *goals, *teams("a", goals=("core", "own", "aim"))]
    assert titles("P406", *many, P406={"max": 2}) == [
        "Let A agree on its 2 goals and drop the rest, to begin with Own"
    ]
    assert titles("S102", *many) == ["Let A say which pillar Core serves, or drop it"]


def test_a_function_without_team_and_people_gets_both_at_once() -> None:
    records = (
        *teams("brand", "growth"),
        r.Area("reach", "Reach"),
        function("seo", "growth", area="reach", skills={"search": 3}),
        function("sem", None, area="reach", skills={"search": 3}),
        seat("li", "growth", functions={"seo": 50}, skills={"search": 3}),
        seat("wu", "brand"),
    )
    assert proposed("S202", *records)[0] == (MoveFunction("sem", "growth"), Assign("li", "sem", 50))
