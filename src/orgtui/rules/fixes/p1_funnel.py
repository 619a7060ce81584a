"""Fixes for P1: borders that follow the funnel."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest
from itertools import combinations

from orgtui.changes.base import Change
from orgtui.changes.operations.functions import SetStages
from orgtui.changes.operations.links import AddHandoff, TrackHandoff
from orgtui.changes.operations.teams import MergeTeams, MoveTeam
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.records import DEPARTMENT_PREFIX
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.catalogue.p1_funnel import Crowding, Straddling
from orgtui.rules.facts.funnel import divisions_serving, next_stage
from orgtui.rules.facts.goals import goals_inherited
from orgtui.rules.facts.stages import end_team, is_served, stage_owner
from orgtui.rules.facts.teams import division, is_focus, seats_below
from orgtui.rules.facts.work import areas_below, counted_division
from orgtui.rules.fixes.common import (
    FIXES_MAX,
    FUNCTIONS_MAX,
    divisions_by_area,
    functions_in,
    may_leave,
    move_fix,
    moves,
    ordinary_divisions,
    team_for_area,
    work_similarity,
)
from orgtui.rules.registry import Fix, fixes

PAIRED_FUNCTIONS_MAX = 20
"""The most functions on either side of a border that are searched for a pair."""


# -- the ends of a handoff ---------------------------------------------------------------------------


def busiest_functions(view: View, stage: str) -> list[str]:
    """The functions that serve a stage, by staffing, the most first."""
    serving = view.serving(stage)
    return nsmallest(PAIRED_FUNCTIONS_MAX, serving, key=lambda each: (-view.staffing(each), each))


def handoff_ends(view: View, stage: str) -> list[str]:
    """The ends a handoff to or from a stage can have: functions that serve it, or its owner."""
    owner = stage_owner(view, stage)
    return busiest_functions(view, stage) or ([] if owner is None else [DEPARTMENT_PREFIX + owner])


def distance(view: View, source: str, target: str) -> tuple[int, int]:
    """A sort key of two ends: 0 in one team, 1 in one division, 2 otherwise, 3 without team; then 1 without a
    common goal."""
    one, other = end_team(view, source), end_team(view, target)
    if one is None or other is None:
        return 3, 0
    if one == other:
        return 0, 0
    apart = 1 if division(view, one) == division(view, other) else 2
    return apart, int(goals_inherited(view, one).isdisjoint(goals_inherited(view, other)))


def nearest_pairs(view: View, first: str, second: str) -> list[tuple[str, str]]:
    """Ends at two stages between which a handoff could run, the nearest first."""
    pairs = [
        (source, target)
        for source in handoff_ends(view, first)
        for target in handoff_ends(view, second)
        if not (source.startswith(DEPARTMENT_PREFIX) and target.startswith(DEPARTMENT_PREFIX))
    ]
    return sorted(pairs, key=lambda pair: distance(view, *pair))


def end_ref(end: str) -> Ref:
    """A reference to the function or department at an end of a handoff."""
    return Ref(end) if end.startswith(DEPARTMENT_PREFIX) else Ref.to("function", end)


def handoff_fix(source: str, target: str) -> Fix:
    """Let one end hand over to another, tracked."""
    title = sentence(
        "Let {source} hand over to {target}, tracked", source=end_ref(source), target=end_ref(target)
    )
    return Fix(title, (AddHandoff(source, target, tracked=True),))


# -- P101 --------------------------------------------------------------------------------------------


@fixes("P101")
def serve_stage(view: View, finding: Finding) -> Iterator[Fix]:
    """The nearest function on either side takes the stage, joined to those beyond it."""
    stage = finding.subjects[0].id
    order = view.stages()
    place = order.index(stage)
    nearest_sides = (reversed(order[:place]), iter(order[place + 1 :]))
    for side in nearest_sides:
        nearest = next((each for each in side if view.serving(each)), None)
        for function in [] if nearest is None else busiest_functions(view, nearest)[:2]:
            record = view.function(function)
            assert record is not None
            stages = tuple(each for each in order if each in (*record.stages, stage))
            title = sentence(
                "Let {function} work {stage} as well",
                function=Ref.to("function", function),
                stage=Ref.to("stage", stage),
            )
            yield Fix(title, (SetStages(function, stages), *_joining_handoffs(view, function, stage)))


def _joining_handoffs(view: View, function: str, stage: str) -> Iterator[Change]:
    """The handoffs that join a function to the stages beside a stage once it serves this stage."""
    record = view.function(function)
    assert record is not None
    before = next((each for each in view.stages() if next_stage(view, each) == stage), None)
    after = next_stage(view, stage)
    if before is not None and is_served(view, before) and before not in record.stages:
        ends = handoff_ends(view, before)
        if not any((end, function) in view.handoffs_to(function) for end in ends):
            nearest = min(ends, key=lambda end: distance(view, end, function))
            yield AddHandoff(nearest, function, tracked=True)
    if after is not None and is_served(view, after) and after not in record.stages:
        ends = handoff_ends(view, after)
        if not any((function, end) in view.handoffs_from(function) for end in ends):
            nearest = min(ends, key=lambda end: distance(view, function, end))
            yield AddHandoff(function, nearest, tracked=True)


# -- P102, P103, P107 ----------------------------------------------------------------------------------


@fixes("P102")
def join_stages(view: View, finding: Finding) -> Iterator[Fix]:
    """A tracked handoff between the likeliest pair."""
    first, second = finding.subjects
    for source, target in nearest_pairs(view, first.id, second.id)[:FIXES_MAX]:
        yield handoff_fix(source, target)


@fixes("P103")
def track_handoff(view: View, finding: Finding) -> Iterator[Fix]:
    """The handoff is tracked."""
    source, target = (
        str(subject) if subject.kind == "department" else subject.id for subject in finding.subjects
    )
    title = sentence("Track what {source} hands to {target}", source=end_ref(source), target=end_ref(target))
    yield Fix(title, (TrackHandoff(source, target, tracked=True),))


@fixes("P107")
def connect_to_stage(view: View, finding: Finding) -> Iterator[Fix]:
    """A handoff to those who work the stage, or from them; or the team takes a function that works it."""
    team, stage = (subject.id for subject in finding.subjects)
    own = functions_in(view, team)
    order = view.stages()
    place = order.index(stage)

    def nearest(stages: Iterator[str]) -> list[str]:
        return next((mine for each in stages if (mine := [f for f in own if f in view.serving(each)])), [])

    before, after = nearest(reversed(order[:place])), nearest(iter(order[place + 1 :]))
    there = handoff_ends(view, stage)
    pairs = [(mine, end) for mine in before for end in there] + [
        (end, mine) for mine in after for end in there
    ]
    for source, target in sorted(pairs, key=lambda pair: distance(view, *pair))[:2]:
        yield handoff_fix(source, target)
    home = view.function((before or after)[0])
    if home is not None and home.team is not None:
        movable = [function for function in busiest_functions(view, stage) if may_leave(view, function)]
        for function in movable[:2]:
            yield move_fix(view, [function], home.team)


# -- P104, P105, P106 ----------------------------------------------------------------------------------


@fixes("P104")
def merge_divisions(view: View, finding: Finding) -> Iterator[Fix]:
    """The divisions with the most similar work at the stage merge, until few enough are left."""
    stage = finding.subjects[0].id
    crowd = divisions_serving(view, stage)
    excess = len(crowd) - view.options(Crowding).max_divisions
    work: dict[str, list[str]] = {each: [] for each in crowd if not is_focus(view, each)}
    for function in sorted(view.serving(stage)):
        record = view.function(function)
        home = None if record is None else counted_division(view, record)
        if home in work and len(work[home]) < PAIRED_FUNCTIONS_MAX:
            work[home].append(function)
    pairs = sorted(
        combinations(sorted(work), 2),
        key=lambda pair: (-work_similarity(view, work[pair[0]], work[pair[1]]), pair),
    )
    for first in range(min(len(pairs), FIXES_MAX - 1)):
        merged = _mergers(view, [*pairs[first:], *pairs[:first]], excess)
        if len(merged) == excess:
            title = sentence(
                "Merge {teams} into {into}",
                teams=tuple(Ref.to("team", each.team) for each in merged),
                into=tuple(dict.fromkeys(Ref.to("team", each.into) for each in merged)),
            )
            yield Fix(title, tuple(merged))


def _mergers(view: View, pairs: list[tuple[str, str]], number: int) -> list[MergeTeams]:
    """The first `number` mergers along pairs in their order, each of the smaller team into the larger."""
    merged: list[MergeTeams] = []
    now = {team: team for pair in pairs for team in pair}
    for pair in pairs:
        smaller, larger = sorted(
            (now[each] for each in pair), key=lambda team: (seats_below(view, team), team)
        )
        if len(merged) < number and smaller != larger:
            merged.append(MergeTeams(smaller, larger))
            now = {team: larger if home == smaller else home for team, home in now.items()}
    return merged


@fixes("P105")
def gather_area(view: View, finding: Finding) -> Iterator[Fix]:
    """The minority moves to the division that holds most of the area, as functions or as whole teams."""
    area = finding.subjects[0].id
    homes = divisions_by_area(view, area)[:2]
    for home in homes:
        to = team_for_area(view, home, area)
        elsewhere = [each for each in sorted(view.in_area(area)) if _counts_elsewhere(view, each, home)]
        if len(elsewhere) > FUNCTIONS_MAX:
            continue
        yield move_fix(view, elsewhere, to)
        teams = sorted({team for each in elsewhere if (team := end_team(view, each)) is not None})
        if all(not view.children(team) and set(view.functions_of(team)) <= set(elsewhere) for team in teams):
            named = tuple(Ref.to("team", team) for team in teams)
            title = sentence("Merge {teams} into {into}", teams=named, into=Ref.to("team", to))
            yield Fix(title, tuple(MergeTeams(team, to) for team in teams))
            if home == homes[0]:
                title = sentence("Move {teams} below {into}", teams=named, into=Ref.to("team", home))
                yield Fix(title, tuple(MoveTeam(team, home) for team in teams))


def _counts_elsewhere(view: View, function: str, home: str) -> bool:
    """Whether a function counts for another division than `home`."""
    record = view.function(function)
    return record is not None and counted_division(view, record) not in (None, home)


@fixes("P106")
def move_areas_out(view: View, finding: Finding) -> Iterator[Fix]:
    """The areas with the fewest functions move to divisions that work in them, or have room for one more."""
    team = finding.subjects[0].id
    held = areas_below(view, team)
    excess = len(held) - view.options(Straddling).max_areas
    work = functions_in(view, team)
    by_area = {area: [each for each in work if _area(view, each) == area] for area in held}
    homes = {area: _divisions_for_area(view, area, team, by_area[area]) for area in held}
    movable = [area for area in held if homes[area] and all(may_leave(view, each) for each in by_area[area])]

    def cost(areas: tuple[str, ...]) -> tuple[int, int]:
        newcomers = sum(area not in areas_below(view, homes[area][0]) for area in areas)
        return newcomers, sum(len(by_area[area]) for area in areas)

    for areas in sorted(combinations(sorted(movable), excess), key=cost)[: FIXES_MAX - 1]:
        if sum(len(by_area[area]) for area in areas) > FUNCTIONS_MAX:
            continue
        changes: list[Change] = []
        for area in areas:
            changes += moves(view, by_area[area], team_for_area(view, homes[area][0], area))
        named = tuple(Ref.to("area", area) for area in areas)
        yield Fix(
            sentence("Move {areas} out of {team}", areas=named, team=Ref.to("team", team)), tuple(changes)
        )


def _area(view: View, function: str) -> str | None:
    record = view.function(function)
    return None if record is None else record.area


def _divisions_for_area(view: View, area: str, team: str, functions: list[str]) -> list[str]:
    """The divisions an area can move to: those with functions of it, else those with room, the most similar
    first."""
    there = [each for each in divisions_by_area(view, area) if each != team]
    room = view.options(Straddling).max_areas
    others = [
        each for each in ordinary_divisions(view) if each != team and len(areas_below(view, each)) < room
    ]
    return there or sorted(
        others, key=lambda d: (-work_similarity(view, functions, functions_in(view, d)), d)
    )
