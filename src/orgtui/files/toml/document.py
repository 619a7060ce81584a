"""A TOML file on its way in: parsed, its text checked, its problems collected until all are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import tomli

from orgtui.files.toml.problems import (
    InvalidFile,
    Path,
    Problem,
    problem,
    whole_file,
    written,
)
from orgtui.model.gate import is_clean
from orgtui.model.kinds import DEEPEST
from orgtui.model.schema import character_refused
from orgtui.model.sentence import Refusal, Sentence, sentence

_BLANK_TEXT = re.compile(r"""["']\s*["']""")
_HUGE_INTEGER = re.compile(r"[0-9_]{4000,}")


@dataclass(slots=True)
class PeopleRows:
    """What a people file holds: for each row its entry as `[[person]]` would give it, and its line.

    `refusals` say which rows and cells could not be made out; their entries or values are None.
    `may_hide_characters` if cells may hold what the gate refuses, line ends included.
    """

    file: str
    entries: list[dict[str, Any] | None]
    lines: list[int]
    refusals: list[tuple[Path, Refusal]]
    may_hide_characters: bool = False


class Document:
    """A file as plain data, with the problems found so far by the path they are at.

    The first problem at a path stands: what is checked first explains what follows from it.
    Blank text is taken out of `data`; it counts as missing.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.data = _parsed(file, text)
        self._problems: dict[Path, tuple[Sentence, Path]] = {}
        self._elsewhere: list[Problem] = []
        self._people: PeopleRows | None = None
        if "\\" in text or _BLANK_TEXT.search(text):
            _take_out_blank_text(self.data)
        if _may_hide_characters(text):
            self.pass_gate(self.data)

    def add(self, path: Path, wrong: Sentence, right: Sentence, *, at: Path | None = None) -> None:
        """Note a problem; it is shown on the line of `at`, which is `path` itself unless given."""
        self.note(path, problem(wrong, right), at)

    def note(self, path: Path, said: Sentence, at: Path | None = None) -> None:
        """Note a problem that is already worded."""
        self._problems.setdefault(path, (said, path if at is None else at))

    def take_people(self, people: PeopleRows) -> None:
        """Let the rows of a people file stand for `[[person]]`."""
        self._people = people
        self.data["person"] = people.entries
        for path, refusal in people.refusals:
            self.add(path, *refusal)
        if people.may_hide_characters:
            self.pass_gate(people.entries, ("person",))

    def note_elsewhere(self, problems: Sequence[Problem]) -> None:
        """Note problems of another file that this one names."""
        self._elsewhere += problems

    def __contains__(self, path: Path) -> bool:
        """Whether something is wrong at a path."""
        return path in self._problems

    @property
    def is_valid(self) -> bool:
        return not self._problems and not self._elsewhere

    def pass_gate(self, data: Any, path: Path = ()) -> None:
        """Note every key and text within `data` that may not enter."""
        for place, key, value in walk(data, path):
            for text in (key, value):
                if isinstance(text, str) and not is_clean(text):
                    self.add(place, *character_refused(text))

    def refuse_depth(self) -> None:
        """Raise InvalidFile, with this one problem, for data that lies too deep."""
        for path, _, value in walk(self.data, ()):
            if len(path) > DEEPEST and isinstance(value, dict | list):
                wrong = sentence("tables and lists lie more than {limit} deep here", limit=DEEPEST)
                self._problems = {}
                self.add(path, wrong, sentence("nothing in this file needs that: take it out"))
                raise self.invalid()

    def forget_wrong_values(self) -> None:
        """Put None for every wrong value, so that what refers to it is not wrong as well; ids stay."""
        for path in self._problems:
            holder: Any = self.data
            for step in path[:-1]:
                holder = holder[step] if _has(holder, step) else None
            if _has(holder, path[-1]) and not (path[-1] == "id" and isinstance(holder["id"], str)):
                holder[path[-1]] = None

    def invalid(self) -> InvalidFile:
        """Everything that is wrong, line by line, the people file after this one."""
        from orgtui.files.toml.lines import lines_of

        here = [at for _, at in self._problems.values() if not self._is_in_people(at)]
        lines = lines_of(self.text, here) if here else {}
        problems = [
            self._in_people(path, said, at)
            if self._is_in_people(at)
            else Problem(self.file, lines[at], written(path), said)
            for path, (said, at) in self._problems.items()
        ]
        return InvalidFile(
            sorted(problems + self._elsewhere, key=lambda each: (each.file != self.file, each.line))
        )

    def _is_in_people(self, path: Path) -> bool:
        return self._people is not None and len(path) > 1 and path[0] == "person"

    def _in_people(self, path: Path, said: Sentence, at: Path) -> Problem:
        assert self._people is not None
        return Problem(self._people.file, self._people.lines[cast(int, at[1])], written(path), said)


def walk(data: Any, path: Path) -> Iterator[tuple[Path, str | int, Any]]:
    """Every value within `data` with its path and its key, however deep, in order."""
    waiting = [(path, data)]
    while waiting:
        path, data = waiting.pop()
        if path:
            yield path, path[-1], data
        if isinstance(data, dict):
            waiting += [((*path, key), value) for key, value in reversed(data.items())]
        elif isinstance(data, list):
            waiting += [((*path, place), data[place]) for place in range(len(data) - 1, -1, -1)]


def _parsed(file: str, text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _not_toml(file, text, error) from None
    except RecursionError:
        wrong = sentence("tables and lists lie more than {limit} deep", limit=DEEPEST)
        raise whole_file(file, wrong, sentence("nothing in this file needs that: take it out")) from None
    except ValueError:
        found = _HUGE_INTEGER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        wrong = sentence("an integer has more than 64 bits")
        raise _broken(file, text, line, (wrong, sentence("write a smaller one"))) from None


def _not_toml(file: str, text: str, error: tomli.TOMLDecodeError) -> InvalidFile:
    line = min(error.lineno, text.count("\n") + 1)
    row = text.split("\n")[line - 1].rstrip("\r").replace("\t", " ")
    if not is_clean(row):
        return _broken(file, text, line, character_refused(row))
    wrong = sentence("{reason}, so this is not TOML", reason=error.msg)
    right = sentence("correct line {line} at character {column}", line=line, column=error.colno)
    return _broken(file, text, line, (wrong, right))


def _broken(file: str, text: str, line: int, refusal: Refusal) -> InvalidFile:
    """The one problem of a file that could not be parsed."""
    from orgtui.files.toml.lines import path_near

    return InvalidFile([Problem(file, line, written(path_near(text, line)), problem(*refusal))])


def _may_hide_characters(text: str) -> bool:
    """Whether text values may hold what the gate refuses: outright, escaped, or tabs and line ends."""
    return (
        "\\" in text
        or '"""' in text
        or "'''" in text
        or "\t" in text
        or not is_clean(text.replace("\n", "").replace("\r", ""))
    )


def _take_out_blank_text(data: dict[str, Any]) -> None:
    for _, _, value in walk({"": data}, ()):
        if isinstance(value, dict):
            for key in [key for key, text in value.items() if isinstance(text, str) and not text.strip()]:
                del value[key]


def _has(holder: Any, step: str | int) -> bool:
    return step in holder if isinstance(holder, dict) else isinstance(holder, list)
