"""Beginning an import: a file is chosen, or a list pasted, on the start screen or beside an open session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from textual.app import App

from orgtui.exchange.importing import ImportOptions, Source, read_sources
from orgtui.exchange.reading.delimited import read_pasted
from orgtui.exchange.reading.formats import FORMATS
from orgtui.exchange.roster.vocabulary import own_vocabulary
from orgtui.exchange.rows import SheetChoice
from orgtui.exchange.saving import read_source
from orgtui.files.bundled import unused_name
from orgtui.home import expand_home
from orgtui.locales import translate
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.actions.importing.steps import Ends, ImportSteps, Request
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.prompts.pasting import PastePrompt
from orgtui.tui.prompts.path import PathPrompt
from orgtui.tui.screens.importing import ImportScreen
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.text import Theme
from orgtui.views.lists.start_list import FileToImport, ListToImport

SUFFIXES = tuple(suffix for form in FORMATS.values() for suffix in form.suffixes)

NEW_FILE = "marketing.toml"

OpenWritten = Callable[[Path, Sentence], None]
"""Opens the organisation that was written, with a message."""


@dataclass(frozen=True, slots=True)
class Import:
    """Where an import is shown, and what opens the organisation that it writes."""

    app: App[None]
    keymap: Keymap
    theme: Theme
    open_written: OpenWritten

    def choose_file(self, value: str = "") -> None:
        """Ask for the path of a file, and import it."""
        title = sentence("Which file? Type its path; ~ stands for your home folder")
        prompt = PathPrompt(self.theme, translate, title, SUFFIXES, value)
        self.app.push_screen(prompt, self._file_chosen)

    def _file_chosen(self, typed: str | None) -> None:
        if typed is None:
            return
        path = expand_home(typed)
        output = path.absolute().with_name(path.stem + ".toml")
        request = Request(path.name, partial(_read_file, path), output, _options())
        self._show(request, again=partial(self.choose_file, typed))

    def paste_list(self, value: str = "") -> None:
        """Ask for a list, and import it."""
        title = sentence("Paste a list: names, one a line, or cells copied from a spreadsheet")
        self.app.push_screen(PastePrompt(self.theme, translate, title, value), self._list_pasted)

    def _list_pasted(self, text: str | None) -> None:
        if text is None:
            return
        name = translate(sentence("the list"))
        output = Path.cwd() / unused_name(Path(), NEW_FILE)
        request = Request(name, partial(_read_list, name, text), output, _options())
        self._show(request, again=partial(self.paste_list, text))

    def _show(self, request: Request, again: Callable[[], None]) -> None:
        def then(act: Callable[[], None]) -> None:
            self.app.pop_screen()
            self.app.call_later(act)  # Textual passes an answer to the screen that asked, which is gone

        def begin(screen: ImportScreen) -> ImportSteps:
            ends = Ends(
                again=lambda: then(again),
                left=lambda: then(lambda: None),
                written=lambda path, said: then(partial(self.open_written, path, said)),
            )
            steps = ImportSteps(screen, request, ends)
            steps.begin()
            return steps

        heading = translate(sentence("orgtui   Import of {file}", file=request.name))
        self.app.push_screen(ImportScreen(self.keymap, self.theme, heading, begin))


def begin_import(
    app: App[None],
    keymap: Keymap,
    theme: Theme,
    open_written: OpenWritten,
    chosen: FileToImport | ListToImport,
) -> None:
    """Begin what was chosen on the start screen."""
    new = Import(app, keymap, theme, open_written)
    if isinstance(chosen, FileToImport):
        new.choose_file()
    else:
        new.paste_list()


def import_file(screen: SessionScreen) -> None:
    """Import a file beside an open session, which ends when the new organisation is opened."""
    _beside(screen).choose_file()


def import_list(screen: SessionScreen) -> None:
    """Import a pasted list beside an open session, which ends when the new organisation is opened."""
    _beside(screen).paste_list()


def _beside(screen: SessionScreen) -> Import:
    from orgtui.tui.actions.lifecycle.opening import open_other

    return Import(screen.app, screen.keymap, screen.theme, partial(open_other, screen))


def _options() -> ImportOptions:
    return ImportOptions(date.today(), own_vocabulary(), root_name=translate(sentence("Marketing")))


def _read_file(path: Path, options: ImportOptions) -> tuple[Sequence[Source], Sequence[SheetChoice]]:
    sources = [read_source(path)]
    return sources, read_sources(sources, options)


def _read_list(
    name: str, text: str, options: ImportOptions
) -> tuple[Sequence[Source], Sequence[SheetChoice]]:
    return [Source(name, text.encode("utf-8", "surrogatepass"))], [read_pasted(text)]
