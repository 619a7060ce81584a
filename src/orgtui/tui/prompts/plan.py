"""The prompt of the plan list: a row is chosen as in any list, and changes are put into other waves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events

from orgtui.model.sentence import Ref, Sentence
from orgtui.tui.commands.prompt_keys import EARLIER_WAVE, LATER_WAVE
from orgtui.tui.prompts.choosing import ChoicePrompt, FindRows
from orgtui.tui.prompts.prompt import Translate
from orgtui.tui.widgets.text import Theme

BY_KEY = {EARLIER_WAVE: -1, LATER_WAVE: 1}
"""By how many waves each key puts changes on."""

Placed = tuple[Sentence, bool]
"""What is said of changes that were put into another wave, and whether it was refused."""

Place = Callable[[Sequence[Ref], int], Placed]
"""Puts changes by a number of waves later."""


class PlanPrompt(ChoicePrompt):
    """Asks for one change of the plan; `place` puts the marked ones, or the one at the cursor, elsewhere."""

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        title: Sentence,
        find: FindRows,
        accept: Callable[[Ref], Sentence | None],
        place: Place,
    ) -> None:
        super().__init__(theme, translate, title, find, accept)
        self.place = place
        self.marked: dict[Ref, None] = {}
        self.list.marked = self.marked

    def on_key(self, event: events.Key) -> None:
        if event.key in BY_KEY:
            event.stop()
            self._put(BY_KEY[event.key])
        elif event.key == "tab":
            event.stop()
            self._turn(self.list.ref)

    def _turn(self, ref: Ref | None) -> None:
        """Mark a change, or take its mark away, and go on to the next."""
        if ref in self.marked:
            del self.marked[ref]
        elif ref is not None:
            self.marked[ref] = None
        self.list.move(1)
        self.refuse(None)

    def _put(self, by: int) -> None:
        ref = self.list.ref
        refs = list(self.marked) or [each for each in (ref,) if each is not None]
        if not refs:
            return
        said, is_refused = self.place(refs, by)
        if ref is not None:
            self.list.go_to(ref)
        if is_refused:
            self.refuse(said)
        else:
            self.tell(said)
