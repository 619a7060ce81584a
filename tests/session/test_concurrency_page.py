"""The timeline in docs/concurrency.md is what two sessions do."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import OpenedSession, open_session
from tests.session.sharing import change, why_not
from tests.session.stores import LogsBesidePlan
from tests.support import STARTUP

PAGE = Path(__file__).parents[2] / "docs" / "concurrency.md"


class People:
    """Who opens the organisation of the page, and the log that they share."""

    def __init__(self, folder: Path) -> None:
        self.organization = folder / "acme.toml"
        shutil.copy(STARTUP, self.organization)
        self._stores = LogsBesidePlan(folder)
        self._read = 0

    def opened(self, name: str) -> OpenedSession:
        return open_session(self.organization, store_for=self._stores.as_user(name))

    def new_entries(self) -> str:
        """The entries written since the last call, as the page names them."""
        log = log_path_for(self.organization.with_name("acme.plan.toml"))
        entries = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
        done = sum(entry["entry"] == "do" for entry in entries)
        new, self._read = entries[self._read :], len(entries)
        numbered = [(each["entry"], each.get("act", done if each["entry"] == "do" else "")) for each in new]
        return ", ".join(f"`{kind}` {number}".rstrip() for kind, number in numbered) or "nothing"


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(tmp_path)


Row = tuple[str, str, str]


def rows() -> Iterator[Row]:
    """What Li and Wang do and see, and what the log holds then."""
    yield from re.findall(r"^\| \d+ \| (.*?) ?\| (.*?) ?\| (.*?) \|$", PAGE.read_text("utf-8"), re.MULTILINE)


def quoted(cell: str) -> str:
    """What is said on a row."""
    [words] = re.findall(r'"(.+?)"', cell)
    return str(words)


def test_the_timeline(people: People) -> None:
    page = rows()
    opened = people.opened("wang")
    li, wang = people.opened("li").session, opened.session

    def next_row() -> Row:
        """The next row, whose last cell is what was written to the log since the row before."""
        row = next(page)
        assert people.new_entries() == row[2]
        return row

    li.do(change("merge_teams", team="design", into="brand"))
    next_row()
    said = why_not(lambda: wang.do(change("move_team", team="design", to="web")))
    assert said.replace("TIME", "TIME:") == quoted(next_row()[1])
    wang.catch_up()
    wang.do(change("move_person", person="deng-jie", to="web"))
    next_row()
    li.catch_up()
    assert why_not(li.undo) == quoted(next_row()[0])
    wang.undo()
    next_row()
    li.undo()
    assert "design" in li.organization.teams
    wang.catch_up()
    next_row()
    wang.do(change("move_team", team="design", to="web"))
    assert fold(opened)
    wang.close()
    next_row()
    li.catch_up()
    li.do(change("rename", kind="team", id="web", name="Website"))
    next_row()
    li.close()  # as an end at any moment, without the plan being written
    next_row()
    again = people.opened("wang").session
    assert [(step.number, step.by) for step in again.steps] == [(3, "wang"), (4, "li")]
    again.undo()
    assert [step.number for step in again.steps] == [4]
    next_row()
    assert next(page, None) is None
