"""Operations on seats and on the functions, skills and learning of their holders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from orgtui.changes.base import Change, WriteKey, field_to_mapping, operation, record_to_mapping
from orgtui.changes.draft import Draft
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import FunctionId, PersonId, SkillId, TeamId
from orgtui.model.kinds import Flag, Fte, Ids, Level, Levels, Name, Share, Shares, Text, decimal_share
from orgtui.model.records import PERSON_PREFIX, Person
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization

OpenState = Literal["filled", "vacant", "planned"]
"""The possible states of a new seat."""


def _ref(person: str) -> Ref:
    return Ref.to("person", person)


def move_seat(draft: Draft, person: str, team: str) -> None:
    """Move a person to another team; raises Refused for a closed seat and for a person who sits there."""
    seat = draft.open_seat(person)
    if seat.team == team:
        raise refuse("{person} already sits in {team}", person=_ref(person), team=Ref.to("team", team))
    draft.put(replace(seat, team=team))


@operation(says=N_("moved {person} to {to}"))
@dataclass(frozen=True, slots=True)
class MovePerson(Change):
    """Seat someone in another team; leads, functions and missions stay."""

    op: ClassVar[str] = "move_person"
    person: PersonId
    to: TeamId

    def edit(self, draft: Draft) -> None:
        draft.team(self.to)
        move_seat(draft, self.person, self.to)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.people.get(self.person), "team")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "team"),)


@operation(says=N_("put {person} on {function} at {share}"))
@dataclass(frozen=True, slots=True)
class Assign(Change):
    """Give someone a share of a function, in place of the share there is."""

    op: ClassVar[str] = "assign"
    person: PersonId
    function: FunctionId
    share: Share

    def edit(self, draft: Draft) -> None:
        seat = draft.open_seat(self.person)
        draft.function(self.function)
        if seat.functions.get(self.function) == self.share:
            raise refuse(
                "{person} already spends {share} of a week on {function}",
                person=_ref(self.person),
                share=decimal_share(self.share),
                function=Ref.to("function", self.function),
            )
        draft.put(replace(seat, functions={**seat.functions, self.function: self.share}))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _share_of(organization, self.person, self.function)

    def was_in_present_form(self, was: Mapping[str, object]) -> Mapping[str, object]:
        return _shares_was(was, self.function)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "function", self.function),)


@operation(says=N_("took {person} off {function}"))
@dataclass(frozen=True, slots=True)
class Unassign(Change):
    """Take a function from someone."""

    op: ClassVar[str] = "unassign"
    person: PersonId
    function: FunctionId

    def edit(self, draft: Draft) -> None:
        seat = draft.open_seat(self.person)
        draft.function(self.function)
        if self.function not in seat.functions:
            raise refuse(
                "{person} has no share of {function}",
                person=_ref(self.person),
                function=Ref.to("function", self.function),
            )
        draft.put(replace(seat, functions=_without(seat.functions, self.function)))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _share_of(organization, self.person, self.function)

    def was_in_present_form(self, was: Mapping[str, object]) -> Mapping[str, object]:
        return _shares_was(was, self.function)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "function", self.function),)


def _share_of(organization: Organization, person: str, function: str) -> dict[str, object]:
    seat = organization.people.get(person)
    if seat is None or function not in seat.functions:
        return {}
    return {"functions": {function: decimal_share(seat.functions[function])}}


def _shares_was(was: Mapping[str, object], function: str) -> Mapping[str, object]:
    """What was replaced, from plans that named the share alone as well."""
    return {"functions": {function: was["share"]}} if "share" in was else was


def _without(table: Any, key: str) -> dict[str, Any]:
    return {other: value for other, value in table.items() if other != key}


@operation(says=N_("noted level {level} in {skill} for {person}"))
@dataclass(frozen=True, slots=True)
class SetSkill(Change):
    """Write down how well someone masters a skill."""

    op: ClassVar[str] = "set_skill"
    person: PersonId
    skill: SkillId
    level: Level

    def edit(self, draft: Draft) -> None:
        seat = draft.open_seat(self.person)
        if seat.skills.get(self.skill) == self.level:
            raise refuse(
                "{person} already has level {level} in {skill}",
                person=_ref(self.person),
                level=self.level,
                skill=Ref.to("skill", self.skill),
            )
        draft.put(replace(seat, skills={**seat.skills, self.skill: self.level}))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        seat = organization.people.get(self.person)
        if seat is None or self.skill not in seat.skills:
            return {}
        return {"skills": {self.skill: seat.skills[self.skill]}}

    def was_in_present_form(self, was: Mapping[str, object]) -> Mapping[str, object]:
        return {"skills": {self.skill: was["level"]}} if "level" in was else was

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "skill", self.skill),)


@operation(says={"on": N_("let {person} learn {skill}"), "": N_("stopped {person} learning {skill}")})
@dataclass(frozen=True, slots=True)
class SetLearning(Change):
    """Let someone learn a skill, or no longer."""

    op: ClassVar[str] = "set_learning"
    person: PersonId
    skill: SkillId
    on: Flag

    def edit(self, draft: Draft) -> None:
        seat = draft.open_seat(self.person)
        skill = Ref.to("skill", self.skill)
        if self.on:
            if self.skill in seat.learning:
                raise refuse("{person} already learns {skill}", person=_ref(self.person), skill=skill)
            learning = (*seat.learning, self.skill)
        else:
            if self.skill not in seat.learning:
                raise refuse("{person} does not learn {skill}", person=_ref(self.person), skill=skill)
            learning = tuple(each for each in seat.learning if each != self.skill)
        draft.put(replace(seat, learning=learning))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        seat = organization.people.get(self.person)
        return {"learning": [self.skill]} if seat is not None and self.skill in seat.learning else {}

    def was_in_present_form(self, was: Mapping[str, object]) -> Mapping[str, object]:
        if "on" not in was:
            return was
        return {"learning": [self.skill]} if was["on"] else {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "learning", self.skill),)


# -- the seats themselves ------------------------------------------------------------------------


@operation(says=N_("added {person} to {team}"))
@dataclass(frozen=True, slots=True)
class AddSeat(Change):
    """Open a seat in a team: filled unless `state` says vacant or planned."""

    op: ClassVar[str] = "add_seat"
    person: PersonId
    team: TeamId
    name: Name | None = None
    title: Text | None = None
    state: OpenState = "filled"
    fte: Fte = 100
    functions: Shares | None = None
    skills: Levels | None = None
    learning: Ids = ()
    assistant: Flag = False

    def edit(self, draft: Draft) -> None:
        draft.check_new("person", self.person)
        draft.team(self.team)
        if self.state == "filled" and self.name is None:
            raise refuse("A filled seat needs the name of who sits there; {id} has none", id=self.person)
        draft.check_all_exist("function", self.functions or {})
        draft.put(
            Person(
                self.person,
                self.team,
                self.name,
                self.title,
                self.state,
                self.fte,
                self.functions or {},
                self.skills or {},
                self.learning,
                self.assistant,
            )
        )

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person),)

    def combined_with(self, later: Change) -> Change | None:
        functions, skills = self.functions or {}, self.skills or {}
        match later:
            case MovePerson():
                return replace(self, team=later.to)
            case Assign():
                return replace(self, functions={**functions, later.function: later.share})
            case Unassign():
                return replace(self, functions=_without(functions, later.function))
            case SetSkill():
                return replace(self, skills={**skills, later.skill: later.level})
            case SetLearning(on=True):
                return replace(self, learning=(*self.learning, later.skill))
            case SetLearning():
                return replace(self, learning=tuple(s for s in self.learning if s != later.skill))
            case SetAssistant():
                return replace(self, assistant=later.on)
            case FillSeat():
                return replace(self, state="filled", **later.new_values())
        return None


@operation(says={"on": N_("made {person} an assistant"), "": N_("made {person} no assistant any more")})
@dataclass(frozen=True, slots=True)
class SetAssistant(Change):
    """Let a seat stand beside its manager and count in no span, or count again; it belongs to the seat."""

    op: ClassVar[str] = "set_assistant"
    person: PersonId
    on: Flag

    def edit(self, draft: Draft) -> None:
        seat = draft.open_seat(self.person)
        if seat.assistant == self.on:
            if self.on:
                raise refuse("{person} already is an assistant", person=_ref(self.person))
            raise refuse("{person} is no assistant", person=_ref(self.person))
        draft.put(replace(seat, assistant=self.on))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.people.get(self.person), "assistant")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "assistant"),)


@operation(says=N_("filled the seat of {person}"))
@dataclass(frozen=True, slots=True)
class FillSeat(Change):
    """Let someone sit in a vacant or planned seat; what is not given stays as the seat has it."""

    op: ClassVar[str] = "fill_seat"
    person: PersonId
    name: Name | None = None
    title: Text | None = None
    fte: Fte | None = None
    functions: Shares | None = None
    skills: Levels | None = None
    learning: Ids | None = None

    def new_values(self) -> dict[str, Any]:
        names = ("name", "title", "fte", "functions", "skills", "learning")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    def edit(self, draft: Draft) -> None:
        seat = draft.open_seat(self.person)
        if seat.state == "filled":
            raise refuse("{person} already sits there", person=_ref(self.person))
        if self.name is None and seat.name is None:
            raise refuse("Say the name of who is to sit in {person}", person=_ref(self.person))
        draft.check_all_exist("function", self.functions or {})
        draft.put(replace(seat, state="filled", **self.new_values()))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        seat = organization.people.get(self.person)
        return {} if seat is None else record_to_mapping(seat, "state", *self.new_values())

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "seat"),)


@operation(says=N_("emptied the seat {person}"))
@dataclass(frozen=True, slots=True)
class EmptySeat(Change):
    """Let the holder go: name, skills and learning go along, the seat and its work stay, vacant."""

    op: ClassVar[str] = "empty_seat"
    person: PersonId

    def edit(self, draft: Draft) -> None:
        seat = draft.open_seat(self.person)
        if seat.state != "filled":
            raise refuse("Nobody sits in {person}", person=_ref(self.person))
        draft.put(replace(seat, state="vacant", name=None, skills={}, learning=()))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        seat = organization.people.get(self.person)
        return {} if seat is None else record_to_mapping(seat, "state", "name", "skills", "learning")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "seat"),)


@operation(says=N_("closed the seat of {person}"), details={"lead_to": N_("{lead_to} leads instead")})
@dataclass(frozen=True, slots=True)
class CloseSeat(Change):
    """Give a seat up: it leaves missions, knowledge links and functions; `lead_to` takes what it leads."""

    op: ClassVar[str] = "close_seat"
    person: PersonId
    lead_to: PersonId | None = None

    def edit(self, draft: Draft) -> None:
        seat = draft.open_seat(self.person)
        if self.lead_to is not None:
            draft.open_seat(self.lead_to)
            if self.lead_to == self.person:
                raise refuse("{person} cannot take over from themselves", person=_ref(self.person))
        led = draft.index("led_by", self.person)
        if led and self.lead_to is None:
            raise refuse(
                "{person} leads {teams}: say who leads there instead",
                person=_ref(self.person),
                teams=tuple(Ref.to("team", team) for team in led),
            )
        draft.put(replace(seat, state="closed", functions={}))
        for team in led:
            draft.put(replace(draft.team(team), lead=self.lead_to, acting_until=None))
        for key in draft.index("missions_with", self.person):
            mission = draft.get("mission", key)
            draft.put(
                replace(
                    mission,
                    lead=None if mission.lead == self.person else mission.lead,
                    people=tuple(each for each in mission.people if each != self.person),
                )
            )
        for key in draft.index("shares_at", PERSON_PREFIX + self.person):
            draft.remove("share", key)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        seat = organization.people.get(self.person)
        if seat is None:
            return {}
        draft = Draft(organization)
        links = draft.index("shares_at", PERSON_PREFIX + self.person)
        held = {
            "leads": draft.index("led_by", self.person),
            "missions": draft.index("missions_with", self.person),
            "shares": [list(link) for link in links],
        }
        return record_to_mapping(seat, "state", "functions") | {
            key: each for key, each in held.items() if each
        }

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "seat"),)
