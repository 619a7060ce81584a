"""Boxes and lines in any web and any width: nothing overlaps, and every line arrives."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.views.knowledge.placing import Edge, circles
from orgtui.views.knowledge.routing import Plan, cells, plan
from orgtui.views.knowledge.runs import BOX_HEIGHT

WIDTHS = st.integers(16, 200)
LEAST, WANTED = 10, 24


@st.composite
def webs(draw: st.DrawFn) -> tuple[int, list[Edge]]:
    """Up to 30 nodes and some edges between them, old and new."""
    count = draw(st.integers(2, 30))
    pairs = list(combinations(range(count), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=60))
    return count, [Edge(one, other, draw(st.booleans())) for one, other in chosen]


def plans(web: tuple[int, list[Edge]], width: int) -> list[tuple[Plan, list[tuple[int, int]]]]:
    """The plan of each circle with the links in it."""
    count, edges = web
    made = []
    for layers in circles(range(count), edges):
        within = {node for layer in layers for node in layer}
        links = [edge[:2] for edge in edges if edge.one in within]
        made.append((plan(layers, links, width, LEAST, WANTED), links))
    return made


def box_cells(made: Plan, node: int) -> set[tuple[int, int]]:
    x, y = made.boxes[node]
    return {(x + along, y + down) for along in range(made.box_width) for down in range(BOX_HEIGHT)}


@settings(max_examples=60, deadline=None)
@given(webs(), WIDTHS)
def test_every_node_has_one_box_of_its_own_within_the_width(web: tuple[int, list[Edge]], width: int) -> None:
    nodes: Counter[int] = Counter()
    for made, _ in plans(web, width):
        nodes.update(list(made.boxes))
        taken = Counter(cell for node in made.boxes for cell in box_cells(made, node))
        assert set(taken.values()) == {1}
        assert all(0 <= x < width and 0 <= y < made.height for x, y in taken)
        assert sorted(node for row in made.rows for node in row) == sorted(made.boxes)
    assert nodes == Counter(range(web[0]))


@settings(max_examples=60, deadline=None)
@given(webs(), WIDTHS)
def test_lines_reach_from_box_to_box_and_only_cross(web: tuple[int, list[Edge]], width: int) -> None:
    for made, links in plans(web, width):
        assert {route.link for route in made.routes} | made.hidden == set(range(len(links)))
        assert made.hidden.isdisjoint(route.link for route in made.routes)
        boxes = {node: box_cells(made, node) for node in made.boxes}
        solid = set[tuple[int, int]]().union(*boxes.values())
        for route in made.routes:
            path = list(cells(route.points))
            assert {
                node for node in links[route.link] for end in (path[0], path[-1]) if end in boxes[node]
            } == {*links[route.link]}
            inner = path[1:-1]
            assert inner, "boxes that are linked do not touch"
            assert solid.isdisjoint(inner), "a line runs past boxes, never over one"
            assert all(0 <= x < width for x, _ in inner)
            assert all(abs(x - to_x) + abs(y - to_y) == 1 for (x, y), (to_x, to_y) in pairwise(path))
        steps = Counter(frozenset(step) for route in made.routes for step in pairwise(cells(route.points)))
        assert set(steps.values()) <= {1}, "no two lines share a way"
        corners = {point for route in made.routes for point in route.points}
        through = Counter(cell for route in made.routes for cell in set(cells(route.points)))
        assert all(through[corner] == 1 for corner in corners), "two lines never turn at once"


@settings(max_examples=40, deadline=None)
@given(webs(), WIDTHS)
def test_the_same_web_is_always_planned_alike(web: tuple[int, list[Edge]], width: int) -> None:
    count, edges = web
    turned = [Edge(other, one, is_old) for one, other, is_old in reversed(edges)]
    assert circles(range(count), edges) == circles(range(count), turned)
    assert plans(web, width) == plans(web, width)


def test_where_there_is_room_every_link_is_drawn() -> None:
    star = (30, [Edge(0, each, True) for each in range(1, 30)])
    assert [made.hidden for made, _ in plans(star, 116)] == [frozenset()]
    full = (8, [Edge(one, other, True) for one, other in combinations(range(8), 2)])
    assert [made.hidden for made, _ in plans(full, 36)] == [frozenset()]


def test_what_has_no_room_is_the_last_of_the_links() -> None:
    ((made, _),) = plans((30, [Edge(0, each, True) for each in range(1, 30)]), 24)
    assert made.hidden
    assert made.hidden == frozenset(range(29 - len(made.hidden), 29))
