"""What went wrong, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from orgtui.api.user_error import UserError
from orgtui.files.toml.problems import InvalidFile
from orgtui.locales import translate
from orgtui.model.gate import escape_control_chars
from orgtui.session.plan.planned import CannotApply


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words.

    `file`, `line` (from 1) and `key` (such as `team[2].lead`) say where; all are None for what stands in no
    file, such as a rule that is not known.
    """

    message: str
    file: str | None = None
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        place = "" if self.file is None else f"{self.file}:{self.line}: {self.key}: "
        return escape_control_chars(place + self.message)


class OrgtuiError(Exception):
    """Something cannot be done as it was asked; `problems` holds every reason, those of a file by line."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@contextmanager
def public_errors() -> Iterator[None]:
    """Raise what goes wrong meanwhile as OrgtuiError."""
    try:
        yield
    except InvalidFile as invalid:
        problems = (
            Problem(translate(each.sentence), each.file, each.line, each.key) for each in invalid.problems
        )
        raise OrgtuiError(*problems) from invalid
    except UserError as error:
        raise OrgtuiError(*(Problem(translate(each)) for each in error.sentences)) from error
    except CannotApply as refused:
        raise OrgtuiError(Problem(translate(refused.sentence))) from refused
