"""What a head would find odd about a plan, and how its changes become steps that can be read."""

from typing import Any

import pytest

from orgtui.advice.search.choice import chosen, is_worth_it, recommended
from orgtui.advice.search.kinship import Kinship
from orgtui.advice.search.limits import Limits
from orgtui.advice.search.moves import Moves
from orgtui.advice.search.plans import Cost, Suggestion
from orgtui.advice.search.present import presented
from orgtui.advice.search.sense import in_order, oddity
from orgtui.advice.search.settle import settled
from orgtui.advice.search.titles import name_of, title_of, told_apart
from orgtui.changes.base import Change
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.links import AddShare, SetLiaison
from orgtui.changes.operations.seats import SetLearning
from orgtui.changes.operations.teams import DissolveTeam, MergeTeams, MoveTeam, SetLead, SetReview, SplitTeam
from orgtui.locales import translate
from orgtui.model.sentence import sentence

from .test_parts import found_at, result_of, world_of
from .trying import sample


@pytest.mark.parametrize(
    ("change", "times"),
    [
        (MergeTeams("partners", "events"), 0),
        (MergeTeams("brand", "design"), 1),  # the bigger one ends
        (MergeTeams("partners", "web"), 1),  # of another area
        (MergeTeams("web", "partners"), 2),
        (MoveTeam("design", "brand"), 0),
        (MoveTeam("design", "sdr"), 1),
        (DissolveTeam("design", "marketing", "marketing", "marketing"), 1),  # to the head
        (MoveFunction("opportunity-mining", "sdr"), 0),
        (MoveFunction("seo", "content"), 1),  # away from its kind
        (MoveFunction("seo", "marketing"), 1),
        (SetLead("design", "wang-lei"), 1),  # who leads another area
        (SetLead("design", "li-na"), 0),
        (SetReview("web", "weekly"), 0),
    ],
)
def test_what_is_odd(change: Change, times: int) -> None:
    assert oddity(world_of(sample("startup_a")).view, change) == times


def test_links_of_teams_with_nothing_in_common_are_loose() -> None:
    view, kinship = world_of(sample("startup_a")).view, Kinship()
    assert kinship.is_loose(view, AddShare("team:design", "team:sdr", "copywriting"))
    assert not kinship.is_loose(view, AddShare("team:design", "team:brand", "copywriting"))
    assert not kinship.is_loose(view, MergeTeams("design", "sdr"))


def test_an_order_joins_only_kin_and_makes_what_others_need_first() -> None:
    world = world_of(sample("startup_a"))
    groups: list[list[Change]] = [[MoveFunction("social", "design")], [MergeTeams("content", "brand")]]
    backward = [[MergeTeams("brand", "design")], [MergeTeams("content", "brand")]]
    ordered = result_of(in_order(world.baseline, world.view, groups, Kinship()))
    assert ordered is not None
    assert ordered.places == [0, 1]
    assert result_of(in_order(world.baseline, world.view, backward, None)) is None
    stranger = [[MergeTeams("design", "sdr")]]
    assert result_of(in_order(world.baseline, world.view, stranger, Kinship())) is None
    freely = result_of(in_order(world.baseline, world.view, stranger, None))
    assert freely is not None
    assert "design" not in freely.after.teams
    assert "design" in world.baseline.teams


def test_the_bigger_team_stays() -> None:
    world = world_of(sample("startup_a"))
    found = result_of(settled(world, [MergeTeams("brand", "design")]))
    assert found.changes == (MergeTeams("design", "brand"),)


def test_somebody_who_needs_a_skill_learns_it() -> None:
    world = world_of(sample("startup_a"))
    view = world.view
    found = result_of(settled(world, [SetLearning("deng-jie", "marketing-automation", True)]))
    (change,) = found.changes
    needing = {view.function(each).team for each in view.index("needing", "marketing-automation")}
    assert view.person(change.person).team in needing


def plan_of(changes: list[Any]) -> Suggestion:
    world = world_of(sample("startup_a"))
    moves = Moves(world, Limits(), "all", bold=True)
    plan: Suggestion = result_of(presented(world, moves, changes, Cost()))
    return plan


def test_errors_come_first_then_agreements_then_moves_then_people() -> None:
    plan = plan_of(
        [
            SetLead("content", "tang-yi"),
            MergeTeams("partners", "events"),
            SetLearning("gao-peng", "marketing-automation", True),
            MoveFunction("opportunity-mining", "sdr"),
        ]
    )
    assert [each.changes[0].op for each in plan.steps] == [
        "move_function",
        "set_learning",
        "merge_teams",
        "set_lead",
    ]
    assert any(each.severity == "error" for each in plan.steps[0].resolved)


def test_an_agreement_that_mends_nothing_alone_goes_with_the_move_that_is_about_the_same() -> None:
    plan = plan_of([SetReview("events", "weekly"), MergeTeams("partners", "events")])
    (step,) = plan.steps
    assert [change.op for change in step.changes] == ["merge_teams", "set_review"]
    assert translate(step.title) == "Merge partners into events, and agree on 1"
    assert [translate(each) for each in step.along] == ["Review the results of events regularly"]


def test_learning_of_several_skills_is_one_step() -> None:
    plan = plan_of(
        [
            SetLearning("gao-peng", "marketing-automation", True),
            SetLearning("xu-lei", "copywriting", True),
        ]
    )
    assert translate(plan.steps[0].title) == (
        "Let people learn: gao-peng learns marketing-automation, xu-lei learns copywriting"
    )


def test_a_plan_of_one_move_is_called_after_it_but_never_after_people() -> None:
    said = [
        translate(name_of(changes))
        for changes in (
            [MergeTeams("a", "b"), SetReview("b", "weekly")],
            [SetLead("a", "li-na")],
            [SetReview("b", "weekly")],
        )
    ]
    assert said == ["Merge a into b, and agree on 1", "1 new lead", "Agree on 1"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (SetLead("seo", "luo-bin"), SetLead("seo", "gao-peng"), "Let gao-peng lead seo"),
        (SetLiaison("it", "web"), SetLiaison("it", "seo"), "Let seo speak to it for all"),
        (SplitTeam("a", "b", "B", ("seo",)), SplitTeam("a", "b", "B", ("sem",)), "Split sem off a"),
    ],
)
def test_a_step_is_called_by_its_last_change_where_one_replaces_another(
    first: Change, last: Change, said: str
) -> None:
    assert translate(title_of([first, last])) == said


def test_a_step_tells_how_many_people_come_along() -> None:
    alone, together = MoveFunction("seo", "brand"), MoveFunction("seo", "brand", ("gao-peng", "luo-bin"))
    said = [translate(title_of([change])) for change in (alone, together)]
    assert said == ["Move seo to brand", "Move seo to brand with 2 people"]


def test_names_that_say_the_same_are_told_apart_by_teams() -> None:
    name = sentence("2 merges")
    plans = [
        [MergeTeams("a", "b"), MergeTeams("c", "b")],
        [MergeTeams("a", "b"), MergeTeams("d", "b")],
        [MergeTeams("e", "f")],
    ]
    names = told_apart([name, name, sentence("Merge e into f")], plans)
    assert [translate(each) for each in names] == ["2 merges: c", "2 merges: d", "Merge e into f"]


def test_odd_plans_are_recommended_only_if_they_bring_more_than_a_stranger_costs() -> None:
    odd, sound = found_at(10, 1, 1, odd=1), found_at(15, 1, 1)
    assert recommended([odd, sound], 1.0) is sound
    assert recommended([odd, found_at(17, 1, 1)], 1.0) is odd


def test_among_few_plans_none_is_only_shorter_or_places_all_alike() -> None:
    where = [("team", "web", None)]
    best, cheapest = found_at(5, 4, 9, where), found_at(30, 0, 8)
    shorter, like = found_at(40, 1, 1, [("team", "b", None)]), found_at(7, 3, 7, where)
    front = [best, like, cheapest, shorter]
    assert chosen(front, 3, 1.0) == [best, cheapest]
    assert chosen(front, 4, 1.0) == front, "no more than that"
    assert chosen(front, 50, 1.0) == front


@pytest.mark.parametrize(("times", "is_shown"), [(1, True), (3, True), (4, False)])
def test_among_few_plans_an_odd_one_is_shown_if_it_brings_more_than_strangers_cost(
    times: int, is_shown: bool
) -> None:
    best, cheapest = found_at(5, 4, 9, [("team", "web", None)]), found_at(30, 0, 8)
    shorter = found_at(40, 1, 1, [("team", "b", None)])
    odd = found_at(9, 2, 6, [("team", "c", None)], odd=times)
    assert (odd in chosen([best, odd, cheapest, shorter], 3, 1.0)) is is_shown


def test_of_equal_plans_the_least_odd_is_shown() -> None:
    odd, sound = found_at(9, 2, 6, odd=1), found_at(9, 2, 6)
    assert chosen([odd, sound], 5, 1.0) == [sound]
    assert chosen([odd, found_at(10, 2, 6)], 5, 1.0) == [odd], "what is beaten is never shown"


def test_a_plan_is_worth_it_if_it_brings_more_than_it_asks_of_people() -> None:
    plan = Suggestion("p1", sentence("x"), 4, 0, 0, 4, Cost(changes=1, touched=4), (), ())
    assert not is_worth_it(plan, 8, 1.0)
    assert is_worth_it(plan, 9, 1.0)
    assert is_worth_it(plan, 5, 0.0)
