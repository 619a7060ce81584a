"""Graphs for Graphviz: what they say, and that Graphviz reads them."""

from __future__ import annotations

import re
import subprocess
from xml.etree import ElementTree

import pytest

from orgtui.exchange.writing import dot
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.report import Report
from tests.exchange.writing import handmade
from tests.exchange.writing.reports import report_of, sample_report
from tests.exchange.writing.tools import PATIENCE_S, needs

SVG = "{http://www.w3.org/2000/svg}"


def graph(report: Report) -> bytes:
    (data,) = dot.write(report, Options()).values()
    return data


def drawn(report: Report) -> str:
    """What is to be read in the picture that Graphviz makes, without spaces."""
    command = ["dot", "-Tsvg"]
    done = subprocess.run(command, input=graph(report), capture_output=True, timeout=PATIENCE_S, check=True)
    assert not done.stderr, done.stderr.decode()
    picture = ElementTree.fromstring(done.stdout)
    return without_spaces("".join(text.text or "" for text in picture.iter(f"{SVG}text")))


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_what_moves_is_told_by_sign_and_word() -> None:
    text = graph(handmade.restructured()).decode()
    for line in (
        "~ Brand\\lchanged · 2 seats\\l",
        "→ Liu Yang (from Design)\\l",
        "+ Automation\\lnew · focus team · 1 seat\\l",
        "− Design\\lclosed\\l",
        '"rounded,dashed"',
    ):
        assert line in text


def test_knowledge_is_dotted_and_leaves_the_tree_alone() -> None:
    text = graph(handmade.restructured()).decode()
    dotted = [line for line in text.splitlines() if "dotted" in line and "->" in line]
    assert len(dotted) == 2
    assert all('constraint="false"' in line for line in dotted)
    assert 'tooltip="messaging\\l"' in dotted[0]
    assert 'dir="both"' in dotted[1]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert graph(report_of(150)) == graph(report_of(150))


@needs("dot")
def test_graphviz_shows_every_name_as_text() -> None:
    shown = drawn(handmade.hostile())
    for name in handmade.HOSTILE:
        assert shown.count(without_spaces(name)) >= 4, name


@needs("dot")
@pytest.mark.parametrize("people", [5, 150])
def test_graphviz_shows_everybody(people: int) -> None:
    report = report_of(people)
    shown = drawn(report)
    for team in report.after.teams:
        assert without_spaces(team.name) in shown
        for seat in team.seats:
            assert without_spaces(seat.title or "" if seat.state != "filled" else seat.name) in shown


def test_lines_of_a_large_organisation_are_straight() -> None:
    assert 'splines="ortho"' in graph(report_of(150)).decode()
    assert 'splines="polyline"' in graph(handmade.chain(500)).decode()


@needs("dot")
def test_graphviz_draws_the_sample_in_chinese() -> None:
    assert "营销自动化" in drawn(sample_report("zh_CN"))
