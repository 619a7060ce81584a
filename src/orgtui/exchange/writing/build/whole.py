"""Building the whole report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from orgtui.exchange.writing.build.findings import counts_of, findings_of
from orgtui.exchange.writing.build.funnel import areas_of
from orgtui.exchange.writing.build.headline import Effect, headline_of_plan, headline_of_state
from orgtui.exchange.writing.build.marks import Arriving, Leaving, Marks, successors_in
from orgtui.exchange.writing.build.metrics import metrics_of, metrics_of_part
from orgtui.exchange.writing.build.part import NoSuchPart as NoSuchPart
from orgtui.exchange.writing.build.part import Part, part_of
from orgtui.exchange.writing.build.people import affected_of
from orgtui.exchange.writing.build.remarks import notes_of, targets_of
from orgtui.exchange.writing.build.replay import Made, made_in, touched_by
from orgtui.exchange.writing.build.state import Pay, State, judged, without_budgets
from orgtui.exchange.writing.build.structure import structure_of
from orgtui.exchange.writing.build.wave_states import wave_states_of
from orgtui.exchange.writing.build.waves import waves_of
from orgtui.exchange.writing.report import AffectedPerson, Metric, PlanHead, Report, Structure
from orgtui.files.plan_file import PlanTable
from orgtui.locales import current_language, translate
from orgtui.model.sentence import Sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.inputs import NO_PLAN
from orgtui.session.plan.planned import AppliedPlan
from orgtui.views.words.decisions import STATUS_WORDS


def build_report(
    baseline: Organization,
    planned: AppliedPlan | None,
    *,
    today: date,
    pay: Pay | None = None,
    part: str | None = None,
) -> Report:
    """The report of an organisation, as it is or with a plan for it, judged on a day.

    `pay` is the yearly cost of each seat; without it the report says nothing of pay, and its organisations
    have no pay budgets. `part` limits it to a team and all below it, in either state, by the team's id or
    name; raises NoSuchPart if neither state has it.
    """
    result = baseline if planned is None else planned.organization
    limit = None if part is None else part_of(baseline, result, part)
    before, after = _states(baseline, planned, today, pay)
    first, last = _structures(before, after, planned, limit)
    made = [] if planned is None else made_in(baseline, planned.steps)
    described = {} if planned is None else {each.number: each for each in planned.plan.waves}
    told = [each for each in made if _touches(each, limit)]
    affected = affected_of(baseline, made, before, after, described, limit.has if limit else _always)

    def is_within(judged: ReportedFinding) -> bool:
        return limit is None or limit.is_about(judged.finding.subjects)

    was, now = counts_of(before, is_within), counts_of(after, is_within)
    if planned is None:
        headline = headline_of_state(last, now)
    else:
        effect = Effect(len(told), *_numbers(affected, before, after))
        is_same_part = limit is None or limit.before == limit.after
        headline = headline_of_plan(first, last, was, now, effect, is_same_part=is_same_part)
    whole = metrics_of(before, after, has_plan=planned is not None)
    return Report(
        organization_name=result.profile.name,
        part=None if limit is None else after.name("team", limit.team),
        part_id=None if limit is None else limit.team,
        language=current_language(),
        today=today,
        headline=headline,
        plan=None if planned is None else _head(planned.plan, after),
        before=first,
        after=last,
        areas=areas_of(after.organization, before.organization),
        metrics=whole if limit is None else _metrics_of_part(before, after, limit, planned),
        findings=findings_of(before, after, is_within),
        waves=waves_of(told, described, before, after, with_pay=pay is not None),
        affected=affected,
        baseline=before.organization,
        organization=after.organization,
        pay=pay,
        wave_states=() if planned is None else wave_states_of(baseline, made, told, limit, today),
        targets=targets_of(before, after, whole, limit, has_pay=pay is not None),
        notes=tuple(notes_of(after, limit)),
    )


def _states(
    baseline: Organization, planned: AppliedPlan | None, today: date, pay: Pay | None
) -> tuple[State, State]:
    """Both states judged, without pay budgets unless pay is known; one and the same without a plan."""
    begin = baseline.copy() if pay is not None else without_budgets(baseline)
    if planned is None:
        state = judged(begin, begin, today, NO_PLAN, pay)
        return state, state
    end = planned.organization.copy() if pay is not None else without_budgets(planned.organization)
    return judged(begin, end, today, NO_PLAN, pay), judged(end, begin, today, planned.waves, pay)


def _structures(
    before: State, after: State, planned: AppliedPlan | None, limit: Part | None
) -> tuple[Structure, Structure]:
    """Both states drawn from their tops down, with the marks of the plan."""
    tops = (before.organization.root, after.organization.root)
    if limit is not None:
        tops = (limit.before, limit.after)
    if planned is None:
        structure = structure_of(after, None, tops[1], Marks(), is_after=True)
        return structure, structure
    leaving, arriving = Leaving(after, successors_in(planned.steps)), Arriving(before, after)
    return (
        structure_of(before, after, tops[0], leaving, is_after=False),
        structure_of(after, before, tops[1], arriving, is_after=True),
    )


def _metrics_of_part(
    before: State, after: State, limit: Part, planned: AppliedPlan | None
) -> tuple[Metric, ...]:
    return metrics_of_part(before, after, limit.team, has_plan=planned is not None)


def _numbers(affected: Iterable[AffectedPerson], before: State, after: State) -> tuple[int, int]:
    """How many people are in another team, and have another manager: of seats filled before and after."""
    people = before.organization.people, after.organization.people
    both = [
        (each.before, each.after)
        for each in affected
        if each.before and each.after and all(seats[each.id].state == "filled" for seats in people)
    ]
    return (
        sum(was.team_id != now.team_id for was, now in both),
        sum(was.manager_id != now.manager_id for was, now in both),
    )


def _touches(made: Made, limit: Part | None) -> bool:
    return limit is None or limit.is_about(ref for each in made.sets for ref in touched_by(each))


def _always(_: str) -> bool:
    return True


def _head(plan: PlanTable, after: State) -> PlanHead:
    status = translate(Sentence(STATUS_WORDS[plan.status]))
    author = after.author(plan.author)
    return PlanHead(plan.name, author, plan.created, status, plan.status, plan.review_on, plan.author)
