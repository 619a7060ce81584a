"""Whatever is done, undone, dropped and reopened: a session is the same again, and its plan leads there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from orgtui.changes.base import Change, Refused
from orgtui.changes.compile import compile_all
from orgtui.changes.operations.acceptances import Accept
from orgtui.changes.operations.teams import SetLead
from orgtui.changes.parse import change_to_mapping
from orgtui.cli.state import load_state
from orgtui.files.organization_file import dump_organization
from orgtui.files.plan_file import Summary
from orgtui.metrics import SEVERITY_METRICS, new_managers, pairs, people_moved, teams
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Assessment
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.inputs import Wave, Waves
from orgtui.session.plan.folding import fold, plan_of
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.session import Session
from orgtui.session.timeline.step import in_plan_order
from tests.changes.test_net import related
from tests.strategies_changes import changes
from tests.support import examples, random_organization

REASONS = st.sampled_from(["One voice", "因为", "  ", ""])


def counted(assessment: Assessment) -> dict[Any, bool]:
    """What is shown, and whether it counts."""
    assessment.evaluate_pending()
    return {identity: reported.counts for identity, reported in assessment.reported.items()}


def check_summary(summary: Summary, before: Assessment, after: Assessment) -> None:
    """The summary says what full checks of both states say."""
    was, now = counted(before), counted(after)
    numbers = [
        {
            **{name: assessment.count(severity) for severity, name in SEVERITY_METRICS.items()},
            "teams": teams(assessment.view),
            "pairs": pairs(assessment.view),
        }
        for assessment in (before, after)
    ]
    assert [summary.before, summary.after] == numbers
    resolved = sorted(each for each, counts in was.items() if counts and not now.get(each))
    introduced = sorted(each for each, counts in now.items() if counts and not was.get(each))
    assert [(each.code, each.subjects) for each in summary.resolved] == resolved
    assert [(each.code, each.subjects) for each in summary.introduced] == introduced
    assert summary.people_moved == people_moved(before.view, after.view)
    assert summary.new_manager == new_managers(before.view, after.view)


def that_touch_somebody(waves: Waves) -> dict[int, Wave]:
    return {number: wave for number, wave in waves.by_number.items() if wave.new_manager}


def without_stale_acceptances(session: Session, planned: Organization) -> Organization:
    """The state of a session but for acceptances of what is no finding any more, which plans leave out."""
    there = session.organization.copy()
    for key, accepted in session.organization.acceptances.rows().items():
        if key not in planned.acceptances:
            assert not session.assessment.may_be_found(there, accepted.code, accepted.subjects)
            there.apply(Set("accept", key, accepted, None))
    return there


Moment = tuple[Organization, dict[int, tuple[int, ...]]]
"""A state, and the waves of the steps that led there."""


class Histories(RuleBasedStateMachine):
    """A session beside a model that keeps every state it went through."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.path = self.folder / "team.toml"
        self.past: list[Moment] = []
        self.future: list[Moment] = []

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            self.session.close()
        shutil.rmtree(self.folder)

    @initialize(seed=st.integers(0, 40))
    def begin(self, seed: int) -> None:
        self.path.write_bytes(dump_organization(random_organization(seed)))
        self.opened: OpenedSession = open_session(self.path)

    @property
    def session(self) -> Session:
        return self.opened.session

    def now(self) -> Moment:
        waves = {step.number: step.wave_of_each for step in self.session.steps}
        return self.session.organization.copy(), waves

    def expect(self, moment: Moment) -> None:
        state, waves = moment
        assert self.now()[1] == waves
        assert self.session.organization == state
        assert list(self.session.organization.records()) == list(state.records())

    # -- what people do ----------------------------------------------------------------------------

    @rule(data=st.data(), why=st.none() | REASONS)
    def do(self, data: st.DataObject, why: str | None) -> None:
        before = self.now()
        steps = len(self.session.steps)
        earlier = None
        if steps and data.draw(st.booleans()):
            earlier = data.draw(st.sampled_from(self.session.steps)).changes[0]
        like = {} if earlier is None else change_to_mapping(earlier)
        made: list[Change] = data.draw(
            st.lists(changes(before[0], related(earlier), like), min_size=1, max_size=2)
        )
        waves = data.draw(st.sampled_from([(), (1,) * len(made), (1, 2)[: len(made)]]))
        try:
            self.session.do(made, why, waves=waves)
        except Refused:
            self.expect(before)
            assert len(self.session.steps) == steps
            return
        self.past.append(before)
        self.future.clear()
        step = self.session.steps[-1]
        assert step.by is not None
        assert step.at is not None
        assert step.changes == tuple(each.signed(step.by, step.at) for each in made)

    @rule(data=st.data(), until=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)))
    def accept(self, data: st.DataObject, until: date | None) -> None:
        self.session.evaluate_pending()
        accepted = self.session.organization.acceptances
        reported = self.session.assessment.reported.values()
        found = sorted(
            each.identity for each in reported if (each.finding.code, *each.finding.subjects) not in accepted
        )
        if not found:
            return
        code, subjects = data.draw(st.sampled_from(found))
        before = self.now()
        by = data.draw(st.sampled_from([None, "chen"]))
        self.session.do([Accept(code, tuple(map(str, subjects)), "It stays", by, until)])
        self.past.append(before)
        self.future.clear()
        over = until is not None and until < before[0].profile.as_of
        assert self.session.assessment.reported[code, subjects].counts == over

    @rule()
    def evaluate_pending(self) -> None:
        """What the session then says of its waves is what counting from scratch says."""
        self.session.evaluate_pending()
        assert not self.session.has_pending_rules
        steps = []
        there = self.session.baseline.copy()
        for step in in_plan_order(self.session.steps):
            sets = compile_all(there, step.changes)
            steps.append((step.wave, sets))
            for each in sets:
                there.apply(each)
        waves = [wave for wave, _ in steps]
        assert waves == sorted(waves)
        kept = self.session.assessment.view.options(Waves)
        assert that_touch_somebody(kept) == that_touch_somebody(waves_of(self.session.baseline, steps))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.future.append(self.now())
        self.session.undo()
        self.expect(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.past.append(self.now())
        self.session.redo()
        self.expect(self.future.pop())

    @precondition(lambda self: self.past and self.session.steps)
    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        before = self.now()
        steps = self.session.steps
        dropped = data.draw(st.sampled_from(steps))
        try:
            self.session.drop(dropped.number)
        except Refused:
            self.expect(before)
            assert self.session.steps == steps
            return
        self.past.append(before)
        self.future.clear()
        assert self.session.steps == [step for step in steps if step != dropped]

    @precondition(lambda self: self.past and self.session.steps)
    @rule(data=st.data(), wave=st.integers(0, 4))
    def set_wave(self, data: st.DataObject, wave: int) -> None:
        """The organisation stays as it is, and so does the order within each wave."""
        before, steps = self.now(), self.session.steps
        numbers = data.draw(
            st.lists(st.sampled_from([step.number for step in steps]), min_size=1, max_size=3)
        )
        try:
            self.session.set_wave(numbers, wave)
        except Refused:
            self.expect(before)
            return
        self.past.append(before)
        self.future.clear()
        state, waves = self.now()
        assert state == before[0]
        assert waves == {
            number: (wave,) * len(was) if number in numbers else was for number, was in before[1].items()
        }
        places = [part.place for part in in_plan_order(self.session.steps)]
        assert places == sorted(places)

    @precondition(lambda self: self.session.steps)
    @rule(data=st.data(), why=REASONS)
    def say_why(self, data: st.DataObject, why: str) -> None:
        step = data.draw(st.sampled_from(self.session.steps))
        self.session.say_why(step.number, why)
        told = {each.number: each.why for each in self.session.steps}
        assert told[step.number] == (why if why.strip() else None)

    # -- leaving and coming back -------------------------------------------------------------------

    @rule(folding=st.booleans())
    def reopen(self, folding: bool) -> None:
        session = self.session
        if folding:
            unfolded = session.unfolded
            assert fold(self.opened) == unfolded
            assert not session.unfolded
            self.check_plan()
        session.close()
        self.opened = open_session(self.path)
        self.expect((session.organization, {step.number: step.wave_of_each for step in session.steps}))
        assert self.session.steps == session.steps
        assert self.session.moved == session.moved
        assert self.session.unfolded == session.unfolded
        assert self.session.can_undo == bool(self.past)
        assert self.session.can_redo == bool(self.future)
        session.evaluate_pending()
        self.session.evaluate_pending()
        assert counted(self.session.assessment) == counted(session.assessment)

    def check_plan(self) -> None:
        """The plan leads to the same state, with the numbers that it says."""
        if not self.opened.plan_path.exists():
            return
        session = self.session
        state = load_state(self.path, self.opened.plan_path)
        there = without_stale_acceptances(session, state.organization)
        assert state.organization == there
        assert list(state.organization.records()) == list(there.records())
        assert state.plan is not None
        assert state.plan.summary is not None
        today = state.baseline.profile.as_of
        before = Assessment(state.baseline.copy(), today)
        after = Assessment(state.organization, today, waves=state.waves)
        assert counted(after) == counted(session.assessment)
        check_summary(state.plan.summary, before, after)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=examples(25, 160),
    print_blob=False,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_a_shock_that_is_lived_with_counts_neither_before_nor_after(tmp_path: Path) -> None:
    path = tmp_path / "team.toml"
    path.write_bytes(dump_organization(random_organization(2)))
    opened = open_session(path)
    opened.session.do([SetLead("team0", None)])
    opened.session.evaluate_pending()
    opened.session.do([Accept("A201", ("wave:1",), "All of it was agreed")])
    summary = plan_of(opened).summary
    opened.session.close()
    assert summary is not None
    undisturbed = Assessment(random_organization(2), opened.session.baseline.profile.as_of)
    assert summary.before["warnings"] == undisturbed.count("warning")
