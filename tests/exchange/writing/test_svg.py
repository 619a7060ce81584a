"""The format `svg`: a file for each picture, the same bytes twice, and all names as text."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from orgtui.exchange.writing.formats import Files, Options, format_named
from orgtui.exchange.writing.report import Report
from tests.exchange.writing.reports import report_of, sample_report, spoken


def svg_of(report: Report) -> Files:
    svg = format_named("svg")
    assert svg is not None
    return svg.write(report, Options())


def said(svg: bytes) -> str:
    """All text of a picture, without spaces."""
    words = (each.text or "" for each in ElementTree.fromstring(svg).iter() if each.tag.endswith("}text"))
    return "".join(words).replace(" ", "")


def test_a_plan_has_pictures_of_both_states() -> None:
    assert list(svg_of(sample_report())) == [
        "tree-both.svg",
        "tree-before.svg",
        "tree-after.svg",
        "tree-waves.svg",
        "funnel-before.svg",
        "funnel-after.svg",
        "knowledge-before.svg",
        "knowledge-after.svg",
    ]


def test_without_a_plan_there_is_one_state() -> None:
    assert list(svg_of(sample_report(has_plan=False))) == [
        "tree-after.svg",
        "funnel-after.svg",
        "knowledge-after.svg",
    ]


def test_pages_are_numbered_with_the_overview_first() -> None:
    files = svg_of(report_of(150))
    assert [each for each in files if each.startswith("tree-after")][:2] == [
        "tree-after-1.svg",
        "tree-after-2.svg",
    ]
    first, second = said(files["tree-after-1.svg"]), said(files["tree-after-2.svg"])
    divisions = [each.name for each in report_of(150).after.teams if each.depth == 1]
    assert all(each.replace(" ", "") in first for each in divisions)
    assert not all(each.replace(" ", "") in second for each in divisions)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_same_report_gives_the_same_bytes(language: str) -> None:
    with spoken(language):
        assert svg_of(sample_report(language)) == svg_of(sample_report(language))


def test_hostile_names_are_text() -> None:
    report = report_of(30, is_hostile=True)
    files = svg_of(report)
    for name, svg in files.items():
        assert b"<script" not in svg, name
        assert ElementTree.fromstring(svg).tag.endswith("}svg")
    everything = "".join(said(svg) for name, svg in files.items() if name.startswith("tree-after"))
    for team in report.after.teams:
        assert all(seat.name.replace(" ", "") in everything for seat in team.seats)
