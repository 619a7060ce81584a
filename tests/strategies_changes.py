"""Random changes of an organisation: every operation, mostly plausible, sometimes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

import orgtui.changes.operations  # noqa: F401 - makes every operation known
from orgtui.changes.base import OPERATIONS, Change, SetFields, codecs_of
from orgtui.changes.codecs import Problems
from orgtui.changes.operations.naming import RENAMABLE_KINDS
from orgtui.changes.parse import parse_change
from orgtui.model.kinds import METRICS, TEAM_METRICS
from orgtui.model.store import Organization, Table
from tests.strategies import cadences, texts

Values = st.SearchStrategy[Any]

NEW_IDS = st.sampled_from(["new-1", "new-2", "new-3"])
SKILLS = st.sampled_from(["seo", "sem", "copy", "crm", "b2b.sales"])
SHARES = st.sampled_from([0.07, 0.2, 0.5, 0.6, 1, 1.0])
AMOUNTS = st.sampled_from([0, 3, 1_200_000, 0.1, 0.2, 2.5])
DAYS = st.dates(date(2025, 1, 1), date(2028, 1, 1))
MOMENTS = st.datetimes(
    datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(timezone(timedelta(hours=8)))
).map(lambda moment: moment.replace(microsecond=0))
WAYS = st.sampled_from(["pairing", "review", "training", "docs", "meeting", "rotation"])


def of(ids: Iterable[str]) -> Values:
    """Mostly an id that is there."""
    known = sorted(ids)
    return st.sampled_from([*known, *known, *known, "unknown"])


def some(values: Values, most: int = 3) -> Values:
    return st.lists(values, max_size=most, unique=True)


class Pools:
    """What the fields of changes may hold in one organisation."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self.teams = of(organization.teams)
        self.functions = of(organization.functions)
        self.people = of(organization.people)
        self.goals = of(organization.goals)
        departments = [f"department:{each}" for each in organization.departments]
        self.handoff_ends = of([*organization.functions, *departments])
        teams = of(organization.teams).map(lambda team: f"team:{team}")
        self.share_ends = teams | of(organization.people).map(lambda person: f"person:{person}")
        self.shares = st.dictionaries(self.functions, st.just(0) | SHARES, max_size=2)
        self.levels = st.dictionaries(SKILLS, st.integers(0, 5), max_size=2)

    def field(self, op: str, name: str) -> Values:
        """What a field of an operation may hold, as it is written."""
        if (op, name) in OWN_FIELDS:
            return OWN_FIELDS[op, name](self)
        if op.endswith("_request") and name in ("source", "target"):
            return self.teams if name == "source" else of(self.organization.departments)
        if op.endswith("_handoff") and name in ("source", "target"):
            return self.handoff_ends
        if op.endswith("_share") and name in ("source", "target"):
            return self.share_ends
        if op.endswith("_goal") and name == "target":
            return AMOUNTS | st.just(-5)
        return FIELDS[name](self)

    def pillars(self) -> Values:
        named = st.builds(lambda id, name: {"id": id, "name": name}, of(self.organization.pillars), texts)
        there = [{"id": each.id, "name": each.name} for each in self.organization.pillars.values()]
        return st.just(there) | st.permutations(there) | st.lists(named, max_size=3, unique_by=repr)

    def noted(self) -> Values:
        """What a note may be on."""
        links = [f"share:{'>'.join(key)}" for key in self.organization.shares]
        links += [f"request:{'>'.join(key)}" for key in self.organization.requests]
        others = ["metric:span_max", "wave:1", "topic:pricing", "skill:seo", "goal:gone"]
        seats = self.people.map(lambda person: f"person:{person}")
        return self.teams.map(lambda team: f"team:{team}") | seats | st.sampled_from([*links, *others])


OWN_FIELDS: dict[tuple[str, str], Callable[[Pools], Values]] = {
    ("create_team", "team"): lambda pools: NEW_IDS | pools.teams,
    ("pull_out", "team"): lambda pools: NEW_IDS | pools.teams,
    ("split_team", "new"): lambda pools: NEW_IDS | pools.teams,
    ("split_team", "functions"): lambda pools: some(pools.functions),
    ("add_function", "function"): lambda pools: NEW_IDS | pools.functions,
    ("add_goal", "goal"): lambda pools: NEW_IDS | pools.goals,
    ("add_seat", "person"): lambda pools: NEW_IDS | pools.people,
    ("add_seat", "functions"): lambda pools: pools.shares,
    ("fill_seat", "functions"): lambda pools: pools.shares,
    ("add_seat", "state"): lambda _: st.sampled_from(["filled", "vacant", "planned"]),
    ("start_mission", "mission"): lambda _: NEW_IDS,
    ("add_department", "department"): lambda pools: NEW_IDS | of(pools.organization.departments),
    ("add_stage", "stage"): lambda pools: NEW_IDS | of(pools.organization.stages),
    ("add_area", "area"): lambda pools: NEW_IDS | of(pools.organization.areas),
    ("add_tool", "tool"): lambda pools: NEW_IDS | of(pools.organization.tools),
    ("add_skill", "skill"): lambda pools: NEW_IDS | of(pools.organization.skills),
    ("name_skill", "skill"): lambda pools: SKILLS | of(pools.organization.skills),
    ("remove_skill", "skill"): lambda pools: of(pools.organization.skills),
    **{(op, "before"): lambda pools: of(pools.organization.stages) for op in ("add_stage", "move_stage")},
    **{(op, "before"): lambda pools: of(pools.organization.areas) for op in ("add_area", "move_area")},
    **{(op, "on"): lambda pools: pools.noted() for op in ("note", "remove_note")},
    ("note", "at"): lambda _: MOMENTS,
    ("set_organization", "pillars"): Pools.pillars,
}
FIELDS: dict[str, Callable[[Pools], Values]] = {
    **dict.fromkeys(
        ("team", "to", "into", "via", "parent", "people_to", "functions_to", "children_to"),
        lambda pools: pools.teams,
    ),
    **dict.fromkeys(("person", "lead", "lead_to"), lambda pools: pools.people),
    "function": lambda pools: pools.functions,
    "people": lambda pools: some(pools.people),
    "goal": lambda pools: pools.goals,
    "area": lambda pools: of(pools.organization.areas),
    "stages": lambda pools: some(of(pools.organization.stages)),
    "pillar": lambda pools: of(pools.organization.pillars),
    "department": lambda pools: of(pools.organization.departments),
    "stage": lambda pools: of(pools.organization.stages),
    "owner": lambda pools: of(pools.organization.departments),
    "tool": lambda pools: of(pools.organization.tools),
    "text": lambda _: st.sampled_from(["Ask IT first", "先问 IT"]),
    "mission": lambda pools: of(pools.organization.missions) | NEW_IDS,
    "tools": lambda pools: some(of(pools.organization.tools)),
    "skill": lambda _: SKILLS,
    "learning": lambda _: some(SKILLS),
    "skills": lambda pools: pools.levels,
    "level": lambda _: st.integers(0, 5),
    "difficulty": lambda _: st.integers(1, 5),
    "share": lambda _: SHARES,
    "fte": lambda _: SHARES,
    **dict.fromkeys(
        ("on", "core", "evaluated", "tracked", "breakthrough", "assistant"), lambda _: st.booleans()
    ),
    **dict.fromkeys(("fte_needed", "pay_budget", "volume", "per_month"), lambda _: AMOUNTS),
    **dict.fromkeys(
        ("name", "title", "exit", "what", "sla", "metric", "vision", "why", "purpose"), lambda _: texts
    ),
    **dict.fromkeys(("by", "topic"), lambda _: st.sampled_from(["pricing", "Feature sheets", "seo", "chen"])),
    **dict.fromkeys(("review", "every"), lambda _: cadences),
    **dict.fromkeys(("review_on", "until"), lambda _: DAYS),
    "how": lambda _: WAYS,
    "kind": lambda _: st.sampled_from(["seo", "brand"]),
    "state": lambda _: st.sampled_from(["new", "established"]),
    "clear": lambda _: st.just([]),
    "code": lambda _: st.sampled_from(["P203", "S501", "C206"]),
    "subjects": lambda pools: (
        st.just([])
        | st.lists(pools.teams.map(lambda team: f"team:{team}"), max_size=1)
        | st.tuples(pools.share_ends, pools.share_ends).map(lambda ends: [f"share:{ends[0]}>{ends[1]}>seo"])
    ),
}


@st.composite
def changes(
    draw: st.DrawFn,
    organization: Organization,
    ops: tuple[str, ...] = (),
    like: Mapping[str, object] = MappingProxyType({}),
) -> Change:
    """Any change, or one of some operations, mostly about what `like` is about."""
    op = draw(st.sampled_from(sorted(ops or OPERATIONS)))
    pools = Pools(organization)
    if op == "rename":
        return parse_change(_rename(draw, pools, like))
    written = {"op": op, **_link(draw, organization, op), **_belongings(draw, organization, op)}
    change_type = OPERATIONS[op]
    for each in fields(change_type):
        key = change_type.keys.get(each.name, each.name)
        if op in ("set_target", "remove_target"):
            continue  # which metric, team and bound go together is drawn with the target
        if key in like and fits(change_type, each.name, like[key]) and draw(st.integers(0, 3)):
            written[key] = like[key]
        optional = each.default is not MISSING
        if key in written or (optional and draw(st.integers(0, 2)) == 0):
            continue
        written[key] = draw(pools.field(op, each.name))
    if issubclass(change_type, SetFields):
        cleared = [each for each in written.get("clear", ()) if each in change_type.clearable]
        if not cleared and draw(st.integers(0, 3)) == 0:
            cleared = [draw(st.sampled_from(change_type.clearable))]
        written = {key: each for key, each in written.items() if key not in cleared}
        written["clear"] = cleared
    return parse_change(written)


def fits(change_type: type[Change], field: str, value: object) -> bool:
    """Whether a value may stand in a field."""
    problems: Problems = []
    codecs_of(change_type)[field].read(value, (), problems)
    return not problems


def _rename(draw: st.DrawFn, pools: Pools, like: Mapping[str, object]) -> dict[str, object]:
    kind = draw(st.sampled_from(RENAMABLE_KINDS))
    named = [kind for kind in RENAMABLE_KINDS if like.get(kind) in pools.organization.tables[kind]]
    if named:
        return {"op": "rename", "kind": named[0], "id": like[named[0]], "name": draw(texts)}
    identity = draw(of(pools.organization.tables[kind]))
    return {"op": "rename", "kind": kind, "id": identity, "name": draw(texts)}


def _link(draw: st.DrawFn, organization: Organization, op: str) -> dict[str, Any]:
    """The key of a link that is there, for operations on links."""
    known: dict[str, tuple[Table[Any], tuple[str, ...]]] = {
        "track_handoff": (organization.handoffs, ("from", "to")),
        "remove_handoff": (organization.handoffs, ("from", "to")),
        "set_share": (organization.shares, ("from", "to", "topic")),
        "remove_share": (organization.shares, ("from", "to", "topic")),
        "set_request": (organization.requests, ("from", "to", "topic")),
        "remove_request": (organization.requests, ("from", "to", "topic")),
        "remove_note": (organization.notes, ("on", "text")),
    }
    if op == "route_requests" and len(organization.requests):
        _, department, topic = draw(st.sampled_from(list(organization.requests)))
        return {"department": department, "topic": topic}
    if op not in known or not len(known[op][0]) or draw(st.integers(0, 4)) == 0:
        return {}
    table, keys = known[op]
    return dict(zip(keys, draw(st.sampled_from(list(table))), strict=True))


def _belongings(draw: st.DrawFn, organization: Organization, op: str) -> dict[str, Any]:
    """What makes the rarer operations likely to be possible."""
    focused = [team.id for team in organization.teams.values() if team.focus is not None]
    if op in ("fold_back", "set_focus") and focused:
        return {"team": draw(st.sampled_from(focused))}
    held = [team for team in organization.teams.values() if team.goals]
    if op == "drop_goal" and held and draw(st.booleans()):
        team = draw(st.sampled_from(held))
        return {"team": team.id, "goal": draw(st.sampled_from(team.goals))}
    if op in ("set_target", "remove_target"):
        return draw(_target(organization))
    led = [team.id for team in organization.teams.values() if team.lead is not None]
    if op == "set_acting" and led:
        return {"team": draw(st.sampled_from(led))}
    free = [each.id for each in organization.departments.values() if _is_free(organization, each.id)]
    if op == "remove_department" and free:
        return {"department": draw(st.sampled_from(free))}
    unused = [area for area in organization.areas if not organization.index("in_area", area)]
    if op == "remove_area" and unused:
        return {"area": draw(st.sampled_from(unused))}
    if op in ("accept", "unaccept") and len(organization.acceptances) and draw(st.booleans()):
        code, *subjects = draw(st.sampled_from(list(organization.acceptances)))
        return {"code": code, "subjects": subjects}
    performing = [person for person in organization.people.values() if person.functions]
    if op == "unassign" and performing:
        person = draw(st.sampled_from(performing))
        return {"person": person.id, "function": draw(st.sampled_from(list(person.functions)))}
    leaves = [
        team.id
        for team in organization.teams.values()
        if team.parent is not None and team.focus is None and not organization.index("children", team.id)
    ]
    if op in ("dissolve_team", "merge_teams") and leaves and draw(st.integers(0, 3)):
        leaf = draw(st.sampled_from(leaves))
        others = st.sampled_from([other for other in organization.teams if other != leaf])
        if op == "merge_teams":
            return {"team": leaf, "into": draw(others)}
        return {"team": leaf, "people_to": draw(others), "functions_to": draw(others)}
    waiting = [person.id for person in organization.people.values() if person.state in ("vacant", "planned")]
    if op == "fill_seat" and waiting:
        return {"person": draw(st.sampled_from(waiting))}
    if op == "split_team" and draw(st.integers(0, 3)):
        team = draw(st.sampled_from(list(organization.teams)))
        people, functions = organization.index("members", team), organization.index("functions_of", team)
        return {
            "team": team,
            "people": draw(some(st.sampled_from(sorted(people)))) if people else [],
            "functions": draw(some(st.sampled_from(sorted(functions)))) if functions else [],
        }
    return {}


def _is_free(organization: Organization, department: str) -> bool:
    """Whether a department works no stage, is no end of a handoff and is asked for nothing."""
    kept = ("owned_stages", "requests_to")
    ends = ("handoffs_from", "handoffs_to")
    return not any(organization.index(name, department) for name in kept) and not any(
        organization.index(name, f"department:{department}") for name in ends
    )


@st.composite
def _target(draw: st.DrawFn, organization: Organization) -> dict[str, Any]:
    """Metric, team and one bound of a target, mostly of one that is there."""
    if len(organization.targets) and draw(st.booleans()):
        metric, team, bound = draw(st.sampled_from(list(organization.targets)))
    else:
        team = draw(st.sampled_from(["", *organization.teams]))
        metric = draw(st.sampled_from(TEAM_METRICS if team else METRICS))
        bound = draw(st.sampled_from(["at_most", "at_least"]))
    written = {"metric": metric, bound: draw(AMOUNTS)}
    return {**written, "team": team} if team else written
