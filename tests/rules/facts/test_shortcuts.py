"""What is asked often is answered with fewer reads: always as the whole calculation would."""

from __future__ import annotations

import pytest

from orgtui.engine.view import PlainView
from orgtui.rules.facts.graphs import has_linked_teams, is_relay_within, knowledge_graph, relay_cost
from orgtui.rules.facts.kin import are_kin, count_kin
from orgtui.rules.policy import options_for
from tests.support import random_organization

SEEDS = range(150)


def views() -> list[PlainView]:
    organizations = map(random_organization, SEEDS)
    return [PlainView(each, each.profile.as_of, options_for(each.rules)) for each in organizations]


@pytest.mark.parametrize("borders", [0, 1, 3])
def test_a_relay_is_within_so_many_borders_if_its_cheapest_way_is(borders: int) -> None:
    costs = {view: relay_cost(view) for view in views()}
    assert any(cost is not None and cost > borders for cost in costs.values()) or borders == 3
    for view, cost in costs.items():
        assert is_relay_within(view, borders) == (cost is None or cost <= borders)


def test_teams_are_linked_that_are_in_the_knowledge_graph() -> None:
    linked = 0
    for view in views():
        graph = knowledge_graph(view)
        assert all(graph.values())
        assert all(team in graph[other] for team, others in graph.items() for other in others)
        assert has_linked_teams(view, len(graph))
        assert not has_linked_teams(view, len(graph) + 1)
        linked += len(graph)
    assert linked


def test_pairs_of_kin_are_counted_as_one_by_one() -> None:
    found = 0
    for view in views():
        functions = sorted(view.ids("function"))
        one, other = functions[::2], functions[1:]
        counted = count_kin(view, one, other)
        assert counted == sum(are_kin(view, each, every) for each in one for every in other)
        assert counted == count_kin(view, other, one)
        found += counted
    assert found
