"""What is wrong with a change as it is written, wherever it came from: file, log, keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.model.sentence import Sentence

KeyPath = tuple[str | int, ...]
"""The way to a value from the top of a change: keys, and places in lists counted from 0."""


class InvalidChange(Exception):
    """A change that is not well formed: of each problem the path of its key, what is wrong, what is right.

    The path `()` stands for the change itself.
    """

    def __init__(self, problems: Sequence[tuple[KeyPath, Sentence, Sentence]]) -> None:
        super().__init__("; ".join(f"{path}: {wrong.template}" for path, wrong, _ in problems))
        self.problems = list(problems)
