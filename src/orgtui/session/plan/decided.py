"""What plan files say of decisions: waves, verdicts, signatures and the status."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from orgtui.changes.plan_operations import Review, SignOff
from orgtui.changes.step import Step
from orgtui.files.plan_file import Plan, PlannedWave, SeatReview, Signoff
from orgtui.model.store import Organization
from orgtui.session.timeline.decisions import Decisions
from orgtui.session.timeline.divisions import Divisions

Signed = Mapping[str, str]
"""By division, the hash of what was signed."""


def with_decisions(plan: Plan, decisions: Decisions, signed: Collection[str]) -> Plan:
    """A plan with the decisions of a session; of the signatures those of the divisions `signed`."""
    described = sorted(decisions.waves_to_write(), key=lambda each: each.wave)
    reviews = (
        SeatReview(each.person, each.verdict, said.by, said.at) for each, said in decisions.each(Review)
    )
    signoffs = (Signoff(each.team, said.by, said.at) for each, said in decisions.each(SignOff))
    return replace(
        plan,
        status=decisions.status,
        waves=tuple(PlannedWave(each.wave, each.name, each.on) for each in described),
        reviews=tuple(sorted(reviews, key=lambda each: each.person)),
        signoffs=tuple(
            sorted((each for each in signoffs if each.team in signed), key=lambda each: each.team)
        ),
    )


def signed_in(decisions: Decisions) -> Signed:
    """What was signed last, by division, whether it is still like that or not."""
    return {signed.team: signed.division for signed, _ in decisions.each(SignOff)}


def signed_as_is(plan: Plan, organization: Organization) -> Signed:
    """What a plan that leads to an organisation signs."""
    divisions = Divisions(organization)
    hashes = {each.team: divisions.hash_of(each.team) for each in plan.signoffs}
    return {team: known for team, known in hashes.items() if known is not None}


def still_signed(plan: Plan, signed: Signed, organization: Organization) -> Plan:
    """A plan that leads to an organisation, without the signatures of divisions that are not as signed."""
    now = signed_as_is(plan, organization)
    kept = (each for each in plan.signoffs if each.team in now and signed.get(each.team) == now[each.team])
    return replace(plan, signoffs=tuple(kept))


def settled_reviews(
    reviews: Sequence[SeatReview], baseline: Organization, organization: Organization, steps: Sequence[Step]
) -> tuple[SeatReview, ...]:
    """Reviews as they are written in a plan whose steps lead from a baseline to an organisation.

    A seat that a step touches has the verdict `change` of that step; one that does not exist has none.
    """
    known = [each for each in reviews if each.person in baseline.people or each.person in organization.people]
    people = organization.people
    changed = {each.person for each in known if people.get(each.person) != baseline.people.get(each.person)}
    touching = dict(_touching(baseline, steps)) if changed else {}
    return tuple(
        SeatReview(each.person, "change", touching[each.person].by, touching[each.person].at)
        if each.person in changed and each.person in touching
        else each
        for each in known
    )


def _touching(baseline: Organization, steps: Sequence[Step]) -> Iterator[tuple[str, Step]]:
    """The seats that steps touch, each with the step, in order."""
    there = baseline.copy()
    for step in steps:
        for each in step.change.compile(there):
            there.apply(each)
            if each.table == "person":
                yield str(each.key), step
