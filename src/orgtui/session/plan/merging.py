"""Merging two plans that come from a third: changes by what they touch, everything else entry by entry.

What a plan has besides its changes is taken by its fields, whatever they are: of a list of entries each is
known by its first field, of a table each key is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from typing import Any

from orgtui.changes.merge import Choose, Merged, Side, merge
from orgtui.changes.merge_slots import three_way
from orgtui.files.organization_file import baseline_hash
from orgtui.files.plan_file import Plan, Signoff
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment
from orgtui.session.plan.merged_signatures import merged_signatures
from orgtui.session.plan.outcome import as_written, summary
from orgtui.session.plan.planned import has_finding_in, led_to, steps_of

MADE_ANEW = frozenset(("steps", "summary", "organization", "baseline"))
"""What the merged changes and the organisation decide."""

OF_THE_BEGINNING = frozenset(("author", "created"))
"""Who began a plan and when: ours stays, there is nothing to decide."""

LOCKED = ("approved", "applied")
"""The states in which a plan takes no changes."""


@dataclass(frozen=True, slots=True)
class PartConflict:
    """A part of a plan besides its changes that both sides changed; values are None where there is none.

    `path` is its place in the file: the table, the entry if there are several, and the key. `reason` says why
    neither side can stand; `kept` is None then.
    """

    path: tuple[str, ...]
    base: object
    ours: object
    theirs: object
    kept: Side | None = "ours"
    settled: bool = False
    reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class MergedPlan:
    """The merged plan, where its changes came from, and the conflicts in changes and in other parts.

    `organization` is what its changes lead to, `assessment` what the rules say of that. `unsigned` are
    signatures of divisions that are not as they were signed any more, and are left out.
    """

    plan: Plan
    changes: Merged
    parts: tuple[PartConflict, ...]
    organization: Organization
    assessment: Assessment
    unsigned: tuple[Signoff, ...] = ()

    @property
    def asked(self) -> int:
        """How many conflicts there are to choose in."""
        return len(self.changes.conflicts) + len(self.parts)

    @property
    def unsettled(self) -> int:
        """How many conflicts nobody has chosen in."""
        changes = sum(not each.settled for each in self.changes.conflicts)
        return changes + sum(not each.settled for each in self.parts)


def merge_plans(
    organization: Organization,
    base: Plan | None,
    ours: Plan,
    theirs: Plan,
    choose: Choose = lambda number: None,
) -> MergedPlan:
    """Merge two plans, replayed on `organization`; None as the base is a plan without changes.

    Conflicts in changes are numbered before those in other parts; no choice alters the number of another.
    """
    before = () if base is None else base.steps
    first, mine, other = (steps_of(each) for each in (before, ours.steps, theirs.steps))
    merged = merge(organization, first, mine, other, choose, has_finding_in(organization))
    now, assessment = _assessed(organization, merged)
    parts: list[PartConflict] = []
    signatures = merged_signatures(organization, now, base, ours, theirs)
    values: dict[str, Any] = {"signoffs": signatures.kept}
    parts += (PartConflict(("signoffs", team), *sides) for team, sides in signatures.differing.items())
    for each in fields(Plan):
        if each.name not in MADE_ANEW and each.name not in values:
            in_base, in_ours, in_theirs = (_value(plan, each) for plan in (base, ours, theirs))
            values[each.name] = _merged_part(each.name, in_base, in_ours, in_theirs, parts)
    chosen = _chosen(parts, values, len(merged.conflicts), choose)
    plan = Plan(
        **values,
        organization=organization.profile.name,
        baseline=baseline_hash(organization),
        steps=tuple(map(as_written, merged.steps)),
    )
    plan, chosen = _unlocked(plan, base, ours, theirs, chosen, len(merged.conflicts), choose)
    if ours.summary is not None or theirs.summary is not None:
        plan = replace(plan, summary=summary(organization, assessment))
    plan = _as_it_was(plan, base, ours, theirs)
    return MergedPlan(plan, merged, tuple(chosen), now, assessment, signatures.dropped)


def _as_it_was(plan: Plan, base: Plan | None, ours: Plan, theirs: Plan) -> Plan:
    """The plan of one side itself where the other changed nothing."""
    same_baseline = ours.baseline == theirs.baseline == plan.baseline
    if same_baseline and (ours == theirs or theirs == base):
        return ours
    return theirs if same_baseline and ours == base else plan


def _assessed(organization: Organization, merged: Merged) -> tuple[Organization, Assessment]:
    """The organisation that merged steps lead to, with what the rules say of it."""
    now, waves = led_to(organization, merged.steps)
    assessment = Assessment(now, organization.profile.as_of, waves=waves)
    assessment.evaluate_pending()
    return now, assessment


# -- the other parts ---------------------------------------------------------------------------------


def _value(plan: Plan | None, field: Any) -> Any:
    if plan is not None:
        return getattr(plan, field.name)
    return None if field.default is MISSING else field.default


def _merged_part(name: str, base: Any, ours: Any, theirs: Any, conflicts: list[PartConflict]) -> Any:
    """One field of a plan from both sides, ours where both changed it; what both changed is added."""
    if isinstance(ours, tuple) and all(map(is_dataclass, (*ours, *theirs))):
        return tuple(_merged_entries(name, base or (), ours, theirs, conflicts))
    fits, value = three_way(base, ours, theirs)
    if fits or name in OF_THE_BEGINNING:
        return value if fits else ours
    conflicts.append(PartConflict(("plan", name), base, ours, theirs))
    return ours


def _merged_entries(
    table: str, base: Any, ours: Any, theirs: Any, conflicts: list[PartConflict]
) -> Iterator[Any]:
    """The entries of a list from both sides, each known by its first field."""
    sides: list[Mapping[object, Any]] = [
        {getattr(each, fields(each)[0].name): each for each in entries} for entries in (base, ours, theirs)
    ]
    for identity in dict.fromkeys((*sides[1], *sides[2])):
        entries = [side.get(identity) for side in sides]
        fits, entry = three_way(entries[0], entries[1], entries[2])
        is_said = any(hasattr(each, "by") for each in entries)  # what somebody said is taken as a whole
        if not fits and not is_said and entries[1] is not None and entries[2] is not None:
            entry = _merged_entry((table, str(identity)), entries[0], entries[1], entries[2], conflicts)
        elif not fits:
            conflicts.append(PartConflict((table, str(identity)), entries[0], entries[1], entries[2]))
            entry = entries[1]
        if entry is not None:
            yield entry


def _merged_entry(
    path: tuple[str, ...], base: Any, ours: Any, theirs: Any, conflicts: list[PartConflict]
) -> Any:
    """An entry that both sides changed, key by key."""
    values = {}
    for each in fields(ours):
        sides = [None if entry is None else getattr(entry, each.name) for entry in (base, ours, theirs)]
        fits, value = three_way(sides[0], sides[1], sides[2])
        if not fits:
            conflicts.append(PartConflict((*path, each.name), sides[0], sides[1], sides[2]))
        values[each.name] = value if fits else sides[1]
    return replace(ours, **values)


def _chosen(
    parts: list[PartConflict], values: dict[str, Any], before: int, choose: Choose
) -> list[PartConflict]:
    """The conflicts with the choice for each, which is put into the values."""
    chosen = []
    for number, part in enumerate(parts, start=before + 1):
        side = choose(number)
        if side == "theirs":
            _put(values, part)
        chosen.append(replace(part, kept=side or "ours", settled=side is not None))
    return chosen


def _put(values: dict[str, Any], part: PartConflict) -> None:
    """Put what theirs has into the values of a plan."""
    if part.path[0] == "plan":
        values[part.path[1]] = part.theirs
        return
    table, identity, *key = part.path
    entries = {str(getattr(each, fields(each)[0].name)): each for each in values[table]}
    if key:
        entries[identity] = replace(entries[identity], **{key[0]: part.theirs})
    elif part.theirs is None:
        del entries[identity]
    else:
        entries[identity] = part.theirs
    values[table] = tuple(entries.values())


def _unlocked(
    plan: Plan,
    base: Plan | None,
    ours: Plan,
    theirs: Plan,
    conflicts: list[PartConflict],
    before: int,
    choose: Choose,
) -> tuple[Plan, list[PartConflict]]:
    """The plan; a draft, with a conflict, if it would be approved with other changes than were approved.

    That conflict has the place of the one about the status, or comes last.
    """
    approved = [each for each in (ours, theirs) if each.status == plan.status]
    said = [(step.change, step.wave) for step in plan.steps]
    if plan.status not in LOCKED or any(
        said == [(s.change, s.wave) for s in each.steps] for each in approved
    ):
        return plan, conflicts
    path = ("plan", "status")
    place = next((at for at, each in enumerate(conflicts) if each.path == path), len(conflicts))
    about = PartConflict(
        path,
        None if base is None else base.status,
        ours.status,
        theirs.status,
        kept=None,
        settled=choose(before + place + 1) is not None,
        reason=sentence("nobody approved these changes together: the merged plan is a draft"),
    )
    return replace(plan, status="draft"), [*conflicts[:place], about, *conflicts[place + 1 :]]
