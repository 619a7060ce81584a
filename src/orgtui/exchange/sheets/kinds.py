"""The kinds of sheets. A new one is a module of this package and a line here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orgtui.exchange.rows import SheetChoice
from orgtui.exchange.sheets import functions, goals, handoffs, skills
from orgtui.exchange.sheets.table import Layout, find_table
from orgtui.exchange.sheets.taking import Lookups, Read, Taken, Taking, make
from orgtui.model.sentence import sentence
from orgtui.model.store import Organization


@dataclass(frozen=True, slots=True)
class SheetKind:
    """What columns a sheet of a kind has, what its rows change, and the words that count these changes."""

    layout: Layout
    read: Read
    counted: Mapping[str, str]


KINDS: Mapping[str, SheetKind] = {
    "skills": SheetKind(skills.LAYOUT, skills.read, skills.COUNTED),
    "functions": SheetKind(functions.LAYOUT, functions.read, functions.COUNTED),
    "goals": SheetKind(goals.LAYOUT, goals.read, goals.COUNTED),
    "handoffs": SheetKind(handoffs.LAYOUT, handoffs.read, handoffs.COUNTED),
}
"""The kinds by the name that `--what` takes."""


def take(
    what: str,
    organization: Organization,
    read: Sequence[SheetChoice],
    other_ids: Mapping[str, str],
) -> Taken:
    """What sheets of a kind change in an organisation; alters nothing.

    `other_ids` are the ids of people by those of their HR system. Several files are taken as one change, each
    read against the organisation as it is. Raises CannotRead.
    """
    kind = KINDS[what]
    lookups = Lookups(organization, other_ids)
    takings = []
    for source, choice in enumerate(read):
        taking = Taking(organization, find_table(choice, kind.layout, source))
        taking.columns_left_alone()
        for row in taking.table.rows:
            if row.is_hidden:
                taking.tell(row, "note", "row-hidden", sentence("hidden by a filter; taken over"))
        kind.read(taking, lookups)
        takings.append(taking)
    after, changes = make(organization, takings)
    problems = [problem for taking in takings for problem in taking.problems]
    problems.sort(key=lambda problem: (problem.source, problem.line, problem.severity))
    order = list(kind.counted)
    changes.sort(key=lambda change: order.index(change.what))
    return Taken(
        organization,
        after,
        tuple(changes),
        tuple(problems),
        tuple(taking.table for taking in takings),
        kind.counted,
    )
