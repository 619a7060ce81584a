"""What the program says, before it is worded: an English template and what goes into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Ref(str):
    """The name of something in the organisation, written `kind:id`; worded as its name at the edge."""

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
    """An amount in the organisation's currency, which is worded with it."""

    amount: int | float


CURRENCY = Ref("currency:")
"""The organisation's currency, by its name."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with `{name}` fields and their values; a `Ref` value is worded as the name it stands for.

    A whole number may carry its noun: `{seats:seat|seats}` becomes "1 seat" or "2 seats".
    """

    template: str
    params: Mapping[str, object] = field(default_factory=dict)


Refusal = tuple[Sentence, Sentence]
"""What is wrong, and what would be right."""


def sentence(template: str, /, **params: object) -> Sentence:
    """A sentence with its parameters by name."""
    return Sentence(template, params)


def N_(template: str, /) -> str:  # noqa: N802 - the name that gettext tools know
    """The template as it is, marked for the extraction: it is worded somewhere else."""
    return template


class SentenceError(Exception):
    """A failure that is told to whoever caused it: `sentence` says why."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.template)
        self.sentence = said
