"""What an organisation consists of: small frozen records, one type for each kind of table.

Shares of work and FTE are whole percents; dates are dates; text has passed the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Number = int | float
SeatState = Literal["filled", "vacant", "planned", "closed"]
FunctionState = Literal["established", "new"]
Cadence = Literal["weekly", "monthly", "quarterly", "yearly"]
SharingWay = Literal["pairing", "review", "training", "docs", "meeting", "rotation"]
Severity = Literal["error", "warning", "advice"]

DEPARTMENT_PREFIX = "department:"
TEAM_PREFIX = "team:"
PERSON_PREFIX = "person:"


@dataclass(frozen=True, slots=True)
class Profile:
    """The organisation as a whole: the `[organization]` table without its pillars."""

    name: str
    as_of: date
    vision: str | None = None
    review_on: date | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """Where the organisation keeps its people and pay; paths relative to its file."""

    people: str | None = None
    pay: str | None = None


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar of the strategy that goals serve."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department outside marketing."""

    id: str
    name: str
    liaison: str | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the funnel; `volume` a month, `owner` a department that works it."""

    id: str
    name: str
    volume: Number | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A family of functions."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Focus:
    """What a focus team was pulled out for, and until when."""

    function: str
    since: date | None = None
    review_on: date | None = None
    exit: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team; the root has no parent. `pay_budget` is a year's, in the organisation's currency."""

    id: str
    name: str
    parent: str | None = None
    lead: str | None = None
    goals: tuple[str, ...] = ()
    review: Cadence | None = None
    pay_budget: Number | None = None
    tools: tuple[str, ...] = ()
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A piece of marketing work; `skills` are required levels 0 to 5."""

    id: str
    name: str
    area: str | None = None
    team: str | None = None
    stages: tuple[str, ...] = ()
    skills: Mapping[str, int] = field(default_factory=dict)
    kind: str | None = None
    state: FunctionState = "established"
    difficulty: int = 1
    breakthrough: bool = False
    fte_needed: Number | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A seat with its holder; `fte` and the shares in `functions` are percents of a full-time week."""

    id: str
    team: str
    name: str | None = None
    title: str | None = None
    state: SeatState = "filled"
    fte: int = 100
    functions: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    learning: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A number that teams hold; `evaluated` if it counts in people's evaluation."""

    id: str
    name: str
    core: bool = False
    pillar: str | None = None
    metric: str | None = None
    target: Number | None = None
    review: Cadence | None = None
    evaluated: bool = False


@dataclass(frozen=True, slots=True)
class Handoff:
    """Work and data passed on; an end is a function id or `department:ID`."""

    source: str
    target: str
    what: str | None = None
    tracked: bool = False
    sla: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A knowledge-sharing link; an end is `team:ID` or `person:ID`, the topic a skill id or free text."""

    source: str
    target: str
    topic: str
    how: SharingWay | None = None
    every: Cadence | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a team asks of a department outside marketing."""

    team: str
    department: str
    topic: str
    per_month: Number | None = None


@dataclass(frozen=True, slots=True)
class Mission:
    """Time-boxed work across teams; open through `until`."""

    id: str
    name: str
    lead: str | None = None
    people: tuple[str, ...] = ()
    goal: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that teams use for a purpose."""

    id: str
    name: str
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """The `[rules]` table: which rules speak, their severities and parameters by code."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding the team chose to live with, through the day `until`."""

    code: str
    subjects: tuple[str, ...]
    why: str
    by: str | None = None
    until: date | None = None


SUBJECT_KINDS = (
    *("stage", "area", "team", "function", "person", "skill", "goal", "pillar", "department", "topic"),
    *("purpose", "mission", "wave", "share"),
)
"""The kinds of subject that a finding has."""

Record = (
    Profile
    | Files
    | Pillar
    | Department
    | Stage
    | Area
    | Team
    | Function
    | Person
    | Goal
    | Handoff
    | Share
    | Request
    | Mission
    | Tool
    | RuleSettings
    | Acceptance
)

Key = str | tuple[str, ...]
"""What names a record in its table: an id, or for records without one the fields that make it unique."""
