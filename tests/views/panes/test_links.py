"""The links: pairs, topics and rhythms, who is left out, and the same as a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from orgtui.locales import set_language
from orgtui.locales.language import CHINESE, ENGLISH
from orgtui.model.records import Person, Share, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.rules.assessment import Difference
from orgtui.rules.facts.network import MOST_TEAMS, Network, network
from orgtui.views.base import knowledge_network
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
    organization,
    reported,
    roles,
    scene,
    screen,
)

ISLAND = reported("warning", "C202", "team:field", "team:partners")
HOLDER = reported("advice", "C203", "skill:seo", "person:wang")
TWICE = reported("warning", "C301", "department:product", "topic:feature sheets")


class Workspace:
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
        Workspace().screen()
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
        Workspace().screen(76)
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
    workspace = Workspace()
    assert roles(workspace.links.row(2, 32))["Wang Lei → Field"] == "dim"
    assert roles(workspace.links.row(1, 32))["增长 → Lead qualifica…"] == "plain"


def test_links_that_come_and_go_are_marked_and_found() -> None:
    workspace = Workspace()
    key = ("team:partners", "team:brand", "partners")
    workspace.make(Set("share", key, None, Share(*key, every="monthly")))
    assert "\n+  Partn… → Brand …  partn… monthly\n" in workspace.screen()
    index = workspace.links.index_of(Ref("share:team:partners>team:brand>partners"))
    assert index is not None
    assert workspace.links.ref(index) == "share:team:partners>team:brand>partners"
    shares = workspace.scene.organization.shares
    workspace.make(Set("share", key, shares[key], None))
    assert workspace.links.index_of(Ref("share:team:partners>team:brand>partners")) is None
    one_way = ("team:brand", "team:growth", "messaging")
    workspace.make(Set("share", one_way, shares[one_way], None))
    assert "   增长 → Brand and…  Messa… weekly\n" in workspace.screen()
    other = ("team:growth", "team:sdr", "lead-scoring")
    workspace.make(Set("share", other, shares[other], replace(shares[other], every="yearly")))
    assert "\n~  增长 → Lead qual…  lead-… yearly\n" in workspace.screen()


def test_a_moved_person_takes_the_link_along() -> None:
    workspace = Workspace()
    key = ("person:wang", "team:sdr", "scripts")
    workspace.make(Set("share", key, None, Share(*key)))
    before = workspace.links.index_of(Ref("share:person:wang>team:sdr>scripts"))
    assert before == 2
    workspace.make(changed(workspace.scene.organization, "person", "wang", team="brand"))
    assert workspace.links.index_of(Ref("share:person:wang>team:sdr>scripts")) == 1


def test_findings_come_and_go() -> None:
    workspace = Workspace()
    isolated = reported("warning", "C201", "team:partners")
    workspace.make(difference=Difference((*gone(ISLAND).pairs, *come(isolated).pairs)))
    assert "island" not in workspace.screen()
    assert "▲ no link: Partners\n" in workspace.screen()
    index = workspace.links.index_of(Ref("finding:C201 team:partners"))
    assert index is not None
    assert workspace.links.ref(index) == "finding:C201 team:partners"
    workspace.make(difference=come(reported("warning", "P203", "team:sdr")))
    assert "sdr" not in workspace.screen().split("no link")[1], "other rules are no concern of this pane"


def is_drawn(links: Links) -> bool:
    return links.drawing is not None


def test_the_matrix_shows_who_gives_and_who_takes() -> None:
    workspace = Workspace()
    assert workspace.links.next_view() == "matrix"
    assert (
        workspace.screen(30)
        == """
   between: connections of other…
                 between 1  2  3
   1 Brand and con…   0% ■  ⇄  ·
   2 增长           100% ⇄  ■  →
   3 Lead qualific…   0% ·  ←  ■
"""
    )
    assert workspace.links.headings == 2
    assert workspace.links.index_of(Ref("team:sdr")) == 4
    assert workspace.links.ref(4) == "team:sdr"
    assert workspace.links.index_of(Ref("team:field")) is None
    assert workspace.links.next_view() == "web"
    assert (workspace.links.headings, len(workspace.links)) == (0, 3)
    assert is_drawn(workspace.links)
    assert workspace.links.next_view() == "list"
    assert (workspace.links.headings, is_drawn(workspace.links)) == (0, False)


def test_a_matrix_that_does_not_fit_says_so() -> None:
    workspace = Workspace(signs=ASCII)
    workspace.links.next_view()
    assert (
        workspace.screen(22)
        == """
   1 more team in a wide~
            between 1  2
   1 Brand an~   0% #  =
   2 增长      100% =  #
   3 Lead qua~   0% .  <
"""
    )


TRIANGLES = "ab bc ac cd de ef df"


def matrix(links: str, signs: Signs = UNICODE) -> Links:
    """The matrix of teams a to g with links written `ab bc`."""
    now = organization(
        *(Team(each, f"Team {each.upper()}" if each != "d" else "增长") for each in "fbcaged"),
        *(Share(f"team:{ends[0]}", f"team:{ends[1]}", "seo") for ends in links.split()),
    )
    shown = Links(scene(now, signs=signs), Comparison(now, now), {})
    shown.next_view()
    return shown


def test_those_who_share_stand_together() -> None:
    assert (
        screen(matrix(TRIANGLES), 60)
        == """
   between: connections of other teams that run through it
                                     between 1  2  3 │ 4  5  6
 ┌ 1 Team F                               0% ■  ←  ← │ ·  ·  ·
 │ 2 Team E                               0% →  ■  ← │ ·  ·  ·
 └ 3 增长                                60% →  →  ■ │ ·  ←  ·
 ┌ 4 Team B                               0% ·  ·  · │ ■  →  ←
 │ 5 Team C                              60% ·  ·  → │ ←  ■  ←
 └ 6 Team A                               0% ·  ·  · │ →  →  ■
"""
    )
    assert (
        screen(matrix(TRIANGLES, ASCII), 32)
        == """
   1 more team in a wider pane
            between 1  2  3 | 4  5
 / 1 Team F      0% #  <  < | .  .
 | 2 Team E      0% >  #  < | .  .
 \\ 3 增长       60% >  >  # | .  <
 / 4 Team B      0% .  .  . | #  >
 | 5 Team C     60% .  .  > | <  #
 \\ 6 Team A      0% .  .  . | >  >
"""
    )


@pytest.fixture
def in_chinese() -> Iterator[None]:
    set_language(CHINESE)
    yield
    set_language(ENGLISH)


@pytest.mark.usefixtures("in_chinese")
def test_the_columns_line_up_in_chinese() -> None:
    assert (
        screen(matrix(TRIANGLES), 44)
        == """
   经由：其他团队之间的联系有多少要经过该团队
                        经由 1  2  3 │ 4  5  6
 ┌ 1 Team F               0% ■  ←  ← │ ·  ·  ·
 │ 2 Team E               0% →  ■  ← │ ·  ·  ·
 └ 3 增长                60% →  →  ■ │ ·  ←  ·
 ┌ 4 Team B               0% ·  ·  · │ ■  →  ←
 │ 5 Team C              60% ·  ·  → │ ←  ■  ←
 └ 6 Team A               0% ·  ·  · │ →  →  ■
"""
    )


def test_what_is_hidden_and_what_the_numbers_mean_stand_side_by_side_if_there_is_room() -> None:
    ring = [f"t{number}" for number in range(24)]
    now = organization(
        *(Team(each, each) for each in ring),
        *(Share(f"team:{one}", f"team:{other}", "seo") for one, other in pairwise([*ring, ring[0]])),
    )
    shown = Links(scene(now), Comparison(now, now), {})
    shown.next_view()
    caption = screen(shown, 87, 0, 1)
    assert caption.startswith("\n   2 more teams in a wider pane   between: connections of other teams")
    assert screen(shown, 80, 0, 1) == "\n   4 more teams in a wider pane\n"


def test_a_matrix_without_links_is_empty() -> None:
    shown = matrix("")
    assert (len(shown), shown.headings) == (0, 0)
    assert shown.index_of(Ref("team:a")) is None
    assert screen(shown) == "\n\n"


def test_teams_that_work_and_share_nothing_stand_last() -> None:
    workspace = Workspace()
    workspace.links.next_view()
    workspace.make(Set("person", "hu", None, Person("hu", "partners", "Hu Min")))
    assert (
        workspace.screen(50)
        == """
   between: connections of other teams that run thro…
                                 between 1  2  3 │ 4
   1 Brand and content                0% ■  ⇄  · │ ·
   2 增长                           100% ⇄  ■  → │ ·
   3 Lead qualification               0% ·  ←  ■ │ ·
   4 Partners                            ·  ·  · │ ■
"""
    )
    assert workspace.links.ref(5) == "team:partners", "a link can be added to it"


def test_teams_without_any_link_have_a_matrix() -> None:
    now = organization(
        *(Team(each, each) for each in "abc"), *(Person(f"p{each}", each, each) for each in "ac")
    )
    shown = Links(scene(now), Comparison(now, now), {})
    shown.next_view()
    assert (
        screen(shown, 40)
        == """
   No knowledge links yet
                                      1  2
   1 a                                ■  ·
   2 c                                ·  ■
"""
    )


def test_too_many_teams_stand_in_file_order() -> None:
    row = [f"t{number}" for number in range(MOST_TEAMS + 1)]
    now = organization(
        *(Team(each, each) for each in reversed(row)),
        *(Share(f"team:{one}", f"team:{other}", "seo") for one, other in pairwise(row)),
    )
    shown = Links(scene(now), Comparison(now, now), {})
    shown.next_view()
    assert (
        screen(shown, 76, 0, 4)
        == """
   over 200 teams: in file order   180 more teams in a wider pane
                1  2  3  4  5  6  7  8  9  10 11 12 13 14 15 16 17 18 19 20 21
   1 t200       ■  ←  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·
   2 t199       →  ■  ←  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·
"""
    )


def test_the_matrix_follows_links_that_come_and_go() -> None:
    workspace = Workspace()
    workspace.links.next_view()
    before = workspace.screen(60)
    key = ("team:field", "team:partners", "events")
    workspace.make(Set("share", key, None, Share(*key)))
    with_another = workspace.screen(60)
    assert " ┌ 4 Field " in with_another
    assert " └ 5 Partners " in with_another
    assert " 50% " in with_another, "one of two connections between others"
    workspace.make(Set("share", key, Share(*key), None))
    assert workspace.screen(60) == before


def test_the_network_is_computed_once_for_the_same_links(monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[int] = []

    def counted(teams: Sequence[str], links: Collection[tuple[str, str]]) -> Network:
        computed.append(len(teams))
        return network(teams, links)

    monkeypatch.setattr(knowledge_network, "network", counted)
    workspace = Workspace()
    workspace.make(changed(workspace.scene.organization, "team", "field", name="Events"))
    assert computed == [], "the list needs none"
    workspace.links.next_view()
    workspace.screen()
    workspace.make(changed(workspace.scene.organization, "team", "brand", name="Brand"))
    workspace.make(changed(workspace.scene.organization, "person", "li", team="field"))
    assert "1 Brand  " in workspace.screen(60)
    assert computed == [3]
    key = ("team:field", "team:partners", "events")
    workspace.make(Set("share", key, None, Share(*key)))
    workspace.screen()
    assert computed == [3, 5]


def test_ascii_signs() -> None:
    assert "Brand and~ <-> 增长" in Workspace(signs=ASCII).screen(34)
    assert "W island: Field, Partners" in Workspace(signs=ASCII).screen()


def test_what_is_cut_of_a_link_is_said_in_full() -> None:
    links = Workspace().links
    for index in range(len(links)):
        full = "".join(span.text for span in links.full(index))
        assert "…" not in full
        assert "   " not in full
    narrow = "".join(span.text for span in links.row(0, 20).left)
    assert "…" in narrow
    assert narrow not in "".join(span.text for span in links.full(0))
