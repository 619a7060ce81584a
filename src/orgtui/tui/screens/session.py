"""The session screen: four panes, a header, a line of keys, and the way from a key to its command."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import isawaitable
from typing import Any

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.layout import Layout
from textual.screen import Screen
from textual.strip import Strip

from orgtui.locales import say
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui import text
from orgtui.tui.commands import BROWSE, PANES, TITLES, VIEWS, Command, Situation
from orgtui.tui.keymap import Keymap
from orgtui.tui.layout import LEAST, SessionLayout, places
from orgtui.tui.line import Line
from orgtui.tui.notes import Notes
from orgtui.tui.pane import Pane
from orgtui.tui.text import Look
from orgtui.views.cells import cell_len
from orgtui.views.row import Role, Span


class SessionScreen(Screen[None], inherit_bindings=False):
    """One organisation being restructured, seen from four sides."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = ""

    def __init__(self, keymap: Keymap, look: Look, title: str) -> None:
        super().__init__()
        self.keymap = keymap
        self.look = look
        self.heading = title
        self.mode = BROWSE
        self.message: tuple[Sentence, Role] | None = None
        self.arranged = SessionLayout()
        self.panes = {name: Pane(name, "", Notes(), look) for name in PANES}
        self.header = Line("header", self._header, look)
        self.keys = Line("keys", self._key_line, look)
        for number, (name, pane) in enumerate(self.panes.items(), start=1):
            pane.label = f"{number} {say(TITLES[name])}"
        self.pane.active = True

    @property
    def layout(self) -> Layout:
        return self.arranged

    @property
    def pane(self) -> Pane:
        """The pane that has the keys."""
        return self.panes[self.arranged.arrangement.active]

    def compose(self) -> ComposeResult:
        yield self.header
        yield from self.panes.values()
        yield self.keys

    # -- keys and commands -----------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        event.stop()
        key = event.key
        if event.is_printable and event.character not in (None, " "):
            key = event.character or key
        self.hush()
        place = (self.arranged.arrangement.active, self.mode)
        command = self.keymap.command(key, *place)
        if command is not None:
            self.run_command(command)
        else:
            elsewhere = self.keymap.elsewhere(key)
            if elsewhere is not None:
                self.tell(_only_there(elsewhere, *place))

    def run_command(self, command: Command) -> None:
        """Run a command, or say why it cannot run now."""
        reason = command.why_not(self.situation())
        if reason is not None:
            self.tell(reason)
            return
        going_on = _function(command.does)(self, *command.arguments)
        if isawaitable(going_on):
            self.run_worker(going_on, group="flow", description=command.id, exclusive=True)

    def situation(self) -> Situation:
        """What decides which commands work now."""
        return Situation(pane=self.arranged.arrangement.active, mode=self.mode, ref=self.pane.ref)

    # -- telling ---------------------------------------------------------------------------------

    def tell(self, said: Sentence, role: Role = "plain") -> None:
        """Say something in the line of keys, until the next key."""
        self.message = (said, role)
        self.keys.changed()

    def hush(self) -> None:
        """Take back what was said last."""
        if self.message is not None:
            self.message = None
            self.keys.changed()

    def word(self, said: Sentence) -> str:
        """A sentence in words, with names for ids."""
        return say(said)

    # -- panes -----------------------------------------------------------------------------------

    def activate(self, name: str) -> None:
        """Give the keys to another pane, bringing it on screen where panes take turns."""
        before = self.arranged.arrangement
        if before.active == name:
            return
        self.pane.set_active(False)
        self.arranged.arrangement = before._replace(active=name, view=name if name in VIEWS else before.view)
        self.pane.set_active(True)
        if places(self.size, before) != places(self.size, self.arranged.arrangement):
            self._arrange()
        self.keys.changed()

    def zoom(self) -> None:
        arrangement = self.arranged.arrangement
        self.arranged.arrangement = arrangement._replace(zoomed=not arrangement.zoomed)
        self._arrange()

    def _arrange(self) -> None:
        """Let the layout place the panes anew; Textual forgets the old places when a child asks."""
        self.header.refresh(layout=True)

    # -- painting --------------------------------------------------------------------------------

    def _header(self, width: int) -> list[Span]:
        return [Span(f" {self.heading}", "heading")]

    def _key_line(self, width: int) -> list[Span]:
        if self.message is not None:
            said, role = self.message
            return [Span(f" {self.word(said)}", role)]
        now = self.situation()
        shown = [command for command in self.keymap.here(now.pane, now.mode) if command.bar]
        texts = [f" {self.keymap.key(command)} {say(Sentence(command.label))} " for command in shown]
        spans: list[Span] = []
        room = width
        for command, words in zip(shown, texts, strict=True):
            room -= cell_len(words)
            if room < 0:
                break
            spans.append(Span(words, "dim" if command.why_not(now) else "plain"))
        return spans

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is behind the panes: the rules between views, or why nothing is shown."""
        width, height = self.size
        shown = places(self.size, self.arranged.arrangement)
        lines = [Strip.blank(width)] * height
        if not shown:
            words = sentence("{width} × {height} is too small", width=width, height=height)
            least = sentence("{width} × {height} is needed", width=LEAST.width, height=LEAST.height)
            for y, said in zip(range(max(0, height // 2 - 1), height), (words, least), strict=False):
                lines[y] = text.line([Span(f" {say(said)}")], width, self.look)
        elif all(name in shown for name in VIEWS):
            lines = [self._ruled(shown, width)] * height
        return [line.crop(crop.x, crop.right) for line in lines[crop.y : crop.bottom]]

    def _ruled(self, shown: dict[str, Region], width: int) -> Strip:
        segments: list[Segment] = []
        for name in VIEWS[:-1]:
            segments += [Segment(" " * shown[name].width), Segment(self.look.glyphs.vertical, text.RULE)]
        return Strip([*segments, Segment(" " * shown[VIEWS[-1]].width)], width)


@cache
def _function(name: str) -> Any:
    """The function of a flow that a command names."""
    module, _, function = name.partition(".")
    return getattr(import_module(f"orgtui.tui.flows.{module}"), function)


def _only_there(command: Command, pane: str, mode: str) -> Sentence:
    """Where a command works, said in a place where it does not."""
    label = Sentence(command.label)
    if mode not in command.modes:
        if mode == BROWSE:
            return sentence("“{command}” works while something is carried", command=label)
        return sentence("Put down what you carry first: enter drops it, escape puts it back")
    name = next(name for name in command.panes)
    return sentence(
        "“{command}” works in {number} {pane}", command=label, number=PANES.index(name) + 1, pane=TITLES[name]
    )
