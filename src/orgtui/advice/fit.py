"""Whether what is carried belongs at a place: by the areas, skills and handoffs of the work that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.facts.home import AreaAmounts, divisions_at_home, main_area, work_of_divisions
from orgtui.rules.facts.kin import are_kin, handoff_partners_of, is_similar, similar_in
from orgtui.rules.facts.reporting import top_team_led
from orgtui.rules.facts.skills import similarity
from orgtui.rules.facts.teams import depth, division, is_root
from orgtui.rules.fixes.common import functions_in

Fit = Literal["home", "kin", "neutral", "stranger"]

POINTS: Mapping[Fit, int] = {"home": 3, "kin": 1, "neutral": 0, "stranger": -6}
"""What a fit counts in the ranking of places, beside the balance. Source: our judgement, tried on samples."""

WORDS: Mapping[Fit, Sentence] = {
    "home": sentence("home"),
    "kin": sentence("kin"),
    "neutral": sentence("neutral"),
    "stranger": sentence("stranger"),
}
"""What a fit is called on screen."""

COMPARED_MAX = 60
"""So many functions of what is carried are compared one by one with those at a place; of more, the first."""

NAMED_MAX = 3
"""So many divisions where something is at home are named."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """How something fits a place, and why, in words that go on from its name."""

    fit: Fit
    why: Sentence

    @property
    def points(self) -> int:
        """What it counts in the ranking of places."""
        return POINTS[self.fit]


def fitting(view: View, carried: Ref, team: str) -> Fitting:
    """How a function, a team or a person fits a team's place, in the state before it moves there."""
    return Fitter(view, carried).at(team)


class Fitter:
    """How one function, team or person fits places, in one state of the organisation.

    A place is a division: work is compared with all work of the division, without that of what is carried.
    The root is a place of its own, with the functions it holds itself: work of a known area that has no kin
    among them is a stranger there, where no principle looks at it any more. A team that moves there becomes a
    division of its own. A focus team is the place of its focus and of who works on it.

    What was found of a division is kept here and not as a derived value of the view, which would be derived
    again in every preview as long as the session lasts.
    """

    def __init__(self, view: View, carried: Ref) -> None:
        self.carried = carried
        self._view = view
        self._work = _work_of(view, carried)
        self._own = {place for each in self._work.leaving if (place := _place(view, each)) is not None}
        self._homes = self._home_divisions()
        self._known: dict[str, Fitting] = {}

    def at(self, team: str) -> Fitting:
        """How it fits the place of a team."""
        if is_root(self._view, team) and self.carried.kind == "team":
            return self._as_a_division()
        record = self._view.team(team)
        if record is not None and record.focus is not None and self.carried.kind != "person":
            focus = Ref.to("function", record.focus.function)
            if self.carried != focus:
                told = sentence("only {function} belongs in a focus team", function=focus)
                return Fitting("stranger", told)
        place = division(self._view, team) or team
        if place not in self._known:
            self._known[place] = self._at(place)
        return self._known[place]

    def kin_in(self, team: str) -> int:
        """How many functions a team itself has that are kin to the work carried, or part of it."""
        there = (each for each in self._view.functions_of(team) if each not in self._work.leaving)
        own = self._work.functions[:COMPARED_MAX]
        return sum(any(each == other or are_kin(self._view, each, other) for each in own) for other in there)

    def _at(self, place: str) -> Fitting:
        """How it fits a division or the root."""
        done_here = _done_here(self._view, self.carried, place)
        if done_here is not None:
            return Fitting("home", done_here)
        area, areas = self._work.area, self._areas_at(place)
        home = main_area(self._view, areas)
        if area is not None and home == area:
            belongs = N_("belongs here: shares {area} with {number:function|functions}")
            return Fitting("home", _shared(belongs, area, areas))
        kinship = self._kinship(place, areas)
        if kinship is not None:
            return Fitting("kin", kinship)
        if area is None:
            return Fitting("neutral", sentence("of what area it is is not known"))
        if home is None and not is_root(self._view, place):
            return Fitting("neutral", sentence("no other work of a known area is here"))
        return Fitting("stranger", self._at_home_elsewhere())

    def _as_a_division(self) -> Fitting:
        """How a team fits straight below the root: it makes a home for its area, unless that has one."""
        area = self._work.area
        if area is None:
            return Fitting("neutral", sentence("of what area it is is not known"))
        if self._homes:
            return Fitting("stranger", self._at_home_elsewhere())
        return Fitting("home", sentence("gives {area} a division of its own", area=Ref.to("area", area)))

    def _at_home_elsewhere(self) -> Sentence:
        if not self._homes:
            return sentence("nothing here is like it")
        teams = tuple(Ref.to("team", each) for each in self._homes[:NAMED_MAX])
        return sentence("nothing here is like it; its kind is at home in {teams}", teams=teams)

    def _home_divisions(self) -> tuple[str, ...]:
        """The divisions whose home area, without what is carried, is its main area; no focus teams."""
        area = self._work.area
        homes = () if area is None else divisions_at_home(self._view, area)
        return tuple(
            each
            for each in homes
            if each not in self._own or main_area(self._view, self._areas_at(each)) == area
        )

    def _areas_at(self, place: str) -> AreaAmounts:
        """The functions at a place, a division or the root, without those that leave with what is carried."""
        view, leaving = self._view, self._work.leaving
        if is_root(view, place):
            return areas_of(view, dict.fromkeys(set(view.functions_of(place)) - leaving, 1))
        areas: dict[tuple[str, int], int] = dict(work_of_divisions(view, place))
        if place in self._own:
            gone = dict.fromkeys((each for each in leaving if _place(view, each) == place), 1)
            for member, number in areas_of(view, gone).items():
                areas[member] -= number
        return {member: number for member, number in areas.items() if number}

    def _kinship(self, place: str, areas: AreaAmounts) -> Sentence | None:
        """What it shares with work at a place: an area, a handoff or skills; None if nothing."""
        view, work = self._view, self._work
        here = {area for area, _ in areas}
        records = map(view.function, work.functions)
        own = [record.area for record in records if record is not None and record.area in here]
        if own:
            area = work.area if work.area in own else own[0]
            assert area is not None
            return _shared(N_("shares {area} with {number:function|functions} here"), area, areas)
        compared = work.functions[:COMPARED_MAX]
        for function in compared:
            partners = handoff_partners_of(view, function)
            there = {each for each in partners if each not in work.leaving and _place(view, each) == place}
            if there:
                return _handoff_with(view, function, min(there))
        for function in compared:
            for other in _similar_at(view, function, place):
                if other not in work.leaving:
                    told = N_("{function} needs much the same skills as {function2}, which is here")
                    return _alike(told, function, other)
        return None


# -- what is carried -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Work:
    """The work of what is carried: its functions, which of them leave with it, and their main area."""

    functions: tuple[str, ...]
    leaving: frozenset[str] = frozenset()
    area: str | None = None


def _work_of(view: View, carried: Ref) -> _Work:
    """The work of a function, a team or a person."""
    if carried.kind == "function":
        record = view.function(carried.id)
        area = None if record is None else record.area
        return _Work((carried.id,), frozenset((carried.id,)), area)
    if carried.kind == "team":
        return _work_of_team(view, carried.id)
    return _work_of_person(view, carried.id)


def _work_of_team(view: View, team: str) -> _Work:
    """The functions of a team and below it; of a team without any, what its people perform."""
    functions = tuple(functions_in(view, team))
    if not functions:
        shares: dict[str, int] = {}
        for person in sorted(view.members(team)):
            for function, share in _shares(view, person).items():
                shares[function] = shares.get(function, 0) + share
        return _Work(tuple(shares), area=main_area(view, areas_of(view, shares)))
    return _Work(
        functions, frozenset(functions), main_area(view, areas_of(view, dict.fromkeys(functions, 1)))
    )


def _work_of_person(view: View, person: str) -> _Work:
    """What the team does that a person leads; else what the person performs; else what the own team does."""
    shares = _shares(view, person)
    led = top_team_led(view, person)
    if led is not None and not is_root(view, led):
        work = _work_of(view, Ref.to("team", led))
        return _Work((*shares, *work.functions), area=work.area)
    if shares:
        return _Work(tuple(shares), area=main_area(view, areas_of(view, shares)))
    record = view.person(person)
    functions = () if record is None else tuple(sorted(view.functions_of(record.team)))
    return _Work(functions, area=main_area(view, areas_of(view, dict.fromkeys(functions, 1))))


def _shares(view: View, person: str) -> dict[str, int]:
    """The shares above 0 of a seat, filled or not."""
    record = view.person(person)
    functions = {} if record is None else record.functions
    return {function: share for function, share in functions.items() if share > 0}


# -- areas ---------------------------------------------------------------------------------------------


def areas_of(view: View, functions: Mapping[str, int]) -> AreaAmounts:
    """Amounts of work of functions with an area, by their amounts."""
    areas: dict[tuple[str, int], int] = {}
    for function, weight in functions.items():
        record = view.function(function)
        if record is not None and record.area is not None:
            place = record.area, 0 if record.team is None else depth(view, record.team)
            areas[place] = areas.get(place, 0) + weight
    return areas


def _place(view: View, function: str) -> str | None:
    """The division of a function, or the root; None without team."""
    record = view.function(function)
    return None if record is None or record.team is None else division(view, record.team) or record.team


# -- words and places ----------------------------------------------------------------------------------


def _done_here(view: View, carried: Ref, place: str) -> Sentence | None:
    """That a person leads or works at a place, in words; None otherwise and of anything else."""
    if carried.kind != "person":
        return None
    led = top_team_led(view, carried.id)
    if led is not None and not is_root(view, led) and division(view, led) == place:
        return sentence("belongs here: leads {team}", team=Ref.to("team", led))
    done = tuple(
        Ref.to("function", each) for each in _shares(view, carried.id) if _place(view, each) == place
    )
    return sentence("belongs here: performs {functions}", functions=done) if done else None


def _shared(template: str, area: str, areas: AreaAmounts) -> Sentence:
    number = sum(amount for (each, _), amount in areas.items() if each == area)
    return sentence(template, area=Ref.to("area", area), number=number)


def _handoff_with(view: View, function: str, other: str) -> Sentence:
    if any(target == other for _, target in view.handoffs_from(function)):
        return _alike(N_("{function} hands over to {function2}, which is here"), function, other)
    return _alike(N_("{function} takes over from {function2}, which is here"), function, other)


def _alike(template: str, function: str, other: str) -> Sentence:
    return sentence(template, function=Ref.to("function", function), function2=Ref.to("function", other))


def _similar_at(view: View, function: str, place: str) -> Iterator[str]:
    """The functions at a place that need skills similar to those of a function."""
    if not is_root(view, place):
        yield from similar_in(view, function, place)
        return
    for other in sorted(view.functions_of(place)):
        common, whole = similarity(view, function, other)
        if other != function and is_similar(common, whole):
            yield other
