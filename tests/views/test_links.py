"""The links: pairs, topics and rhythms, who is left out, and the same as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from orgtui.model.records import Person, Share, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.rules.assessment import Difference
from orgtui.views.base.marks import Comparison
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.panes.links import Links
from tests.views.screen import (
    NO_DIFFERENCE,
    apply,
    by_identity,
    changed,
    come,
    gone,
    judged,
    organization,
    roles,
    scene,
    screen,
)

ISLAND = judged("warning", "C202", "team:field", "team:partners")
HOLDER = judged("advice", "C203", "skill:seo", "person:wang")
TWICE = judged("warning", "C301", "department:product", "topic:feature sheets")


class Desk:
    """Links over an organisation, and changes made to both."""

    def __init__(self, signs: Signs = UNICODE) -> None:
        self.scene = scene(
            organization(
                Team("marketing", "Marketing"),
                Team("brand", "Brand and content", parent="marketing"),
                Team("growth", "增长", parent="marketing"),
                Team("sdr", "Lead qualification", parent="marketing"),
                Team("field", "Field", parent="marketing"),
                Team("partners", "Partners", parent="marketing"),
                Person("wang", "growth", "Wang Lei"),
                Person("li", "brand", "Li Na"),
                Share("team:growth", "team:brand", "Messaging", every="weekly"),
                Share("team:brand", "team:growth", "messaging", every="weekly"),
                Share("team:growth", "team:sdr", "lead-scoring"),
                Share("person:wang", "team:field", "seo", every="monthly", until=date(2026, 11, 20)),
            ),
            signs=signs,
        )
        self.comparison = Comparison(self.scene.baseline, self.scene.organization)
        self.links = Links(self.scene, self.comparison, by_identity(ISLAND, HOLDER, TWICE))

    def make(self, *sets: Set, difference: Difference = NO_DIFFERENCE) -> None:
        done = apply(self.scene, sets)
        self.comparison.update(done)
        self.links.patch(done, difference)

    def screen(self, width: int = 32) -> str:
        return screen(self.links, width)


def test_pairs_come_first_in_the_order_of_teams_then_who_is_left_out() -> None:
    assert (
        Desk().screen()
        == """
   Brand and… ⇄ 增长  Messa… weekly
   增长 → Lead qualifica…  lead-… –
   Wang Lei → Field  seo      ended
   ▲ island: Field, Partners
   ▲ asked twice: feature sheets  …
   ● one holder: seo  Wang Lei
"""
    )


def test_a_wide_pane_has_columns() -> None:
    assert (
        Desk().screen(76)
        == """
   Brand and content ⇄ 增长                      Messaging               weekly
   增长 → Lead qualification                     lead-scoring                 –
   Wang Lei → Field                              seo                      ended
   ▲ island: Field, Partners
   ▲ asked twice: feature sheets  product
   ● one holder: seo  Wang Lei
"""
    )


def test_ended_links_are_dim() -> None:
    desk = Desk()
    assert roles(desk.links.row(2, 32))["Wang Lei → Field"] == "dim"
    assert roles(desk.links.row(1, 32))["增长 → Lead qualifica…"] == "plain"


def test_links_that_come_and_go_are_marked_and_found() -> None:
    desk = Desk()
    key = ("team:partners", "team:brand", "partners")
    desk.make(Set("share", key, None, Share(*key, every="monthly")))
    assert "\n+  Partn… → Brand …  partn… monthly\n" in desk.screen()
    index = desk.links.index_of(Ref("share:team:partners>team:brand>partners"))
    assert index is not None
    assert desk.links.ref(index) == "share:team:partners>team:brand>partners"
    shares = desk.scene.organization.shares
    desk.make(Set("share", key, shares[key], None))
    assert desk.links.index_of(Ref("share:team:partners>team:brand>partners")) is None
    one_way = ("team:brand", "team:growth", "messaging")
    desk.make(Set("share", one_way, shares[one_way], None))
    assert "   增长 → Brand and…  Messa… weekly\n" in desk.screen()
    other = ("team:growth", "team:sdr", "lead-scoring")
    desk.make(Set("share", other, shares[other], replace(shares[other], every="yearly")))
    assert "\n~  增长 → Lead qual…  lead-… yearly\n" in desk.screen()


def test_a_moved_person_takes_the_link_along() -> None:
    desk = Desk()
    key = ("person:wang", "team:sdr", "scripts")
    desk.make(Set("share", key, None, Share(*key)))
    before = desk.links.index_of(Ref("share:person:wang>team:sdr>scripts"))
    assert before == 2
    desk.make(changed(desk.scene.organization, "person", "wang", team="brand"))
    assert desk.links.index_of(Ref("share:person:wang>team:sdr>scripts")) == 1


def test_findings_come_and_go() -> None:
    desk = Desk()
    isolated = judged("warning", "C201", "team:partners")
    desk.make(difference=Difference((*gone(ISLAND).pairs, *come(isolated).pairs)))
    assert "island" not in desk.screen()
    assert "▲ no link: Partners\n" in desk.screen()
    index = desk.links.index_of(Ref("finding:C201 team:partners"))
    assert index is not None
    assert desk.links.ref(index) == "finding:C201 team:partners"
    desk.make(difference=come(judged("warning", "P203", "team:sdr")))
    assert "sdr" not in desk.screen().split("no link")[1], "other rules are no concern of this pane"


def test_the_matrix_shows_who_gives_and_who_takes() -> None:
    desk = Desk()
    assert desk.links.next_view() == "matrix"
    assert (
        desk.screen(30)
        == """
                         1  2  3
   1 Brand and content   ■  ⇄  ·
   2 增长                ⇄  ■  →
   3 Lead qualification  ·  ←  ■
"""
    )
    assert desk.links.index_of(Ref("team:sdr")) == 3
    assert desk.links.index_of(Ref("team:field")) is None
    assert desk.links.next_view() == "list"


def test_a_matrix_that_does_not_fit_says_so() -> None:
    desk = Desk(signs=ASCII)
    desk.links.next_view()
    assert (
        desk.screen(20)
        == """
   1 more team ~  1  2
   1 Brand and ~  #  =
   2 增长         =  #
   3 Lead quali~  .  <
"""
    )


def test_ascii_signs() -> None:
    assert "Brand and~ <-> 增长" in Desk(signs=ASCII).screen(34)
    assert "W island: Field, Partners" in Desk(signs=ASCII).screen()
