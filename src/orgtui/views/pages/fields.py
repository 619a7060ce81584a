"""Editable fields of records: kinds of answers, and the changes that an answer leads to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from orgtui.model.sentence import N_, Ref, Sentence
from orgtui.views.base.scene import Scene

ChangeMapping = Mapping[str, object]
"""A change as plan files hold it: its operation under `op`, and its fields."""

Changes = Callable[[Any], Sequence[ChangeMapping]]
"""Makes the changes for a value as plan files hold it; None stands for no value."""

AnswerParts = list[tuple[str, Ref | None]]
"""The texts of an answer, each with the reference that it leads to."""

NOTHING = Ref.to("word", N_("none"))
"""The choice of no value."""

YES, NO = Ref("word:yes"), Ref("word:no")

NEW = "new"
"""The kind of reference to a text that was typed instead of a choice."""

CREATE = N_("create “{text}”")
IN_THESE_WORDS = N_("“{text}”, in these words")


class NewName(str):
    """A text that was typed instead of a choice, such as the name of a skill to be listed."""

    __slots__ = ()


_GROUPED = re.compile(r"[+-]?\d\d?\d?(,\d\d\d)+(\.\d+)?")


# -- kinds of answers ------------------------------------------------------------------------------


def _no_notes() -> Callable[[Ref], str]:
    return lambda ref: ""


@dataclass(frozen=True, slots=True)
class TextInput:
    """A typed text; `read` converts it to the value in plan files, `example` shows the format."""

    read: Callable[[str], object] = str
    example: str = ""

    def plan_value(self, answer: str) -> object:
        text = answer.strip()
        return self.read(text) if text else None

    def words(self, scene: Scene, answer: str) -> AnswerParts:
        return [(answer, None)] if answer else []


@dataclass(frozen=True, slots=True)
class SingleChoice:
    """One of a list of references, made when first shown.

    With `new` a text of one's own can be typed instead, which becomes a `NewName`; `new` offers it, as
    «create “{text}”». `notes` makes what says something of each.
    """

    among: Callable[[], Iterable[Ref]]
    read: Callable[[Ref], object] = attrgetter("id")
    new: str = ""
    notes: Callable[[], Callable[[Ref], str]] = _no_notes

    def plan_value(self, answer: Ref) -> object:
        if answer.kind == NEW:
            return NewName(answer.id)
        return None if answer == NOTHING else self.read(answer)

    def words(self, scene: Scene, answer: Ref) -> AnswerParts:
        target = None if answer.kind == "word" else answer
        return [] if answer == NOTHING else [(scene.names(answer), target)]


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """Any of a list of references, made when first shown; `least` of them must stay."""

    among: Callable[[], Iterable[Ref]]
    least: int = 0

    def plan_value(self, answer: tuple[Ref, ...]) -> object:
        return [ref.id for ref in answer]

    def words(self, scene: Scene, answer: tuple[Ref, ...]) -> AnswerParts:
        return [(scene.names(ref), ref) for ref in answer]


AnswerKind = TextInput | SingleChoice | MultipleChoice


def parse_number(text: str) -> object:
    """A typed number, with or without thousands separators; the text itself if it is no number."""
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    for read in (int, float):
        try:
            return read(plain)
        except ValueError:
            continue
    return text


def one_of_words(words: Iterable[str], *, optional: bool = False) -> SingleChoice:
    """The choice of one of some fixed words, or none if `optional`."""
    refs = [Ref.to("word", word) for word in words]
    return SingleChoice(lambda: [*refs, NOTHING] if optional else refs)


def one_of_refs(
    among: Callable[[], Iterable[Ref]],
    *,
    optional: bool = False,
    notes: Callable[[], Callable[[Ref], str]] = _no_notes,
) -> SingleChoice:
    """The choice of one of some records, or none if `optional`; `notes` makes what says something of each."""
    return SingleChoice(lambda: [NOTHING, *among()] if optional else among(), notes=notes)


def as_yes_or_no(value: bool) -> Ref:
    """The choice for a truth value."""
    return YES if value else NO


def as_choice(kind: str, identity: str | None) -> Ref:
    """The choice for a current id or word; `NOTHING` for None."""
    return NOTHING if identity is None else Ref.to(kind, identity)


YES_OR_NO = SingleChoice(lambda: (YES, NO), lambda ref: ref == YES)

NUMBER = TextInput(parse_number)
TEXT = TextInput()
DAY = TextInput(example="2027-01-31")


# -- fields ----------------------------------------------------------------------------------------


def _nothing(value: Any) -> Sequence[ChangeMapping]:
    return ()


def _nothing_more(value: Any) -> Field | None:
    return None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record; `name` is unique on its page.

    `now` is the current answer, by kind a text, a reference or a tuple of references; None if the field
    adds something. `suggested` is shown in the input at first instead. `removal` are the changes that
    remove the value. `follow_up` returns the field to ask for next after a value as plan files hold it. A
    field without a kind can only be removed.
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
        """An answer as plan files hold it; None for no value."""
        return None if answer is None or self.kind is None else self.kind.plan_value(answer)

    def last_question(self, answer: Any) -> tuple[Field, Any]:
        """The last of the fields to ask for after an answer, with the initial answer there."""
        following = self.follow_up(self.plan_value(answer))
        return (self, answer) if following is None else following.last_question(following.initial)

    def proposal(self, answer: Any) -> Sequence[ChangeMapping]:
        """The changes of an answer, with the initial answers of the fields that follow."""
        last, answer = self.last_question(answer)
        return last.changes(last.plan_value(answer))

    @property
    def is_addition(self) -> bool:
        """Whether the field adds something instead of changing a value."""
        return self.kind is not None and self.now is None

    @property
    def initial(self) -> Any:
        """The initial content of the input."""
        return self.now if self.suggested is None else self.suggested


def set_or_clear(op: str, key: str, **identity: object) -> Changes:
    """Makes the change that sets one key of a record, or clears it without a value."""

    def changes(value: Any) -> list[ChangeMapping]:
        said = {"clear": [key]} if value in (None, "") else {key: value}
        return [{"op": op, **identity, **said}]

    return changes


def set_or_omit(op: str, key: str, **identity: object) -> Changes:
    """Makes the change with a value under a key, or without the key if there is no value."""
    return lambda value: [{"op": op, **identity, **({} if value is None else {key: value})}]


def name_field(kind: str, identity: str, name: str | None, label: Sentence) -> Field:
    """The field for the name of a record that can be renamed."""
    return Field("name", label, TEXT, name or "", set_or_omit("rename", "name", kind=kind, id=identity))
