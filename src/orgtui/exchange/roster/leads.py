"""Who leads a team."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from orgtui.exchange.problems import Answers, ImportProblem, Option, Question
from orgtui.exchange.roster.managers import Lines, reordered
from orgtui.exchange.roster.people import Entry
from orgtui.exchange.roster.texts import fold, fold_id
from orgtui.exchange.roster.titles import title_rank
from orgtui.model.sentence import sentence

OTHERS_OFFERED = 50
"""How many members are offered besides the one whose title tells."""


class Leads:
    """Finds who leads a team; asks, among `problems`, where only the titles tell."""

    def __init__(self, entries: Sequence[Entry], lines: Lines, answers: Answers, header_line: int) -> None:
        self.problems: list[ImportProblem] = []
        self._entries = entries
        self._managers = lines.managers
        self._reports = lines.reports()
        self._has_managers = any(manager is not None for manager in lines.managers)
        self._answers = answers
        self._header_line = header_line
        self._called: dict[str, list[int]] = {}
        for place, entry in enumerate(entries):
            if entry.left is None:
                for name in _names(entry):
                    self._called.setdefault(name, []).append(place)

    def find(
        self, members: Sequence[int], is_below: Callable[[int], bool], team: str, label_lead: str | None
    ) -> int | None:
        """The place of a team's lead; None if nobody leads it.

        `members` sit in the team itself; `is_below` tells of a place whether it is in the team or below it;
        `label_lead` is who leads it by the team's own name.
        """
        flagged = [place for place in members if self._entries[place].is_lead]
        if len(flagged) == 1:
            return flagged[0]
        inside = frozenset(members)
        if label_lead is not None:
            called = self._who_is_called(label_lead)
            # Some systems seat the lead in the unit above, so all are looked at if no member is meant.
            for named in ([place for place in called if place in inside], called):
                if len(named) == 1:
                    return named[0]
        candidates = [
            place
            for place in flagged or members
            if self._managers[place] not in inside and any(map(is_below, self._reports.get(place, ())))
        ]
        if candidates:
            return max(candidates, key=lambda place: (len(self._reports.get(place, ())), -place))
        if flagged:
            return flagged[0]
        return None if self._has_managers else self._by_title(members, team)

    def _who_is_called(self, text: str) -> list[int]:
        forms = dict.fromkeys((fold_id(text), fold(text), fold(reordered(text))))
        return next((self._called[form] for form in forms if form in self._called), [])

    def _by_title(self, members: Sequence[int], team: str) -> int | None:
        """The one member with the highest title, as asked."""
        entries = self._entries
        ranks = {place: rank for place in members if (rank := title_rank(entries[place].title)) is not None}
        top = min(ranks.values(), default=None)
        highest = [place for place, rank in ranks.items() if rank == top]
        if len(highest) != 1:
            return None
        lead = highest[0]
        says = sentence(
            "who leads {team}? Going by the title: {name} ({title})",
            team=team,
            name=entries[lead].shown,
            title=entries[lead].title,
        )
        others = [place for place in members if place != lead][:OTHERS_OFFERED]
        options = (
            *(Option(entries[place].key, entries[place].shown) for place in (lead, *others)),
            Option("-", sentence("nobody")),
        )
        question = Question(f"lead:{team}", says, options, entries[lead].key)
        self.problems.append(
            ImportProblem(
                self._header_line,
                "question",
                "lead-from-title",
                says,
                entries[lead].key,
                question,
                name=entries[lead].shown,
            )
        )
        chosen = question.answer(self._answers)
        return next((place for place in members if entries[place].key == chosen), None)


def _names(entry: Entry) -> set[str]:
    """What somebody is called, folded: by names and by id."""
    return {fold(name) for name in (entry.name or "", *entry.other_names)} - {""} | {fold_id(entry.key)}
