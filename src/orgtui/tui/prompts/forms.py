"""A prompt with several fields on one page, which shows what their values would do.

Typing edits the line under the cursor at once. `tab` and `enter` take it and go on to the next line,
`shift+tab` goes back; the last line submits. A line with choices lists those that fit what is typed below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from textual import events
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from orgtui.model.gate import refused_character
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.fields import Field, FieldRows, Values
from orgtui.tui.prompts.prompt import Entry, ListPane, Prompt, Translate, box_list_width, box_text_width
from orgtui.tui.widgets.choices import Choices
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import GUTTER, Theme
from orgtui.views.base.cells import cell_len, clip

TEXT_HINT = sentence("type it   {next} goes on   {back} back   {close} closes", **PROMPT_KEYS)
ONE_HINT = sentence(
    "type to find   {walk} choose   {take} takes it   {back} back   {close} closes", **PROMPT_KEYS
)
SEVERAL_HINT = sentence(
    "type to find   {walk} choose   {take} adds it   {mark} goes on   {close} closes", **PROMPT_KEYS
)
ACTION_HINT = sentence("{take} does it   {back} back   {close} closes", **PROMPT_KEYS)

CHOICES_MAX, CHOICES_MIN = 6, 2
"""How many rows to choose from are shown, at most and on a low screen."""

CHROME_LINES = 5
"""Lines of the box beside the title, fields and choices: frame, rule, foot and keys."""

GOING = {"tab": 1, "shift+tab": -1}
"""The keys that go to another line, round at the ends."""

ENTRY_MIN_WIDTH = 16
"""Cells for typing that are left beside the names of several choices."""


class Problem(NamedTuple):
    """Why values are not accepted, and the name of the field that is to be mended, if it is one."""

    why: Sentence
    field: str | None = None


NO_CHOICES = Choices(())


class ChoicePane(Pane, inherit_bindings=False):
    """The choices for the line under the cursor of a form."""


class Form(Prompt[bool]):
    """Asks for several values, one line each; the last line submits them.

    `accept` applies the values or returns what is wrong, `preview` says what they would do.
    """

    DEFAULT_CSS = """
    Form Entry { position: absolute; }
    """

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        title: Sentence,
        fields: Sequence[Field],
        action: Sentence,
        accept: Callable[[Values], Problem | None],
        preview: Callable[[Values], Sentence],
    ) -> None:
        super().__init__(theme, translate, title, TEXT_HINT)
        self.shows_preview = True
        self.fields = fields
        self.accept = accept
        self.preview = preview
        self.rows = FieldRows(fields, action, translate)
        self.list: ListPane = ListPane(self.rows, theme)
        self.entry = Entry()
        self.choices: Pane = ChoicePane("choices", "", NO_CHOICES, theme)
        self.picking = False
        """Whether the choice under the cursor is meant: something was typed, or the arrows were used."""
        self._settled: str | None = None
        """The text that the form put into the line, as long as nothing is typed."""
        self._found = ""
        """The text by which the choices were found."""

    # -- what is shown -----------------------------------------------------------------------------

    def body(self) -> Sequence[Widget]:
        self._show_fields()
        self._fit()
        return [self.list, self.choices, self.entry]

    def on_mount(self) -> None:
        self._go_to(0)

    def on_resize(self, event: events.Resize) -> None:
        self._fit()
        self.call_after_refresh(self._place)

    @property
    def field(self) -> Field | None:
        """The field under the cursor; None on the line that submits."""
        return self.rows.fields[self.list.cursor] if self.list.cursor < len(self.rows.fields) else None

    def values(self) -> Values:
        """The values as they are now, with what is being typed."""
        values: dict[str, object] = {}
        current = self.field
        for field in self.fields:
            if field.shown(values):
                values[field.name] = field.read(self._answer() if field is current else field.answer)
        return values

    def preview_answer(self) -> Sentence | None:
        return self.preview(self.values())

    def reload(self) -> None:
        self.foot.reload()

    def _show_fields(self) -> None:
        """Leave out the fields that do not matter with the present values."""
        values = self.values()
        self.rows.fields = [field for field in self.fields if field.name in values]
        self.list.show(self.rows)

    def _fit(self) -> None:
        """Divide the lines of the screen between fields and choices; the box keeps its size from then on."""
        lines = max(4, self.app.size.height - CHROME_LINES - self._titled)
        wanted = len(self.fields) + 1
        chosen = any(field.among is not None for field in self.fields)
        choices = max(CHOICES_MIN, min(CHOICES_MAX, lines - wanted - 1)) if chosen else 0
        self.choices.display = chosen
        self.choices.styles.height = choices + 1
        self.list.styles.height = max(1, min(wanted, lines - (choices + 1 if chosen else 0))) + 1

    @property
    def _titled(self) -> int:
        """How many lines the title takes."""
        size = self.app.size
        return self.title_line.get_content_height(size, size, box_list_width(size.width))

    def _place(self) -> None:
        """Put the input over the answer of the line under the cursor."""
        field = self.field
        if field is None:
            return
        start = GUTTER + self.rows.labels
        room = box_text_width(self.app.size.width) + GUTTER - start
        if field.among is not None and field.among.several:
            names = clip(field.text(), max(0, room - ENTRY_MIN_WIDTH), self.theme.glyphs.ellipsis)
            start, room = start + cell_len(names), room - cell_len(names)
        self.entry.styles.width = max(1, room)
        self.entry.styles.offset = (start, self._titled + 1 + self.list.cursor - self.list.top)

    # -- going from line to line -------------------------------------------------------------------

    def _go_to(self, index: int) -> None:
        """Begin with a line: its text is selected, so that typing replaces it and arrows keep it."""
        self.list.move_to(index)
        field = self.field
        several = field is not None and field.among is not None and field.among.several
        self._settle("" if field is None or several else field.text())
        self.picking = False
        self._find(field, "")
        self.entry.display = field is not None
        self.set_focus(None if field is None else self.entry)
        self.hint = _hint(field)
        self._repaint()

    def _repaint(self) -> None:
        field = self.field
        self.entry.placeholder = "" if field is None else self.rows.placeholder(field)
        self._place()
        self.list.reload(self.list.ref)
        self.foot.reload()
        self.keys.reload()

    def _settle(self, text: str) -> None:
        """Show a text that nobody typed, selected as a whole."""
        self._settled = text
        self.entry.value = text
        self.entry.selection = Selection(0, len(text))

    def _take(self) -> bool:
        """Keep what the line under the cursor says; False if it cannot be, which is said."""
        field = self.field
        if field is None:
            return True
        problem = self._problem(field)
        if problem is not None:
            self.refuse(problem)
            return False
        field.answer = self._answer()
        self.picking, self._settled = False, self.entry.value
        if not field.is_empty:
            self.rows.wrong.discard(field.name)
        return True

    def _problem(self, field: Field) -> Sentence | None:
        """Why what is typed cannot be taken."""
        typed = self.entry.value.strip()
        wrong = refused_character(typed)
        if wrong is not None:
            return sentence("{character} cannot be used in a text", character=wrong)
        if self.picking and self.choices.ref is None:
            return sentence("Nothing fits “{text}”", text=typed)
        return None

    def _go(self, by: int, round_the_ends: bool = False) -> None:
        """Take the line and go on by some lines."""
        field = self.field
        if not self._take():
            return
        self.refuse(None)
        self._show_fields()
        at = (len(self.rows) - 1 if field is None else self.rows.fields.index(field)) + by
        self._go_to(at % len(self.rows) if round_the_ends else max(0, at))

    def submit(self) -> None:
        """Apply the values, or go to the first line that is missing or wrong and say so."""
        missing = [field for field in self.rows.fields if field.needed and field.is_empty]
        self.rows.wrong = {field.name for field in missing}
        if missing:
            problem: Problem | None = Problem(
                sentence("Still needed: {what}", what=missing[0].label), missing[0].name
            )
        else:
            problem = self.accept(self.values())
        if problem is None:
            self.dismiss(True)
            return
        at = next((at for at, field in enumerate(self.rows.fields) if field.name == problem.field), None)
        if at is not None:
            self.rows.wrong.add(self.rows.fields[at].name)
            self._go_to(at)
        self.refuse(problem.why)

    # -- answers -----------------------------------------------------------------------------------

    def _answer(self) -> Any:
        """The answer of the line under the cursor as it stands."""
        field = self.field
        assert field is not None
        if field.among is None:
            return self.entry.value.strip()
        if self.picking:
            picked = self.choices.ref
            return _turned(field.answer, picked) if field.among.several else picked
        is_emptied = self.entry.value != self._settled and not field.among.several
        return None if is_emptied else field.answer

    def _sync(self) -> None:
        """Find what fits the text; called before every key too, as Textual may report a letter late."""
        field, text = self.field, self.entry.value
        if field is not None and field.among is not None and text not in (self._settled, self._found):
            self._settled = None
            self.picking = bool(text.strip())
            self._find(field, text)

    def _find(self, field: Field | None, text: str) -> None:
        """List the choices of a field that fit a text, with the cursor on the present one or the first."""
        self._found = text
        if field is None or field.among is None:
            self.choices.show(NO_CHOICES)
        else:
            self.choices.show(field.among.find(text.strip()))
            self.choices.marked = field.answer if field.among.several else (field.answer,)
            if text or field.among.several or field.is_empty or not self.choices.go_to(field.answer):
                self.choices.move_to(0)
        self.choices.set_active(self.picking)
        self.choices.reload(self.choices.ref)

    def _walk(self, by: int) -> None:
        """Move the cursor of the choices, and show the one under it in the line."""
        field = self.field
        assert field is not None
        assert field.among is not None
        has_begun = self.picking or self.choices.ref in self.choices.marked
        if not has_begun and by < 0:
            self._go(-1)
            return
        if has_begun:
            self.choices.move(by)
        self.picking = len(self.choices.rows) > 0
        self.choices.set_active(self.picking)
        if self.choices.ref is not None and not field.among.several:
            self._settle(field.among.name(self.choices.ref))
        self.refuse(None)

    # -- keys --------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        self._sync()
        act = self._act_of(event.key)
        if act is not None:
            event.stop()
            event.prevent_default()
            act()

    def _act_of(self, key: str) -> Callable[[], None] | None:
        """What a key does here, if it is one of the form's."""
        field = self.field
        if key == "enter":
            return partial(self._enter, field)
        if key in GOING:
            return partial(self._go, GOING[key], True)
        if key in ListPane.STEPS:
            has_choices = field is not None and field.among is not None
            return partial(self._walk if has_choices else self._go, ListPane.STEPS[key])
        if key == "backspace" and not self.entry.value and field is not None:
            last = field.answer[-1:] if isinstance(field.answer, tuple) else ()
            return partial(self._turn, field, *last) if last else None
        return None

    def _enter(self, field: Field | None) -> None:
        """Go on; of several choices take the one under the cursor first; at the end submit."""
        if field is not None and field.among is not None and field.among.several and self.picking:
            if self._problem(field) is None and self.choices.ref is not None:
                self._turn(field, self.choices.ref)
            else:
                self.refuse(self._problem(field))
        elif field is None or len(self.fields) == 1:
            if self._take():
                self.submit()
        else:
            self._go(1)

    def _turn(self, field: Field, choice: Ref) -> None:
        """Add one of several choices, or take it away, and wait for the next."""
        field.answer = _turned(field.answer, choice)
        self.picking = False
        self._settle("")
        self._find(field, "")
        self.choices.go_to(choice)
        self.refuse(None)
        self._repaint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow what is typed; a text that the form itself put there leaves what is said as it is."""
        if self.entry.value == self._settled:
            self.foot.reload()
        else:
            self._sync()
            self.refuse(None)


def _hint(field: Field | None) -> Sentence:
    if field is None:
        return ACTION_HINT
    if field.among is None:
        return TEXT_HINT
    return SEVERAL_HINT if field.among.several else ONE_HINT


def _turned(chosen: tuple[Ref, ...], choice: Ref | None) -> tuple[Ref, ...]:
    """Several choices with one more, or without it if it is among them."""
    if choice is None:
        return chosen
    kept = tuple(each for each in chosen if each != choice)
    return kept if len(kept) < len(chosen) else (*chosen, choice)
