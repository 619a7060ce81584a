"""The session screen before anything is opened: keys, panes, sizes, what it says."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from orgtui.locales import current_language, set_language
from orgtui.model.sentence import Sentence
from orgtui.tui.actions.lifecycle import opening
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.prompts.help import HelpPrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.row import Rows
from tests.tui.fakes import PLAIN, lines, numbered
from tests.tui.small import PATIENCE, opened


class Unopened(OrgApp):
    """The app as it is while its organisation is being read."""

    def get_default_screen(self) -> SessionScreen:
        return self.session_screen


def app() -> OrgApp:
    return Unopened(Keymap(COMMANDS), PLAIN)


def session(pilot: Pilot[None]) -> SessionScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, SessionScreen)
    return screen


async def test_wide_shows_four_panes_and_the_keys() -> None:
    async with app().run_test(size=(120, 40)) as pilot:
        shown = lines(session(pilot))
        assert shown[0] == " orgtui   reading…"
        assert shown[1].startswith(" 1 Teams ─")
        assert "│ 2 Funnel ─" in shown[1]
        assert "│ 3 Knowledge ─" in shown[1]
        assert any(line.startswith(" 4 Findings ─") for line in shown)
        assert "? help" in shown[-1]


async def test_narrow_shows_one_view_at_a_time() -> None:
    async with app().run_test(size=(80, 24)) as pilot:
        for key, title in (
            ("2", " 2 Funnel"),
            ("3", " 3 Knowledge"),
            ("4", " 3 Knowledge"),
            ("1", " 1 Teams"),
        ):
            await pilot.press(key)
            assert lines(session(pilot))[1].startswith(title)
            assert any(line.startswith(" 4 Findings") for line in lines(session(pilot)))


async def test_zoom_gives_one_pane_the_screen_and_takes_it_back() -> None:
    async with app().run_test(size=(120, 40)) as pilot:
        before = lines(session(pilot))
        await pilot.press("4", "z")
        zoomed = lines(session(pilot))
        assert zoomed[1].startswith(" 4 Findings ─")
        assert zoomed[1].endswith("─ 1 Teams  2 Funnel  3 Knowledge")
        assert not any("1 Teams" in line for line in zoomed[2:])
        await pilot.press("1")
        assert lines(session(pilot))[1].startswith(" 1 Teams ─")
        await pilot.press("z")
        assert lines(session(pilot)) == before


async def test_the_names_and_keys_of_hidden_panes_stay_in_the_title_of_the_one_shown() -> None:
    async with app().run_test(size=(80, 24)) as pilot:
        assert lines(session(pilot))[1].endswith("─ 2 Funnel  3 Knowledge")
        await pilot.press("3")
        title = lines(session(pilot))[1]
        assert title.startswith(" 3 Knowledge ─")
        assert title.endswith("─ 1 Teams  2 Funnel")
        await pilot.resize_terminal(120, 40)
        async with asyncio.timeout(PATIENCE):
            while lines(session(pilot))[1].endswith("─ 1 Teams  2 Funnel"):
                await pilot.pause(0.005)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("pane", ["1", "4"])
async def test_some_keys_never_leave_the_key_bar(width: int, pane: str) -> None:
    async with app().run_test(size=(width, 24)) as pilot:
        await pilot.press(pane)
        await pilot.pause()
        bar = lines(session(pilot))[-1]
        for words in (" u undo ", " p plan ", " / find ", " ? help"):
            assert words in bar


async def test_a_small_terminal_is_told_politely() -> None:
    async with app().run_test(size=(50, 15)) as pilot:
        shown = [line for line in lines(session(pilot)) if line]
        assert shown == [" 50 × 15 is too small", " 60 × 16 is needed"]
        await pilot.resize_terminal(80, 24)
        async with asyncio.timeout(PATIENCE):
            while not lines(session(pilot))[1].startswith(" 1 Teams"):
                await pilot.pause(0.005)


async def test_tab_goes_round() -> None:
    async with app().run_test(size=(120, 40)) as pilot:
        visited = []
        for key in ("tab", "tab", "tab", "tab", "shift+tab"):
            await pilot.press(key)
            visited.append(session(pilot).pane.id)
        assert visited == ["funnel", "knowledge", "findings", "teams", "findings"]


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        (["down"], 1),
        (["j", "j", "k"], 1),
        (["G"], 99),
        (["G", "g"], 0),
        (["end", "home"], 0),
        (["pagedown"], 27),
        (["ctrl+d"], 14),
        (["ctrl+d", "ctrl+d", "ctrl+u"], 14),
        (["up"], 0),
    ],
)
async def test_walking(keys: list[str], cursor: int) -> None:
    async with app().run_test(size=(120, 40)) as pilot:
        session(pilot).pane.show(numbered(100))
        assert session(pilot).pane.page == 28
        await pilot.press(*keys)
        assert session(pilot).pane.cursor == cursor


async def test_help_tells_every_key_and_closes() -> None:
    async with app().run_test(size=(120, 40)) as pilot:
        await pilot.press("?")
        await pilot.pause()
        assert "Keys in Teams" in "\n".join(lines(pilot.app.screen))
        shown = pilot.app.screen
        assert isinstance(shown, HelpPrompt)
        rows = shown.list.rows
        told = ["".join(span.text for span in rows.row(at, 200).left) for at in range(len(rows))]
        for command in session(pilot).keymap.commands_in("teams", "browse"):
            assert not command.label or any(command.help in line for line in told), command.id
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is session(pilot)


async def test_the_palette_finds_and_runs() -> None:
    async with app().run_test(size=(120, 40)) as pilot:
        await pilot.press(":", *"hlod", *["backspace"] * 3, *"old")
        await pilot.press("enter")
        await pilot.pause()
        assert session(pilot).pane.id == "findings"


async def test_the_palette_says_so_when_nothing_fits() -> None:
    async with app().run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p", *"xyzz")
        for key, found in (("y", "xyzzy"), ("backspace", "xyzz"), ("enter", "xyzz")):
            await pilot.press(key)
            await pilot.pause()
            assert any(f"Nothing fits “{found}”" in line for line in lines(pilot.app.screen))
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is session(pilot)


async def test_ctrl_c_says_how_to_leave_until_the_next_key() -> None:
    async with app().run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+c")
        assert lines(session(pilot))[-1] == " q leaves; every change is already saved"
        await pilot.press("down")
        assert "? help" in lines(session(pilot))[-1]


async def test_q_leaves() -> None:
    running = app()
    async with running.run_test(size=(120, 40)) as pilot:
        await pilot.press("q")
    assert running.return_code == 0


@pytest.mark.parametrize(("language", "name"), [("en", "keys.md"), ("zh_CN", "keys.zh.md")])
def test_pages_of_keys_are_up_to_date(language: str, name: str) -> None:
    from orgtui.tui.commands.keys_page import page

    before = current_language()
    set_language(language)
    try:
        assert (Path(__file__).parents[3] / "docs" / name).read_text("utf-8") == page(), "run `make docs`"
    finally:
        set_language(before)


async def test_a_large_organisation_shows_who_sits_where_before_it_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    show_preliminary = SessionScreen.show_preliminary

    def show_and_look(screen: SessionScreen, rows: Rows) -> None:
        show_preliminary(screen, rows)
        seen.append(
            [screen.header.words(80).left[-1].text, *(rows.row(line, 40).left[2].text for line in (0, 2))]
        )

    monkeypatch.setattr(SessionScreen, "show_preliminary", show_and_look)
    async with opened(tmp_path):
        assert seen == [], "a small one is judged before anybody looks"
    monkeypatch.setattr(opening, "EARLY_TREE_MIN_SEATS", 0)
    async with opened(tmp_path) as driver:
        assert seen == [["   checking…", "Marketing", "Brand"]]
        assert driver.lines[0].startswith(" Acme Marketing")


async def test_what_a_row_has_no_room_for_is_said_in_full_above_the_key_bar(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(80, 24)) as driver:
        await driver.press("4")
        shown = lines(driver.session)
        assert shown[-5].endswith("…")
        assert [line.strip() for line in shown[-3:-1]] == [
            "✖ P102 Nothing carries leads from Awareness to Inquiry: no function serves",
            "both, no handoff joins them",
        ]
        await driver.press("j")
        assert "both, no handoff joins them" not in "".join(lines(driver.session))


async def test_a_message_too_long_for_the_key_bar_is_wrapped_above_the_keys() -> None:
    async with app().run_test(size=(80, 24)) as pilot:
        words = "Moved Huang Ting to the team that makes what others need: two findings mended, one new"
        session(pilot).show_message(Sentence(words))
        await pilot.pause()
        shown = lines(session(pilot))
        assert " ".join(line.strip() for line in shown[-3:-1]) == words
        assert "? help" in shown[-1]
        session(pilot).clear_message()
        await pilot.pause()
        assert not any("Huang Ting" in line for line in lines(session(pilot)))
