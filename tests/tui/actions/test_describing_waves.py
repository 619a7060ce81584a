"""Waves have a name, a day, a page and a comparison, and the header says into which one changes go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orgtui.changes.operations.seats import MovePerson
from orgtui.views.base.row import Span
from tests.tui.actions.test_flows import prompt_foot
from tests.tui.small import Driver, opened


def words(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans).strip()


def page(driver: Driver) -> list[str]:
    return [words(line.left) for line in driver.reader.page.lines]


def in_two_waves(driver: Driver) -> None:
    """Zhang Wei moves in the first wave, Xu Lei in the second."""
    session = driver.workspace.session
    session.do([MovePerson("zhang", "growth")])
    session.do([MovePerson("xu", "growth")])
    session.set_wave([2], 2)
    driver.session.apply_update(session.evaluate_pending())


async def test_a_caption_says_name_day_and_who_moves(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        in_two_waves(driver)
        driver.workspace.session.describe_wave(1, "One voice", date(2027, 1, 4))
        await driver.take("plan")
        assert page(driver) == [
            "Wave 1 · One voice · 2027-01-04 · 1 change · 1 person gets a new manager",
            "moves: Zhang Wei",
            "1  moved Zhang Wei to Growth",
            "Wave 2 · 1 change · 1 person gets a new manager",
            "moves: Xu Lei",
            "2  moved Xu Lei to Growth",
        ]


async def test_a_single_wave_has_a_caption_once_it_is_described(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth"), MovePerson("xu", "growth")])
        driver.session.evaluate_pending()
        await driver.take("plan")
        assert page(driver)[0].startswith("1  moved Zhang Wei")
        driver.workspace.session.describe_wave(1, "One voice")
        await driver.pilot.pause()
        assert page(driver)[0].startswith(
            "Wave 1 · One voice · 1 change · 2 people get a new manager · ▲ A201"
        )
        await driver.take("g, right")
        assert page(driver)[0].startswith("▲ A201 wave 1 gives 2 of 5 people a new manager")


async def test_a_wave_is_described_in_one_form_and_undone(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        in_two_waves(driver)
        await driver.take("plan, > Wave 2, rename, 'Later, tab, 'soon, tab, enter")
        assert "soon" in driver.text
        assert 2 not in driver.workspace.session.waves
        await driver.take("ctrl+u, '2027-03-01, tab, enter")
        assert driver.workspace.session.waves[2].on == date(2027, 3, 1)
        assert page(driver)[3].startswith("Wave 2 · Later · 2027-03-01 · 1 change")
        assert prompt_foot(driver) == "Named wave 2 Later, announced on 2027-03-01 · u takes it back"
        await driver.take("undo")
        assert 2 not in driver.workspace.session.waves
        assert page(driver)[3].startswith("Wave 2 · 1 change")


async def test_a_described_wave_without_changes_stays_in_the_list(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        driver.workspace.session.describe_wave(3, "Spring")
        await driver.take("plan")
        assert page(driver)[-1] == "Wave 3 · Spring · 0 changes"


async def test_who_moves_is_cut_by_room_and_told_in_full_under_the_cursor(tmp_path: Path) -> None:
    async with opened(tmp_path, (60, 24)) as driver:
        session = driver.workspace.session
        session.do([MovePerson(person, "growth") for person in ("zhang", "xu", "li")])
        session.do([MovePerson("chen", "growth"), MovePerson("wang", "brand")])
        session.describe_wave(1, "One voice")
        driver.session.apply_update(session.evaluate_pending())
        await driver.take("plan")
        assert page(driver)[1] == "moves: Zhang Wei, Xu Lei, Li Na, +2"
        assert prompt_foot(driver) == "moves: Zhang Wei, Xu Lei, Li Na, Chen Jing, 王磊"


async def test_the_page_of_a_wave_has_everybody(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        in_two_waves(driver)
        await driver.take("plan, > Wave 2, right")
        assert page(driver) == [
            "1 person moves",
            "Xu Lei  Brand → Growth",
            "",
            "1 person gets a new manager",
            "Xu Lei  Li Na → 王磊",
        ]
        await driver.take("> Xu Lei, o")
        assert driver.session.pane.ref == "person:xu"


async def test_a_wave_is_compared_with_the_state_before_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        in_two_waves(driver)
        await driver.take("plan, > Wave 2, c")
        assert "After wave 1 and After wave 2" in driver.text
        shown = page(driver)
        assert "Changes of wave 2" in shown
        assert any("Xu Lei" in line for line in shown)
        assert not any("Zhang Wei" in line for line in shown)
        await driver.take("back, g, c")
        assert "The baseline and After wave 1" in driver.text
        assert not any("Xu Lei" in line for line in page(driver))


async def test_the_header_says_into_which_wave_changes_go(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        assert "wave" not in driver.lines[0]
        driver.workspace.session.do([MovePerson("xu", "growth")])
        await driver.take("plan, down, b, escape")
        assert "changes go into wave 2" in driver.lines[0]
        await driver.take("undo")
        assert "wave" not in driver.lines[0]
        driver.workspace.session.describe_wave(1, "One voice")
        await driver.pilot.pause()
        assert "changes go into wave 1" in driver.lines[0]


async def test_a_caption_is_nothing_to_take_away(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        in_two_waves(driver)
        await driver.take("plan, d")
        assert prompt_foot(driver) == "Nothing can be taken away here"
