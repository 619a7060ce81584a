"""The signatures of a merged plan: those of divisions that came out as they were signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from orgtui.changes.merge_slots import three_way
from orgtui.files.organization_file import baseline_hash
from orgtui.files.plan_file import Plan, Signoff
from orgtui.model.store import Organization
from orgtui.session.plan.decided import signed_as_is, still_signed
from orgtui.session.plan.planned import led_to, steps_of

Sides = tuple[Signoff | None, Signoff | None, Signoff | None]
"""What base, ours and theirs say of one division."""


class MergedSignatures(NamedTuple):
    """Signatures that hold, by division those of which two do, and those that hold no more."""

    kept: tuple[Signoff, ...]
    differing: Mapping[str, Sides]
    dropped: tuple[Signoff, ...]


def merged_signatures(
    baseline: Organization, merged: Organization, base: Plan | None, ours: Plan, theirs: Plan
) -> MergedSignatures:
    """The signatures of two plans that hold where their merge leads to; ours where both hold and differ."""
    first, mine, other = (_by_team(plan) for plan in (base, ours, theirs))
    hold_mine, hold_other = (_by_team(_holding(baseline, merged, plan)) for plan in (ours, theirs))
    kept: list[Signoff] = []
    differing: dict[str, Sides] = {}
    dropped: list[Signoff] = []
    for team in sorted(mine.keys() | other.keys()):
        sides = first.get(team), mine.get(team), other.get(team)
        fits, signed = three_way(*sides)
        holding = [each[team] for each in (hold_mine, hold_other) if team in each]
        if fits and signed is not None and signed not in holding:
            dropped.append(signed)
        elif fits and signed is not None:
            kept.append(signed)
        elif not fits and holding:
            kept.append(holding[0])
            if len(holding) > 1:
                differing[team] = sides
        elif not fits:
            dropped += [each for each in sides[1:] if each is not None]
    return MergedSignatures(tuple(kept), differing, tuple(dropped))


def _by_team(plan: Plan | None) -> dict[str, Signoff]:
    return {} if plan is None else {each.team: each for each in plan.signoffs}


def _holding(baseline: Organization, merged: Organization, plan: Plan) -> Plan | None:
    """The plan with the signatures that hold; None if none can, as it was made for another baseline."""
    if not plan.signoffs or plan.baseline != baseline_hash(baseline):
        return None
    signed = signed_as_is(plan, led_to(baseline, steps_of(plan.steps))[0])
    return still_signed(plan, signed, merged)
