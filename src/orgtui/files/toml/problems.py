"""Problems of files, with their locations."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from orgtui.locales import translate
from orgtui.model.gate import escape_control_chars
from orgtui.model.invalid import KeyPath as KeyPath
from orgtui.model.sentence import Sentence

WHOLE_FILE = "file"
"""The key of problems of a whole file."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at a line of a file, counted from 1.

    `key` is a formatted path, `entry` what the entry is called in which it lies, "" if it has no name.
    """

    file: str
    line: int
    key: str
    sentence: Sentence
    entry: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: {named(self.key, self.entry)}"
        return escape_control_chars(f"{place}: {translate(self.sentence)}")


class InvalidFile(Exception):
    """A file is invalid; `problems` has all its problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = list(problems)


class UnreadableFile(InvalidFile):
    """A file cannot be read at all."""


def problem_sentence(wrong: Sentence, right: Sentence) -> Sentence:
    """What is wrong and how to correct it, as one sentence."""
    return Sentence("{wrong}; {right}", {"wrong": wrong, "right": right})


def invalid_file(file: str, wrong: Sentence, right: Sentence, line: int = 1) -> InvalidFile:
    """An InvalidFile exception with one problem of the whole file, to be raised by the caller."""
    return InvalidFile([Problem(file, line, WHOLE_FILE, problem_sentence(wrong, right))])


def format_path(path: KeyPath) -> str:
    """A path as text: `person[3].functions.seo`, entries counted from 1."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            name = format_key(step)
            text = f"{text}.{name}" if text else name
    return text or WHOLE_FILE


def named(key: str, entry: str) -> str:
    """A formatted path with what its entry is called, if anything: `team[3].lead (web)`."""
    return f"{key} ({entry})" if entry else key


def format_key(key: str) -> str:
    """A key as in TOML: bare if possible, quoted otherwise."""
    return key if _BARE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
