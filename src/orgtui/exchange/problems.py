"""What an import has to say of a file: errors, questions and notes, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from orgtui.model.sentence import Sentence, SentenceError

ImportSeverity = Literal["error", "question", "note"]

Answers = Mapping[str, str]
"""The answers given so far: the value of the chosen option by the question's `key`."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer: `value` is kept, `label` is shown."""

    value: str
    label: Sentence | str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `key` tells it from others and stays the same in later imports.

    Several problems may share one question; it is asked once. `options` has at least one; `default` is the
    value of one of them.
    """

    key: str
    asks: Sentence
    options: tuple[Option, ...]
    default: str

    def answer(self, answers: Answers) -> str:
        """The answer given, or the default if there is none that fits."""
        given = answers.get(self.key, self.default)
        return given if any(option.value == given for option in self.options) else self.default

    @property
    def default_label(self) -> Sentence | str:
        return next(option.label for option in self.options if option.value == self.default)


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One thing to say of a line, and of whom (`about`, a key of the roster; None if it is about nobody).

    `source` is the place of the file among those read together; `name` is what people call whom it is about.
    """

    line: int
    severity: ImportSeverity
    code: str
    says: Sentence
    about: str | None = None
    question: Question | None = None
    source: int = 0
    name: str | None = None


class CannotRead(SentenceError):
    """A file cannot be read as a table; `sentence` says why, at `line` of `source`."""

    def __init__(self, why: Sentence, line: int = 1, source: int = 0) -> None:
        super().__init__(why)
        self.line = line
        self.source = source


class OfficeMissing(SentenceError):
    """The libraries for spreadsheets are not installed; `sentence` says how to install them."""
