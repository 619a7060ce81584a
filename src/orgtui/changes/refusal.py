"""Why a change cannot be made."""

from __future__ import annotations

from orgtui.model.sentence import Sentence, sentence


class Refused(Exception):
    """A change that cannot be made here; `sentence` says why. Nothing was altered."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.template)
        self.sentence = said


def refuse(template: str, /, **params: object) -> Refused:
    """The refusal that says a sentence."""
    return Refused(sentence(template, **params))
