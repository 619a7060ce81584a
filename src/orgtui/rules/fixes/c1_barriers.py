"""Fixes for C1: fewer teams that must agree, and fewer that all others wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from orgtui.changes.operations.teams import MergeTeams
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.catalogue.c1_barriers import Fragmentation, Hub
from orgtui.rules.catalogue.p2_like_work import TeamSize
from orgtui.rules.facts.handoffs import handoff_partners, team_handoffs
from orgtui.rules.facts.kin import handoff_partners_of
from orgtui.rules.facts.stages import end_team
from orgtui.rules.facts.teams import is_focus, is_root, is_staffed_group, parent_of
from orgtui.rules.facts.totals import total
from orgtui.rules.fixes.common import (
    COMPARED_MAX,
    FIXES_MAX,
    areas_of,
    may_leave,
    move_fix,
    work_similarity,
)
from orgtui.rules.fixes.p2_like_work import merge_fix
from orgtui.rules.registry import Fix, fixes

MERGES_MAX = 12
"""The most mergers in a fix; more would be a new structure."""

TALKERS_MAX = 8
"""The most teams that a hint names."""

MergeGroup = tuple[str, ...]
"""Teams that are to be merged; the others merge into the first."""
Measure = Callable[[View, MergeGroup, MergeGroup], Fraction]


@fixes("C101")
def merge_most_similar(view: View, finding: Finding) -> Iterator[Fix]:
    """The most similar siblings merge until there are few enough: similar in skills, or in areas. Where there
    are no siblings left, teams merge with those below them."""
    options = view.options(Fragmentation)
    enough = max(options.from_teams, total(view, "seats in line") // options.seats_per_team)
    excess = total(view, "staffed groups") - enough
    if excess > MERGES_MAX:
        return
    for measures in ((_skill_similarity, _area_similarity), (_area_similarity, _skill_similarity)):
        groups = _groups_after_merging(view, excess, measures)
        if groups is not None:
            yield _merge_fix(groups)


def _groups_after_merging(view: View, excess: int, measures: tuple[Measure, ...]) -> list[MergeGroup] | None:
    """The groups of teams after `excess` mergers; None if there are too few teams to merge."""
    most = view.options(TeamSize).max_size

    def rank(pair: tuple[MergeGroup, MergeGroup]) -> tuple[object, ...]:
        size = _seats(view, pair[0]) + _seats(view, pair[1])
        alike = (-measure(view, *pair) for measure in measures)
        return size > most, not _are_siblings(view, *pair), *alike, size, pair

    ranks = {pair: rank(pair) for pair in _neighbours(view)}
    groups = {group for pair in ranks for group in pair}
    for _ in range(excess):
        if not ranks:
            return None
        one, other = min(ranks, key=ranks.__getitem__)
        merged = one + other if _seats(view, one) >= _seats(view, other) else other + one
        touched = {pair for pair in ranks if one in pair or other in pair}
        beside = {group for pair in touched for group in pair} - {one, other}
        ranks = {pair: known for pair, known in ranks.items() if pair not in touched}
        ranks |= {pair: rank(pair) for pair in (_in_order(group, merged) for group in beside)}
        groups = groups - {one, other} | {merged}
    return sorted(groups)


def _neighbours(view: View) -> Iterator[tuple[MergeGroup, MergeGroup]]:
    """The pairs of teams counted by C101, each a group of its own, with one parent or one below the other."""
    by_parent: dict[str | None, list[str]] = {}
    for team in sorted(view.ids("team")):
        if is_staffed_group(view, team):
            by_parent.setdefault(parent_of(view, team), []).append(team)
    for parent, teams in by_parent.items():
        yield from (((one,), (other,)) for one, other in combinations(teams, 2))
        if parent is not None and is_staffed_group(view, parent):
            yield from (_in_order((parent,), (team,)) for team in teams)


def _are_siblings(view: View, one: MergeGroup, other: MergeGroup) -> bool:
    """Whether some teams of two groups have the same parent."""
    return not {parent_of(view, team) for team in one}.isdisjoint(parent_of(view, team) for team in other)


def _in_order(one: MergeGroup, other: MergeGroup) -> tuple[MergeGroup, MergeGroup]:
    return (one, other) if one < other else (other, one)


def _seats(view: View, group: MergeGroup) -> int:
    return sum(view.open_seats(team) for team in group)


def _functions(view: View, group: MergeGroup) -> list[str]:
    return [function for team in group for function in sorted(view.functions_of(team))]


def _skill_similarity(view: View, one: MergeGroup, other: MergeGroup) -> Fraction:
    """The average similarity of the functions of two groups."""
    first, second = _functions(view, one), _functions(view, other)
    return work_similarity(view, first, second) / max(1, len(first) * len(second))


def _area_similarity(view: View, one: MergeGroup, other: MergeGroup) -> Fraction:
    """The part of the pairs of functions of two groups that are of one area."""
    first, second = _areas(view, one), _areas(view, other)
    return Fraction(sum(second.count(area) for area in first if area), max(1, len(first) * len(second)))


def _areas(view: View, group: MergeGroup) -> list[str | None]:
    records = (view.function(function) for function in _functions(view, group))
    return [record.area for record in records if record is not None]


def _merge_fix(groups: list[MergeGroup]) -> Fix:
    merged = [group for group in groups if len(group) > 1]
    mergers = tuple(
        sentence(
            "{teams} into {into}",
            teams=tuple(Ref.to("team", team) for team in gone),
            into=Ref.to("team", into),
        )
        for into, *gone in merged
    )
    changes = tuple(MergeTeams(team, into) for into, *gone in merged for team in gone)
    return Fix(sentence("Merge {mergers}", mergers=mergers), changes)


# -- C102, C103 ----------------------------------------------------------------------------------------


@fixes("C102")
def talk_about_loop(view: View, finding: Finding) -> Iterator[Fix]:
    """The teams say what comes back: feedback, or work that was not done at the first pass."""
    if len(finding.subjects) <= TALKERS_MAX:
        told = N_("Ask {teams} what comes back and why: feedback, or work to be done again")
        yield Fix(sentence(told, teams=tuple(finding.subjects)))


@fixes("C103")
def relieve_hub(view: View, finding: Finding) -> Iterator[Fix]:
    """A function goes to the like-minded partner it exchanges most with, where that leaves few enough
    partners; or the team and such a partner become one."""
    hub = finding.subjects[0].id
    most = view.options(Hub).max
    yield from [*_moves_away(view, hub, most)][: FIXES_MAX - 2]
    yield from [*_mergers(view, hub, most)][: FIXES_MAX - 2]


def _moves_away(view: View, hub: str, most: int) -> Iterator[Fix]:
    """Moves of one of several functions that leave at most `most` partners, the most exchanged with first."""
    functions = sorted(view.functions_of(hub))
    if not 1 < len(functions) <= COMPARED_MAX:
        return
    exchanged = {each: _partners_of(view, each) for each in functions}
    ways: list[tuple[int, str, str]] = []
    for function, partners in exchanged.items():
        others = {team for other in functions if other != function for team in exchanged[other]}
        for to in partners.keys() - {hub}:
            left = (others | ({to} if hub in partners else set())) - {hub}
            if len(left) <= most and may_leave(view, function) and _is_like(view, [function], to):
                ways.append((-partners[to], function, to))
    for _, function, to in sorted(ways):
        yield move_fix(view, [function], to)


def _partners_of(view: View, function: str) -> Counter[str]:
    """The teams of the functions that a function has handoffs with, each with their number."""
    ends = (end_team(view, other) for other in handoff_partners_of(view, function))
    return Counter(team for team in ends if team is not None)


def _mergers(view: View, hub: str, most: int) -> Iterator[Fix]:
    """Mergers of a team with a partner that leave few enough partners, the most exchanged with first."""
    exchanged = team_handoffs(view, hub)
    size = view.options(TeamSize).max_size - view.open_seats(hub)
    for partner in sorted(exchanged, key=lambda team: (-exchanged[team], team))[:COMPARED_MAX]:
        left = {*exchanged, *handoff_partners(view, partner)} - {hub, partner}
        may_merge = not any(is_root(view, each) or is_focus(view, each) for each in (hub, partner))
        is_enough = len(left) <= most and view.open_seats(partner) <= size
        if may_merge and is_enough and _is_like(view, sorted(view.functions_of(hub)), partner):
            is_larger = view.open_seats(partner) > view.open_seats(hub)
            yield merge_fix(*((hub, partner) if is_larger else (partner, hub)))


def _is_like(view: View, functions: list[str], team: str) -> bool:
    """Whether some functions share areas or skills with those of a team that is no focus team."""
    functions, work = functions[:COMPARED_MAX], sorted(view.functions_of(team))[:COMPARED_MAX]
    alike = areas_of(view, functions) & areas_of(view, work) or work_similarity(view, functions, work)
    return bool(alike) and not is_focus(view, team)
