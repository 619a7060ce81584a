"""What is wrong with the user's own files."""

from __future__ import annotations

from collections.abc import Iterable

from orgtui.model.sentence import Sentence


class InvalidConfig(Exception):
    """Raised for a file of the user's own, or a choice among them, that cannot be used; with all problems."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("; ".join(each.template for each in self.sentences))
