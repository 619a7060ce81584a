"""What every export is made of: a restructuring as plain values, worded in the language of the process.

A report has no clock and no random order: the same input gives the same report. It never mentions pay unless
it was built with pay. Texts come from people's data and are not escaped: each format does that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from orgtui.model.records import Number, SeatState, Severity
from orgtui.model.store import Organization

Mark = Literal["new", "moved", "changed", "gone"]
"""How something differs from the other state; `gone` is closed, dissolved or removed."""

Standing = Literal["resolved", "new", "left", "accepted"]
"""What the plan does to a finding: takes it away, brings it, leaves it; or it is accepted with a reason."""

Joint = Literal["tracked", "blind", "broken"]
"""How a stage hands over to the next: tracked, untracked, or not at all."""

MOST_SEATS_OF_WAVES = 3000
"""Of larger organisations the states after each wave are not made: their pictures would say little."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat as a picture shows it; `name` is its holder, or its title with its state if it has none.

    `elsewhere` is the name of the team that it sits in in the other state, if that is another one: before it
    is where the seat goes to, after it is where it came from. `manager` is the id of the seat it reports to.
    """

    id: str
    name: str
    title: str | None
    state: SeatState
    fte: Decimal
    manager: str | None
    is_lead: bool = False
    mark: Mark | None = None
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A function as a picture shows it; `elsewhere` as of a seat."""

    id: str
    name: str
    area: str | None
    stages: tuple[str, ...]
    mark: Mark | None = None
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team with what sits in it; `seats` begin with the lead and are without closed ones of before.

    In the state before, `gone` marks what the plan takes away; in the state after, `new`, `moved` and
    `changed` mark what the plan did, and what went is not there. `headcount` are the open seats of the team
    and of all below it, `lead` is the name of its lead, wherever the lead sits. `worst` is the gravest
    finding of the team, its functions and its own seats, `findings` is how many of these it has (accepted
    ones left out).
    """

    id: str
    name: str
    parent: str | None
    depth: int
    lead: str | None
    lead_id: str | None
    headcount: int
    seats: tuple[Seat, ...]
    functions: tuple[Work, ...]
    is_focus: bool = False
    mark: Mark | None = None
    elsewhere: str | None = None
    worst: Severity | None = None
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the funnel: who works it, and how it hands over to the next.

    `functions` and `teams` are how many serve it; `owner` is the department outside marketing that works it.
    `joint` is None after the last stage, and between two stages of departments without a handoff.
    """

    id: str
    name: str
    owner: str | None
    functions: int
    teams: int
    joint: Joint | None


@dataclass(frozen=True, slots=True)
class Lane:
    """A team with functions that serve stages, for the picture of the funnel; `functions` in file order."""

    team: str
    name: str
    functions: tuple[Work, ...]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A family of functions; `number` is its place in funnel order, from 0."""

    id: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """The funnel of one state: its stages in order, and the lanes in the order of the tree."""

    stages: tuple[Stage, ...]
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class KnowledgeTeam:
    """A team in the web of knowledge; `island` numbers the parts that no link joins, the largest is 0.

    `is_isolated`: it has functions and shares with nobody.
    """

    id: str
    name: str
    island: int
    is_isolated: bool = False
    division: str | None = None


@dataclass(frozen=True, slots=True)
class KnowledgeLink:
    """What two teams share; `topics` by name. `both_ways`: each gives to the other."""

    source: str
    target: str
    topics: tuple[str, ...]
    both_ways: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class SingleHolder:
    """A skill that one person alone has, with that person's team."""

    skill: str
    person: str
    team: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Who shares what in one state."""

    teams: tuple[KnowledgeTeam, ...]
    links: tuple[KnowledgeLink, ...]
    single_holders: tuple[SingleHolder, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """One state: its teams from the root down, each followed by those below it, and what it comes to."""

    teams: tuple[Team, ...]
    funnel: Funnel
    knowledge: Knowledge
    headcount: int

    @property
    def root(self) -> Team:
        return self.teams[0]

    def team(self, identity: str) -> Team | None:
        """The team with an id; None if this state has none."""
        return next((each for each in self.teams if each.id == identity), None)

    def children(self, team: str) -> Iterator[Team]:
        """The teams right below a team, in order."""
        return (each for each in self.teams if each.parent == team)


@dataclass(frozen=True, slots=True)
class Metric:
    """A number of both states; `text` and `text_before` are as shown. `verdict` is None where neither is.

    Without a plan the values before are those after.
    """

    key: str
    label: str
    before: Number | None
    after: Number | None
    text_before: str
    text: str
    verdict: Literal["better", "worse"] | None


@dataclass(frozen=True, slots=True)
class AimedNumber:
    """A target in words: what is measured, what is asked for, and the number before and after.

    `is_missed` is None where the metric has no value after. Without a plan both numbers are the same.
    """

    label: str
    asked: str
    text_before: str
    text: str
    is_missed: bool | None


@dataclass(frozen=True, slots=True)
class Remark:
    """A note: the name of what it is on, its text, and who wrote it when, as far as that is known."""

    on: str
    text: str
    by: str | None
    at: date | None

    @property
    def source(self) -> str:
        """Who wrote it and when; empty if neither is known."""
        return " · ".join(str(each) for each in (self.by, self.at) if each is not None)


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding in the words of the screen; `subjects` are the names of what it is about.

    `why`, `by` and `until` are those of an accepted one. `refs` are the subjects as `kind:id`, `by_id` is who
    accepted it as the file has it, both for programs.
    """

    code: str
    severity: Severity
    standing: Standing
    message: str
    subjects: tuple[str, ...]
    why: str | None = None
    by: str | None = None
    until: date | None = None
    refs: tuple[str, ...] = ()
    by_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One step of the plan in words, with its reason and who made it; `number` counts from 1.

    `who` is a name where it is somebody of the organisation, `who_id` is what the plan has.
    """

    number: int
    what: str
    why: str | None
    who: str | None
    who_id: str | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """The changes announced and done together; `name` and `on` are what the plan says of it, if it does."""

    number: int
    name: str | None
    on: date | None
    changes: tuple[PlannedChange, ...]


@dataclass(frozen=True, slots=True)
class WaveState:
    """The teams after a wave and those before it, from the root down, marked against those before the wave.

    What the wave takes away is still in its place, marked `gone`: a team with the `headcount` it had, and as
    `elsewhere` the team that it becomes a part of. `headcount` is without what is gone. `number` is the
    wave's. Findings are not told.
    """

    number: int
    teams: tuple[Team, ...]
    headcount: int

    @property
    def root(self) -> Team:
        return self.teams[0]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a person stands in one state; `manager` is the manager's name. None for what is not there."""

    team_id: str | None
    team: str | None
    manager_id: str | None
    manager: str | None
    title: str | None
    fte: Decimal | None


@dataclass(frozen=True, slots=True)
class AffectedPerson:
    """A seat whose team, manager, title, FTE or holder the plan changes; `before` is None for a new one.

    `after` is None for one that is closed. `wave` is the last wave that changes it, `on` that wave's day;
    `why` has the reasons of all steps that concern it.
    """

    id: str
    name: str
    state: SeatState
    before: Position | None
    after: Position | None
    wave: int
    on: date | None
    why: tuple[str, ...]

    @property
    def has_new_team(self) -> bool:
        return (
            self.before is not None and self.after is not None and self.before.team_id != self.after.team_id
        )

    @property
    def has_new_manager(self) -> bool:
        return (
            self.before is not None
            and self.after is not None
            and self.before.manager_id != self.after.manager_id
        )


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What the plan says of itself; `status` is translated, `status_key` is the word of the file.

    `author` is a name where it is somebody of the organisation, `author_id` is what the plan has.
    """

    name: str
    author: str | None
    created: datetime | None
    status: str
    status_key: str
    review_on: date | None
    author_id: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A restructuring: both states, what differs, why, and what the principles say of it.

    Without a plan `plan` is None, both states are the same and nothing is marked. `headline` is one sentence
    with the numbers that matter. `part` is the name of the team to which the report is limited, if it is.
    `baseline` and `organization` are the whole organisation before and after; `pay` is the yearly cost of
    each seat, None unless the report was asked for with pay. `wave_states` are the teams after each of two
    waves or more, of an organisation of at most MOST_SEATS_OF_WAVES.
    """

    organization_name: str
    part: str | None
    part_id: str | None
    language: str
    today: date
    headline: str
    plan: PlanHead | None
    before: Structure
    after: Structure
    areas: tuple[Area, ...]
    metrics: tuple[Metric, ...]
    findings: tuple[ReportedFinding, ...]
    waves: tuple[Wave, ...]
    affected: tuple[AffectedPerson, ...]
    baseline: Organization
    organization: Organization
    pay: Mapping[str, Decimal] | None = None
    wave_states: tuple[WaveState, ...] = ()
    targets: tuple[AimedNumber, ...] = ()
    notes: tuple[Remark, ...] = ()

    @property
    def has_plan(self) -> bool:
        return self.plan is not None

    @property
    def moved_people(self) -> tuple[AffectedPerson, ...]:
        """Those who get into another team; open seats are not counted among people."""
        return tuple(each for each in self.affected if each.has_new_team and self._is_person(each))

    @property
    def people_led_otherwise(self) -> tuple[AffectedPerson, ...]:
        """Those who get another manager; open seats are not counted among people."""
        return tuple(each for each in self.affected if each.has_new_manager and self._is_person(each))

    def _is_person(self, affected: AffectedPerson) -> bool:
        """Whether somebody sits in a seat both before and after."""
        seats = (each.people.get(affected.id) for each in (self.baseline, self.organization))
        return all(seat is not None and seat.state == "filled" for seat in seats)

    def of(self, *standings: Standing) -> tuple[ReportedFinding, ...]:
        """The findings of some standings, gravest first."""
        return tuple(each for each in self.findings if each.standing in standings)
