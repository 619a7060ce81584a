"""Ids made of names in any script."""

from __future__ import annotations

import pytest

from orgtui.views.base.new_id import ID_MAX_LENGTH, new_id


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Growth & demand", "growth-demand"),
        ("视频剪辑", "shi-pin-jian-ji"),
        ("SEO 优化", "seo-you-hua"),
        ("Überblick für Straße", "uberblick-fur-strasse"),
        ("🎉", "team"),
        ("", "team"),
        ("ＡＢ测试", "ab-ce-shi"),
    ],
)
def test_an_id_tells_what_it_stands_for(name: str, identity: str) -> None:
    assert new_id(name, "team", ()) == identity


def test_an_id_that_is_taken_gets_a_number_and_none_grows_without_end() -> None:
    assert new_id("视频", "skill", {"shi-pin", "shi-pin-2"}) == "shi-pin-3"
    assert len(new_id("视频剪辑" * 60, "skill", ())) <= ID_MAX_LENGTH
