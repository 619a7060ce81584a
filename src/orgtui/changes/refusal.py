"""Why a change cannot be made."""

from __future__ import annotations

from orgtui.model.sentence import SentenceError, sentence


class Refused(SentenceError):
    """A change cannot be made in this organisation; `sentence` says why. Nothing was altered."""


def refuse(template: str, /, **params: object) -> Refused:
    """A Refused exception with a sentence, to be raised by the caller."""
    return Refused(sentence(template, **params))
