"""Suggested plans as text: the recommended one by its steps, the others in a line each, a small picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from orgtui.advice.search.choice import is_worth_it
from orgtui.advice.search.plans import Cost, Counts, Step, Suggestion
from orgtui.api.suggesting import SuggestedState
from orgtui.cli.suggest_front import front_lines
from orgtui.locales import NameLookup, translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.policy import message
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.finding_order import finding_order

MENDED_SHOWN, LEFT_SHOWN = 3, 10
"""So many of the findings that a step mends and that a plan leaves are told, the most severe first."""

STOPPED = {
    "time": N_("the time is used up"),
    "done": N_("nothing is left to try"),
    "cancelled": N_("it was stopped"),
}


def text_lines(suggested: SuggestedState) -> Iterator[str]:
    """The plans as `--format text` writes them; there is at least one."""
    recommended = suggested.recommended
    assert recommended is not None
    names = suggested.names(recommended)
    yield from _head(suggested)
    if not is_worth_it(recommended, suggested.progress.before.penalty, suggested.limits.price):
        yield translate(sentence("None of these is worth the people it touches; things may stay as they are"))
    yield ""
    yield translate(
        sentence("Recommended: {plan}, {name}", plan=recommended.id, name=recommended.name), names
    )
    yield f"  {translate(_outcome(recommended, suggested.progress.before), names)}"
    yield f"  {translate(_price(recommended.cost))}"
    yield from _step_lines(recommended, names)
    yield from _left_lines(recommended, names)
    others = [each for each in suggested.progress.plans if each is not recommended]
    if others:
        yield ""
        yield translate(sentence("Other plans"))
        yield from _table(suggested, others)
        yield ""
        yield from front_lines(suggested.progress.plans)
    yield ""
    yield translate(sentence("A proposal by rules; the judgement about people is yours."))


def none_better(suggested: SuggestedState) -> Iterator[str]:
    """What is said where nothing is better than now, with the best plan just outside the limits if any."""
    yield from _head(suggested)
    outside = suggested.progress.outside
    if outside is None:
        yield translate(sentence("No better plan was found"))
        return
    names = suggested.names(outside.plan)
    yield translate(sentence("No better plan within the limits was found"))
    yield translate(sentence("The best outside them: {name}", name=outside.plan.name), names)
    yield f"  {translate(_outcome(outside.plan, suggested.progress.before), names)}"
    yield f"  {translate(_price(outside.plan.cost))}"
    for limit in outside.limits:
        yield translate(sentence("  limit: {limit}", limit=limit), names)


# -- all plans ---------------------------------------------------------------------------------------


def _head(suggested: SuggestedState) -> Iterator[str]:
    """What there is now, and how the search went."""
    progress = suggested.progress
    now = sentence(
        "{organization}: {points:point|points} ({counts})",
        organization=suggested.state.organization.profile.name,
        points=progress.before.penalty,
        counts=_counts(progress.before),
    )
    yield translate(now)
    went = sentence(
        "{asked:question|questions} asked; {stopped}",
        asked=progress.asked,
        stopped=Sentence(STOPPED[progress.stopped or "cancelled"]),
    )
    if progress.proven:
        proof = sentence(
            "nothing is better with {changes:change|changes} or fewer: all were tried",
            changes=progress.proven,
        )
        went = sentence("{went}; {proof}", went=went, proof=proof)
    yield translate(went)


def _counts(counts: Counts | Suggestion) -> Sentence:
    return sentence(
        "{error:error|errors}, {warning:warning|warnings}, {advice} advice",
        error=counts.error,
        warning=counts.warning,
        advice=counts.advice,
    )


def _table(suggested: SuggestedState, plans: Iterable[Suggestion]) -> Iterator[str]:
    """A line for each plan: its name, then what it leaves and costs."""
    rows = [(each.id, translate(each.name, suggested.names(each)), in_short(each)) for each in plans]
    first, second = (max(cell_len(row[place]) for row in rows) for place in (0, 1))
    for identity, name, said in rows:
        yield f"  {pad(identity, first)}  {pad(name, second)}  {said}"


def in_short(plan: Suggestion) -> str:
    """What a plan leaves and costs, in one line."""
    said = sentence(
        "{points:point|points} left, {touched:person|people} touched, {changes:change|changes}",
        points=plan.penalty,
        touched=plan.cost.touched,
        changes=plan.cost.changes,
    )
    return translate(said)


# -- one plan ----------------------------------------------------------------------------------------


def _outcome(plan: Suggestion, before: Counts) -> Sentence:
    return sentence(
        "leaves {left} of {points:point|points} ({counts})",
        left=plan.penalty,
        points=before.penalty,
        counts=_counts(plan),
    )


def _price(cost: Cost) -> Sentence:
    """What a plan asks of people: who is touched, and how much has to be decided."""
    touched = (
        sentence(
            "{touched:person|people} touched: {moved} to another team, {new_manager} to another manager",
            touched=cost.touched,
            moved=cost.moved,
            new_manager=cost.new_manager,
        )
        if cost.touched
        else sentence("nobody gets another team or manager")
    )
    said = sentence("{touched}; {decided}", touched=touched, decided=_decided(cost))
    teams = (
        (N_("{said}; {number:team|teams} closed"), cost.teams_closed),
        (N_("{said}; {number:new team|new teams}"), cost.teams_new),
        (N_("{said}; {number:new lead|new leads}"), cost.new_leads),
    )
    for template, number in teams:
        if number:
            said = sentence(template, said=said, number=number)
    return said


def _decided(cost: Cost) -> Sentence:
    """How much has to be decided."""
    structure = cost.changes - cost.agreements
    if not structure:
        return sentence("{agreements:agreement|agreements}", agreements=cost.agreements)
    if not cost.agreements:
        return sentence("{structure:change|changes} of structure", structure=structure)
    return sentence(
        "{structure:change|changes} of structure and {agreements:agreement|agreements}",
        structure=structure,
        agreements=cost.agreements,
    )


def _step_lines(plan: Suggestion, names: NameLookup) -> Iterator[str]:
    """The steps, numbered, wave by wave; a step tells what it mends and what it brings."""
    number = 0
    has_waves = len({step.wave for step in plan.steps}) > 1
    for wave, steps in groupby(plan.steps, key=lambda step: step.wave):
        yield ""
        if has_waves:
            yield translate(sentence("  Wave {number}", number=wave))
        for step in steps:
            number += 1
            yield from _one_step(number, step, names)


def _one_step(number: int, step: Step, names: NameLookup) -> Iterator[str]:
    yield translate(sentence("  {number}. {title}", number=number, title=step.title), names)
    for each in step.along:
        yield translate(sentence("     with    {agreement}", agreement=each), names)
    yield from _findings(N_("     mends   {severity} {code} {message}"), step.resolved, MENDED_SHOWN, names)
    yield from _findings(N_("     brings  {severity} {code} {message}"), step.introduced, None, names)


def _findings(
    template: str, findings: Iterable[ReportedFinding], most: int | None, names: NameLookup
) -> Iterator[str]:
    """A line for each finding, the most severe first; of more than `most` the number of the others."""
    found = sorted(findings, key=finding_order(names))
    for each in found[:most]:
        yield translate(Sentence(template, _words(each)), names)
    if most is not None and len(found) > most:
        yield translate(sentence("     and {count} more", count=len(found) - most))


def _words(reported: ReportedFinding) -> dict[str, object]:
    finding = reported.finding
    return {
        "severity": Sentence(reported.severity),
        "code": finding.code,
        "message": message(finding),
    }


def _left_lines(plan: Suggestion, names: NameLookup) -> Iterator[str]:
    """The findings that a plan leaves, the most severe first."""
    if not plan.left:
        return
    yield ""
    yield translate(sentence("  What it leaves"))
    yield from _findings(N_("     {severity} {code} {message}"), plan.left, LEFT_SHOWN, names)
