"""Descriptions of what peers changed in the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.words.changes import PlanStep, describe_all

Kind = Literal["do", "undo", "redo", "drop", "why"]

NEWS_TEMPLATES: Mapping[Kind, str] = {
    "do": N_("{by} {did}"),
    "undo": N_("{by} took back: {did}"),
    "redo": N_("{by} did again: {did}"),
    "drop": N_("{by} dropped: {did}"),
    "why": N_("{by} noted why: {did}"),
}
"""Templates by kind of news."""


class News(Protocol):
    """A change of a step by a peer."""

    @property
    def who(self) -> str | None: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def step(self) -> PlanStep: ...


def describe_news(scene: Scene, news: Sequence[News]) -> Sentence:
    """What peers changed: one change in full, several as authors and number."""
    if len(news) == 1:
        (only,) = news
        return Sentence(
            NEWS_TEMPLATES[only.kind], {"by": _who(only), "did": describe_all(scene, only.step.changes)}
        )
    names = ", ".join(dict.fromkeys(map(str, map(_who, news))))
    return sentence("{by} made {changes:change|changes}", by=names, changes=len(news))


def _who(news: News) -> str:
    return news.who or "?"
