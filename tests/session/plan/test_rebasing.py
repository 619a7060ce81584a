"""A session taken over to what its organisation has become: conflicts are decided, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.changes.base import Change, Refused
from orgtui.changes.parse import parse_change
from orgtui.cli.state import load_state
from orgtui.files.organization_file import dump_organization
from orgtui.locales import translate
from orgtui.model.store import Organization
from orgtui.session.log.file import log_path_for
from orgtui.session.plan import rebasing
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import (
    CannotOpen,
    OpenedSession,
    OrganizationChanged,
    StalePlan,
    open_session,
)
from orgtui.session.plan.rebasing import (
    CannotRebase,
    PlanRebase,
    Rebase,
    SessionRebase,
    has_finding_in,
    reload_if_changed,
    reload_organization,
)
from orgtui.session.store import LogReplaced
from tests.changes.world import change
from tests.organizations import full_organization
from tests.session.sessions import moved, renamed, state_hash, write_department


def changed_on_disk(path: Path, *changes: Change) -> None:
    """Let somebody else make changes in the organisation's file."""
    organization = full_organization()
    for each in changes:
        for assignment in each.compile(organization):
            organization.apply(assignment)
    path.write_bytes(dump_organization(organization))


def begun(opened: OpenedSession) -> Rebase:
    there = reload_if_changed(opened)
    assert there is not None
    return SessionRebase(opened, there, has_finding_in(there.organization))


def taken_over(
    opened: OpenedSession, decide: Callable[[Rebase, rebasing.NumberedConflict], None]
) -> OpenedSession:
    rebase = begun(opened)
    while (conflict := rebase.conflict()) is not None:
        decide(rebase, conflict)
    rebase.save()
    opened.session.close()
    return open_session(opened.organization_path)


def kept_logs(opened: OpenedSession) -> list[Path]:
    """The logs that were set aside."""
    return list(opened.plan_path.parent.glob("*.plan.log.*"))


def ours(rebase: Rebase, conflict: rebasing.NumberedConflict) -> None:
    if conflict.conflict.refused is None:
        rebase.keep(conflict.number)
    else:
        rebase.leave_out(conflict.number)


def theirs(rebase: Rebase, conflict: rebasing.NumberedConflict) -> None:
    rebase.leave_out(conflict.number)


@pytest.fixture
def opened(tmp_path: Path) -> OpenedSession:
    return open_session(write_department(tmp_path))


def test_changes_that_hold_are_taken_over_without_a_question(opened: OpenedSession) -> None:
    opened.session.do(moved("xu", "growth"), "Search needs hands")
    opened.session.do(renamed("pr", "Press"))
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Demand"))
    again = taken_over(opened, ours)
    session = again.session
    assert [step.why for step in session.steps] == ["Search needs hands", None]
    assert session.organization.people["xu"].team == "growth"
    assert session.organization.teams["pr"].name == "Press"
    assert session.organization.teams["growth"].name == "Demand"
    assert not session.unfolded
    load_state(opened.organization_path, opened.plan_path)


@pytest.mark.parametrize(("decide", "name"), [(ours, "Press"), (theirs, "Media")])
def test_a_conflict_says_base_theirs_and_ours_and_either_is_kept(
    opened: OpenedSession, decide: Callable[[Rebase, rebasing.NumberedConflict], None], name: str
) -> None:
    opened.session.do(renamed("pr", "Press"))
    opened.session.do(moved("xu", "growth"))
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="pr", name="Media"))
    rebase = begun(opened)
    found = rebase.conflict()
    assert found is not None
    (difference,) = found.conflict.differences
    assert (difference.base, difference.theirs, difference.ours) == ("PR", "Media", "Press")
    session = taken_over(opened, decide).session
    assert session.organization.teams["pr"].name == name
    assert session.organization.people["xu"].team == "growth"


def test_what_cannot_be_made_any_more_is_left_out_with_what_needs_it(opened: OpenedSession) -> None:
    opened.session.do([change("create_team", team="new", name="New", parent="marketing")])
    opened.session.do(moved("xu", "new"))
    changed_on_disk(
        opened.organization_path, change("create_team", team="new", name="Theirs", parent="marketing")
    )
    rebase = begun(opened)
    found = rebase.conflict()
    assert found is not None
    assert found.number == 1
    assert found.conflict.refused is not None
    session = taken_over(opened, theirs).session
    assert session.organization.teams["new"].name == "Theirs"
    assert session.organization.people["xu"].team == "new"


def test_leaving_a_change_out_brings_up_those_that_need_it(opened: OpenedSession) -> None:
    opened.session.do([change("create_team", team="new", name="New", parent="brand")])
    opened.session.do(moved("xu", "new"))
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Demand"))
    rebase = begun(opened)
    assert rebase.conflict() is None
    rebase.leave_out(1)
    found = rebase.conflict()
    assert found is not None
    assert found.number == 2
    assert found.conflict.refused is not None
    rebase.keep(2)
    assert rebase.conflict() is not None, "what cannot be made cannot be kept"


def test_until_it_is_taken_over_nothing_is_written(opened: OpenedSession) -> None:
    opened.session.do(renamed("pr", "Press"))
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="pr", name="Media"))
    before = {path: path.read_bytes() for path in opened.plan_path.parent.iterdir() if path.is_file()}
    rebase = begun(opened)
    rebase.leave_out(1)
    assert {path: path.read_bytes() for path in before} == before
    assert opened.session.organization.teams["pr"].name == "Press"
    opened.session.do(renamed("pr", "Still here"))


def test_the_old_log_is_kept_and_others_open_anew(opened: OpenedSession) -> None:
    opened.session.do(renamed("pr", "Press"))
    other = open_session(opened.organization_path).session
    log = log_path_for(opened.plan_path).read_bytes()
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Demand"))
    rebase = begun(opened)
    rebase.save()
    (kept,) = kept_logs(opened)
    assert kept.read_bytes().startswith(log)
    with pytest.raises(LogReplaced):
        other.catch_up()
    with pytest.raises(LogReplaced):
        other.do(renamed("pr", "Too late"))
    other.close()
    opened.session.close()
    assert open_session(opened.organization_path).session.organization.teams["pr"].name == "Press"


def test_what_others_do_meanwhile_is_not_lost(opened: OpenedSession) -> None:
    opened.session.do(renamed("pr", "Press"))
    other = open_session(opened.organization_path).session
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Demand"))
    rebase = begun(opened)
    other.do(moved("xu", "growth"))
    with pytest.raises(CannotRebase) as refused:
        rebase.save()
    assert translate(refused.value.sentence) == "Somebody changed something meanwhile; try once more"
    begun(opened).save()
    opened.session.close()
    other.close()
    assert open_session(opened.organization_path).session.organization.people["xu"].team == "growth"


def test_a_file_that_changes_once_more_is_not_missed(opened: OpenedSession) -> None:
    opened.session.do(renamed("pr", "Press"))
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Demand"))
    rebase = begun(opened)
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Leads"))
    with pytest.raises(CannotRebase):
        rebase.save()
    assert taken_over(opened, ours).session.organization.teams["growth"].name == "Leads"


def test_a_plan_that_somebody_changed_is_left_alone(opened: OpenedSession) -> None:
    opened.session.do(renamed("pr", "Press"))
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Demand"))
    opened.plan_path.write_text("somebody's own\n")
    with pytest.raises(CannotRebase):
        begun(opened).save()
    assert opened.plan_path.read_text() == "somebody's own\n"
    opened.session.do(renamed("pr", "Media"))


def test_without_changes_there_is_nothing_to_take_over(opened: OpenedSession) -> None:
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Demand"))
    begun(opened).save()
    assert [path.name for path in opened.plan_path.parent.iterdir()] == ["team.toml"]


def test_a_plan_that_was_written_without_changes_is_taken_over(opened: OpenedSession) -> None:
    opened.session.do(renamed("pr", "Press"))
    opened.session.undo()
    assert fold(opened)
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Demand"))
    again = taken_over(opened, ours)
    assert again.session.steps == []
    load_state(opened.organization_path, opened.plan_path)


@pytest.mark.parametrize("broken", ["replace_file", "set_aside"])
def test_one_that_is_cut_off_loses_no_change(
    opened: OpenedSession, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    opened.session.do(renamed("pr", "Press"))
    before = opened.organization_path.read_bytes()
    changed_on_disk(opened.organization_path, change("rename", kind="team", id="growth", name="Demand"))

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = {"replace_file": "orgtui.session.plan.folding.replace_file", "set_aside": "os.rename"}[broken]
    with monkeypatch.context() as patched:
        patched.setattr(target, fail)
        with pytest.raises(CannotRebase):
            begun(opened).save()
    opened.session.close()
    if broken == "replace_file":
        opened.organization_path.write_bytes(before)
    session = open_session(opened.organization_path).session
    assert session.organization.teams["pr"].name == "Press"


CHANGES = st.lists(
    st.one_of(
        st.builds(
            lambda team, name: {"op": "rename", "kind": "team", "id": team, "name": name},
            st.sampled_from(["pr", "growth", "brand"]),
            st.sampled_from(["A", "B"]),
        ),
        st.builds(
            lambda person, to: {"op": "move_person", "person": person, "to": to},
            st.sampled_from(["xu", "li", "wang"]),
            st.sampled_from(["pr", "growth", "brand", "social"]),
        ),
        st.builds(
            lambda team, into: {"op": "merge_teams", "team": team, "into": into},
            st.sampled_from(["social", "pr", "growth"]),
            st.sampled_from(["brand", "growth"]),
        ),
    ),
    max_size=5,
)


def made_of(organization: Organization, wanted: list[dict[str, str]]) -> list[Change]:
    """Those of some changes that can be made one after another."""

    made = []
    for each in map(parse_change, wanted):
        try:
            sets = each.compile(organization)
        except Refused:
            continue
        for assignment in sets:
            organization.apply(assignment)
        made.append(each)
    return made


@settings(max_examples=40, deadline=None)
@given(mine=CHANGES, others=CHANGES, choices=st.lists(st.booleans(), min_size=20, max_size=20))
def test_whatever_is_decided_comes_to_a_plan_that_applies(
    tmp_path_factory: pytest.TempPathFactory,
    mine: list[dict[str, str]],
    others: list[dict[str, str]],
    choices: list[bool],
) -> None:
    opened = open_session(write_department(tmp_path_factory.mktemp("rebase")))
    for each in made_of(full_organization(), mine):
        opened.session.do([each])
    changed_on_disk(opened.organization_path, *made_of(full_organization(), others))
    there = reload_if_changed(opened)
    if there is None:
        opened.session.close()
        return
    rebase, deciding = SessionRebase(opened, there, has_finding_in(there.organization)), iter(choices)
    while (conflict := rebase.conflict()) is not None:
        (ours if next(deciding) else theirs)(rebase, conflict)
    rebase.save()
    opened.session.close()
    again = open_session(opened.organization_path)
    if opened.plan_path.exists():
        applied = load_state(opened.organization_path, opened.plan_path).organization
        assert state_hash(applied) == state_hash(again.session.organization)
    again.session.close()


# -- what no session can be opened with -------------------------------------------------------------------


def stale_plan(path: Path) -> StalePlan:
    with pytest.raises(OrganizationChanged) as refused:
        open_session(path)
    return refused.value.stale


@pytest.mark.parametrize("folded", [True, False])
def test_changes_to_another_state_are_taken_over_on_opening(opened: OpenedSession, folded: bool) -> None:
    path = opened.organization_path
    opened.session.do(renamed("pr", "Press"))
    opened.session.do(moved("xu", "growth"))
    if folded:
        fold(opened)
    opened.session.close()
    changed_on_disk(path, change("rename", kind="team", id="pr", name="Media"))
    stale, there = stale_plan(path), reload_organization(path)
    rebase = PlanRebase(stale, there, has_finding_in(there.organization))
    found = rebase.conflict()
    assert found is not None
    (difference,) = found.conflict.differences
    assert (difference.base, difference.theirs, difference.ours) == ("PR", "Media", "Press")
    rebase.leave_out(found.number)
    assert rebase.conflict() is None
    rebase.save()
    session = open_session(path).session
    assert session.organization.teams["pr"].name == "Media"
    assert session.organization.people["xu"].team == "growth"
    assert len(kept_logs(opened)) == 1


def test_what_somebody_else_did_to_them_meanwhile_is_not_lost(opened: OpenedSession) -> None:
    path, before = opened.organization_path, opened.organization_path.read_bytes()
    opened.session.do(renamed("pr", "Press"))
    opened.session.close()
    changed_on_disk(path, change("rename", kind="team", id="growth", name="Demand"))
    now = path.read_bytes()
    stale = stale_plan(path)
    path.write_bytes(before)
    session = open_session(path).session
    session.do(moved("xu", "growth"))
    session.close()
    path.write_bytes(now)
    there = reload_organization(path)
    with pytest.raises(CannotRebase):
        PlanRebase(stale, there, has_finding_in(there.organization)).save()
    assert not opened.plan_path.exists()
    assert len(stale_plan(path).plan.steps) == 2


def test_a_plan_that_came_with_the_new_state_is_not_written_over(opened: OpenedSession) -> None:
    path = opened.organization_path
    opened.session.do(renamed("pr", "Press"))
    opened.session.close()
    changed_on_disk(path, change("rename", kind="team", id="growth", name="Demand"))
    there = open_session(path, path.with_name("other.plan.toml"))
    there.session.do(moved("xu", "growth"))
    fold(there)
    there.session.close()
    there.plan_path.rename(opened.plan_path)
    with pytest.raises(CannotOpen) as refused:
        open_session(path)
    assert not isinstance(refused.value, OrganizationChanged)
