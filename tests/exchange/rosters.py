"""Rosters of rows written in a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from orgtui.exchange.importing import ImportOptions, Proposal, Source, propose, read_sources
from orgtui.exchange.roster.vocabulary import Vocabulary, own_vocabulary
from orgtui.locales import translate

TODAY = date(2026, 11, 21)
FIXTURES = Path(__file__).parents[1] / "fixtures" / "imports"


@cache
def vocabulary() -> Vocabulary:
    return own_vocabulary()


def imported(
    text: str | bytes, answers: Mapping[str, str] | None = None, name: str = "people.csv", **options: Any
) -> Proposal:
    """What a file of this text comes to; lines of a text may be indented."""
    data = text if isinstance(text, bytes) else dedented(text).encode()
    request = replace(ImportOptions(TODAY, vocabulary()), **options)
    sources = [Source(name, data)]
    return propose(sources, read_sources(sources, request), request, answers or {})


def dedented(text: str) -> str:
    return "".join(f"{line.strip(' ')}\n" for line in text.strip().splitlines())


def managers(proposal: Proposal) -> dict[str, str | None]:
    return {member.entry.key: member.manager for member in proposal.roster.members}


def states(proposal: Proposal) -> dict[str, str]:
    """The state of everybody by key, of who is left out why."""
    return {member.entry.key: member.entry.state for member in proposal.roster.members} | {
        entry.key: f"out: {entry.left}" for entry in proposal.roster.left_out
    }


def tree(proposal: Proposal) -> dict[str, tuple[str | None, list[str]]]:
    """Lead and members of every team by its path."""
    entries = proposal.roster.entries
    return {
        " / ".join(unit.path): (
            None if unit.lead is None else entries[unit.lead].key,
            [entries[place].key for place in unit.members],
        )
        for unit in proposal.roster.teams
    }


def told(proposal: Proposal, *severities: str) -> list[tuple[int, str, str | None]]:
    """Line, code and whom it is about, of the problems of some severities."""
    return [
        (problem.line, problem.code, problem.about)
        for problem in proposal.problems
        if problem.severity in (severities or ("error", "question"))
    ]


def words(proposal: Proposal) -> str:
    """Everything that is said, a line each."""
    return "\n".join(translate(problem.says) for problem in proposal.problems)
