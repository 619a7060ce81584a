"""Taking a plan over to what its organisation has become on disk, conflict by conflict.

Until `take_over` nothing is written. The next opening begins anew with the plan of what was kept.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from orgtui.changes.compile import Finds
from orgtui.changes.parse import parse_change
from orgtui.changes.refusal import Refused
from orgtui.changes.replay import Conflict, rebase
from orgtui.changes.step import Step
from orgtui.files.disk.writing import replace_file
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import Plan, dump_plan
from orgtui.model.sentence import SentenceError, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.registry import known_rules
from orgtui.session.plan.folding import CannotFold, plan_of, write_plan
from orgtui.session.plan.on_disk import OnDisk
from orgtui.session.plan.opening import LeftBehind, Opened, file_hash
from orgtui.session.plan.outcome import net_plan
from orgtui.session.store import LogError


class CannotRebase(SentenceError):
    """Nothing was written; `sentence` says why."""


class Newer(NamedTuple):
    """What an organisation has become, and a look at its files from before it was read."""

    organization: Organization
    on_disk: OnDisk


def read_newer(organization: Path) -> Newer:
    """What an organisation says now; raises files' InvalidFile for a file with problems."""
    on_disk = OnDisk(organization)
    read = load_organization(organization, known_rules())
    on_disk.include(read.files.people)
    return Newer(read, on_disk)


def newer(opened: Opened) -> Newer | None:
    """What the organisation of a session has become on disk; None if it says the same as before.

    Raises files' InvalidFile for a file with problems.
    """
    there = read_newer(opened.organization_path)
    return None if baseline_hash(there.organization) == opened.baseline_hash else there


def finds_in(organization: Organization) -> Finds:
    """Tells whether there is such a finding, for what accepts one; judges the whole organisation."""
    return Assessment(organization.copy(), organization.profile.as_of).finds


class Numbered(NamedTuple):
    """A conflict with the number of its change, counted from 1."""

    number: int
    conflict: Conflict


class Rebase:
    """The changes of a plan on another state of its organisation, and what was decided of conflicts."""

    def __init__(self, plan: Plan, there: Newer, finds: Finds) -> None:
        self.organization = there.organization
        self._on_disk = there.on_disk
        self._plan = plan
        self._steps = [
            Step(parse_change(each.change), each.was, each.why, each.by, each.at, each.wave)
            for each in plan.steps
        ]
        self._finds = finds
        self._kept: set[int] = set()
        self._left_out: set[int] = set()
        self._try()

    @property
    def before(self) -> Organization:
        """Where things have names that are not there any more."""
        return self.organization

    @property
    def count(self) -> int:
        """How many changes the session has come to."""
        return len(self._steps)

    @property
    def made(self) -> int:
        """How many of them are made here."""
        return len(self._made)

    def conflict(self) -> Numbered | None:
        """The first conflict that has yet to be decided; what cannot be made can only be left out."""
        undecided = (
            each for each in self._conflicts if each.conflict.refused or each.number not in self._kept
        )
        return next(undecided, None)

    def keep(self, number: int) -> None:
        """Make a change over what stands there now."""
        self._kept.add(number)

    def leave_out(self, number: int) -> None:
        """Leave a change out; later ones that need it are in conflict then."""
        self._left_out.add(number)
        self._try()

    def take_over(self) -> None:
        """Put the plan of what was kept in the place of the old one; raises CannotRebase."""
        try:
            if self._on_disk.has_changed():
                raise CannotRebase(sentence("The organisation's file changed once more meanwhile; try again"))
            self._write(self._taken_over())
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotRebase(sentence("the plan cannot be written: {reason}", reason=reason)) from error
        except (CannotFold, LogError, Refused) as error:
            raise CannotRebase(error.sentence) from error

    def _write(self, plan: Plan) -> None:
        raise NotImplementedError

    def _try(self) -> None:
        remaining = {id(step): number for number, step in self._numbered()}
        steps = [step for _, step in self._numbered()]
        self._made, conflicts = rebase(self.organization, steps, self._finds)
        self._conflicts = [Numbered(remaining[id(each.step)], each) for each in conflicts]

    def _numbered(self) -> list[tuple[int, Step]]:
        return [each for each in enumerate(self._steps, start=1) if each[0] not in self._left_out]

    def _taken_over(self) -> Plan:
        now, made = self.organization.copy(), []
        for step in self._made:
            sets = step.change.compile(now)
            for each in sets:
                now.apply(each)
            made.append((step.wave, sets))
        profile = self.organization.profile
        assessment = Assessment(now, profile.as_of, waves=waves_of(self.organization, made))
        assessment.settle()
        baseline = baseline_hash(self.organization)
        head = replace(self._plan, baseline=baseline, organization=profile.name, summary=None)
        return net_plan(head, self.organization, assessment, self._made)


class SessionRebase(Rebase):
    """Of what an open session has come to; its log is set aside, so that all who work on it begin anew."""

    def __init__(self, opened: Opened, there: Newer, finds: Finds) -> None:
        self.opened = opened
        self._entry_count = opened.session.entry_count
        super().__init__(plan_of(opened), there, finds)

    @property
    def before(self) -> Organization:
        return self.opened.session.organization

    def _write(self, plan: Plan) -> None:
        opened, session = self.opened, self.opened.session
        if not self._steps and opened.plan is None and not session.unfolded:
            return
        data = dump_plan(plan)
        with session.exclusive() as note:
            if session.entry_count != self._entry_count:
                raise CannotRebase(sentence("Somebody changed something meanwhile; try once more"))
            write_plan(opened, data, note)
            session.rotate_log()


class PlanRebase(Rebase):
    """Of changes that no session can be opened with, because they were made to another state."""

    def __init__(self, left: LeftBehind, there: Newer, finds: Finds) -> None:
        self._left = left
        super().__init__(left.plan, there, finds)

    def _write(self, plan: Plan) -> None:
        left = self._left
        store = left.store_for(left.plan_path)
        with ExitStack() as holding:
            holding.callback(store.close)
            is_open = store.open()
            if is_open:
                holding.enter_context(store.exclusive())
                store.read()
            if (file_hash(left.plan_path), store.count) != (left.plan_hash, left.entries):
                raise CannotRebase(sentence("Somebody changed something meanwhile; try once more"))
            replace_file(left.plan_path, dump_plan(plan))
            if is_open:
                store.rotate()
