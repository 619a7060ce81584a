"""How what is carried fits a place, in a word or a sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from orgtui.model.sentence import Sentence
from orgtui.views.base.row import Role, Span
from orgtui.views.base.scene import Scene

ROLES: Mapping[str, Role] = {"home": "better", "stranger": "worse"}
"""The roles of fits that speak for or against a place."""

WORD_MIN_WIDTH = 32
"""Rows of fewer cells have a sign in place of the word."""


class Worth(NamedTuple):
    """What a place is worth for what is carried: its score, and the word for how it fits there, if known."""

    score: int
    fit: str = ""


def fit_spans(scene: Scene, fit: str, width: int) -> tuple[Span, ...]:
    """A fit at the right of a row of `width` cells; nothing where nothing is known."""
    if fit in ("", "neutral"):
        return ()
    text = scene.translate(Sentence(fit)) if width >= WORD_MIN_WIDTH else getattr(scene.signs, fit)
    return (Span(f" {text}  ", ROLES.get(fit, "plain")),)
