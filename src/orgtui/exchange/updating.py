"""What a newer export changes in an organisation that came from an earlier one, as one difference.

Only what changed in the export is taken over: what was changed by hand in the organisation stays, and so
does everything that HR knows nothing of. The record of the earlier import tells the two apart; without one,
whatever differs is taken over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from orgtui.changes.base import Change, Refused
from orgtui.changes.cascade import remove_acceptances_of_what_goes, remove_internal_links
from orgtui.changes.draft import Draft
from orgtui.changes.operations.functions import AddFunction, MoveFunction
from orgtui.changes.operations.naming import Rename
from orgtui.changes.operations.seats import AddSeat, EmptySeat, FillSeat, MovePerson
from orgtui.changes.operations.teams import CreateTeam, DissolveTeam, MoveTeam, SetLead
from orgtui.exchange.importing import Proposal
from orgtui.exchange.matching import Match, match
from orgtui.exchange.organization import give_ids, path_key
from orgtui.exchange.problems import ImportProblem, ImportSeverity
from orgtui.exchange.record import ImportRecord, kept_keys, leads_of, seats_of
from orgtui.exchange.roster.columns import HEADER_WITHIN
from orgtui.exchange.roster.headers import POSITION_IDS
from orgtui.exchange.roster.people import Entry
from orgtui.exchange.roster.roster import Member
from orgtui.exchange.roster.teams import Unit
from orgtui.exchange.roster.texts import fold_header
from orgtui.exchange.roster.vocabulary import Vocabulary
from orgtui.exchange.rows import SheetChoice
from orgtui.exchange.seat_changes import ChangeHolder, RemoveSeat, SetDay, SetSeat
from orgtui.model.gate import escape_control_chars
from orgtui.model.invalid import InvalidChange
from orgtui.model.kinds import decimal_share
from orgtui.model.records import Person, Team
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.store import Organization

COUNTED: Mapping[str, str] = {
    "joined": N_("{count} joined"),
    "left": N_("{count} left"),
    "moved": N_("{count} moved"),
    "new-manager": N_("{count} with a new manager"),
    "renamed": N_("{count} renamed"),
    "retitled": N_("{count} with a new title"),
    "holder": N_("{count:seat|seats} with a new holder"),
    "state": N_("{count} with a new state"),
    "fte": N_("{count} with a new FTE"),
    "team-new": N_("{count:new team|new teams}"),
    "team-closed": N_("{count:team|teams} closed"),
    "team-renamed": N_("{count:team|teams} renamed"),
    "team-moved": N_("{count:team|teams} moved"),
    "lead": N_("{count:team|teams} with a new lead"),
    "function-new": N_("{count:new function|new functions}"),
    "function-moved": N_("{count:function|functions} moved"),
    "day": N_("a new day"),
}
"""The kinds of changes with the words that count them, in the order in which they are told."""

NAMES_SHOWN = 20
"""How many names a note lists."""


@dataclass(frozen=True, slots=True)
class UpdateChange:
    """One thing that changed: its kind, a key of COUNTED; its fields as plain data; and what it says."""

    what: str
    fields: Mapping[str, object]
    says: Sentence


@dataclass(frozen=True, slots=True)
class Update:
    """What an export changes. Nothing may be written if there are errors among `problems`.

    `organization` is what comes out, `before` what there was, `record` the new record of the import.
    """

    before: Organization
    organization: Organization
    record: ImportRecord
    changes: tuple[UpdateChange, ...]
    problems: tuple[ImportProblem, ...]

    def counts(self) -> dict[str, int]:
        """How many changes of each kind there are, in the order of COUNTED."""
        found = Counter(change.what for change in self.changes)
        return {what: found[what] for what in COUNTED if found[what]}


def columns_of(record: ImportRecord, read: Sequence[SheetChoice]) -> dict[str, Sequence[str]]:
    """The columns of an earlier import that a newer file still has: those of a part all or none."""
    headers = {
        fold_header(escape_control_chars(cell)): cell
        for choice in read
        for sheet in choice.sheets
        for row in sheet.rows[:HEADER_WITHIN]
        for cell in row.cells
    }
    found: dict[str, Sequence[str]] = {}
    for part, names in record.columns.items():
        folded = [fold_header(name) for name in names]
        is_told = all(folded) and len(set(folded)) == len(folded)
        if is_told and headers.keys() >= set(folded):
            found[part] = [headers[each] for each in folded]
    return found


def columns_gone(record: ImportRecord, read: Sequence[SheetChoice]) -> list[ImportProblem]:
    """A note for each part whose columns a newer file has no more, unless it has none of them."""
    there = columns_of(record, read)
    return [
        ImportProblem(
            1,
            "note",
            "column-gone",
            sentence("no column {columns} any more; found anew by the headers", columns=", ".join(names)),
        )
        for part, names in record.columns.items()
        if there and part not in there
    ]


def fitting_answers(answers: Mapping[str, str], problems: Iterable[ImportProblem]) -> dict[str, str]:
    """The answers of an earlier import without those that are no choice any more; these are asked again."""
    fitting = dict(answers)
    for problem in problems:
        question = problem.question
        if question is None or question.key not in fitting:
            continue
        if all(option.value != fitting[question.key] for option in question.options):
            del fitting[question.key]
    return fitting


def update(
    organization: Organization,
    proposal: Proposal,
    record: ImportRecord | None,
    vocabulary: Vocabulary,
    today: date,
) -> Update:
    """What a proposal without errors changes in an organisation; alters neither.

    Without a record people and teams are told by id or by name, and nobody is taken out who is only missing.
    """
    assert proposal.record is not None
    return _Updating(organization, proposal, proposal.record, record, vocabulary).run(today)


@dataclass(slots=True)
class _Planned:
    """A change that is to be made: what kind it is, what it says, and whom it is about, if anybody."""

    what: str
    change: Change
    says: Sentence
    about: Entry | None = None


@dataclass(slots=True)
class _Updating:
    """An update as far as it has been worked out; `after` is the organisation with what was made so far."""

    before: Organization
    proposal: Proposal
    found_record: ImportRecord
    earlier: ImportRecord | None
    vocabulary: Vocabulary
    after: Organization = field(init=False)
    kept: dict[str, str] = field(init=False)
    matched: Match = field(init=False)
    people: dict[str, str] = field(init=False)
    teams: dict[str, str] = field(init=False)
    performed: dict[str, str] = field(init=False)
    still_leading: dict[str, str] = field(default_factory=dict)
    changes: list[UpdateChange] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)

    def run(self, today: date) -> Update:
        roster = self.proposal.roster
        self.after = self.before.copy()
        self.kept = kept_keys(member.entry for member in roster.members)
        self.matched = match(self.before, roster, self.kept, self.earlier)
        recorded = (
            () if self.earlier is None else (*self.earlier.people.values(), *self.earlier.teams.values())
        )
        taken = {*self.before.people, *self.before.teams, *recorded}
        self.people, self.teams = give_ids(roster, self.matched.people, self.matched.teams, taken)
        proposed = self.proposal.functions.functions if self.found_record.source.functions else ()
        self.performed = {seat.entry.key: each.function.id for each in proposed for seat in each.seats}
        self._tell_matches()
        # Each after what it rests on: teams before who sits there, people before the teams that they lead.
        for unit in roster.teams:
            self._make(self._new_team(unit))
        self._make(self._team_changes())
        self._make(self._new_functions())
        self._make(each for member in roster.members for each in self._seat_changes(member))
        self._make(self._leads())
        self._make(self._vacated_leads())
        self._make(self._leavers())
        for team in sorted(self._closed_teams(), key=self._depth, reverse=True):
            self._make(self._functions_follow(team))
            self._make(self._closed_team(team))
        self._tell_managers()
        if self.changes:
            self._make(self._day(today))
        order = list(COUNTED)
        self.changes.sort(key=lambda change: order.index(change.what))
        answers = {} if self.earlier is None else self.earlier.answers
        said = self.still_leading | leads_of(roster, self.kept)
        record = replace(
            self.found_record,
            answers={**answers, **self.found_record.answers},
            people={short: self.people[key] for key, short in self.kept.items()},
            teams={path: self.teams[path] for path in map(path_key, roster.teams)},
            seats=seats_of(roster, self.kept),
            leads={path: said[path] for path in map(path_key, roster.teams) if path in said},
        )
        return Update(self.before, self.after, record, tuple(self.changes), tuple(self.problems))

    # -- making ------------------------------------------------------------------------------------

    def _make(self, planned: Iterable[_Planned]) -> None:
        """Make changes that do not rest on one another, all in one draft; tell what cannot be made."""
        draft = Draft(self.after)
        made: list[_Planned] = []
        try:
            for each in planned:
                try:
                    each.change.edit(draft)
                except Refused as refused:
                    says = sentence("left as it is: {reason}", reason=refused.sentence)
                    self._tell("note", "left-as-it-is", says, each.about)
                else:
                    made.append(each)
            remove_internal_links(draft)
            remove_acceptances_of_what_goes(draft)
            draft.check_names()
        except Refused as refused:
            self._tell("error", "refused", refused.sentence)
            return
        except InvalidChange as invalid:
            for _, wrong, right in invalid.problems:
                self._tell("error", "invalid", sentence("{problem}: {advice}", problem=wrong, advice=right))
            return
        for assignment in draft.sets():
            self.after.apply(assignment)
        self.changes += [UpdateChange(each.what, _fields(each.change), each.says) for each in made]

    def _tell(self, severity: ImportSeverity, code: str, says: Sentence, about: Entry | None = None) -> None:
        line = max(self.proposal.roster.table.header_line, 1) if about is None else about.line
        source = 0 if about is None else about.source
        key = None if about is None else about.key
        self.problems.append(ImportProblem(line, severity, code, says, key, source=source))

    # -- teams -------------------------------------------------------------------------------------

    def _team(self, unit: Unit) -> str:
        """The team of a unit, or of the next one above it if it was dissolved by hand."""
        while self.teams[path_key(unit)] not in self.after.teams and unit.parent is not None:
            unit = unit.parent
        return self.teams[path_key(unit)]

    def _was_here(self, unit: Unit) -> bool:
        """Whether an earlier import or somebody by hand made the team of a unit."""
        return path_key(unit) in self.matched.teams

    def _new_team(self, unit: Unit) -> Iterator[_Planned]:
        if self._was_here(unit) or unit.parent is None:
            return
        team, parent = self.teams[path_key(unit)], self._team(unit.parent)
        says = sentence("{team} below {parent}", team=_team_ref(team), parent=_team_ref(parent))
        yield _Planned("team-new", CreateTeam(team, unit.name, parent), says)

    def _team_changes(self) -> Iterator[_Planned]:
        """New names and places of the teams whose path in the file is another than before."""
        recorded = {} if self.earlier is None else self.earlier.teams
        for unit in self.proposal.roster.teams:
            identity = self.teams[path_key(unit)]
            team = self.after.teams.get(identity)
            if not self._was_here(unit) or team is None or unit.parent is None:
                continue
            if recorded.get(path_key(unit)) == identity:
                continue
            if unit.name != team.name:
                says = sentence("{before} is now {team}", before=team.name, team=_team_ref(identity))
                yield _Planned("team-renamed", Rename("team", identity, unit.name), says)
            parent = self._team(unit.parent)
            if parent != team.parent and self._moved_in_file(unit, identity):
                says = sentence(
                    "{team} from {before} to {to}",
                    team=_team_ref(identity),
                    before=_team_ref(team.parent or ""),
                    to=_team_ref(parent),
                )
                yield _Planned("team-moved", MoveTeam(identity, parent), says)

    def _moved_in_file(self, unit: Unit, team: str) -> bool:
        """Whether the file has a team below another one than before."""
        assert unit.parent is not None
        before = None if self.earlier is None else _key_of(self.earlier.teams, team)
        if self.earlier is None or before is None:
            return True
        above = before.rpartition("/")[0] or "/"
        return self.earlier.teams.get(above) != self.teams[path_key(unit.parent)]

    def _closed_teams(self) -> list[str]:
        return [team for team in self.matched.gone if team in self.after.teams]

    def _depth(self, team: str) -> int:
        return len(Draft(self.after).path_to_root(team))

    def _functions_follow(self, team: str) -> Iterator[_Planned]:
        """The functions of a team that closes go where most of their work is done now."""
        for function in self.after.index("functions_of", team):
            work: Counter[str] = Counter()
            for performer in self.after.index("performers", function):
                seat = self.after.people[performer]
                work[seat.team] += seat.functions[function]
            del work[team]
            if work:
                to = max(work, key=lambda each: (work[each], each))
                says = sentence(
                    "{function} from {before} to {to}",
                    function=Ref.to("function", function),
                    before=_team_ref(team),
                    to=_team_ref(to),
                )
                yield _Planned("function-moved", MoveFunction(function, to), says)

    def _closed_team(self, team: str) -> Iterator[_Planned]:
        parent = self.after.teams[team].parent
        says = sentence("{team}", team=_team_ref(team))
        seats = self.after.index("members", team)
        if seats:
            people = tuple(Ref.to("person", seat) for seat in seats)
            says = sentence(
                "{team}; {people} to {to}", team=_team_ref(team), people=people, to=_team_ref(parent or "")
            )
        yield _Planned("team-closed", DissolveTeam(team, parent, parent, parent), says)

    # -- seats -------------------------------------------------------------------------------------

    def _seat_changes(self, member: Member) -> Iterator[_Planned]:
        entry, team = member.entry, member.team
        assert team is not None
        identity = self.people[entry.key]
        seat = self.before.people.get(identity)
        if seat is None:
            if entry.key in self.matched.people:
                says = sentence("was taken out of the organisation by hand and stays out")
                self._tell("note", "taken-out-by-hand", says, entry)
            else:
                yield self._joined(member, identity)
        elif seat.state == "closed":
            self._tell("note", "closed-by-hand", sentence("the seat is closed and stays closed"), entry)
        else:
            yield from self._holder_changes(entry, seat)
            yield from self._move(entry, team, seat)

    def _joined(self, member: Member, identity: str) -> _Planned:
        entry = member.entry
        assert member.team is not None
        team = self._team(member.team)
        function = self.performed.get(entry.key, "")
        functions = {function: entry.fte} if function in self.after.functions else {}
        seat = AddSeat(
            identity, team, entry.name, entry.title, _open_state(entry), entry.fte, functions or None
        )
        person = Ref.to("person", identity)
        said: dict[str, object] = {"person": person, "team": _team_ref(team)}
        if functions:
            named = tuple(Ref.to("function", each) for each in functions)
            says = sentence("{person} in {team}, on {functions}", **said, functions=named)
        else:
            says = sentence("{person} in {team}", **said)
        return _Planned("joined", seat, says, entry)

    def _new_functions(self) -> Iterator[_Planned]:
        """The functions that those who join perform and nobody has so far."""
        if not self.found_record.source.functions:
            return
        for each in self.proposal.functions.functions:
            joining = [seat for seat in each.seats if self.people[seat.entry.key] not in self.before.people]
            joining = [seat for seat in joining if seat.entry.key not in self.matched.people]
            function = each.function
            if not joining or function.id in self.after.functions:
                continue
            home = joining[0].team
            assert home is not None
            made = AddFunction(
                function.id,
                self.vocabulary.named(function),
                function.area if function.area in self.after.areas else None,
                self._team(home),
                tuple(stage for stage in function.stages if stage in self.after.stages),
                dict(function.skills) or None,
            )
            says = sentence(
                "{function} in {team}",
                function=Ref.to("function", function.id),
                team=_team_ref(made.team or ""),
            )
            yield _Planned("function-new", made, says)

    def _changed(self, entry: Entry, name: str, value: str | None) -> bool:
        """Whether the file says something else of a seat than it did before, as far as that is known."""
        image = self._said_before(entry)
        return image is None or image.get(name) != value

    def _said_before(self, entry: Entry) -> Mapping[str, str] | None:
        return None if self.earlier is None else self.earlier.seats.get(self.kept[entry.key])

    def _holder_changes(self, entry: Entry, seat: Person) -> Iterator[_Planned]:
        """What changed of a seat that stays, but for its team."""
        person, state = Ref.to("person", seat.id), _open_state(entry)
        told: dict[str, object] = {"person": person}
        filled: dict[str, Any] = {}
        name_changed = (
            entry.name is not None and entry.name != seat.name and self._changed(entry, "name", entry.name)
        )
        if seat.state != state and self._changed(entry, "state", state):
            says = sentence(
                "{person}: {before} → {state}", **told, before=_word(seat.state), state=_word(state)
            )
            if state == "vacant" and seat.state == "filled":
                before = seat.name or seat.id
                says = sentence("{name} left the seat, which is vacant", name=before)
                yield _Planned("state", EmptySeat(seat.id), says, entry)
            elif state == "filled":
                filled = {"name": entry.name}
                yield _Planned("state", FillSeat(seat.id, entry.name), says, entry)
            else:
                cleared = ("name",) if entry.name is None and seat.name is not None else ()
                filled = {"name": entry.name}
                change = SetSeat(seat.id, name=entry.name, state=state, clear=cleared)
                yield _Planned("state", change, says, entry)
        if name_changed and not filled and entry.name is not None:
            said = {"before": seat.name or seat.id, "name": entry.name}
            if self._is_by_position() and seat.state == "filled" == state:
                says = sentence("{name} sits where {before} sat", **said)
                yield _Planned("holder", ChangeHolder(seat.id, entry.name), says, entry)
            else:
                says = sentence("{before} is now {name}", **said)
                yield _Planned("renamed", Rename("person", seat.id, entry.name), says, entry)
        table = self.proposal.roster.table
        if table.has("title") and entry.title != seat.title and self._changed(entry, "title", entry.title):
            cleared = ("title",) if entry.title is None else ()
            says = sentence(
                "{person}: {before} → {title}", **told, before=seat.title or "–", title=entry.title or "–"
            )
            yield _Planned("retitled", SetSeat(seat.id, title=entry.title, clear=cleared), says, entry)
        says_fte = table.has("fte") or table.has("hours")
        if says_fte and entry.fte != seat.fte and self._changed(entry, "fte", str(entry.fte)):
            says = sentence(
                "{person}: {before} → {fte}",
                **told,
                before=str(decimal_share(seat.fte)),
                fte=str(decimal_share(entry.fte)),
            )
            yield _Planned("fte", SetSeat(seat.id, fte=entry.fte), says, entry)

    def _is_by_position(self) -> bool:
        """Whether the ids are those of seats, in which one may follow the other."""
        table = self.proposal.roster.table
        places = table.columns.get("id", ())[:1]
        return any(fold_header(table.headers[place]) in POSITION_IDS for place in places)

    def _move(self, entry: Entry, unit: Unit, seat: Person) -> Iterator[_Planned]:
        team, image = self._team(unit), self._said_before(entry)
        if image is not None and self.earlier is not None:
            before = image.get("team", "")
            if before == path_key(unit) or self.earlier.teams.get(before) == self.teams[path_key(unit)]:
                return
        if team != seat.team:
            says = sentence(
                "{person} from {before} to {to}",
                person=Ref.to("person", seat.id),
                before=_team_ref(seat.team),
                to=_team_ref(team),
            )
            yield _Planned("moved", MovePerson(seat.id, team), says, entry)

    def _leavers(self) -> Iterator[_Planned]:
        for identity, entry in self.matched.leavers.items():
            seat = self.before.people.get(identity)
            if seat is not None and seat.state != "closed":
                says = sentence(
                    "{person} of {team}", person=Ref.to("person", identity), team=_team_ref(seat.team)
                )
                yield _Planned("left", RemoveSeat(identity), says, entry)

    # -- leads -------------------------------------------------------------------------------------

    def _leads(self) -> Iterator[_Planned]:
        """The leads that are others in the file than before."""
        roster = self.proposal.roster
        said_before = {} if self.earlier is None else self.earlier.leads
        for unit in roster.teams:
            identity = self.teams[path_key(unit)]
            team = self.after.teams.get(identity)
            if team is None:
                continue
            lead = None if unit.lead is None else self.people.get(roster.entries[unit.lead].key)
            path = None if self.earlier is None else _key_of(self.earlier.teams, identity)
            key = None if path is None else said_before.get(path)
            before = None if key is None or self.earlier is None else self.earlier.people.get(key)
            if lead == team.lead or (said_before and path is not None and lead == before):
                continue
            if lead is None and key in {self.kept.get(roster.entries[p].key) for p in unit.members}:
                # The file tells no lead any more, as of a team without reports, and no other either.
                assert key is not None
                self.still_leading[path_key(unit)] = key
            elif lead is not None or (team.lead is not None and team.lead == before):
                yield self._lead(team, lead)

    def _lead(self, team: Team, lead: str | None) -> _Planned:
        said = {"team": _team_ref(team.id)}
        if lead is None:
            says = sentence("{team}: nobody instead of {before}", **said, before=_person_ref(team.lead))
        elif team.lead is None:
            says = sentence("{team}: {lead}", **said, lead=_person_ref(lead))
        else:
            says = sentence(
                "{team}: {lead} instead of {before}",
                **said,
                lead=_person_ref(lead),
                before=_person_ref(team.lead),
            )
        return _Planned("lead", SetLead(team.id, lead), says)

    def _vacated_leads(self) -> Iterator[_Planned]:
        """Nobody leads the teams that somebody leads who has left."""
        for identity in self.matched.leavers:
            for team in self.after.index("led_by", identity):
                yield self._lead(self.after.teams[team], None)

    # -- the rest ----------------------------------------------------------------------------------

    def _day(self, today: date) -> Iterator[_Planned]:
        said = self.proposal.roster.table.as_of
        day = today if said is None else date.fromisoformat(said)
        if day > self.after.profile.as_of:
            says = sentence("{before} → {day}", before=self.after.profile.as_of, day=day)
            yield _Planned("day", SetDay(day), says)

    def _tell_managers(self) -> None:
        """Who has another manager than before, as teams and leads give them."""
        for person in self.after.people.values():
            before = self.before.people.get(person.id)
            if before is None or "closed" in (person.state, before.state):
                continue
            old, new = _manager(self.before, before), _manager(self.after, person)
            if old != new:
                told = {"person": _person_ref(person.id)}
                self.changes.append(
                    UpdateChange(
                        "new-manager",
                        {"person": person.id, "from": old, "to": new},
                        sentence(
                            "{person}: {before} → {manager}",
                            **told,
                            before="–" if old is None else _person_ref(old),
                            manager="–" if new is None else _person_ref(new),
                        ),
                    )
                )

    def _tell_matches(self) -> None:
        """Say what was told without a record, and what is only in the organisation."""
        entries = {member.entry.key: member.entry for member in self.proposal.roster.members}
        known = self.matched.by_name
        for key in entries.keys() & known:
            if self.earlier is not None:
                says = sentence("is taken as {id}, who is here already", id=self.people[key])
                self._tell("note", "taken-as", says, entries[key])
        if self.earlier is None:
            says = sentence(
                "no record of an import: {people:person|people} and {teams:team|teams} told by id or name",
                people=len(entries.keys() & known),
                teams=len(known - entries.keys()),
            )
            self._tell("note", "no-record", says)
        here = {*self.people.values(), *self.matched.leavers}
        alone = [p for p in self.before.people.values() if p.id not in here and p.state != "closed"]
        self._tell_alone([person.name or person.title or person.id for person in alone])
        there = {*self.teams.values(), *self.matched.gone}
        self._tell_alone([team.name for team in self.before.teams.values() if team.id not in there])

    def _tell_alone(self, names: Sequence[str]) -> None:
        if names:
            more = len(names) - NAMES_SHOWN
            listed = (*names[:NAMES_SHOWN], *([f"+{more}"] if more > 0 else []))
            says = sentence("only in the organisation, and staying: {names}", names=listed)
            self._tell("note", "only-here", says)


def _fields(change: Change) -> dict[str, object]:
    from orgtui.changes.parse import change_to_mapping

    return change_to_mapping(change)


def _open_state(entry: Entry) -> Any:
    return "vacant" if entry.state == "closed" else entry.state


def _word(state: str) -> Sentence:
    return Sentence(state)


def _team_ref(team: str) -> Ref:
    return Ref.to("team", team)


def _person_ref(person: str | None) -> Ref:
    return Ref.to("person", person or "")


def _key_of(ids: Mapping[str, str], identity: str) -> str | None:
    return next((key for key, each in ids.items() if each == identity), None)


def _manager(organization: Organization, person: Person) -> str | None:
    """The first lead met on the way up from a seat who is somebody else."""
    team: Team | None = organization.teams.get(person.team)
    while team is not None and (team.lead is None or team.lead == person.id):
        team = None if team.parent is None else organization.teams.get(team.parent)
    return None if team is None else team.lead
