"""Taking a session over to what its organisation has become on disk, conflict by conflict.

Until `take_over` nothing is written. It puts the plan of what was kept in the place of the old one and sets
the log aside, so that the next opening begins anew with it; whoever else works on the log notices.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from orgtui.changes.compile import Finds
from orgtui.changes.parse import parse_change
from orgtui.changes.refusal import Refused
from orgtui.changes.replay import Conflict, rebase
from orgtui.changes.step import Step
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import Plan, dump_plan
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.a201_change_shock import waves_of
from orgtui.rules.assessment import Assessment
from orgtui.rules.registry import known_rules
from orgtui.session.folding import CannotFold, plan_of, write_plan
from orgtui.session.log import LogError
from orgtui.session.on_disk import OnDisk
from orgtui.session.opening import Opened
from orgtui.session.outcome import net_plan


class CannotRebase(Exception):
    """Nothing was written; `sentence` says why."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.template)
        self.sentence = said


class Newer(NamedTuple):
    """What an organisation has become, and a look at its files from before it was read."""

    organization: Organization
    on_disk: OnDisk


def newer(opened: Opened) -> Newer | None:
    """What the organisation of a session has become on disk; None if it says the same as before.

    Raises files' InvalidFile for a file with problems.
    """
    on_disk = OnDisk(opened.organization_path)
    organization = load_organization(opened.organization_path, known_rules())
    on_disk.include(organization.files.people)
    return None if baseline_hash(organization) == opened.baseline_hash else Newer(organization, on_disk)


def finds_in(organization: Organization) -> Finds:
    """Tells whether there is such a finding, for what accepts one; judges the whole organisation."""
    return Assessment(organization.copy(), organization.profile.as_of).finds


class Numbered(NamedTuple):
    """A conflict with the number of its change, counted from 1."""

    number: int
    conflict: Conflict


class Rebase:
    """The changes of a session on another state of its organisation, and what was decided of conflicts."""

    def __init__(self, opened: Opened, there: Newer, finds: Finds) -> None:
        self.opened = opened
        self.organization = there.organization
        self._on_disk = there.on_disk
        self._seen = opened.session.seen
        self._plan = plan_of(opened)
        self._steps = [
            Step(parse_change(each.change), each.was, each.why, each.by, each.at, each.wave)
            for each in self._plan.steps
        ]
        self._finds = finds
        self._kept: set[int] = set()
        self._left_out: set[int] = set()
        self._try()

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

    def take_over(self) -> Path | None:
        """Write the plan of what was kept, and set the log aside; returns where, None if there was none.

        Raises CannotRebase.
        """
        opened, session = self.opened, self.opened.session
        if not self._steps and opened.plan is None and not session.unfolded:
            return None
        data = dump_plan(self._taken_over())
        try:
            with session.alone() as note:
                if session.seen != self._seen:
                    raise CannotRebase(sentence("Somebody changed something meanwhile; try once more"))
                if self._on_disk.has_changed():
                    file = opened.organization_path.name
                    raise CannotRebase(sentence("{file} changed once more meanwhile; try again", file=file))
                write_plan(opened, data, note)
                return session.set_log_aside()
        except OSError as error:
            reason = error.strerror or str(error)
            unwritten = "{plan} cannot be written: {reason}"
            raise CannotRebase(sentence(unwritten, plan=opened.plan_path.name, reason=reason)) from error
        except (CannotFold, LogError, Refused) as error:
            raise CannotRebase(error.sentence) from error

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
