"""Skills, topics of links and kinds of work are called by the name of a skill, where it has one."""

from __future__ import annotations

import pytest

from orgtui.changes.parse import parse_change
from orgtui.locales import translate
from orgtui.model.records import Share, SkillName, Team
from orgtui.model.sentence import Ref
from orgtui.views.base.names import name_of
from orgtui.views.words.changes import describe
from tests.views.screen import organization

NOW = organization(
    Team("brand", "Brand"),
    Team("growth", "增长"),
    SkillName("video", "视频剪辑"),
    Share("team:brand", "team:growth", "video"),
)


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("skill:video", "视频剪辑"),
        ("kind:video", "视频剪辑"),
        ("share:team:brand>team:growth>video", "Brand to 增长: 视频剪辑"),
        ("skill:seo", "seo"),
        ("kind:content: long", "content: long"),
    ],
)
def test_a_skill_without_a_name_is_called_by_its_id(ref: str, name: str) -> None:
    assert name_of(NOW, Ref(ref)) == name


def test_changes_say_names_of_topics_and_kinds() -> None:
    linked = {"op": "add_share", "from": "team:brand", "to": "team:growth", "topic": "video"}
    said = translate(describe(parse_change(linked)), lambda ref: name_of(NOW, ref))
    assert said == "linked Brand with 增长 on 视频剪辑"
    kind = describe(parse_change({"op": "set_function", "function": "seo", "kind": "video"}))
    assert "the kind of seo to 视频剪辑" in translate(kind, lambda ref: name_of(NOW, ref))
