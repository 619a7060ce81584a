"""A prompt for the path of a file, with completion."""

from __future__ import annotations

import os
from collections.abc import Sequence

from textual import events
from textual.widget import Widget

from orgtui.home import expand_home
from orgtui.model.gate import refused_character
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.choosing import FilterPrompt
from orgtui.tui.prompts.prompt import Entry, Translate
from orgtui.tui.widgets.text import Theme
from orgtui.views.lists.path_list import NAMES_MAX, PathList, completed, list_paths
from orgtui.views.lists.start_list import from_home

PATH_MAX_CHARACTERS = 4096

CUT = N_("Only {count} names of this folder are listed; type the whole path of others")
HINT = sentence("{mark} completes   {walk} choose   {take} takes it   {close} closes", **PROMPT_KEYS)


class PathEntry(Entry):
    """The input of a path: a pasted one is taken whole, without the quotes that terminals put around it."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.max_length = PATH_MAX_CHARACTERS

    def on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = event.text.strip().splitlines()[0].strip() if event.text.strip() else ""
        if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
            text = text[1:-1]
        start, end = sorted(self.selection)
        self.replace(text[: PATH_MAX_CHARACTERS - len(self.value) + end - start], start, end)


class PathPrompt(FilterPrompt[str]):
    """Asks for an existing file; the answer is its path as typed. Tab completes; folders are entered."""

    def __init__(
        self, theme: Theme, translate: Translate, title: Sentence, suffixes: tuple[str, ...], value: str = ""
    ) -> None:
        super().__init__(theme, translate, title, lambda typed: list_paths(typed, suffixes), HINT)
        self.entry = PathEntry(value)

    def body(self) -> Sequence[Widget]:
        self.apply_filter()
        return super().body()

    @property
    def paths(self) -> PathList:
        assert isinstance(self.list.rows, PathList)
        return self.list.rows

    def no_match(self) -> Sentence | None:
        if self.paths.error is not None:
            reason = reason_of(self.paths.error)
            return sentence("This folder cannot be read: {reason}", reason=reason)
        if self.paths.is_cut:
            return sentence(CUT, count=NAMES_MAX)
        if not len(self.paths) and not os.path.isfile(expand_home(self.typed)):
            return sentence("There is no file {path}", path=from_home(expand_home(self.typed)))
        return None

    def on_key(self, event: events.Key) -> None:
        if event.key == "tab":
            event.stop()
            longer = completed(self.typed, self.paths.choices)
            under_cursor = self.paths.choices[self.list.cursor].text if len(self.paths) else longer
            self._type(longer if longer != self.typed and not self.list.cursor else under_cursor)

    def _type(self, text: str) -> None:
        """Put a text into the input as if it had been typed."""
        self.entry.value = text
        self.entry.cursor_position = len(text)
        self.apply_filter()

    def submit(self) -> None:
        """Take the file that is typed, else the one under the cursor; enter a folder."""
        self.apply_filter()
        if self.typed and os.path.isfile(expand_home(self.typed)):
            self._take(self.typed)
        elif len(self.paths):
            choice = self.paths.choices[self.list.cursor]
            if choice.is_folder:
                self._type(choice.text)
            else:
                self._take(choice.text)
        else:
            self.refuse(self.no_match() or sentence("A text is needed here"))

    def _take(self, path: str) -> None:
        wrong = refused_character(path)
        if wrong is None:
            self.dismiss(path)
        else:
            self.refuse(sentence("{character} cannot be used in a text", character=wrong))
