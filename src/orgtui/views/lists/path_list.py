"""The folders and files of a folder whose names fit what is typed of a path, as rows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path

from orgtui.home import expand_home
from orgtui.model.sentence import Ref
from orgtui.views.base.matching import Finder, natural, searched
from orgtui.views.base.row import Row, Span

NAMES_MAX = 5_000
"""How many names of a folder are read at most; a file beyond can still be typed."""


@dataclass(frozen=True, slots=True)
class PathChoice:
    """A name in a folder; `text` is the path as it would be typed, with `/` at the end of a folder."""

    name: str
    text: str
    is_folder: bool


class PathList:
    """The choices as rows.

    `is_cut` if the folder has more than `NAMES_MAX` names; `error` if it cannot be read.
    """

    def __init__(
        self, choices: Sequence[PathChoice], *, is_cut: bool = False, error: OSError | None = None
    ) -> None:
        self.choices = choices
        self.is_cut = is_cut
        self.error = error

    def __len__(self) -> int:
        return len(self.choices)

    def ref(self, index: int) -> Ref | None:
        return Ref.to("path", self.choices[index].name)

    def row(self, index: int, width: int) -> Row:
        choice = self.choices[index]
        return Row(self.ref(index), (Span(choice.name + "/" * choice.is_folder),))

    def index_of(self, ref: Ref) -> int | None:
        return next((i for i, choice in enumerate(self.choices) if choice.name == ref.id), None)


def list_paths(typed: str, suffixes: tuple[str, ...]) -> PathList:
    """The folders, and the files with one of the suffixes, whose names fit the last part of a typed path.

    Names that begin with it come first, then those that contain it; files before folders. Hidden ones are
    shown if a dot is typed. Blocks while the folder is read.
    """
    above, last = _parts(typed)
    try:
        with os.scandir(expand_home(above) if above else Path()) as found:
            entries = list(islice(found, NAMES_MAX + 1))
    except (OSError, ValueError) as error:
        return PathList((), error=error if isinstance(error, OSError) else OSError(str(error)))
    shown = [
        choice
        for choice in _choices(entries[:NAMES_MAX], above, suffixes)
        if last.startswith(".") or not choice.name.startswith(".")
    ]
    shown.sort(key=lambda each: (each.is_folder, natural(each.name)))
    fit = Finder({each: (searched(each.name), "") for each in shown}).find(last)
    return PathList(fit, is_cut=len(entries) > NAMES_MAX)


def completed(typed: str, choices: Sequence[PathChoice]) -> str:
    """The typed path with all that the names that begin with its last part have in common."""
    above, last = _parts(typed)
    fit = [choice for choice in choices if choice.name.casefold().startswith(last.casefold())]
    if len(fit) == 1:
        return fit[0].text
    columns = zip(*(choice.name.casefold() for choice in fit), strict=False)
    common = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))
    return above + fit[0].name[:common] if common > len(last) else typed


def _parts(typed: str) -> tuple[str, str]:
    """What is typed up to the last `/`, and the rest; `~` alone is the home folder."""
    if typed == "~":
        return "~/", ""
    above, slash, last = typed.rpartition("/")
    return above + slash, last


def _choices(
    entries: Sequence[os.DirEntry[str]], above: str, suffixes: tuple[str, ...]
) -> Iterator[PathChoice]:
    for entry in entries:
        if _is_folder(entry):
            yield PathChoice(entry.name, f"{above}{entry.name}/", True)
        elif entry.name.casefold().endswith(suffixes):
            yield PathChoice(entry.name, above + entry.name, False)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, or a link to one; what cannot be asked is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False
