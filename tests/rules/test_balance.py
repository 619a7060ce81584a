"""What a step weighs: sizes count, and nothing is gained by silence."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.changes.base import Change
from orgtui.changes.compile import compile_all
from orgtui.changes.parse import parse_change
from orgtui.changes.refusal import Refused
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.model.store import Organization, sets_between
from orgtui.rules.assessment import Assessment, Difference, ReportedFinding
from orgtui.rules.inputs import CHANGE_SHOCK, Wave, Waves
from orgtui.rules.registry import catalogue
from tests.rules.building import YESTERDAY, function, seat, seats, teams
from tests.rules.organizations import TODAY, built
from tests.support import random_organization

# -- every rule with a size ------------------------------------------------------------------------


def _stage_in_divisions(n: int) -> Organization:
    names = [f"t{each}" for each in range(4 + n)]
    return built(r.Stage("a", "A"), *teams(*names), *(function(f"f-{t}", t, stages=("a",)) for t in names))


def _area_in_divisions(n: int) -> Organization:
    names = [f"t{each}" for each in range(1 + n)]
    work = (function(f"f-{team}", team, area="growth") for team in names)
    return built(r.Area("growth", "Growth"), *teams(*names), *work, P105={"min_headcount": 0})


def _areas_in_division(n: int) -> Organization:
    areas = [r.Area(f"a{each}", "Area") for each in range(2 + n)]
    work = (function(f"f-{each.id}", "web", area=each.id) for each in areas)
    return built(*areas, *teams("web"), *work, P106={"min_headcount": 0})


def _relay(n: int) -> Organization:
    places = range(4 + n)
    stages = [r.Stage(f"s{each}", "Stage") for each in places]
    work = [function(f"f{each}", f"t{each}", stages=(f"s{each}",)) for each in places]
    passed = [r.Handoff(f"f{each}", f"f{each + 1}") for each in places[:-1]]
    return built(*stages, *teams(*(f"t{each}" for each in places)), *work, *passed)


def _hub(n: int) -> Organization:
    names = [f"t{each}" for each in range(5 + n)]
    work = [function(f"f-{team}", team) for team in names]
    given = [r.Handoff("hub", each.id) for each in work]
    return built(*teams("center", *names), function("hub", "center"), *work, *given)


def _requests(n: int) -> Organization:
    names = [f"t{each}" for each in range(2 + n)]
    asked = [r.Request(team, "product", f"topic {team}") for team in names]
    return built(r.Department("product", "Product"), *teams(*names), *asked)


def _reports(number: int, **parameters: Any) -> Organization:
    team = r.Team("web", "Web", "marketing", lead="boss")
    return built(team, seat("boss", "web"), *seats("web", number), **parameters)


def _layers(n: int) -> Organization:
    chain: list[Record] = []
    above = "marketing"
    for depth in range(2 + n):
        chain += [r.Team(f"t{depth}", "Team", above, lead=f"p{depth}"), seat(f"p{depth}", f"t{depth}")]
        above = f"t{depth}"
    return built(*chain, S304={"max": 2})


def _groups(n: int) -> Organization:
    names = [f"t{each}" for each in range(4 + n)]
    return built(*teams(*names), *(each for team in names for each in seats(team, 2)))


def _fragments(n: int) -> Organization:
    names = [f"t{each}" for each in range(2 + n)]
    work = [function(f"f-{team}", team) for team in names]
    return built(*teams(*names), *work, seat("li", functions={each.id: 20 for each in work}))


def _focus_teams(n: int) -> Organization:
    return built(*(r.Team(f"t{each}", "T", "marketing", focus=r.Focus(f"f{each}")) for each in range(2 + n)))


def _goals(n: int) -> Organization:
    goals = [r.Goal(f"g{each}", "Goal") for each in range(5 + n)]
    return built(*goals, *teams("web", goals=tuple(each.id for each in goals)))


SIZED: dict[str, Callable[[int], Organization]] = {
    "P104": _stage_in_divisions,
    "P105": _area_in_divisions,
    "P106": _areas_in_division,
    "P108": _relay,
    "P203": lambda n: built(*teams("web"), *seats("web", 8 - n), P203={"min_size": 8}),
    "P205": lambda n: built(
        *teams("web"), *(function(f"f{each}", "web") for each in range(5 + n)), P205={"min_headcount": 0}
    ),
    "P207": lambda n: built(*teams("web"), *seats("web", 9 + n)),
    "P303": _focus_teams,
    "P307": lambda n: built(function("crm", breakthrough=True), seat("li", functions={"crm": 100 - 10 * n})),
    "P406": _goals,
    "C101": _groups,
    "C103": _hub,
    "C302": _requests,
    "S205": lambda n: built(
        function("seo"), function("sem"), seat("li", functions={"seo": 100, "sem": 10 * n})
    ),
    "S206": _fragments,
    "S302": lambda n: _reports(8 + n),
    "S303": lambda n: _reports(6 - n, S303={"min": 6}),
    "S304": _layers,
    "S403": lambda n: built(function("seo", fte_needed=1.0), seat("li", functions={"seo": 80 - 10 * n})),
}
"""By rule with a size, an organisation in which its one finding has that size."""


def test_no_rule_with_a_size_is_left_out() -> None:
    checks = {code: inspect.getsource(each.rule.check) for code, each in catalogue().items()}
    sized = {code for code, source in checks.items() if "sized_violation" in source}
    assert sized == SIZED.keys() | {CHANGE_SHOCK}


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("code", SIZED)
def test_one_unit_in_the_right_direction_is_progress(code: str, size: int) -> None:
    worse, better = SIZED[code](size + 1), SIZED[code](size)
    for here, there, expected in ((worse, better, 1), (better, worse, -1)):
        assessment = Assessment(here.copy(), TODAY, select=[code])
        assessment.evaluate_pending()
        difference = assessment.preview(sets_between(here, there), lambda _: None, graph_lane=True).difference
        assert difference.balance == expected
        assert not difference.resolved
        assert not difference.introduced
        [(old, new)] = difference.shrunk if expected > 0 else difference.grown
        assert abs(old.finding.size - new.finding.size) == 1


def test_fewer_new_managers_in_a_wave_are_progress() -> None:
    assessment = Assessment(built(), TODAY, waves=Waves({1: Wave(10, 6)}))
    assert assessment.update_waves(Waves({1: Wave(10, 5)})).balance == 1
    assert assessment.update_waves(Waves({1: Wave(10, 9)})).balance == -1


# -- successors ------------------------------------------------------------------------------------


def effect(code: str, organization: Organization, *changes: Mapping[str, object]) -> Difference:
    """What changes do to the findings of one rule; the same whether previewed or made."""
    assessment = Assessment(organization, TODAY, select=[code])
    assessment.evaluate_pending()
    sets = compile_all(organization, [parse_change(each) for each in changes])
    previewed = assessment.preview(sets, lambda _: None, graph_lane=True).difference
    assert said(assessment.update(sets)) == said(previewed)
    return previewed


def said(difference: Difference) -> tuple[object, ...]:
    return (
        names(difference.resolved),
        names(difference.introduced),
        names(difference.asleep),
        sorted((old.identity, new.identity) for old, new in difference.shrunk),
        sorted((old.identity, new.identity) for old, new in difference.grown),
        difference.balance,
    )


def names(findings: Sequence[ReportedFinding]) -> list[str]:
    return sorted(" ".join((each.finding.code, *each.finding.subjects)) for each in findings)


def merged(team: str, into: str) -> dict[str, object]:
    return {"op": "merge_teams", "team": team, "into": into}


def test_two_teams_that_are_too_big_are_no_better_as_one() -> None:
    organization = built(*teams("web", "brand"), *seats("web", 10), *seats("brand", 11))
    difference = effect("P207", organization, merged("web", "brand"))
    assert (difference.resolved, difference.introduced, difference.balance) == ([], [], -1)
    [(before, after)] = difference.grown
    assert (before.finding.size, after.finding.size) == (2, 12)


def test_what_a_successor_takes_over_is_compared_with_what_was_there() -> None:
    organization = built(*teams("web", "brand"), *seats("web", 10), *seats("brand", 4))
    difference = effect("P207", organization, merged("web", "brand"))
    assert (difference.resolved, difference.introduced, difference.balance) == ([], [], -1)
    [(before, after)] = difference.grown
    assert (before.finding.subjects, after.finding.subjects) == (("team:web",), ("team:brand",))


def test_two_teams_that_are_too_thin_are_better_as_one_and_mended_if_that_suffices() -> None:
    thin = built(*teams("web", "brand"), *seats("web", 1), *seats("brand", 1))
    assert effect("P203", thin, merged("web", "brand")).balance == 1
    enough = built(*teams("web", "brand"), *seats("web", 2), *seats("brand", 1))
    assert names(effect("P203", enough, merged("web", "brand")).resolved) == [
        "P203 team:brand",
        "P203 team:web",
    ]


@pytest.mark.parametrize("into", ["brand", "social"])
def test_a_team_that_is_emptied_passes_its_trouble_on(into: str) -> None:
    organization = built(*teams("web", "brand", "social"), *seats("web", 2), *seats("brand", 9))
    moves = [{"op": "move_person", "person": f"web-{n}", "to": into} for n in range(2)]
    difference = effect("S301", organization, *moves)
    assert (difference.resolved, difference.introduced, difference.balance) == ([], [], 0)


def test_a_dissolved_team_passes_its_trouble_on() -> None:
    goal = r.Goal("reach", "Reach", core=True)
    gone = {"op": "dissolve_team", "team": "web", "people_to": "brand"}
    organization = built(
        goal, *teams("web", "brand", "field"), *seats("web", 2), *seats("brand", 2), *seats("field", 1)
    )
    difference = effect("P402", organization, gone)
    assert (difference.resolved, difference.introduced, difference.balance) == ([], [], 0)


def test_a_span_that_goes_to_the_lead_of_the_successor_is_no_narrower() -> None:
    led = [r.Team(name, name, "marketing", lead=f"{name}-0") for name in ("web", "brand")]
    organization = built(*led, *seats("web", 11), *seats("brand", 11))
    difference = effect("S302", organization, merged("web", "brand"))
    assert (difference.resolved, difference.balance) == ([], -1)
    few = built(*led, *seats("web", 11), *seats("brand", 3))
    difference = effect("S302", few, merged("web", "brand"))
    assert (difference.resolved, difference.introduced, difference.balance) == ([], [], -1)


def test_a_loop_of_fewer_teams_is_the_same_loop() -> None:
    work = [function(f"f{each}", f"t{each}") for each in range(4)]
    passed = [r.Handoff(f"f{each}", f"f{(each + 1) % 4}") for each in range(4)]
    organization = built(*teams("t0", "t1", "t2", "t3"), *work, *passed)
    assessment = Assessment(organization, TODAY, select=["C102"])
    assessment.evaluate_pending()
    sets = compile_all(organization, [parse_change(merged("t0", "t1"))])
    difference = assessment.preview(sets, lambda _: None, graph_lane=True).difference
    assert (difference.resolved, difference.introduced, len(difference.lost)) == ([], [], 1)


def test_a_division_that_straddles_hands_that_on_to_the_division_it_goes_below() -> None:
    areas = [r.Area(f"a{each}", "Area") for each in range(3)]
    work = [function(f"f{each}", "web", area=f"a{each}") for each in range(3)]
    below = r.Team("copy", "Copy", "brand")
    organization = built(*areas, *teams("web", "brand"), below, *work, P106={"min_headcount": 0})
    difference = effect("P106", organization, merged("web", "copy"))
    assert (difference.resolved, difference.introduced, difference.balance) == ([], [], 0)


# -- silence ---------------------------------------------------------------------------------------


def test_what_a_rule_found_counts_as_there_when_it_falls_asleep() -> None:
    goal = r.Goal("reach", "Reach", core=True)
    organization = built(goal, *teams("web", "brand"), *seats("web", 3), *seats("brand", 3))
    difference = effect("P404", organization, merged("web", "brand"))
    assert (names(difference.asleep), difference.resolved, difference.balance) == (
        ["P404 goal:reach"],
        [],
        0,
    )
    assert difference.fell_asleep == {"P404"}


def test_a_rule_that_wakes_introduces_what_it_finds() -> None:
    organization = built(r.Goal("reach", "Reach", core=True), *teams("web", "brand"), *seats("web", 3))
    difference = effect("P404", organization, {"op": "move_person", "person": "web-0", "to": "brand"})
    assert (names(difference.introduced), difference.balance) == (["P404 goal:reach"], -9)


@pytest.mark.parametrize(("to", "balance"), [("marketing", 0), ("crm", 0), ("brand", 3)])
def test_an_area_is_no_more_whole_where_the_rule_does_not_look(to: str, balance: int) -> None:
    focus = r.Team("crm", "CRM", "marketing", focus=r.Focus("auto"))
    work = [function("seo", "web", area="growth"), function("sem", "brand", area="growth")]
    organization = built(
        r.Area("growth", "Growth"), focus, *teams("web", "brand"), *work, P105={"min_headcount": 0}
    )
    difference = effect("P105", organization, {"op": "move_function", "function": "seo", "to": to})
    assert difference.balance == balance


def test_nobody_learns_any_more_where_the_team_has_become_too_small_to_be_asked() -> None:
    organization = built(*teams("web", "brand"), *seats("web", 3))
    difference = effect("A301", organization, {"op": "move_person", "person": "web-0", "to": "brand"})
    assert (difference.resolved, difference.balance) == ([], 0)


def test_nothing_is_gained_by_accepting_or_by_removing_what_is_spoken_of() -> None:
    organization = built(*teams("web"), *seats("web", 2))
    accept = {"op": "accept", "code": "P203", "subjects": ["team:web"], "why": "For now"}
    assessment = Assessment(organization, TODAY, select=["P203"])
    sets = compile_all(organization, [parse_change(accept)], assessment.has_finding)
    difference = assessment.preview(sets, lambda _: None).difference
    assert (len(difference.accepted), difference.balance) == (1, 0)
    mission = r.Mission("fair", "Fair", until=YESTERDAY)
    difference = effect("A202", built(mission), {"op": "end_mission", "mission": "fair"})
    assert (names(difference.resolved), difference.balance) == (["A202 mission:fair"], 0)
    assert difference.crediting(("A202", ("mission:fair",))).balance == 3
    passed = built(*teams("web", "brand"), function("a", "web"), function("b", "brand"), r.Handoff("a", "b"))
    cut = {"op": "remove_handoff", "from": "a", "to": "b"}
    assert effect("P103", passed, cut).balance == 0


# -- steps together --------------------------------------------------------------------------------

KINDS = ("merge_teams", "move_function", "move_person", "dissolve_team", "move_team")


def random_changes(data: st.DataObject, organization: Organization) -> Iterator[Change]:
    """Some structural change, possible or not."""
    ids = {table: sorted(organization.tables[table]) for table in ("team", "function", "person")}
    team, other = data.draw(st.sampled_from(ids["team"])), data.draw(st.sampled_from(ids["team"]))
    written: dict[str, dict[str, object]] = {
        "merge_teams": {"team": team, "into": other},
        "move_team": {"team": team, "to": other},
        "dissolve_team": {"team": team, "people_to": other, "functions_to": other, "children_to": other},
    }
    for kind in ("function", "person"):
        if ids[kind]:
            written[f"move_{kind}"] = {kind: data.draw(st.sampled_from(ids[kind])), "to": other}
    op = data.draw(st.sampled_from([each for each in KINDS if each in written]))
    yield parse_change({"op": op, **written[op]})


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 400), st.data())
def test_steps_one_after_another_differ_as_one_step(seed: int, data: st.DataObject) -> None:
    organization = random_organization(seed)
    before = Assessment(organization.copy(), TODAY)
    assessment = Assessment(organization, TODAY)
    for each in (before, assessment):
        each.evaluate_pending()
    followed = Difference()
    for _ in range(3):
        try:
            sets = compile_all(organization, list(random_changes(data, organization)))
        except Refused:
            continue
        followed = followed.followed_by(assessment.update(sets)).followed_by(assessment.evaluate_pending())
    sets = sets_between(before.organization, organization)
    at_once = before.preview(sets, lambda _: None, graph_lane=True).difference
    for side in ("lost", "found", "asleep"):
        assert names(getattr(followed, side)) == names(getattr(at_once, side))
    assert (followed.fell_asleep, followed.woke) == (at_once.fell_asleep, at_once.woke)
    assert assessment.since(before).penalty == at_once.penalty == followed.penalty
    assert said(assessment.since(before)) == said(at_once) == said(assessment.judge(followed, sets))
