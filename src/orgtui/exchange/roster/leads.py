"""Who leads a team."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from orgtui.exchange.problems import Answers, ImportProblem, Option, Question
from orgtui.exchange.roster.managers import Lines, reordered
from orgtui.exchange.roster.people import Entry
from orgtui.exchange.roster.texts import fold, fold_id
from orgtui.model.sentence import sentence

TITLES = (
    r"\b(?:chief|ceo|cmo|president|vorstand|geschäftsführ\w*)\b|首席|总裁|总经理",
    r"\b(?:s?vp|vice president|general manager)\b|副总裁|副总",
    r"\b(?:director|direktor\w*)\b|总监",
    r"\b(?:head|leiter\w*|abteilungsleiter\w*)\b|负责人|部长",
    r"\b(?:lead|leader|teamleiter\w*|team lead|teamlead|supervisor)\b|主管|组长|队长",
)
"""The words of titles that lead, the highest first."""

_RANKS = tuple(re.compile(words, re.IGNORECASE) for words in TITLES)
_NOT_LEADING = re.compile(
    r"\b(?:assistant|deputy|vice head|lead(?:s)? (?:gen\w*|qualif\w*|manag\w*|nurtur\w*))\b|助理|副|线索",
    re.IGNORECASE,
)


def title_rank(title: str | None) -> int | None:
    """How high a title leads, 0 highest; None for one that does not say so."""
    if not title or _NOT_LEADING.search(title):
        return None
    return next((rank for rank, words in enumerate(_RANKS) if words.search(title)), None)


def find_lead(
    entries: Sequence[Entry],
    members: Sequence[int],
    everybody: Set[int],
    team: str,
    label_lead: str | None,
    lines: Lines,
    reports: Mapping[int, Sequence[int]],
    answers: Answers,
    header_line: int,
    problems: list[ImportProblem],
) -> int | None:
    """The place of a team's lead; None if nobody leads it. Asks if only the titles tell.

    `members` sit in the team itself, `everybody` also below it.
    """
    flagged = [place for place in members if entries[place].is_lead]
    if len(flagged) == 1:
        return flagged[0]
    if label_lead is not None:
        # Some systems seat the lead in the unit above, so all are looked at if no member is meant.
        everywhere = (place for place, entry in enumerate(entries) if entry.left is None)
        for places in (members, everywhere):
            named = [place for place in places if _is_called(entries[place], label_lead)]
            if len(named) == 1:
                return named[0]
    candidates = [
        place
        for place in flagged or members
        if lines.managers[place] not in members and any(each in everybody for each in reports.get(place, ()))
    ]
    if candidates:
        return max(candidates, key=lambda place: (len(reports.get(place, ())), -place))
    if flagged:
        return flagged[0]
    if any(manager is not None for manager in lines.managers):
        return None
    return _by_title(entries, members, team, answers, header_line, problems)


def _is_called(entry: Entry, text: str) -> bool:
    if fold_id(text) == fold_id(entry.key):
        return True
    names = {fold(name) for name in (entry.name or "", *entry.other_names)}
    return bool({fold(text), fold(reordered(text))} & (names - {""}))


def _by_title(
    entries: Sequence[Entry],
    members: Sequence[int],
    team: str,
    answers: Answers,
    header_line: int,
    problems: list[ImportProblem],
) -> int | None:
    """The one member with the highest title, as asked."""
    ranks = {place: rank for place in members if (rank := title_rank(entries[place].title)) is not None}
    highest = [place for place, rank in ranks.items() if rank == min(ranks.values())]
    if len(highest) != 1:
        return None
    lead = highest[0]
    says = sentence(
        "who leads {team}? Going by the title: {name} ({title})",
        team=team,
        name=entries[lead].shown,
        title=entries[lead].title,
    )
    options = (
        *(
            Option(entries[place].key, entries[place].shown)
            for place in (lead, *(p for p in members if p != lead))
        ),
        Option("-", sentence("nobody")),
    )
    question = Question(f"lead:{team}", says, options, entries[lead].key)
    problems.append(
        ImportProblem(
            header_line,
            "question",
            "lead-from-title",
            says,
            entries[lead].key,
            question,
            name=entries[lead].shown,
        )
    )
    chosen = question.answer(answers)
    return next((place for place in members if entries[place].key == chosen), None)
