"""A refusal to do what was asked, with its reasons."""

from __future__ import annotations

from orgtui.model.sentence import Sentence


class UserError(Exception):
    """What was asked cannot be done; `sentences` say why, one a problem."""

    def __init__(self, *said: Sentence) -> None:
        super().__init__("; ".join(each.template for each in said))
        self.sentences = said
