"""The error that is shown to users without a traceback."""

from __future__ import annotations

from orgtui.model.sentence import Sentence


class UserError(Exception):
    """A request cannot be carried out; `sentences` say why, one a problem."""

    def __init__(self, *said: Sentence) -> None:
        super().__init__("; ".join(each.template for each in said))
        self.sentences = said
