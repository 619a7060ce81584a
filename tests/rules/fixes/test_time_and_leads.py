"""What is offered where people lack time, work or a lead of their own: all of it mends, none is refused."""

from __future__ import annotations

import pytest

from orgtui.advice.fixes import fixes_for
from orgtui.changes.base import Change
from orgtui.changes.operations.seats import Assign, MovePerson, Unassign
from orgtui.changes.operations.teams import DissolveTeam, MergeTeams, SetLead
from orgtui.locales import translate
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.rules.assessment import Assessment
from orgtui.rules.registry import catalogue
from tests.rules.building import function, seat, seats, teams
from tests.rules.organizations import TODAY, built

HINT: tuple[Change, ...] = ()


def mended(code: str, *records: Record, **parameters: dict[str, object]) -> list[tuple[Change, ...]]:
    """The changes of each fix offered for the first finding of a rule: all that its fixers propose."""
    assessment = Assessment(built(*records, **parameters), TODAY)
    assessment.evaluate_pending()
    finding = next(
        each.finding for _, each in sorted(assessment.reported.items()) if each.finding.code == code
    )
    proposed = [fix for fixer in catalogue()[code].fixers for fix in fixer(assessment.view, finding)]
    offered = fixes_for(assessment, finding)
    assert {fix.changes for fix in proposed} == {fix.changes for fix in offered}
    assert all("{" not in translate(fix.title) for fix in offered)
    return [fix.changes for fix in proposed]


# -- time --------------------------------------------------------------------------------------------


def test_s202_some_take_it_together_also_from_work_with_time_to_spare() -> None:
    work = [
        function("mining", skills={"calls": 3, "deals": 2}, fte_needed=1.0),
        function("sdr", skills={"calls": 2}, fte_needed=2.0),
    ]
    able = {"calls": 3, "deals": 2}
    people = [
        seat("chief", functions={"sdr": 40}, skills=able),
        seat("han", functions={"sdr": 100}, skills={"calls": 2}),
        seat("ouyang", functions={"sdr": 100}, skills=able),
    ]
    root = r.Team("marketing", "Marketing", None, "chief")
    together = (Assign("ouyang", "sdr", 60), Assign("ouyang", "mining", 40), Assign("chief", "mining", 40))
    assert together in mended("S202", root, *work, *people)


def test_s202_work_that_gets_no_more_than_it_needs_is_left_alone() -> None:
    work = [function("mining"), function("sdr", fte_needed=2.0)]
    people = [seat(name, functions={"sdr": 100}) for name in ("han", "ouyang")]
    assert mended("S202", *work, *people) == [HINT]


def test_s203_takes_what_lacks_most_time_and_the_person_can_judge() -> None:
    work = [
        function("seo", "web", skills={"seo": 3}, fte_needed=1.0),
        function("sem", "web", skills={"bids": 3}, fte_needed=3.0),
        function("site", "web", fte_needed=2.0),
        function("press", "pr", fte_needed=5.0),
    ]
    busy = seat("busy", "web", functions={"seo": 40, "site": 60})
    idle = seat("idle", "web", skills={"seo": 2})
    fixes = mended("S203", *teams("web", "pr", lead="busy"), *work, busy, idle)
    assert fixes == [(Assign("idle", "seo", 60),), (Assign("idle", "site", 100),), HINT]


def test_s203_without_work_that_lacks_time_is_for_people_to_write_down() -> None:
    assert mended("S203", function("seo"), seat("li", functions={"seo": 100}), seat("wu")) == [HINT]


def test_s206_who_does_that_work_already_takes_a_small_share_over() -> None:
    people = [
        seat("li", functions={"seo": 80, "sem": 10}),
        seat("wu", functions={"sem": 50}),
        seat("xu", functions={"seo": 20}),
        seat("full", functions={"sem": 100}),
    ]
    fixes = mended("S206", function("seo"), function("sem"), *people)
    assert fixes[0] == (Assign("wu", "sem", 60), Unassign("li", "sem"))
    assert fixes[-1] == (Assign("li", "sem", 20),)


def test_s206_a_small_share_is_left_to_others_where_the_work_does_not_need_it() -> None:
    def people(share: int) -> list[Record]:
        return [seat("li", functions={"seo": 90, "sem": 10}), seat("wu", functions={"sem": share})]

    freed = [(Unassign("li", "sem"),)]
    assert mended("S206", function("seo"), function("sem"), *people(100)) == freed
    assert mended("S206", function("seo"), function("sem", fte_needed=1.0), *people(100)) == freed
    assert mended("S206", function("seo"), function("sem", fte_needed=1.1), *people(100)) == []


def test_s206_what_is_given_to_too_many_teams_goes_where_least_is_given_and_not_from_home() -> None:
    names = ["a", "b", "c"]
    work = [function(f"do-{name}", name) for name in names]
    li = seat("li", "a", functions={"do-a": 20, "do-b": 30, "do-c": 40})
    fixes = mended("S206", *teams(*names), *work, li, seat("wu", "b", functions={"do-b": 40}))
    assert fixes == [(Assign("wu", "do-b", 70), Unassign("li", "do-b"))]


def test_s403_one_with_room_gives_what_is_needed_or_some_do_together() -> None:
    work = function("seo", fte_needed=2.0)
    one = [seat("li", functions={"seo": 100}), seat("wu", functions={"seo": 20})]
    assert mended("S403", work, *one) == [(Assign("wu", "seo", 100),)]
    some = [seat("li", functions={"seo": 70}), seat("wu", functions={"seo": 40}, fte=60), seat("xu", fte=30)]
    assert mended("S403", work, *some) == [
        (Assign("li", "seo", 100), Assign("wu", "seo", 60), Assign("xu", "seo", 30))
    ]


def test_s403_who_leads_keeps_a_day_for_that() -> None:
    root = r.Team("marketing", "Marketing", None, "li")
    li = seat("li", functions={"seo": 50})
    assert mended("S403", root, function("seo", fte_needed=1.0), li) == [(Assign("li", "seo", 80),)]
    assert mended("S403", root, function("seo", fte_needed=1.1), li) == [HINT]


def test_p307_the_breakthrough_gets_the_rest_of_a_week() -> None:
    work = function("auto", breakthrough=True)
    assert mended("P307", work, seat("li", functions={"auto": 50})) == [(Assign("li", "auto", 100),)]
    assert mended("P307", work, seat("li", functions={"auto": 50}, fte=50)) == [HINT]


# -- leads -------------------------------------------------------------------------------------------


def test_s303_joins_the_sibling_with_like_work_and_the_larger_stays() -> None:
    work = [
        function("seo", "a", skills={"seo": 3}),
        function("site", "b", skills={"seo": 1}),
        function("press", "c", skills={"writing": 3}),
    ]
    line = [*teams("a", lead="li"), *teams("b", "c")]
    people = [seat("li", "a"), seat("wu", "a"), *seats("b", 3), *seats("c", 4)]
    assert mended("S303", *line, *work, *people) == [(MergeTeams("a", "b"),), (dissolved("a"),)]
    smaller = [*people[:2], *seats("b", 1)]
    assert mended("S303", *line, *work, *smaller)[0] == (MergeTeams("b", "a"),)


def dissolved(team: str) -> DissolveTeam:
    return DissolveTeam(team, "marketing", "marketing", "marketing")


def test_s303_becomes_part_of_the_team_above_only_with_something_in_common() -> None:
    def fixes(area: str) -> list[tuple[Change, ...]]:
        areas = [r.Area(each, each.title()) for each in ("brand", "growth")]
        line = [*teams("a"), *teams("b", parent="a", lead="li")]
        work = [function("seo", "a", area="growth"), function("sem", "b", area=area)]
        return mended("S303", *areas, *line, *work, seat("li", "b"), seat("wu", "b"), *seats("a", 3))

    assert fixes("growth") == [(MergeTeams("b", "a"),)]
    assert fixes("brand") == []


def test_s304_takes_out_the_narrowest_layer_or_the_lowest() -> None:
    root = r.Team("marketing", "Marketing", None, "chen")
    line = [*teams("a", lead="li"), *teams("b", parent="a", lead="wu"), *teams("c", parent="b", lead="xu")]
    people = [seat("chen"), seat("li", "a"), seat("wu", "b"), seat("xu", "c"), *seats("c", 3), *seats("a", 2)]
    fixes = mended("S304", root, *line, *people, S304={"max": 4})
    assert fixes == [(MergeTeams("b", "a"),), (MergeTeams("c", "b"),), HINT]
    assert mended("S304", root, *line, *people, S304={"max": 3}) == [HINT]


def test_s305_a_member_leads_or_the_lead_moves_in() -> None:
    line = [*teams("a", lead="li"), *teams("b")]
    work = function("seo", "a", skills={"seo": 3})
    people = [seat("li", "b"), seat("wu", "a"), seat("xu", "a", skills={"seo": 3})]
    assert mended("S305", *line, work, *people) == [
        (SetLead("a", "xu"),),
        (SetLead("a", "wu"),),
        (MovePerson("li", "a"),),
    ]
    both = [*teams("a", "b", lead="li")]
    assert (MovePerson("li", "a"),) not in mended("S305", *both, work, *people)


def test_s306_the_lead_keeps_home_and_the_best_member_leads_the_other() -> None:
    line = teams("a", "b", lead="li")
    work = [function("seo", "a", skills={"seo": 3}), function("press", "b", skills={"writing": 3})]
    people = [seat("li", "a"), seat("ma", "a"), seat("wu", "b"), seat("xu", "b", skills={"writing": 3})]
    assert mended("S306", *line, *work, *people) == [(SetLead("b", "xu"),), (SetLead("a", "ma"),)]


def test_s306_teams_with_like_work_become_one() -> None:
    line = teams("a", "b", lead="li")
    work = [function("seo", "a", skills={"seo": 3}), function("sem", "b", skills={"seo": 1})]
    assert mended("S306", *line, *work, seat("li", "a")) == [(MergeTeams("b", "a"),)]


@pytest.mark.parametrize("number", [4, 5])
def test_s306_more_teams_than_one_decides_at_once_are_left_to_people(number: int) -> None:
    names = [f"t{n}" for n in range(number)]
    people = [seat("li", "t0"), *(seat(f"in-{name}", name) for name in names[1:])]
    fixes = mended("S306", *teams(*names, lead="li"), *people)
    assert fixes == ([tuple(SetLead(name, f"in-{name}") for name in names[1:])] if number == 4 else [])
