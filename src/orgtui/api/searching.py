"""Searching for better structures, from Python: what is wished for, and the answer as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.limits_file import Most, limits_beside, load_limits
from orgtui.advice.search.plans import Only, Options, Step
from orgtui.advice.search.plans import Suggestion as FoundPlan
from orgtui.advice.search.search import search
from orgtui.api.checking import pay_of
from orgtui.api.results import FindingKey, SuggestedStep, Suggestion, Suggestions
from orgtui.api.state import OrganizationState
from orgtui.api.suggest_words import check_words, pins_in
from orgtui.api.suggesting import SuggestedState, suggestions_as_dict
from orgtui.api.user_error import UserError
from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.locales import NameLookup, translate
from orgtui.model.schema import nearest, shown
from orgtui.model.sentence import Sentence, sentence
from orgtui.rules.assessment import ReportedFinding


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to search and within what, as the caller or the command line has it; see `orgtui.suggest`.

    `most` holds the limits that are numbers by the names that a file of limits has for them.
    """

    limits: Path | None
    keep: tuple[str, ...]
    must: tuple[str, ...]
    most: Mapping[str, int]
    within: str | None
    only: Only
    bold: bool
    seconds: float
    asks: int | None
    seed: int
    count: int
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    today: date | None
    with_pay: bool


def found(state: OrganizationState, wishes: Wishes) -> Suggestions:
    """Search from a state; takes as long as was wished.

    Raises UserError with every word that is not known, InvalidFile for limits or pay with problems.
    """
    _check(state, wishes)
    limits, options = limits_of(state, wishes), options_of(state, wishes)
    today = wishes.today or state.baseline.profile.as_of
    *_, progress = search(state.baseline, today, limits, options)
    suggested = SuggestedState(state, today, limits, options, progress)
    recommended = suggested.recommended
    return Suggestions(
        before=progress.before.penalty,
        asked=progress.asked,
        proven=progress.proven,
        stopped=progress.stopped,
        recommended=None if recommended is None else recommended.id,
        plans=tuple(_suggestion(each, suggested.names(each)) for each in progress.plans),
        _as_dict=suggestions_as_dict(suggested),
    )


def _check(state: OrganizationState, wishes: Wishes) -> None:
    problems: list[Sentence] = [
        sentence("no limit is called {word}; {nearest}", word=shown(word), nearest=nearest(word, MOST))
        for word in wishes.most
        if word not in MOST
    ]
    if wishes.select == ():
        problems.append(sentence("no rule is selected; leave the selection out to apply every rule"))
    rules = (*(wishes.select or ()), *wishes.ignore)
    try:
        check_words(state, keep=wishes.keep, must=wishes.must, within=wishes.within, rules=rules)
    except UserError as unknown:
        problems += unknown.sentences
    if problems:
        raise UserError(*problems)


MOST = tuple(Most.__dataclass_fields__)
"""The names of the limits that are numbers, as a file of limits writes them."""


def limits_of(state: OrganizationState, wishes: Wishes) -> Limits:
    """The limits of the file, and those that were wished for, which go before.

    Raises InvalidFile for a file with problems.
    """
    states = (state.organization, state.baseline)
    limits = (
        limits_beside(state.path, *states) if wishes.limits is None else load_limits(wishes.limits, *states)
    )
    for pin in pins_in(wishes.keep):
        limits = limits.with_pin(pin)
    given: dict[str, Any] = {f"most_{word}": most for word, most in wishes.most.items()}
    return replace(limits, **given, must_resolve=tuple(dict.fromkeys((*limits.must_resolve, *wishes.must))))


def options_of(state: OrganizationState, wishes: Wishes) -> Options:
    """How to search as was wished.

    Raises UserError if there is no pay file, InvalidFile for one with problems.
    """
    planned = () if state.plan is None else state.plan.steps
    return Options(
        seed=wishes.seed,
        seconds=None if wishes.asks else wishes.seconds,
        asks=wishes.asks,
        plans=wishes.count,
        only=wishes.only,
        bold=wishes.bold,
        within=wishes.within,
        select=wishes.select,
        ignore=wishes.ignore,
        plan_changes=tuple(parse_change(each.change) for each in planned),
        pay=pay_of(state.path, state.baseline, state.organization) if wishes.with_pay else None,
    )


def _suggestion(plan: FoundPlan, names: NameLookup) -> Suggestion:
    return Suggestion(
        plan.id,
        translate(plan.name, names),
        *(plan.penalty, plan.error, plan.warning, plan.advice),
        asdict(plan.cost),
        tuple(_step(each, names) for each in plan.steps),
        tuple(_keys(plan.left)),
    )


def _step(step: Step, names: NameLookup) -> SuggestedStep:
    return SuggestedStep(
        translate(step.title, names),
        step.kind,
        step.wave,
        tuple(change_to_mapping(each) for each in step.changes),
        tuple(_keys(step.resolved)),
        tuple(_keys(step.introduced)),
    )


def _keys(found: Iterable[ReportedFinding]) -> Iterator[FindingKey]:
    for code, subjects in sorted(each.identity for each in found):
        yield FindingKey(code, tuple(map(str, subjects)))
