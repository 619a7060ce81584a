"""Room in people's weeks: who can give a function more time, and who can take work over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from orgtui.changes.base import Change
from orgtui.changes.operations.seats import Assign, Unassign
from orgtui.engine.view import View
from orgtui.model.indexes import performed_functions
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.catalogue.s4_resources import Staffing
from orgtui.rules.facts.numbers import as_decimal, integer_ratio, rounded_up
from orgtui.rules.facts.skills import covers
from orgtui.rules.facts.work import performers_in_order
from orgtui.rules.fixes.common import FIXES_MAX, filled_members, skills_of
from orgtui.rules.registry import Fix

A_WEEK, A_DAY = 100, 20
"""A full-time week and a day of it, in percent."""
LEAST_ROOM = 20
"""The smallest share that is proposed for a function, in percent of a week."""
HALF_A_WEEK = 50
"""The share that is proposed for a function of which nobody knows how much work it is, in percent."""
HELPERS_MAX = 4
"""The most people who give a function more time together; more would be more than one decision."""
COMPARED_MAX = 200
"""The most people of a function or team who are compared in a search for time."""


def room(view: View, person: str) -> int:
    """What is left of the week of a seat, in percent; below 0 if too much is promised."""
    record = view.person(person)
    return 0 if record is None else record.fte - sum(record.functions.values())


def free_time(view: View, person: str) -> int:
    """What a seat could give to functions, in percent; who leads a team keeps a day of the week for that."""
    return room(view, person) - (A_DAY if view.led_by(person) else 0)


def share_in(view: View, person: str, function: str) -> int:
    """The share of a seat in a function, in percent."""
    record = view.person(person)
    return 0 if record is None else record.functions.get(function, 0)


def needed_percent(view: View, function: str) -> int | None:
    """The work a function says it is, in percent of a full-time week; None if it does not say."""
    record = view.function(function)
    if record is None or record.fte_needed is None:
        return None
    needed, of_needed = integer_ratio(record.fte_needed)
    return rounded_up(100 * needed, of_needed)


def lacking_percent(view: View, function: str) -> int:
    """The time a function lacks, in percent; half a week if nobody performs it and nothing is said."""
    needed = needed_percent(view, function)
    if needed is None:
        return 0 if view.performers(function) else HALF_A_WEEK
    return max(0, needed - view.staffing(function))


def least_percent(view: View, function: str) -> int:
    """The time a function lacks until S403 finds it enough, in percent."""
    least, of_least = integer_ratio(view.options(Staffing).least)
    lacking = lacking_percent(view, function)
    return lacking - (of_least - least) * (lacking + view.staffing(function)) // of_least


def spare_percent(view: View, function: str) -> int:
    """The time a function gets beyond what it says it needs, in percent; 0 if it does not say."""
    needed = needed_percent(view, function)
    return 0 if needed is None else max(0, view.staffing(function) - needed)


def helpers(view: View, function: str, besides: Iterable[str] = ()) -> list[str]:
    """Who could give a function time: those who perform it, then members of its team who can judge it.

    Who leads comes last, whose skills are nearest to those it needs first, then who has most room, if any.
    """
    record = view.function(function)
    performing = performers_in_order(view, function)[:COMPARED_MAX]
    team = None if record is None else record.team
    members = [] if team is None else filled_members(view, team, COMPARED_MAX)
    able = (each for each in members if covers(view, each, function))
    needed = skills_of(view, function)
    return sorted(
        {*performing, *able}.difference(besides),
        key=lambda each: (
            each not in performing,
            bool(view.led_by(each)),
            -_nearness(view, each, needed),
            -room(view, each),
            each,
        ),
    )


def _nearness(view: View, person: str, needed: Mapping[str, int]) -> int:
    """The levels of a seat in some skills, as far as these are needed, added up."""
    record = view.person(person)
    skills = {} if record is None else record.skills
    return sum(min(level, skills.get(skill, 0)) for skill, level in needed.items())


def more_time(view: View, function: str, least: int, wanted: int) -> Iterator[Fix]:
    """Somebody with room gives a function more time: at least `least` percent of a week, and up to `wanted`.

    Or some give it together what is wanted, also from functions that get more than they need.
    """
    able = helpers(view, function)
    enough = [each for each in able if free_time(view, each) >= least]
    for person in enough[: FIXES_MAX - 1]:
        percent = min(wanted, free_time(view, person))
        title = sentence(
            "Let {person} give {function} another {percent}% of a week",
            person=Ref.to("person", person),
            function=Ref.to("function", function),
            percent=percent,
        )
        yield Fix(title, (_given(view, person, function, percent),))
    together = time_together(view, function, least, wanted, able)
    if together is not None and not enough:
        yield together


TOGETHER = {
    (False, False): N_("Let {people} give {function} {percent}% of a week between them"),
    (False, True): N_("Let {people} give {function} {percent}% of a week, also from {others}"),
    (True, False): N_("Let {people} give {function} another {percent}% of a week between them"),
    (True, True): N_("Let {people} give {function} another {percent}% of a week, also from {others}"),
}
"""What people do for a function together, by whether it is performed already and other functions get less."""


def time_together(view: View, function: str, least: int, wanted: int, able: list[str]) -> Fix | None:
    """Some of the able give a function what is wanted: from their room, and from what other functions get
    beyond their needs. None if that is less than `least` percent of a week."""
    given: dict[str, int] = {}
    lowered: dict[tuple[str, str], int] = {}
    for source in (_room_of, _spare_of):
        for person in able:
            if person not in given and len(given) == HELPERS_MAX:
                continue
            for other, free in source(view, person, function, lowered):
                before = given.get(person, 0)
                part = min(
                    free, wanted - sum(given.values()), A_WEEK - share_in(view, person, function) - before
                )
                if part > 0 and _is_worth_it(view, person, function, before + part):
                    given[person] = before + part
                    if other is not None:
                        lowered[person, other] = part
    if not given or sum(given.values()) < least:
        return None
    changes = [_lowered(view, *each, by) for each, by in lowered.items()]
    givers = [person for person in able if person in given]
    changes += [_given(view, person, function, given[person]) for person in givers]
    title = sentence(
        TOGETHER[view.staffing(function) > 0, bool(lowered)],
        people=tuple(Ref.to("person", person) for person in givers),
        function=Ref.to("function", function),
        percent=sum(given.values()),
        others=tuple(dict.fromkeys(Ref.to("function", other) for _, other in lowered)),
    )
    return Fix(title, tuple(changes))


Lowered = Mapping[tuple[str, str], int]
"""By how many percent of a week the shares of people in functions are lowered."""


def _room_of(view: View, person: str, _: str, __: Lowered) -> Iterator[tuple[None, int]]:
    yield None, free_time(view, person)


def _spare_of(view: View, person: str, function: str, lowered: Lowered) -> Iterator[tuple[str, int]]:
    """What a seat gives to other functions beyond their needs; a share worth having is left, or none."""
    record = view.person(person)
    for other in () if record is None else performed_functions(record):
        taken = sum(by for (_, each), by in lowered.items() if each == other)
        share, spare = share_in(view, person, other), spare_percent(view, other) - taken
        if other != function:
            yield other, share if spare >= share else min(spare, share - LEAST_ROOM)


def _given(view: View, person: str, function: str, percent: int) -> Change:
    return Assign(person, function, share_in(view, person, function) + percent)


def _lowered(view: View, person: str, function: str, percent: int) -> Change:
    left = share_in(view, person, function) - percent
    return Assign(person, function, left) if left else Unassign(person, function)


def find_people_hint(function: str, lacking: int) -> Fix:
    """What people must see to where nobody has room for a function that lacks some percent of a week."""
    told = N_("Fill a seat for {function}, which lacks {fte} FTE, or decide what is left undone")
    return Fix(sentence(told, function=Ref.to("function", function), fte=as_decimal(lacking)))


def hand_over(view: View, person: str, functions: Iterable[str], by: int = 0) -> Fix | None:
    """Others take over what a seat gives to some functions, each the one of `helpers` at place `by`.

    None if for some function nobody has room for it.
    """
    changes: list[Change] = []
    takers: dict[str, int] = {}
    functions = list(functions)
    for function in functions:
        share = share_in(view, person, function)
        able = [
            each
            for each in helpers(view, function, besides=(person,))
            if free_time(view, each) - takers.get(each, 0) >= share
            and _is_worth_it(view, each, function, share)
        ]
        if len(able) <= by:
            return None
        takers[able[by]] = takers.get(able[by], 0) + share
        changes += [_given(view, able[by], function, share), Unassign(person, function)]
    title = sentence(
        "Let {people} take over what {person} gives to {functions}",
        people=tuple(Ref.to("person", taker) for taker in takers),
        person=Ref.to("person", person),
        functions=tuple(Ref.to("function", function) for function in functions),
    )
    return Fix(title, tuple(changes))


def _is_worth_it(view: View, person: str, function: str, share: int) -> bool:
    """Whether a seat would give a function a share worth having, with what it gives already."""
    return share_in(view, person, function) + share >= LEAST_ROOM


def take_back(view: View, person: str, functions: Iterable[str], small: Collection[str]) -> Fix | None:
    """A seat gives up functions that others perform: what a function gets beyond its needs, and where it does
    not say what it needs a share among the `small` ones. None if some function would miss the share."""
    functions = list(functions)
    others: dict[str, None] = {}
    for function in functions:
        staying = [each for each in performers_in_order(view, function)[:COMPARED_MAX] if each != person]
        is_missed = spare_percent(view, function) < share_in(view, person, function)
        if not staying or (
            is_missed and (needed_percent(view, function) is not None or function not in small)
        ):
            return None
        others |= dict.fromkeys(staying[:HELPERS_MAX])
    title = sentence(
        "Leave {functions} to {people}, and free {person} from it",
        functions=tuple(Ref.to("function", function) for function in functions),
        people=tuple(Ref.to("person", each) for each in others),
        person=Ref.to("person", person),
    )
    return Fix(title, tuple(Unassign(person, function) for function in functions))
