"""Functions proposed from titles and units, each with the seats it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orgtui.exchange.roster.people import Entry
from orgtui.exchange.roster.roster import Member, Roster
from orgtui.exchange.roster.teams import Unit
from orgtui.exchange.roster.vocabulary import Vocabulary, VocabularyFunction


@dataclass(frozen=True, slots=True)
class ProposedFunction:
    """A function with its home team, where most of its seats sit, and the seats it rests on."""

    function: VocabularyFunction
    team: Unit
    seats: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class FunctionProposal:
    """The functions proposed, in the order of the vocabulary, and the members whose title tells none.

    `of` gives the function that a member's title tells, leads included, who perform none.
    """

    functions: tuple[ProposedFunction, ...]
    not_told: tuple[Member, ...]
    of: Mapping[Entry, VocabularyFunction]

    def performed(self) -> dict[Entry, VocabularyFunction]:
        """What each member performs; leads perform nothing."""
        return {member.entry: each.function for each in self.functions for member in each.seats}


NO_FUNCTIONS = FunctionProposal((), (), {})


def propose_functions(roster: Roster, vocabulary: Vocabulary) -> FunctionProposal:
    """What the titles of a roster tell, else the name of the unit in which somebody sits."""
    told = {
        member.entry: function
        for member in roster.members
        if (function := vocabulary.function_of(member.entry.title or "")) is not None
    }
    leads = {roster.entries[unit.lead].key for unit in roster.teams if unit.lead is not None}
    units = {unit: vocabulary.function_of(unit.name) for unit in roster.teams}
    seats: dict[str, list[Member]] = {}
    not_told = []
    for member in roster.members:
        if member.team is None or member.entry.key in leads or member.entry.is_assistant:
            continue
        function = told.get(member.entry) or units.get(member.team)
        if function is None:
            not_told.append(member)
        else:
            seats.setdefault(function.id, []).append(member)
    proposed = tuple(
        ProposedFunction(function, _home(seats[function.id]), tuple(seats[function.id]))
        for function in vocabulary.functions
        if function.id in seats
    )
    return FunctionProposal(proposed, tuple(not_told), told)


def _home(members: Sequence[Member]) -> Unit:
    """The team with the most work of the seats, the first in the file on a tie."""
    work: Counter[Unit] = Counter()
    for member in members:
        assert member.team is not None
        work[member.team] += member.entry.fte or 1
    return work.most_common(1)[0][0]
