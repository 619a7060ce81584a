"""Sentences before they are worded: an English template and its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Ref(str):
    """A reference to something in the organisation, written `kind:id`; shown as its name."""

    __slots__ = ()

    @classmethod
    def to(cls, kind: str, identity: str) -> Ref:
        return cls(f"{kind}:{identity}")

    @property
    def kind(self) -> str:
        return self.partition(":")[0]

    @property
    def id(self) -> str:
        return self.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the organisation's currency; shown together with the currency."""

    amount: int | float


@dataclass(frozen=True, slots=True)
class Chain:
    """References that lead from one to the next; shown with arrows between them."""

    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Percent:
    """A fraction, 0.5 for a half; shown as a percentage."""

    fraction: int | float


CURRENCY = Ref("currency:")
"""A reference to the organisation's currency; shown as its name."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with `{name}` fields and their values; a `Ref` is shown as the name of what it refers to.

    A whole number may carry its noun: `{seats:seat|seats}` becomes "1 seat" or "2 seats".
    """

    template: str
    params: Mapping[str, object] = field(default_factory=dict)


class Count(Sentence):
    """A sentence that counts things in the place of their names: it takes no quotes."""

    __slots__ = ()


Refusal = tuple[Sentence, Sentence]
"""What is wrong, and what would be right."""


def sentence(template: str, /, **params: object) -> Sentence:
    """A sentence with its values by name."""
    return Sentence(template, params)


def N_(template: str, /) -> str:  # noqa: N802 - the name that gettext tools know
    """The template as it is, marked for the extraction: it is worded somewhere else."""
    return template


class SentenceError(Exception):
    """An error that is shown to the user: `sentence` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.template)
        self.sentence = sentence
