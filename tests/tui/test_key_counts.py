"""How many keys common jobs take beside the names that are typed, over the real keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from orgtui.model import records as r
from orgtui.session.plan.opening import open_session
from orgtui.session.session import Session
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from tests.organizations import write_small
from tests.support import at_length
from tests.tui.fakes import PLAIN
from tests.tui.small import Driver, opened


class Job(NamedTuple):
    """A job: where the cursor is, the steps from there as a driver takes them, how many keys they may be.

    `done` says of the session whether it is done; None for a job that only moves the cursor to `at`.
    """

    start: str
    steps: str
    most: int
    done: Callable[[Session], bool] | None = None
    at: str = ""


def _seat(session: Session) -> bool:
    people = session.organization.people.values()
    return any(
        (each.name, each.title, each.team, each.functions, each.state)
        == ("Wu Min", "SEM manager", "growth", {"seo": 80}, "filled")
        for each in people
    )


MISPLACED = r.Person("zhang", "growth", "Zhang Wei", "Content editor", functions={"content": 100})
"""Sits where nothing of their work is done."""

ADDED = "add, enter, 'Wu Min, tab, 'SEM manager, tab, 'SEO, tab, '0.8, tab, tab, tab, tab, tab, enter"
"""A person with a title, a function and a share, from the menu of what can be added."""

JOBS = {
    "find": Job("1 team:growth", "find, 'Zhang, enter", 2, at="person:zhang"),
    "move to the best place": Job(
        "1 person:zhang",
        "carry, next_best, drop",
        4,
        lambda session: session.organization.people["zhang"].team == "brand",
    ),
    "move to a named team": Job(
        "1 person:zhang",
        "carry, find_place, 'Marketing, enter, drop",
        6,
        lambda session: session.organization.people["zhang"].team == "marketing",
    ),
    "merge": Job(
        "1 team:growth",
        "merge, 'Brand, enter",
        2,
        lambda session: "growth" not in session.organization.teams,
    ),
    "fix": Job(
        "4 finding:P102 stage:awareness stage:inquiry", "fix, enter", 2, lambda session: bool(session.steps)
    ),
    "rename": Job(
        "1 team:growth",
        "rename, 'Demand, enter",
        3,
        lambda session: session.organization.teams["growth"].name == "Demand",
    ),
    "add a person to a team": Job("1 team:growth", ADDED, 12, _seat),
    "add a colleague": Job("1 person:wang", ADDED, 12, _seat),
    "add a person to a function": Job("1 function:seo", ADDED.replace("'SEO, tab", "tab"), 12, _seat),
    "add a lead": Job(
        "1 team:growth",
        ADDED.replace("'0.8, tab, tab, tab", "'0.8, tab, tab, 'yes, tab"),
        12,
        lambda session: session.organization.teams["growth"].lead == "wu-min",
    ),
}


def keys(steps: str) -> int:
    """How many keys some steps are, beside what is typed."""
    return sum(not step.startswith("'") for step in steps.split(", "))


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
async def test_a_job_takes_few_keys(job: Job, tmp_path: Path) -> None:
    assert keys(job.steps) <= job.most
    write_small(tmp_path, MISPLACED)
    async with opened(tmp_path) as driver:
        for step in (job.start, *job.steps.split(", ")):
            await driver.take(step)
            await driver.until(lambda: not driver.session.mode.busy)
        assert _is_done(job, driver), driver.text


def _is_done(job: Job, driver: Driver) -> bool:
    if job.done is None:
        return driver.session.pane.ref == job.at
    return job.done(driver.workspace.session)


# -- a department of one's own -----------------------------------------------------------------------

NAMES = [
    f"{family} {given}"
    for family in ("Wu", "Sun", "Gao", "Lin", "Tan")
    for given in ("Min", "Hao", "Yan", "Bo", "Rui")
]
SKILLS = ("Copywriting", "Analytics", "Video editing", "SEO", "Negotiation")

NAMED = "rename, '{name}, enter"
SKILLED = "add, down, enter, '{first}, enter, '{second}, enter, enter"
"""The skills of a seat that the template has, as one step."""

COLLEAGUE = (
    "add, enter, '{name}, tab, 'Manager, tab, '{function}, tab, tab, "
    "'{first}, enter, '{second}, tab, tab, tab, tab, enter"
)
"""One more person in the team of the one before, with a function and two skills, as one step."""

DEPARTMENTS = [(5, 0, "Growth"), *at_length((25, 2, "Lead qualification"))]
"""How many people, the place of the template among the others, and a function of its last team."""


def skills_of(number: int) -> tuple[str, str]:
    """The skills of a person by number."""
    return SKILLS[number % len(SKILLS)], SKILLS[(number + 2) % len(SKILLS)]


class Counting:
    """Takes steps, and counts the keys beside what is typed."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.keys = 0

    async def take(self, steps: str) -> None:
        self.keys += keys(steps)
        await self.driver.take(steps)

    async def next_seat(self) -> None:
        """Walk down to the next person."""
        await self.take("down")
        while (ref := self.driver.session.pane.ref) is None or ref.kind != "person":
            await self.take("down")


@pytest.mark.parametrize(("people", "template", "function"), DEPARTMENTS)
async def test_a_department_of_ones_own_takes_few_keys(
    people: int, template: int, function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    names = NAMES[:people]
    async with OrgApp(Keymap(COMMANDS), PLAIN).run_test(size=(120, 40)) as pilot:
        app = pilot.app
        assert isinstance(app, OrgApp)
        driver = Driver(pilot, app)
        person = Counting(driver)
        await person.take(", ".join(["n", *["down"] * template, "enter", "enter"]))
        await driver.until(lambda: driver.session.workspace is not None)
        seats = len(driver.workspace.session.organization.people)
        assert seats < people
        for number, name in enumerate(names):
            first, second = skills_of(number)
            if number < seats:
                await person.next_seat()
                await person.take(NAMED.format(name=name))
                await person.take(SKILLED.format(first=first, second=second))
            else:
                await person.take(COLLEAGUE.format(name=name, function=function, first=first, second=second))
        made = len(driver.workspace.session.steps)
        await driver.take("leave")
    assert person.keys < people * 350 / 25
    assert made == seats * 2 + people - seats, "each colleague is one step"
    opened = open_session(tmp_path / "marketing.toml")
    organization = opened.session.organization
    opened.session.close()
    have = {
        each.name: {organization.skills[skill].name for skill in each.skills}
        for each in organization.people.values()
        if each.state == "filled"
    }
    assert have == {name: set(skills_of(number)) for number, name in enumerate(names)}
