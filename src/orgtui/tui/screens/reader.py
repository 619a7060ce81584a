"""A prompt that shows pages to read, and follows a line to the page of what it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.widget import Widget

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.line import Line
from orgtui.tui.screens.prompts import ListPane, Prompt, Word
from orgtui.tui.text import GUTTER, Look
from orgtui.views.page import Page

PageOf = Callable[[int], Page]
"""Makes a page for a number of cells."""

PART, MOST = 94, 120
"""How much of the terminal's width the box takes, in percent, and its most columns."""

FRAME = 4
HINT = sentence("↑ ↓ move   enter looks closer   o goes there   backspace back   esc closes")
STEPS = {"j": 1, "k": -1}


class Reader(Prompt[Ref]):
    """Shows a page, and those that its lines lead to; its answer is what to go to in the panes.

    `follow` makes the page of something, `has_place` says whether the panes have a row for it.
    """

    DEFAULT_CSS = f"Reader > Vertical {{ width: {PART}%; max-width: {MOST}; }}"

    def __init__(
        self,
        look: Look,
        word: Word,
        page: PageOf,
        follow: Callable[[Ref], PageOf],
        has_place: Callable[[Ref], bool],
    ) -> None:
        super().__init__(look, word, Sentence(""), HINT)
        self.follow = follow
        self.has_place = has_place
        self.behind: list[tuple[PageOf, int]] = []
        self.page_of = page

    def body(self) -> Sequence[Widget]:
        page = self._made()
        self.heading = page.title
        self.list: ListPane = ListPane(page, self.look)
        self._fit(page)
        return [self.list]

    def entered(self) -> None:
        target = self._target()
        if target is None:
            self.refuse(sentence("There is nothing more to see here"))
            return
        self.behind.append((self.page_of, self.list.cursor))
        self.page_of = self.follow(target)
        self._show(0)

    def on_key(self, event: events.Key) -> None:
        key = event.key
        if key in STEPS:
            self.list.move(STEPS[key])
        elif key in ("backspace", "left"):
            self._back()
        elif key == "o":
            self._go()
        elif key == "q":
            self.dismiss(None)
        else:
            if key != "enter":
                self.refuse(None)
            return
        event.stop()

    def on_resize(self, event: events.Resize) -> None:
        self._show(self.list.cursor)

    def _back(self) -> None:
        if not self.behind:
            self.dismiss(None)
            return
        self.page_of, cursor = self.behind.pop()
        self._show(cursor)

    def _go(self) -> None:
        target = self._target()
        if target is not None and self.has_place(target):
            self.dismiss(target)
        else:
            self.refuse(sentence("No pane has a row for this"))

    def _target(self) -> Ref | None:
        assert isinstance(self.list.rows, Page)
        return self.list.rows.target(self.list.cursor)

    def _made(self) -> Page:
        return self.page_of(min(self.app.size.width * PART // 100, MOST) - FRAME - GUTTER)

    def _show(self, cursor: int) -> None:
        """Show the page anew, with the cursor on a line."""
        page = self._made()
        self.heading = page.title
        self.refuse(None)
        self._fit(page)
        self.list.show(page)
        self.list.top = 0
        self.list.move_to(cursor)
        self.query_one("#title", Line).changed()

    def _fit(self, page: Page) -> None:
        self.list.styles.height = min(len(page), self.app.size.height - 6) + 1
