"""What is wrong with a file, and where."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from orgtui.locales import translate
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import Sentence

KeyPath = tuple[str | int, ...]
"""The way to a value from the top of a file: keys, and places in lists counted from 0."""

WHOLE_FILE = "file"
"""Stands where the key would, for a problem of the whole file."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, at one place of a file; lines count from 1."""

    file: str
    line: int
    key: str
    sentence: Sentence

    def __str__(self) -> str:
        return escape_control_chars(f"{self.file}:{self.line}: {self.key}: {translate(self.sentence)}")


class InvalidFile(Exception):
    """A file that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = list(problems)


class UnreadableFile(InvalidFile):
    """There is no file that could be read at all."""


def problem_sentence(wrong: Sentence, right: Sentence) -> Sentence:
    """What is wrong and what would be right, as one sentence."""
    return Sentence("{wrong}; {right}", {"wrong": wrong, "right": right})


def invalid_file(file: str, wrong: Sentence, right: Sentence, line: int = 1) -> InvalidFile:
    """The one problem of a file that cannot even be read."""
    return InvalidFile([Problem(file, line, WHOLE_FILE, problem_sentence(wrong, right))])


def format_path(path: KeyPath) -> str:
    """A path as it is written: `person[3].functions.seo`, entries counted from 1."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            name = format_key(step)
            text = f"{text}.{name}" if text else name
    return text or WHOLE_FILE


def format_key(key: str) -> str:
    """A key as TOML writes it: bare where it can be, else in quotes."""
    return key if _BARE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
