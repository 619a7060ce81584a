"""How the organisation differs from its baseline."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from orgtui.model.records import Handoff, Person, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.views.base.marks import COMPARED_TABLES, Comparison
from tests.views.panes.test_tree import sample
from tests.views.screen import changed


def marks(comparison: Comparison) -> Counter[str | None]:
    """How many records carry each mark."""
    return Counter(
        comparison.mark(table, key) for table in COMPARED_TABLES for key in comparison.differing(table)
    )


def test_marks_follow_assignments_and_their_inverse() -> None:
    now, before = sample(), sample()
    comparison = Comparison(before, now)
    steps = [
        (changed(now, "person", "zhang", team="web"), "person:zhang", "moved"),
        (changed(now, "function", "pr", stages=("mql",)), "function:pr", "changed"),
        (changed(now, "team", "design", parent="web"), "team:design", "moved"),
        (changed(now, "person", "li", state="closed"), "person:li", "gone"),
        (Set("person", "new", None, Person("new", "web", "New")), "person:new", "new"),
        (Set("team", "web", now.teams["web"], None), "team:web", "gone"),
        (Set("team", "auto", None, Team("auto", "Auto", "marketing")), "team:auto", "new"),
    ]
    for each, ref, mark in steps:
        now.apply(each)
        comparison.update([each])
        assert comparison.mark_of(Ref(ref)) == mark
    assert marks(comparison) == {"new": 2, "moved": 2, "changed": 1, "gone": 2}
    assert marks(Comparison(before, now)) == marks(comparison)
    for each, _, _ in reversed(steps):
        now.apply(each.inverse())
        comparison.update([each.inverse()])
    assert not marks(comparison)
    assert not comparison.differing("person")


def test_links_are_compared_by_their_ends() -> None:
    now = sample()
    comparison = Comparison(now.copy(), now)
    handoff = Handoff("seo", "pr")
    each = Set("handoff", ("seo", "pr"), None, handoff)
    now.apply(each)
    comparison.update([each])
    assert comparison.mark("handoff", ("seo", "pr")) == "new"
    comparison = Comparison(now.copy(), now)
    each = Set("handoff", ("seo", "pr"), handoff, replace(handoff, tracked=True))
    now.apply(each)
    comparison.update([each])
    assert comparison.mark("handoff", ("seo", "pr")) == "changed"


def test_what_is_no_record_has_no_mark() -> None:
    now = sample()
    comparison = Comparison(now.copy(), now)
    assert comparison.mark_of(Ref("skill:seo")) is None
    assert comparison.mark_of(Ref("was:person:li")) is None


def test_a_seat_closed_long_ago_is_no_change() -> None:
    now = sample()
    comparison = Comparison(now.copy(), now)
    each = changed(now, "person", "gone", title="Old")
    now.apply(each)
    comparison.update([each])
    assert comparison.mark_of(Ref("person:gone")) is None
