"""The public exception, which carries all problems at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from orgtui.api.user_error import UserError
from orgtui.files.toml.problems import InvalidFile, named
from orgtui.locales import translate
from orgtui.model.gate import escape_control_chars
from orgtui.session.plan.planned import CannotApply


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, in words.

    `file`, `line` (from 1) and `key` (such as `team[2].lead`) are its location; all are None for a problem
    outside files, such as an unknown rule. `entry` is what the entry is called in which it lies (`web`), ""
    if it has no name.
    """

    message: str
    file: str | None = None
    line: int | None = None
    key: str | None = None
    entry: str = ""

    def __str__(self) -> str:
        place = "" if self.file is None else f"{self.file}:{self.line}: {named(self.key or '', self.entry)}: "
        return escape_control_chars(place + self.message)


class OrgtuiError(Exception):
    """A request cannot be carried out; `problems` has every reason, those of a file sorted by line."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@contextmanager
def public_errors() -> Iterator[None]:
    """Convert the errors of a block to OrgtuiError."""
    try:
        yield
    except InvalidFile as invalid:
        problems = (
            Problem(translate(each.sentence), each.file, each.line, each.key, each.entry)
            for each in invalid.problems
        )
        raise OrgtuiError(*problems) from invalid
    except UserError as error:
        raise OrgtuiError(*(Problem(translate(each)) for each in error.sentences)) from error
    except CannotApply as refused:
        raise OrgtuiError(Problem(translate(refused.sentence))) from refused
