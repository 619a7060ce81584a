"""The indexes and counts that the store maintains beside the records.

An index maps a key to the records that carry it; a count maps a key to a whole number. Both are declared
here as data and maintained by the store alone. A new one takes two entries: here, and in the view through
which rules read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from orgtui.model.records import Handoff, Key, Mission, Person, Request, Share, Team

JUDGEMENT = 2
"""The skill level from which a person can judge the work."""

MASTERY = 3
"""The skill level from which a person does the work alone."""

UNFILLED = ("vacant", "planned")
"""The states of open seats that nobody holds."""

Keys = Callable[[Any], Iterable[Key]]
Amounts = Callable[[Any], Iterable[tuple[Key, int]]]


@dataclass(frozen=True, slots=True)
class Index:
    """Which records of `table` carry a key; `fields` are those that the keys depend on."""

    name: str
    table: str
    fields: frozenset[str]
    keys: Keys


@dataclass(frozen=True, slots=True)
class Count:
    """Sums over the records of `table` by key; `fields` are those that the amounts depend on."""

    name: str
    table: str
    fields: frozenset[str]
    amounts: Amounts


def normalized_topic(topic: str) -> str:
    """A topic as topics are compared: trimmed and case-folded (see rule C301)."""
    return topic.strip().casefold()


def _optional(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _here(person: Person, amount: int) -> tuple[tuple[Key, int], ...]:
    """An amount for the whole organisation and for the team of a seat."""
    return ("", amount), (person.team, amount)


def _open_team(person: Person) -> tuple[str, ...]:
    return () if person.state == "closed" else (person.team,)


def _closed_team(person: Person) -> tuple[str, ...]:
    return (person.team,) if person.state == "closed" else ()


def performed_functions(person: Person) -> tuple[str, ...]:
    """The functions that a seat performs: those with a share above 0; none unless it is filled."""
    if person.state != "filled":
        return ()
    return tuple(function for function, share in person.functions.items() if share > 0)


def _held_skills(person: Person) -> tuple[str, ...]:
    if person.state != "filled":
        return ()
    return tuple(skill for skill, level in person.skills.items() if level > 0)


def _mastered_skills(person: Person) -> tuple[str, ...]:
    if person.state != "filled":
        return ()
    return tuple(skill for skill, level in person.skills.items() if level >= MASTERY)


def _judged_skills(person: Person) -> tuple[tuple[Key, int], ...]:
    if person.state != "filled":
        return ()
    return tuple((skill, 1) for skill, level in person.skills.items() if level >= JUDGEMENT)


def _learning_seat(person: Person) -> tuple[tuple[Key, int], ...]:
    return ((person.team, 1),) if person.state == "filled" and person.learning else ()


def _staffing(person: Person) -> tuple[tuple[Key, int], ...]:
    return tuple((function, person.functions[function]) for function in performed_functions(person))


def _performing_seats(person: Person) -> tuple[tuple[Key, int], ...]:
    return tuple(((function, person.team), 1) for function in performed_functions(person))


def _has_skills(person: Person) -> tuple[tuple[Key, int], ...]:
    return (("", 1),) if person.state == "filled" and person.skills else ()


def _learned_skills(person: Person) -> tuple[str, ...]:
    return person.learning if person.state == "filled" else ()


def _needed_skills(function: Any) -> tuple[str, ...]:
    return tuple(skill for skill, level in function.skills.items() if level > 0)


def _skills_needing_mastery(function: Any) -> tuple[tuple[Key, int], ...]:
    return tuple((skill, 1) for skill, level in function.skills.items() if level >= MASTERY)


def _focus_function(team: Team) -> tuple[str, ...]:
    return () if team.focus is None else (team.focus.function,)


def _share_ends(share: Share) -> tuple[str, ...]:
    return (share.source, share.target)


def _request_topic(request: Request) -> tuple[Key, ...]:
    return ((request.department, normalized_topic(request.topic)),)


def _handoff_source(handoff: Handoff) -> tuple[str, ...]:
    return (handoff.source,)


def _handoff_target(handoff: Handoff) -> tuple[str, ...]:
    return (handoff.target,)


def _mission_people(mission: Mission) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_optional(mission.lead), *mission.people)))


def _index(name: str, table: str, fields: str, keys: Keys) -> Index:
    return Index(name, table, frozenset(fields.split()), keys)


def _count(name: str, table: str, fields: str, amounts: Amounts) -> Count:
    return Count(name, table, frozenset(fields.split()), amounts)


INDEXES: tuple[Index, ...] = (
    _index("children", "team", "parent", lambda team: (team.parent or "",)),
    _index("led_by", "team", "lead", lambda team: _optional(team.lead)),
    _index("goal_holders", "team", "goals", lambda team: team.goals),
    _index("tool_users", "team", "tools", lambda team: team.tools),
    _index("focus_teams", "team", "focus", lambda team: () if team.focus is None else ("",)),
    _index("focus_on", "team", "focus", _focus_function),
    _index("functions_of", "function", "team", lambda function: _optional(function.team)),
    _index("serving", "function", "team stages", lambda f: () if f.team is None else f.stages),
    _index("in_area", "function", "area", lambda function: _optional(function.area)),
    _index("needing", "function", "skills", _needed_skills),
    _index("members", "person", "team state", _open_team),
    _index("closed_members", "person", "team state", _closed_team),
    _index("performers", "person", "functions state", performed_functions),
    _index("holders", "person", "skills state", _held_skills),
    _index("masters", "person", "skills state", _mastered_skills),
    _index("learners", "person", "learning state", _learned_skills),
    _index("handoffs_from", "handoff", "", _handoff_source),
    _index("handoffs_to", "handoff", "", _handoff_target),
    _index("shares_at", "share", "", _share_ends),
    _index("requests_from", "request", "", lambda request: (request.team,)),
    _index("requests_to", "request", "", lambda request: (request.department,)),
    _index("requests_on", "request", "", _request_topic),
    _index("missions_with", "mission", "lead people", _mission_people),
    _index("missions_for", "mission", "goal", lambda mission: _optional(mission.goal)),
    _index("pillar_goals", "goal", "pillar", lambda goal: _optional(goal.pillar)),
    _index("tools_for", "tool", "purpose", lambda tool: _optional(tool.purpose)),
    _index("liaison_to", "department", "liaison", lambda department: _optional(department.liaison)),
    _index("targets_of", "target", "", lambda target: _optional(target.team)),
    _index("notes_on", "note", "", lambda note: (note.on,)),
    _index("owned_stages", "stage", "owner", lambda stage: _optional(stage.owner)),
)

COUNTS: tuple[Count, ...] = (
    _count("open_seats", "person", "team state", lambda p: [(key, 1) for key in _open_team(p)]),
    _count("filled_seats", "person", "team state", lambda p: [(p.team, 1)] if p.state == "filled" else ()),
    _count(
        "assistant_seats",
        "person",
        "team state assistant",
        lambda p: [(key, 1) for key in _open_team(p)] if p.assistant else (),
    ),
    _count("headcount", "person", "state", lambda p: [("", 1)] if p.state != "closed" else ()),
    _count("fte", "person", "team state fte", lambda p: _here(p, p.fte) if p.state != "closed" else ()),
    _count("vacant", "person", "team state", lambda p: _here(p, 1) if p.state in UNFILLED else ()),
    _count(
        "performing_people",
        "person",
        "functions state",
        lambda p: [("", 1)] if performed_functions(p) else (),
    ),
    _count("staffing", "person", "functions state", _staffing),
    _count("performing_seats", "person", "functions state team", _performing_seats),
    _count("judges", "person", "skills state", _judged_skills),
    _count("learning_seats", "person", "team learning state", _learning_seat),
    _count("people_with_skills", "person", "skills state", _has_skills),
    _count("functions_with_skills", "function", "skills", lambda f: [("", 1)] if _needed_skills(f) else ()),
    _count("needing_mastery", "function", "skills", _skills_needing_mastery),
    _count("functions_with_kind", "function", "kind", lambda f: [("", 1)] if f.kind is not None else ()),
    _count("requests", "request", "", lambda _: [("", 1)]),
)
