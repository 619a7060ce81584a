"""What all view-models share: organisation, baseline, view, names and signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from orgtui.engine.view import View
from orgtui.locales import translate
from orgtui.model.sentence import Ref, Sentence
from orgtui.model.store import Organization
from orgtui.views.base.knowledge_network import KnowledgeNetwork
from orgtui.views.base.names import Names
from orgtui.views.base.row import AREA_HUES, STAGE_HUES, Role
from orgtui.views.base.signs import UNICODE, Signs
from orgtui.views.base.verdicts import SeatVerdict


class Reviews(Protocol):
    """The verdicts on the seats of a plan, as rows and pages show them."""

    @property
    def has_begun(self) -> bool: ...
    def is_left(self, person: str) -> bool: ...
    def verdict(self, person: str) -> SeatVerdict | None: ...


def no_reviews() -> None:
    """Of a scene without a plan."""


@dataclass(slots=True)
class Scene:
    """One session's organisation, which changes in place, its baseline, and the signs of its terminal.

    `shows_pay`: whether pay is shown on this screen; `pins`: what suggestions leave where it is; `reviews`:
    the verdicts on the seats as of now.
    """

    organization: Organization
    baseline: Organization
    view: View
    signs: Signs = UNICODE
    shows_pay: bool = False
    pins: frozenset[Ref] = frozenset()
    reviews: Callable[[], Reviews | None] = no_reviews
    names: Names = field(init=False)
    network: KnowledgeNetwork = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.organization, self.baseline)
        self.network = KnowledgeNetwork(self.organization)

    def name(self, kind: str, identity: str) -> str:
        """The name of a record."""
        return self.names(Ref.to(kind, identity))

    def say(self, template: str, /, **params: object) -> str:
        """Translate a template with parameters, with names for references."""
        return translate(Sentence(template, params), self.names)

    def hue(self, ref: Ref) -> Role:
        """The hue of an area or a stage, or of the area of a function; `plain` for anything else."""
        if ref.kind == "function":
            function = self.organization.functions.get(ref.id)
            if function is None or function.area is None:
                return "plain"
            ref = Ref.to("area", function.area)
        if ref.kind == "area":
            return AREA_HUES[self.organization.areas.rank(ref.id) % len(AREA_HUES)]
        if ref.kind == "stage":
            return STAGE_HUES[self.organization.stages.rank(ref.id) % len(STAGE_HUES)]
        return "plain"

    def pin(self, ref: Ref) -> str:
        """The sign behind the name of what is pinned; empty for anything else."""
        return f" {self.signs.pinned}" if ref in self.pins else ""

    def signs_of(self, ref: Ref) -> str:
        """The signs behind the name of what is pinned, and of what there are notes on."""
        return f"{self.pin(ref)}{self.note_sign(ref)}"

    def note_sign(self, *refs: Ref) -> str:
        """The sign of what there are notes on, of one of several at least; empty if there are none."""
        index = self.organization.index
        return f" {self.signs.note}" if any(index("notes_on", ref) for ref in refs) else ""

    def left(self, person: str) -> str:
        """The sign behind the name of a seat that is still to be reviewed, once a review has begun."""
        reviews = self.reviews()
        is_left = reviews is not None and reviews.has_begun and reviews.is_left(person)
        return f" {self.signs.unreviewed}" if is_left else ""

    def translate(self, sentence: Sentence) -> str:
        """Translate a sentence, with names for references."""
        return translate(sentence, self.names)

    def every(self, *kinds: str) -> list[Ref]:
        """References to all records of some kinds, in file order, without closed seats."""
        return [
            Ref.to(kind, key)
            for kind in kinds
            for key, record in zip(
                self.organization.tables[kind], self.organization.tables[kind].values(), strict=True
            )
            if getattr(record, "state", None) != "closed"
        ]

    def skills(self) -> list[Ref]:
        """References to all skills that are listed, needed, had or learnt, sorted by id."""
        known: set[str] = set(self.organization.skills.rows())  # type: ignore[arg-type]
        for function in self.organization.functions.rows().values():
            known.update(function.skills)
        for person in self.organization.people.rows().values():
            known.update(person.skills, person.learning)
        return [Ref.to("skill", skill) for skill in sorted(known)]
