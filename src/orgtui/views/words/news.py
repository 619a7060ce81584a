"""Descriptions of what peers changed in the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from orgtui.changes.plan_operations import Decision
from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.words.changes import PlanStep, describe_all
from orgtui.views.words.decisions import describe_decision

Kind = Literal["do", "undo", "redo", "drop", "why", "wave", "decide", "undecide"]

NEWS_TEMPLATES: Mapping[Kind, str] = {
    "do": N_("{by} {did}"),
    "undo": N_("{by} took back: {did}"),
    "redo": N_("{by} did again: {did}"),
    "drop": N_("{by} dropped: {did}"),
    "why": N_("{by} noted why: {did}"),
    "wave": N_("{by} put into wave {wave}: {did}"),
    "decide": N_("{by} {did}"),
    "undecide": N_("{by} took back: {did}"),
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
    @property
    def others(self) -> Sequence[PlanStep]: ...
    @property
    def decision(self) -> Decision | None: ...
    @property
    def why(self) -> str | None: ...


def describe_news(scene: Scene, news: Sequence[News]) -> Sentence:
    """What peers changed: one change in full, several as authors and number."""
    if len(news) == 1:
        (only,) = news
        changes = [change for step in (only.step, *only.others) for change in step.changes]
        if only.decision is None:
            did = describe_all(scene, changes)
        else:
            did = translate(describe_decision(only.decision), scene.names)
        said = {"by": _who(only), "did": did, "wave": only.step.wave}
        told = Sentence(NEWS_TEMPLATES[only.kind], said)
        return told if only.why is None else sentence("{news}; why: {why}", news=told, why=only.why)
    names = ", ".join(dict.fromkeys(map(str, map(_who, news))))
    return sentence("{by} made {changes:change|changes}", by=names, changes=len(news))


def _who(news: News) -> str:
    return news.who or "?"
