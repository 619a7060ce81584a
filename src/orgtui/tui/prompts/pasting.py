"""A prompt for a list that is pasted or typed: names, one a line, or cells copied from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.widget import Widget

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.prompt import Entry, ListPane, Prompt, Translate
from orgtui.tui.terminal.decoder import PASTE_MAX_CHARS
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.row import Row, Span

LIST_MAX_CHARACTERS = 1 << 20
"""The longest list, in characters, of any number of pastes."""

CHROME_LINES = 8
"""Lines of the screen beside those of the list."""

HINT = sentence(
    "paste or type lines   {take} on an empty line goes on   {close} closes",
    **PROMPT_KEYS,
)
LONG_PASTE = sentence(
    "Longer than {count} characters: nothing is taken; save it as a file", count=PASTE_MAX_CHARS - 1
)
"""The decoder drops what is beyond its limit, so that a paste of that length may be cut."""

LONG_LIST = sentence("A list has at most {count} characters: save it as a file", count=LIST_MAX_CHARACTERS)
EMPTY = sentence("Paste a list, or type a name")


class PastedLines:
    """Lines as rows, the cells of a line with a sign between them."""

    def __init__(self, separator: str) -> None:
        self.lines: list[str] = []
        self.separator = separator

    def __len__(self) -> int:
        return len(self.lines)

    def ref(self, index: int) -> Ref | None:
        return Ref.to("line", str(index))

    def row(self, index: int, width: int) -> Row:
        return Row(self.ref(index), (Span(self.lines[index].replace("\t", f" {self.separator} ")),))

    def index_of(self, ref: Ref) -> int | None:
        return int(ref.id)


class LineEntry(Entry):
    """The input of a line, which hands on what is pasted as it is."""

    class Pasted(Message):
        """Something was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.post_message(self.Pasted(event.text))


class PastePrompt(Prompt[str]):
    """Asks for a list; the answer is its text, with `\\n` between lines and tabs as they came."""

    def __init__(self, theme: Theme, translate: Translate, title: Sentence, value: str = "") -> None:
        super().__init__(theme, translate, title, HINT)
        self.shows_preview = True
        self.lines = PastedLines(theme.glyphs.vertical)
        self.lines.lines += value.splitlines()
        self.list: ListPane = ListPane(self.lines, theme)
        self.entry = LineEntry()

    def body(self) -> Sequence[Widget]:
        self._fit()
        return [self.list, self.entry]

    def preview_answer(self) -> Sentence | None:
        return sentence("{count:line|lines}", count=len(self.lines))

    def on_line_entry_pasted(self, message: LineEntry.Pasted) -> None:
        """Add the lines of a paste, the first behind what is typed."""
        if len(message.text) >= PASTE_MAX_CHARS:
            self.refuse(LONG_PASTE)
        else:
            self._add(self.entry.value + message.text)

    def _add(self, text: str) -> None:
        """Add the lines of a text; terminals send the end of a line as `\\r`."""
        added = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
        if sum(map(len, self.lines.lines)) + len(text) > LIST_MAX_CHARACTERS:
            self.refuse(LONG_LIST)
            return
        self.lines.lines += added
        self.entry.value = ""
        self._show()

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace" and not self.entry.value:
            event.stop()
            if self.lines.lines:
                self.lines.lines.pop()
                self._show()
            else:
                self.dismiss(None)

    def submit(self) -> None:
        """Add the line that is typed; take the list if none is."""
        if self.entry.value.strip():
            self._add(self.entry.value)
        elif any(line.strip() for line in self.lines.lines):
            self.dismiss("\n".join(self.lines.lines))
        else:
            self.refuse(EMPTY)

    def _show(self) -> None:
        self._fit()
        self.list.reload()
        self.list.move_to(len(self.lines) - 1)
        self.refuse(None)

    def _fit(self) -> None:
        self.list.styles.height = 1 + max(1, min(len(self.lines), self.app.size.height - CHROME_LINES))
