"""Pay files in CSV: the yearly cost of seats. Read on request only and never merged into the organisation."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from orgtui.files.disk.csv_cells import read_rows, row_width_refusal
from orgtui.files.disk.reading import read_text
from orgtui.files.toml.problems import (
    WHOLE_FILE,
    InvalidFile,
    KeyPath,
    Problem,
    format_path,
    problem_sentence,
)
from orgtui.model.gate import is_clean
from orgtui.model.schema import PROBLEMS_MAX, character_refused, shown
from orgtui.model.sentence import Refusal, sentence
from orgtui.model.store import Organization

COLUMNS = ("person", "annual_cost")

_COST = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")


def load_pay(path: str | os.PathLike[str], organization: Organization) -> dict[str, Decimal]:
    """The yearly cost of each person in a pay file, in the organisation's currency.

    People who are not in it count as 0. Raises InvalidFile with the problems of the file: the first
    ones, and how many more there are.
    """
    file = os.fspath(path)
    pay: dict[str, Decimal] = {}
    seen: set[str] = set()
    problems: list[Problem] = []
    untold = 0
    for number, (line, row, _) in enumerate(
        read_rows(file, read_text(file, follow_symlinks=False, allow_bom=True), COLUMNS)
    ):
        refused = dict(_refusals(row, seen, organization))
        for key, refusal in refused.items():
            if len(problems) == PROBLEMS_MAX:
                untold += 1
                continue
            place: KeyPath = key or ("pay", number)
            person = "" if row is None else row.get("person", "")
            entry = person if is_clean(person) else ""
            problems.append(Problem(file, line, format_path(place), problem_sentence(*refusal), entry))
        if row is not None and not refused:
            pay[row["person"]] = Decimal(row["annual_cost"])
        if row is not None:
            seen.add(row.get("person", ""))
    if untold:
        wrong = sentence("and {number:more problem|more problems}", number=untold)
        right = sentence("correct these and try again")
        problems.append(Problem(file, problems[-1].line, WHOLE_FILE, problem_sentence(wrong, right)))
    if problems:
        raise InvalidFile(problems)
    return pay


def _refusals(
    row: dict[str, str] | None, seen: Collection[str], organization: Organization
) -> Iterator[tuple[KeyPath, Refusal]]:
    """The refusals of a row, each with the path of its column."""
    if row is None:
        yield (), row_width_refusal(COLUMNS)
        return
    person, cost = row.get("person"), row.get("annual_cost")
    if person is None:
        yield ("person",), (sentence("this is missing"), sentence("write the id of a person"))
    elif not is_clean(person):
        yield ("person",), character_refused(person)
    elif person not in organization.people:
        wrong = sentence("no person has the id {id}", id=shown(person))
        yield ("person",), (wrong, sentence("write the id of a person in the organisation"))
    elif person in seen:
        wrong = sentence("{id} stands here twice", id=shown(person))
        yield ("person",), (wrong, sentence("keep one of the rows"))
    right = sentence("write a number of 0 or more, such as 240000")
    if cost is None:
        yield ("annual_cost",), (sentence("this is missing"), right)
    elif not _COST.fullmatch(cost):
        yield ("annual_cost",), (sentence("{cost} is no cost", cost=shown(cost)), right)
