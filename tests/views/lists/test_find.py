"""Search by name: what is found, in which order, and that changes are followed."""

from __future__ import annotations

import pytest

from orgtui.model.records import Function, Person, Team
from orgtui.model.store import Set
from orgtui.views.lists.find import NameIndex, Search
from tests.views.screen import apply, changed, organization, scene


def finder() -> NameIndex:
    return NameIndex(
        scene(
            organization(
                Team("marketing", "Marketing"),
                Team("automation", "Marketing automation", "marketing"),
                Team("remarket", "Remarketing", "marketing"),
                Function("seo", "Search engine optimisation", team="marketing"),
                Function("zh", "内容营销", team="marketing"),
                Person("chen", "marketing", "Chen Jing", "Head of Marketing"),
                Person("wang-lei", "marketing", "王磊"),
                Person("open", "marketing", title="Copywriter", state="vacant"),
                Person("left", "marketing", "Chen Gone", state="closed"),
            )
        )
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("market", ["team:marketing", "team:automation", "team:remarket", "person:chen"]),
        ("AUTOMATION", ["team:automation"]),
        ("engine", ["function:seo"]),
        ("seo", ["function:seo"]),
        ("营销", ["function:zh"]),
        ("王", ["person:wang-lei"]),
        ("wang", ["person:wang-lei"]),
        ("copy", ["person:open"]),
        ("jing", ["person:chen"]),
        ("gone", []),
        ("  ", []),
        ("m a", ["team:automation"]),
        ("wl", ["person:wang-lei"]),
        ("neirong", ["function:zh"]),
        ("ＭＡＲＫＥＴ", ["team:marketing", "team:automation", "team:remarket", "person:chen"]),
        ("wang-l", ["person:wang-lei"]),
        ("x y", []),
    ],
)
def test_beginnings_come_before_words_before_middles_before_ids(query: str, found: list[str]) -> None:
    assert finder().search(query) == found


def test_changes_are_followed() -> None:
    find = finder()
    assert find.search("brand") == []
    now = find.scene.organization
    done = apply(find.scene, [changed(now, "team", "remarket", name="Brand")])
    find.patch(done)
    assert find.search("brand") == ["team:remarket"]
    assert "team:remarket" not in find.search("market")[:2]
    done = apply(find.scene, [Set("team", "remarket", now.teams["remarket"], None)])
    find.patch(done)
    assert find.search("brand") == []
    done = apply(find.scene, [Set("function", "new", None, Function("new", "Brand films"))])
    find.patch(done)
    assert find.search("brand") == ["function:new"]


def test_names_are_read_in_slices_and_changes_between_them_are_followed() -> None:
    find = finder()
    assert find.build(2)
    now = find.scene.organization
    sets = [
        changed(now, "team", "remarket", name="Brand"),
        Set("function", "new", None, Function("new", "Brand films")),
        Set("person", "wang-lei", now.people["wang-lei"], None),
    ]
    find.patch(apply(find.scene, sets))
    while find.build(2):
        pass
    assert find.search("brand") == ["team:remarket", "function:new"]
    assert find.search("wl") == []
    assert find.search("seo") == ["function:seo"]


def test_next_and_previous_go_round() -> None:
    search = Search("market", finder().search("market"))
    assert search.current == "team:marketing"
    assert search.step(1) == "team:automation"
    assert search.step(-1) == "team:marketing"
    assert search.step(-1) == "person:chen"
    assert Search("x", []).step(1) is None
