"""A prompt that explains something in a few lines and asks for one of a few answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.widget import Widget

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.prompt import ListPane, Prompt, Translate
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.row import Row, Span

HINT = sentence("{walk} choose   {take} takes it   {close} changes nothing", **PROMPT_KEYS)


class Answers:
    """Rows: lines to read, an empty one, and the answers; the `ref` of an answer is `answer:ID`."""

    def __init__(self, lines: Sequence[str], answers: Mapping[str, str]) -> None:
        self.lines = [*lines, ""]
        self.answers = list(answers.items())

    def __len__(self) -> int:
        return len(self.lines) + len(self.answers)

    def ref(self, index: int) -> Ref | None:
        at = index - len(self.lines)
        return None if at < 0 else Ref.to("answer", self.answers[at][0])

    def row(self, index: int, width: int) -> Row:
        at = index - len(self.lines)
        words = self.lines[index] if at < 0 else self.answers[at][1]
        return Row(self.ref(index), (Span(words, "plain" if at >= 0 else "dim"),))

    def index_of(self, ref: Ref) -> int | None:
        return next((index for index in range(len(self)) if self.ref(index) == ref), None)


class DecisionPrompt(Prompt[str]):
    """Asks for one of a few answers and returns its id; the first one is preselected."""

    def __init__(self, theme: Theme, translate: Translate, title: Sentence, rows: Answers) -> None:
        super().__init__(theme, translate, title, HINT)
        self.list: ListPane = ListPane(rows, theme)
        self.list.cursor = len(rows.lines)

    def body(self) -> Sequence[Widget]:
        self.list.styles.height = min(len(self.list.rows), self.app.size.height - 6) + 1
        return [self.list]

    def submit(self) -> None:
        ref = self.list.ref
        if ref is not None:
            self.dismiss(ref.id)
