"""The teams after each wave of a plan, marked against those before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import TypeVar

from orgtui.exchange.writing.build.marks import Arriving, Leaving, successors_in
from orgtui.exchange.writing.build.part import Part
from orgtui.exchange.writing.build.replay import Made
from orgtui.exchange.writing.build.state import Snapshot
from orgtui.exchange.writing.build.structure import teams_of
from orgtui.exchange.writing.report import MOST_SEATS_OF_WAVES, Seat, Team, WaveState, Work
from orgtui.model.store import Organization

T = TypeVar("T", Seat, Work)


def wave_states_of(
    baseline: Organization, made: Sequence[Made], told: Collection[Made], limit: Part | None, today: date
) -> tuple[WaveState, ...]:
    """The states after the waves of which steps are told; none if that is one wave, or too many seats.

    `made` are all steps of the plan, which were made in `baseline` one after the other.
    """
    numbers = {each.step.wave for each in told}
    if len(numbers) < 2 or len(baseline.people) > MOST_SEATS_OF_WAVES:
        return ()
    return tuple(each for each in _states(baseline, made, limit, today) if each.number in numbers)


def _states(
    baseline: Organization, made: Sequence[Made], limit: Part | None, today: date
) -> Iterator[WaveState]:
    now = baseline.copy()
    before = Snapshot.of(now, today)
    for number, steps in groupby(made, key=lambda each: each.step.wave):
        wave = [*steps]
        for each in (each for step in wave for each in step.sets):
            now.apply(each)
        after = Snapshot.of(now, today)
        top, end = _top(before.organization, limit), _top(after.organization, limit)
        if top is not None and end is not None:
            yield _state(number, before, after, wave, (top, end))
        before = after


def _top(organization: Organization, limit: Part | None) -> str | None:
    """The team from which on a state is told; None if it has none."""
    if limit is None:
        return organization.root
    return next((each for each in (limit.after, limit.before) if each in organization.teams), None)


def _state(
    number: int, before: Snapshot, after: Snapshot, wave: Sequence[Made], tops: tuple[str, str]
) -> WaveState:
    leaving = Leaving(after, successors_in(each.step for each in wave))
    was = {each.id: each for each in teams_of(before, tops[0], leaving)}
    now = {each.id: each for each in teams_of(after, tops[1], Arriving(before, after))}
    merged = {key: _with_gone(team, was.get(key)) for key, team in now.items()}
    merged |= {key: _gone_alone(team) for key, team in was.items() if team.mark == "gone" and key not in now}
    return WaveState(number, tuple(_in_order(merged, tops[1], before, after)), now[tops[1]].headcount)


def _with_gone(team: Team, was: Team | None) -> Team:
    """A team with the seats and functions that went from it."""
    if was is None:
        return team
    return replace(team, seats=team.seats + _gone(was.seats), functions=team.functions + _gone(was.functions))


def _gone_alone(team: Team) -> Team:
    """A team that went, with only what went with it: the rest is shown where it is now."""
    return replace(team, seats=_gone(team.seats), functions=_gone(team.functions))


def _gone(things: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(each for each in things if each.mark == "gone")


def _in_order(teams: Mapping[str, Team], top: str, before: Snapshot, after: Snapshot) -> Iterator[Team]:
    """Teams from the top down in file order; those whose parent is not told are right below the top."""
    old, new = before.organization.teams, after.organization.teams

    def rank(team: str) -> int:
        return (old if team in old else new).rank(team)

    def above(team: str) -> str:
        parent = teams[team].parent
        return top if parent is None or parent not in teams else parent

    below: dict[str, list[str]] = {}
    for each in sorted(teams.keys() - {top}, key=rank, reverse=True):
        below.setdefault(above(each), []).append(each)
    left = [(top, 0)]
    while left:
        team, depth = left.pop()
        yield replace(teams[team], parent=None if team == top else above(team), depth=depth)
        left += ((child, depth + 1) for child in below.get(team, ()))
