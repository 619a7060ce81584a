"""The web of teams as text: boxes, lines, islands, bridges, and what differs from the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from orgtui.engine.view import PlainView
from orgtui.files.organization_file import load_organization
from orgtui.locales import set_language
from orgtui.locales.language import CHINESE, ENGLISH
from orgtui.model.records import Person, Record, Severity, Share, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.rules.registry import known_rules
from orgtui.views.base.cells import cell_len
from orgtui.views.base.marks import Comparison
from orgtui.views.base.scene import Scene
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.knowledge.picture import Direction, Looks, Picture
from orgtui.views.knowledge.web import MOST_AROUND, MOST_DRAWN, Web
from tests.views.screen import apply, changed, organization, scene

SAMPLES = Path(__file__).parents[3] / "sample_orgs"


def worst(ref: Ref) -> Severity | None:
    """Findings about one team only."""
    return "warning" if ref == "team:sdr" else None


class Shown:
    """A web, changes made to it, and what a pane would show of it."""

    def __init__(self, now: Organization, signs: Signs = UNICODE) -> None:
        self.scene: Scene = scene(now, signs=signs)
        self.comparison = Comparison(self.scene.baseline, now)
        self.web = Web(self.scene, self.comparison, worst)

    def make(self, *sets: Set) -> None:
        self.comparison.update(apply(self.scene, sets))
        self.web.patch()

    def link(self, source: str, target: str, topic: str = "seo") -> None:
        key = (f"team:{source}", f"team:{target}", topic)
        self.make(Set("share", key, None, Share(*key)))

    def unlink(self, source: str, target: str, topic: str = "seo") -> None:
        key = (f"team:{source}", f"team:{target}", topic)
        self.make(Set("share", key, self.scene.organization.shares[key], None))

    def picture(self, width: int, place: int = 0) -> Picture:
        return self.web.picture(width, place)

    def text(self, width: int, place: int = 0, marks: str = "") -> str:
        """All lines; `marks` are the ids of marked teams."""
        picture = self.picture(width, place)
        looks = Looks(
            self.web.ref(place), lambda ref: "■" if ref.id in marks.split() else " ", lambda ref: ""
        )
        lines = [
            "".join(piece.span.text for piece in self.web.pieces(picture, line, looks)).rstrip()
            for line in range(len(picture.lines))
        ]
        assert all(cell_len(line) <= width for line in lines)
        return "\n" + "\n".join(lines) + "\n"

    def stands(self, width: int) -> dict[str, tuple[int, int]]:
        """Where the boxes of all teams begin."""
        picture = self.picture(width)
        return {str(self.web.ref(each)): (box.left, box.top) for each, box in picture.boxes.items()}

    def walk(self, start: str, *ways: Direction, width: int = 74) -> str:
        place = self.web.index_of(Ref(start))
        assert place is not None
        for way in ways:
            place = self.picture(width, place).step(place, way)
        return str(self.web.ref(place))


def small(*more: Record, signs: Signs = UNICODE) -> Shown:
    return Shown(
        organization(
            Team("marketing", "Marketing", lead="chen"),
            Team("brand", "Brand", parent="marketing"),
            Team("growth", "增长", parent="marketing"),
            Team("sdr", "Qualification", parent="marketing"),
            Team("data", "Data", parent="marketing"),
            Team("field", "Field", parent="marketing"),
            Team("partners", "Partners", parent="marketing"),
            Person("chen", "marketing", "Chen"),
            Person("wang", "growth", "Wang Lei"),
            Person("hu", "partners", "Hu Min"),
            Share("team:growth", "team:brand", "Messaging", every="weekly"),
            Share("team:brand", "team:growth", "seo", every="weekly"),
            Share("person:wang", "team:sdr", "lead-scoring"),
            Share("team:sdr", "team:data", "lead-scoring"),
            Share("team:field", "team:brand", "events", until=date(2026, 1, 1)),
            *more,
        ),
        signs,
    )


@pytest.fixture
def in_chinese() -> Iterator[None]:
    set_language(CHINESE)
    yield
    set_language(ENGLISH)


def sample(name: str) -> Shown:
    now = load_organization(SAMPLES / name, known_rules())
    shown = Shown(now)
    shown.scene.view = PlainView(now, now.profile.as_of, {})
    return shown


STARTUP = """
   ╔══════════════╗
   ║ Online promo…║
   ╚════↑══╤══↑═══╝
┌───────┘  │  └─────┐
│  ┌───────↓──────┐ │
│  │ Content and …│ │
│  └────↑─────────┘ │
└──────┐│           └──────┐
 ┌─────┼┘                  │
 │ ┌───┴──────────┐    ┌───┴──────────┐
 │ │ Design       │    │ Lead quali… ▲│
 │ └───────↑──────┘    └──────────────┘
 └─────┐   │
   ┌───┴───┴──────┐
   │ Brand and PR │
   └──────────────┘

an island: nothing is shared with thos…
┌─────────────────────┐
│ Events              │
└──────────┬──────────┘
           │
┌──────────↓──────────┐
│ Regional marketing  │
└─────────────────────┘

these share nothing yet
┌───────────────┐     ┌───────────────┐
│ Marketing     │     │ Partnerships  │
└───────────────┘     └───────────────┘
"""

STARTUP_ZH = """
                         ╔═══════════════╗
                         ║ 线上推广组    ║
                         ╚════╤══↑════↑══╝
            ┌─────────────────┘  │    └───────────────┐
┌───────────↓───┐        ┌───────┴───────┐        ┌───┴───────────┐
│ 内容与社群组  │        │ 设计组        │        │ SDR 组       ▲│
└────────────↑──┘        └───────↑───────┘        └───────────────┘
             └───────────────┐   │
                         ┌───┴───┴───────┐
                         │ 品牌公关组    │
                         └───────────────┘

孤岛：与上面的团队没有分享
┌─────────────┐
│ 活动组      │
└──────┬──────┘
       │
┌──────↓──────┐
│ 区域市场组  │
└─────────────┘

以下团队还没有分享
┌─────────────┐        ┌─────────────┐
│ 市场部      │        │ 生态合作组  │
└─────────────┘        └─────────────┘
"""


def test_the_startup_beside_the_other_panes() -> None:
    assert sample("startup_a.toml").text(39) == STARTUP


def in_readme(name: str, sample_name: str, width: int) -> bool:
    """Whether a README shows the two circles of a sample as they are drawn."""
    shown = sample(sample_name)
    shown.web.worst = lambda ref: None
    circles = "\n\n".join(shown.text(width).strip("\n").split("\n\n")[:2])
    return f"```\n{circles}\n```" in (SAMPLES.parent / name).read_text(encoding="utf-8")


def test_the_readme_shows_what_is_drawn() -> None:
    assert in_readme("README.md", "startup_a.toml", 90)


@pytest.mark.usefixtures("in_chinese")
def test_the_chinese_readme_shows_what_is_drawn() -> None:
    assert in_readme("README.zh.md", "startup_a.zh.toml", 72)


def test_a_pane_too_narrow_for_all_links_says_how_many_are_missing() -> None:
    teams = [f"t{number}" for number in range(20)]
    links = [Share(f"team:{one}", f"team:{other}", "seo") for one, other in combinations(teams, 2)]
    shown = Shown(organization(*(Team(each, each.upper()) for each in teams), *links))
    shown.link("t3", "t17", "events")
    picture = shown.picture(36)
    said = shown.text(36).splitlines()[1]
    assert picture.fixed == 1
    drawn = {link for line in picture.lines for run in line for link in run.links}
    assert said == f"{len(links) - len(drawn)} links are not drawn for want of…"
    assert "~" in shown.text(36), "what changed is drawn before all else"


@pytest.mark.usefixtures("in_chinese")
def test_chinese_names_line_up() -> None:
    assert sample("startup_a.zh.toml").text(72) == STARTUP_ZH


def test_what_differs_from_the_baseline_is_marked() -> None:
    shown = small()
    shown.link("field", "partners")
    shown.link("data", "brand")
    shown.link("sdr", "data")
    shown.make(changed(shown.scene.organization, "team", "brand", name="Brands"))
    assert shown.text(60, marks="brand") == CHANGED
    ascii_signs = small(signs=ASCII)
    ascii_signs.unlink("sdr", "data", "lead-scoring")
    assert ascii_signs.text(60) == GONE


CHANGED = """
┌────────────────┐
│ 增长           │
└────────↑───┬───┘
         ┃   └──────────────────┐
┌────────↓───────┐        ┌─────↓──────────┐
~■Brands         │        │ Qualification ▲│
└────────↑───────┘        └────┬───────────┘
         +    ~━━━━━━━━━━━━━━━━~
┌────────┴────↓──┐
│ Data           │
└────────────────┘

an island: nothing is shared with those above
┌───────────┐
│ Field     │
└─────┬─────┘
      +
┌─────↓─────┐
│ Partners  │
└───────────┘

these share nothing yet
┌────────────┐
│ Marketing  │
└────────────┘
"""

GONE = """
#================#
# 增长           #
#========^=======#
         H   '------------------.
.--------v-------.        .-----v----------.
| Brand          |        | Qualification W|
'----------------'        '----------------'
              -................-
.-------------v--.
| Data           |
'----------------'

these share nothing yet
.------------.        .------------.
| Marketing  |        | Partners   |
'------------'        '------------'
"""


def test_links_that_come_and_go_leave_everybody_where_they_stand() -> None:
    shown = small()
    before = shown.stands(74)
    shown.unlink("sdr", "data", "lead-scoring")
    assert shown.stands(74) == before
    shown.link("brand", "sdr", "events")
    rows = {team: left for team, (left, _) in shown.stands(74).items()}
    assert rows == {team: left for team, (left, _) in before.items()}, "lower by a line for it at most"


def test_what_the_team_under_the_cursor_shares_is_said_in_words() -> None:
    shown = small()
    at = shown.web.index_of(Ref("team:brand"))
    assert at is not None
    assert "".join(span.text for span in shown.web.full(at)) == "Brand   ⇄ 增长 seo, Messaging"
    alone = shown.web.index_of(Ref("team:partners"))
    assert alone is not None
    assert "".join(span.text for span in shown.web.full(alone)) == "Partners shares nothing yet"


def test_a_link_is_found_at_the_team_from_which_it_goes() -> None:
    web = small().web
    assert web.index_of(Ref("share:person:wang>team:sdr>lead-scoring")) == web.index_of(Ref("team:growth"))
    assert web.index_of(Ref("person:wang")) is None


def test_arrows_go_to_the_next_box_in_their_direction() -> None:
    shown = small()
    assert shown.walk("team:growth", "down") == "team:brand"
    assert shown.walk("team:growth", "down", "right") == "team:sdr"
    assert shown.walk("team:growth", "down", "right", "right") == "team:sdr"
    assert shown.walk("team:growth", "down", "down", "up", "left") == "team:brand"
    assert shown.walk("team:growth", "down", "down", "down") == "team:marketing", "to the next group"
    assert shown.walk("team:growth", "up") == "team:growth"


@pytest.mark.parametrize("width", [36, 74, 116, 196])
@pytest.mark.parametrize("name", ["startup_a.toml", "scaleup.zh.toml", "healthy.toml"])
def test_every_box_is_drawn_once_and_can_be_walked_to(name: str, width: int) -> None:
    shown = sample(name)
    picture = shown.picture(width)
    assert sorted(picture.boxes) == list(range(len(shown.web)))
    reached, due = {0}, [0]
    while due:
        place = due.pop()
        ways: tuple[Direction, ...] = ("up", "down", "left", "right")
        for way in ways:
            other = picture.step(place, way)
            if other not in reached:
                reached.add(other)
                due.append(other)
    assert reached == set(picture.boxes)
    assert len(picture.ties) == len({tie.pair for tie in picture.ties})


def many(count: int) -> Shown:
    """A chain of teams, of which every tenth shares with three more."""
    teams = [f"t{number}" for number in range(count)]
    chain = [Share(f"team:{one}", f"team:{other}", "seo") for one, other in pairwise(teams)]
    more = [
        Share(f"team:{teams[at]}", f"team:{teams[at + way]}", "seo")
        for at in range(0, count - 40, 10)
        for way in (20, 30, 33)
    ]
    return Shown(organization(*(Team(each, each.upper()) for each in teams), *chain, *more))


def test_of_very_many_teams_those_around_the_cursor_are_shown() -> None:
    shown = many(300)
    assert len(shown.web) == 300 > MOST_DRAWN
    place = shown.web.index_of(Ref("team:t150"))
    assert place is not None
    picture = shown.picture(74, place)
    assert place in picture.boxes
    assert len(picture.boxes) <= MOST_AROUND
    first = shown.text(74, place).splitlines()[1]
    assert first == f"{len(picture.boxes)} of 300 teams: those within two links of T150"
    neighbour = picture.step(place, "down")
    assert shown.picture(74, neighbour) is picture, "it stays while one walks among those it shares with"
    near = {
        other
        for tie in picture.ties
        if "t150" in tie.pair
        for other in (shown.web.index_of(Ref.to("team", team)) for team in tie.pair)
    }
    far = next(each for each in picture.boxes if each not in near)
    assert shown.picture(74, far) is not picture, "it follows whoever goes farther"
    assert far in shown.picture(74, far).boxes


def test_the_picture_is_made_once_until_something_changes() -> None:
    shown = small()
    assert shown.picture(60, 0) is shown.picture(60, 3)
    assert shown.picture(60) is not shown.picture(61)
    before = shown.picture(60)
    shown.link("field", "partners")
    assert shown.picture(60) is not before
