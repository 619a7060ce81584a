"""The numbers of P1 to P4 on both sides of their limits, and the conditions an example cannot show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.model.store import Organization
from orgtui.rules.assessment import report_findings
from tests.rules.organizations import TODAY, built, speaks_of

STAGES = (r.Stage("inquiry", "Inquiry"), r.Stage("mql", "Qualified lead"), r.Stage("sal", "Accepted lead"))
SALES = r.Department("sales", "Sales")


def teams(*names: str, parent: str = "marketing", **fields: Any) -> list[Record]:
    return [r.Team(name, name.title(), parent, **fields) for name in names]


def function(name: str, team: str | None = None, *stages: str, **fields: Any) -> r.Function:
    return r.Function(name, name.title(), team=team, stages=stages, **fields)


def seats(team: str, number: int, **fields: Any) -> list[Record]:
    return [r.Person(f"{team}-{n}", team, f"Seat {n}", **fields) for n in range(number)]


# -- P1 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("owner", "silent"), [(None, False), ("sales", True)])
def test_p101_a_stage_that_a_department_owns_is_served(owner: str | None, silent: bool) -> None:
    organization = built(SALES, r.Stage("sql", "Opportunity", owner=owner))
    assert (speaks_of("P101", organization) == set()) is silent


def test_p101_a_function_without_team_serves_nothing() -> None:
    assert speaks_of("P101", built(STAGES[0], function("seo", None, "inquiry"))) == {("stage:inquiry",)}


@pytest.mark.parametrize(
    ("handoff", "silent"),
    [
        (("sem", "sdr"), True),
        (("sdr", "sem"), False),
        (("sem", "department:sales"), False),
        (("pr", "sdr"), False),
    ],
)
def test_p102_a_handoff_joins_in_the_direction_of_the_funnel(handoff: tuple[str, str], silent: bool) -> None:
    functions = [function("sem", "marketing", "inquiry"), function("sdr", "marketing", "mql"), function("pr")]
    organization = built(SALES, *STAGES[:2], *functions, r.Handoff(*handoff))
    assert speaks_of("P102", organization) == (set() if silent else {("stage:inquiry", "stage:mql")})


@pytest.mark.parametrize(("first_owner", "silent"), [(None, False), ("sales", True)])
def test_p102_is_silent_between_two_stages_of_departments(first_owner: str | None, silent: bool) -> None:
    organization = built(
        SALES,
        r.Stage("sal", "Accepted lead", owner=first_owner),
        r.Stage("sql", "Opportunity", owner="sales"),
        function("sdr", "marketing", "sal"),
    )
    assert (speaks_of("P102", organization) == set()) is silent


@pytest.mark.parametrize("end", ["department:sales", "sdr"])
def test_p103_speaks_of_departments_and_of_other_teams(end: str) -> None:
    functions = [function("sem", "marketing"), function("sdr", "calls")]
    organization = built(SALES, *teams("calls"), *functions, r.Handoff("sem", end))
    subject = end if ":" in end else f"function:{end}"
    assert speaks_of("P103", organization) == {("function:sem", subject)}


@pytest.mark.parametrize("team", [None, "marketing"])
def test_p103_is_silent_within_a_team_and_where_nobody_hands_over(team: str | None) -> None:
    functions = [function("sem", "marketing"), function("sdr", team)]
    assert speaks_of("P103", built(*functions, r.Handoff("sem", "sdr"))) == set()


@pytest.mark.parametrize(("divisions", "silent"), [(4, True), (5, False)])
def test_p104_from_five_divisions(divisions: int, silent: bool) -> None:
    names = [f"division-{n}" for n in range(divisions)]
    functions = [function(f"work-{name}", name, "inquiry") for name in names]
    assert (speaks_of("P104", built(STAGES[0], *teams(*names), *functions)) == set()) is silent


@pytest.mark.parametrize("rule_code", ["P104", "P105"])
def test_focus_teams_and_the_root_do_not_count_but_teams_below_a_focus_team_do(rule_code: str) -> None:
    focus = r.Team("auto", "Automation", "marketing", focus=r.Focus("nurture"))
    base = [r.Area("growth", "Growth"), STAGES[0], *teams("web", "ads"), focus]
    below = r.Team("mail", "Mail", "auto")

    def work(name: str, team: str) -> r.Function:
        return function(name, team, "inquiry", area="growth")

    uncounted = built(
        *base,
        work("seo", "web"),
        work("nurture", "auto"),
        work("plan", "marketing"),
        P104={"max_divisions": 1},
    )
    counted = built(*base, below, work("seo", "web"), work("letters", "mail"), P104={"max_divisions": 1})
    assert speaks_of(rule_code, uncounted) == set()
    assert len(speaks_of(rule_code, counted)) == 1


@pytest.mark.parametrize(("areas", "silent"), [(2, True), (3, False)])
def test_p106_from_three_areas_anywhere_below(areas: int, silent: bool) -> None:
    below = r.Team("below", "Below", "field")
    functions = [function(f"work-{n}", "below", area=f"area-{n}") for n in range(areas)]
    organization = built(
        *(r.Area(f"area-{n}", "Area") for n in range(areas)), *teams("field"), below, *functions
    )
    assert speaks_of("P106", organization) == (set() if silent else {("team:field",)})


@pytest.mark.parametrize(
    ("handoff", "silent"), [(None, False), (("sdr", "sem"), True), (("nurture", "sdr"), True)]
)
def test_p107_any_handoff_with_those_who_work_the_stage_is_enough(
    handoff: tuple[str, str] | None, silent: bool
) -> None:
    organization = built(
        *STAGES,
        *teams("growth", "calls"),
        r.Team("mail", "Mail", "growth"),
        function("sem", "growth", "inquiry"),
        function("nurture", "mail", "sal"),
        function("sdr", "calls", "mql"),
        *(() if handoff is None else [r.Handoff(*handoff)]),
    )
    assert speaks_of("P107", organization) == (set() if silent else {("team:growth", "stage:mql")})


@pytest.mark.parametrize(("owner", "silent"), [(None, True), ("sales", False)])
def test_p107_leaps_over_a_department_but_not_over_nothing(owner: str | None, silent: bool) -> None:
    organization = built(
        SALES,
        STAGES[0],
        r.Stage("mql", "Qualified lead", owner=owner),
        STAGES[2],
        *teams("growth"),
        function("sem", "growth", "inquiry", "sal"),
    )
    assert (speaks_of("P107", organization) == set()) is silent


@pytest.mark.parametrize(("borders", "silent"), [(3, True), (4, False)])
def test_p108_from_four_borders(borders: int, silent: bool) -> None:
    names = [f"team-{n}" for n in range(borders + 1)]
    stages = [r.Stage(f"stage-{n}", "Stage") for n in range(borders + 1)]
    functions = [function(f"work-{n}", name, f"stage-{n}") for n, name in enumerate(names)]
    relay = [r.Handoff(f"work-{n}", f"work-{n + 1}") for n in range(borders)]
    organization = built(*stages, *teams(*names), *functions, *relay)
    assert speaks_of("P108", organization) == (set() if silent else {()})


# -- P2 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("similarity", "other", "silent"),
    [
        (0.5, {"seo": 1, "design": 1}, False),
        (0.5, {"seo": 1, "design": 2}, True),
        (0.1, {"seo": 1, "design": 9}, False),
        (0.1, {"seo": 1, "design": 10}, True),
        (0.7, {"seo": 7, "design": 10}, True),
        (0.5, {"seo": 0}, True),
    ],
)
def test_p201_from_the_similarity_on(similarity: float, other: dict[str, int], silent: bool) -> None:
    organization = built(
        *teams("ads", "web"),
        function("first", "ads", skills={"seo": 1}),
        function("second", "web", skills=other),
        P201={"similarity": similarity},
    )
    assert (speaks_of("P201", organization) == set()) is silent


@pytest.mark.parametrize(("seats_of_web", "silent"), [(5, False), (6, True)])
def test_p201_within_a_division_only_if_both_teams_fit_into_one(seats_of_web: int, silent: bool) -> None:
    organization = built(
        *teams("growth"),
        *teams("ads", "web", parent="growth"),
        function("sem", "ads", skills={"search": 3}),
        function("seo", "web", skills={"search": 3}),
        *seats("ads", 4),
        *seats("web", seats_of_web),
    )
    assert speaks_of("P201", organization) == (set() if silent else {("function:sem", "function:seo")})


@pytest.mark.parametrize(("team", "silent"), [("web", True), ("marketing", False), ("auto", True)])
def test_p202_the_root_is_a_division_of_its_own_and_focus_teams_do_not_count(team: str, silent: bool) -> None:
    organization = built(
        *teams("web"),
        r.Team("auto", "Automation", "marketing", focus=r.Focus("posts")),
        function("press", "web", kind="pr"),
        function("posts", team, kind="content"),
    )
    assert speaks_of("P202", organization) == (set() if silent else {("function:posts", "function:press")})


def test_p202_takes_pairs_of_one_kind_and_in_either_order() -> None:
    organization = built(
        *teams("ads", "web"),
        function("a", "ads", kind="seo"),
        function("b", "web", kind="seo"),
        function("c", "ads", kind="sem"),
        P202={"keep_together": [["seo", "seo"], ["sem", "seo"]]},
    )
    assert speaks_of("P202", organization) == {
        ("function:a", "function:b"),
        ("function:b", "function:c"),
    }


@pytest.mark.parametrize(("number", "silent"), [(2, False), (3, True)])
@pytest.mark.parametrize("state", ["filled", "vacant", "planned"])
def test_p203_from_three_open_seats(number: int, silent: bool, state: r.SeatState) -> None:
    closed = r.Person("gone", "design", "Gone", state="closed")
    organization = built(*teams("design"), *seats("design", number, state=state), closed)
    assert speaks_of("P203", organization) == (set() if silent else {("team:design",)})


def test_p203_counts_the_seats_below_and_leaves_idle_teams_alone() -> None:
    below = r.Team("motion", "Motion", "design")
    organization = built(*teams("design", "idle"), below, function("art", "design"), *seats("motion", 3))
    assert speaks_of("P203", organization) == set()


@pytest.mark.parametrize(("level", "silent"), [(1, False), (2, True)])
def test_p204_from_level_two_in_every_core_skill(level: int, silent: bool) -> None:
    organization = built(
        r.Team("web", "Web", "marketing", lead="lead"),
        function("seo", "web", skills={"seo": 3, "analytics": 3, "writing": 2}),
        r.Person("lead", "web", "Lead", skills={"seo": 4, "analytics": level}),
    )
    assert speaks_of("P204", organization) == (set() if silent else {("team:web", "function:seo")})


@pytest.mark.parametrize(
    ("lead", "silent"),
    [
        (r.Person("lead", "web", "Lead"), True),
        (r.Person("lead", "web", title="Lead", state="vacant", skills={"pr": 1}), True),
        (r.Person("lead", "web", "Lead", skills={"pr": 1}), False),
    ],
)
def test_p204_judges_only_leads_who_are_there_and_list_skills(lead: r.Person, silent: bool) -> None:
    web = r.Team("web", "Web", "marketing", lead="lead")
    assert (speaks_of("P204", built(web, function("seo", "web", skills={"seo": 3}), lead)) == set()) is silent


@pytest.mark.parametrize(("head", "silent"), [("lead", True), ("other", False)])
def test_p204_leaves_a_focus_team_of_the_head_alone(head: str, silent: bool) -> None:
    organization = built(
        r.Team("marketing", "Marketing", lead=head),
        r.Team("auto", "Automation", "marketing", lead="lead", focus=r.Focus("auto")),
        function("auto", "auto", skills={"automation": 3}),
        r.Person("lead", "marketing", "Lead", skills={"pr": 1}),
        r.Person("other", "marketing", "Other"),
    )
    assert (speaks_of("P204", organization) == set()) is silent


@pytest.mark.parametrize(("number", "silent"), [(5, True), (6, False)])
def test_p205_from_six_functions(number: int, silent: bool) -> None:
    organization = built(*(function(f"work-{n}", "marketing") for n in range(number)))
    assert (speaks_of("P205", organization) == set()) is silent


@pytest.mark.parametrize(
    ("holders", "level", "silent"), [(0, 3, True), (1, 3, False), (2, 3, False), (3, 3, True), (1, 2, True)]
)
def test_p206_from_one_to_two_who_master_it(holders: int, level: int, silent: bool) -> None:
    organization = built(
        *teams("content", "web"),
        function("seo", "web", skills={"seo": 3}),
        function("posts", "content", skills={"seo": 1}),
        *seats("web", holders, skills={"seo": level}),
    )
    assert speaks_of("P206", organization) == (set() if silent else {("skill:seo", "team:content")})


@pytest.mark.parametrize(
    ("topic", "until", "silent"),
    [("seo", TODAY, True), ("seo", TODAY - timedelta(days=1), False), ("SEO", None, False)],
)
def test_p206_a_live_link_on_just_that_skill(topic: str, until: date | None, silent: bool) -> None:
    organization = built(
        *teams("content", "web"),
        function("seo", "web", skills={"seo": 3}),
        function("posts", "content", skills={"seo": 1}),
        *seats("web", 1, skills={"seo": 3}),
        r.Share("team:content", "person:web-0", topic, until=until),
    )
    assert (speaks_of("P206", organization) == set()) is silent


@pytest.mark.parametrize(("number", "silent"), [(9, True), (10, False)])
def test_p207_from_ten_seats_of_the_team_itself(number: int, silent: bool) -> None:
    organization = built(*teams("web"), *seats("marketing", number), *seats("web", 3))
    assert (speaks_of("P207", organization) == set()) is silent


AREAS = (r.Area("brand", "Brand"), r.Area("growth", "Growth"), r.Area("field", "Field"))


def stranger(*more: Record, team: str | None = "partners", **fields: Any) -> Organization:
    """Growth is at home in `web`, field in `partners`, where `sem` of growth sits in `team`.

    A record among `more` takes the place of one with its id.
    """
    homes = [*teams("web", "partners"), *teams("fairs", parent="partners")]
    work = [
        function("seo", "web", area="growth", skills={"search": 3}),
        function("alliances", "partners", area="field", skills={"talks": 3}),
        function("shows", "fairs", area="field", skills={"events": 3}),
        function("sem", team, **({"area": "growth", "skills": {"search": 3, "bids": 3}} | fields)),
    ]
    given = {getattr(each, "id", each): each for each in (*AREAS, *homes, *work, *more)}
    return built(*given.values())


ALONE = {("function:sem", "team:partners")}


@pytest.mark.parametrize("team", ["partners", "fairs"])
def test_p208_names_the_division_wherever_in_it_the_stranger_sits(team: str) -> None:
    assert speaks_of("P208", stranger(team=team)) == ALONE


@pytest.mark.parametrize(
    "fields",
    [{"area": None}, {"area": "field"}, {"area": "brand"}, {"team": "marketing"}, {"team": None}],
)
def test_p208_wants_an_area_that_is_at_home_in_another_division(fields: dict[str, Any]) -> None:
    assert speaks_of("P208", stranger(**fields)) == set()


@pytest.mark.parametrize(
    ("skills", "silent"),
    [
        ({"events": 3, "bids": 7}, True),  # 3 of 10
        ({"events": 3, "bids": 8}, False),  # 3 of 11
        ({"search": 9, "bids": 9}, False),
        ({}, False),
    ],
)
def test_p208_skills_from_a_similarity_of_three_tenths_make_kin(skills: dict[str, int], silent: bool) -> None:
    assert speaks_of("P208", stranger(skills=skills)) == (set() if silent else ALONE)


@pytest.mark.parametrize(
    ("ends", "silent"),
    [
        (("sem", "shows"), True),
        (("shows", "sem"), True),
        (("sem", "seo"), False),
        (("sem", "department:sales"), False),
    ],
)
def test_p208_a_handoff_within_the_division_makes_kin(ends: tuple[str, str], silent: bool) -> None:
    assert speaks_of("P208", stranger(SALES, r.Handoff(*ends))) == (set() if silent else ALONE)


def test_p208_another_function_of_its_area_makes_kin_though_both_are_few() -> None:
    more = [function(f"event-{n}", "partners", area="field") for n in range(3)]
    assert speaks_of("P208", stranger(*more)) == ALONE
    assert speaks_of("P208", stranger(*more, function("ads", "fairs", area="growth"))) == set()


def test_p208_leaves_focus_teams_and_what_is_below_them_out() -> None:
    focus = r.Team("fairs", "Fairs", "partners", focus=r.Focus("shows"))
    below = r.Team("halls", "Halls", "fairs")
    assert speaks_of("P208", stranger(focus, team="fairs")) == set()
    assert speaks_of("P208", stranger(focus, below, team="halls")) == set()
    home_in_focus = r.Team("web", "Web", "marketing", focus=r.Focus("seo"))
    assert speaks_of("P208", stranger(home_in_focus)) == set()


def test_p208_of_equal_areas_the_nearest_to_the_division_is_at_home_then_the_first_in_the_funnel() -> None:
    homes = [*teams("web", "trade", "x"), *teams("y", parent="x")]
    homes += [function("seo", "web", area="growth"), function("shows", "trade", area="field")]
    deep = [function("top", "x", area="field"), function("low", "y", area="growth")]
    assert speaks_of("P208", built(*AREAS, *homes, *deep)) == {("function:low", "team:x")}
    side_by_side = [function("top", "x", area="field"), function("low", "x", area="growth")]
    assert speaks_of("P208", built(*AREAS, *homes, *side_by_side)) == {("function:top", "team:x")}


@pytest.mark.parametrize(("number", "asleep"), [(9, True), (10, False)])
def test_p208_sleeps_below_ten_people(number: int, asleep: bool) -> None:
    report = report_findings(stranger(*seats("web", number)), TODAY, select=["P208"])
    assert report.asleep == ({"P208": "headcount"} if asleep else {})
    assert [each.finding.code for each in report.reported.values()] == ([] if asleep else ["P208"])


def test_p208_sleeps_without_skills_and_handoffs_and_wakes_with_either() -> None:
    bare = [*AREAS, *teams("web"), *seats("web", 10), function("seo", "web", area="growth")]
    skilled = function("sem", "web", skills={"search": 1})
    handed = function("ads", "web"), r.Handoff("seo", "ads")
    missing = "function skills or handoffs"
    assert report_findings(built(*bare), TODAY, select=["P208"]).asleep == {"P208": missing}
    assert report_findings(built(*bare, skilled), TODAY, select=["P208"]).asleep == {}
    assert report_findings(built(*bare, *handed), TODAY, select=["P208"]).asleep == {}


# -- P3 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "difficulty", "silent"),
    [("established", 3, True), ("established", 4, False), ("new", 1, False)],
)
def test_p301_new_or_from_difficulty_four(state: r.FunctionState, difficulty: int, silent: bool) -> None:
    automation = function("auto", "web", state=state, difficulty=difficulty, breakthrough=True)
    assert (speaks_of("P301", built(*teams("web"), automation)) == set()) is silent


@pytest.mark.parametrize(("focus_on", "silent"), [("auto", True), ("seo", False)])
def test_p301_only_a_focus_team_on_it_will_do(focus_on: str, silent: bool) -> None:
    team = r.Team("auto", "Automation", "marketing", focus=r.Focus(focus_on))
    work = function("auto", "auto", state="new", breakthrough=True)
    assert (speaks_of("P301", built(team, work, function("seo", "marketing"))) == set()) is silent


@pytest.mark.parametrize(("number", "silent"), [(2, True), (3, False)])
def test_p303_from_three_focus_teams(number: int, silent: bool) -> None:
    focus = [r.Team(f"team-{n}", "Focus", "marketing", focus=r.Focus(f"work-{n}")) for n in range(number)]
    assert speaks_of("P303", built(*focus)) == (set() if silent else {()})


@pytest.mark.parametrize(
    ("review_on", "condition", "silent"),
    [
        (TODAY, "It runs", True),
        (TODAY - timedelta(days=1), "It runs", False),
        (TODAY, None, False),
        (None, "It runs", False),
    ],
)
def test_p304_a_review_from_today_on_and_a_condition(
    review_on: date | None, condition: str | None, silent: bool
) -> None:
    focus = r.Focus("auto", review_on=review_on, exit=condition)
    assert (speaks_of("P304", built(r.Team("auto", "Auto", "marketing", focus=focus))) == set()) is silent


@pytest.mark.parametrize(
    ("leads_also", "performs", "is_head", "silent"),
    [
        (None, {"auto": 100}, False, True),
        ("marketing", {"auto": 100}, True, True),
        ("marketing", {"seo": 100}, True, True),
        (None, {"seo": 100}, False, False),
        (None, {"seo": 0}, False, True),
        ("web", {}, False, False),
    ],
)
def test_p305_a_lead_with_nothing_else_or_the_head(
    leads_also: str | None, performs: dict[str, int], is_head: bool, silent: bool
) -> None:
    organization = built(
        r.Team("marketing", "Marketing", lead="lead" if is_head else None),
        r.Team("web", "Web", "marketing", lead="lead" if leads_also == "web" else None),
        r.Team("auto", "Automation", "marketing", lead="lead", focus=r.Focus("auto")),
        function("auto", "auto"),
        function("seo", "web"),
        r.Person("lead", "auto", "Lead", functions=performs),
    )
    assert speaks_of("P305", organization) == (set() if silent else {("team:auto",)})


@pytest.mark.parametrize(("shares", "silent"), [((50, 49), False), ((50, 50), True), ((), True)])
def test_p307_from_one_full_time_person(shares: tuple[int, ...], silent: bool) -> None:
    people = [
        r.Person(f"seat-{n}", "marketing", "Seat", functions={"auto": share})
        for n, share in enumerate(shares)
    ]
    vacant = r.Person("vacant", "marketing", title="Seat", state="vacant", functions={"auto": 1})
    organization = built(function("auto", "marketing", breakthrough=True), *people, vacant)
    assert (speaks_of("P307", organization) == set()) is silent


# -- P4 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("root", "brand", "growth", "speaks"),
    [
        ((), ("pipeline",), ("pipeline",), set()),
        (("pipeline",), ("pipeline",), (), {("team:brand",), ("team:growth",)}),
        ((), (), (), {("team:brand",), ("team:growth",)}),
    ],
)
def test_p402_the_roots_goals_do_not_pass_down(
    root: tuple[str, ...], brand: tuple[str, ...], growth: tuple[str, ...], speaks: set[tuple[str, ...]]
) -> None:
    organization = built(
        r.Team("marketing", "Marketing", goals=root),
        r.Team("brand", "Brand", "marketing", goals=brand),
        r.Team("growth", "Growth", "marketing", goals=growth),
        function("pr", "brand"),
        function("sem", "growth"),
        r.Goal("pipeline", "Pipeline"),
    )
    assert speaks_of("P402", organization) == speaks


def test_p403_goals_come_down_from_the_division_and_the_root_is_no_neighbour() -> None:
    organization = built(
        r.Team("growth", "Growth", "marketing", goals=("pipeline",)),
        *teams("ads", "web", parent="growth"),
        function("plan", "marketing"),
        function("sem", "ads"),
        function("seo", "web"),
        r.Handoff("sem", "seo"),
        r.Handoff("plan", "seo"),
        r.Goal("pipeline", "Pipeline"),
    )
    assert speaks_of("P403", organization) == set()


@pytest.mark.parametrize(
    ("holders", "silent"),
    [((), False), (("brand",), False), (("marketing", "brand"), False), (("brand", "ads"), True)],
)
def test_p404_from_two_divisions(holders: tuple[str, ...], silent: bool) -> None:
    parents = {"marketing": None, "brand": "marketing", "growth": "marketing", "ads": "growth"}
    organization = built(
        *(
            r.Team(team, team.title(), parent, goals=("pipeline",) if team in holders else ())
            for team, parent in parents.items()
        ),
        r.Goal("pipeline", "Pipeline", core=True),
    )
    assert speaks_of("P404", organization) == (set() if silent else {("goal:pipeline",)})


@pytest.mark.parametrize(("holders", "silent"), [(1, True), (2, False)])
def test_p405_speaks_of_goals_that_are_shared_though_not_core(holders: int, silent: bool) -> None:
    names = [f"division-{n}" for n in range(holders)]
    organization = built(*teams(*names, goals=("leads",)), r.Goal("leads", "Leads", evaluated=True))
    assert (speaks_of("P405", organization) == set()) is silent


@pytest.mark.parametrize(("number", "silent"), [(5, True), (6, False)])
def test_p406_from_six_goals(number: int, silent: bool) -> None:
    goals = [r.Goal(f"goal-{n}", "Goal") for n in range(number)]
    team = r.Team("web", "Web", "marketing", goals=tuple(goal.id for goal in goals))
    assert (speaks_of("P406", built(team, *goals)) == set()) is silent


@pytest.mark.parametrize(
    ("metric", "target", "silent"), [("leads", 0, True), ("leads", None, False), (None, 5, False)]
)
def test_p407_a_metric_and_a_target(metric: str | None, target: int | None, silent: bool) -> None:
    goal = r.Goal("leads", "Leads", metric=metric, target=target)
    assert (speaks_of("P407", built(goal)) == set()) is silent
