"""The headline of a report: one sentence with the numbers that matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from orgtui.exchange.writing.report import Structure
from orgtui.locales import translate
from orgtui.model.records import Severity
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.views.words.changes import AND

RESULT = N_("{change}: {what}")
NO_FINDINGS = N_("no findings")
TEAMS = N_("{teams:team|teams}")
TEAMS_AND_FOCUS = N_("{teams:team|teams} and {focus:focus team|focus teams}")

COUNTED: Mapping[Severity, str] = {
    "error": N_("{count:error|errors}"),
    "warning": N_("{count:warning|warnings}"),
    "advice": N_("{count:piece|pieces} of advice"),
}
BECOME: Mapping[Severity, str] = {
    "error": N_("{was:error becomes|errors become} {now}"),
    "warning": N_("{was:warning becomes|warnings become} {now}"),
    "advice": N_("{was:piece of advice becomes|pieces of advice become} {now}"),
}
COME: Mapping[Severity, str] = {
    "error": N_("{now:new error|new errors}"),
    "warning": N_("{now:new warning|new warnings}"),
    "advice": N_("{now:new piece|new pieces} of advice"),
}

Counts = Mapping[Severity, int]
"""How many findings count, by severity, gravest first."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a plan comes to in numbers: steps, people in another team, people with another manager."""

    changes: int
    moved: int
    led_otherwise: int


def headline_of_plan(
    before: Structure, after: Structure, was: Counts, now: Counts, effect: Effect, *, is_same_part: bool
) -> str:
    """The headline of a plan, translated; `is_same_part`: both states are drawn from the same team down."""
    teams = _teams(before, after) if is_same_part else None
    what = list(_what_happens(was, now, effect))
    if not what and teams is None and is_same_part and before.headcount != after.headcount:
        what = [sentence("headcount from {was} to {now}", was=before.headcount, now=after.headcount)]
    if teams is None:
        return _capitalised(translate(_joined(what or [_nothing_to_count(effect)])))
    said = sentence(RESULT, change=teams, what=_joined(what)) if what else teams
    return _capitalised(translate(said))


def headline_of_state(structure: Structure, counts: Counts) -> str:
    """The headline of a state without plan, translated: its size and its findings."""
    teams = max(1, len(structure.teams) - 1)
    size = sentence("{people:seat|seats} in {teams:team|teams}", people=structure.headcount, teams=teams)
    found = [sentence(COUNTED[each], count=count) for each, count in counts.items() if count]
    return translate(sentence(RESULT, change=size, what=_joined(found or [sentence(NO_FINDINGS)])))


def _teams(before: Structure, after: Structure) -> Sentence | None:
    """How the number of teams below the top changes; None if it does not."""
    was, now = _number_of_teams(before), _number_of_teams(after)
    return None if was == now else sentence("from {was} to {now}", was=_counted(*was), now=_counted(*now))


def _number_of_teams(structure: Structure) -> tuple[int, int]:
    """How many teams there are below the top that are no focus teams, and that are."""
    below = [each.is_focus for each in structure.teams[1:]]
    return below.count(False), below.count(True)


def _counted(teams: int, focus: int) -> Sentence:
    return sentence(TEAMS_AND_FOCUS, teams=teams, focus=focus) if focus else sentence(TEAMS, teams=teams)


def _what_happens(was: Counts, now: Counts, effect: Effect) -> Iterator[Sentence]:
    """People who move and have new managers, then errors and warnings; advice if neither changes."""
    if effect.moved:
        yield sentence("{people:person moves|people move}", people=effect.moved)
    if effect.led_otherwise:
        yield sentence("{people:person gets|people get} a new manager", people=effect.led_otherwise)
    changed = [each for each in was if was[each] != now[each]]
    for severity in [each for each in changed if each != "advice"] or changed:
        words = BECOME if was[severity] else COME
        yield sentence(words[severity], was=was[severity], now=now[severity])


def _nothing_to_count(effect: Effect) -> Sentence:
    if not effect.changes:
        return sentence("the plan changes nothing yet")
    return sentence(
        "{changes:change|changes}; teams, managers and findings stay as they are", changes=effect.changes
    )


def _joined(said: Sequence[Sentence]) -> Sentence:
    """Sentences as one, at least one."""
    return reduce(lambda before, each: sentence(AND, said=before, detail=each), said)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
