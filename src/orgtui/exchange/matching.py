"""Who and what of a roster is who and what of an organisation: by the record of an import, by id, by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orgtui.exchange.organization import path_key
from orgtui.exchange.record import ImportRecord, kept_key
from orgtui.exchange.roster.ids import slug
from orgtui.exchange.roster.people import Entry
from orgtui.exchange.roster.roster import Roster
from orgtui.exchange.roster.teams import Unit
from orgtui.exchange.roster.texts import fold
from orgtui.model.records import Person
from orgtui.model.store import Organization

Seats = Mapping[str, Mapping[str, str]]
"""What an earlier file said of each seat, by key as kept."""


@dataclass(frozen=True, slots=True)
class Match:
    """The ids of people by key and of teams by path, as far as they are known.

    An id may be one that was taken out of the organisation by hand. `leavers` are the seats that the file
    gives up, with the entry that says so, if one does; `gone` are the teams that it names no more. `by_name`
    are the keys of people and the paths of teams that no record knows and that were told by id or name.
    """

    people: Mapping[str, str]
    teams: Mapping[str, str]
    leavers: Mapping[str, Entry | None]
    gone: tuple[str, ...]
    by_name: frozenset[str]


def match(
    organization: Organization, roster: Roster, kept: Mapping[str, str], record: ImportRecord | None
) -> Match:
    """Match a roster with an organisation; `kept` are the keys of its members as records keep them."""
    recorded_people = {} if record is None else _first_of_each(record.people)
    recorded_teams = {} if record is None else _first_of_each(record.teams)
    seats = {} if record is None else record.seats
    entries = [member.entry for member in roster.members]
    people = {
        entry.key: recorded_people[kept[entry.key]] for entry in entries if kept[entry.key] in recorded_people
    }
    from_files = set(recorded_people.values())
    others = [
        person
        for person in organization.people.values()
        if person.state != "closed" and person.id not in from_files
    ]
    told = _by_id_or_name([entry for entry in entries if entry.key not in people], others)
    people |= told
    teams, teams_told = _match_teams(organization, roster, kept, recorded_teams, seats, people)
    here = set(people.values())
    staying = set(kept.values())  # the same person may stand in two rows, and have left in one
    left = {kept_key(entry): entry for entry in roster.left_out if kept_key(entry) not in staying}
    leavers = {identity: left.get(key) for key, identity in recorded_people.items() if identity not in here}
    waiting = [person for person in others if person.id not in here]
    said = {entry.key: entry for key, entry in left.items() if key not in recorded_people}
    leavers |= {identity: said[key] for key, identity in _by_id_or_name(said.values(), waiting).items()}
    present = set(teams.values())
    gone = tuple(each for each in recorded_teams.values() if each not in present)
    return Match(people, teams, leavers, gone, frozenset(told) | frozenset(teams_told))


def _first_of_each(ids: Mapping[str, str]) -> dict[str, str]:
    """A table of ids without what would give one id twice."""
    first: dict[str, str] = {}
    for key, identity in ids.items():
        first.setdefault(identity, key)
    return {key: identity for identity, key in first.items()}


def _by_id_or_name(entries: Iterable[Entry], people: Iterable[Person]) -> dict[str, str]:
    """The ids of the entries that are somebody here: by their own id, else by a name that stands once."""
    waiting = {person.id: person for person in people}
    found: dict[str, str] = {}
    entries = list(entries)
    for entry in entries:
        identity = next((each for each in (entry.key, slug(entry.key)) if each in waiting), None)
        if entry.has_own_id and identity is not None:
            found[entry.key] = identity
            del waiting[identity]
    open_entries = [entry for entry in entries if entry.key not in found]
    theirs = Counter(_label(entry.name, entry.title) for entry in open_entries)
    ours = Counter(_label(person.name, person.title) for person in waiting.values())
    by_label = {_label(person.name, person.title): person.id for person in waiting.values()}
    for entry in open_entries:
        label = _label(entry.name, entry.title)
        if any(label) and theirs[label] == ours[label] == 1:
            found[entry.key] = by_label[label]
    return found


def _label(name: str | None, title: str | None) -> tuple[str, str]:
    """What tells a seat from others: its holder's name, else its title."""
    return (fold(name), "") if name else ("", fold(title or ""))


def _match_teams(
    organization: Organization,
    roster: Roster,
    kept: Mapping[str, str],
    recorded: Mapping[str, str],
    seats: Seats,
    people: Mapping[str, str],
) -> tuple[dict[str, str], list[str]]:
    """The ids of teams by path, and the paths of those that no record knows."""
    units = {path_key(unit): unit for unit in roster.teams}
    teams = {path: recorded[path] for path in units if path in recorded}
    told: list[str] = []

    def take(path: str, identity: str, *, is_recorded: bool) -> None:
        teams[path] = identity
        if not is_recorded:
            told.append(path)

    root = next((team.id for team in organization.teams.values() if team.parent is None), None)
    has_root = root in teams.values() or teams.get("/") in organization.teams
    if root is not None and "/" in units and not has_root:
        take("/", root, is_recorded="/" in recorded)
    gone = {
        path: identity
        for path, identity in recorded.items()
        if path not in units and identity in organization.teams
    }
    by_path = {fold(_path(organization, team)): team for team in organization.teams}
    known = {*recorded.values(), *teams.values()}
    for path, unit in units.items():
        if path in teams:
            continue
        same = _moved_unit(unit, [other for other in units.values() if path_key(other) not in teams], gone)
        same = same or _renamed_unit(unit, roster, kept, gone, seats, organization, people)
        if same is not None:
            take(path, gone.pop(same), is_recorded=True)
            continue
        by_hand = by_path.get(fold(path))
        if by_hand is None or by_hand in known:
            by_hand = _only_named(organization, unit.name, known, units.values())
        if by_hand is not None:
            take(path, by_hand, is_recorded=False)
            known.add(by_hand)
    return teams, told


def _moved_unit(unit: Unit, waiting: Iterable[Unit], gone: Mapping[str, str]) -> str | None:
    """The path of the one team of this name that stands nowhere any more."""
    name = fold(unit.name)
    named = [path for path in gone if fold(path.rpartition("/")[2]) == name]
    return named[0] if len(named) == 1 and sum(fold(other.name) == name for other in waiting) == 1 else None


def _renamed_unit(
    unit: Unit,
    roster: Roster,
    kept: Mapping[str, str],
    gone: Mapping[str, str],
    seats: Seats,
    organization: Organization,
    people: Mapping[str, str],
) -> str | None:
    """The path of the team that stands nowhere any more and most of whose people are in this one."""
    keys = [roster.entries[place].key for place in unit.members]
    ids = {identity: path for path, identity in gone.items()}

    def earlier(key: str) -> str | None:
        said = seats.get(kept.get(key, ""), {}).get("team")
        if said is not None:
            return said
        person = organization.people.get(people.get(key, ""))
        return None if person is None else ids.get(person.team)

    came_from = Counter(path for key in keys if (path := earlier(key)) in gone)
    for path, count in came_from.most_common(1):
        if path is not None:
            size = sum(seat.get("team") == path for seat in seats.values()) or len(
                organization.index("members", gone[path])
            )
            if count * 2 > size and count * 2 > sum(key in people for key in keys):
                return path
    return None


def _path(organization: Organization, team: str) -> str:
    """The names of the teams above a team and its own, below the root, as a path; `/` for the root."""
    names: list[str] = []
    record = organization.teams.get(team)
    while record is not None and record.parent is not None:
        names.append(record.name)
        record = organization.teams.get(record.parent)
    return "/".join(reversed(names)) or "/"


def _only_named(
    organization: Organization, name: str, known: Iterable[str], units: Iterable[Unit]
) -> str | None:
    """The one team of this name that nothing has been matched with; None if there are several."""
    folded = fold(name)
    named = [
        team.id for team in organization.teams.values() if fold(team.name) == folded and team.id not in known
    ]
    return named[0] if len(named) == 1 and sum(fold(unit.name) == folded for unit in units) == 1 else None
