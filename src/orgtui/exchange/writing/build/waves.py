"""The changes of a plan by wave, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from orgtui.changes.operations.teams import SetBudget
from orgtui.changes.step import Step
from orgtui.exchange.writing.build.replay import Made, names_on_the_way
from orgtui.exchange.writing.build.state import State
from orgtui.exchange.writing.report import PlannedChange, Wave
from orgtui.files.plan_file import PlannedWave
from orgtui.locales import NameLookup, translate
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.views.words.changes import describe


def waves_of(
    steps: Sequence[Made],
    described: Mapping[int, PlannedWave],
    before: State,
    after: State,
    *,
    with_pay: bool,
) -> tuple[Wave, ...]:
    """The steps by wave, in order; `described` are the waves that the plan describes, by number."""
    on_the_way = names_on_the_way(steps, before.organization, after.organization)

    def named(ref: Ref) -> str:
        return on_the_way.get(ref) or after.names(ref)

    def wave(number: int, made: Iterable[Made]) -> Wave:
        said = described.get(number, PlannedWave(number))
        changes = tuple(_change(each, before, after, named, with_pay) for each in made)
        return Wave(number, said.name, said.on, changes)

    return tuple(wave(number, made) for number, made in groupby(steps, key=lambda each: each.step.wave))


def _change(made: Made, before: State, after: State, names: NameLookup, with_pay: bool) -> PlannedChange:
    step = made.step
    what = translate(_what(step, before, with_pay), names)
    return PlannedChange(made.number, what, step.why, after.author(step.by), step.by)


def _what(step: Step, before: State, with_pay: bool) -> Sentence:
    """What a step did; of a pay budget only that it was set, unless pay was asked for."""
    if isinstance(step.change, SetBudget) and not with_pay:
        return sentence("changed the pay budget of {team}", team=Ref.to("team", step.change.team))
    return describe(step.change, step.change.replaced_values(before.organization))
