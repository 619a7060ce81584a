"""The parts of the search: the world, the archive, what is chosen, words and waves of plans."""

import random
from typing import Any

import pytest

from orgtui.advice.search.archive import Archive, Found
from orgtui.advice.search.choice import chosen, recommended
from orgtui.advice.search.costs import cost_of
from orgtui.advice.search.limits import Limits
from orgtui.advice.search.moves import OPERATIONS, Moves
from orgtui.advice.search.plans import Cost, Options
from orgtui.advice.search.present import presented
from orgtui.advice.search.settle import settled
from orgtui.advice.search.titles import WORDINGS, name_of
from orgtui.advice.search.world import Touched, World
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.teams import MergeTeams, SetReview
from orgtui.files.organization_file import dump_organization
from orgtui.locales import translate
from tests.organizations import small_organization
from tests.support import random_organization

from .trying import made, penalty_of, report, sample, searched, touched_between


def world_of(organization: Any, **options: Any) -> Any:
    return World(organization, organization.profile.as_of, Options(**options))


def result_of(generator: Any) -> Any:
    """What a generator returns, after everything it yields."""
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return end.value


@pytest.mark.parametrize("seed", [1, 4, 9])
def test_a_world_answers_what_a_check_from_scratch_says(seed: Any) -> None:
    organization = random_organization(seed)
    world, rng = world_of(organization), random.Random(seed)
    moves = Moves(world, Limits(), "all", bold=True)
    for _ in range(4):
        every = list(moves.every(world.view))
        rng.shuffle(every)
        for move in every[:12]:
            answer = world.ask(move.changes)
            if answer is not None:
                after = made(world.organization, move.changes)
                found = report(after)
                assert (answer.penalty, answer.touched) == (
                    penalty_of(found),
                    touched_between(organization, after),
                )
                assert answer.sleeps == bool(found.asleep.keys() - report(organization).asleep.keys())
        world.make(next(move for move in every if world.ask(move.changes) is not None).changes)
        assert world.answer == world.weigh(world.changes)
    world.take_back()
    assert dump_organization(world.organization) == dump_organization(organization)
    assert world.penalty == penalty_of(report(organization))
    assert world.touched.people == 0


def test_settling_leaves_out_detours_and_what_gains_nothing() -> None:
    world = world_of(sample("startup_a"))
    useful = MergeTeams("partners", "events")
    detour = (MoveFunction("seo", "brand"), MoveFunction("seo", "web"))
    found = result_of(settled(world, [detour[0], useful, detour[1], SetReview("web", "weekly")]))
    assert found is not None
    assert found.changes == (useful,)
    assert found.answer.penalty == penalty_of(report(found.after))
    assert world.changes == (useful,)


def test_settling_leaves_nothing_of_a_plan_that_gains_nothing() -> None:
    assert result_of(settled(world_of(sample("startup_a")), [SetReview("web", "weekly")])) is None


def test_costs_are_net() -> None:
    before = small_organization()
    change = MergeTeams("growth", "brand")
    touched = Touched(frozenset(["bo"]), frozenset(["bo"]))
    cost = cost_of(before, made(before, [change]), [change], touched)
    assert cost == Cost(changes=1, touched=1, moved=1, new_manager=1, teams_closed=1)


def found_at(penalty: int, touched: int, changes: int, placed: Any = (), odd: int = 0) -> Found:
    return Found(penalty, touched, (SetReview("web", "weekly"),) * changes, Cost(), frozenset(placed), odd)


def test_an_archive_keeps_only_what_nothing_beats() -> None:
    archive = Archive()
    assert archive.add(found_at(10, 5, 3))
    assert not archive.add(found_at(10, 5, 3))
    assert not archive.add(found_at(11, 5, 3))
    assert archive.add(found_at(11, 0, 3))
    assert archive.add(found_at(9, 0, 3))
    assert [each.point for each in archive] == [(9, 0, 3)]


def test_the_recommended_the_cheapest_and_the_best_are_shown_then_those_that_differ() -> None:
    best, cheap, middle = found_at(0, 30, 9), found_at(40, 0, 2), found_at(10, 4, 4)
    like = found_at(11, 3, 4, [("team", "web", None)])
    other = found_at(20, 2, 3, [("team", each, None) for each in "abcd"])
    front = [best, middle, like, other, cheap]
    assert recommended(front, 1.0) is middle
    assert recommended(front, 0.0) is best
    assert chosen(front, 3, 1.0) == [best, middle, cheap]
    assert chosen(front, 4, 1.0) == [best, middle, other, cheap]
    assert chosen(front, 1, 1.0) == [middle]
    assert chosen([], 5, 1.0) == []


def test_every_operation_of_a_search_has_words() -> None:
    assert WORDINGS.keys() == OPERATIONS["all"]
    structural = {op for op, wording in WORDINGS.items() if wording.noun is not None}
    assert structural == OPERATIONS["structure"]


def test_a_plan_is_called_after_what_it_does() -> None:
    changes = [MergeTeams("a", "b"), MergeTeams("c", "b"), SetReview("b", "weekly")]
    assert translate(name_of(changes)) == "2 merges, and agree on 1"


def test_what_belongs_together_is_one_step_and_shocks_are_waves() -> None:
    organization = sample("startup_a")
    changes = [
        MergeTeams("partners", "events"),
        SetReview("web", "weekly"),
        MergeTeams("content", "brand"),
        MergeTeams("regional", "events"),
        MergeTeams("sdr", "web"),
    ]
    world = world_of(organization)
    plan = result_of(presented(world, Moves(world, Limits(), "all", bold=True), changes, Cost()))
    said = [(translate(step.title), step.wave) for step in plan.steps]
    assert said[0] == ("One team for field: merge partners, regional into events", 1)
    assert {title for title, _ in said[1:]} == {
        "Merge content into brand",
        "Merge sdr into web, and agree on 1",
    }
    review = next(step for step in plan.steps if step.along)
    assert [translate(each) for each in review.along] == ["Review the results of web regularly"]
    assert max(wave for _, wave in said) > 1
    assert plan.penalty == penalty_of(report(made(organization, plan.changes)))
    assert not world.path


def test_plans_just_outside_the_limits_are_told_in_steps_too() -> None:
    """Of this one the steps can only be made in their order."""
    last = searched(random_organization(21), Limits(most_changes=2, most_touched=1), asks=350, plans=50)
    assert last.outside is not None
    assert last.outside.plan.steps
