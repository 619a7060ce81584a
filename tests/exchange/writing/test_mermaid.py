"""Mermaid text: what it says, and that Mermaid itself draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from orgtui.exchange.writing import mermaid
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.report import Report
from tests.exchange.writing import handmade
from tests.exchange.writing.reports import report_of, sample_report, spoken
from tests.exchange.writing.tools import NODE_MODULES, needs, needs_packages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MAX_TEXT = 50_000
MAX_EDGES = 500
"""What Mermaid draws by default (`maxTextSize`, `maxEdges`)."""

EDGE = re.compile(r"^ +k?t\d+ (---|-\.-|~~~|-\.->|<-\.->)", re.MULTILINE)


def texts(report: Report) -> list[str]:
    return [data.decode() for data in mermaid.write(report, Options()).values()]


def test_what_moves_is_told_by_sign_and_word() -> None:
    (text,) = texts(handmade.restructured())
    for line in (
        "#126; Brand",
        "→ Liu Yang (from Design)",
        "#43; Automation",
        "new · focus team",
        "<s>− Ma Lin (closed)</s>",
        "→ 1 seat to Brand",
        "#43; SEM manager (vacant, new)",
        ":::gone",
    ):
        assert line in text


def test_a_small_organisation_is_one_diagram() -> None:
    assert list(mermaid.write(sample_report(), Options())) == ["tree.mmd"]


def test_a_part_that_the_plan_closes_is_one_diagram() -> None:
    (text,) = texts(sample_report(part="design"))
    assert "− Design" in text
    assert "→ 2 seats to Brand and content" in text


@pytest.mark.parametrize("people", [150, 1000])
def test_large_ones_are_several_that_mermaid_draws_by_default(people: int) -> None:
    written = texts(report_of(people))
    assert len(written) > 1
    for text in written:
        assert len(text.encode("utf-16-le")) // 2 < MAX_TEXT
        assert len(EDGE.findall(text)) < MAX_EDGES


def test_nobody_is_lost_over_the_diagrams() -> None:
    report = report_of(1000)
    shown = without_spaces("".join(texts(report)).replace("<br/>", ""))
    for team in report.after.teams:
        for seat in team.seats:
            name = seat.name if seat.state == "filled" else seat.title or ""
            assert without_spaces(mermaid.escaped(name)) in shown


def test_the_first_diagram_says_where_the_others_are() -> None:
    first, *others = texts(report_of(1000))
    numbers = {int(number) for number in re.findall(r"diagram (\d+)<", first)}
    assert numbers
    assert numbers <= set(range(2, len(others) + 2))


def test_a_chain_of_teams_and_a_team_of_thousands_are_divided() -> None:
    for report in (handmade.chain(2_000), handmade.crowd(3_000)):
        written = texts(report)
        assert 1 < len(written) < 200
        assert max(map(len, written)) < MAX_TEXT


def test_the_same_report_gives_the_same_bytes() -> None:
    assert mermaid.write(report_of(150), Options()) == mermaid.write(report_of(150), Options())


def test_chinese_is_written_in_chinese() -> None:
    with spoken("zh_CN"):
        (text,) = texts(sample_report("zh_CN"))
    assert "个岗位" in text
    assert "seat" not in text


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with Mermaid in it, as it comes."""
    page = browser.new_page()
    page.add_script_tag(path=NODE_MODULES / "mermaid" / "dist" / "mermaid.min.js")
    page.evaluate("mermaid.initialize({startOnLoad: false})")
    yield page
    page.close()


def drawn(page: Page, text: str) -> str:
    """What is to be read in the picture that Mermaid makes; spaces and line breaks are left out."""
    shown = page.evaluate(
        """async text => {
            document.body.innerHTML = (await mermaid.render('picture', text)).svg;
            return document.body.innerText;
        }""",
        text,
    )
    return without_spaces(shown)


def without_spaces(text: str) -> str:
    return re.sub(r"[\s\ufeff]", "", text)


@needs("chromium")
@needs_packages("mermaid")
def test_mermaid_draws_every_name_as_text(page: Page) -> None:
    raised: list[object] = []
    page.on("pageerror", lambda error: raised.append(error))
    report = handmade.hostile()
    (text,) = texts(report)
    shown = drawn(page, text)
    for name in handmade.HOSTILE:
        assert shown.count(without_spaces(name)) >= 4, name
    assert page.evaluate("document.body.querySelectorAll('script, a, strong, em, math').length") == 0
    assert not raised


@needs("chromium")
@needs_packages("mermaid")
def test_mermaid_draws_the_sample_and_each_part_of_a_large_organisation(page: Page) -> None:
    with spoken("zh_CN"):
        (text,) = texts(sample_report("zh_CN"))
    assert "营销自动化" in drawn(page, text)
    shown = "".join(drawn(page, text) for text in texts(report_of(150)))
    assert "JonasLei(lead,changed)" in shown
