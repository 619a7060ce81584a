"""What can be said about a thing, one line of its page each, and the changes that come of saying it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from orgtui.model.sentence import Ref, Sentence
from orgtui.views.base.scene import Scene

ChangeMapping = Mapping[str, object]
"""A change as plans write it: its operation under `op`, then its fields."""

Changes = Callable[[Any], Sequence[ChangeMapping]]
"""The changes that come of a value as plans write it; of None where nothing is said."""

AnswerParts = list[tuple[str, Ref | None]]
"""What an answer says, each part with what it leads to."""

NOTHING = Ref("word:none")
"""The choice of nothing."""

YES, NO = Ref("word:yes"), Ref("word:no")

_GROUPED = re.compile(r"[+-]?\d\d?\d?(,\d\d\d)+(\.\d+)?")


# -- what kind of answer is taken ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextInput:
    """A text; `read` makes of it what plans write, `example` shows how it is written."""

    read: Callable[[str], object] = str
    example: str = ""

    def plan_value(self, answer: str) -> object:
        text = answer.strip()
        return self.read(text) if text else None

    def words(self, scene: Scene, answer: str) -> AnswerParts:
        return [(answer, None)] if answer else []


@dataclass(frozen=True, slots=True)
class SingleChoice:
    """One of a list, which is made when it is first shown; ids typed of the kind `new` need not be in it."""

    among: Callable[[], Iterable[Ref]]
    read: Callable[[Ref], object] = attrgetter("id")
    new: str | None = None

    def plan_value(self, answer: Ref) -> object:
        return None if answer == NOTHING else self.read(answer)

    def words(self, scene: Scene, answer: Ref) -> AnswerParts:
        target = None if answer.kind == "word" else answer
        return [] if answer == NOTHING else [(scene.names(answer), target)]


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """Some of a list, which is made when it is first shown; `least` stay when others are taken away."""

    among: Callable[[], Iterable[Ref]]
    least: int = 0

    def plan_value(self, answer: tuple[Ref, ...]) -> object:
        return [ref.id for ref in answer]

    def words(self, scene: Scene, answer: tuple[Ref, ...]) -> AnswerParts:
        return [(scene.names(ref), ref) for ref in answer]


AnswerKind = TextInput | SingleChoice | MultipleChoice


def parse_number(text: str) -> object:
    """A number as people type it; the text itself where it is none, so that it is refused in words."""
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    for read in (int, float):
        try:
            return read(plain)
        except ValueError:
            continue
    return text


def one_of_words(words: Iterable[str], *, optional: bool = False) -> SingleChoice:
    """One of some fixed words, or none of them."""
    refs = [Ref.to("word", word) for word in words]
    return SingleChoice(lambda: [*refs, NOTHING] if optional else refs)


def one_of_refs(among: Callable[[], Iterable[Ref]], *, optional: bool = False) -> SingleChoice:
    """One of some things, or none of them."""
    return SingleChoice(lambda: [NOTHING, *among()]) if optional else SingleChoice(among)


def as_yes_or_no(value: bool) -> Ref:
    """Yes or no as it is chosen."""
    return YES if value else NO


def as_choice(kind: str, identity: str | None) -> Ref:
    """What is chosen as it stands, of which there may be nothing."""
    return NOTHING if identity is None else Ref.to(kind, identity)


YES_OR_NO = SingleChoice(lambda: (YES, NO), lambda ref: ref == YES)

NUMBER = TextInput(parse_number)
TEXT = TextInput()
DAY = TextInput(example="2027-01-31")


# -- what can be said ------------------------------------------------------------------------------


def _nothing(value: Any) -> Sequence[ChangeMapping]:
    return ()


def _nothing_more(value: Any) -> Field | None:
    return None


@dataclass(frozen=True, slots=True)
class Field:
    """Something that can be said about a thing; `name` tells it from others on its page.

    `now` is the answer as it stands, None for something that is yet to be added: a text, a reference or a
    tuple of references, as its kind of answer has it; `offered` stands in the entry at first if that is
    something else. `removal` are the changes that take it away. Some answers lead to a question more: `then`
    gives it for a value as plans write it. Without a kind of answer it can only be taken away.
    """

    name: str
    label: Sentence
    kind: AnswerKind | None
    now: Any = None
    changes: Changes = _nothing
    removal: Sequence[ChangeMapping] = ()
    suggested: Any = None
    follow_up: Callable[[Any], Field | None] = _nothing_more

    def plan_value(self, answer: Any) -> Any:
        """An answer as plans write it; None where nothing is said."""
        return None if answer is None or self.kind is None else self.kind.plan_value(answer)

    def last_question(self, answer: Any) -> tuple[Field, Any]:
        """The last of the questions that an answer leads to, with what is offered there."""
        following = self.follow_up(self.plan_value(answer))
        return (self, answer) if following is None else following.last_question(following.initial)

    def proposal(self, answer: Any) -> Sequence[ChangeMapping]:
        """The changes that an answer comes to, with what is offered for the questions that follow it."""
        last, answer = self.last_question(answer)
        return last.changes(last.plan_value(answer))

    @property
    def is_addition(self) -> bool:
        """Whether it says something more, rather than something else."""
        return self.kind is not None and self.now is None

    @property
    def initial(self) -> Any:
        """What stands in the entry at first."""
        return self.now if self.suggested is None else self.suggested


def set_or_clear(op: str, key: str, **identity: object) -> Changes:
    """The change of one field of a record, which is cleared where nothing is said."""

    def changes(value: Any) -> list[ChangeMapping]:
        said = {"clear": [key]} if value in (None, "") else {key: value}
        return [{"op": op, **identity, **said}]

    return changes


def set_or_omit(op: str, key: str, **identity: object) -> Changes:
    """The change that has a value under a key, and does without where nothing is said."""
    return lambda value: [{"op": op, **identity, **({} if value is None else {key: value})}]


def name_field(kind: str, identity: str, name: str | None, label: Sentence) -> Field:
    """The name of anything that `rename` knows."""
    return Field("name", label, TEXT, name or "", set_or_omit("rename", "name", kind=kind, id=identity))
