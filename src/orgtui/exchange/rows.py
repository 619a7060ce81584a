"""What every reader gives: rows of text with their lines, and how the file was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from orgtui.exchange.problems import ImportProblem
from orgtui.exchange.progress import Progress, no_progress


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a file: the physical line (or row of a sheet) where it begins, from 1, and its cells.

    `source` is the place of its file among those read together.
    """

    line: int
    cells: Sequence[str]
    is_hidden: bool = False
    source: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file or of one sheet, as they stand there.

    `read` says how they were read (format, encoding, delimiter, sheet); `problems` what there is to say of
    that. `has_fields` if the first row holds the names of fields, so that no header has to be found; `parts`
    says which part each plays where the format does.
    """

    rows: Sequence[Row]
    read: Mapping[str, str]
    problems: tuple[ImportProblem, ...] = ()
    has_fields: bool = False
    name: str | None = None
    parts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says of a file: the encoding and the sheet; None to find out.

    `progress` is told of the rows.
    """

    encoding: str | None = None
    sheet: str | None = None
    progress: Progress = no_progress


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """All visible sheets that a file holds, in order, and what there is to say of the others."""

    sheets: tuple[Sheet, ...]
    problems: tuple[ImportProblem, ...] = field(default=())
