"""Why a change cannot be made."""

from __future__ import annotations

from orgtui.model.sentence import SentenceError, sentence


class Refused(SentenceError):
    """A change that cannot be made here; `sentence` says why. Nothing was altered."""


def refuse(template: str, /, **params: object) -> Refused:
    """The refusal that says a sentence."""
    return Refused(sentence(template, **params))
