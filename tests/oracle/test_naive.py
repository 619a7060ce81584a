"""Small organisations by hand, for the definitions that are easy to get wrong."""

from datetime import date
from typing import Any

import pytest

from .definitions import Entry, covers, groups, inherited_goals, manager
from .naive import Result, naive_check, read
from .relations import borders
from .small import TODAY, document, handoff, link, seat, stages, subjects, team, work

# reporting lines


TREE = [team("m"), team("a", "m"), team("b", "a"), team("c", "b")]


def test_a_manager_is_the_first_lead_on_the_way_up() -> None:
    teams = [team("m", lead="h"), team("a", "m"), team("b", "a", lead="l"), team("c", "b")]
    org = read(document(team=teams, person=[seat("h", "m"), seat("l", "b"), seat("p", "c"), seat("q", "m")]))
    assert [manager(org, p) for p in ("h", "l", "p", "q")] == [None, "h", "l", "h"]


def test_a_lead_starts_above_the_highest_team_it_leads_wherever_it_sits() -> None:
    teams = [
        team("m", lead="h"),
        team("a", "m", lead="l"),
        team("b", "a", lead="x"),
        team("c", "b", lead="l"),
    ]
    org = read(document(team=teams, person=[seat("h", "b"), seat("l", "c"), seat("x", "b")]))
    assert [manager(org, p) for p in ("h", "l", "x")] == [None, "h", "l"]


def test_of_teams_equally_near_the_root_the_smallest_id_counts() -> None:
    teams = [team("m", lead="h"), team("b", "m", lead="y"), team("a", "m", lead="x")]
    below = [team("b1", "a", lead="l"), team("a1", "b", lead="l")]
    org = read(document(team=teams + below, person=[seat(p, "m") for p in "hxyl"]))
    assert manager(org, "l") == "y"


def test_a_vacant_lead_manages_but_is_missing_as_a_person() -> None:
    teams = [team("m", lead="v"), team("a", "m")]
    people = [seat("v", "m", state="vacant"), seat("p", "a"), seat("q", "m", state="closed")]
    organisation = document(team=teams, person=people)
    assert manager(read(organisation), "p") == "v"
    assert subjects("S303", organisation) == ["person:v"]
    assert subjects("S301", organisation) == ["team:a", "team:m"]
    assert naive_check(organisation).metrics["layers"] == 2


def test_layers_count_the_chain_and_the_limit_follows_headcount() -> None:
    teams = [team("m", lead="1"), team("a", "m", lead="2"), team("b", "a", lead="3"), team("c", "b")]
    people = [seat("1", "m"), seat("2", "a"), seat("3", "b"), seat("4", "c")]
    assert subjects("S304", document(team=teams, person=people)) == [""]
    crowd = [seat(f"x{i}", "m") for i in range(17)]
    assert subjects("S304", document(team=teams, person=people + crowd)) == []


def test_s305_and_s306_speak_of_the_seat() -> None:
    teams = [
        team("m"),
        team("a", "m"),
        team("b", "a", lead="p"),
        team("c", "a", lead="p"),
        team("d", "b", lead="p"),
    ]
    assert subjects("S306", document(team=teams, person=[seat("p", "a", state="vacant")])) == ["person:p"]
    assert (
        subjects("S306", document(team=[*TREE[:3], team("e", "b", lead="p")], person=[seat("p", "a")])) == []
    )
    assert subjects("S305", document(team=teams, person=[seat("p", "a", state="vacant")])) == [
        "team:d person:p"
    ]


# skills


@pytest.mark.parametrize(
    ("skills", "covered"),
    [({}, True), ({"seo": 2}, True), ({"seo": 1, "crm": 5}, False), ({"crm": 5}, False), ({"seo": 0}, False)],
)
def test_a_lead_covers_the_core_skills_alone(skills: dict[str, int], covered: bool) -> None:
    needs = {"seo": 3, "crm": 2, "pr": 0}
    org = read(
        document(
            team=[team("m")], function=[work("f", "m", skills=needs)], person=[seat("p", "m", skills=skills)]
        )
    )
    assert covers(org, "p", "f") is covered


def test_every_skill_of_the_highest_level_is_core_and_level_zero_is_no_requirement() -> None:
    teams = [team("m", lead="p")]
    people = [seat("p", "m", skills={"seo": 5})]
    fs = [
        work("two", "m", skills={"seo": 2, "crm": 2}),
        work("none", "m", skills={"crm": 0}),
        work("plain", "m"),
    ]
    assert subjects("P204", document(team=teams, person=people, function=fs)) == ["team:m function:two"]


def test_the_head_need_not_cover_the_focus_team_it_leads() -> None:
    focus = {"function": "f"}
    fs = [work("f", "x", skills={"seo": 3}, breakthrough=True, state="new")]
    people = [seat("h", "m", skills={"crm": 1})]
    led = document(
        team=[team("m", lead="h"), team("x", "m", lead="h", focus=focus)], person=people, function=fs
    )
    assert subjects("P204", led) == []
    assert subjects("P301", led) == []
    buried = document(team=[team("m", lead="h"), team("x", "m", lead="h")], person=people, function=fs)
    assert subjects("P204", buried) == ["team:x function:f"]
    assert subjects("P301", buried) == ["function:f"]


def test_one_learner_ends_a_single_holder_but_the_holder_learning_does_not() -> None:
    fs = [work("f", "m", skills={"seo": 3})]
    alone = [seat("p", "m", skills={"seo": 3}, learning=["seo"]), seat("q", "m", skills={"seo": 1})]
    assert subjects("C203", document(team=[team("m")], function=fs, person=alone)) == ["skill:seo person:p"]
    learner = [alone[0], seat("q", "m", learning=["seo"])]
    assert subjects("C203", document(team=[team("m")], function=fs, person=learner)) == []
    vacant = [alone[0], seat("q", "m", learning=["seo"], skills={"seo": 5}, state="vacant")]
    assert subjects("C203", document(team=[team("m")], function=fs, person=vacant)) == ["skill:seo person:p"]
    easy = [work("f", "m", skills={"seo": 2})]
    assert subjects("C203", document(team=[team("m")], function=easy, person=alone)) == []


def test_similarity_is_compared_exactly() -> None:
    fs = [work("f", "a", skills={"seo": 1, "crm": 0}), work("g", "b", skills={"seo": 5})]
    organisation = document(team=[team("m"), team("a", "m"), team("b", "m")], function=fs)
    assert subjects("P201", organisation) == []
    assert subjects("P201", organisation | {"rules": {"P201": {"similarity": 0.2}}}) == [
        "function:f function:g"
    ]


def test_like_work_in_one_division_stays_apart_if_the_teams_are_too_big_together() -> None:
    fs = [work("f", "a", skills={"seo": 3}), work("g", "b", skills={"seo": 3})]
    crowd = [seat(f"p{i}", "ab"[i % 2]) for i in range(10)]
    under = document(team=TREE, function=fs, person=crowd)
    beside = document(team=[team("m"), team("a", "m"), team("b", "m")], function=fs, person=crowd)
    assert subjects("P201", under) == []
    assert subjects("P201", beside) == ["function:f function:g"]
    assert subjects("P201", under | {"person": crowd[1:]}) == ["function:f function:g"]


# teams, divisions and goals


def test_a_group_has_a_function_or_two_open_seats_wherever_it_hangs() -> None:
    teams = [team("m"), team("a", "m"), team("a1", "a"), team("b", "m"), team("c", "m"), team("x", "m")]
    teams[-1]["focus"] = {"function": "g"}
    people = [seat("p", "m"), seat("o", "m"), seat("q", "a"), seat("r", "b"), seat("s", "b")]
    people += [seat("t", "c"), seat("u", "c", state="closed")]
    org = read(document(team=teams, person=people, function=[work("f", "a1"), work("g", "x")]))
    assert groups(org) == ["a1", "b"]


def test_a_team_below_a_focus_team_counts_for_its_division() -> None:
    teams = [team("m"), team("x", "m", focus={"function": "f"}), team("y", "x"), team("z", "m")]
    fs = [work("f", "x", area="g"), work("h", "z", area="g"), work("k", "m", area="g")]
    organisation = document(area=[{"id": "g"}], team=teams, function=fs)
    assert subjects("P105", organisation) == []
    assert subjects("P105", organisation | {"function": [*fs, work("l", "y", area="g")]}) == ["area:g"]


def test_the_goals_of_the_root_are_nobodys_below() -> None:
    teams = [team("m", goals=["r"]), team("a", "m", goals=["x"]), team("b", "a", goals=["y"]), team("c", "m")]
    organisation = document(team=teams, goal=[{"id": g, "core": g == "r"} for g in "rxy"])
    org = read(organisation)
    assert [inherited_goals(org, t) for t in "mabc"] == [{"r"}, {"x"}, {"x", "y"}, set()]
    assert subjects("P404", organisation) == ["goal:r"]


def test_a_goal_is_shared_between_divisions_however_deep_it_is_held() -> None:
    teams = [team("m"), team("a", "m"), team("b", "a", goals=["g"]), team("c", "m", goals=["g"])]
    people = [seat("p", "a"), seat("q", "b"), seat("r", "c"), seat("s", "m")]
    organisation = document(team=teams, goal=[{"id": "g", "core": True}], person=people)
    assert subjects("P404", organisation) == []
    assert subjects("P402", organisation) == ["team:a"]


def test_a_focus_lead_may_be_the_head_and_do_other_work_but_lead_no_third_team() -> None:
    teams = [team("m", lead="h"), team("x", "m", lead="h", focus={"function": "f"}), team("y", "m")]
    fs = [work("f", "x"), work("g", "y")]
    people = [seat("h", "m", functions={"f": 0.5, "g": 0.5}), seat("p", "x", functions={"g": 0.5})]
    assert subjects("P305", document(team=teams, function=fs, person=people)) == []
    third = [*teams[:2], team("y", "m", lead="h")]
    assert subjects("P305", document(team=third, function=fs, person=people)) == ["team:x"]
    member = [teams[0], teams[1] | {"lead": "p"}, teams[2]]
    assert subjects("P305", document(team=member, function=fs, person=people)) == ["team:x"]


# the funnel


def test_a_stage_of_a_department_is_served_and_two_of_them_need_no_joint() -> None:
    served = [work("f", "m", stages=["1"])]
    organisation = document(
        team=[team("m")], function=served, stage=stages("1", "2", "3", **{"2": "d", "3": "d"})
    )
    assert subjects("P101", organisation) == []
    assert subjects("P102", organisation) == ["stage:1 stage:2"]
    assert subjects("P102", organisation | {"handoff": [handoff("f", "department:d")]}) == []
    assert subjects("P102", organisation | {"handoff": [handoff("department:d", "f")]}) == ["stage:1 stage:2"]


def test_a_function_without_team_serves_no_stage_and_hands_nothing_over() -> None:
    fs = [work("f", "m", stages=["1"]), work("g", stages=["1", "2"]), work("h", "m", stages=["2"])]
    hands = [handoff("f", "g"), handoff("g", "h"), handoff("g", "department:d")]
    organisation = document(team=[team("m")], function=fs, stage=stages("1", "2"), handoff=hands)
    assert subjects("P102", organisation) == ["stage:1 stage:2"]
    assert subjects("P103", organisation) == []
    assert subjects("S201", organisation) == ["function:g"]


def test_a_team_leaps_over_a_stage_others_serve_unless_a_handoff_joins_them() -> None:
    fs = [work("f", "a", stages=["1"]), work("g", "b", stages=["3"]), work("h", "c", stages=["2"])]
    teams = [team("m"), team("a", "m"), team("b", "a"), team("c", "m")]
    organisation = document(team=teams, function=fs, stage=stages("1", "2", "3"))
    assert subjects("P107", organisation) == ["team:a stage:2"]
    for joint in (handoff("h", "g"), handoff("f", "h")):
        assert subjects("P107", organisation | {"handoff": [joint]}) == []
    nobody = organisation | {"function": fs[:2]}
    assert subjects("P107", nobody) == []
    owned = nobody | {"stage": stages("1", "2", "3", **{"2": "d"})}
    assert subjects("P107", owned) == ["team:a stage:2"]
    assert subjects("P107", owned | {"handoff": [handoff("department:d", "f")]}) == []
    assert (
        subjects(
            "P107", organisation | {"team": [*teams[:1], team("a", "m", focus={"function": "f"}), *teams[2:]]}
        )
        == []
    )


def test_the_relay_takes_the_cheapest_way_and_counts_changes_of_team() -> None:
    teams = [team("m"), *(team(t, "m") for t in "abcde")]
    fs = [work(f"{t}{s}", t, stages=[s]) for t, s in ("a1", "b2", "c2", "c3", "d4", "e5")]
    chain = [handoff("a1", "b2"), handoff("b2", "c2"), handoff("c3", "d4"), handoff("d4", "e5")]
    organisation = document(team=teams, function=fs, stage=stages(*"012345"), handoff=chain)
    assert borders(read(organisation)) == 4
    assert subjects("P108", organisation) == [""]
    shortcut = organisation | {"handoff": [*chain, handoff("a1", "c3")]}
    assert borders(read(shortcut)) == 3
    assert subjects("P108", shortcut) == []
    backwards = organisation | {"handoff": [*chain[:3], handoff("e5", "d4")]}
    assert borders(read(backwards)) is None
    assert subjects("P108", backwards) == []


def test_within_a_team_the_relay_goes_to_the_same_stage_or_the_next_never_further() -> None:
    one = [work("f", "m", stages=["1"]), work("g", "m", stages=["3"])]
    organisation = document(team=[team("m")], function=one, stage=stages(*"123"))
    assert borders(read(organisation)) is None
    assert borders(read(organisation | {"stage": stages(*"13")})) == 0
    assert borders(read(organisation | {"function": [*one, work("h", "m", stages=["1", "2"])]})) == 0
    assert borders(read(organisation | {"function": []})) is None


# knowledge and handoffs


def islands(*pairs: str) -> dict[str, Any]:
    teams = [team("m"), *(team(t, "m") for t in "abcdefg")]
    links = [link(f"team:{pair[0]}", f"team:{pair[1]}") for pair in pairs]
    return document(team=teams, function=[work(t * 2, t) for t in "abcdefg"], share=links)


def test_every_island_but_the_largest_is_found_and_of_equals_the_smallest_id_stays() -> None:
    assert subjects("C202", islands("ab", "cd", "de")) == ["team:a team:b"]
    assert subjects("C202", islands("cd", "ab", "ef")) == ["team:c team:d", "team:e team:f"]
    assert subjects("C202", islands("ab")) == []
    assert subjects("C201", islands("ab", "cd", "de")) == ["team:f", "team:g"]


def test_a_link_lives_through_its_last_day_and_between_open_seats_only() -> None:
    teams = [team("m"), team("a", "m"), team("b", "m"), team("idle", "m")]
    fs = [work("f", "a"), work("g", "b")]
    people = [seat("p", "a"), seat("gone", "b", state="closed")]
    organisation = document(team=teams, function=fs, person=people)
    both = ["team:a", "team:b"]
    for ends, until, isolated in (
        (("person:p", "team:b"), TODAY, []),
        (("person:p", "team:b"), date(2026, 11, 20), both),
        (("person:gone", "team:a"), TODAY, both),
        (("team:a", "team:idle"), TODAY, both),
    ):
        organisation["share"] = [link(*ends, until=until)]
        assert subjects("C201", organisation) == isolated
    assert subjects("C206", organisation) == ["share:team:a>team:idle>seo"]


def test_a_bridge_team_is_one_whose_loss_parts_the_linked_teams() -> None:
    assert subjects("C205", islands("ab", "bc", "cd", "da", "de")) == ["team:d"]
    assert subjects("C205", islands("ab", "bc", "cd")) == []


def test_scarce_skill_is_locked_in_one_team_until_a_link_has_it_as_topic() -> None:
    teams = [team("m"), team("a", "m"), team("b", "m"), team("c", "m")]
    fs = [work("f", "a", skills={"seo": 1}), work("g", "b", skills={"seo": 1})]
    people = [seat("p", "c", skills={"seo": 3}), seat("q", "b", skills={"seo": 2})]
    organisation = document(team=teams, function=fs, person=people)
    assert subjects("P206", organisation) == ["skill:seo team:a", "skill:seo team:b"]
    organisation["share"] = [link("team:a", "person:p"), link("team:b", "team:c", topic="crm")]
    assert subjects("P206", organisation) == ["skill:seo team:b"]
    assert subjects("P206", organisation | {"person": [*people, seat("r", "a", skills={"seo": 3})]}) == []


def test_a_handoff_loop_names_all_its_teams() -> None:
    fs = [work(t * 2, t) for t in "abc"]
    teams = [team("m"), *(team(t, "m") for t in "abc")]
    hands = [handoff("bb", "aa"), handoff("cc", "bb"), handoff("aa", "department:d")]
    organisation = document(team=teams, function=fs, handoff=hands)
    assert subjects("C102", organisation) == []
    organisation["handoff"] = [*hands, handoff("aa", "cc")]
    assert subjects("C102", organisation) == ["team:a team:b team:c"]


# people and their work


@pytest.mark.parametrize(
    ("home", "scattered"),
    [("b", False), ("a", False), ("m", False), ("c", False), ("z", True), ("x", False), ("y", True)],
)
def test_a_performer_sits_in_line_with_the_team_or_in_a_focus_team_itself(home: str, scattered: bool) -> None:
    teams = [*TREE, team("z", "m"), team("x", "m", focus={"function": "g"}), team("y", "x")]
    organisation = document(
        team=teams, function=[work("f", "b"), work("g", "x")], person=[seat("p", home, functions={"f": 0.5})]
    )
    assert subjects("S204", organisation) == (["function:f"] if scattered else [])


def test_a_mission_with_the_lead_excuses_a_performer_while_it_is_open() -> None:
    teams = [team("m"), team("a", "m", lead="l"), team("z", "m")]
    people = [seat("l", "a"), seat("p", "z", functions={"f": 0.5})]
    mission = {"id": "x", "lead": "p", "people": ["l"], "until": TODAY}
    organisation = document(team=teams, function=[work("f", "a")], person=people, mission=[mission])
    assert subjects("S204", organisation) == []
    assert subjects("S204", organisation | {"mission": [mission | {"until": date(2026, 11, 20)}]}) == [
        "function:f"
    ]
    assert subjects("S204", organisation | {"mission": [mission | {"people": []}]}) == ["function:f"]
    assert subjects("S204", organisation | {"person": [people[0], people[1] | {"functions": {"f": 0}}]}) == []


def test_shares_are_added_exactly() -> None:
    fs = [work("f", "m", fte_needed=0.375), work("g", "m")]
    shares = {"f": 0.1, "g": 0.2}
    assert 0.1 + 0.2 > 0.3
    organisation = document(team=[team("m")], function=fs, person=[seat("p", "m", fte=0.3, functions=shares)])
    assert subjects("S205", organisation) == []
    assert subjects("S206", organisation) == ["person:p"]
    pair = [seat("p", "m", functions=shares), seat("q", "m", functions={"f": 0.2})]
    assert subjects("S403", organisation | {"person": pair}) == []


def test_topics_are_one_however_they_are_written() -> None:
    asks = [
        {"from": "a", "to": "d", "topic": " Straße"},
        {"from": "a", "to": "d", "topic": "straße"},
        {"from": "b", "to": "d", "topic": "STRASSE "},
    ]
    organisation = document(
        department=[{"id": "d"}], team=[team("m"), team("a", "m"), team("b", "m")], request=asks
    )
    assert subjects("C301", organisation) == ["department:d topic:strasse"]
    assert subjects("C301", organisation | {"request": asks[:2]}) == []
    assert naive_check(organisation).metrics["duplicate_requests"] == 1


def test_two_tools_of_one_purpose_count_in_two_teams_only() -> None:
    tools = [
        {"id": "x", "purpose": "mail"},
        {"id": "y", "purpose": "mail"},
        {"id": "z"},
        {"id": "w", "purpose": " "},
    ]
    for a, b, twice in (
        (["x", "y"], [], []),
        (["x"], ["x"], []),
        (["x"], ["y"], ["purpose:mail"]),
        (["z"], ["w"], []),
    ):
        teams = [team("m", tools=a), team("b", "m", tools=b)]
        assert subjects("S402", document(team=teams, tool=tools)) == twice


# layers over the rules


def thin(**tables: Any) -> Result:
    organisation = document(team=[team("m"), team("a", "m")], person=[seat("p", "a")])
    return naive_check(organisation | tables)


def accepted(code: str, *named: str, **keys: Any) -> Entry:
    return {"code": code, "subjects": list(named), "why": "We know", **keys}


def test_an_acceptance_holds_through_its_last_day_and_is_stale_only_without_a_finding() -> None:
    finding = ("P203", ("team:a",))
    entries = [
        accepted("P203", "team:a", until=TODAY),
        accepted("P203", "team:gone"),
        accepted("P105", "area:x"),
    ]
    held = thin(accept=entries)
    assert held.accepted[finding]
    assert held.stale_accepts == [("P203", ("team:gone",))]
    ended = thin(accept=[accepted("P203", "team:a", until=date(2026, 11, 20))])
    assert not ended.accepted[finding]
    assert ended.stale_accepts == []
    assert ended.metrics["warnings"] == int(str(held.metrics["warnings"])) + 1


def test_ignoring_wins_over_selecting_and_codes_names_and_families_all_name_rules() -> None:
    chosen = thin(rules={"select": ["P2", "no-vision", "S4"], "ignore": ["P203", "S402", "over-budget"]})
    assert [code for code, _ in chosen.findings] == ["P401"]
    awake_or_not = {code for code, _ in chosen.asleep} | {"P401"}
    assert {"P201", "P202", "S403"} <= awake_or_not
    assert not {"P203", "S401", "S402", "A201"} & awake_or_not
    assert thin(rules={"P203": {"severity": "error"}}).severity["P203", ("team:a",)] == "error"
    assert ("P203", ("team:a",)) not in thin(rules={"P203": {"min_size": 1}}).findings


def test_a_rule_sleeps_for_the_first_thing_missing() -> None:
    asleep = dict(thin().asleep)
    assert asleep["P105"] == "areas"
    assert asleep["P204"] == "headcount"
    assert asleep["C204"] == "function skills"
    assert asleep["P403"] == "handoffs"
    assert dict(thin(area=[{"id": "x"}]).asleep)["P105"] == "headcount"
    assert dict(thin(goal=[{"id": "g"}]).asleep)["P402"] == "divisions"
    assert "A201" not in dict(naive_check(document(team=[team("m")]), plan=True).asleep)


def test_metrics_have_nothing_to_say_of_nothing() -> None:
    metrics = naive_check(document(team=[team("m")])).metrics
    nulls = [key for key, value in metrics.items() if value is None]
    spans = ["span_min", "span_median", "span_max"]
    assert nulls == [*spans, "team_size_median", "borders", "shared_goal_share", "knowledge_link_share"]
    assert (metrics["layers"], metrics["pairs"]) == (0, 0)


def test_pay_counts_open_seats_below_and_nothing_for_who_is_missing() -> None:
    people = [seat("p", "a"), seat("v", "b", state="vacant"), seat("c", "b", state="closed"), seat("n", "b")]
    teams = [team("m", pay_budget=30), team("a", "m", pay_budget=29), team("b", "a")]
    result = naive_check(document(team=teams, person=people), pay={"p": 10, "v": 20, "c": 99})
    assert [subject for code, subject in result.findings if code == "S401"] == [("team:a",)]
    assert result.metrics["pay"] == 30
