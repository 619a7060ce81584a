"""The size of a finding: rounding, and how a change of it is told."""

from __future__ import annotations

import pytest

from orgtui.changes.operations.seats import MovePerson
from orgtui.engine.rule import evaluate
from orgtui.model import records as r
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment, Difference
from orgtui.rules.inputs import CHANGE_SHOCK, Wave, Waves
from orgtui.rules.policy import options_for
from orgtui.rules.registry import catalogue
from tests.rules.building import function, seat, seats, teams
from tests.rules.organizations import TODAY, built, findings


def size(code: str, organization: Organization) -> int:
    [found] = findings(organization, [code])
    return found.size


@pytest.mark.parametrize(("share", "expected"), [(101, 1), (110, 1), (111, 2), (150, 5)])
def test_what_is_too_much_of_a_week_is_counted_in_tenths_rounded_up(share: int, expected: int) -> None:
    shares = {"seo": 100, "sem": share - 100}
    person = seat("li", functions=shares)
    assert size("S205", built(function("seo"), function("sem"), person)) == expected


@pytest.mark.parametrize(("share", "expected"), [(79, 1), (70, 1), (69, 2), (1, 8)])
def test_what_is_missing_of_the_least_is_counted_in_tenths_rounded_up(share: int, expected: int) -> None:
    organization = built(function("seo", fte_needed=1.0), seat("li", functions={"seo": share}))
    assert size("S403", organization) == expected


@pytest.mark.parametrize(("share", "expected"), [(99, 1), (90, 1), (89, 2)])
def test_what_a_breakthrough_lacks_is_counted_in_tenths_rounded_up(share: int, expected: int) -> None:
    organization = built(function("auto", breakthrough=True), seat("li", functions={"auto": share}))
    assert size("P307", organization) == expected


@pytest.mark.parametrize(("new_manager", "expected"), [(4, 1), (5, 2), (10, 7)])
def test_people_beyond_the_share_of_a_wave_are_counted_rounded_up(new_manager: int, expected: int) -> None:
    organization = built()
    options = options_for(organization.rules, waves=Waves({1: Wave(10, new_manager)}))
    [found], _ = evaluate(organization, [catalogue()[CHANGE_SHOCK].rule], TODAY, options)
    assert found.size == expected


def test_a_share_of_people_that_is_no_whole_number_is_rounded_up() -> None:
    options = options_for(built().rules, waves=Waves({1: Wave(11, 4)}))
    [found], _ = evaluate(built(), [catalogue()[CHANGE_SHOCK].rule], TODAY, options)
    assert found.size == 1


def test_the_size_of_a_sliver_alone_is_one() -> None:
    work = [function(name) for name in ("seo", "sem")]
    assert size("S206", built(*work, seat("li", functions={"seo": 10, "sem": 10}))) == 1


@pytest.mark.parametrize(("number", "expected"), [(3, 1), (5, 3)])
def test_focus_teams_beyond_the_limit_are_counted(number: int, expected: int) -> None:
    focus = [r.Team(f"team-{n}", "Team", "marketing", focus=r.Focus(f"f-{n}")) for n in range(number)]
    assert size("P303", built(*focus)) == expected


def test_a_finding_that_shrinks_is_a_difference_before_and_when_it_is_made() -> None:
    assessment = Assessment(built(*teams("web", "brand"), *seats("web", 12)), TODAY)
    sets = MovePerson("web-0", "brand").compile(assessment.organization)

    def sizes_of_p207(difference: Difference) -> list[tuple[int, int]]:
        return [
            (old.finding.size, new.finding.size)
            for old, new in difference.pairs
            if old is not None and new is not None and new.finding.code == "P207"
        ]

    previewed = assessment.preview(sets, lambda view: None)
    assert sizes_of_p207(previewed.difference) == sizes_of_p207(assessment.update(sets)) == [(3, 2)]
    assert not any(each.finding.code == "P207" for each in previewed.difference.resolved)
