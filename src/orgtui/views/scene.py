"""What every pane looks at: the organisation as it is and as it was, and how to word it."""

from __future__ import annotations

from dataclasses import dataclass, field

from orgtui.engine.view import View
from orgtui.locales import say
from orgtui.model.sentence import Ref, Sentence
from orgtui.model.store import Organization
from orgtui.views.names import Names
from orgtui.views.signs import UNICODE, Signs


@dataclass(slots=True)
class Scene:
    """One session's organisation, which changes in place, its baseline, and the signs of its terminal."""

    organization: Organization
    baseline: Organization
    view: View
    signs: Signs = UNICODE
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.organization, self.baseline)

    def name(self, kind: str, identity: str) -> str:
        return self.names(Ref.to(kind, identity))

    def say(self, template: str, /, **params: object) -> str:
        """Word a sentence with the names of this organisation."""
        return say(Sentence(template, params), self.names)

    def word(self, sentence: Sentence) -> str:
        return say(sentence, self.names)
