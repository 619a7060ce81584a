"""The vocabulary of marketing work: which words in titles and names of units tell a function."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Annotated

from orgtui.files.disk.reading import read_text
from orgtui.files.schema.schema import FileSchema
from orgtui.files.toml.document import Document
from orgtui.locales import current_language
from orgtui.locales.language import ENGLISH
from orgtui.model.kinds import Format, Id, Levels, Name, Text, reference
from orgtui.model.records import Area, Department, Stage
from orgtui.model.sentence import sentence

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class VocabularyStage:
    """A stage of the funnel, with the department outside marketing that works it, if one does."""

    id: Id
    name: Name
    name_zh: Name | None = None
    owner: Text | None = None


@dataclass(frozen=True, slots=True)
class VocabularyItem:
    """An area or a department."""

    id: Id
    name: Name
    name_zh: Name | None = None


@dataclass(frozen=True, slots=True)
class VocabularyFunction:
    """A function with the words that tell it and what usually goes with it.

    `words` are whole words, `*` for any ending; `words_zh` are found anywhere. A word with `-` before it
    keeps out what it stands in.
    """

    id: Id
    name: Name
    name_zh: Name | None = None
    area: Annotated[str, reference("area")] | None = None
    stages: tuple[Text, ...] = ()
    skills: Levels = field(default_factory=dict)
    words: tuple[Text, ...] = ()
    words_zh: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """A whole vocabulary file; the first function whose words are found wins."""

    format: Format = 1
    stage: tuple[VocabularyStage, ...] = ()
    department: tuple[VocabularyItem, ...] = ()
    area: tuple[VocabularyItem, ...] = ()
    function: tuple[VocabularyFunction, ...] = ()


VOCABULARY = FileSchema(lambda schema: schema.record(VocabularyFile, ()))


class Vocabulary:
    """The words of a vocabulary file, ready to be looked for."""

    def __init__(self, whole: VocabularyFile) -> None:
        self._whole = whole
        self.functions = whole.function
        self._patterns = tuple((each, _found(each), _kept_out(each)) for each in whole.function)
        self._known: dict[str, VocabularyFunction | None] = {}

    def function_of(self, text: str) -> VocabularyFunction | None:
        """The first function that a title or the name of a unit tells; None if it tells none."""
        if text not in self._known:
            self._known[text] = next(
                (
                    function
                    for function, found, kept_out in self._patterns
                    if found.search(kept_out.sub(" ", text))
                ),
                None,
            )
        return self._known[text]

    def named(self, item: VocabularyItem | VocabularyStage | VocabularyFunction) -> str:
        """The name of something in the language of the session."""
        return item.name if current_language() == ENGLISH else item.name_zh or item.name

    def stages(self) -> list[Stage]:
        return [Stage(each.id, self.named(each), owner=each.owner) for each in self._whole.stage]

    def areas(self) -> list[Area]:
        return [Area(each.id, self.named(each)) for each in self._whole.area]

    def departments(self) -> list[Department]:
        return [Department(each.id, self.named(each)) for each in self._whole.department]


def own_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the program."""
    with resources.as_file(resources.files("orgtui.exchange") / "data" / "vocabulary.toml") as file:
        return load_vocabulary(file)


def load_vocabulary(path: str | os.PathLike[str]) -> Vocabulary:
    """A vocabulary file; raises InvalidFile with every problem."""
    file = os.fspath(path)
    document = Document(file, read_text(file))
    whole: VocabularyFile | None = VOCABULARY.validate(document, document.data)
    if whole is not None:
        _check_references(document, whole)
    if whole is None or not document.is_valid:
        raise document.invalid_file()
    return Vocabulary(whole)


def _check_references(document: Document, whole: VocabularyFile) -> None:
    known = {
        "area": {each.id for each in whole.area},
        "stages": {each.id for each in whole.stage},
        "owner": {each.id for each in whole.department},
    }

    def check(path: tuple[str | int, ...], kind: str, value: str | None) -> None:
        if value is not None and value not in known[kind]:
            wrong = sentence("there is no {value} in this file", value=value)
            right = sentence("write one of {known}", known=", ".join(sorted(known[kind])) or "-")
            document.add_problem(path, wrong, right)

    for number, stage in enumerate(whole.stage):
        check(("stage", number, "owner"), "owner", stage.owner)
    for number, function in enumerate(whole.function):
        check(("function", number, "area"), "area", function.area)
        for place, each in enumerate(function.stages):
            check(("function", number, "stages", place), "stages", each)
    ids = [each.id for each in whole.function]
    for number, identity in enumerate(ids):
        if identity in ids[:number]:
            wrong = sentence("{value} stands here twice", value=identity)
            document.add_problem(("function", number, "id"), wrong, sentence("keep one of them"))


def _found(function: VocabularyFunction) -> re.Pattern[str]:
    return _any_of((*_whole_words(function.words), *_anywhere(function.words_zh)))


def _kept_out(function: VocabularyFunction) -> re.Pattern[str]:
    latin = [word[1:] for word in function.words if word.startswith("-")]
    chinese = [word[1:] for word in function.words_zh if word.startswith("-")]
    return _any_of((*_whole_words(latin), *_anywhere(chinese)))


def _any_of(forms: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.IGNORECASE) if forms else _NEVER


def _whole_words(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if not word.startswith("-"):
            form = r"[\s-]+".join(map(re.escape, word.rstrip("*").split()))
            yield rf"(?<![^\W\d_]){form}" + (r"\w*" if word.endswith("*") else r"(?![^\W\d_])")


def _anywhere(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word.startswith("-"):
            continue
        # Latin letters in Chinese titles, such as BD, must not be part of a longer word.
        yield rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word)
