"""Places are weighed as what-if weighs them, one at a time, and ranked from best to worst."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise

import pytest

from orgtui.advice.fit import POINTS
from orgtui.advice.places import Place, Places
from orgtui.changes.base import Change, Refused
from orgtui.changes.compile import compile_all
from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import MoveTeam
from orgtui.engine.view import PlainView
from orgtui.files.organization_file import load_organization
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Assessment
from orgtui.rules.facts.reporting import manager
from orgtui.rules.registry import known_rules
from tests.organizations import TODAY
from tests.support import STARTUP, random_organization

CAO_YU = (Ref.to("person", "cao-yu"),)


class Carried:
    """A person to be moved, and the teams that were asked about."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.asked: list[str] = []

    def __call__(self, team: str) -> Sequence[Change]:
        self.asked.append(team)
        return [MovePerson(self.person, team)]


@pytest.fixture
def startup() -> Assessment:
    organization = load_organization(STARTUP, known_rules())
    assessment = Assessment(organization, organization.profile.as_of)
    assessment.evaluate_pending()
    return assessment


def test_places_are_weighed_one_at_a_time_and_once(startup: Assessment) -> None:
    carried = Carried("cao-yu")
    places = Places(startup, carried, startup.organization.teams, CAO_YU)
    assert [place.team for place in islice(places.weigh(["web", "design", "sdr"]), 2)] == ["web", "design"]
    assert carried.asked == ["web", "design"]
    assert next(places.weigh(["design"])) == places.known["design"]
    assert carried.asked == ["web", "design"]
    rest = [place.team for place in places.weigh_rest()]
    assert sorted(rest) == sorted(set(startup.organization.teams) - {"web", "design"})
    assert len(carried.asked) == len(startup.organization.teams)
    assert list(places.weigh_rest()) == []


def test_where_it_cannot_go_is_said_and_not_ranked(startup: Assessment) -> None:
    places = Places(startup, Carried("cao-yu"), startup.organization.teams, CAO_YU)
    refused = [place.team for place in places.weigh_rest() if place.refusal is not None]
    assert refused == ["events"]
    assert sorted(places.ranked) == sorted(set(startup.organization.teams) - {"events"})


def test_the_ranking_is_walked_from_best_to_worst_and_back(startup: Assessment) -> None:
    places = Places(startup, Carried("cao-yu"), startup.organization.teams, CAO_YU)
    assert places.next_best("events") is None
    for _ in places.weigh_rest():
        pass
    walked = [best := places.next_best("events")]
    while (best := places.next_best(best)) is not None:
        walked.append(best)
    assert walked == places.ranked
    back = [worst := walked[-1]]
    while (worst := places.previous_best(worst)) is not None:
        back.append(worst)
    assert back == walked[::-1]
    assert places.previous_best("events") is None


def test_equal_places_stand_by_name(startup: Assessment) -> None:
    places = Places(startup, Carried("cao-yu"), startup.organization.teams, CAO_YU)
    weighed = {place.team: place for place in places.weigh_rest()}
    keys = [rank(weighed[team]) for team in places.ranked]
    assert keys == sorted(keys)
    neighbours = list(pairwise(places.ranked))
    tied = [pair for pair, (first, second) in zip(neighbours, pairwise(keys), strict=True) if first == second]
    assert tied
    names = startup.organization.teams
    assert all(names[one].name < names[other].name for one, other in tied)


@pytest.mark.parametrize("seed", range(12))
def test_places_weigh_what_a_drop_there_would_do(seed: int) -> None:
    organization = random_organization(seed)
    before = organization.copy()
    assessment = Assessment(organization, organization.profile.as_of)
    assessment.evaluate_pending()
    team = max(organization.teams, key=lambda each: (organization.teams[each].parent is not None, each))
    places = Places(assessment, lambda to: [MoveTeam(team, to)], organization.teams, [Ref.to("team", team)])
    for place in places.weigh_rest():
        change = MoveTeam(team, place.team)
        if place.refusal is not None:
            with pytest.raises(Refused) as refused:
                change.compile(organization)
            assert refused.value.sentence == place.refusal
            continue
        sets = compile_all(organization, [change])
        difference = assessment.preview(sets, lambda view: None).difference
        assert place.balance == difference.balance
        assert place.difference == difference
        assert place.score == place.balance + POINTS[place.fit]
        assert place.new_managers == counted_managers(organization, sets)
    for _ in places.complete_rest():
        pass
    for place in places.known.values():
        if place.refusal is None:
            sets = compile_all(organization, [MoveTeam(team, place.team)])
            complete = assessment.preview(sets, lambda view: None, graph_lane=True).difference
            assert place.balance == complete.balance
    keys = [rank(places.known[each]) for each in places.ranked]
    assert keys == sorted(keys)
    assert organization == before


def rank(place: Place) -> tuple[int, int, int]:
    return -place.score, place.new_managers, -place.kin


def counted_managers(organization: Organization, sets: Sequence[Set]) -> int:
    """How many people get a new manager, counted over everybody."""
    there = organization.copy()
    for each in sets:
        there.apply(each)
    old, new = PlainView(organization, TODAY, {}), PlainView(there, TODAY, {})
    return sum(
        manager(old, seat.id) != manager(new, seat.id)
        for seat in there.people.values()
        if seat.state == "filled" and organization.people[seat.id].state == "filled"
    )
