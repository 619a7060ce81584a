"""A TOML file while it is loaded: parsed data, and the problems found so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import tomli

from orgtui.files.toml.problems import (
    WHOLE_FILE,
    InvalidFile,
    KeyPath,
    Problem,
    format_path,
    invalid_file,
    named,
    problem_sentence,
)
from orgtui.model.gate import is_clean
from orgtui.model.kinds import DATE, DEEPEST
from orgtui.model.schema import PROBLEMS_MAX, character_refused
from orgtui.model.sentence import Refusal, Sentence, sentence

_BLANK_TEXT = re.compile(r"""["']\s*["']""")
_LIKE_A_DATE = re.compile(r"[0-9]{4}[-/.][0-9]+[-/.][0-9]+")
"""What people write for a date; where it cannot be read it is none, or no day of the calendar."""
_HUGE_INTEGER = re.compile(r"[0-9_]{4000,}")


@dataclass(slots=True)
class PeopleRows:
    """The content of a people file: for each row its entry, as in `[[person]]`, and its line number.

    `refusals` has the rows and cells that could not be parsed; their entries or values are None.
    `may_hide_characters` is whether cells may hold characters that are not allowed, such as line ends.
    """

    file: str
    entries: list[dict[str, Any] | None]
    lines: list[int]
    refusals: list[tuple[KeyPath, Refusal]]
    may_hide_characters: bool = False


EntryName = Callable[[Mapping[str, Any], KeyPath], str]
"""What the entry is called in which a path of some data lies; "" if it has no name."""


class Document:
    """A TOML file as plain data, with the problems found so far by key path.

    Only the first problem of a path is kept: later checks find consequences of it. Blank text is removed from
    `data`, as it counts as missing. `entry_name` says what the entry of a path is called. Raises InvalidFile
    for text that is not TOML.
    """

    def __init__(self, file: str, text: str, entry_name: EntryName = lambda data, path: "") -> None:
        self.file = file
        self._entry_name = entry_name
        self.text = text
        self.data = _parse(file, text)
        self._problems: dict[KeyPath, tuple[Sentence, KeyPath]] = {}
        self._problems_of_other_file: list[Problem] = []
        self._people: PeopleRows | None = None
        if "\\" in text or _BLANK_TEXT.search(text):
            _remove_blank_text(self.data)
        if _may_hide_characters(text):
            self.check_characters(self.data)

    def add_problem(
        self, path: KeyPath, wrong: Sentence, right: Sentence, *, at: KeyPath | None = None
    ) -> None:
        """Add a problem of a path; it is reported on the line of `at`, by default that of `path`."""
        self.add_worded_problem(path, problem_sentence(wrong, right), at)

    def add_worded_problem(self, path: KeyPath, worded: Sentence, at: KeyPath | None = None) -> None:
        """Note a problem that is already worded; raises InvalidFile when there are enough of them."""
        if len(self._problems) >= PROBLEMS_MAX and path not in self._problems:
            raise self.invalid_file(there_are_more=True)
        self._problems.setdefault(path, (worded, path if at is None else at))

    def set_people(self, people: PeopleRows) -> None:
        """Use the rows of a people file as `[[person]]`, and add its problems."""
        self._people = people
        self.data["person"] = people.entries
        for path, refusal in people.refusals:
            self.add_problem(path, *refusal)
        if people.may_hide_characters:
            self.check_characters(people.entries, ("person",))

    def add_problems_of_other_file(self, problems: Sequence[Problem]) -> None:
        """Add problems of another file that this one names."""
        self._problems_of_other_file += problems

    def __contains__(self, path: KeyPath) -> bool:
        """Whether a path has a problem."""
        return path in self._problems

    @property
    def is_valid(self) -> bool:
        """Whether no problem was found so far, in this file or the people file."""
        return not self._problems and not self._problems_of_other_file

    def check_characters(self, data: Any, path: KeyPath = ()) -> None:
        """Add a problem for every key and text in `data` with a character that is not allowed."""
        for place, key, value in walk(data, path):
            for text in (key, value):
                if isinstance(text, str) and not is_clean(text):
                    self.add_problem(place, *character_refused(text))

    def check_depth(self) -> None:
        """Raise InvalidFile, with this problem only, for data that is nested too deep."""
        for path, _, value in walk(self.data, ()):
            if len(path) > DEEPEST and isinstance(value, dict | list):
                wrong = sentence("tables and lists lie more than {limit} deep here", limit=DEEPEST)
                self._problems = {}
                self.add_problem(path, wrong, sentence("nothing in this file needs that: take it out"))
                raise self.invalid_file()

    def clear_invalid_values(self) -> None:
        """Replace invalid values by None, so that later checks skip them; ids, which others need, stay."""
        for path in self._problems:
            container: Any = self.data
            for step in path[:-1]:
                container = container[step] if _has(container, step) else None
            if _has(container, path[-1]) and not (path[-1] == "id" and isinstance(container["id"], str)):
                container[path[-1]] = None

    def invalid_file(self, *, there_are_more: bool = False) -> InvalidFile:
        """Everything that is wrong, line by line, the people file after this one.

        With `there_are_more` it is said at the end that not all was looked for.
        """
        from orgtui.files.toml.lines import line_numbers

        here = [at for _, at in self._problems.values() if not self._is_in_people(at)]
        lines = line_numbers(self.text, here) if here else {}
        problems = [
            self._people_problem(path, worded, at)
            if self._is_in_people(at)
            else Problem(self.file, lines[at], format_path(path), worded, self._entry_name(self.data, path))
            for path, (worded, at) in self._problems.items()
        ]
        problems = sorted(
            problems + self._problems_of_other_file, key=lambda each: (each.file != self.file, each.line)
        )
        if there_are_more:
            wrong = sentence("and more: only the first {limit} problems are looked for", limit=PROBLEMS_MAX)
            right = sentence("correct these and try again")
            last = problems[-1]
            problems.append(Problem(last.file, last.line, WHOLE_FILE, problem_sentence(wrong, right)))
        return InvalidFile(problems)

    def _is_in_people(self, path: KeyPath) -> bool:
        return self._people is not None and len(path) > 1 and path[0] == "person"

    def _people_problem(self, path: KeyPath, worded: Sentence, at: KeyPath) -> Problem:
        """A problem in the people file, where a path begins with a column."""
        assert self._people is not None
        line = self._people.lines[cast(int, at[1])]
        key = format_path(path[2:] or path)
        return Problem(self._people.file, line, key, worded, self._entry_name(self.data, path))

    def place(self, path: KeyPath) -> str:
        """A path as text, with what its entry is called."""
        return named(format_path(path), self._entry_name(self.data, path))


def walk(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str | int, Any]]:
    """Every value in `data` with its path and key, depth first, in order."""
    pending = [(path, data)]
    while pending:
        path, data = pending.pop()
        if path:
            yield path, path[-1], data
        if isinstance(data, dict):
            pending += [((*path, key), value) for key, value in reversed(data.items())]
        elif isinstance(data, list):
            pending += [((*path, place), data[place]) for place in range(len(data) - 1, -1, -1)]


def _parse(file: str, text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _toml_error(file, text, error) from None
    except RecursionError:
        wrong = sentence("tables and lists lie more than {limit} deep", limit=DEEPEST)
        raise invalid_file(file, wrong, sentence("nothing in this file needs that: take it out")) from None
    except ValueError:
        found = _HUGE_INTEGER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        wrong = sentence("an integer has more than 64 bits")
        raise _syntax_error(file, text, line, (wrong, sentence("write a smaller one"))) from None


def _toml_error(file: str, text: str, error: tomli.TOMLDecodeError) -> InvalidFile:
    line = min(error.lineno, text.count("\n") + 1)
    row = text.split("\n")[line - 1].rstrip("\r").replace("\t", " ")
    if not is_clean(row):
        return _syntax_error(file, text, line, character_refused(row))
    for found in _LIKE_A_DATE.finditer(row):
        if found.start() < error.colno <= found.end():
            return _syntax_error(file, text, line, DATE.refusal(found.group()))
    wrong = sentence("{reason}, so this is not TOML", reason=error.msg)
    right = sentence("correct line {line} at character {column}", line=line, column=error.colno)
    return _syntax_error(file, text, line, (wrong, right))


def _syntax_error(file: str, text: str, line: int, refusal: Refusal) -> InvalidFile:
    """The exception for a file that cannot be parsed."""
    from orgtui.files.toml.lines import path_at_line

    return InvalidFile(
        [Problem(file, line, format_path(path_at_line(text, line)), problem_sentence(*refusal))]
    )


def _may_hide_characters(text: str) -> bool:
    """Whether text values may hold characters that are not allowed: plain, escaped, tabs or line ends."""
    return (
        "\\" in text
        or '"""' in text
        or "'''" in text
        or "\t" in text
        or not is_clean(text.replace("\n", "").replace("\r", ""))
    )


def _remove_blank_text(data: dict[str, Any]) -> None:
    for _, _, value in walk({"": data}, ()):
        if isinstance(value, dict):
            for key in [key for key, text in value.items() if isinstance(text, str) and not text.strip()]:
                del value[key]


def _has(container: Any, step: str | int) -> bool:
    return step in container if isinstance(container, dict) else isinstance(container, list)
