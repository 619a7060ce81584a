"""Targets, notes, names of skills, acting leads and assistants, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from orgtui.changes.base import OPERATIONS
from orgtui.changes.operations.notes import TakeNote
from orgtui.model import records as r
from orgtui.model.kinds import METRICS
from orgtui.model.store import Organization
from orgtui.views.words.metrics import LABELS
from tests.changes.world import make, refusal
from tests.organizations import full_organization, small_organization

ACTING = date(2027, 1, 31)


@pytest.fixture
def org() -> Organization:
    return full_organization()


# -- acting leads ----------------------------------------------------------------------------------


def acting(org: Organization, team: str = "growth") -> Organization:
    return make(org, "set_acting", team=team, until="2027-01-31")


def test_an_acting_lead_is_confirmed_by_taking_the_day_off(org: Organization) -> None:
    there = acting(org)
    assert there.teams["growth"].acting_until == ACTING
    assert make(there, "set_acting", team="growth").teams["growth"].acting_until is None


def test_what_is_so_already_or_has_no_lead_is_refused(org: Organization) -> None:
    assert refusal(org, "set_acting", team="growth") == "wang leads growth for good already"
    assert "already leads" in refusal(acting(org), "set_acting", team="growth", until="2027-01-31")
    assert refusal(org, "set_acting", team="social", until="2027-01-31") == "Nobody leads social"


@pytest.mark.parametrize(
    ("op", "fields", "until"),
    [
        ("set_lead", {"team": "growth", "person": "li"}, None),
        ("set_lead", {"team": "growth"}, None),
        ("close_seat", {"person": "wang", "lead_to": "li"}, None),
        ("empty_seat", {"person": "wang"}, ACTING),
        ("move_person", {"person": "wang", "to": "brand"}, ACTING),
        ("merge_teams", {"team": "brand", "into": "growth"}, ACTING),
    ],
)
def test_acting_goes_with_the_lead(org: Organization, op: str, fields: dict[str, Any], until: Any) -> None:
    assert make(acting(org), op, **fields).teams["growth"].acting_until == until


def test_a_merge_that_takes_the_lead_takes_its_last_day_too(org: Organization) -> None:
    there = make(acting(org, "pr"), "merge_teams", team="pr", into="social").teams["social"]
    assert (there.lead, there.acting_until) == ("wu", ACTING)
    kept = make(acting(org, "pr"), "merge_teams", team="pr", into="brand").teams["brand"]
    assert (kept.lead, kept.acting_until) == ("li", None)


# -- assistants ------------------------------------------------------------------------------------


def test_an_assistant_is_a_matter_of_the_seat(org: Organization) -> None:
    there = make(org, "set_assistant", person="xu", on=True)
    for op, fields in (
        ("move_person", {"person": "xu", "to": "growth"}),
        ("empty_seat", {"person": "xu"}),
        ("close_seat", {"person": "xu"}),
    ):
        assert make(there, op, **fields).people["xu"].assistant
    emptied = make(there, "empty_seat", person="xu")
    assert make(emptied, "fill_seat", person="xu", name="Xu Bo").people["xu"].assistant
    assert not make(there, "set_assistant", person="xu", on=False).people["xu"].assistant
    assert refusal(there, "set_assistant", person="xu", on=True) == "xu already is an assistant"
    assert refusal(org, "set_assistant", person="xu", on=False) == "xu is no assistant"
    assert "is closed" in refusal(org, "set_assistant", person="gone", on=True)
    added = make(org, "add_seat", person="aide", team="marketing", name="Aide", assistant=True)
    assert added.people["aide"].assistant


# -- targets ---------------------------------------------------------------------------------------


def test_every_metric_can_have_a_target() -> None:
    assert set(METRICS) == set(LABELS)


def test_a_target_is_known_by_metric_team_and_bound(org: Organization) -> None:
    there = make(org, "set_target", metric="span_max", at_most=8)
    there = make(there, "set_target", metric="span_max", at_least=2)
    there = make(there, "set_target", metric="span_max", team="brand", at_most=0)
    there = make(there, "set_target", metric="span_max", at_most=6)
    assert list(there.targets.values()) == [
        r.Target("span_max", 6),
        r.Target("span_max", at_least=2),
        r.Target("span_max", 0, team="brand"),
    ]
    assert refusal(there, "set_target", metric="span_max", at_most=6) == (
        "This already is the target for “span_max”"
    )
    left = make(there, "remove_target", metric="span_max", at_most=99)
    assert list(left.targets) == [("span_max", "", "at_least"), ("span_max", "brand", "at_most")]
    assert "no such target" in refusal(left, "remove_target", metric="span_max", at_most=6)
    assert refusal(org, "set_target", metric="fte", team="gone", at_most=1) == "There is no team gone"


@pytest.mark.parametrize(
    ("op", "fields"),
    [
        ("merge_teams", {"team": "pr", "into": "brand"}),
        ("dissolve_team", {"team": "pr", "people_to": "brand", "functions_to": "growth"}),
    ],
)
def test_targets_of_a_team_go_with_it(org: Organization, op: str, fields: dict[str, Any]) -> None:
    there = make(org, "set_target", metric="fte", team="pr", at_most=3)
    there = make(there, "set_target", metric="fte", team="brand", at_most=9)
    assert list(make(there, op, **fields).targets) == [("fte", "brand", "at_most")]


# -- notes -----------------------------------------------------------------------------------------


def noted(org: Organization, *notes: r.Note) -> Organization:
    return Organization([*org.records(), *notes])


def test_a_note_takes_its_author_and_day_from_the_change(org: Organization) -> None:
    change = TakeNote("team:pr", "Ask IT").signed("chen", datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    there = org.copy()
    for each in change.compile(there):
        there.apply(each)
    assert list(there.notes.values()) == [r.Note("team:pr", "Ask IT", "chen", date(2026, 11, 21))]
    assert refusal(there, "note", on="team:pr", text="Ask IT") == "pr has this note already"
    assert len(make(there, "remove_note", on="team:pr", text="Ask IT").notes) == 0
    assert refusal(org, "remove_note", on="team:pr", text="Ask IT") == "pr has no such note"


@pytest.mark.parametrize(
    "on",
    [
        *("team:pr", "person:open-1", "stage:inquiry", "area:growth", "function:seo", "goal:reach"),
        *("pillar:scale", "department:sales", "mission:launch", "tool:cms", "skill:seo", "skill:copy"),
        *("topic:FEATURE sheets", "purpose:website", "handoff:content>press", "metric:span_max", "wave:2"),
        *("request:pr>sales>Wins", "share:team:pr>team:growth>seo"),
    ],
)
def test_what_notes_may_be_on(org: Organization, on: str) -> None:
    assert len(make(org, "note", on=on, text="So").notes) == 1


@pytest.mark.parametrize(
    "on",
    [
        *("team:gone", "person:gone", "person:nobody", "stage:x", "skill:juggling", "topic:x", "purpose:x"),
        *("handoff:press>content", "metric:spans", "wave:0", "wave:²", "request:pr>sales", "share:x"),
    ],
)
def test_notes_on_what_is_not_there_or_closed_are_refused(org: Organization, on: str) -> None:
    assert refusal(org, "note", on=on, text="So")


@pytest.mark.parametrize(
    ("fields", "successor"),
    [
        ({"people_to": "growth", "functions_to": "marketing"}, "team:growth"),
        ({"functions_to": "marketing"}, "team:marketing"),
        ({"children_to": "brand"}, "team:brand"),
        ({}, "team:press"),
    ],
)
def test_notes_go_to_the_successor_of_a_dissolved_team(fields: dict[str, Any], successor: str) -> None:
    small = noted(
        small_organization(r.Team("press", "Press", "marketing")),
        r.Note("team:press", "Ask IT"),
        r.Note("team:brand", "Other"),
    )
    there = make(small, "dissolve_team", team="press", **fields)
    assert list(there.notes) == [
        *([(successor, "Ask IT")] if successor == "team:press" else []),
        ("team:brand", "Other"),
        *([(successor, "Ask IT")] if successor != "team:press" else []),
    ]


def test_of_twin_notes_the_one_of_the_successor_stays() -> None:
    own = r.Note("team:brand", "Ask IT", "chen")
    small = noted(
        small_organization(r.Team("press", "Press", "marketing")),
        r.Note("team:press", "Ask IT", "li"),
        own,
    )
    assert list(make(small, "merge_teams", team="press", into="brand").notes.values()) == [own]


def test_notes_on_anything_else_stay_when_it_goes(org: Organization) -> None:
    there = make(noted(org, r.Note("goal:idle", "Why?")), "remove_goal", goal="idle")
    assert list(there.notes) == [("goal:idle", "Why?")]


# -- skills ----------------------------------------------------------------------------------------


def test_skills_are_listed_named_and_taken_off(org: Organization) -> None:
    there = make(org, "add_skill", skill="video", name="视频剪辑")
    there = make(there, "name_skill", skill="seo", name="搜索优化")
    assert list(there.skills.values()) == [r.SkillName("video", "视频剪辑"), r.SkillName("seo", "搜索优化")]
    assert make(there, "name_skill", skill="video", name="Video").skills["video"].name == "Video"
    assert refusal(there, "add_skill", skill="seo", name="SEO") == "The id seo already belongs to seo"
    assert refusal(there, "name_skill", skill="juggling", name="J") == "There is no skill juggling"
    assert refusal(there, "name_skill", skill="seo", name="搜索优化") == "seo already has this name"
    assert refusal(there, "remove_skill", skill="seo") == "seo still need seo"
    learnt = make(there, "set_learning", person="xu", skill="video", on=True)
    assert refusal(learnt, "remove_skill", skill="video") == "xu still have or learn video"
    assert list(make(there, "remove_skill", skill="video").skills) == ["seo"]
    assert "looks like another name" in refusal(there, "add_skill", skill="v2", name="视频剪辑 ")


def test_an_acceptance_about_a_skill_goes_with_its_entry(org: Organization) -> None:
    accepted = replace(next(iter(org.acceptances.values())), code="C203", subjects=("skill:video",))
    there = noted(org, r.SkillName("video", "Video"), accepted)  # type: ignore[arg-type]
    assert accepted.subjects[0] not in str(list(make(there, "remove_skill", skill="video").acceptances))


def test_operations_on_what_there_is_are_all_there() -> None:
    kinds = ("department", "stage", "area", "tool")
    wanted = {f"{verb}_{kind}" for verb in ("add", "set", "remove") for kind in kinds}
    assert wanted | {"move_stage", "move_area"} <= OPERATIONS.keys()
