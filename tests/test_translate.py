"""Sentences become words."""

from __future__ import annotations

from datetime import date

import pytest

from orgtui.locales import translate
from orgtui.model.sentence import Ref, Sentence, sentence


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (sentence("plain {braces"), "plain {braces"),
        (sentence("{team} is small", team=Ref.to("team", "pr")), "pr is small"),
        (sentence("{n:seat|seats} left", n=1), "1 seat left"),
        (sentence("{n:seat|seats} left", n=0), "0 seats left"),
        (sentence("{n:个岗位}", n=2), "2 个岗位"),
        (sentence("until {day}", day=date(2026, 11, 21)), "until 2026-11-21"),
        (sentence("{teams} share", teams=(Ref("team:a"), "b")), "a, b share"),
        (sentence("{wrong}; {right}", wrong=sentence("no {x}", x=1), right=Sentence("ok")), "no 1; ok"),
    ],
)
def test_words(said: Sentence, words: str) -> None:
    assert translate(said) == words


def test_references_go_by_name() -> None:
    names = {"team:pr": "Public Relations"}.__getitem__
    assert (
        translate(sentence("{wrong}", wrong=sentence("{t} left", t=Ref("team:pr"))), names)
        == "Public Relations left"
    )


def test_values_are_not_templates() -> None:
    assert translate(sentence("{name}", name="{other}")) == "{other}"


def test_a_field_without_parameter() -> None:
    with pytest.raises(KeyError):
        translate(sentence("{team}"))
