"""Suggestions: a search beside the session, its plans, their steps, and taking one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from orgtui.advice.search.costs import cost_of
from orgtui.advice.search.limits import Limits
from orgtui.advice.search.limits_file import load_limits
from orgtui.advice.search.plans import Counts, Kind, Options, Progress, Step, Suggestion
from orgtui.advice.search.reweighing import counts_of, weigh
from orgtui.advice.search.world import World
from orgtui.changes.base import Change
from orgtui.changes.operations.links import AddHandoff, AddShare
from orgtui.changes.operations.seats import CloseSeat, MovePerson
from orgtui.changes.operations.teams import MergeTeams, SplitTeam
from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import dump_organization
from orgtui.model.sentence import Ref, sentence
from orgtui.model.store import Organization
from orgtui.tui.actions.suggesting import flow
from orgtui.tui.actions.suggesting.flow import Suggesting
from orgtui.tui.actions.suggesting.page import SuggestionsPage
from orgtui.tui.actions.suggesting.rows import ShownPlan, names_of
from orgtui.tui.prompts.help import HelpPrompt
from tests.organizations import TODAY, small_organization
from tests.tui.small import Driver, opened
from tests.views.screen import scene

MERGE = (MergeTeams("growth", "brand"),)
HAND = (AddHandoff("content", "seo", None, True),)
MOVE = (MovePerson("wang", "marketing"),)


def suggested(organization: Organization, name: str, *steps: Sequence[Change]) -> Suggestion:
    """A plan as a search tells of it, on an organisation of its own."""
    world = World(organization, TODAY, Options())
    made = []
    for changes in steps:
        difference = world.make(changes)
        kind: Kind = "agreement" if changes is HAND else "structure"
        title = sentence("{what} for {team}", what=changes[0].op, team=Ref("team:growth"))
        findings = tuple(difference.resolved), tuple(difference.introduced)
        made.append(Step(title, kind, 1, tuple(changes), *findings))
    left = world.counts()
    agreed = sum(len(step.changes) for step in made if step.kind == "agreement")
    changes = [change for step in made for change in step.changes]
    cost = replace(cost_of(world.baseline, world.organization, changes, world.touched), agreements=agreed)
    return Suggestion(
        name, sentence(name), *(left.penalty, left.error, left.warning, left.advice), cost, tuple(made), ()
    )


class Searches:
    """Searches that find the plans they are given, and what they were asked."""

    def __init__(self, *plans: Sequence[Sequence[Change]], ends: bool = True) -> None:
        self.plans = plans
        self.ends = ends
        self.asked: list[Limits] = []
        self.given: list[Organization] = []

    def __call__(self, organization: Organization, today: date, limits: Limits) -> Iterator[Progress]:
        self.asked.append(limits)
        self.given.append(organization)
        before = World(organization, today, Options()).before
        found = Progress(before, 1, 0, None, ())
        yield found
        plans = [suggested(organization, f"plan {n}", *steps) for n, steps in enumerate(self.plans, 1)]
        plans.sort(key=lambda plan: plan.penalty)
        while True:
            found = replace(found, asked=found.asked + 1, plans=tuple(plans), proven=1)
            sleep(0 if self.ends else 0.005)
            yield replace(found, stopped="done") if self.ends else found


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> Searches:
    found = Searches([MERGE, HAND], [HAND], [MOVE])
    monkeypatch.setattr(flow, "search_in", found)
    return found


def page(driver: Driver) -> SuggestionsPage:
    assert isinstance(driver.app.screen, SuggestionsPage), driver.text
    return driver.app.screen


def mode_of(driver: Driver) -> Suggesting:
    assert isinstance(driver.session.mode, Suggesting), driver.text
    return driver.session.mode


async def suggest(driver: Driver) -> SuggestionsPage:
    """Open the page, and wait for plans."""
    await driver.press("S")
    await driver.until(lambda: bool(page(driver).plans))
    await driver.pilot.pause()
    return page(driver)


async def test_a_search_shows_its_plans_and_leaves_the_session_alone(
    tmp_path: Path, searches: Searches
) -> None:
    async with opened(tmp_path) as driver:
        before = driver.workspace.session.organization.copy()
        shown = await suggest(driver)
        await driver.until(lambda: shown.stopped == "done")
        await driver.pilot.pause()
        head = driver.lines[0]
        assert "Suggestions for Acme Marketing" in head
        assert "done: all tried" in head
        assert "proven to 1 change   2 asked" in head
        assert [plan.suggestion.name.template for plan in shown.plans] == ["plan 1", "plan 2", "plan 3"]
        assert "plan 1" in driver.text
        assert re.search("1 \\+ 1 +2→1", driver.text)
        assert "Steps of plan 1" in driver.text
        assert driver.workspace.session.organization == before
        assert driver.workspace.session.steps == []
        assert searches.given[0] is not driver.workspace.session.organization
        await driver.press("escape")
        assert driver.app.screen is driver.session
        assert driver.session.mode.name == "browse"


async def test_the_numbers_are_those_of_the_session_with_the_plan_made(
    tmp_path: Path, searches: Searches
) -> None:
    async with opened(tmp_path) as driver:
        shown = await suggest(driver)
        for plan in shown.plans:
            world = World(small_organization(), TODAY, Options())
            answer = world.ask(plan.suggestion.changes)
            assert answer is not None
            assert (plan.weighed.left.penalty, plan.weighed.touched) == (answer.penalty, answer.touched)
            world.make(plan.suggestion.changes)
            assert plan.weighed.left == world.counts()
            now = driver.workspace.session.assessment
            assert plan.weighed == weigh(now, shown.before, plan.suggestion.steps), (
                "as told, and weighed here"
            )
            assert plan.weighed.refused == {}


async def test_enter_opens_the_steps_and_space_leaves_one_out(tmp_path: Path, searches: Searches) -> None:
    async with opened(tmp_path) as driver:
        shown = await suggest(driver)
        await driver.press("space")
        assert "Open the steps of a plan first: enter" in " ".join(driver.lines[-3:-1])
        whole = shown.plans[0].weighed
        await driver.press("enter")
        assert "Brings S303 Only 1 seat reports to Chen Jing" in " ".join(driver.lines[-3:-1])
        assert "Mends P203 Growth has 1 seat" in " ".join(driver.lines[-3:-1])
        await driver.press("space")
        assert "Left out of the plan" in " ".join(driver.lines[-3:-1])
        without = shown.plans[0].weighed
        assert without.changes == HAND
        assert (without.touched, without.structure, without.agreements, without.teams) == (0, 0, 1, (2, 2))
        assert without.left.penalty > whole.left.penalty
        assert re.search("0 \\+ 1 +2", driver.text)
        await driver.press("space")
        assert shown.plans[0].weighed == whole
        await driver.press("escape")
        assert not shown.in_steps
        await driver.press("down")
        assert "Steps of plan 2" in driver.text


async def test_taking_a_plan_is_one_step_that_one_undo_takes_back(tmp_path: Path, searches: Searches) -> None:
    async with opened(tmp_path) as driver:
        session = driver.workspace.session
        before = session.organization.copy()
        shown = await suggest(driver)
        promised = shown.plans[0].weighed.left
        await driver.press("p")
        assert driver.app.screen is driver.session
        [step] = session.steps
        assert step.changes == (*MERGE, *HAND)
        assert step.why is not None
        assert step.why.startswith("suggested: mends ")
        await driver.until(lambda: not session.has_pending_rules)
        assert counts_of(session.assessment.reported.values()) == promised
        await driver.press("u")
        assert session.organization == before


async def test_a_plan_in_waves_is_taken_in_its_waves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one step still; waves whose steps are left out leave no gap."""

    def in_waves(organization: Organization, today: date, limits: Limits) -> Iterator[Progress]:
        plan = suggested(organization, "plan 1", HAND, MOVE, MERGE)
        steps = tuple(replace(step, wave=wave) for step, wave in zip(plan.steps, (1, 2, 3), strict=True))
        before = World(organization, today, Options()).before
        yield Progress(before, 1, 0, "done", (replace(plan, steps=steps),))

    monkeypatch.setattr(flow, "search_in", in_waves)
    async with opened(tmp_path) as driver:
        session = driver.workspace.session
        await suggest(driver)
        assert "Wave 3" in driver.text
        await driver.press("p")
        [step] = session.steps
        assert (step.changes, step.waves) == ((*HAND, *MOVE, *MERGE), (1, 2, 3))
        await driver.go("team:brand")
        await driver.press("p")
        assert re.search("Wave 1 · 1 change.*Wave 2 · 1 change.*Wave 3 · 1 change", driver.text, re.DOTALL)
        await driver.press("escape", "u")
        assert session.steps == []
        await suggest(driver)
        await driver.press("enter", "down", "space", "p")
        assert session.steps[-1].waves == (1, 2)
        assert session.steps[-1].changes == (*MOVE, *MERGE)


async def test_until_a_plan_is_taken_nothing_of_the_session_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the search itself: neither while it goes on, nor as plans are opened, weighed and compared."""
    monkeypatch.setattr(flow, "OPTIONS", Options(asks=25))
    async with opened(tmp_path) as driver:
        session = driver.workspace.session
        session.do([parse_change({"op": "move_person", "person": "xu", "to": "growth"})])
        await driver.until(lambda: not session.has_pending_rules)

        def state() -> tuple[object, ...]:
            """Every byte that would be written, every finding, and what is in the folder."""
            files = {each.name: each.read_bytes() for each in tmp_path.iterdir() if each.suffix == ".log"}
            written = [dump_organization(each) for each in (session.organization, session.baseline)]
            return written, repr(session.assessment.reported), session.revision, session.entry_count, files

        written = dump_organization(session.organization)
        before = state()
        shown = await suggest(driver)
        assert state() == before, "while it goes on"
        await driver.until(lambda: shown.stopped is not None)
        assert state() == before
        await driver.press("enter", "space", "space", "escape")
        await driver.press("c", "enter")
        await driver.press("escape")
        assert state() == before
        promised = shown.plans[0].weighed
        await driver.press("p")
        assert state() != before
        await driver.until(lambda: not session.has_pending_rules)
        assert counts_of(session.assessment.reported.values()) == promised.left
        await driver.press("u")
        assert dump_organization(session.organization) == written


async def test_what_is_left_out_is_not_taken(tmp_path: Path, searches: Searches) -> None:
    async with opened(tmp_path) as driver:
        await suggest(driver)
        await driver.press("enter", "space", "down", "space", "p")
        assert "All steps are left out: nothing is left to do" in " ".join(driver.lines[-3:-1])
        assert driver.workspace.session.steps == []
        await driver.press("space", "p")
        [step] = driver.workspace.session.steps
        assert step.changes == HAND


async def test_escape_stops_and_keeps_what_is_there_then_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Searches([MERGE], ends=False)
    monkeypatch.setattr(flow, "search_in", endless)
    async with opened(tmp_path) as driver:
        shown = await suggest(driver)
        assert "searching…" in driver.lines[0]
        await driver.press("escape")
        assert "stopped" in driver.lines[0]
        asked = shown.progress
        assert [plan.suggestion.name.template for plan in shown.plans] == ["plan 1"]
        await driver.pilot.pause(0.05)
        assert shown.progress is asked
        assert page(driver) is shown
        await driver.press("escape")
        assert driver.app.screen is driver.session


async def test_at_rest_and_while_nothing_better_is_found_nothing_is_painted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "search_in", Searches([MERGE], ends=False))
    async with opened(tmp_path) as driver:
        shown = await suggest(driver)
        told: list[Progress] = []
        mode = mode_of(driver)
        tell, mode.loop.tell = mode.loop.tell, told.append
        asked = mode.loop._progress
        assert asked is not None
        await driver.until(lambda: mode.loop._progress is not None and mode.loop._progress.asked > 3)
        assert told == []
        mode.loop.tell = tell
        await driver.press("escape")
        assert shown.progress is not None
        assert shown.progress.asked > 3


async def test_no_key_waits_for_a_question_however_long_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = Event(), Event()

    def questions(organization: Organization, today: date, limits: Limits) -> Iterator[Progress]:
        yield Progress(Counts(1, 0, 0, 1), 1, 0, None, ())
        asked.set()
        answered.wait()
        yield Progress(Counts(1, 0, 0, 1), 2, 0, None, ())

    monkeypatch.setattr(flow, "search_in", questions)
    async with opened(tmp_path) as driver:
        await driver.press("S")
        await driver.until(asked.is_set)
        shown = page(driver)
        await driver.press("escape")
        assert shown.stopped == "cancelled"
        assert shown.progress is not None
        await driver.press("escape")
        assert driver.app.screen is driver.session
        answered.set()
    assert shown.progress.asked == 1, "what comes after it was stopped is not told"


async def test_others_change_the_organisation_meanwhile(tmp_path: Path, searches: Searches) -> None:
    async with opened(tmp_path) as driver:
        shown = await suggest(driver)
        await driver.until(lambda: shown.stopped == "done")
        driver.workspace.session.do([parse_change({"op": "merge_teams", "team": "growth", "into": "brand"})])
        await driver.pilot.pause()
        assert "1 plan of these cannot be made any more" in " ".join(driver.lines[-3:-1])
        names = [plan.suggestion.name.template for plan in shown.plans]
        assert "plan 1" not in names
        assert "plan 2" in names
        now = driver.workspace.session.assessment
        for plan in shown.plans:
            assert plan.weighed == weigh(now, counts_of(now.reported.values()), plan.suggestion.steps)
        await driver.press("p")
        assert driver.workspace.session.steps[-1].changes == HAND


async def test_a_search_that_runs_begins_anew_on_what_others_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Searches([HAND], ends=False)
    monkeypatch.setattr(flow, "search_in", endless)
    async with opened(tmp_path) as driver:
        await suggest(driver)
        driver.workspace.session.do([parse_change({"op": "move_person", "person": "xu", "to": "growth"})])
        await driver.until(lambda: len(endless.given) == 2)
        assert endless.given[1].people["xu"].team == "growth"
        await driver.press("escape")


async def test_a_pin_is_written_and_searched_under(tmp_path: Path, searches: Searches) -> None:
    async with opened(tmp_path) as driver:
        for ref in ("team:growth", "function:content", "person:li"):
            await driver.go(ref)
            await driver.press("!")
        assert driver.said == "Suggestions leave Li Na where it is: small.limits.toml says so"
        assert "Growth ⊙" in driver.text
        assert "Content ⊙" in driver.text
        assert re.search("Li Na ⊙  \\w", driver.text)
        await driver.go("function:content")
        await driver.press("!")
        assert driver.said == "Suggestions may move Content again: small.limits.toml says so"
        assert "Content ⊙" not in driver.text
        await driver.press("?")
        assert isinstance(driver.app.screen, HelpPrompt)
        rows = driver.app.screen.list.rows
        explained = ["".join(span.text for span in rows.row(at, 100).left) for at in range(len(rows))]
        assert any(re.match("⊙ +kept where it is in all that is suggested", line) for line in explained)
        await driver.press("escape")
        limits = load_limits(tmp_path / "small.limits.toml", driver.workspace.session.organization)
        assert limits == Limits(keep_teams=("growth",), keep_people=("li",))
        await suggest(driver)
        assert searches.asked == [limits]
        await driver.press("enter", "!")
        await driver.press("enter")
        await driver.until(lambda: len(searches.asked) == 2)
        assert searches.asked[1] == Limits(keep_people=("li",))


async def test_pins_are_marked_from_the_beginning(tmp_path: Path) -> None:
    (tmp_path / "small.limits.toml").write_text('format = 1\n[keep]\nteams = ["growth"]\n')
    async with opened(tmp_path) as driver:
        await driver.until(lambda: "Growth ⊙" in driver.text)


async def test_limits_with_problems_are_told_at_the_beginning(tmp_path: Path) -> None:
    (tmp_path / "small.limits.toml").write_text('format = 1\n[keep]\nteams = ["brnd"]\n')
    async with opened(tmp_path) as driver:
        await driver.until(lambda: "small.limits.toml:3" in driver.said)


async def test_limits_with_problems_are_told_and_nothing_is_searched(
    tmp_path: Path, searches: Searches
) -> None:
    (tmp_path / "small.limits.toml").write_text('format = 1\n[keep]\nteams = ["brnd"]\n')
    async with opened(tmp_path) as driver:
        await driver.press("S")
        assert "small.limits.toml:3" in driver.said
        assert "brnd" in driver.said
        assert driver.app.screen is driver.session
        assert searches.asked == []


async def test_a_plan_is_compared_with_now_and_with_another(tmp_path: Path, searches: Searches) -> None:
    async with opened(tmp_path) as driver:
        shown = await suggest(driver)
        await driver.press("c", "enter")
        assert "now and plan 1" in driver.text
        assert "Growth" in driver.text
        await driver.press("escape")
        assert page(driver) is shown
        assert driver.session.mode.name == "suggest"
        await driver.press("c", "down", "enter")
        assert "plan 2 and plan 1" in driver.text


async def test_nothing_better_says_so_and_what_lies_just_outside_the_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "search_in", Searches())
    async with opened(tmp_path) as driver:
        await driver.press("S")
        await driver.until(lambda: page(driver).stopped == "done")
        await driver.pilot.pause()
        assert "No better plan within the limits was found" in driver.text
        for key in ("p", "enter", "c"):
            await driver.press(key)
            assert "No better plan has been found yet" in " ".join(driver.lines[-3:-1])


@pytest.mark.parametrize(("size", "is_drawn"), [((80, 24), False), ((120, 40), True), ((200, 60), True)])
async def test_the_picture_is_there_where_there_is_room(
    tmp_path: Path, searches: Searches, size: tuple[int, int], is_drawn: bool
) -> None:
    async with opened(tmp_path, size) as driver:
        await suggest(driver)
        assert ("▶ people touched" in driver.text) == is_drawn
        assert "plan 1" in driver.text
        assert "Steps of plan 1" in driver.text
        assert all(len(line) <= size[0] for line in driver.lines)


def test_a_team_that_a_plan_makes_is_called_by_its_name() -> None:
    organization = small_organization()
    split = (SplitTeam("brand", "press", "Press office", ("pr",)),)
    link = (AddShare("team:press", "team:growth", "seo"),)
    plan = suggested(organization, "split", split, link)
    world = World(organization, TODAY, Options())
    weighed = weigh(world.assessment, world.before, plan.steps)
    called = names_of(scene(organization), ShownPlan(plan, weighed))
    assert [called(Ref(f"team:{team}")) for team in ("press", "growth")] == ["Press office", "Growth"]


def test_steps_that_need_one_that_is_left_out_are_not_made() -> None:
    organization = small_organization()
    steps = suggested(organization, "close", MERGE, HAND).steps
    world = World(organization, TODAY, Options())
    impossible = replace(steps[1], changes=(CloseSeat("nobody"),))
    weighed = weigh(world.assessment, world.before, (steps[0], impossible))
    assert list(weighed.refused) == [1]
    assert weighed.changes == MERGE
    assert world.organization == organization
    assert weigh(world.assessment, world.before, steps, {0, 1}).left == world.before
    assert isinstance(world.before, Counts)
