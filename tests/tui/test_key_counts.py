"""How many keys common jobs take beside the names that are typed, over the real keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from orgtui.model import records as r
from orgtui.session.session import Session
from tests.organizations import write_small
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

ADDED = "add, enter, 'Wu Min, tab, 'SEM manager, tab, 'SEO, tab, '0.8, tab, tab, tab, tab, enter"
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
        ADDED.replace("'0.8, tab, tab", "'0.8, tab, 'yes, tab"),
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
