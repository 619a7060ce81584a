"""A prompt that asks for one row and previews in the panes above it what each would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.widget import Widget

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.prompts.choosing import ChoicePrompt, FindRows
from orgtui.tui.prompts.prompt import FRAME_WIDTH, Translate
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import GUTTER, Theme
from orgtui.views.base.row import Rows

ROWS_MAX, OUTCOME_ROWS_MAX = 5, 8
"""How many rows to choose from, and of the outcome of the one at the cursor, are shown at most."""

CHROME_LINES = 7
"""Lines of the box without rows: frame, title, input, two rules, foot."""

WIDTH_MAX = 120
"""Columns of the box at most."""

VIEWS_MIN_HEIGHT = 9
"""Lines above the box that are left to the panes."""


class PreviewChoicePrompt(ChoicePrompt):
    """Asks for one row; `show` previews it in the panes and returns its outcome as rows; None for no preview.

    `reload_choices` updates the choices after a change of the organisation; it returns whether any are left.
    """

    DEFAULT_CSS = f"""
    PreviewChoicePrompt {{ align: center bottom; }}
    PreviewChoicePrompt > Vertical {{ width: 100%; max-width: {WIDTH_MAX}; }}
    """

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        title: Sentence,
        find: FindRows,
        accept: Callable[[Ref], Sentence | None],
        show: Callable[[Ref | None], Rows],
        reload_choices: Callable[[], bool],
    ) -> None:
        super().__init__(theme, translate, title, find, accept)
        self.show = show
        self.reload_choices = reload_choices
        self._longest = 1
        self.outcome = Pane("outcome", translate(sentence("What it would do")), show(self.list.ref), theme)
        self.outcome.wraps = True

    def body(self) -> Sequence[Widget]:
        self.fit_list()
        return [self.entry, self.list, self.outcome]

    def cursor_moved(self) -> None:
        super().cursor_moved()
        self.outcome.show(self.show(self.list.ref))
        self.fit_list()

    def on_resize(self, event: events.Resize) -> None:
        self.fit_list()

    def reload(self) -> None:
        if not self.reload_choices():
            self.dismiss(None)
            return
        self.list.show(self.find(self.typed))
        self.cursor_moved()

    def fit_list(self) -> None:
        """Use as many lines as the longest outcome so far, so that the box never shrinks."""
        room = max(2, self.app.size.height - VIEWS_MIN_HEIGHT - CHROME_LINES)
        width = min(self.app.size.width, WIDTH_MAX) - FRAME_WIDTH + GUTTER
        lines = self.list.lines_of(self.list.rows, width, min(ROWS_MAX, room // 2))
        self.list.styles.height = lines + 1
        outcome = self.outcome.lines_of(self.outcome.rows, width, OUTCOME_ROWS_MAX)
        self._longest = max(self._longest, outcome)
        self.outcome.styles.height = min(OUTCOME_ROWS_MAX, room - lines, self._longest) + 1
