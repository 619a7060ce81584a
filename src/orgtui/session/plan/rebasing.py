"""Rebasing a plan onto its organisation as it is on disk now, conflict by conflict.

Nothing is written before `save`; the session has to be opened again then, with the rebased plan.
"""

from __future__ import annotations

import os
from collections.abc import Set
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from orgtui.changes.parse import parse_change
from orgtui.changes.refusal import Refused
from orgtui.changes.replay import Conflict, HasFindingAfter, rebase
from orgtui.changes.step import Step
from orgtui.files.disk.writing import replace_file
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import Plan, dump_plan
from orgtui.model.sentence import SentenceError, sentence
from orgtui.model.store import Organization
from orgtui.model.system_errors import reason_of
from orgtui.rules.assessment import Assessment
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.registry import known_rules
from orgtui.session.plan.decided import Signed, signed_as_is, still_signed
from orgtui.session.plan.folding import CannotFold, plan_of, write_plan
from orgtui.session.plan.on_disk import OnDisk
from orgtui.session.plan.opening import OpenedSession, StalePlan, file_hash
from orgtui.session.plan.outcome import net_plan
from orgtui.session.plan.planned import has_finding_in as has_finding_in
from orgtui.session.plan.planned import with_reviewed
from orgtui.session.store import LogError
from orgtui.session.timeline.decisions import why_locked
from orgtui.session.timeline.step import vouched_authors


class CannotRebase(SentenceError):
    """Nothing was written; `sentence` says why."""


class Reloaded(NamedTuple):
    """An organisation as read from disk, and the state of its files from just before."""

    organization: Organization
    on_disk: OnDisk


def reload_organization(organization: Path) -> Reloaded:
    """Read an organisation as it is on disk now; raises InvalidFile for a file with problems."""
    on_disk = OnDisk(organization)
    read = load_organization(organization, known_rules())
    on_disk.include(read.files.people)
    return Reloaded(read, on_disk)


def reload_if_changed(opened: OpenedSession) -> Reloaded | None:
    """Read the organisation of a session again; returns None if it says the same as when it was opened.

    Raises InvalidFile for a file with problems.
    """
    there = reload_organization(opened.organization_path)
    return None if baseline_hash(there.organization) == opened.baseline_hash else there


class NumberedConflict(NamedTuple):
    """A conflict with the number of its change, counted from 1."""

    number: int
    conflict: Conflict


class Rebase:
    """The changes of a plan applied to another state of its organisation, and the decisions on conflicts.

    `vouched` are the names of authors in the plan that are vouched for, `signed` is what of it was signed. An
    approved or applied plan is rebased only if all its changes can be made, and none over something else.
    """

    def __init__(
        self,
        plan: Plan,
        there: Reloaded,
        has_finding: HasFindingAfter,
        vouched: Set[str] = frozenset(),
        signed: Signed = MappingProxyType({}),
    ) -> None:
        self.vouched = vouched
        self._signed = signed
        self.organization = there.organization
        self._on_disk = there.on_disk
        self._plan = plan
        self._steps = [
            Step(parse_change(each.change), each.was, each.why, each.by, each.at, each.wave)
            for each in plan.steps
        ]
        self._has_finding = has_finding
        self._kept: set[int] = set()
        self._left_out: set[int] = set()
        self._try()

    @property
    def before(self) -> Organization:
        """The organisation that knows the names of what no longer exists."""
        return self.organization

    @property
    def count(self) -> int:
        """How many changes the plan has."""
        return len(self._steps)

    @property
    def made(self) -> int:
        """How many of them can be made as decided so far."""
        return len(self._made)

    def conflict(self) -> NumberedConflict | None:
        """The first undecided conflict; a change that cannot be made can only be left out."""
        undecided = (
            each for each in self._conflicts if each.conflict.refused or each.number not in self._kept
        )
        return next(undecided, None)

    def keep(self, number: int) -> None:
        """Make a change although it overwrites what is there now."""
        self._kept.add(number)

    def leave_out(self, number: int) -> None:
        """Leave a change out; later ones that need it become conflicts."""
        self._left_out.add(number)
        self._try()

    def save(self) -> None:
        """Replace the plan file by the rebased plan; raises CannotRebase."""
        try:
            if self._on_disk.has_changed():
                raise CannotRebase(sentence("The organisation's file changed once more meanwhile; try again"))
            locked = why_locked(self._plan.status)
            if locked is not None and (self._left_out or self._kept):
                raise CannotRebase(locked)
            self._write(self._rebased_plan())
        except OSError as error:
            reason = reason_of(error)
            raise CannotRebase(sentence("the plan cannot be written: {reason}", reason=reason)) from error
        except (CannotFold, LogError, Refused) as error:
            raise CannotRebase(error.sentence) from error

    def _write(self, plan: Plan) -> None:
        raise NotImplementedError

    def _try(self) -> None:
        remaining = {id(step): number for number, step in self._numbered()}
        steps = [step for _, step in self._numbered()]
        self._made, conflicts = rebase(self.organization, steps, self._has_finding)
        self._conflicts = [NumberedConflict(remaining[id(each.step)], each) for each in conflicts]

    def _numbered(self) -> list[tuple[int, Step]]:
        return [each for each in enumerate(self._steps, start=1) if each[0] not in self._left_out]

    def _rebased_plan(self) -> Plan:
        now, made = self.organization.copy(), []
        for step in self._made:
            sets = step.change.compile(now)
            for each in sets:
                now.apply(each)
            made.append((step.wave, sets))
        profile = self.organization.profile
        reviewed = {each.person for each in self._plan.reviews}
        waves = with_reviewed(waves_of(self.organization, made), self.organization, now, reviewed)
        assessment = Assessment(now, profile.as_of, waves=waves)
        assessment.evaluate_pending()
        baseline = baseline_hash(self.organization)
        head = replace(self._plan, baseline=baseline, organization=profile.name, summary=None)
        head = still_signed(head, self._signed, now)
        return net_plan(head, self.organization, assessment, self._made)


class SessionRebase(Rebase):
    """The rebase of an open session; its log is rotated, so that every session on it is opened again."""

    def __init__(self, opened: OpenedSession, there: Reloaded, has_finding: HasFindingAfter) -> None:
        self.opened = opened
        self._entry_count = opened.session.entry_count
        plan, session = plan_of(opened), opened.session
        signed = signed_as_is(plan, session.organization)
        super().__init__(plan, there, has_finding, vouched_authors(session.steps), signed)

    @property
    def before(self) -> Organization:
        return self.opened.session.organization

    def _write(self, plan: Plan) -> None:
        opened, session = self.opened, self.opened.session
        is_planned = opened.plan is not None or os.path.lexists(opened.plan_path)
        if not self._steps and not is_planned and not session.unfolded:
            return
        data = dump_plan(plan)
        with session.exclusive() as note:
            if session.entry_count != self._entry_count:
                raise CannotRebase(sentence("Somebody changed something meanwhile; try once more"))
            write_plan(opened, data, note)
            session.rotate_log()


class PlanRebase(Rebase):
    """The rebase of a plan that no session can be opened with, as it was made for another state."""

    def __init__(self, stale: StalePlan, there: Reloaded, has_finding: HasFindingAfter) -> None:
        self._stale = stale
        super().__init__(stale.plan, there, has_finding, stale.vouched, stale.signed)

    def _write(self, plan: Plan) -> None:
        stale = self._stale
        store = stale.store_for(stale.plan_path)
        with ExitStack() as holding:
            holding.callback(store.close)
            is_open = store.open()
            if is_open:
                holding.enter_context(store.exclusive())
                store.read()
            if (file_hash(stale.plan_path), store.count) != (stale.plan_hash, stale.entries):
                raise CannotRebase(sentence("Somebody changed something meanwhile; try once more"))
            replace_file(stale.plan_path, dump_plan(plan))
            if is_open:
                store.rotate()
