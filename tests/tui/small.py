"""A small organisation with enough wrong in it, and the app opened on it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from orgtui.model.sentence import Ref
from orgtui.tui.actions.carry.carry import Carrying
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.prompts.reader import Reader, Reading
from orgtui.tui.screens.desk import SessionDesk
from orgtui.tui.screens.session import SessionScreen
from tests.tui.fakes import PLAIN, lines

SMALL = """\
format = 1

[organization]
name = "Acme Marketing"
vision = "Everybody thinks of us first"
as_of = 2026-11-21
review_on = 2027-02-21

[[department]]
id = "sales"
name = "Sales"

[[stage]]
id = "awareness"
name = "Awareness"

[[stage]]
id = "inquiry"
name = "Inquiry"

[[team]]
id = "marketing"
name = "Marketing"
lead = "chen"
review = "weekly"

[[team]]
id = "brand"
name = "Brand"
parent = "marketing"
lead = "li"
goals = ["coverage"]
review = "weekly"

[[team]]
id = "growth"
name = "Growth"
parent = "marketing"
lead = "wang"
review = "weekly"

[[function]]
id = "content"
name = "Content"
team = "brand"
stages = ["awareness"]

[[function]]
id = "pr"
name = "PR"
team = "brand"
stages = ["awareness"]

[[function]]
id = "seo"
name = "SEO"
team = "growth"
stages = ["inquiry"]

[[person]]
id = "chen"
name = "Chen Jing"
team = "marketing"

[[person]]
id = "li"
name = "Li Na"
team = "brand"
functions = { content = 0.5 }

[[person]]
id = "zhang"
name = "Zhang Wei"
title = "Content editor"
team = "brand"
functions = { content = 1.0 }

[[person]]
id = "xu"
name = "Xu Lei"
team = "brand"
functions = { pr = 1.0 }

[[person]]
id = "wang"
name = "王磊"
team = "growth"
functions = { seo = 1.0 }

[[goal]]
id = "coverage"
name = "Media coverage"

[[goal]]
id = "pipeline"
name = "Qualified pipeline"

[[share]]
from = "team:brand"
to = "team:growth"
topic = "messaging"
every = "weekly"
"""

PATIENCE = 20.0


def write_small(folder: Path) -> Path:
    path = folder / "small.toml"
    path.write_text(SMALL, "utf-8")
    return path


class Driver:
    """Drives the app by keys and sees what people see."""

    def __init__(self, pilot: Pilot[None], app: OrgApp) -> None:
        self.pilot = pilot
        self.app = app

    @property
    def session(self) -> SessionScreen:
        return self.app.session_screen

    @property
    def desk(self) -> SessionDesk:
        assert self.session.desk is not None
        return self.session.desk

    @property
    def carrying(self) -> Carrying:
        """What is being carried."""
        assert isinstance(self.session.mode, Carrying)
        return self.session.mode

    @property
    def reader(self) -> Reader:
        """The page that is being read."""
        assert isinstance(self.session.mode, Reading)
        return self.session.mode.reader

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*["space" if character == " " else character for character in text])

    async def go(self, ref: str) -> None:
        """Put the cursor of the teams on something."""
        self.session.activate("teams")
        self.session.pane.go_to(Ref(ref))
        self.session.stepped()
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "\n".join(self.lines)
            await self.pilot.pause(0.005)

    @property
    def lines(self) -> list[str]:
        return lines(self.app.screen)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def said(self) -> str:
        return lines(self.session)[-1].strip()

    def team_rows(self) -> list[str]:
        """The teams pane as text, margins included, without title and empty rows."""
        pane = self.session.panes["teams"]
        return [
            strip.text.rstrip() for strip in pane.render_lines(pane.size.region)[1:] if strip.text.strip()
        ]


@asynccontextmanager
async def opened(
    folder: Path,
    size: tuple[int, int] = (120, 40),
    *,
    watch: bool = False,
    keys: Mapping[str, tuple[str, ...]] | None = None,
) -> AsyncIterator[Driver]:
    """The app on the small organisation, read and judged, to work on or `watch`, with keys of one's own."""
    path = folder / "small.toml"
    app = OrgApp(Keymap(COMMANDS, keys), PLAIN, path if path.exists() else write_small(folder), watch=watch)
    async with app.run_test(size=size) as pilot:
        driver = Driver(pilot, app)
        await driver.until(lambda: driver.session.desk is not None)
        await driver.until(lambda: not driver.desk.session.assessment.waiting)
        await pilot.pause()
        try:
            yield driver
        finally:
            if driver.session.others is not None:
                driver.session.others.end()
