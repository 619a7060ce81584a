"""Several sessions on one log: each sees what the others do, and nobody overwrites anybody."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orgtui.changes.base import Change
from orgtui.locales import translate
from orgtui.session.timeline.attempt import Superseded
from orgtui.session.timeline.reasons import when
from tests.session.sessions import (
    moved,
    renamed,
    state_hash,
    team_name,
)
from tests.session.sharing import Join, change, nested, news, told_to, why_not

# -- seeing -------------------------------------------------------------------------------------------


def test_what_one_does_the_other_sees(join: Join) -> None:
    chen, li = join("chen"), join("li")
    told = told_to(li)
    assert li.catch_up() is None
    chen.do(renamed("pr", "Press"), "One voice")
    chen.do(moved("xu", "growth"))
    changed = li.catch_up()
    assert news(changed) == [("chen", "do", 1), ("chen", "do", 2)]
    assert told == [changed]
    assert team_name(li, "pr") == "Press"
    assert li.moved == {"xu"}
    assert li.steps == chen.steps
    assert li.catch_up() is None
    chen.undo()
    chen.redo()
    chen.drop(1)
    chen.say_why(2, "closer")
    assert news(li.catch_up()) == [
        ("chen", "undo", 2),
        ("chen", "redo", 2),
        ("chen", "drop", 1),
        ("chen", "why", 2),
    ]
    assert state_hash(li.organization) == state_hash(chen.organization)
    assert [step.why for step in li.steps] == ["closer"]


def test_one_s_own_changes_are_no_news(join: Join) -> None:
    chen = join("chen")
    told = told_to(chen)
    assert chen.do(renamed("pr", "Press")).news == ()
    assert chen.catch_up() is None
    assert [each.news for each in told] == [()]


def test_whoever_acts_sees_first_what_others_did(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    told = told_to(li)
    li.do(renamed("growth", "Demand"))
    assert [news(each) for each in told] == [[("chen", "do", 1)], []]
    assert [each.revision for each in told] == [1, 2]
    assert [team_name(li, team) for team in ("pr", "growth")] == ["Press", "Demand"]


def test_several_changes_are_told_as_one_with_what_they_come_to(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    chen.do(renamed("pr", "PR"))
    chen.do(moved("xu", "growth"))
    findings = dict(li.assessment.reported)
    changed = li.catch_up()
    assert changed is not None
    assert {each.table for each in changed.sets} == {"person"}
    for old, new in changed.difference.pairs:
        known = old or new
        assert known is not None
        assert findings.get(known.identity) == old
        assert li.assessment.reported.get(known.identity) == new
    assert li.assessment.reported == chen.assessment.reported


def test_looking_costs_one_look_at_the_file_when_nothing_is_new(
    join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    li.catch_up()
    looks: list[object] = []
    real = os.stat

    def look(path: Path, *, follow_symlinks: bool) -> os.stat_result:
        looks.append(path)
        return real(path, follow_symlinks=follow_symlinks)

    with monkeypatch.context() as counted:
        counted.setattr(os, "stat", look)
        for call in ("open", "pread", "fstat"):
            counted.delattr(os, call)
        assert li.catch_up() is None
    assert len(looks) == 1


def test_what_was_replaced_may_hold_dates(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(change("set_focus", team="auto", exit="It really runs", review_on="2027-02-01"))
    chen.do(change("fold_back", team="auto", into="growth"))
    li.catch_up()
    assert li.steps == chen.steps


def test_what_nobody_could_follow_is_never_written(join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    with monkeypatch.context() as defect:
        defect.setattr(type(moved("xu", "pr")[0]), "replaced_values", lambda *_: {"lead": None})
        assert why_not(lambda: chen.do(moved("xu", "growth"))) == "was is not as it should be"
    assert chen.organization.people["xu"].team == "pr"
    chen.do(moved("xu", "growth"))
    li.catch_up()
    assert li.read_only is None
    assert li.steps == chen.steps


# -- acting at the same time --------------------------------------------------------------------------


def test_two_fields_of_one_person_both_land(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(moved("xu", "growth"))
    li.do(change("set_skill", person="xu", skill="seo", level=3))
    chen.catch_up()
    for session in (chen, li, join("wang")):
        xu = session.organization.people["xu"]
        assert xu.team == "growth"
        assert xu.skills["seo"] == 3


def test_of_two_that_exclude_each_other_the_second_is_told_who_was_first(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(nested("pr", "growth"))
    before = state_hash(li.organization)
    said = why_not(lambda: li.do(nested("growth", "pr")))
    assert said.startswith("chen changed pr at TIME ")
    assert state_hash(li.organization) == state_hash(chen.organization) != before
    assert len(li.steps) == 1
    li.do(renamed("growth", "Demand"))


@pytest.mark.parametrize("lands", [True, False])
def test_what_comes_in_at_the_last_moment_counts(
    join: Join, monkeypatch: pytest.MonkeyPatch, lands: bool
) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("brand", "Brand!"))
    li.catch_up()
    real = fcntl.flock

    def late(file: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", real)
        chen.do(renamed("pr", "Press") if lands else nested("pr", "growth"))
        real(file, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    if lands:
        li.do(nested("growth", "pr"))
        assert team_name(li, "pr") == "Press"
    else:
        assert why_not(lambda: li.do(nested("growth", "pr"))).startswith("chen changed pr at TIME ")
    chen.catch_up()
    assert chen.steps == li.steps
    assert state_hash(chen.organization) == state_hash(li.organization)


def test_the_one_is_named_who_stands_in_the_way(join: Join) -> None:
    chen, li, wang = join("chen"), join("li"), join("wang")
    li.do(renamed("brand", "Brand!"))
    chen.do(change("create_team", team="new", name="New", parent="marketing"))
    wang.do(renamed("pr", "Press"))
    said = why_not(lambda: li.do(change("create_team", team="new", name="Other", parent="marketing")))
    assert said.startswith("chen changed new at TIME ")


def test_what_was_taken_back_meanwhile_is_told_as_well(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(change("create_team", team="new", name="New", parent="marketing"))
    li.catch_up()
    chen.undo()
    said = why_not(lambda: li.do(moved("xu", "new")))
    assert said == "chen took back what was changed about new at TIME There is no team new"


def test_what_needs_what_somebody_just_did_can_be_done(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(change("create_team", team="new", name="New", parent="marketing"))
    li.do(moved("xu", "new"))
    assert li.organization.people["xu"].team == "new"


def test_what_could_not_be_done_anyway_is_nobody_s_fault(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    assert why_not(lambda: li.do(moved("xu", "nowhere"))) == "There is no team nowhere"


# -- changing what somebody else has just changed -------------------------------------------------------

SAME_THING: dict[str, tuple[list[Change], list[Change]]] = {
    "a seat": (moved("xu", "growth"), moved("xu", "brand")),
    "a name": (renamed("pr", "Press"), renamed("pr", "Public")),
    "a lead": (change("set_lead", team="pr", person="xu"), change("set_lead", team="pr")),
    "a skill": (
        change("set_skill", person="xu", skill="seo", level=1),
        change("set_skill", person="xu", skill="seo", level=4),
    ),
    "a team that somebody has come to": (
        moved("xu", "growth"),
        change("merge_teams", team="growth", into="pr"),
    ),
}


@pytest.mark.parametrize("seen", ["not yet", "since it was lifted"])
@pytest.mark.parametrize(("first", "second"), SAME_THING.values(), ids=SAME_THING)
def test_what_somebody_has_put_there_meanwhile_is_not_replaced_unasked(
    join: Join, first: list[Change], second: list[Change], seen: str
) -> None:
    chen, li = join("chen"), join("li")
    lifted = li.moment
    chen.do(first)
    if seen == "since it was lifted":
        li.catch_up()
    before = state_hash(chen.organization)
    with pytest.raises(Superseded) as refused:
        li.do(second, since=lifted)
    assert (refused.value.news.by, refused.value.news.step.number) == ("chen", 1)
    assert translate(refused.value.sentence).startswith("chen changed ")
    assert state_hash(li.organization) == before
    assert li.steps == chen.steps, "it was not written"
    overridden = li.overridden(second, lifted)
    assert overridden is not None
    assert overridden.by == "chen"
    li.do(second, since=li.moment)
    chen.catch_up()
    assert len(chen.steps) == 2, "who insists is heard"


def test_whoever_was_last_is_named_and_what_comes_after_is_asked_again(join: Join) -> None:
    chen, li, wang = join("chen"), join("li"), join("wang")
    lifted = wang.moment
    chen.do(moved("xu", "growth"))
    li.catch_up()
    li.do(moved("xu", "brand"))
    li.do(renamed("pr", "Press"))
    assert why_not(lambda: wang.do(moved("xu", "marketing"), since=lifted)) == "li changed xu 0 s ago"
    told = wang.moment
    chen.catch_up()
    chen.do(moved("xu", "growth"))
    assert why_not(lambda: wang.do(moved("xu", "marketing"), since=told)) == "chen changed xu 0 s ago"


def test_what_stands_there_again_is_as_it_was_seen(join: Join) -> None:
    chen, li = join("chen"), join("li")
    lifted = li.moment
    chen.do(moved("xu", "growth"))
    li.catch_up()
    chen.undo()
    li.do(moved("xu", "brand"), since=lifted)
    assert li.organization.people["xu"].team == "brand"


def test_one_s_own_change_may_be_replaced(join: Join) -> None:
    chen, li = join("chen"), join("li")
    lifted = li.moment
    li.do(moved("xu", "growth"))
    chen.catch_up()
    chen.do(renamed("pr", "Press"))
    li.catch_up()
    li.do(moved("xu", "brand"), since=lifted)
    assert li.organization.people["xu"].team == "brand"


def test_a_reason_that_somebody_else_gave_meanwhile_is_kept(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(moved("xu", "growth"))
    li.catch_up()
    asked = li.moment
    chen.say_why(1, "closer")
    li.catch_up()
    with pytest.raises(Superseded):
        li.say_why(1, "cheaper", asked)
    assert li.steps[0].why == "closer"
    li.say_why(1, "cheaper", li.moment)
    assert li.steps[0].why == "cheaper"


def test_how_long_ago_something_was_is_told_in_words() -> None:
    now = datetime.now(UTC)
    told = [translate(when(now - timedelta(seconds=ago))) for ago in (-5, 2, 150)]
    assert told == ["0 s ago", "2 s ago", "2 min ago"]
    assert translate(when(now - timedelta(hours=2))).startswith("at ")
