"""The page of help: sections of lines that are walked over by all moving keys, and searched by typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from textual import events

from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.choosing import FilterPrompt
from orgtui.tui.prompts.prompt import Entry, ListPane, Translate
from orgtui.tui.terminal.input_method import plain_key
from orgtui.tui.widgets.notes import Notes
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.matching import Query, Searched, searched
from orgtui.views.base.row import Span

HINT = sentence("type to search   {walk} and all moving keys move   {close} closes", **PROMPT_KEYS)

CHROME_LINES = 7
"""Lines of the box beside those of the list."""

MOVES: Mapping[str, Callable[[Pane], object]] = {
    "down": lambda pane: pane.move(1),
    "up": lambda pane: pane.move(-1),
    "half_down": lambda pane: pane.scroll_rows(max(1, pane.page // 2)),
    "half_up": lambda pane: pane.scroll_rows(-max(1, pane.page // 2)),
    "page_down": lambda pane: pane.scroll_rows(max(1, pane.page - 1)),
    "page_up": lambda pane: pane.scroll_rows(-max(1, pane.page - 1)),
    "first": lambda pane: pane.move_to(0),
    "last": lambda pane: pane.move_to(len(pane.rows) - 1),
}
"""By id of a command that moves the cursor, how it moves that of a list."""


class HelpLine(NamedTuple):
    """A line of the help, and further words by which it is found."""

    spans: tuple[Span, ...]
    words: str = ""


class Section(NamedTuple):
    """A part of the help: its title and its lines."""

    title: Sentence
    lines: Sequence[HelpLine]


class HelpEntry(Entry):
    """What is searched; `take_key` is offered each key first, with whether anything is typed.

    It says whether the key was taken; None leaves it to the app, not to be typed.
    """

    def __init__(self, take_key: Callable[[str, bool], bool | None]) -> None:
        super().__init__()
        self.take_key = take_key

    def on_key(self, event: events.Key) -> None:
        meant = event if self.value else plain_key(event)
        key = meant.character if meant.is_printable and meant.character not in (None, " ") else meant.key
        taken = self.take_key(key or meant.key, bool(self.value))
        if taken is not False:
            event.prevent_default()
        if taken:
            event.stop()


class HelpPrompt(FilterPrompt[None]):
    """Shows sections of help; `command_of` names the command of a key.

    Until something is typed, the letters of moving keys move, that of `copy` copies, that of `help` closes.
    """

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        title: Sentence,
        sections: Sequence[Section],
        command_of: Callable[[str], str],
    ) -> None:
        self.sections = [(translate(each.title), list(map(_searched, each.lines))) for each in sections]
        self.command_of = command_of
        super().__init__(theme, translate, title, self._matching, HINT)
        self.entry = HelpEntry(self._take_key)

    def fit_list(self) -> None:
        """Use the height of the screen."""
        lines = min(len(self.list.rows) + 1, self.app.size.height - CHROME_LINES)
        self._lines = max(self._lines, lines)
        self.list.styles.height = max(2, self._lines)

    def _matching(self, typed: str) -> Notes:
        """The lines that fit what is typed, below the titles of their sections."""
        query = Query(typed)
        rows: list[tuple[Span, ...]] = []
        for title, lines in self.sections:
            fit = [line for line, text in lines if query.fits(text)]
            if fit:
                rows += [(), (Span(title, "heading"),), *fit]
        return Notes(rows[1:])

    def _take_key(self, key: str, typing: bool) -> bool | None:
        """Move, or close if the key does; returns whether the key was taken, None for one of the app."""
        command = self.command_of(key)
        if typing and len(key) == 1:
            return False
        if command in MOVES:
            MOVES[command](self.list)
            self.cursor_moved()
        elif key in ListPane.STEPS:
            self.list.move(ListPane.STEPS[key])
            self.cursor_moved()
        elif command == "help":
            self.dismiss(None)
        else:
            return None if command == "copy" else False
        return True

    def submit(self) -> None:
        self.dismiss(None)


def _searched(line: HelpLine) -> tuple[tuple[Span, ...], Searched]:
    """A line with the text in which is searched."""
    return line.spans, searched(" ".join((*(span.text for span in line.spans), line.words)))
