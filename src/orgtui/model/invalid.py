"""What is wrong with a change as it is written, whether in a file, in the log or at the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.model.sentence import Sentence

KeyPath = tuple[str | int, ...]
"""The path of a value in a change: keys, and positions in lists counted from 0."""


class InvalidChange(Exception):
    """A change is not well formed.

    `problems` holds for each problem the path of its key, what is wrong and what would be right. The path
    `()` is that of the change itself.
    """

    def __init__(self, problems: Sequence[tuple[KeyPath, Sentence, Sentence]]) -> None:
        super().__init__("; ".join(f"{path}: {wrong.template}" for path, wrong, _ in problems))
        self.problems = list(problems)
