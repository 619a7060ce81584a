"""The team tree: what stands where, how it folds, and what marks a change."""

from __future__ import annotations

import re

import pytest

from orgtui.model.records import Focus, Function, Person, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.views.base.marks import Comparison
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.panes.badges import Badges
from orgtui.views.panes.tree import TeamTree
from orgtui.views.words.fits import Worth
from tests.views.screen import (
    NO_DIFFERENCE,
    apply,
    by_identity,
    changed,
    come,
    line,
    organization,
    reported,
    roles,
    scene,
    screen,
)


def sample() -> Organization:
    return organization(
        Team("marketing", "Marketing", lead="chen"),
        Team("brand", "Brand and content", parent="marketing", lead="li"),
        Team("design", "Design", parent="brand"),
        Team("web", "网站与增长", parent="marketing", lead="wang"),
        Function("content", "Content", team="brand"),
        Function("pr", "PR", team="brand"),
        Function("visuals", "Visuals", team="design"),
        Function("seo", "SEO", team="web"),
        Function("mining", "Opportunity mining"),
        Person("chen", "marketing", "Chen", "Head of marketing"),
        Person("li", "brand", "Li"),
        Person("zhang", "brand", "Zhang Wei", functions={"content": 80, "pr": 20}),
        Person("writer", "brand", title="Writer", state="vacant"),
        Person("liu", "design", "Liu Yang", functions={"visuals": 100}),
        Person("wang", "web", "王磊", functions={"seo": 55}),
        Person("planned", "web", title="SEO lead", state="planned"),
        Person("gone", "web", "Old Hand", state="closed"),
    )


class Workspace:
    """A tree over an organisation, and changes made to both."""

    def __init__(self, now: Organization | None = None, signs: Signs = UNICODE) -> None:
        self.scene = scene(now or sample(), signs=signs)
        self.badges = Badges(self.scene.organization, {})
        self.comparison = Comparison(self.scene.baseline, self.scene.organization)
        self.tree = TeamTree(self.scene, self.comparison, self.badges)

    def make(self, *sets: Set) -> None:
        done = apply(self.scene, sets)
        self.comparison.update(done)
        self.tree.patch(done, self.badges.update(done, NO_DIFFERENCE))

    def change(self, table: str, key: str, **fields: object) -> None:
        self.make(changed(self.scene.organization, table, key, **fields))

    def take(self, table: str, key: str) -> None:
        self.make(Set(table, key, self.scene.organization.tables[table].get(key), None))

    def screen(self, width: int = 40) -> str:
        return screen(self.tree, width)


def test_everything_stands_in_file_order_below_its_team() -> None:
    assert (
        Workspace().screen()
        == """
   ◆ Opportunity mining
   ▾ Marketing  Chen                      7
       Chen
     ▾ Brand and content  Li              4
       ◆ Content
       ◆ PR
         Li
         Zhang Wei  Content 0.8  PR 0.2
         (vacant) Writer
       ▾ Design                           1
         ◆ Visuals
           Liu Yang  Visuals 1
     ▾ 网站与增长  王磊                   2
       ◆ SEO
         王磊  SEO 0.55
         (planned) SEO lead
         -Old Hand-  (closed)
"""
    )


def test_a_narrow_pane_gives_up_shares_and_leads_before_names() -> None:
    assert (
        Workspace().screen(24)
        == """
   ◆ Opportunity mining
   ▾ Marketing  Chen      7
       Chen
     ▾ Brand and content… 4
       ◆ Content
       ◆ PR
         Li
         Zhang Wei  +2
         (vacant) Writer
       ▾ Design           1
         ◆ Visuals
           Liu Yang  Vis… 1
     ▾ 网站与增长  王磊   2
       ◆ SEO
         王磊  SEO 0.55
         (planned) SEO lead
         -Old Hand-  (clos…
"""
    )


def test_signs_have_ascii_stand_ins() -> None:
    workspace = Workspace(signs=ASCII)
    workspace.badges.update([], come(reported("error", "S201", "function:pr")))
    workspace.tree.fold(Ref("team:web"))
    workspace.change("function", "content", team="web")
    assert all(
        character.isascii() or character in "网站与增长王磊" for character in workspace.screen().strip()
    )
    assert "v Brand and content" in workspace.screen()
    assert "> 网站与增长" in workspace.screen()
    assert "* PR                              E1" in workspace.screen()
    assert "-      * -Content-" in workspace.screen()


def test_folding_hides_what_is_below_and_unfolding_shows_it_as_it_was() -> None:
    workspace = Workspace()
    before = workspace.screen()
    workspace.tree.fold(Ref("team:design"))
    inner_folded = workspace.screen()
    assert workspace.tree.fold(Ref("team:brand"))
    assert (
        workspace.screen()
        == """
   ◆ Opportunity mining
   ▾ Marketing  Chen                      7
       Chen
     ▸ Brand and content  Li              4
     ▾ 网站与增长  王磊                   2
       ◆ SEO
         王磊  SEO 0.55
         (planned) SEO lead
         -Old Hand-  (closed)
"""
    )
    assert not workspace.tree.fold(Ref("team:brand"))
    workspace.tree.unfold(Ref("team:brand"))
    assert workspace.screen() == inner_folded
    workspace.tree.unfold(Ref("team:design"))
    assert workspace.screen() == before


def test_reveal_unfolds_all_that_is_above() -> None:
    workspace = Workspace()
    workspace.tree.fold(Ref("team:design"))
    workspace.tree.fold(Ref("team:brand"))
    assert workspace.tree.index_of(Ref("person:liu")) is None
    index = workspace.tree.reveal(Ref("person:liu"))
    assert index is not None
    assert workspace.tree.ref(index) == "person:liu"
    assert workspace.tree.parent_of(Ref("person:liu")) == "team:design"
    assert workspace.tree.parent_of(Ref("team:marketing")) is None
    assert workspace.tree.reveal(Ref("person:nobody")) is None


def test_a_move_is_marked_where_it_went_and_struck_through_where_it_was() -> None:
    workspace = Workspace()
    workspace.change("person", "zhang", team="web")
    workspace.change("function", "content", team="web")
    workspace.change("team", "design", parent="web")
    assert (
        workspace.screen()
        == """
   ◆ Opportunity mining
   ▾ Marketing  Chen                      7
       Chen
     ▾ Brand and content  Li              2
−      ◆ -Content-
       ◆ PR
         Li
−        -Zhang Wei-
         (vacant) Writer
−        -Design-
     ▾ 网站与增长  王磊                   4
→      ◆ Content
       ◆ SEO
→        Zhang Wei  Content 0.8  PR 0.2
         王磊  SEO 0.55
         (planned) SEO lead
         -Old Hand-  (closed)
→      ▾ Design                           1
         ◆ Visuals
           Liu Yang  Visuals 1
"""
    )
    assert workspace.tree.index_of(Ref("person:zhang")) != workspace.tree.index_of(Ref("was:person:zhang"))


def test_putting_things_back_leaves_no_mark() -> None:
    workspace = Workspace()
    before = workspace.screen()
    for table, key, place, there, back in (
        ("person", "zhang", "team", "web", "brand"),
        ("team", "design", "parent", "web", "brand"),
        ("function", "mining", "team", "web", None),
    ):
        workspace.change(table, key, **{place: there})
        assert workspace.screen() != before
        workspace.change(table, key, **{place: back})
        assert workspace.screen() == before


def test_new_changed_and_closed_are_marked() -> None:
    workspace = Workspace()
    workspace.make(Set("team", "auto", None, Team("auto", "Automation", "marketing", focus=Focus("seo"))))
    workspace.make(Set("person", "zhao", None, Person("zhao", "auto", "Zhao")))
    workspace.change("team", "auto", lead="zhao")
    workspace.change("function", "pr", stages=("awareness",))
    workspace.change("person", "wang", state="closed", functions={})
    workspace.tree.unfold(Ref("team:auto"))
    shown = workspace.screen()
    assert "\n+    ▾ Automation (focus)  Zhao           1\n+        Zhao\n" in shown
    assert "\n~      ◆ PR\n" in shown
    assert "\n−        -王磊-  (closed)\n" in shown


def test_a_team_that_is_gone_keeps_its_people_struck_through_below_it() -> None:
    workspace = Workspace()
    workspace.change("person", "liu", team="brand")
    workspace.change("function", "visuals", team="brand")
    workspace.take("team", "design")
    assert "−      ▸ -Design-\n" in workspace.screen()
    workspace.tree.unfold(Ref("was:team:design"))
    assert "−      ▾ -Design-\n−        ◆ -Visuals-\n−          -Liu Yang-\n" in workspace.screen()
    assert workspace.tree.reveal(Ref("was:person:liu")) is not None


def test_what_left_can_be_hidden() -> None:
    workspace = Workspace()
    workspace.change("person", "zhang", team="web")
    assert workspace.tree.next_view() == "present"
    assert "-" not in workspace.screen()
    assert workspace.tree.index_of(Ref("was:person:zhang")) is None
    assert workspace.tree.index_of(Ref("person:gone")) is None
    workspace.change("person", "liu", team="web")
    assert "-" not in workspace.screen()


def test_teams_by_findings_show_the_heaviest_first_and_stay_in_order() -> None:
    workspace = Workspace()
    workspace.badges = workspace.tree.badges = Badges(
        workspace.scene.organization,
        by_identity(
            reported("warning", "P203", "team:design"),
            reported("error", "S205", "person:wang"),
            reported("advice", "C103", "team:brand"),
            reported("advice", "P207", "team:brand"),
        ),
    )
    workspace.tree.next_view()
    assert workspace.tree.next_view() == "findings"
    assert (
        workspace.screen()
        == """
     网站与增长  王磊                    ✖1
     Design                              ▲1
     Brand and content  Li               ●2
     Marketing  Chen
"""
    )
    difference = come(reported("error", "P302", "team:brand"))
    workspace.tree.patch([], workspace.badges.update([], difference))
    assert [workspace.tree.ref(index) for index in range(3)] == ["team:brand", "team:web", "team:design"]
    assert line(workspace.tree.row(0, 40), 40).endswith("✖1 ●2")
    workspace.take("team", "design")
    assert workspace.tree.index_of(Ref("team:design")) is None
    assert not workspace.tree.fold(Ref("team:web")), "there is nothing to fold in a flat list"
    assert workspace.tree.reveal(Ref("person:zhang")) is not None
    assert workspace.tree.view == "all", "a person stands in the whole tree only"


def test_a_folded_team_answers_for_all_below_it() -> None:
    workspace = Workspace()
    workspace.badges.update(
        [],
        come(
            reported("warning", "P203", "team:design"),
            reported("warning", "S205", "person:liu"),
            reported("advice", "P201", "function:visuals", "function:seo"),
        ),
    )
    assert "▾ Brand and content  Li              4\n" in workspace.screen()
    assert "▾ Design                        1 ▲1\n" in workspace.screen()
    assert "Liu Yang  Visuals 1           ▲1\n" in workspace.screen()
    workspace.tree.fold(Ref("team:design"))
    assert "▸ Design                        1 ▲2\n" in workspace.screen()
    workspace.tree.fold(Ref("team:brand"))
    assert "▸ Brand and content  Li           4 ▲2\n" in workspace.screen()
    workspace.tree.fold(Ref("team:web"))
    workspace.change("team", "design", parent="web")
    assert "▸ Brand and content  Li              3\n" in workspace.screen()
    assert "▸ 网站与增长  王磊                3 ▲2\n" in workspace.screen()
    workspace.change("person", "liu", team="brand")
    assert "▸ Brand and content  Li           4 ▲1\n" in workspace.screen()


def test_balances_take_the_place_of_marks_while_carrying() -> None:
    workspace = Workspace()
    workspace.change("person", "zhang", team="web")
    workspace.tree.balances = {
        Ref("team:brand"): Worth(3, "home"),
        Ref("team:web"): Worth(-1, "stranger"),
        Ref("team:design"): None,
    }
    shown = workspace.screen()
    assert re.search(r"\+3   ▾ Brand and content .* home +\d", shown)
    assert re.search(r"−1   ▾ 网站与增长  王磊 +stranger +\d", shown)
    assert "\n×      ▾ Design" in shown
    narrow = workspace.screen(width=28)
    assert re.search(r"\+3   ▾ Brand and content.*⌂ +\d", narrow)
    assert re.search(r"−1   ▾ 网站与增长 .*≠ +\d", narrow)
    assert "→" not in shown
    row = workspace.tree.row(workspace.tree.index_of(Ref("team:brand")) or 0, 40)
    assert roles(row)["+3"] == "better"
    workspace.tree.balances = {Ref("team:brand"): Worth(340), Ref("team:web"): Worth(-100)}
    assert "+99  ▾ Brand and content" in workspace.screen(), "margins have room for two digits"
    assert "−99  ▾ 网站与增长" in workspace.screen()


@pytest.mark.parametrize("name", ["[red]Brand[/]", "{team}", "a" * 200, "\N{FAMILY}" * 20])
def test_hostile_and_long_names_are_taken_literally(name: str) -> None:
    workspace = Workspace()
    workspace.change("team", "brand", name=name)
    row = workspace.tree.row(workspace.tree.index_of(Ref("team:brand")) or 0, 40)
    assert any(span.text == name for span in row.left)
