"""The organisation that a roster gives."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date

from orgtui.exchange.roster.functions import FunctionProposal
from orgtui.exchange.roster.ids import new_id
from orgtui.exchange.roster.roster import Roster
from orgtui.exchange.roster.teams import Unit
from orgtui.exchange.roster.vocabulary import Vocabulary
from orgtui.model import records as r
from orgtui.model.store import Organization


def make_organization(
    roster: Roster,
    functions: FunctionProposal,
    vocabulary: Vocabulary,
    as_of: date,
    people_ids: Mapping[str, str],
    team_ids: Mapping[str, str],
) -> Organization:
    """The organisation of a roster without errors; ids as `give_ids` made them."""
    performed = functions.performed()
    records: list[r.Record] = [r.Profile(roster.teams[0].name, as_of)]
    if functions.functions:
        records += (*vocabulary.departments(), *vocabulary.stages(), *vocabulary.areas())
    records += (
        r.Team(
            team_ids[path_key(unit)],
            unit.name,
            parent=None if unit.parent is None else team_ids[path_key(unit.parent)],
            lead=None if unit.lead is None else people_ids[roster.entries[unit.lead].key],
        )
        for unit in roster.teams
    )
    records += (
        r.Function(
            each.function.id,
            vocabulary.named(each.function),
            area=each.function.area,
            team=team_ids[path_key(each.team)],
            stages=each.function.stages,
            skills=dict(each.function.skills),
        )
        for each in functions.functions
    )
    for member in roster.members:
        entry, team = member.entry, member.team
        assert team is not None
        function = performed.get(entry)
        records.append(
            r.Person(
                people_ids[entry.key],
                team_ids[path_key(team)],
                name=entry.name,
                title=entry.title,
                state=entry.state,
                fte=entry.fte,
                functions={} if function is None else {function.id: entry.fte},
            )
        )
    return Organization(records)


def path_key(unit: Unit) -> str:
    r"""What stands for a unit between two imports: its path below the root, which is `/`.

    A slash in a name is written `\/`, so that different paths never look alike.
    """
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in unit.path[1:]) or "/"


def give_ids(
    roster: Roster, people: Mapping[str, str], teams: Mapping[str, str], taken: Container[str] = ()
) -> tuple[dict[str, str], dict[str, str]]:
    """The ids of people by key and of teams by path: those of an earlier import, and new ones.

    `taken` are ids of people and teams that may not be given again. The same roster gives the same ids.
    """
    people_ids = {m.entry.key: people[m.entry.key] for m in roster.members if m.entry.key in people}
    used = {*people.values()}
    for member in roster.members:
        entry = member.entry
        if entry.key not in people_ids:
            source = entry.key if entry.has_own_id else ""
            identity = new_id(
                lambda each: each in used or each in taken,
                *(text for text in (source, entry.name or "", entry.title or "") if text),
                fallback="seat",
            )
            people_ids[entry.key] = identity
            used.add(identity)
    team_ids = {key: teams[key] for key in map(path_key, roster.teams) if key in teams}
    used = {*teams.values()}
    for unit in roster.teams:
        key = path_key(unit)
        if key not in team_ids:
            team_ids[key] = new_id(lambda each: each in used or each in taken, unit.name, fallback="team")
            used.add(team_ids[key])
    return people_ids, team_ids
