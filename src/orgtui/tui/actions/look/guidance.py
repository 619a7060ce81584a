"""The command palette and the help on keys."""

from __future__ import annotations

from collections.abc import Iterable

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.session.timeline.step import UNVOUCHED
from orgtui.tui.commands.command import CARRY, READ, SUGGEST, TITLES, Command
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.prompts.prompt import NoticePrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.notes import Notes
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.row import Role, Row, Rows, Span
from orgtui.views.base.signs import ASCII, UNICODE


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
    """Open the command palette: find a command by its name or help, and run it."""
    now = screen.situation()
    here = {
        Ref.to("command", command.id): command for command in screen.keymap.commands_in(now.pane, now.mode)
    }

    def find(words: str) -> Rows:
        wanted = words.casefold().split()
        return CommandRows(
            screen,
            [command for command in here.values() if all(word in _words(screen, command) for word in wanted)],
        )

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


def _words(screen: SessionScreen, command: Command) -> str:
    said = (screen.translate(Sentence(words)) for words in (command.label, command.help))
    return " ".join((command.id, *command.words, *said)).casefold()


SIGNS = (
    ("new", sentence("new against the baseline")),
    ("moved", sentence("moved here")),
    ("changed", sentence("changed")),
    ("gone", sentence("left, closed or ended")),
    ("error", sentence("error: the structure does not hold")),
    ("warning", sentence("warning: a principle is broken")),
    ("advice", sentence("advice: worth a talk")),
    ("pinned", sentence("kept where it is in all that is suggested")),
)

CARRYING_SIGNS = (
    (
        "gains",
        sentence("mended less broken, by weight (error 9, warning 3, advice 1), and how it fits there"),
    ),
    (
        "changed",
        sentence("it stays: one more in the balance if it is smaller, one less if larger"),
    ),
    ("home", sentence("home, +3: its kind of work is at home there")),
    ("kin", sentence("kin, +1: work there shares its area, its skills or a handoff")),
    ("stranger", sentence("stranger, −6: nothing there is like it")),
    ("refused", sentence("it cannot be dropped there")),
)

SUGGESTED_SIGNS = (
    ("folded", sentence("the plan that is recommended: little left and few people touched")),
    ("point", sentence("a plan in the picture; the chosen one is its number in the list")),
    ("refused", sentence("a step that cannot be made without what is left out")),
)

UNVOUCHED_NAME = sentence("nothing vouches for this name: others can have written it")


def keys(screen: SessionScreen) -> None:
    """Show what every key does here, and what the signs mean."""
    now = screen.situation()
    lines: list[tuple[Span, ...]] = []
    here = [
        command for command in screen.keymap.commands_in(now.pane, now.mode) if screen.keymap.keys[command.id]
    ]
    names = [key_names(screen, command) for command in here]
    width = max(map(cell_len, names)) + 2
    for command, name in zip(here, names, strict=True):
        role: Role = "plain" if command.why_not(now) is None else "dim"
        lines.append(
            (Span(pad(name, width), "heading"), Span(screen.translate(Sentence(command.help)), role))
        )
    signs = ASCII if screen.theme.ascii else UNICODE

    def row(sign: str, meaning: Sentence) -> tuple[Span, ...]:
        return Span(pad(sign, width), "heading"), Span(screen.translate(meaning))

    def explained(meanings: Iterable[tuple[str, Sentence]]) -> list[tuple[Span, ...]]:
        return [row(getattr(signs, sign), meaning) for sign, meaning in meanings]

    own_signs = {CARRY: CARRYING_SIGNS, SUGGEST: SUGGESTED_SIGNS}
    if now.mode in own_signs:
        lines = [*explained(own_signs[now.mode]), (), *lines]
    lines += [(), *explained(SIGNS), row(f"li{UNVOUCHED}", UNVOUCHED_NAME)]
    in_pane = sentence("Keys in {pane}", pane=TITLES[now.pane])
    elsewhere = {READ: sentence("Keys on a page"), SUGGEST: sentence("Keys among the suggestions")}
    title = elsewhere.get(now.mode, in_pane)
    screen.app.push_screen(NoticePrompt(screen.theme, screen.translate, title, Notes(lines)))


def key_names(screen: SessionScreen, command: Command) -> str:
    """The labels of all keys of a command."""
    return screen.keymap.key_names(command)
