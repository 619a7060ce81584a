"""Which of several columns of managers is meant, where they name different people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from orgtui.exchange.problems import Answers, ImportProblem, Option, Question
from orgtui.exchange.roster.columns import Table
from orgtui.model.sentence import sentence

Find = Callable[[int, str], int | None]
"""Who is meant by a cell in the row at a place; None if it is nobody, or cannot be told."""


def ask_column(
    table: Table, find: Find, is_here: Callable[[int], bool], answers: Answers
) -> tuple[int | None, ImportProblem | None]:
    """The column of managers to go by, and the question about it; None if all name the same people.

    The one by which most managers are found is the default, the more telling name on a tie.
    """
    places = table.columns.get("manager", ())
    if len(places) < 2:
        return None, None
    found = {place: _found(table, place, find, is_here) for place in places}
    if all(len(set(row) - {None}) < 2 for row in zip(*found.values(), strict=True)):
        return None, None
    counts = {place: sum(each is not None for each in row) for place, row in found.items()}
    best = max(places, key=lambda place: (counts[place], -places.index(place)))
    options = tuple(
        Option(
            table.headers[place],
            sentence(
                "{column}: {count:manager|managers} found", column=table.headers[place], count=counts[place]
            ),
        )
        for place in places
    )
    says = sentence(
        "the columns {columns} name different managers; which one counts?",
        columns=[table.headers[place] for place in places],
    )
    question = Question("column:manager", says, options, table.headers[best])
    chosen = question.answer(answers)
    problem = ImportProblem(max(table.header_line, 1), "question", "column-choice", says, question=question)
    return next(place for place in places if table.headers[place] == chosen), problem


def _found(table: Table, place: int, find: Find, is_here: Callable[[int], bool]) -> Sequence[int | None]:
    """Whom a column names as the manager of each row."""
    return [
        find(number, row.cells[place]) if place < len(row.cells) and is_here(number) else None
        for number, row in enumerate(table.rows)
    ]
