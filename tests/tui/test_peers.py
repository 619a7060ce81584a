"""Several people in one session: who is here, what their cursors are on, and what they change."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.strip import Strip

from orgtui.changes.parse import parse_change
from orgtui.model.days import clock
from orgtui.model.sentence import Ref
from orgtui.session.identity import user_name
from orgtui.session.log import checkpoint as checkpoints
from orgtui.session.log.checkpoint import checkpoint_path_for
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.opening import open_session
from orgtui.session.presence import FolderPresence, folder_for
from orgtui.session.session import Session
from orgtui.tui.actions.carry import carry
from orgtui.tui.actions.lifecycle import peers
from orgtui.tui.actions.lifecycle.leaving import close_session
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.widgets.pane import Pane
from tests.changes.world import change
from tests.organizations import write_small
from tests.session.sessions import moved
from tests.tui.small import opened

ME = user_name()


def painted_rows(pane: Pane) -> list[Strip]:
    """The rows of a pane as they were painted last, the same object until a row is painted again."""
    return pane.render_lines(pane.size.region)[1:]


def plan_in(folder: Path) -> Path:
    return folder / "small.plan.toml"


async def test_who_is_here_is_in_the_header_until_they_leave(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        alone = driver.text
        other = FolderPresence.enter(plan_in(tmp_path))
        await driver.until(lambda: driver.lines[0].endswith(f" +{ME}"))
        watcher = FolderPresence.enter(plan_in(tmp_path), watching=True)
        await driver.until(lambda: f"+{ME} (watching)" in driver.lines[0])
        watcher.leave()
        other.leave()
        await driver.until(lambda: driver.text == alone)


async def test_the_row_under_anothers_cursor_carries_the_name(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        other = FolderPresence.enter(plan_in(tmp_path))
        other.point_at(Ref("function:seo"))
        await driver.until(lambda: any(row.endswith(f"◂{ME[:6]}") for row in driver.team_rows()))
        marked = [line for line in driver.lines if f"◂{ME[:6]}" in line]
        assert len(marked) == 2, "in the teams and in the funnel"
        assert all("SEO" in line for line in marked)
        other.leave()
        await driver.until(lambda: "◂" not in driver.text)


async def test_others_see_where_the_cursor_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        other = FolderPresence.enter(plan_in(tmp_path))
        await driver.go("person:zhang")
        await driver.until(lambda: [here.cursor for here in other.others()] == ["person:zhang"])
        other.leave()
    assert not folder_for(plan_in(tmp_path)).exists()


async def test_a_folder_for_presence_that_cannot_be_used_is_told_and_the_rest_works(tmp_path: Path) -> None:
    folder = folder_for(plan_in(tmp_path))
    folder.mkdir()
    folder.chmod(0o777)
    async with opened(tmp_path) as driver:
        assert driver.said == "who is here is not known: .small.plan.here is open to others"
        await driver.press("down")
        assert "? help" in driver.said


async def test_what_does_not_count_as_somebody_is_told(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        os.mkfifo(folder_for(plan_in(tmp_path)) / ("1" * 32))
        told = f"a file of {ME} does not count as somebody who is here: it is not a regular file"
        await driver.until(lambda: driver.said == told)
        assert f"+{ME}" not in driver.lines[0]


async def test_a_folder_that_can_be_looked_at_no_more_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as driver:
        other = FolderPresence.enter(plan_in(tmp_path))
        await driver.until(lambda: f"+{ME}" in driver.lines[0])

        def fail(folder: int) -> list[str]:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(os, "listdir", fail)
        await driver.until(lambda: driver.said == "Who is here is not known any more: Input/output error")
        assert f"+{ME}" not in driver.lines[0]
        await driver.press("down")
        await driver.until(lambda: "? help" in driver.said)
        other.leave()


async def test_what_became_of_the_log_is_told_once_more_when_leaving(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do(moved("xu", "growth"))
        log_path_for(driver.workspace.opened.plan_path).unlink()
        await driver.until(lambda: "was deleted" in driver.said)
        await driver.press("down", "q")
    (kept,) = tmp_path.glob("*.rescue-*")
    assert driver.app.exit_messages == [f"small.plan.log was deleted; what it held is kept in {kept}"]


async def test_leaving_folds_what_others_did_a_moment_ago(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        plan = driver.workspace.opened.plan_path
        other = open_session(tmp_path / "small.toml").session
        other.do([parse_change({"op": "rename", "kind": "team", "id": "brand", "name": "Brand!"})])
        other.close()
        await driver.press("q")
    assert driver.app.return_code == 0
    assert "Brand!" in plan.read_text("utf-8")


# -- what others change ----------------------------------------------------------------------------------


@contextmanager
def another(folder: Path) -> Iterator[Session]:
    """Another session on the same plan."""
    session = open_session(folder / "small.toml").session
    try:
        yield session
    finally:
        session.close()


async def test_what_another_changes_is_shown_and_told(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:xu")
        with another(tmp_path) as li:
            li.do(moved("zhang", "growth"))
            await driver.until(
                lambda: driver.said == f"{ME} moved Zhang Wei to Growth: 4 new findings; 1 finding smaller"
            )
            assert any(row.startswith(" →") and "Zhang Wei" in row for row in driver.team_rows())
            assert "moved 1" in driver.lines[0]
            assert driver.session.pane.ref == "person:xu", "the cursor stays on what it was on"
            li.undo()
            await driver.until(lambda: driver.said.startswith(f"{ME} took back: moved Zhang Wei to Growth"))
            li.do(moved("zhang", "growth"))
            await driver.until(lambda: driver.said.startswith(f"{ME} moved"))
            li.say_why(2, "She wants to")
            await driver.until(lambda: driver.said == f"{ME} noted why: moved Zhang Wei to Growth")
            await driver.press("p")
            assert "She wants to" in driver.text


async def test_the_plan_says_its_name_and_who_changed_it_last(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do(moved("zhang", "growth"))
        await driver.press("p")
        step = driver.workspace.session.steps[-1]
        assert step.at is not None
        assert f"Plan small: 1 change, the last by {step.who} at {clock(step.at)}" in driver.text


async def test_leaving_keeps_a_checkpoint_of_a_long_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "CHECKPOINT_MIN", 2)
    monkeypatch.setattr(checkpoints, "RENEWED_AFTER", 1)
    async with opened(tmp_path) as driver:
        driver.workspace.session.do(moved("zhang", "growth"))
        kept = checkpoint_path_for(log_path_for(driver.workspace.opened.plan_path), os.geteuid())
        assert close_session(driver.session) is None
        assert kept.exists()


async def test_why_is_asked_of_ones_own_change_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        with another(tmp_path) as li:
            li.author = "li"
            li.do(moved("xu", "growth"))
            await driver.until(lambda: driver.said.startswith("li? moved Xu Lei to Growth"))
            await driver.press("y")
            assert "Why? li? moved Xu Lei to Growth" in driver.text
            await driver.press("escape", "p")
            assert " li?" in driver.text
            assert "? name not vouched for" in driver.text
            await driver.press("escape")
            driver.workspace.session.do(moved("zhang", "growth"))
            li.do([change("rename", kind="team", id="growth", name="Demand")])
            await driver.until(lambda: "li? renamed" in driver.said)
            await driver.press("y")
            assert "Why? You moved Zhang Wei to Demand" in driver.text
            await driver.press("escape", "u")
            assert "Took back" in driver.said
            assert [step.by for step in driver.workspace.session.steps] == ["li", "li"], "not what others did"
            await driver.press("u")
            assert driver.said == "None of the changes is yours: p takes out any"


async def test_a_change_elsewhere_paints_the_rows_it_touches(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        pane = driver.session.panes["teams"]
        with another(tmp_path) as li:
            before = painted_rows(pane)
            li.do([change("rename", kind="team", id="growth", name="Demand")])
            await driver.until(lambda: "Demand" in driver.text)
            after = painted_rows(pane)
            assert [was is now for was, now in zip(before, after, strict=True)].count(False) == 1


async def test_what_is_carried_stays_in_the_hand_and_is_weighed_anew(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("m")
        await driver.go("team:growth")
        await driver.until(lambda: driver.lines[0].startswith(" ▣ Zhang Wei › Growth   ✖ 1  ▲ 5→7"))
        with another(tmp_path) as li:
            li.do([change("rename", kind="team", id="growth", name="Demand")])
            await driver.until(lambda: driver.lines[0].startswith(" ▣ Zhang Wei › Demand   ✖ 1  ▲ 5→7"))
            assert driver.session.mode.name == "carry"
            await driver.press("enter")
            assert (
                driver.said
                == "Moved Zhang Wei to Demand: 4 new findings; 1 finding smaller · u takes it back"
            )
            li.catch_up()
            assert li.organization.people["zhang"].team == "growth"


async def test_what_is_carried_and_gone_is_put_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:growth")
        await driver.press("m")
        with another(tmp_path) as li:
            li.do([change("merge_teams", team="growth", into="brand")])
            await driver.until(lambda: driver.session.mode.name == "browse")
            assert driver.said == f"{ME} merged Growth into Brand; what you carried is not there any more"


async def test_a_change_that_another_made_impossible_is_refused_with_who_did(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press("m")
        await driver.go("team:growth")
        with another(tmp_path) as li:
            li.do([change("merge_teams", team="growth", into="brand")])
            carry.drop(driver.session)  # at once, before anybody looks
            assert driver.session.mode.name == "carry", "what is carried stays in the hand"
            assert driver.said.startswith(f"{ME} merged Growth into Brand at ")


async def test_of_two_who_carry_the_same_the_later_is_told_and_may_insist(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        people = driver.workspace.session.organization.people
        await driver.go("person:zhang")
        await driver.press("m")
        await driver.go("team:marketing")
        with another(tmp_path) as li:
            li.do(moved("zhang", "growth"))
            await driver.until(lambda: f"{ME} moved Zhang Wei to Growth" in driver.text)
            await driver.press("enter")
            told = re.fullmatch(
                rf"{ME} moved Zhang Wei to Growth (\d+) s ago; the same once more overrides that", driver.said
            )
            assert told, driver.said
            assert driver.session.mode.name == "carry", "what is carried stays in the hand"
            assert people["zhang"].team == "growth"
            await driver.press("enter")
            overrides = rf"Moved Zhang Wei to Marketing, which overrides what {ME} did \d+ s ago: "
            assert re.match(overrides, driver.said), driver.said
            assert driver.session.mode.name == "browse"
            li.catch_up()
            assert li.organization.people["zhang"].team == "marketing"


async def test_a_field_that_another_filled_meanwhile_is_not_replaced_unasked(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        teams = driver.workspace.session.organization.teams
        await driver.go("team:growth")
        await driver.take("inspect, > Name, enter, '!")
        with another(tmp_path) as li:
            li.do([change("rename", kind="team", id="growth", name="Demand")])
            await driver.until(lambda: teams["growth"].name == "Demand")
            await driver.press("enter")
            assert teams["growth"].name == "Demand"
            assert "the same once more overrides that" in driver.text
            await driver.press("enter")
            assert teams["growth"].name == "Growth!"


async def test_a_reason_that_another_gave_meanwhile_is_not_replaced_unasked(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        session = driver.workspace.session
        session.do(moved("zhang", "growth"))
        await driver.take("why, 'cheaper")
        with another(tmp_path) as li:
            li.say_why(1, "closer")
            await driver.until(lambda: session.steps[0].why == "closer")
            await driver.press("enter")
            assert session.steps[0].why == "closer"
            assert "the same once more overrides that" in driver.text
            await driver.press("enter")
            assert session.steps[0].why == "cheaper"


@pytest.mark.parametrize("keys", [["m", "?"], ["4", "x", "down"], ["enter", "down", "down", "enter"]])
async def test_a_log_that_was_set_aside_is_opened_anew_in_place(tmp_path: Path, keys: list[str]) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_small(elsewhere)
    plan = plan_in(tmp_path)
    with another(elsewhere) as there:
        there.do(moved("xu", "growth"))
    async with opened(tmp_path) as driver:
        with another(tmp_path) as li:
            li.do(moved("zhang", "growth"))
        await driver.until(lambda: "moved Zhang Wei" in driver.said)
        await driver.go("team:growth")
        await driver.press("h")
        await driver.go("person:chen")
        await driver.press(*keys)
        assert driver.app.screen is not driver.session
        os.link(log_path_for(plan), tmp_path / "aside")
        os.replace(log_path_for(plan_in(elsewhere)), log_path_for(plan))
        before = driver.workspace
        await driver.until(lambda: driver.session.workspace not in (None, before))
        await driver.until(lambda: not driver.workspace.session.has_pending_rules)
        organization = driver.workspace.session.organization
        assert (organization.people["zhang"].team, organization.people["xu"].team) == ("brand", "growth")
        assert driver.said == "small.plan.log was begun anew by somebody else"
        assert driver.session.panes["teams"].ref == "person:chen"
        assert any("▸ Growth" in row for row in driver.team_rows()), "what was folded stays so"
        assert driver.app.screen is driver.session
        assert driver.session.mode.name == "browse"
        await driver.go("person:li")
        await driver.press("m")
        assert driver.session.mode.name == "carry", "work goes on"


ASKING = ("carry", "inspect", "add", "remove", "lead", "merge")


async def test_whatever_is_open_outlives_what_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks, reads or carries goes on in words when somebody else takes the thing away."""
    monkeypatch.setattr(peers, "POLL_S", 0.005)
    async with opened(tmp_path) as driver:
        steps = driver.workspace.session
        with another(tmp_path) as li:
            for command in (each for each in COMMANDS if each.id in ASKING):
                await driver.go("team:growth")
                await driver.pilot.press(command.keys[0])
                li.do([change("merge_teams", team="growth", into="brand")])
                await driver.until(lambda: len(steps.steps) == 1)
                await driver.pilot.press("down", "enter", "a", "enter")
                for _ in range(6):
                    if driver.app.screen is not driver.session or driver.session.mode.name != "browse":
                        await driver.pilot.press("escape")
                assert driver.app.screen is driver.session, command.id
                assert driver.session.mode.name == "browse", command.id
                li.catch_up()
                while li.steps:
                    li.drop(li.steps[-1].number)
                await driver.until(lambda: not steps.steps)


async def test_what_another_changes_while_one_leaves_is_in_the_plan(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        with another(tmp_path) as li:
            li.do(moved("zhang", "growth"))
            assert close_session(driver.session) is None
        assert 'person = "zhang"' in plan_in(tmp_path).read_text("utf-8")


async def test_a_defect_in_looking_ends_the_app_as_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(session: Session) -> None:
        raise ZeroDivisionError

    async def look_once() -> None:
        async with opened(tmp_path) as driver:
            monkeypatch.setattr(Session, "catch_up", fail)
            await driver.until(lambda: driver.app.defect is not None)

    with pytest.raises(ZeroDivisionError):
        await look_once()


@pytest.mark.parametrize("key", ["enter", "x", "a", "p"])
async def test_a_change_may_come_while_a_prompt_is_still_to_be_painted(tmp_path: Path, key: str) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:growth")
        with another(tmp_path) as li:
            li.do(moved("zhang", "growth"))
            await driver.until(lambda: "moved Zhang Wei" in driver.said)
            pane = "findings" if key == "x" else "teams"
            driver.session.activate(pane)
            command = driver.session.keymap.command(key, pane, "browse")
            assert command is not None
            driver.session.run_command(command)
            assert driver.app.screen is not driver.session
            li.do(moved("xu", "growth"))
            assert driver.workspace.session.catch_up() is not None
            await driver.until(lambda: driver.app.screen.is_mounted)
            await driver.press("down", "escape")
            assert driver.app.screen is driver.session


@pytest.mark.parametrize("watch", [False, True])
async def test_a_log_that_can_be_followed_no_more_is_told(tmp_path: Path, watch: bool) -> None:
    async with opened(tmp_path, watch=watch) as driver:
        with another(tmp_path) as li:
            li.do(moved("zhang", "growth"))
        await driver.until(lambda: "moved Zhang Wei" in driver.said)
        with log_path_for(plan_in(tmp_path)).open("ab") as file:
            file.write(b"garbage\n")
        await driver.until(lambda: "small.plan.log is broken after entry 2" in driver.said)
        assert driver.lines[0].endswith(" watching" if watch else " read only")
        await driver.press("m")
        assert "small.plan.log is broken after entry 2" in driver.said


# -- watching --------------------------------------------------------------------------------------------


async def test_who_watches_sees_everything_and_changes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, watch=True) as driver:
        assert driver.lines[0].endswith(" watching")
        with another(tmp_path) as li:
            li.do(moved("zhang", "growth"))
            await driver.until(lambda: driver.said.startswith(f"{ME} moved Zhang Wei to Growth"))
            for key in ("m", "u", "a", "y"):
                await driver.press(key)
                assert driver.said == "You are watching; without --watch you can change things, too"
            assert len(li.steps) == 1
