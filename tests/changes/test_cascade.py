"""Twins: links and requests that become the same when a team goes."""

from __future__ import annotations

from typing import Any

import pytest

from orgtui.model import records as r
from orgtui.model.store import Organization
from tests.changes.world import make
from tests.organizations import small_organization

PRESS = r.Team("press", "Press", "marketing")
LINKS = (
    r.Share("team:press", "team:growth", "seo", "docs", "weekly"),
    r.Share("team:brand", "team:growth", "seo", None, "monthly"),
    r.Share("team:growth", "team:press", "copy", "review"),
    r.Share("team:press", "team:brand", "images"),
)
ENDS: list[tuple[str, dict[str, Any]]] = [
    ("merge_teams", {"team": "press", "into": "brand"}),
    ("dissolve_team", {"team": "press", "people_to": "brand", "functions_to": "brand"}),
]


@pytest.mark.parametrize(("op", "fields"), ENDS)
def test_of_twin_links_the_one_of_the_successor_stays(op: str, fields: dict[str, Any]) -> None:
    """And where it stands."""
    there = make(small_organization(PRESS, *LINKS), op, **fields)
    links = [each for each in there.shares.values() if each.topic != "messaging"]
    assert links == [LINKS[1], r.Share("team:growth", "team:brand", "copy", "review")]


@pytest.mark.parametrize(("op", "fields"), ENDS)
def test_a_link_that_goes_over_stands_last(op: str, fields: dict[str, Any]) -> None:
    moved, other = LINKS[0], r.Share("team:marketing", "team:growth", "seo")
    there = make(small_organization(PRESS, moved, other), op, **fields)
    assert list(there.shares)[1:] == [
        ("team:marketing", "team:growth", "seo"),
        ("team:brand", "team:growth", "seo"),
    ]


def asked(first: int | float | None, second: int | float | None) -> Organization:
    return small_organization(
        PRESS,
        r.Request("brand", "sales", "Wins", first),
        r.Request("growth", "sales", "Wins", 7),
        r.Request("press", "sales", "Wins", second),
    )


@pytest.mark.parametrize(("op", "fields"), ENDS)
@pytest.mark.parametrize(
    ("first", "second", "total"), [(1, 2, 3), (0.1, 0.2, 0.3), (None, 2, 2), (1, None, 1), (None, None, None)]
)
def test_twin_requests_add_up_an_absent_number_counting_0(
    op: str, fields: dict[str, Any], first: Any, second: Any, total: Any
) -> None:
    there = make(asked(first, second), op, **fields)
    assert list(there.requests.values()) == [
        r.Request("brand", "sales", "Wins", total),
        r.Request("growth", "sales", "Wins", 7),
    ]


@pytest.mark.parametrize(("op", "fields"), ENDS)
def test_requests_whose_topics_are_not_written_alike_are_no_twins(op: str, fields: dict[str, Any]) -> None:
    org = small_organization(
        PRESS, r.Request("brand", "sales", "Wins", 1), r.Request("press", "sales", "wins", 2)
    )
    there = make(org, op, **fields)
    assert [(each.topic, each.per_month) for each in there.requests.values()] == [("Wins", 1), ("wins", 2)]
