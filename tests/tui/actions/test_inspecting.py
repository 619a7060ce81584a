"""Pages read by keys: what is known of a thing, why a finding speaks, what a session came to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orgtui.changes.base import Change
from orgtui.changes.operations.acceptances import Unaccept
from orgtui.changes.operations.seats import MovePerson
from orgtui.model.records import Acceptance
from orgtui.model.sentence import Ref
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from orgtui.tui.prompts.prompt import Prompt
from orgtui.tui.prompts.reader import Reader
from tests.organizations import write_small
from tests.tui.small import KEYS, Driver, opened


def shown(driver: Driver, *words: str) -> bool:
    """Whether all words stand on screen, however the columns between them are."""
    text = " ".join(driver.text.replace("│", " ").replace("›", " ").split())
    return all(each in text for each in words)


def foot(driver: Driver) -> str:
    prompt = driver.app.screen
    assert isinstance(prompt, Prompt)
    return "".join(span.text for span in prompt.foot.words(200).left)


async def to_line(driver: Driver, words: str) -> None:
    """Walk down to the line that begins with words."""
    reader = driver.app.screen
    assert isinstance(reader, Reader)
    for index in range(len(reader.list.rows)):
        row = reader.list.rows.row(index, 100)
        if "".join(span.text for span in row.left).strip().startswith(words):
            await driver.press(*["down"] * (index - reader.list.cursor))
            return
    raise AssertionError(words)


async def test_enter_inspects_teams_functions_and_people(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        for ref, told in (
            ("team:growth", ["Below Marketing", "Lead 王磊", "Functions SEO", "P203 Growth has 1 seat"]),
            ("team:brand", ["Shares knowledge to Growth: messaging, weekly", "Goals Media coverage"]),
            ("function:content", ["Team Brand", "Stages Awareness", "Li Na 0.5", "Zhang Wei 1"]),
            ("person:zhang", ["Title Content editor", "Reports to Li Na", "Layer 3", "Functions Content 1"]),
        ):
            await driver.go(ref)
            await driver.press("enter")
            assert shown(driver, *told), driver.text
            await driver.press("escape")
            assert driver.app.screen is driver.session


async def test_lines_lead_on_and_backspace_leads_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("enter")
        await to_line(driver, "Reports to")
        await driver.press("enter")
        assert shown(driver, "Leads Brand", "Reports to Chen Jing")
        await to_line(driver, "Layer")
        await driver.press("enter")
        assert foot(driver) == "There is nothing to edit or look at here"
        await driver.press("backspace")
        assert shown(driver, "Title Content editor")
        reader = driver.app.screen
        assert isinstance(reader, Reader)
        assert reader.line.target == "person:li", "the cursor is where it was"
        await driver.press("backspace")
        assert driver.app.screen is driver.session


async def test_o_goes_to_what_a_line_speaks_of(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("enter", "o")
        assert foot(driver) == "No pane has a row for this"
        await to_line(driver, "Functions")
        await driver.press("o")
        assert driver.app.screen is driver.session
        assert driver.session.pane.ref == "function:content"


async def test_i_explains_a_finding_down_to_its_principle(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("4")
        driver.session.pane.go_to(Ref("finding:P203 team:growth"))
        await driver.press("i")
        told = ["P203 team-too-thin (warning)", "Growth has 1 seat", "Seats, at least 3"]
        assert shown(driver, *told, "What it rests on 王磊 team Growth, state filled"), driver.text
        await to_line(driver, "Its principle")
        await driver.press("enter")
        assert shown(driver, "Growth has 1 seat", "What it checks", "min_size 3")
        await driver.press("j", "j", "j", "o")
        assert (driver.session.pane.id, driver.session.pane.ref) == ("findings", "finding:P203 team:growth")


async def test_c_compares_with_the_baseline(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("c", "enter")
        assert "Nothing has been changed yet: now is the baseline" in driver.text
        await driver.press("escape")
        driver.workspace.session.do([MovePerson("xu", "growth")], "Growth needs a voice")
        await driver.press("c", "enter")
        assert shown(driver, "The baseline and now", "People moved 0 → 1", "People with a new manager 0 → 1")
        await to_line(driver, "moved Xu Lei to Growth")
        assert shown(driver, "Changes of wave 1", "Growth needs a voice")
        await to_line(driver, "Xu Lei  Li Na → 王磊")
        await driver.press("enter")
        assert shown(driver, "Since the baseline Brand → Growth")


def write_plan(folder: Path, name: str, *changes: Change, organization: str = "small.toml") -> Path:
    """The plan of a session that made some changes, under another name."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    copy = elsewhere / "small.toml"
    copy.write_bytes((folder / organization).read_bytes())
    path = elsewhere / name
    other = open_session(copy, path)
    other.session.do(changes)
    fold(other)
    other.session.close()
    return path


async def test_c_compares_with_another_plan_beside_this_one_or_by_its_path(tmp_path: Path) -> None:
    write_small(tmp_path)
    path = write_plan(tmp_path, "other.plan.toml", MovePerson("xu", "growth"), MovePerson("zhang", "growth"))
    (tmp_path / "beside.plan.toml").write_bytes(path.read_bytes())
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("xu", "growth")])
        await driver.press("c")
        assert shown(driver, "the baseline", "beside.plan.toml")
        assert "small.plan.toml" not in driver.text
        for typed in ("besi", str(path)):
            await driver.type(typed)
            await driver.press("enter")
            assert shown(
                driver, f"{path.stem.partition('.')[0]} and now", "People moved 2 → 1", "Warnings 8 → 7"
            )
            await to_line(driver, "Zhang Wei  王磊 → Li Na")
            assert shown(driver, "Only other, wave 1", "moved Zhang Wei to Growth")
            assert "Only now" not in driver.text
            await driver.press("escape", "c")


async def test_a_plan_that_cannot_be_compared_is_refused_in_words(tmp_path: Path) -> None:
    write_small(tmp_path)
    text = (tmp_path / "small.toml").read_text("utf-8")
    (tmp_path / "changed.toml").write_text(text.replace("Everybody", "Nobody"), "utf-8")
    strange = write_plan(
        tmp_path, "strange.plan.toml", MovePerson("xu", "growth"), organization="changed.toml"
    )
    fitting = write_plan(tmp_path, "fitting.plan.toml", MovePerson("xu", "growth"))
    (tmp_path / "strange.plan.toml").write_bytes(strange.read_bytes())
    broken = fitting.read_text("utf-8").replace('to = "growth"', 'too = "growth"')
    (tmp_path / "broken.plan.toml").write_text(broken, "utf-8")
    impossible = fitting.read_text("utf-8").replace('person = "xu"', 'person = "nobody"')
    (tmp_path / "impossible.plan.toml").write_text(impossible, "utf-8")
    async with opened(tmp_path) as driver:
        await driver.press("c", *"strange", "enter")
        assert "strange.plan.toml was made for another state of small.toml" in driver.text
        await driver.press("escape", "c", *"impossible", "enter")
        assert "impossible.plan.toml: change 1 cannot be made" in driver.text, driver.text
        await driver.press("escape", "c", *"broken", "enter")
        assert shown(driver, "2 problems in broken.plan.toml", "broken.plan.toml:14: change[1].too: ")
        await driver.press("escape", "escape", "c", *"nowhere", "enter")
        assert "Nothing fits “nowhere”" in driver.text
        await driver.press("ctrl+u", *"x" * 60)
        assert f"Nothing fits “{'x' * 60}”" in driver.text
        assert driver.text.count("x" * 60) == 2, "as typed, and in the message"


async def test_the_principles_with_their_counts(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("P")
        assert shown(driver, "P1 Divide along the funnel", "68 principles")
        await to_line(driver, "▲ P203")
        await driver.press("enter", "down", "down", "down", "enter")
        assert shown(driver, "What it rests on")
        await driver.press("backspace", "backspace")
        await to_line(driver, "P301")
        await driver.press("enter")
        assert shown(driver, "P301 breakthrough-buried")


async def test_the_principles_are_counted_anew_when_others_change_something(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("P")
        await to_line(driver, "▲ P203")
        assert shown(driver, "▲ P203 team-too-thin A team is too small to be one. 1")
        driver.workspace.session.do([MovePerson("xu", "growth")])
        await driver.pilot.pause()
        assert shown(driver, "▲ P203 team-too-thin A team is too small to be one. 1 → 2"), driver.text


async def test_the_findings_of_a_principle_are_visited_one_by_one(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("P")
        await to_line(driver, "▲ P402")
        await driver.press("enter")
        await to_line(driver, "▲ P402 Brand")
        await driver.press("o")
        visited = [driver.session.pane.ref]
        for key in ("n", "n", "N"):
            await driver.press(key)
            visited.append(driver.session.pane.ref)
        brand, growth = Ref("finding:P402 team:brand"), Ref("finding:P402 team:growth")
        assert visited == [brand, growth, brand, growth]
        assert driver.session.pane.id == "findings"


LIVED_WITH = (
    Acceptance("P203", ("team:growth",), "Two are hired in spring"),
    Acceptance("P402", ("team:growth",), "They are new", until=date(2026, 11, 20)),
    Acceptance("P203", ("team:brand",), "Three are enough"),
)


async def test_accepted_findings_are_counted_apart_and_those_that_ended_are_back(tmp_path: Path) -> None:
    write_small(tmp_path, *LIVED_WITH)
    async with opened(tmp_path) as driver:
        assert "4 Findings  1 accepted ─" in driver.text
        assert driver.lines[0].startswith(" Acme Marketing   ✖ 1  ▲ 4  ● 1")
        [ended] = [line for line in driver.lines if "P402 Growth" in line]
        assert ended.endswith("(was accepted until 2026-11-20)")
        [accepted] = [line for line in driver.lines if "P203 Growth" in line]
        assert accepted.endswith("(accepted)")
        await driver.press("P")
        await to_line(driver, "▲ P402")
        await driver.press("enter")
        assert shown(driver, "P402 Growth has 0 goals", "(was accepted until 2026-11-20)")
        await driver.press("backspace")
        await to_line(driver, "P203 Brand  — Three are enough")
        await driver.until(lambda: shown(driver, "Accepted, but not found any more"))
        await driver.press("escape")
        driver.workspace.session.do([Unaccept("P203", ("team:growth",))])
        await driver.pilot.pause()
        assert "4 Findings ─" in driver.text


async def test_pages_fit_a_small_terminal_and_follow_its_size(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(80, 24)) as driver:
        await driver.press("P", "enter")
        await driver.press("down", "enter")
        assert shown(driver, "What it checks")
        await driver.pilot.resize_terminal(120, 40)
        await driver.until(lambda: len(driver.lines) == 40 and shown(driver, "How to mend"))
        await driver.press("q")
        assert driver.app.screen is driver.session


async def test_the_keys_of_the_panes_walk_over_a_page(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(80, 24)) as driver:
        await driver.press("P")
        reader = driver.reader
        await driver.press("G")
        assert reader.list.cursor == len(reader.page) - 1
        await driver.press("g", "j", "j", "k")
        assert reader.list.cursor == 1
        await driver.press("ctrl+d")
        assert reader.list.cursor == 1 + reader.list.page // 2
        await driver.press("?")
        assert shown(driver, "Keys on a page")
        await driver.type("last row")
        await driver.until(lambda: shown(driver, "Go to the last row"))
        await driver.press("escape", "m")
        assert foot(driver) == "Leave the page first: esc closes it"


async def test_the_palette_runs_commands_of_a_page(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("enter", ":")
        await driver.type("leave the page")
        await driver.press("enter")
        assert driver.app.screen is driver.session


async def test_the_page_of_a_finding_follows_what_changes(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("4")
        driver.session.pane.go_to(Ref("finding:P203 team:growth"))
        await driver.press("i")
        assert shown(driver, "Growth has 1 seat", "What it rests on 王磊 team Growth")
        driver.workspace.session.do([MovePerson("xu", "growth")])
        await driver.until(lambda: shown(driver, "Growth has 2 seats", "Xu Lei team Growth"))
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        await driver.until(lambda: "What it rests on" not in driver.text)
        await driver.press("u")
        await driver.until(lambda: shown(driver, "Growth has 2 seats", "Xu Lei team Growth"))


def whole(reader: Reader) -> str:
    """All lines of the page that is read."""
    return "\n".join("".join(span.text for span in line.left) for line in reader.page.lines)


async def test_the_examples_of_a_principle_are_drawn_or_shown_as_in_a_file(tmp_path: Path) -> None:
    async with opened(tmp_path, (80, 24)) as driver:
        await driver.press(KEYS["principles"])
        reader = driver.app.screen
        assert isinstance(reader, Reader)
        targets = [line.target for line in reader.page.lines]
        reader.list.move_to(targets.index(Ref("principle:P203")))
        await driver.take("look_closer")
        assert "▾ Marketing" in (drawn := whole(reader))
        assert "organization =" not in drawn
        await driver.take("turn_examples")
        assert 'organization = { name = "Example"' in (in_a_file := whole(reader))
        assert "▾ Marketing" not in in_a_file
        await driver.press(KEYS["back"], KEYS["turn_examples"])
        assert "Only the page of a principle has examples" in driver.text
