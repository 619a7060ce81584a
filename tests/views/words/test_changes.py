"""Every operation is said in a few words, with the names of what it touched."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from hypothesis import given

import orgtui.changes.operations  # noqa: F401 - makes every operation known
from orgtui.changes.base import OPERATIONS, Change
from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.locales import translate
from orgtui.views.base.names import Names
from orgtui.views.words.changes import describe
from tests.strategies_changes import changes
from tests.support import random_organization
from tests.views.panes.test_tree import sample

FIELD = re.compile(r"\{(\w+)\}")

Written = dict[str, object]


def said(written: Written, was: Written | None = None) -> str:
    now = sample()
    return translate(describe(written, was), Names(now, now))


@pytest.mark.parametrize("op", sorted(OPERATIONS))
def test_words_speak_of_the_fields_that_the_operation_has(op: str) -> None:
    says, details = OPERATIONS[op].says, OPERATIONS[op].details
    keys = {OPERATIONS[op].keys.get(each.name, each.name) for each in fields(OPERATIONS[op])}
    spoken = [*says.values(), *details.values()]
    assert all(spoken)
    assert list(says)[-1] == "", "there is a sentence for any change, after those for some"
    assert {field for words in spoken for field in FIELD.findall(words)} <= keys | {"before"}
    assert {*says, *details} <= keys | {"", "before"}


@given(changes(random_organization(3)))
def test_any_change_can_be_said(change: Change) -> None:
    assert translate(describe(change))
    assert describe(change_to_mapping(change)) == describe(change)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"op": "move_person", "person": "zhang", "to": "web"}, "moved Zhang Wei to 网站与增长"),
        (
            {"op": "move_function", "function": "seo", "to": "brand", "people": ["wang"]},
            "moved SEO to Brand and content, with 王磊",
        ),
        (
            {"op": "assign", "person": "li", "function": "pr", "share": 1.0},
            "put Li on PR at 1",
        ),
        ({"op": "merge_teams", "team": "design", "into": "brand"}, "merged Design into Brand and content"),
        ({"op": "set_lead", "team": "web", "person": "wang"}, "made 王磊 lead of 网站与增长"),
        ({"op": "set_lead", "team": "web"}, "left 网站与增长 without a lead"),
        (
            {"op": "close_seat", "person": "li", "lead_to": "chen"},
            "closed the seat of Li, Chen leads instead",
        ),
        (
            {"op": "add_handoff", "from": "seo", "to": "department:sales", "tracked": True},
            "joined SEO to sales by a handoff, tracked",
        ),
        ({"op": "track_handoff", "from": "seo", "to": "pr"}, "tracked the handoff from SEO to PR"),
        ({"op": "track_handoff", "from": "seo", "to": "pr", "tracked": False}, "stopped tracking SEO to PR"),
        (
            {"op": "add_share", "from": "team:web", "to": "person:li", "topic": "seo", "every": "weekly"},
            "linked 网站与增长 with Li on seo, weekly",
        ),
        ({"op": "set_learning", "person": "li", "skill": "seo", "on": True}, "let Li learn seo"),
        ({"op": "set_learning", "person": "li", "skill": "seo", "on": False}, "stopped Li learning seo"),
        ({"op": "set_skill", "person": "li", "skill": "seo", "level": 0}, "noted level 0 in seo for Li"),
        ({"op": "set_budget", "team": "web", "pay_budget": 0}, "set the pay budget of 网站与增长 to 0"),
        (
            {"op": "set_function", "function": "seo", "difficulty": 4, "clear": ["kind"]},
            "changed the difficulty of SEO to 4, no kind",
        ),
        (
            {"op": "accept", "code": "P203", "subjects": ["team:design"], "why": "Two hires in May"},
            "accepted P203 for Design: Two hires in May",
        ),
        ({"op": "accept", "code": "P401", "subjects": [], "why": "Later"}, "accepted P401: Later"),
        (
            {
                "op": "set_organization",
                "pillars": [{"id": "two", "name": "Two"}, {"id": "one", "name": "One"}],
            },
            "changed the organisation, pillars in this order: Two, One",
        ),
        ({"op": "set_stages", "function": "seo", "stages": []}, "took all stages off SEO"),
        ({"op": "rename", "kind": "team", "id": "web", "name": "Web"}, "named the team Web"),
    ],
)
def test_changes_are_said_with_names(written: Written, words: str) -> None:
    assert said(written) == words
    assert describe(parse_change(written)) == describe(written), "a change and its written form say the same"


def test_a_rename_says_the_old_name_where_it_is_known() -> None:
    written: Written = {"op": "rename", "kind": "team", "id": "web", "name": "Web"}
    assert said(written, {"name": "Online promotion"}) == "renamed Online promotion to Web"
