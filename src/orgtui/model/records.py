"""The records of an organisation: small and frozen, one type for each table.

Shares of work and FTE are whole percents of a full-time week; all text has passed the gate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field
from typing import Annotated, Any, Literal

from orgtui.model.kinds import SUBJECT_KINDS as SUBJECT_KINDS
from orgtui.model.kinds import (
    Amount,
    AnyNumber,
    Code,
    Day,
    Difficulty,
    Flag,
    Fte,
    FteNeeded,
    HandoffEnd,
    Id,
    Levels,
    Metric,
    Name,
    Noted,
    Reference,
    ShareEnd,
    Shares,
    Skill,
    Subjects,
    Text,
    decimal,
    decimal_share,
    reference,
    shortest,
)
from orgtui.model.kinds import Number as Number

SeatState = Literal["filled", "vacant", "planned", "closed"]
FunctionState = Literal["established", "new"]
Cadence = Literal["weekly", "monthly", "quarterly", "yearly"]
SharingWay = Literal["pairing", "review", "training", "docs", "meeting", "rotation"]
Severity = Literal["error", "warning", "advice"]

DEPARTMENT_PREFIX = "department:"
TEAM_PREFIX = "team:"
PERSON_PREFIX = "person:"


FROM: Mapping[str, str] = {"alias": "from"}
TO: Mapping[str, str] = {"alias": "to"}
"""Fields that are written under another key."""


def written_key(each: Field[Any]) -> str:
    """The key under which a field is written."""
    return str(each.metadata.get("alias", each.name))


@dataclass(frozen=True, slots=True)
class Profile:
    """The organisation as a whole: the `[organization]` table without its pillars."""

    name: Name
    as_of: Day
    vision: Text | None = None
    review_on: Day | None = None
    currency: Text | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """The files that hold the organisation's people and pay; paths relative to its own file."""

    people: Text | None = None
    pay: Text | None = None


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar of the strategy that goals serve."""

    id: Id
    name: Name


@dataclass(frozen=True, slots=True)
class Department:
    """A department outside marketing."""

    id: Id
    name: Name
    liaison: Reference | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the funnel; `volume` is a month's, `owner` a department outside marketing that works it."""

    id: Id
    name: Name
    volume: Amount | None = None
    owner: Reference | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A family of functions."""

    id: Id
    name: Name


@dataclass(frozen=True, slots=True)
class Focus:
    """The function that a focus team was formed for, its review date and its exit condition."""

    function: Annotated[str, reference("function")]
    since: Day | None = None
    review_on: Day | None = None
    exit: Text | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team; the root has no parent. `pay_budget` is a year's, in the organisation's currency.

    Its lead only acts as one through the day `acting_until`, if there is one.
    """

    id: Id
    name: Name
    parent: Reference | None = None
    lead: Reference | None = None
    goals: tuple[Reference, ...] = ()
    review: Cadence | None = None
    pay_budget: Amount | None = None
    tools: tuple[Reference, ...] = ()
    focus: Focus | None = None
    acting_until: Day | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A piece of marketing work; `skills` are required levels 0 to 5, `fte_needed` is in full-time people."""

    id: Id
    name: Name
    area: Reference | None = None
    team: Reference | None = None
    stages: tuple[Reference, ...] = ()
    skills: Levels = field(default_factory=dict)
    kind: Text | None = None
    state: FunctionState = "established"
    difficulty: Difficulty = 1
    breakthrough: Flag = False
    fte_needed: FteNeeded | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A seat with its holder; `fte` and the shares in `functions` are of a full-time week.

    `skills` are levels 0 to 5, `learning` are skills. An `assistant` counts in no span.
    """

    id: Id
    team: Annotated[str, reference("team")]
    name: Name | None = None
    title: Text | None = None
    state: SeatState = "filled"
    fte: Fte = 100
    functions: Shares = field(default_factory=dict)
    skills: Levels = field(default_factory=dict)
    learning: tuple[Skill, ...] = ()
    assistant: Flag = False


@dataclass(frozen=True, slots=True)
class SkillName:
    """The name of a skill; one without is called by its id."""

    id: Id
    name: Name


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal that teams hold; `evaluated` if it counts in people's evaluation."""

    id: Id
    name: Name
    core: Flag = False
    pillar: Reference | None = None
    metric: Text | None = None
    target: AnyNumber | None = None
    review: Cadence | None = None
    evaluated: Flag = False


@dataclass(frozen=True, slots=True)
class Handoff:
    """Work and data passed on; an end is a function id or `department:ID`."""

    source: HandoffEnd = field(metadata=FROM)
    target: HandoffEnd = field(metadata=TO)
    what: Text | None = None
    tracked: Flag = False
    sla: Text | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A knowledge-sharing link; an end is `team:ID` or `person:ID`, the topic a skill id or free text."""

    source: ShareEnd = field(metadata=FROM)
    target: ShareEnd = field(metadata=TO)
    topic: Text
    how: SharingWay | None = None
    every: Cadence | None = None
    until: Day | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a team asks of a department outside marketing, `per_month` times a month."""

    team: Annotated[str, reference("team")] = field(metadata=FROM)
    department: Annotated[str, reference("department")] = field(metadata=TO)
    topic: Text
    per_month: Amount | None = None


@dataclass(frozen=True, slots=True)
class Mission:
    """Work across teams for a limited time, open through the day `until`."""

    id: Id
    name: Name
    lead: Reference | None = None
    people: tuple[Reference, ...] = ()
    goal: Reference | None = None
    until: Day | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that teams use for a purpose."""

    id: Id
    name: Name
    purpose: Text | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What a metric is to reach, of the whole organisation or of a team and all below it.

    Either `at_most` or `at_least` is given.
    """

    metric: Metric
    at_most: AnyNumber | None = None
    at_least: AnyNumber | None = None
    team: Reference | None = None

    @property
    def bound(self) -> str:
        """Which bound it is: `at_most` or `at_least`."""
        return "at_most" if self.at_least is None else "at_least"


@dataclass(frozen=True, slots=True)
class Note:
    """A dated remark on anything; what it is on may be gone."""

    on: Noted
    text: Text
    by: Text | None = None
    at: Day | None = None


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """The `[rules]` table: which rules are selected and ignored, severities and parameters by code."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that was accepted, through the day `until`."""

    code: Code
    subjects: Subjects
    why: Text
    by: Text | None = None
    until: Day | None = None


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
    | SkillName
    | Goal
    | Handoff
    | Share
    | Request
    | Mission
    | Tool
    | Target
    | Note
    | RuleSettings
    | Acceptance
)

Key = str | tuple[str, ...]
"""The key of a record in its table: an id, or for records without one the fields that make it unique."""


# -- as they are written -----------------------------------------------------------------------------


def _decimal_shares(percents: Mapping[str, int]) -> dict[str, float]:
    return {function: decimal_share(percent) for function, percent in percents.items()}


WRITTEN: Mapping[tuple[type, str], Callable[[Any], object]] = {
    (Stage, "volume"): shortest,
    (Team, "pay_budget"): shortest,
    (Function, "fte_needed"): decimal,
    (Person, "fte"): decimal_share,
    (Person, "functions"): _decimal_shares,
    (Goal, "target"): shortest,
    (Request, "per_month"): shortest,
    (Target, "at_most"): shortest,
    (Target, "at_least"): shortest,
}
"""What turns the value of a field, by record and name, into the one form in which it is written."""
