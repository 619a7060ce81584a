"""Both states as JSON for programs, with what differs, what the principles say of it, and its numbers.

The keys are those of `Export` and of the types it is made of; `orgtui schema export` prints them. Findings
have the keys of `orgtui check --format json`. Days are ISO text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import tomli
from pydantic_core import to_json

from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.report import (
    AffectedPerson,
    Area,
    Funnel,
    Knowledge,
    PlanHead,
    Report,
    ReportedFinding,
    Standing,
    Structure,
    Team,
    Wave,
)
from orgtui.files.organization_file import dump_organization
from orgtui.model.records import PERSON_PREFIX, TEAM_PREFIX, Number, Severity
from orgtui.model.store import Organization
from orgtui.rules.registry import catalogue


@dataclass(frozen=True, slots=True)
class Named:
    """Something with its id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Why a finding is accepted, by whom, and through which day."""

    why: str
    by: str | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a principle says; `subjects` are written `kind:id`, `subject_names` are their names in order.

    `standing` is what the plan does to it. A finding that counts has no `accepted`.
    """

    code: str
    name: str
    severity: Severity
    standing: Standing
    subjects: tuple[str, ...]
    subject_names: tuple[str, ...]
    message: str
    accepted: Accepted | None


@dataclass(frozen=True, slots=True)
class Values:
    """A number before and after, null where it has no value."""

    label: str
    before: Number | None
    after: Number | None
    verdict: Literal["better", "worse"] | None


@dataclass(frozen=True, slots=True)
class State:
    """One state: its teams from the root down with what sits in them, its funnel and its web of knowledge.

    `file` is the state as an organisation file holds it; what is at its default is left out there.
    """

    headcount: int
    teams: tuple[Team, ...]
    funnel: Funnel
    knowledge: Knowledge
    file: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Export:
    """What `orgtui export --to json` writes: a restructuring, or an organisation without a plan.

    `part` is the team to which it is limited, null for all. Without a plan both states are the same.
    `metrics` are by name. `pay` is the yearly cost by seat; null unless it was asked for.
    """

    format: Literal[1]
    organization: str
    part: Named | None
    language: str
    today: date
    headline: str
    plan: PlanHead | None
    before: State
    after: State
    areas: tuple[Area, ...]
    metrics: Mapping[str, Values]
    findings: tuple[Finding, ...]
    waves: tuple[Wave, ...]
    affected: tuple[AffectedPerson, ...]
    pay: Mapping[str, Decimal] | None


def write(report: Report, options: Options) -> Files:
    """The export in one file."""
    return {"report.json": to_json(_plain(export_of(report)), indent=1) + b"\n"}


def export_of(report: Report) -> Export:
    """The export of a report."""
    part = Named(report.part_id, report.part) if report.part_id and report.part else None
    return Export(
        format=1,
        organization=report.organization_name,
        part=part,
        language=report.language,
        today=report.today,
        headline=report.headline,
        plan=report.plan,
        before=_state(report, report.before, report.baseline),
        after=_state(report, report.after, report.organization),
        areas=report.areas,
        metrics={
            each.key: Values(each.label, each.before, each.after, each.verdict) for each in report.metrics
        },
        findings=tuple(map(_finding, report.findings)),
        waves=report.waves,
        affected=report.affected,
        pay=report.pay,
    )


def _finding(finding: ReportedFinding) -> Finding:
    accepted = None if finding.why is None else Accepted(finding.why, finding.by_id, finding.until)
    return Finding(
        finding.code,
        catalogue()[finding.code].name,
        finding.severity,
        finding.standing,
        finding.refs,
        finding.subjects,
        finding.message,
        accepted,
    )


# -- states ----------------------------------------------------------------------------------------


def _state(report: Report, structure: Structure, organization: Organization) -> State:
    file: dict[str, Any] = tomli.loads(dump_organization(organization).decode())
    if report.part_id is not None:
        file = _within(file, {team.id for team in structure.teams})
    return State(structure.headcount, structure.teams, structure.funnel, structure.knowledge, file)


def _within(file: Mapping[str, Any], teams: set[str]) -> dict[str, Any]:
    """What of a file is about some teams: these, who and what is in them, and links with an end in them.

    Acceptances are left out: they may be about others.
    """
    people = {each["id"] for each in file.get("person", ()) if each["team"] in teams}
    functions = {each["id"] for each in file.get("function", ()) if each.get("team") in teams}
    ends = {f"{TEAM_PREFIX}{each}" for each in teams} | {f"{PERSON_PREFIX}{each}" for each in people}

    def is_within(table: str, entry: Mapping[str, Any]) -> bool:
        match table:
            case "team" | "person" | "function":
                return entry["id"] in {"team": teams, "person": people, "function": functions}[table]
            case "handoff":
                return not functions.isdisjoint((entry["from"], entry["to"]))
            case "share":
                return not ends.isdisjoint((entry["from"], entry["to"]))
            case "request":
                return entry["from"] in teams
            case "mission":
                return not people.isdisjoint((entry.get("lead"), *entry.get("people", ())))
            case _:
                return table != "accept"

    return {
        table: [each for each in entries if is_within(table, each)] if isinstance(entries, list) else entries
        for table, entries in file.items()
    }


def _plain(value: Any) -> Any:
    """A value in dicts, lists and what JSON knows."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat()
