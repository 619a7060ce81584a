"""The app opened on the small organisation, driven by keys."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from orgtui.model.sentence import Ref
from orgtui.tui.actions.carry.carry import CarryMode
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.prompts.reader import Reader, ReadMode
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from tests.organizations import write_small
from tests.tui.fakes import PLAIN, lines

PATIENCE = 60.0

KEYS = {command.id: command.keys[0] for command in COMMANDS}
"""The first key of each command."""

PANES = {KEYS[pane]: pane for pane in ("teams", "funnel", "knowledge", "findings")}
"""The panes by their keys."""


class Driver:
    """Drives the app by keys and sees what people see."""

    def __init__(self, pilot: Pilot[None], app: OrgApp) -> None:
        self.pilot = pilot
        self.app = app

    @property
    def session(self) -> SessionScreen:
        return self.app.session_screen

    @property
    def workspace(self) -> SessionWorkspace:
        assert self.session.workspace is not None
        return self.session.workspace

    @property
    def carry_mode(self) -> CarryMode:
        """What is being carried."""
        assert isinstance(self.session.mode, CarryMode)
        return self.session.mode

    @property
    def reader(self) -> Reader:
        """The page that is being read."""
        assert isinstance(self.session.mode, ReadMode)
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
        self.session.cursor_moved()
        await self.pilot.pause()

    async def take(self, *lines: str) -> None:
        """Take steps, which commas part: a command of the registry by its id, or a key.

        `4 finding:P203 team:brand` puts the cursor on a row of a pane, `> Review` on the line of a page that
        begins so; what follows `'` is typed.
        """
        for step in ", ".join(lines).split(", "):
            head, _, rest = step.partition(" ")
            if step.startswith("'"):
                await self.type(step[1:])
            elif head == ">":
                await self._walk_to_line(rest)
            elif head in PANES and rest:
                self.session.activate(PANES[head])
                assert self.session.pane.go_to(Ref(rest)), rest
                self.session.cursor_moved()
                await self.pilot.pause()
            else:
                await self.press(KEYS.get(step, step))

    async def _walk_to_line(self, words: str) -> None:
        reader = self.app.screen
        assert isinstance(reader, Reader), self.text
        for index, line in enumerate(reader.page.lines):
            if "".join(span.text for span in line.left).strip().startswith(words):
                await self.press(*["down"] * (index - reader.list.cursor))
                return
        raise AssertionError(f"{words}\n{self.text}")

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
        """What is said in the key bar, or if that is too long for it in the lines above."""
        *above, bar = lines(self.session)
        if self.session.message is not None:
            words = self.session.translate(self.session.message[0])
            for count in range(1, 6):
                if "".join("".join(above[-count:]).split()) == "".join(words.split()):
                    return words
        return bar.strip()

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
        await driver.until(lambda: driver.session.workspace is not None)
        await driver.until(lambda: not driver.workspace.session.assessment.has_pending_rules)
        await pilot.pause()
        try:
            yield driver
        finally:
            if driver.session.peers is not None:
                driver.session.peers.end()
