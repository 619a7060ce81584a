"""Valid organisations for hypothesis: every kind of record, every state, awkward but clean text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from orgtui.model import kinds as k
from orgtui.model import records as r
from orgtui.model.gate import NAME_LENGTH, is_clean
from orgtui.model.records import SUBJECT_KINDS
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules

T = TypeVar("T")
Draw = st.DrawFn

ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,5}", fullmatch=True)
texts = (
    st.text(
        st.one_of(
            st.sampled_from("ab 王磊=+-@'\"\\#;,:[]{}.é\u200d\u200c\U0001f600\xa0"),
            st.characters(exclude_categories=("Cc", "Cs", "Cn")),
        ),
        min_size=1,
        max_size=12,
    )
    .filter(is_clean)
    .filter(str.strip)
)
names = texts | texts.map(lambda text: (text * NAME_LENGTH)[:NAME_LENGTH]).filter(str.strip)
dates = st.dates(date(1990, 1, 1), date(2099, 12, 31))
amounts = st.integers(0, 2**63 - 1) | st.floats(0, allow_nan=False, allow_infinity=False)
numbers = amounts | st.integers(-(2**63), 0) | st.floats(allow_nan=False, allow_infinity=False)
cadences = st.sampled_from(get_args(r.Cadence))
levels = st.dictionaries(ids, st.integers(0, 5), max_size=3)


def optional(values: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """One of the values, or none."""
    return st.none() | values


def some(values: Sequence[T], most: int = 4) -> st.SearchStrategy[tuple[T, ...]]:
    """Some of the values, each at most once, in any order."""
    if not values:
        return st.just(())
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple)


def one(values: Sequence[T]) -> st.SearchStrategy[T | None]:
    """One of the values, or none."""
    return optional(st.sampled_from(values)) if values else st.none()


def distinct_ids(least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Ids that differ."""
    return st.lists(ids, unique=True, min_size=least, max_size=most)


@st.composite
def rule_settings(draw: Draw) -> r.RuleSettings:
    """A `[rules]` table that fits the catalogue."""
    rules = known_rules()
    codes = draw(some(sorted(rules.options), 3))
    words = sorted({*rules.options, *rules.names, *rules.families})
    parameters = {code: draw(_parameters(rules.options[code])) for code in codes}
    return r.RuleSettings(
        select=draw(optional(some(words))),
        ignore=draw(some(words)),
        severity={code: draw(st.sampled_from(get_args(r.Severity))) for code in draw(some(codes))},
        parameters={code: given for code, given in parameters.items() if given},
    )


@st.composite
def _parameters(draw: Draw, options: type) -> dict[str, object]:
    hints = get_type_hints(options)
    return {
        name: draw(_parameter(hints[name])) for name in draw(some([each.name for each in fields(options)]))
    }


def _parameter(hint: Any) -> st.SearchStrategy[object]:
    if get_origin(hint) is tuple:
        pair = st.tuples(texts, texts).filter(lambda words: words[0] != words[1])
        return st.lists(pair, unique=True, max_size=3).map(tuple)
    return amounts if float in (hint, *get_args(hint)) else st.integers(0, 2**63 - 1)


@st.composite
def organizations(draw: Draw) -> Organization:
    """A valid organisation with records of every kind, people inline."""
    department_ids, stage_ids, area_ids = (draw(distinct_ids(0, 3)) for _ in range(3))
    pillar_ids, goal_ids, tool_ids = (draw(distinct_ids(0, 3)) for _ in range(3))
    team_ids, function_ids = draw(distinct_ids(1, 5)), draw(distinct_ids(0, 5))
    people = draw(_people(team_ids, function_ids))
    teams = draw(_teams(team_ids, function_ids, people, goal_ids, tool_ids))
    records: list[r.Record] = [
        r.Profile(
            name=draw(names),
            as_of=draw(dates),
            vision=draw(optional(texts)),
            review_on=draw(optional(dates)),
            currency=draw(optional(texts)),
        ),
        *(r.Pillar(each, draw(names)) for each in pillar_ids),
        *(r.Department(each, draw(names), draw(one(team_ids))) for each in department_ids),
        *(
            r.Stage(each, draw(names), draw(optional(amounts)), draw(one(department_ids)))
            for each in stage_ids
        ),
        *(r.Area(each, draw(names)) for each in area_ids),
        *teams,
        *(draw(_function(each, team_ids, stage_ids, area_ids)) for each in function_ids),
        *people,
        *(r.SkillName(each, draw(names)) for each in draw(distinct_ids(0, 3))),
        *(draw(_goal(each, pillar_ids)) for each in goal_ids),
        *draw(_handoffs(function_ids, department_ids)),
        *draw(_shares(team_ids, people)),
        *draw(_requests(team_ids, department_ids)),
        *(draw(_mission(each, people, goal_ids)) for each in draw(distinct_ids(0, 2))),
        *(r.Tool(each, draw(names), draw(optional(texts))) for each in tool_ids),
        *draw(_targets(team_ids)),
        *draw(st.lists(_notes(team_ids, people), max_size=2, unique_by=lambda each: (each.on, each.text))),
        *draw(st.lists(_acceptances(), max_size=2, unique_by=lambda each: (each.code, each.subjects))),
    ]
    settings = draw(rule_settings())
    return Organization([*records, settings] if settings != r.RuleSettings() else records)


@st.composite
def _people(draw: Draw, team_ids: list[str], function_ids: list[str]) -> list[r.Person]:
    people = []
    for each in draw(distinct_ids(0, 6)):
        state = draw(st.sampled_from(get_args(r.SeatState)))
        people.append(
            r.Person(
                id=each,
                team=draw(st.sampled_from(team_ids)),
                name=draw(names if state == "filled" else optional(names)),
                title=draw(optional(texts)),
                state=state,
                fte=draw(st.integers(0, 100)),
                functions={f: draw(st.integers(0, 100)) for f in draw(some(function_ids))},
                skills=draw(levels),
                learning=tuple(draw(distinct_ids(0, 2))),
                assistant=draw(st.booleans()),
            )
        )
    return people


@st.composite
def _teams(
    draw: Draw,
    team_ids: list[str],
    function_ids: list[str],
    people: list[r.Person],
    goal_ids: list[str],
    tool_ids: list[str],
) -> list[r.Team]:
    """A tree with the first team at its root, in any order."""
    leads = [person.id for person in people if person.state != "closed"]
    in_focus = list(draw(some(function_ids, 2)))
    teams = []
    for number, each in enumerate(team_ids):
        focus = None
        if number > 0 and in_focus and draw(st.booleans()):
            focus = r.Focus(
                in_focus.pop(), draw(optional(dates)), draw(optional(dates)), draw(optional(texts))
            )
        lead = draw(one(leads))
        teams.append(
            r.Team(
                id=each,
                name=draw(names),
                parent=draw(st.sampled_from(team_ids[:number])) if number > 0 else None,
                lead=lead,
                goals=draw(some(goal_ids)),
                review=draw(optional(cadences)),
                pay_budget=draw(optional(amounts)),
                tools=draw(some(tool_ids)),
                focus=focus,
                acting_until=None if lead is None else draw(optional(dates)),
            )
        )
    return draw(st.permutations(teams))


@st.composite
def _function(
    draw: Draw, identity: str, team_ids: list[str], stage_ids: list[str], area_ids: list[str]
) -> r.Function:
    return r.Function(
        id=identity,
        name=draw(names),
        area=draw(one(area_ids)),
        team=draw(one(team_ids)),
        stages=draw(some(stage_ids)),
        skills=draw(levels),
        kind=draw(optional(texts)),
        state=draw(st.sampled_from(get_args(r.FunctionState))),
        difficulty=draw(st.integers(1, 5)),
        breakthrough=draw(st.booleans()),
        fte_needed=draw(optional(amounts)),
    )


@st.composite
def _goal(draw: Draw, identity: str, pillar_ids: list[str]) -> r.Goal:
    return r.Goal(
        id=identity,
        name=draw(names),
        core=draw(st.booleans()),
        pillar=draw(one(pillar_ids)),
        metric=draw(optional(texts)),
        target=draw(optional(numbers)),
        review=draw(optional(cadences)),
        evaluated=draw(st.booleans()),
    )


@st.composite
def _handoffs(draw: Draw, function_ids: list[str], department_ids: list[str]) -> list[r.Handoff]:
    departments = [f"{r.DEPARTMENT_PREFIX}{each}" for each in department_ids]
    pairs = [
        (source, target)
        for source in (*function_ids, *departments)
        for target in (*function_ids, *departments)
        if source != target and not (source in departments and target in departments)
    ]
    return [
        r.Handoff(*pair, draw(optional(texts)), draw(st.booleans()), draw(optional(texts)))
        for pair in draw(some(pairs))
    ]


@st.composite
def _shares(draw: Draw, team_ids: list[str], people: list[r.Person]) -> list[r.Share]:
    team_of = {f"{r.TEAM_PREFIX}{each}": each for each in team_ids}
    team_of |= {f"{r.PERSON_PREFIX}{person.id}": person.team for person in people}
    pairs = [(a, b) for a in team_of for b in team_of if team_of[a] != team_of[b]]
    keys = {(*pair, draw(texts)): None for pair in draw(some(pairs))}
    ways = st.sampled_from(get_args(r.SharingWay))
    return [
        r.Share(*key, draw(optional(ways)), draw(optional(cadences)), draw(optional(dates))) for key in keys
    ]


@st.composite
def _requests(draw: Draw, team_ids: list[str], department_ids: list[str]) -> list[r.Request]:
    pairs = [(team, department) for team in team_ids for department in department_ids]
    keys = {(*pair, draw(texts)): None for pair in draw(some(pairs))}
    return [r.Request(*key, draw(optional(amounts))) for key in keys]


@st.composite
def _mission(draw: Draw, identity: str, people: list[r.Person], goal_ids: list[str]) -> r.Mission:
    person_ids = [person.id for person in people]
    return r.Mission(
        id=identity,
        name=draw(names),
        lead=draw(one(person_ids)),
        people=draw(some(person_ids)),
        goal=draw(one(goal_ids)),
        until=draw(optional(dates)),
    )


@st.composite
def _targets(draw: Draw, team_ids: list[str]) -> list[r.Target]:
    of_all = [(metric, None, bound) for metric in k.METRICS for bound in ("at_most", "at_least")]
    of_teams = [
        (metric, team, bound)
        for metric in k.TEAM_METRICS
        for team in team_ids
        for bound in ("at_most", "at_least")
    ]
    return [
        r.Target(metric, team=team, **{bound: draw(numbers)})
        for metric, team, bound in (*draw(some(of_all, 2)), *draw(some(of_teams, 2)))
    ]


@st.composite
def _notes(draw: Draw, team_ids: list[str], people: list[r.Person]) -> r.Note:
    there = [f"team:{each}" for each in team_ids] + [f"person:{each.id}" for each in people]
    gone = st.tuples(st.sampled_from(SUBJECT_KINDS), texts).map(":".join)
    return r.Note(
        draw(st.sampled_from(there) | gone), draw(texts), draw(optional(texts)), draw(optional(dates))
    )


@st.composite
def _acceptances(draw: Draw) -> r.Acceptance:
    subjects = st.tuples(st.sampled_from(SUBJECT_KINDS), texts).map(":".join)
    return r.Acceptance(
        code=draw(st.sampled_from(sorted(known_rules().options))),
        subjects=tuple(draw(st.lists(subjects, unique=True, max_size=3))),
        why=draw(texts),
        by=draw(optional(texts)),
        until=draw(optional(dates)),
    )
