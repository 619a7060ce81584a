"""The command palette and the help on keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.actions.look.legend import legend
from orgtui.tui.commands.command import CARRY, READ, SUGGEST, TITLES, Command, key_ref
from orgtui.tui.commands.everyday_words import everyday_words
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.prompts.help import HelpLine, HelpPrompt, Section
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.matching import Query, Searched, searched
from orgtui.views.base.row import Row, Rows, Span
from orgtui.views.base.signs import ASCII, UNICODE

MOVING = "look.moving."
"""How what the commands do begins that move the cursor."""


class CommandRows:
    """Commands as rows: keys, help, and why a command cannot run now."""

    def __init__(self, screen: SessionScreen, commands: list[Command]) -> None:
        self.screen = screen
        self.commands = commands
        self.now = screen.situation()

    def __len__(self) -> int:
        return len(self.commands)

    def ref(self, index: int) -> Ref | None:
        return Ref.to("command", self.commands[index].id)

    def row(self, index: int, width: int) -> Row:
        command = self.commands[index]
        why_not = command.why_not(self.now)
        return Row(
            self.ref(index),
            (
                Span(pad(key_names(self.screen, command), 18)),
                Span(self.screen.translate(Sentence(command.help)), "dim" if why_not else "plain"),
                Span("" if why_not is None else f"  {self.screen.translate(why_not)}", "dim"),
            ),
        )

    def index_of(self, ref: Ref) -> int | None:
        return next((i for i, command in enumerate(self.commands) if command.id == ref.id), None)


def palette(screen: SessionScreen) -> None:
    """Open the command palette: find a command by everyday words, its name or its help, and run it."""
    now = screen.situation()
    here = {
        Ref.to("command", command.id): command for command in screen.keymap.commands_in(now.pane, now.mode)
    }
    texts = {ref: _texts(screen, command) for ref, command in here.items()}

    def find(typed: str) -> Rows:
        query = Query(typed)
        fit = {ref: _rank(query, *texts[ref]) for ref in here}
        ranked = sorted((rank, at) for at, rank in enumerate(fit.values()) if rank is not None)
        commands = list(here.values())
        return CommandRows(screen, [commands[at] for _, at in ranked])

    def run(ref: Ref | None) -> None:
        if ref is not None:
            screen.run_command(here[ref])

    screen.app.push_screen(
        ChoicePrompt(
            screen.theme,
            screen.translate,
            sentence("Commands"),
            find,
            accept=lambda ref: here[ref].why_not(now),
        ),
        run,
    )


def _texts(screen: SessionScreen, command: Command) -> tuple[list[Searched], Searched]:
    """How a command is called, and everything that is said of it."""
    label, told = (screen.translate(Sentence(words)) for words in (command.label, command.help))
    names = [label, command.id, *everyday_words(command)]
    return [searched(name) for name in names], searched(" ".join((*names, told)))


def _rank(query: Query, names: Sequence[Searched], everything: Searched) -> int | None:
    """How well a command fits, 0 best: a name is what is typed, or begins so, or all words are somewhere."""
    if any(query.text == name.plain for name in names):
        return 0
    if any(query.rank(name) == 0 for name in names):
        return 1
    return 2 if query.fits(everything) else None


def keys(screen: SessionScreen) -> None:
    """Show what can be done here, how to move, what cannot be done now and why, and what the signs mean."""
    now, keymap = screen.situation(), screen.keymap
    here = [command for command in keymap.commands_in(now.pane, now.mode) if keymap.keys[command.id]]
    signs = list(legend(ASCII if screen.theme.ascii else UNICODE, screen.theme.glyphs, now.pane, now.mode))
    width = max(map(cell_len, (*map(keymap.key_names, here), *(each.sign for each in signs)))) + 2

    def line(head: str, what: Sentence, why_not: Sentence | None = None, words: str = "") -> HelpLine:
        told = Span(screen.translate(what), "plain" if why_not is None else "dim")
        why = () if why_not is None else (Span(f"  {screen.translate(why_not)}", "dim"),)
        return HelpLine((Span(pad(head, width), "heading"), told, *why), words)

    def of_command(command: Command) -> HelpLine:
        words = " ".join((screen.translate(Sentence(command.label)), *everyday_words(command)))
        return line(keymap.key_names(command), Sentence(command.help), command.why_not(now), words)

    def lines(commands: Iterable[Command]) -> list[HelpLine]:
        return [of_command(command) for command in commands]

    moving = [command for command in here if command.does.startswith(MOVING)]
    doing = [command for command in here if command not in moving]
    possible = [command for command in doing if command.why_not(now) is None]
    sections = [
        Section(sentence("What can be done here"), lines(possible)),
        Section(sentence("What the signs mean"), [line(each.sign, each.means) for each in signs]),
        Section(sentence("Moving about"), lines(moving)),
        Section(sentence("Not now"), lines(each for each in doing if each not in possible)),
    ]

    def command_of(key: str) -> str:
        command = keymap.command(key, now.pane, now.mode)
        return "" if command is None else command.id

    titles = {
        CARRY: sentence("Keys while something is carried, in {pane}", pane=TITLES[now.pane]),
        READ: sentence("Keys on a page"),
        SUGGEST: sentence("Keys among the suggestions"),
    }
    title = titles.get(now.mode, sentence("Keys in {pane}", pane=TITLES[now.pane]))
    screen.app.push_screen(HelpPrompt(screen.theme, screen.translate, title, sections, command_of))


def say_saved(screen: SessionScreen) -> None:
    """Say that nothing has to be saved, and which key hands it on."""
    screen.show_message(sentence("Everything is saved already; {export} exports", export=key_ref("export")))


def key_names(screen: SessionScreen, command: Command) -> str:
    """The labels of all keys of a command."""
    return screen.keymap.key_names(command)
