"""Carrying: what each place would make of it is seen before anything is changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgtui.changes.base import Change
from orgtui.changes.parse import parse_change
from orgtui.locales import set_language
from orgtui.locales.language import CHINESE, ENGLISH
from orgtui.model.records import Area, Function, Handoff, Team
from orgtui.model.sentence import Ref
from orgtui.tui.widgets.text import theme_for
from orgtui.views.base.cells import cell_len
from orgtui.views.base.signs import UNICODE
from tests.organizations import write_small
from tests.tui.small import Driver, opened

LOOP = (Handoff("content", "seo", tracked=True), Handoff("seo", "pr", tracked=True))
"""Brand and growth hand to each other."""


def margins(driver: Driver) -> dict[str, str]:
    """The margin of each team row, by the team's name."""
    teams = [row for row in driver.team_rows() if "▾" in row]
    return {row[4:].split("▾")[1].split()[0]: row[1:4].strip() for row in teams}


def findings(driver: Driver, margin: str) -> list[str]:
    """The codes of findings that carry a margin."""
    shown = driver.lines[driver.session.panes["findings"].region.y + 1 : -1]
    return [line[4:].split()[1] for line in shown if line[1:2] == margin]


async def go_by_rank(driver: Driver, key: str) -> None:
    """Press a key that goes to the best place, or on from there, and wait until all places are weighed."""
    await driver.press(key)
    await driver.until(lambda: not driver.session.mode.busy)
    await driver.pilot.pause()


async def test_every_place_says_what_it_would_make_of_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        before = driver.workspace.session.organization.copy()
        await driver.press("m")
        await driver.until(lambda: margins(driver)["Growth"] == "−7")
        await driver.go("team:growth")
        assert driver.lines[0].startswith(" ▣ Zhang Wei › Growth   ✖ 1  ▲ 5→7  ● 1→2")
        assert "moved 1" in driver.lines[0]
        assert findings(driver, "+") == ["P203", "S204", "S303", "S303"]
        assert findings(driver, "−") == []
        assert findings(driver, "~") == ["A301", "P203"] or findings(driver, "~") == ["P203", "A301"]
        assert driver.workspace.session.organization == before
        assert driver.workspace.session.steps == []


@pytest.mark.parametrize("zoom", [False, True])
async def test_the_bar_hides_no_row_under_the_cursor(tmp_path: Path, zoom: bool) -> None:
    async with opened(tmp_path, size=(80, 16 if zoom else 24)) as driver:
        await driver.go("person:zhang")
        await driver.press("m", *("z" * zoom), "1" if zoom else "4", "G")
        pane = driver.session.pane
        assert pane.cursor == len(pane.rows) - 1
        last = pane.region.y + pane.line_of(pane.cursor)
        assert last < len(driver.lines) - 2, "above the bar and the keys"
        assert "Carrying Zhang Wei" in driver.lines[-2]
        await driver.press("escape")
        assert "Carrying" not in driver.lines[-2]
        assert pane.page == pane.size.height - 1


async def test_put_back_leaves_everything_as_it_was(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("4", "down", "1")
        seen = driver.text
        for key in ("escape", "backspace"):
            await driver.press("m")
            await driver.go("team:growth")
            assert driver.text != seen
            await driver.go("person:zhang")
            await driver.press(key)
            assert driver.text == seen
        assert not (tmp_path / "small.plan.log").exists()


async def test_drop_changes_undo_takes_back_redo_does_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        people = driver.workspace.session.organization.people
        await driver.go("person:zhang")
        await driver.press("m")
        await driver.go("team:growth")
        await driver.press("enter")
        assert people["zhang"].team == "growth"
        assert driver.said == "Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller · u takes it back"
        await driver.press("down")
        assert any(row.startswith(" →") and "Zhang Wei" in row for row in driver.team_rows())
        assert any(row.startswith(" −") and "Zhang Wei" in row for row in driver.team_rows())
        await driver.press("u")
        assert people["zhang"].team == "brand"
        took_back = "Took back: moved Zhang Wei to Growth · 4 findings mended, 1 new; 1 finding larger"
        assert driver.said == f"{took_back} · ctrl+r does it again"
        await driver.press("ctrl+r")
        assert people["zhang"].team == "growth"
        await driver.press("ctrl+r")
        assert driver.said == "There is nothing to redo"


async def test_a_function_goes_with_or_without_its_people(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.workspace.session.organization
        await driver.go("function:content")
        await driver.press("m", "w")
        assert driver.said == "Carried without people"
        await driver.press("w")
        await driver.go("team:growth")
        assert driver.lines[0].startswith(" ▣ Content +1 › Growth")
        await driver.press("w")
        assert driver.lines[0].startswith(" ▣ Content › Growth")
        await driver.press("enter")
        assert organization.functions["content"].team == "growth"
        assert organization.people["zhang"].team == "brand"


async def test_what_is_marked_is_carried_together_and_is_one_step(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.workspace.session.organization
        await driver.go("function:content")
        await driver.press("space", "space")
        assert [row[0] for row in driver.team_rows()].count("■") == 2
        await driver.press("m")
        assert [row[0] for row in driver.team_rows()].count("▣") == 2
        await driver.go("team:growth")
        await driver.press("enter")
        assert organization.functions["content"].team == organization.functions["pr"].team == "growth"
        await driver.press("u")
        assert organization.functions["content"].team == organization.functions["pr"].team == "brand"


async def test_marks_can_be_taken_away(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("function:content")
        await driver.press("space", "up", "space", "space", "escape")
        assert driver.session.marked == {}
        await driver.press("escape")
        assert driver.said == "Nothing is marked"


async def test_a_refusal_is_told_in_words_and_the_cargo_stays_in_hand(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:growth")
        await driver.press("m")
        await driver.go("person:wang")
        refused = "not here: Growth would stand below itself: Growth → Growth"
        assert driver.lines[-2].rstrip() == f" ▣ Carrying Growth · {refused} · esc put back"
        await driver.press("enter")
        assert driver.said == "Growth would stand below itself: Growth → Growth"
        assert driver.session.mode.name == "carry"


async def test_m_again_finds_a_place_by_its_name(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("m", "m")
        await driver.type("grow")
        await driver.press("enter")
        assert driver.session.pane.ref == "team:growth"
        assert driver.lines[0].startswith(" ▣ Zhang Wei › Growth")


async def test_a_team_is_carried_over_the_funnel(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("2")
        driver.session.pane.go_to(Ref("function:seo"))
        await driver.press("m")
        driver.session.pane.go_to(Ref("function:pr"))
        driver.session.cursor_moved()
        await driver.press("enter")
        assert driver.workspace.session.organization.functions["seo"].team == "brand"


async def test_relatives_light_up_and_go_out_while_carrying(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:

        def lit() -> list[str]:
            return [name for name, pane in driver.session.panes.items() if pane.related]

        await driver.go("team:brand")
        assert lit() == ["funnel", "knowledge", "findings"]
        assert any("│›     Content" in line for line in driver.lines)
        await driver.press("m")
        assert lit() == []
        await driver.press("escape")
        assert lit() == ["funnel", "knowledge", "findings"]


async def test_one_key_goes_to_the_best_place_and_on_to_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("m")
        visited, told = [], []
        for key in ("[", "[", "]"):
            await go_by_rank(driver, key)
            visited.append(driver.session.pane.ref)
            told.append(driver.said)
        assert visited == ["team:marketing", "team:growth", "team:marketing"]
        assert told == [
            "Nothing is better than where it is; of the other places Marketing −4 is best",
            "Place 2 of 2: Growth −7",
            "Place 1 of 2: Marketing −4",
        ]
        assert margins(driver) == {"Marketing": "−4", "Brand": "×", "Growth": "−7"}
        await go_by_rank(driver, "]")
        assert driver.said == "There is no better place"
        await go_by_rank(driver, "[")
        await go_by_rank(driver, "[")
        assert driver.said == "There is no worse place"


@pytest.mark.parametrize("key", ["[", "]"])
@pytest.mark.parametrize(
    ("marked", "best"),
    [
        (["person:zhang"], "team:marketing"),
        (["person:zhang", "person:wang"], "team:brand"),
        (["function:content", "function:seo"], "team:brand"),
        (["team:growth"], "team:brand"),
    ],
)
async def test_the_first_press_goes_to_the_best_place(
    tmp_path: Path, key: str, marked: list[str], best: str
) -> None:
    async with opened(tmp_path) as driver:
        for ref in marked:
            await driver.go(ref)
            await driver.press("space")
        await driver.press("m")
        await driver.go("team:growth")
        await go_by_rank(driver, key)
        assert driver.session.pane.ref == best
        balances = driver.carry_mode.balances
        assert balances[Ref(best)] == max(each for each in balances.values() if each is not None)


async def test_all_places_are_weighed_while_nobody_acts(tmp_path: Path) -> None:
    """Those that are folded away as well, so that the best is known when it is asked for."""
    async with opened(tmp_path) as driver:
        await driver.go("team:marketing")
        await driver.press("left")
        await driver.press("2")
        driver.session.pane.go_to(Ref("function:seo"))
        await driver.press("m")
        places = driver.carry_mode.places
        await driver.until(lambda: set(places.known) == {"marketing", "brand", "growth"})


async def test_of_several_those_that_are_there_already_stay(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        people = driver.workspace.session.organization.people
        for ref in ("person:zhang", "person:wang"):
            await driver.go(ref)
            await driver.press("space")
        await driver.press("m")
        await driver.go("team:brand")
        assert driver.lines[0].startswith(" ▣ Zhang Wei, 王磊 › Brand")
        await driver.press("enter")
        assert people["zhang"].team == people["wang"].team == "brand"
        [step] = driver.workspace.session.steps
        assert len(step.changes) == 1


def parsed(**change: object) -> list[Change]:
    return [parse_change(change)]


async def test_what_others_change_meanwhile_is_taken_in(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("m")
        await driver.go("team:growth")
        before = driver.lines[0]
        driver.workspace.session.do(parsed(op="set_learning", person="wang", skill="crm", on=True))
        driver.workspace.session.do(parsed(op="move_person", person="xu", to="growth"))
        await driver.press("down", "up")
        assert driver.lines[0] != before
        assert driver.lines[0].startswith(" ▣ Zhang Wei › Growth   ✖ 1  ▲ ")
        assert "moved 2" in driver.lines[0]
        assert "P203" in findings(driver, "−"), "three sit there then"
        await driver.until(lambda: margins(driver)["Growth"] not in ("", "−7"))
        await driver.press("enter")
        assert driver.workspace.session.organization.people["zhang"].team == "growth"


async def test_what_is_gone_is_put_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        for ref in ("person:zhang", "person:xu"):
            await driver.go(ref)
            await driver.press("space")
        await driver.press("m")
        driver.workspace.session.do(parsed(op="close_seat", person="zhang"))
        await driver.pilot.pause()
        assert driver.lines[0].startswith(" ▣ Xu Lei ›")
        driver.workspace.session.do(parsed(op="close_seat", person="xu"))
        await driver.pilot.pause()
        assert driver.said == "What you carried is not there any more"
        assert driver.session.mode.name == "browse"
        assert "▣" not in driver.text


@pytest.mark.parametrize(
    ("pane", "views", "place"),
    [
        ("teams", 0, "team:growth"),
        ("teams", 1, "team:growth"),
        ("teams", 2, "team:growth"),
        ("funnel", 0, "team:growth"),
        ("funnel", 1, "function:seo"),
        ("knowledge", 1, "team:growth"),
    ],
)
async def test_every_view_of_a_pane_can_be_carried_over(
    tmp_path: Path, pane: str, views: int, place: str
) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("m")
        driver.session.activate(pane)
        await driver.press(*["v"] * views)
        assert driver.session.pane.go_to(Ref(place))
        driver.session.cursor_moved()
        await driver.pilot.pause()
        assert driver.lines[0].startswith(" ▣ Zhang Wei › Growth   ✖ 1  ▲ 5→7  ● 1→2")
        await driver.until(lambda: "−7" in "".join(driver.lines[2:20]))
        await go_by_rank(driver, "[")
        assert (driver.session.pane.id, driver.session.pane.ref) == ("teams", "team:marketing")
        await driver.press("enter")
        assert driver.workspace.session.organization.people["zhang"].team == "marketing"


async def test_what_can_be_dropped_nowhere_has_no_best_place(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        for ref in ("team:brand", "team:growth", "team:marketing"):
            await driver.go(ref)
            await driver.press("space")
        await driver.press("m")
        await go_by_rank(driver, "[")
        assert driver.said == "There is no place where this can be dropped"
        assert set(margins(driver).values()) == {"×"}


HEADER = re.compile(r"(✖|▲|●|teams|pairs|moved) (?:\d+→)?(\d+)")


@pytest.mark.parametrize(
    "carried", ["person:zhang", "person:xu", "function:content", "team:growth", "team:brand"]
)
async def test_the_header_tells_every_number_as_it_will_be(tmp_path: Path, carried: str) -> None:
    write_small(tmp_path, *LOOP)
    async with opened(tmp_path) as driver:
        for place in ("team:marketing", "team:brand", "team:growth"):
            await driver.go(carried)
            await driver.press("m")
            await driver.go(place)
            promised = dict(HEADER.findall(driver.lines[0].partition("›")[2]))
            await driver.press("enter")
            if driver.session.mode.name == "carry":
                await driver.press("escape")
                continue
            await driver.until(lambda: not driver.workspace.session.has_pending_rules)
            await driver.pilot.pause()
            kept = dict(HEADER.findall(driver.lines[0]))
            assert {name: kept.get(name, "0") for name in promised} == promised, place
            assert kept.keys() <= promised.keys()
            await driver.press("u")
            await driver.until(lambda: not driver.workspace.session.has_pending_rules)


AREAS = (
    Area("brand", "Brand work"),
    Area("growth", "Growth work"),
    Function("content", "Content", "brand", "brand", ("awareness",)),
    Function("pr", "PR", "brand", "brand", ("awareness",)),
    Function("seo", "SEO", "growth", "growth", ("inquiry",)),
    Function("sem", "SEM", "growth", "growth", ("inquiry",)),
)
"""Brand and growth are at home in areas of their own."""


async def test_a_place_says_whether_what_is_carried_belongs_there(tmp_path: Path) -> None:
    write_small(tmp_path, *AREAS)
    async with opened(tmp_path) as driver:

        def row_of(team: str) -> str:
            return next(row for row in driver.team_rows() if f"▾ {team}" in row)

        await driver.go("function:sem")
        assert "home" not in row_of("Growth")
        await driver.press("m")
        await driver.until(lambda: len(driver.carry_mode.balances) == 3)
        await driver.pilot.pause()
        assert re.search(r"▾ Brand .* stranger  3", row_of("Brand"))
        await driver.go("team:brand")
        place = driver.carry_mode.places.known["brand"]
        assert driver.lines[-2].startswith(f" ▣ Carrying SEM · here −{-place.score}: ")
        assert driver.lines[-2].rstrip().endswith(" · nothing here is like it · enter drop · esc put back")
        assert place.score == place.balance - 6
        assert margins(driver)["Brand"] == f"−{-place.score}"
        await driver.go("person:zhang")
        await driver.press("escape")
        assert "stranger" not in driver.text
        await driver.go("person:wang")
        await driver.press("m")
        await driver.go("team:growth")
        assert " · not here: 王磊 already sits in Growth · esc put back" in driver.lines[-2]


WIDTHS = (60, 80, 100, 120)


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
async def test_the_bar_leaves_out_what_is_needed_least_and_never_the_keys(
    tmp_path: Path, language: str
) -> None:
    write_small(tmp_path, *AREAS)
    set_language(language)
    try:
        shown = {width: await _bar_of_three(tmp_path, width) for width in WIDTHS}
    finally:
        set_language(ENGLISH)
    assert all(cell_len(bar) <= width for width, bar in shown.items())
    assert [bar.rstrip() for bar in shown.values()] == BARS[language]


async def _bar_of_three(folder: Path, width: int) -> str:
    async with opened(folder, (width, 24)) as driver:
        for ref in ("function:sem", "person:zhang", "person:xu"):
            await driver.go(ref)
            await driver.press("space")
        await driver.press("m")
        await driver.go("team:growth")
        return driver.lines[-2]


BARS: dict[str, list[str]] = {
    ENGLISH: [
        " ▣ Carrying SEM +2 · here −13 · enter drop · esc put back",
        " ▣ Carrying SEM +2 · here −13: mends 1, breaks 4 · enter drop · esc put back",
        " ▣ Carrying SEM + Zhang Wei + Xu Lei · here −13: mends 1, breaks 4 · enter drop · esc put back",
        " ▣ Carrying SEM + Zhang Wei + Xu Lei · here −13: mends 1, breaks 4 · "
        "nothing here is like it · enter drop · esc put back",
    ],
    CHINESE: [
        " ▣ 正在调动：SEM +2 · 此处 −13 · enter 放下 · esc 放回",
        " ▣ 正在调动：SEM +2 · 此处 −13：解决 1，新增 4 · enter 放下 · esc 放回",
        " ▣ 正在调动：SEM +2 · 此处 −13：解决 1，新增 4 · 这里没有同类工作 · enter 放下 · esc 放回",
        " ▣ 正在调动：SEM +2 · 此处 −13：解决 1，新增 4 · 这里没有同类工作，同类工作集中在「Brand」 · "
        "enter 放下 · esc 放回",
    ],
}
"""By language, the bar at each width."""


async def test_a_colour_of_its_own_and_a_sign_of_its_own_say_that_something_is_carried(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        assert "▣" not in driver.text
        await driver.press("m")
        bar = driver.carry_mode.bar(driver.session.size.width).left
        words = "".join(span.text for span in bar)
        assert {span.role for span in bar} == {"carry"}
        assert words.rstrip() == driver.lines[-2].rstrip()
        assert cell_len(words) == driver.session.size.width, "the whole line is coloured"
        coloured, plain = theme_for({}), theme_for({"NO_COLOR": "1"})
        for style in (coloured.styles["carry"], plain.styles["carry"]):
            assert style is not None
            assert style.reverse
        assert coloured.styles["carry"] not in [
            style for role, style in coloured.styles.items() if role != "carry"
        ]
        assert coloured.glyphs.carried not in {UNICODE.error, UNICODE.warning, UNICODE.advice}
        await driver.press("escape")
        assert "▣" not in driver.text


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        ("team:marketing", "The team at the top stays where it is"),
        ("person:zhang", "A closed seat cannot be carried"),
        ("was:team:press", "This was here before and is gone: it cannot be carried"),
    ],
)
async def test_what_cannot_be_carried_is_neither_marked_nor_lifted(
    tmp_path: Path, ref: str, reason: str
) -> None:
    write_small(tmp_path, Team("press", "Press", "brand"))
    async with opened(tmp_path) as driver:
        driver.workspace.session.do(parsed(op="close_seat", person="zhang"))
        driver.workspace.session.do(parsed(op="merge_teams", team="press", into="growth"))
        await driver.pilot.pause()
        for key in ("space", "m"):
            await driver.go(ref)
            assert driver.session.pane.ref == ref
            await driver.press(key)
            assert driver.said == reason
            assert not driver.session.marked
            assert driver.session.mode.name == "browse"


async def test_help_says_how_a_balance_is_counted(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("m", "question_mark")
        assert "+3 −3" in driver.text
        assert "mended less broken, by weight (error 9, warning 3, advice 1), and how it fits" in driver.text
        assert re.search("≠ +stranger, −6: nothing there is like it", driver.text)


async def test_rules_about_the_whole_team_graph_complete_the_preview_after_the_paint(tmp_path: Path) -> None:
    """Two teams that hand to each other are a loop, which ends when one takes the other's work."""
    write_small(tmp_path, *LOOP)
    async with opened(tmp_path) as driver:
        assert any("C102" in line for line in driver.lines)
        await driver.go("function:seo")
        await driver.press("m")
        await driver.go("team:brand")
        await driver.until(lambda: "C102" in findings(driver, "−"))
