"""Starting without a file: choose a recent file, a sample, a template or a path, and open it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from orgtui.files.bundled import Sample, Template, unused_name, write_new_file
from orgtui.files.disk.recent import recent_file, recent_paths
from orgtui.files.toml.problems import InvalidFile
from orgtui.home import expand_home
from orgtui.locales import current_language, translate
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.start import StartScreen
from orgtui.tui.terminal.host import Leave
from orgtui.tui.widgets.text import Theme
from orgtui.views.lists.start_list import (
    FileToImport,
    ListToImport,
    OtherFile,
    Start,
    StartList,
    from_home,
)

LONGEST_PATH = 4096
NEW_FILE = "marketing.toml"


class Open(Protocol):
    """Opens an organisation's file, with a message if there is something to say."""

    def __call__(self, organization: Path, notice: Sentence | None = None) -> None: ...


Import = Callable[[FileToImport | ListToImport], None]
"""Begins an import of a file or a list."""


def start_screen(
    keymap: Keymap, theme: Theme, leave: Leave, open_organization: Open, begin_import: Import
) -> StartScreen:
    """Make the start screen."""
    problem = None
    try:
        recent = recent_paths(recent_file())
    except InvalidFile as invalid:
        recent, problem = [], invalid.problems[0]
    rows = StartList(recent, current_language())
    screen = StartScreen(
        keymap, theme, rows, leave, lambda start: begin(screen, open_organization, begin_import, start)
    )
    if problem is not None:
        screen.message = (sentence("{problem}", problem=str(problem)), "error")
    return screen


def begin(screen: StartScreen, open_organization: Open, begin_import: Import, start: Start) -> None:
    """Open the chosen file, ask for the path of the file to open or create, or begin an import."""

    def ask_path(title: Sentence, name: str, accept: Callable[[Path], Sentence | None]) -> None:
        """Ask for a path, with a free name in the current folder as default, and open it."""
        value = name and unused_name(Path(), name)
        prompt = TextPrompt(
            screen.theme, translate, title, value=value, accept=lambda text: accept(_path(text))
        )
        prompt.entry.max_length = LONGEST_PATH
        screen.app.push_screen(prompt, lambda text: None if text is None else open_organization(_path(text)))

    match start:
        case Path():
            missing = _why_not_there(start)
            if missing is None:
                open_organization(start)
            else:
                screen.show_message(missing, "error")
        case FileToImport() | ListToImport():
            begin_import(start)
        case OtherFile():
            ask_path(sentence("Which file? ~ stands for your home folder"), "", _why_not_there)
        case Sample():
            title = sentence("Where does the copy of {sample} go?", sample=start.name)
            ask_path(title, start.file, lambda path: write_new_file(path, start.content))
        case Template():
            title = sentence("Where does the new organisation go?")
            content = start.content(current_language(), date.today())
            ask_path(title, NEW_FILE, lambda path: write_new_file(path, content))


def _path(text: str) -> Path:
    return expand_home(text)


def _why_not_there(path: Path) -> Sentence | None:
    if os.path.isfile(path):
        return None
    return sentence("There is no file {path}", path=from_home(path))
