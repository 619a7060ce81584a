"""Whatever is written of a session is taken by `apply`, and leads to the state that the session showed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgtui.api.state import state_with_plan
from orgtui.api.summary_check import require_matching_summary
from orgtui.changes.base import Change, Refused
from orgtui.changes.operations.acceptances import Accept
from orgtui.changes.parse import parse_change
from orgtui.cli.main import run
from orgtui.files.organization_file import baseline_hash, dump_organization, load_organization
from orgtui.files.plan_file import Plan, dump_plan, load_plan
from orgtui.model.kinds import Verdict
from orgtui.model.store import TABLE_OF, Organization
from orgtui.rules.assessment import may_be_found
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.registry import known_rules
from orgtui.session.log.file import log_path_for
from orgtui.session.log.rescue import write_rescue_file
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.plan.outcome import net_plan
from orgtui.session.plan.rebasing import SessionRebase, has_finding_in, reload_organization
from orgtui.session.session import Session
from tests.session.plan.test_written_plans import OFTEN_FOUND, planned
from tests.session.stores import LogsBesidePlan
from tests.strategies_changes import changes
from tests.support import examples, random_organization

USERS = ("chen", "li")


class World:
    """Two people on one plan in a folder; `data` draws what they do."""

    def __init__(self, folder: Path, data: st.DataObject) -> None:
        self.data, self.folder = data, folder
        self.path, self.plan = folder / "team.toml", folder / "team.plan.toml"
        self.path.write_bytes(dump_organization(data.draw(st.integers(0, 60).map(random_organization))))
        self.baseline = load_organization(self.path, known_rules())
        if data.draw(st.booleans()):
            steps, assessment = data.draw(planned(self.baseline))
            head = Plan("Plan", self.baseline.profile.name, baseline_hash(self.baseline))
            self.plan.write_bytes(dump_plan(net_plan(head, self.baseline, assessment, steps)))
        self.seats = [self.joined(user) for user in USERS]

    def joined(self, user: str) -> OpenedSession:
        return open_session(self.path, store_for=LogsBesidePlan(self.folder).as_user(user))

    def close(self) -> None:
        for opened in self.seats:
            opened.session.close()

    def act(self) -> None:
        """Let somebody do something; what is refused alters nothing."""
        number = self.data.draw(st.integers(0, len(USERS) - 1))
        opened = self.seats[number]
        session = opened.session
        acts: list[Callable[[], object]] = [
            *[lambda: session.do(self.drawn(session.organization))] * 4,
            *[lambda: session.do(self.accepting(opened))] * 3,
            session.undo,
            session.redo,
            lambda: session.review(self.one_of(session.organization.people), self.verdict()),
            lambda: session.sign_off(self.one_of(session.organization.teams)),
            lambda: session.describe_wave(self.data.draw(st.integers(1, 3)), "Wave"),
            lambda: session.set_wave(*self.placing(session)),
            lambda: session.drop(self.data.draw(st.sampled_from(session.steps)).number),
            lambda: session.say_why(self.data.draw(st.sampled_from(session.steps)).number, "Because"),
            lambda: self.come_back(number),
        ]
        act = self.data.draw(st.integers(0, len(acts) - 1))
        if act >= len(acts) - 4 and not session.steps:
            return
        with suppress(Refused):
            acts[act]()
        session.evaluate_pending()

    def one_of(self, ids: Iterable[str]) -> str:
        return self.data.draw(st.sampled_from(sorted(ids)))

    def verdict(self) -> Verdict:
        return self.data.draw(st.sampled_from(["keep", "change", "close"]))

    def drawn(self, organization: Organization) -> list[Change]:
        often = self.data.draw(st.sampled_from([OFTEN_FOUND, ()]))
        return self.data.draw(st.lists(changes(organization, often), min_size=1, max_size=2))

    def placing(self, session: Session) -> tuple[list[int], int]:
        numbers = st.sampled_from([step.number for step in session.steps])
        return self.data.draw(st.lists(numbers, min_size=1, max_size=3)), self.data.draw(st.integers(1, 3))

    def accepting(self, opened: OpenedSession) -> list[Change]:
        opened.session.catch_up()
        opened.session.evaluate_pending()
        found = sorted(opened.session.assessment.reported)
        if not found:
            return []
        code, subjects = self.data.draw(st.sampled_from(found))
        return [Accept(code, tuple(map(str, subjects)), f"why {len(opened.session.steps)}")]

    def come_back(self, number: int) -> None:
        if self.data.draw(st.booleans()):
            fold(self.seats[number])
        self.seats[number].session.close()
        self.seats[number] = self.joined(USERS[number])

    def must_take(self, plan: Path, session: OpenedSession) -> Organization:
        """Apply a plan; it leads to the session's state but for acceptances of what is not found any more."""
        baseline = load_organization(self.path, known_rules())
        state = state_with_plan(self.path, baseline, plan)
        require_matching_summary(state, plan.name)
        shown = session.session.organization
        for table in TABLE_OF.values():
            if table != "accept":
                assert list(state.organization.tables[table].values()) == list(shown.tables[table].values())
        taken, wanted = (each.acceptances.rows() for each in (state.organization, shown))
        assert taken.items() <= wanted.items()
        made = [(each.part.wave, each.sets) for each in session.session._state.made]
        waves = waves_of(baseline, made)
        for key in wanted.keys() - taken.keys():
            assert not may_be_found(shown, str(key[0]), tuple(key[1:]), waves)
        assert state.waves is not None
        assert state.plan is not None
        assert state.waves.reviewed == session.session.reviews.reviewed
        assert {each.team for each in state.plan.signoffs} == set(session.session.signatures)
        assert {each.number for each in state.plan.waves} == set(session.session.waves)
        return state.organization


@given(data=st.data())
@settings(deadline=None, max_examples=examples(12, 100), suppress_health_check=list(HealthCheck))
def test_whatever_is_written_is_taken(data: st.DataObject) -> None:
    with TemporaryDirectory() as name, ExitStack() as closing:
        folder = Path(name)
        world = World(folder, data)
        closing.callback(world.close)
        for _ in range(data.draw(st.integers(1, 14))):
            world.act()
        opened = world.joined("wang")
        closing.callback(opened.session.close)
        opened.session.evaluate_pending()

        log = log_path_for(world.plan)
        if log.exists():
            recovered, rescued = folder / "recovered.plan.toml", folder / "rescued.plan.toml"
            rescue = write_rescue_file(log, log.read_bytes())
            assert run(["recover", str(log), "-o", str(recovered)]) == 0
            assert run(["recover", str(rescue), "-o", str(rescued)]) == 0
            world.must_take(recovered, opened)
            world.must_take(rescued, opened)

        fold(opened)
        if not world.plan.exists():
            return
        there = world.must_take(world.plan, opened)

        new, again = folder / "new.toml", folder / "again.toml"
        assert run(["apply", str(world.path), str(world.plan), "-o", str(new)]) == 0
        assert load_organization(new, known_rules()) == there
        assert run(["apply", str(world.path), str(world.plan), "-o", str(again), "--rebase"]) == 0
        assert again.read_bytes() == new.read_bytes()

        fixed, mended = folder / "fixed.plan.toml", folder / "mended.toml"
        decisions = data.draw(st.sampled_from([[], ["--decisions"]]))
        assert run(["fix", str(world.path), "--plan", str(world.plan), "-o", str(fixed), *decisions]) == 0
        assert run(["apply", str(world.path), str(fixed), "-o", str(mended)]) == 0

        theirs = world.baseline.copy()
        for _ in range(data.draw(st.integers(1, 3))):
            with suppress(Refused):
                for each in data.draw(changes(theirs)).compile(theirs):
                    theirs.apply(each)
        world.path.write_bytes(dump_organization(theirs))
        reread = reload_organization(world.path)
        rebase = SessionRebase(opened, reread, has_finding_in(reread.organization))
        while (conflict := rebase.conflict()) is not None:
            if conflict.conflict.refused or data.draw(st.booleans()):
                rebase.leave_out(conflict.number)
            else:
                rebase.keep(conflict.number)
        rebase.save()
        rebased = open_session(world.path)
        closing.callback(rebased.session.close)
        world.must_take(world.plan, rebased)
        load_plan(world.plan, parse_change)
