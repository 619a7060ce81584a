"""What an import comes to, in words, as JSON, and the bad rows as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from orgtui.cli.common import to_json
from orgtui.exchange.importing import Proposal, Source
from orgtui.exchange.problems import ImportProblem, ImportSeverity
from orgtui.exchange.roster.roster import Member
from orgtui.exchange.roster.teams import Unit
from orgtui.exchange.roster.texts import without_addresses
from orgtui.exchange.words import PART_WORDS, how_read, said_of
from orgtui.files.disk.csv_cells import escape_formula
from orgtui.locales import join_list, translate
from orgtui.model.sentence import Sentence, sentence

PROBLEMS_SHOWN = 300
"""How many problems of a kind are told one by one."""

TEAMS_SHOWN = 200
"""How many teams the preview shows."""

SEATS_SHOWN = 20
"""How many seats of a function the preview names."""


def reading_lines(sources: Sequence[Source], proposal: Proposal) -> Iterator[str]:
    """How the files were read, and which column plays which part."""
    names = join_list(source.name for source in sources)
    how = join_list(how_read(proposal.sheet.read))
    header = proposal.roster.table.header_line
    if proposal.sheet.has_fields:
        yield translate(sentence("{files}: {how}", files=names, how=how))
    elif header:
        yield translate(sentence("{files}: {how}; header in line {line}", files=names, how=how, line=header))
    else:
        yield translate(sentence("{files}: {how}; no header, taken as a list of names", files=names, how=how))
    mapping = proposal.roster.mapping()
    for part in filter(mapping.__contains__, PART_WORDS):
        columns = mapping[part]
        listed = [columns] if isinstance(columns, str) else columns
        assert isinstance(listed, list)
        shown = " + ".join(name.rpartition(":")[2] if name.startswith("urn:") else name for name in listed)
        yield translate(sentence("  {part}: {columns}", part=Sentence(PART_WORDS[part]), columns=shown))
    private = proposal.roster.table.private
    if private:
        yield "  " + translate(sentence("never taken: {columns}", columns=join_list(private)))


def problem_lines(sources: Sequence[Source], proposal: Proposal, severity: ImportSeverity) -> Iterator[str]:
    """The problems of a kind, one a line: file, line, about whom, what."""
    problems = [problem for problem in proposal.problems if problem.severity == severity]
    for problem in problems[:PROBLEMS_SHOWN]:
        yield problem_line(sources, problem)
    if len(problems) > PROBLEMS_SHOWN:
        yield translate(sentence("and {count} more", count=len(problems) - PROBLEMS_SHOWN))


def question_lines(sources: Sequence[Source], proposal: Proposal) -> Iterator[str]:
    """The questions with their defaults, each once."""
    for problem in proposal.open_questions({}):
        assert problem.question is not None
        default = problem.question.default_label
        text = default if isinstance(default, str) else translate(default)
        yield translate(
            sentence(
                "{question}; by default: {default}", question=problem_line(sources, problem), default=text
            )
        )


def problem_line(sources: Sequence[Source], problem: ImportProblem) -> str:
    """A problem as a line: file, line, about whom, what."""
    return f"{sources[problem.source].name}:{problem.line}: {said_of(problem)}"


def preview_lines(proposal: Proposal) -> Iterator[str]:
    """The tree with leads and headcounts, the functions proposed, and whose title told none."""
    roster = proposal.roster
    seats: Counter[Unit] = Counter()
    for member in roster.members:
        above = member.team
        while above is not None:
            seats[above] += 1
            above = above.parent
    yield ""
    for unit in roster.teams[:TEAMS_SHOWN]:
        below = seats[unit]
        lead = None if unit.lead is None else roster.entries[unit.lead].shown
        yield "  " * (len(unit.path) - 1) + translate(
            sentence("{team} · {lead} · {count:seat|seats}", team=unit.name, lead=lead, count=below)
            if lead is not None
            else sentence("{team} · no lead · {count:seat|seats}", team=unit.name, count=below)
        )
    if len(roster.teams) > TEAMS_SHOWN:
        yield translate(sentence("and {count} more", count=len(roster.teams) - TEAMS_SHOWN))
    yield ""
    if proposal.organization is not None and proposal.organization.functions:
        for each in proposal.functions.functions:
            yield translate(
                sentence(
                    "function {function} in {team}: {people}",
                    function=proposal.organization.functions[each.function.id].name,
                    team=each.team.name,
                    people=_seats(each.seats),
                )
            )
    not_told = proposal.functions.not_told
    if not_told:
        yield translate(
            sentence(
                "{count:seat|seats} with a title that tells no function: {people}",
                count=len(not_told),
                people=_seats(not_told),
            )
        )


def _seats(members: Sequence[Member]) -> str:
    named = [_with_title(member) for member in members[:SEATS_SHOWN]]
    if len(members) > SEATS_SHOWN:
        named.append(translate(sentence("and {count} more", count=len(members) - SEATS_SHOWN)))
    return join_list(named)


def _with_title(member: Member) -> str:
    entry = member.entry
    return f"{entry.shown} ({entry.title})" if entry.title and entry.name else entry.shown


def result_lines(proposal: Proposal, output: Path) -> Iterator[str]:
    """What was written, and what would wake the rules that sleep."""
    roster = proposal.roster
    yield translate(
        sentence(
            "{file} is written: {people:seat|seats} in {teams:team|teams}",
            file=output,
            people=len(roster.members),
            teams=roster.team_count,
        )
    )
    if proposal.organization is not None:
        from orgtui.cli.import_waking import waking_lines

        yield from waking_lines(proposal.organization, output)


def json_of_proposal(sources: Sequence[Source], proposal: Proposal) -> str:
    """The proposal as one JSON object."""
    roster = proposal.roster
    data: dict[str, Any] = {"outcome": proposal.outcome}
    if proposal.organization is not None:
        data["organization"] = roster.teams[0].name
    data["read"] = {**proposal.sheet.read, "header_line": roster.table.header_line}
    data["mapping"] = roster.mapping()
    data["people"] = [_person(member, proposal) for member in roster.members]
    data["teams"] = [
        {
            "name": unit.name,
            "parent": None if unit.parent is None else unit.parent.name,
            "path": list(unit.path),
            "lead": None if unit.lead is None else roster.entries[unit.lead].key,
            "members": [roster.entries[place].key for place in unit.members],
            "named_in_file": unit.named,
        }
        for unit in roster.teams
    ]
    data["left_out"] = [
        {"line": entry.line, "key": entry.key, "reason": entry.left, "name": entry.name}
        for entry in roster.left_out
    ]
    data["problems"] = [problem_fields(sources, problem) for problem in proposal.problems]
    if roster.table.as_of is not None:
        data["as_of"] = roster.table.as_of
    return to_json(data)


def _person(member: Member, proposal: Proposal) -> dict[str, Any]:
    entry = member.entry
    function = proposal.functions.of.get(entry)
    return {
        "key": entry.key,
        "id": proposal.people_ids.get(entry.key),
        "line": entry.line,
        "name": entry.name,
        "title": entry.title,
        "team": None if member.team is None else list(member.team.path),
        "manager": member.manager,
        "state": entry.state,
        "fte": entry.fte / 100,
        "function": None if function is None else function.id,
    }


def problem_fields(sources: Sequence[Source], problem: ImportProblem) -> dict[str, Any]:
    """A problem as JSON has it."""
    data: dict[str, Any] = {
        "file": sources[problem.source].name,
        "line": problem.line,
        "severity": problem.severity,
        "code": problem.code,
        "about": problem.about,
        "says": translate(problem.says),
    }
    if problem.question is not None:
        label = problem.question.default_label
        data["key"] = problem.question.key
        data["default"] = label if isinstance(label, str) else translate(label)
        data["options"] = [option.value for option in problem.question.options]
    return data


def csv_of_errors(proposal: Proposal) -> str:
    """The rows with errors as in the file, with a column of reasons, without e-mails and what is private."""
    table = proposal.roster.table
    reasons: dict[tuple[int, int], list[str]] = {}
    for problem in proposal.errors:
        reasons.setdefault((problem.source, problem.line), []).append(translate(problem.says))
    addresses = table.columns.get("email", ())
    kept = [
        place
        for place, name in enumerate(table.headers)
        if name not in table.private and place not in addresses
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [*(escape_formula(table.headers[place]) for place in kept), translate(sentence("reason"))]
    )
    for row in table.rows:
        found = reasons.get((row.source, row.line))
        if found is not None:
            padded = [*row.cells, *[""] * len(table.headers)]
            cells = [without_addresses(padded[place]) for place in kept]
            writer.writerow([*map(escape_formula, cells), "; ".join(found)])
    return out.getvalue()
