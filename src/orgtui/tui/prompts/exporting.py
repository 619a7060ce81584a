"""The prompts of an export: what is wanted and for whom, and what has been written so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from textual import events
from textual.widget import Widget

from orgtui.exchange.problems import OfficeMissing
from orgtui.exchange.writing.formats import Format
from orgtui.locales import join_list
from orgtui.model.gate import redact_control_chars
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.command import key_ref
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.prompt import ListPane, Prompt, Translate, box_text_width
from orgtui.tui.widgets.line import Line
from orgtui.tui.widgets.notes import Notes
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.cells import cell_len, pad, wrapped
from orgtui.views.base.row import Role, Row, Span
from orgtui.views.pages.page import INDENT

CHROME_LINES = 7
"""Lines of the screen beside those of the list."""

CHOOSING = sentence(
    "{walk} choose   {mark} marks   {take} goes on   {close} closes", **PROMPT_KEYS | {"mark": "space"}
)
CHANGES_IT = sentence("{take} changes this", **PROMPT_KEYS)
WRITING = sentence("{close} stops the export; a file is whole or not there", **PROMPT_KEYS)
WRITTEN = sentence("{close} closes   {copy} copies these lines", copy=key_ref("copy"), **PROMPT_KEYS)


@dataclass(slots=True)
class Setting:
    """A line with a value out of a few, each with its words; the first one is preset."""

    name: str
    label: Sentence
    values: Sequence[tuple[str, str]]
    chosen: int = 0

    @property
    def value(self) -> str:
        return self.values[self.chosen][0]

    @property
    def in_turn(self) -> Sequence[str]:
        """The words of the value, then of those that follow when it is turned."""
        words = [each for _, each in self.values]
        return [*words[self.chosen :], *words[: self.chosen]]

    def turn(self) -> None:
        """Choose the next value."""
        self.chosen = (self.chosen + 1) % len(self.values)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported: formats in the order of the list, and the values of the settings by name."""

    formats: tuple[Format, ...]
    settings: dict[str, str]


class ExportRows:
    """The formats with for whom and what they are, an empty row, and the settings."""

    def __init__(self, formats: Sequence[Format], settings: Sequence[Setting], translate: Translate) -> None:
        self.formats = formats
        self.settings = settings
        self.translate = translate
        self._words = [
            (each.name, translate(Sentence(each.for_whom)), translate(Sentence(each.what)))
            for each in formats
        ]
        self._widths = [max(map(cell_len, words)) for words in zip(*self._words, strict=True)]
        self._labels = max((cell_len(translate(each.label)) for each in settings), default=0)

    def __len__(self) -> int:
        return len(self.formats) + 1 + len(self.settings)

    def format(self, index: int) -> Format | None:
        return self.formats[index] if index < len(self.formats) else None

    def setting(self, index: int) -> Setting | None:
        at = index - len(self.formats) - 1
        return self.settings[at] if 0 <= at < len(self.settings) else None

    def ref(self, index: int) -> Ref | None:
        made, setting = self.format(index), self.setting(index)
        if made is not None:
            return Ref.to("format", made.name)
        return None if setting is None else Ref.to("setting", setting.name)

    def row(self, index: int, width: int) -> Row:
        made, setting = self.format(index), self.setting(index)
        if made is not None:
            gap = 2 if sum(self._widths) + 4 <= width else 1
            name, for_whom, what = self._words[index]
            named = Span(pad(name, self._widths[0] + gap), "dim" if why_not(made) else "heading")
            return Row(
                self.ref(index), (named, Span(pad(for_whom, self._widths[1] + gap)), Span(what, "dim"))
            )
        if setting is None:
            return Row(None, ())
        label = Span(pad(self.translate(setting.label), self._labels + 2), "dim")
        chosen, *others = setting.in_turn
        return Row(self.ref(index), (label, Span(chosen), Span(f"  ({join_list(others)})", "dim")))

    def index_of(self, ref: Ref) -> int | None:
        return next((index for index in range(len(self)) if self.ref(index) == ref), None)


def why_not(made: Format) -> Sentence | None:
    """Why a format cannot be written here: its library is not installed."""
    try:
        made.require_library()
    except OfficeMissing as missing:
        return missing.sentence
    return None


class ExportPrompt(Prompt[Wanted]):
    """Asks for formats and settings; with none marked, the format under the cursor is meant.

    `destination` says where something would be written.
    """

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        title: Sentence,
        formats: Sequence[Format],
        settings: Sequence[Setting],
        destination: Callable[[Wanted], Sentence],
    ) -> None:
        super().__init__(theme, translate, title, CHOOSING)
        self.shows_preview = True
        self.rows = ExportRows(formats, settings, translate)
        self.destination = destination
        self.list: ListPane = ListPane(self.rows, theme)
        self.marked: dict[Ref, None] = {}
        self.list.marked = self.marked
        self._step = 1

    def body(self) -> Sequence[Widget]:
        self._fit()
        return [self.list]

    def on_resize(self, event: events.Resize) -> None:
        self._fit()

    def _fit(self) -> None:
        self.list.styles.height = max(1, min(len(self.rows), self.app.size.height - CHROME_LINES)) + 1

    def wanted(self) -> Wanted:
        """What would be exported now."""
        under_cursor = self.rows.format(self.list.cursor)
        marked = tuple(each for each in self.rows.formats if Ref.to("format", each.name) in self.marked)
        formats = marked or ((under_cursor,) if under_cursor is not None else ())
        return Wanted(formats, {each.name: each.value for each in self.rows.settings})

    def preview_answer(self) -> Sentence | None:
        if self.rows.setting(self.list.cursor) is not None:
            return CHANGES_IT
        made = self.rows.format(self.list.cursor)
        missing = None if made is None or self.marked else why_not(made)
        return missing or self.destination(self.wanted())

    def on_key(self, event: events.Key) -> None:
        if event.key in ("space", "tab"):
            event.stop()
            self._turn()
        elif event.key in ("backspace", "q"):
            event.stop()
            self.dismiss(None)
        self._step = -1 if event.key in ("up", "k", "pageup") else 1
        if event.key in ("j", "k"):
            event.stop()
            self.list.move(self._step)
            self.cursor_moved()

    def cursor_moved(self) -> None:
        """Leave the empty row out."""
        if self.rows.ref(self.list.cursor) is None:
            self.list.move(self._step)
        super().cursor_moved()

    def _turn(self) -> None:
        """Mark the format under the cursor or no longer, or choose the next value of a setting."""
        made, setting = self.rows.format(self.list.cursor), self.rows.setting(self.list.cursor)
        if setting is not None:
            setting.turn()
            self.list.reload(self.list.ref)
        elif made is not None:
            refusal = why_not(made)
            if refusal is not None:
                self.refuse(refusal)
                return
            ref = Ref.to("format", made.name)
            if ref in self.marked:
                del self.marked[ref]
            else:
                self.marked[ref] = None
            self.list.repaint()
        self.refuse(None)

    def submit(self) -> None:
        """Change a setting, or answer with what is wanted."""
        if self.rows.setting(self.list.cursor) is not None:
            self._turn()
            return
        wanted = self.wanted()
        refusal = next(filter(None, map(why_not, wanted.formats)), None)
        if refusal is not None:
            self.refuse(refusal)
        elif wanted.formats:
            self.dismiss(wanted)


@dataclass(slots=True)
class Progress:
    """An export so far: the formats that are left, the paths of written files in full, what was told, errors.

    The first of the formats is the one that is being written.
    """

    formats: Sequence[str]
    files: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: int = 0
    is_running: bool = True

    @property
    def title(self) -> Sentence:
        if self.is_running:
            return sentence("Exporting…")
        if self.failed:
            return sentence("The export has failed: {count:file is|files are} written", count=len(self.files))
        return sentence("The export is done: {count:file is|files are} written", count=len(self.files))


class ExportProgress(Prompt[bool]):
    """Shows what an export has written; the answer is True if it is closed after the end.

    `begin` is called once it is there, and begins a worker of this prompt, which ends with it.
    """

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        progress: Progress,
        begin: Callable[[ExportProgress], None],
    ) -> None:
        super().__init__(theme, translate, progress.title, WRITING)
        self.progress = progress
        self.begin = begin
        self.list: ListPane = ListPane(Notes(), theme)

    def body(self) -> Sequence[Widget]:
        self._show_lines()
        return [self.list]

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)
        self.begin(self)

    def on_resize(self, event: events.Resize) -> None:
        self._show_lines()

    def show_progress(self) -> None:
        """Show how far the export is now."""
        self.heading = self.progress.title
        self.hint = WRITING if self.progress.is_running else WRITTEN
        self.query_one("#title", Line).reload()
        self._show_lines()
        self.refuse(None)

    def _tick(self) -> None:
        if self.progress.is_running:
            self.progress.seconds += 1
            self._show_lines()

    def _show_lines(self) -> None:
        lines = list(self._lines(box_text_width(self.app.size.width)))
        self.list.styles.height = max(1, min(len(lines), self.app.size.height - CHROME_LINES)) + 1
        self.list.show(Notes(lines))

    def _lines(self, width: int) -> Iterator[tuple[Span, ...]]:
        """What is written, what was told, and what is left, wrapped to a width in cells."""
        now = self.progress
        told: tuple[tuple[list[str], Role], ...]
        told = (now.files, "plain"), (now.told, "dim"), (now.failed, "error")
        for texts, role in told:
            for text in texts:
                yield from _wrapped(redact_control_chars(text), role, width)
        if now.is_running and now.formats:
            first, *others = now.formats
            writing = sentence("{format}: writing… {seconds} s", format=first, seconds=now.seconds)
            yield (Span(self.translate(writing), "heading"),)
            yield from ((Span(each, "dim"),) for each in others)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+c", "backspace", "q"):
            event.stop()
            event.prevent_default()
            self.dismiss(not self.progress.is_running)

    def submit(self) -> None:
        """Close it once everything is written."""
        if not self.progress.is_running:
            self.dismiss(True)


def _wrapped(text: str, role: Role, width: int) -> Iterator[tuple[Span, ...]]:
    first, *more = wrapped(text, width - len(INDENT))
    yield (Span(first, role),)
    for part in more:
        yield Span(INDENT), Span(part, role)
