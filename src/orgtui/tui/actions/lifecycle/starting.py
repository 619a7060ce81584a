"""Starting without a file: choose a recent file, a sample, a template or a path, and open it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from orgtui.files.bundled import Sample, Template, samples_for, unused_name, write_new_file
from orgtui.files.disk.chosen_language import keep_language
from orgtui.files.disk.offered import note_tour_offered, was_tour_offered
from orgtui.files.disk.recent import RecentFile, forget_recent, recent_file, recent_files
from orgtui.files.scratch import make_scratch_copy
from orgtui.files.toml.problems import InvalidFile
from orgtui.home import expand_home
from orgtui.locales import current_language, set_language, translate
from orgtui.locales.language import ENGLISH, LANGUAGES, OWN_NAMES
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.tui.commands.command import START, key_ref
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.prompts.keys import keys_prompt
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.start import StartScreen
from orgtui.tui.terminal.host import Leave
from orgtui.tui.widgets.text import Theme
from orgtui.views.lists.start_list import (
    FileToImport,
    KeyOf,
    ListToImport,
    OtherFile,
    Start,
    StartList,
    Tour,
    from_home,
)

LONGEST_PATH = 4096
NEW_FILE = "marketing.toml"
FORGET = key_ref("start_forget")

OFFER = sentence(
    "New here? {take} takes you round: six steps on a sample, a few minutes", take=key_ref("start_open")
)


class StartingApp(Protocol):
    """The app, as what is chosen on the start screen uses it."""

    def open_organization(self, organization: Path, notice: Sentence | None = None) -> None:
        """Open an organisation's file, with a message if there is something to say."""
        ...

    def open_for_tour(self, organization: Path) -> None:
        """Open a sample, and begin the tour on it."""
        ...

    def begin_import(self, chosen: FileToImport | ListToImport) -> None:
        """Begin an import of a file or a list."""
        ...

    def language_changed(self) -> None:
        """Word anew what was worded in another language."""
        ...


class StartChoices:
    """What the choices of the start screen lead to."""

    def __init__(self, app: StartingApp, screen: StartScreen) -> None:
        self.app = app
        self.screen = screen

    @property
    def other_language(self) -> str:
        return OWN_NAMES[_next_language()]

    def choose(self, start: Start) -> None:
        """Open the chosen file, ask for the path of the file to open or create, or begin an import."""
        match start:
            case RecentFile():
                if os.path.isfile(start.path):
                    self.app.open_organization(start.path)
                else:
                    gone = N_("{file} is no longer there; {key} takes it off the list")
                    said = sentence(gone, file=start.path.name, key=FORGET)
                    self.screen.show_message(said, "error")
            case FileToImport() | ListToImport():
                self.app.begin_import(start)
            case OtherFile():
                self._ask_path(sentence("Which file? ~ stands for your home folder"), "", _why_not_there)
            case Tour():
                sample = samples_for(current_language())[0]
                self._open_copy(sample, self.app.open_for_tour)
            case Sample():
                self._open_copy(start, self.app.open_organization)
            case Template():
                title = sentence("Where does the new organisation go?")
                content = start.content(current_language(), date.today())
                self._ask_path(title, NEW_FILE, lambda path: write_new_file(path, content))

    def forget(self, start: Start) -> None:
        if not isinstance(start, RecentFile):
            only = sentence("Only files that were opened lately can be taken off")
            self.screen.show_message(only)
            return
        try:
            forget_recent(start.path, recent_file())
        except (OSError, InvalidFile) as error:
            self.screen.show_message(_not_kept(error), "error")
            return
        self._reword()
        taken = sentence("{file} is off the list; the file itself was not touched", file=start.path.name)
        self.screen.show_message(taken)

    def next_language(self) -> None:
        language = _next_language()
        if language != ENGLISH and not self.screen.theme.utf8:
            cannot = sentence("This terminal shows ASCII only; --lang {language} insists", language=language)
            self.screen.show_message(cannot, "error")
            return
        set_language(language)
        self.app.language_changed()
        self._reword()
        try:
            keep_language(language)
        except (OSError, InvalidFile) as error:
            self.screen.show_message(_not_kept(error), "error")

    def _reword(self) -> None:
        rows, _ = _rows(self.screen.rows.key_of)
        self.screen.show_rows(rows)

    def _open_copy(self, sample: Sample, open_copy: Callable[[Path], None]) -> None:
        """Open a scratch copy of a sample."""
        try:
            copy = make_scratch_copy(sample.file, sample.content)
        except OSError as error:
            self.screen.show_message(_not_kept(error), "error")
        else:
            open_copy(copy)

    def _ask_path(self, title: Sentence, name: str, accept: Callable[[Path], Sentence | None]) -> None:
        """Ask for a path, with a free name in the current folder as default, and open it."""
        prompt = TextPrompt(
            self.screen.theme,
            translate,
            title,
            value=name and unused_name(Path(), name),
            accept=lambda text: accept(expand_home(text)),
        )
        prompt.entry.max_length = LONGEST_PATH

        def open_it(text: str | None) -> None:
            if text is not None:
                self.app.open_organization(expand_home(text))

        self.screen.app.push_screen(prompt, open_it)


def start_screen(app: StartingApp, keymap: Keymap, theme: Theme, leave: Leave) -> StartScreen:
    """Make the start screen; the tour is offered if it never was."""
    rows, problem = _rows(keymap.key_of)
    screen = StartScreen(keymap, theme, rows, leave, lambda screen: StartChoices(app, screen))
    if problem is not None:
        screen.message = (problem, "error")
    elif not was_tour_offered():
        _offer_tour(screen)
    return screen


def _offer_tour(screen: StartScreen) -> None:
    screen.message = (OFFER, "better")
    screen.list.cursor = screen.rows.led_to("start_tour")
    try:
        note_tour_offered()
    except OSError as error:
        screen.message = (_not_kept(error), "error")


def _rows(key_of: KeyOf) -> tuple[StartList, Sentence | None]:
    """The choices, and why the list of recent files cannot be read."""
    try:
        return StartList(recent_files(recent_file()), current_language(), key_of), None
    except InvalidFile as invalid:
        problem = sentence("{problem}", problem=str(invalid.problems[0]))
        return StartList([], current_language(), key_of), problem


# -- commands of the start screen --------------------------------------------------------------------


def take(screen: StartScreen) -> None:
    """Take the choice under the cursor."""
    if screen.start is not None:
        screen.starting.choose(screen.start)


def take_named(screen: StartScreen, command: str) -> None:
    """Take the choice that a command leads to; where it leads to several, go to the first."""
    screen.go(screen.rows.led_to(command))
    if not screen.rows.is_caption(command):
        take(screen)


def forget(screen: StartScreen) -> None:
    """Take the file under the cursor off the list of those opened lately."""
    if screen.start is not None:
        screen.starting.forget(screen.start)


def next_language(screen: StartScreen) -> None:
    """Speak the next language."""
    screen.starting.next_language()


def show_keys(screen: StartScreen) -> None:
    """Show what every key does on the start screen."""
    title = sentence("Keys on the start screen")
    screen.app.push_screen(keys_prompt(screen.keymap, screen.theme, START, title))


def _next_language() -> str:
    return LANGUAGES[(LANGUAGES.index(current_language()) + 1) % len(LANGUAGES)]


def _not_kept(error: OSError | InvalidFile) -> Sentence:
    if isinstance(error, InvalidFile):
        return sentence("{problem}", problem=str(error.problems[0]))
    return sentence("This cannot be kept: {reason}", reason=reason_of(error))


def _why_not_there(path: Path) -> Sentence | None:
    if os.path.isfile(path):
        return None
    return sentence("There is no file {path}", path=from_home(path))
