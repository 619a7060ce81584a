"""The laws of the search, on samples and random organisations."""

import os
import subprocess
import sys
from itertools import combinations
from typing import Any

import pytest

from orgtui.advice.autofix import WITH_DECISIONS, apply_fixes
from orgtui.advice.search.limits import Limits
from orgtui.advice.search.moves import AGREEMENTS, OPERATIONS, STRUCTURE, Moves
from orgtui.advice.search.plans import Options
from orgtui.advice.search.search import search
from orgtui.advice.search.world import World
from orgtui.changes.operations.teams import MergeTeams
from orgtui.changes.parse import change_to_mapping
from orgtui.changes.refusal import Refused
from orgtui.files.organization_file import dump_organization
from orgtui.rules.assessment import Assessment
from tests.support import at_length, random_organization

from .trying import is_beaten, made, penalty_of, point_of, report, sample, searched, touched_between


@pytest.fixture(
    scope="module",
    params=[("startup_a", 800), ("scaleup", 800), (12, 300), *at_length(((8, 800),))],
    ids=lambda case: "{}, {} asks".format(*case),
)
def tried(request: Any) -> Any:
    """An organisation, and what was found for it with so many asks."""
    name, asks = request.param
    organization = sample(name) if isinstance(name, str) else random_organization(name)
    progress = searched(organization, asks=asks, plans=50)
    assert progress.plans
    return organization, progress


def test_a_plan_leads_to_what_it_says(tried: Any) -> None:
    organization, progress = tried
    before = report(organization)
    assert progress.before.penalty == penalty_of(before)
    for plan in progress.plans:
        after = made(organization, plan.changes)
        found = report(after)
        assert plan.penalty == penalty_of(found) < progress.before.penalty
        assert [each.identity for each in plan.left] == sorted(
            i for i, r in found.reported.items() if r.counts
        )
        for severity in ("error", "warning", "advice"):
            assert getattr(plan, severity) == found.count(severity)
        assert plan.cost.touched == touched_between(organization, after)
        assert plan.cost.changes == len(plan.changes)
        assert not found.asleep.keys() - before.asleep.keys()


def test_steps_add_up_to_the_plan(tried: Any) -> None:
    organization, progress = tried
    for plan in progress.plans:
        there, waves = organization, [step.wave for step in plan.steps]
        assert waves == sorted(waves)
        for step in plan.steps:
            before = {i for i, r in report(there).reported.items() if r.counts}
            there = made(there, step.changes)
            after = {i for i, r in report(there).reported.items() if r.counts}
            assert {each.identity for each in step.resolved} <= before - after
            assert {each.identity for each in step.introduced} <= after - before
            ops = {change.op for change in step.changes}
            assert ops <= STRUCTURE | AGREEMENTS
            assert bool(ops & STRUCTURE) == (step.kind == "structure")
            assert bool(step.along) == (step.kind == "structure" and bool(ops & AGREEMENTS))


def test_nothing_can_be_left_out_for_nothing(tried: Any) -> None:
    organization, progress = tried
    for plan in progress.plans[:2]:
        for number in (1, 2):
            for gone in list(combinations(plan.changes, number))[:: 1 if number == 1 else 22]:
                try:
                    after = made(organization, [change for change in plan.changes if change not in gone])
                except Refused:
                    continue
                found = report(after)
                better = penalty_of(found) <= plan.penalty
                cheaper = touched_between(organization, after) <= plan.cost.touched
                asleep = found.asleep.keys() - report(organization).asleep.keys()
                assert not (better and cheaper) or asleep


def test_plans_do_not_beat_one_another(tried: Any) -> None:
    _, progress = tried
    points = [point_of(plan) for plan in progress.plans]
    assert points == sorted(points)
    for point in points:
        assert not is_beaten(point, [other for other in points if other != point])
    assert progress.recommended in [plan.id for plan in progress.plans] or not points


def test_is_never_worse_than_the_fixes(tried: Any) -> None:
    organization, progress = tried
    assessment = Assessment(organization.copy(), organization.profile.as_of)
    changes = [change for each in apply_fixes(assessment, WITH_DECISIONS) for change in each.fix.changes]
    world = World(organization, organization.profile.as_of, Options())
    answer = world.weigh([change for change in changes if change.op in OPERATIONS["all"]])
    if not answer.sleeps and answer.penalty < progress.before.penalty:
        assert is_beaten((answer.penalty, answer.touched), [point_of(plan)[:2] for plan in progress.plans])


@pytest.mark.parametrize(("name", "asks"), [("startup_a", (200, 350)), (12, (80, 160, 300))])
def test_later_plans_are_never_beaten_by_earlier_ones(name: str | int, asks: tuple[int, ...]) -> None:
    organization = sample(name) if isinstance(name, str) else random_organization(name)
    fronts = [searched(organization, asks=each, plans=50).plans for each in asks]
    for earlier, later in combinations(fronts, 2):
        assert earlier
        for plan in earlier:
            assert is_beaten(point_of(plan), map(point_of, later))


def test_the_organisation_is_left_alone_whenever_the_search_ends() -> None:
    organization = sample("startup_a")
    before = dump_organization(organization)
    for after in (0, 1, 90, 200):
        progress = search(organization, organization.profile.as_of, Limits(), Options())
        for _ in range(after):
            next(progress)
        progress.close()
        assert dump_organization(organization) == before


SAID = """
import sys
from tests.advice.search.trying import sample, searched
from orgtui.changes.parse import change_to_mapping
found = searched(sample("startup_a"), asks=200, seed=int(sys.argv[1]))
print(found.asked, found.proven)
for p in found.plans:
    print(p.id, p.penalty, p.cost, [change_to_mapping(each) for each in p.changes])
"""


def test_equal_seeds_and_asks_give_equal_answers_whatever_the_order_of_hashes() -> None:
    def said(hash_seed: str) -> str:
        env = {**os.environ, "PYTHONHASHSEED": hash_seed}
        return subprocess.run(
            [sys.executable, "-c", SAID, "4"], env=env, check=True, capture_output=True, text=True
        ).stdout

    assert said("0") == said("7") != ""


@pytest.mark.parametrize("only", ["structure", "agreements"])
def test_only_the_operations_asked_for_are_used(only: Any) -> None:
    progress = searched(sample("startup_a"), asks=300, only=only)
    assert progress.plans
    for plan in progress.plans:
        assert {change.op for change in plan.changes} <= OPERATIONS[only]


def test_within_a_team_nothing_else_changes() -> None:
    organization = sample("scaleup")
    root = organization.root
    for division in sorted(organization.index("children", root))[:2]:
        inside, due = set(), [division]
        while due:
            inside.add(team := due.pop())
            due += organization.index("children", team)
        progress = searched(organization, asks=150, within=division)
        for plan in progress.plans:
            after = made(organization, plan.changes)
            for team in organization.teams.values():
                assert team.id in inside or after.teams.get(team.id) == team
            for person in organization.people.values():
                assert person.team in inside or after.people[person.id] == person


def test_joins_only_kin_unless_bold() -> None:
    organization = sample("startup_a")
    world = World(organization, organization.profile.as_of, Options())
    timid, bold = (Moves(world, Limits(), "all", bold=each) for each in (False, True))
    every = list(timid.every(world.view))
    some = [move for move in every if timid.allows(world.view, organization, move)]
    more = [move for move in every if bold.allows(world.view, organization, move)]
    assert 0 < len(some) < len(more) == len(every)
    keys = {move.key for move in some}
    others = (move.changes[0] for move in more if move.key not in keys)
    merge = next(change for change in others if isinstance(change, MergeTeams))
    functions = [organization.index("functions_of", team) for team in (merge.team, merge.into)]
    areas = [{organization.functions[each].area for each in group} for group in functions]
    assert not areas[0] & areas[1]


def test_the_best_plan_outside_the_limits_is_told_with_the_limit_that_bites() -> None:
    progress = searched(sample("startup_a"), Limits(most_touched=0, must_resolve=("P105",)), asks=500)
    assert not progress.plans
    assert progress.outside is not None
    assert progress.outside.limits
    assert progress.outside.plan.penalty < progress.before.penalty


def test_limits_hold_in_every_plan() -> None:
    organization = sample("startup_a")
    limits = Limits(keep_teams=("brand",), keep_people=("gao-peng",), most_touched=6, ops=("split_team",))
    progress = searched(organization, limits, asks=450)
    assert progress.plans
    for plan in progress.plans:
        after = made(organization, plan.changes)
        assert not limits.broken_by(organization, after, plan.changes, plan.cost, plan.left)
        assert plan.cost.touched <= 6
        assert after.teams["brand"].parent == organization.teams["brand"].parent


def test_the_changes_of_a_plan_so_far_come_first() -> None:
    organization = sample("startup_a")
    plan = searched(organization, asks=400).plans[-1]
    going_on = searched(organization, asks=100, plan_changes=plan.changes)
    assert going_on.before.penalty == plan.penalty
    known = {repr(change_to_mapping(change)) for change in plan.changes}
    for later in going_on.plans:
        assert known.isdisjoint(repr(change_to_mapping(change)) for change in later.changes)
