"""Whatever several people do at the same time: all have the same, the log holds it once, and it replays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from orgtui.changes.base import Refused
from orgtui.changes.compile import compile_all
from orgtui.changes.operations.naming import Rename
from orgtui.changes.plan_operations import DescribeWave, Review, SetStatus, SignOff
from orgtui.files.organization_file import dump_organization
from orgtui.model.kinds import PlanStatus, Verdict
from orgtui.model.store import Organization
from orgtui.session.log import file as log_module
from orgtui.session.log.chain import read_lines
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.session import Session
from orgtui.session.store import Entry, LogError
from orgtui.session.timeline.step import in_plan_order
from tests.strategies_changes import changes
from tests.support import examples, random_organization

USERS = ("chen", "li", "chen")
"""Who sits in the sessions: one user twice."""

SEATS = st.integers(0, len(USERS) - 1)


def everything(organization: Organization) -> list[object]:
    """All records in their order."""
    return list(organization.records())


class Replicas(RuleBasedStateMachine):
    """Sessions on one log, beside a list of what was acknowledged to them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.path = self.folder / "team.toml"
        self.acknowledged: list[tuple[str, str, object]] = []
        self.seats: list[OpenedSession] = []

    def teardown(self) -> None:
        for opened in self.seats:
            opened.session.close()
        shutil.rmtree(self.folder)

    @initialize(seed=st.integers(0, 40))
    def begin(self, seed: int) -> None:
        self.path.write_bytes(dump_organization(random_organization(seed)))
        self.seats = [self.joined(user) for user in USERS]

    def joined(self, user: str) -> OpenedSession:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(log_module, "user_name", lambda: user)
            return open_session(self.path)

    def session(self, seat: int) -> Session:
        return self.seats[seat].session

    def act(self, seat: int, kind: str, about: object, act: Callable[[], object]) -> None:
        """Whatever is refused leaves no trace; whatever is not stands in the log once."""
        session = self.session(seat)
        try:
            act()
        except Refused:
            return
        self.acknowledged.append((kind, session.author, about))

    # -- what people do ----------------------------------------------------------------------------

    @rule(seat=SEATS, data=st.data(), verdict=st.sampled_from(["keep", "change", "close"]))
    def review(self, seat: int, data: st.DataObject, verdict: Verdict) -> None:
        session = self.session(seat)
        person = data.draw(st.sampled_from(sorted(session.organization.people)))
        self.act(seat, "review", person, lambda: session.review(person, verdict))

    @rule(seat=SEATS, data=st.data(), signs=st.booleans())
    def sign(self, seat: int, data: st.DataObject, signs: bool) -> None:
        session = self.session(seat)
        team = data.draw(st.sampled_from(sorted(session.organization.teams)))
        if signs:
            self.act(seat, "sign_off", team, lambda: session.sign_off(team))
        else:
            self.act(seat, "take_back_signature", team, lambda: session.take_back_signature(team))

    @rule(seat=SEATS, status=st.sampled_from(["draft", "proposed"]))
    def set_status(self, seat: int, status: PlanStatus) -> None:
        session = self.session(seat)
        self.act(seat, "set_status", status, lambda: session.set_status(status))

    @rule(seat=SEATS, data=st.data(), why=st.none() | st.just("One voice"))
    def do(self, seat: int, data: st.DataObject, why: str | None) -> None:
        session = self.session(seat)
        made = data.draw(st.lists(changes(session.organization), min_size=1, max_size=2))
        self.act(seat, "do", why, lambda: session.do(made, why))

    @rule(seat=SEATS)
    def undo(self, seat: int) -> None:
        self.turn(seat, "undo", self.session(seat).undo)

    @rule(seat=SEATS)
    def redo(self, seat: int) -> None:
        self.turn(seat, "redo", self.session(seat).redo)

    def turn(self, seat: int, kind: str, turn: Callable[[], object]) -> None:
        """Of all steps one turns round, and it is not another user's, or those that were dropped together."""
        session, fresh = self.session(seat), self.joined("wang")
        before, acknowledged = {step.number: step.by for step in fresh.session.steps}, len(self.acknowledged)
        self.act(seat, kind, None, turn)
        if len(self.acknowledged) > acknowledged:
            after = {step.number: step.by for step in session.steps}
            if before == after:  # a decision was taken back, or steps were put back into their waves
                assert decided_and_placed(fresh.session) != decided_and_placed(session)
                fresh.session.close()
                return
            turned = before.keys() ^ after.keys()
            dropped = any(said[0] == "drop" and turned == {*said[2]} for said in self.acknowledged)  # type: ignore[misc]
            assert dropped or [(before | after)[each] for each in turned] == [session.author]
        fresh.session.close()

    @rule(seat=SEATS, data=st.data())
    def drop(self, seat: int, data: st.DataObject) -> None:
        session = self.session(seat)
        numbers = [step.number for step in session.steps]
        if numbers:
            number, why = data.draw(st.sampled_from(numbers)), data.draw(st.none() | st.just("Too soon"))
            others = [step.number for step in session.resting_on([number], len(numbers))]
            self.act(seat, "drop", (number, *others), lambda: session.drop(number, others, why))

    @rule(seat=SEATS, data=st.data(), wave=st.integers(1, 4))
    def set_wave(self, seat: int, data: st.DataObject, wave: int) -> None:
        session = self.session(seat)
        numbers = [step.number for step in session.steps]
        if numbers:
            placed = sorted(data.draw(st.sets(st.sampled_from(numbers), min_size=1, max_size=3)))
            self.act(seat, "set_wave", placed, lambda: session.set_wave(placed, wave))

    @rule(seat=SEATS, data=st.data(), why=st.sampled_from(["because", ""]))
    def say_why(self, seat: int, data: st.DataObject, why: str) -> None:
        session = self.session(seat)
        numbers = [step.number for step in session.steps]
        if numbers:
            number = data.draw(st.sampled_from(numbers))
            self.act(seat, "why", number, lambda: session.say_why(number, why))

    @rule(seat=SEATS, share=st.floats(0, 1))
    def find_the_disk_full(self, seat: int, share: float) -> None:
        """A line of which only some is written is no entry, and the next ones go on behind it."""
        session = self.session(seat)
        team = next(iter(session.organization.teams.values()))
        steps, before = session.steps, everything(session.organization)
        write = os.write
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "write", lambda file, data: write(file, data[: int(share * (len(data) - 1))]))
            with pytest.raises(LogError):
                session.do([Rename("team", team.id, f"Full {share}")])
        if session.catch_up() is None and steps == session.steps:
            assert everything(session.organization) == before

    @rule(seat=SEATS)
    def catch_up(self, seat: int) -> None:
        session = self.session(seat)
        before, revision = everything(session.organization), session.revision
        changed = session.catch_up()
        assert (changed is None) == (session.revision == revision)
        if changed is None:
            assert everything(session.organization) == before

    @rule(seat=SEATS, folding=st.booleans())
    def leave_and_come_back(self, seat: int, folding: bool) -> None:
        opened = self.seats[seat]
        if folding:
            fold(opened)
            assert not opened.session.unfolded
        opened.session.close()
        self.seats[seat] = self.joined(USERS[seat])
        assert not self.seats[seat].notices

    # -- what always holds -------------------------------------------------------------------------

    @invariant()
    def the_log_holds_what_was_acknowledged_once_and_in_order(self) -> None:
        if self.seats:
            assert [_said(entry) for entry in self.entries()] == self.acknowledged

    def entries(self) -> list[Entry]:
        """What the log holds of people's doing."""
        log = log_path_for(self.seats[0].plan_path)
        reading = read_lines(log.read_bytes() if log.exists() else b"")
        assert reading.broken is None
        quiet = ("begin", "folding", "folded")
        return [entry for entry in reading.entries if entry["entry"] not in quiet]

    @rule()
    def all_have_the_same(self) -> None:
        """After catching up, and in a session that joins now; and so has who replays it by hand."""
        for opened in self.seats:
            opened.session.catch_up()
        fresh = open_session(self.path, watch=True).session
        replayed = fresh.baseline.copy()
        for step in in_plan_order(fresh.steps):
            for each in compile_all(replayed, step.changes):
                replayed.apply(each)
        fresh.evaluate_pending()
        for session in (opened.session for opened in self.seats):
            assert everything(session.organization) == everything(replayed)
            assert session.steps == fresh.steps
            assert session.moved == fresh.moved
            assert session.signatures == fresh.signatures
            assert (session.status, session.waves) == (fresh.status, fresh.waves)
            assert list(session.reviews.left()) == list(fresh.reviews.left())
            verdicts = [session.reviews.verdict(each) for each in session.organization.people]
            assert verdicts == [fresh.reviews.verdict(each) for each in session.organization.people]
            assert session.reviews.reviewed == session.reviews.total - len(list(session.reviews.left()))
            session.evaluate_pending()
            assert session.assessment.reported == fresh.assessment.reported
            assert session.assessment.asleep == fresh.assessment.asleep
        again = self.joined("chen").session
        assert (again.can_undo, again.can_redo) == (self.session(0).can_undo, self.session(0).can_redo)
        again.close()
        fresh.close()


def decided_and_placed(session: Session) -> object:
    """The decisions of all topics that were ever decided about here, and the waves of the steps."""
    decisions = session.decisions
    each = [[*decisions.each(kind)] for kind in (DescribeWave, Review, SetStatus, SignOff)]
    return each, {step.number: step.wave for step in session.steps}


SAID_OF = {
    "do": "why",
    "why": "step",
    "set_wave": "changes",
    "review": "person",
    "set_status": "status",
    **dict.fromkeys(("sign_off", "take_back_signature"), "team"),
}
"""By kind of an entry, the key that tells what it is about."""


def _said(entry: Entry) -> tuple[object, object, object]:
    kind = entry["entry"]
    if kind == "drop":
        return kind, entry["by"], (entry["step"], *cast("list[int]", entry.get("with", [])))
    about = SAID_OF.get(str(kind), "")
    return kind, entry["by"], entry.get(about)


TestReplicas = Replicas.TestCase
TestReplicas.settings = settings(
    max_examples=examples(12, 80),
    print_blob=False,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
