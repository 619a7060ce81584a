"""How what is typed finds names: accents, forms, widths, pinyin, initials, and the order of numbers."""

from __future__ import annotations

import unicodedata

import pytest

from orgtui.views.base.matching import Finder, Query, highlighted, natural, searched
from orgtui.views.base.row import Span


def rank(typed: str, name: str, rest: str = "") -> int | None:
    return Query(typed).rank(searched(name), rest)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ines", "Inês Costa"),
        ("INÊS", "Ines Costa"),
        ("inês", unicodedata.normalize("NFD", "Inês Costa")),
        (unicodedata.normalize("NFD", "inês"), "Inês Costa"),
        ("strasse", "Hauptstraße"),
        ("lodz", "Łódź"),
        ("soren", "Søren"),
        ("ｗａｎｇ", "Wang Lei"),
        ("seo", "ＳＥＯ组"),
        ("王", "王磊"),
        ("wl", "王磊"),
        ("wanglei", "王磊"),
        ("wang lei", "王磊"),
        ("wang'lei", "王磊"),
        ("wlei", "王磊"),
        ("wangl", "王磊"),
        ("WL", "王磊"),
        ("ＷＬ", "王磊"),
        ("lei", "王磊"),
        ("zhaiyan", "翟燕"),
        ("diyan", "翟燕"),
        ("zengzhang", "增长团队"),
        ("seoz", "SEO组"),
        ("nryx", "Team 内容营销"),
        ("cw", "Chen Wei"),
        ("jlp", "Jean-Luc Picard"),
    ],
)
def test_found(typed: str, name: str) -> None:
    assert rank(typed, name) is not None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lw", "王磊"),
        ("anglei", "王磊"),
        ("wll", "王磊"),
        ("wng", "王磊"),
        ("w lei x", "王磊"),
        ("cb", "Content and brand"),
        ("王雷", "王磊"),
        ("m a", "Marketing"),
    ],
)
def test_not_found(typed: str, name: str) -> None:
    assert rank(typed, name) is None


def test_beginnings_words_insides_spellings_and_other_texts_in_this_order() -> None:
    names = {
        "other": ("Design", "li-na"),
        "spelled": ("李娜", ""),
        "inside": ("Analisis", ""),
        "word": ("Chen Li", ""),
        "begins": ("Li Na", ""),
    }
    find = Finder({key: (searched(name), rest) for key, (name, rest) in names.items()}).find
    assert find("li") == ["begins", "word", "inside", "spelled", "other"]
    assert find("li-") == ["other"]
    assert find("lin") == ["spelled", "begins"]
    assert find("l") == ["begins", "word", "inside", "spelled", "other"]
    assert find("") == list(names)


@pytest.mark.parametrize("typed", ["wanglei", "w l", "wang'l", "marketing te", "数据sc", "c++", "li-na"])
def test_letter_by_letter_finds_what_is_found_at_once(typed: str) -> None:
    names = ["王磊", "汪雷", "Marketing team", "M T", "数据市场", "C++ guild", "Li Na", "Wang Li", "lei"]
    texts = {name: (searched(name), "li-na") for name in names}
    growing = Finder(texts)
    for end in range(1, len(typed) + 1):
        assert growing.find(typed[:end]) == Finder(texts).find(typed[:end])


def test_every_word_is_looked_for_anywhere() -> None:
    text = searched("✖ P203 Design has 2 seats")
    assert Query("seats desi").fits(text)
    assert not Query("seats brand").fits(text)
    assert Query("").fits(text)


@pytest.mark.parametrize(
    ("name", "typed", "matched"),
    [
        ("Remarketing", "MARKET", "market"),
        ("Inês Costa", "ines", "Inês"),
        (unicodedata.normalize("NFD", "Inês Costa"), "ines", unicodedata.normalize("NFD", "Inês")),
        ("王磊", "wl", "王磊"),
        ("市场部王磊", "wangl", "王磊"),
        ("王磊", "lei", "磊"),
        ("Hauptstraße 9", "asse", "aße"),
        ("Chen Wei Li", "wl", "Wei L"),
        ("ＳＥＯ组", "seo", "ＳＥＯ"),
        ("SEO组", "zu", "组"),
    ],
)
def test_what_fits_is_highlighted(name: str, typed: str, matched: str) -> None:
    spans = highlighted(name, typed)
    assert [span.text for span in spans if span.role == "match"] == [matched]
    assert "".join(span.text for span in spans) == name


def test_nothing_is_highlighted_where_nothing_fits() -> None:
    assert highlighted("Brand", "x") == (Span("Brand"),)
    assert highlighted("Brand", " ") == (Span("Brand"),)


def test_numbers_are_sorted_by_their_size() -> None:
    names = ["Team 10", "Team 2", "team 1", "Tëam 3", "2 teams", "10 teams", "团队10", "团队２", "Team"]
    assert sorted(names, key=natural) == [
        *("2 teams", "10 teams", "Team", "team 1", "Team 2", "Tëam 3", "Team 10", "团队２", "团队10")
    ]
