"""The comparison as rows: what is new, moved, changed and gone, with values before and now."""

from __future__ import annotations

from orgtui.model.records import Focus, Handoff, Person, Request, Share, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.views.base.marks import Comparison
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.lists.difference_list import DifferenceList
from tests.views.panes.test_tree import sample
from tests.views.screen import changed, scene, screen


def differences(*sets: Set, signs: Signs = UNICODE) -> DifferenceList:
    now = sample()
    here = scene(now, signs=signs)
    for each in sets:
        now.apply(each)
    return DifferenceList(here, Comparison(here.baseline, now))


def test_each_kind_of_thing_stands_under_its_caption() -> None:
    now = sample()
    rows = differences(
        changed(now, "team", "brand", lead="zhang", review="weekly"),
        changed(now, "team", "design", parent="web"),
        Set("team", "auto", None, Team("auto", "Automation", "marketing", focus=Focus("seo"))),
        changed(now, "function", "pr", breakthrough=True, stages=("mql",)),
        changed(now, "person", "zhang", team="web", functions={"content": 50}),
        changed(now, "person", "li", state="closed"),
        Set("person", "zhao", None, Person("zhao", "auto", "Zhao")),
        Set("handoff", ("pr", "department:sales"), None, Handoff("pr", "department:sales")),
        Set("share", ("team:web", "person:li", "seo"), None, Share("team:web", "person:li", "seo")),
        Set("request", ("web", "it", "crm"), None, Request("web", "it", "crm")),
    )
    assert (
        screen(rows, 72)
        == """
   Teams  3 changes
~    Brand and content  lead Li → Zhang Wei  review – → weekly
→    Design  Brand and content → 网站与增长
+    Automation  Marketing
   Functions  1 change
~    PR  stages – → mql  breakthrough no → yes
   People  3 changes
−    -Li-
→    Zhang Wei  Brand and content → 网站与增长  functions Content 0.8, PR …
+    Zhao  Automation
   Handoffs  1 change
+    PR to sales
   Links  1 change
+    网站与增长 to Li: seo
   Requests  1 change
+    网站与增长 to it: crm
"""
    )
    assert rows.index_of(Ref("person:zhao")) == 9
    assert rows.index_of(Ref("handoff:pr>department:sales")) == 11
    assert rows.ref(0) is None


def test_without_differences_there_are_no_rows() -> None:
    assert len(differences()) == 0


def test_ascii_signs() -> None:
    rows = differences(changed(sample(), "person", "wang", fte=50), signs=ASCII)
    assert (
        screen(rows, 40)
        == """
   People  1 change
~    王磊  FTE 1 -> 0.5
"""
    )
