"""The HTML report opened from a file in Chromium: on a phone, a laptop and paper, light and dark."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orgtui.exchange.writing import html
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.report import Report
from tests.exchange.writing.reports import report_of, sample_report, spoken
from tests.exchange.writing.tools import needs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs("chromium")

PHONE, LAPTOP = (360, 740), (1280, 800)
A4_PX, LETTER_PX = 680, 703
"""The widths of the pages without their margins."""

CASES: Mapping[str, Callable[[], Report]] = {
    "english": sample_report,
    "chinese": lambda: sample_report("zh_CN"),
    "hostile": lambda: report_of(30, is_hostile=True),
    "large": lambda: report_of(150, "zh_CN"),
    "small": lambda: report_of(5),
    "small_chinese": lambda: report_of(5, "zh_CN"),
}

OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const within = each => each.closest('.frame, .unseen, .skip, .stack thead');
  const wide = [...document.body.querySelectorAll('*')]
    .filter(each => !within(each) && each.getBoundingClientRect().right > width + 0.5)
    .map(each => each.tagName + ' ' + each.className + ' ' + each.textContent.trim().slice(0, 40));
  return document.documentElement.scrollWidth > width ? ['the page', ...wide] : wide;
}"""


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A report opened from its file; fails on anything that it asks the network for, and on any error."""
    report = CASES[request.param]()
    with spoken(report.language):
        (content,) = html.write(report, Options()).values()
    file = tmp_path / "report.html"
    file.write_bytes(content)
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.on("console", lambda each: problems.append(each.text))
    page.on("pageerror", lambda each: problems.append(str(each)))
    page.on("dialog", lambda each: problems.append(each.message))
    page.goto(file.as_uri())
    yield page
    assert asked == [file.as_uri()]
    assert problems == []
    context.close()


@pytest.mark.parametrize("page", ["english", "chinese", "hostile", "large"], indirect=True)
def test_it_fits_every_screen_and_paper(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    for media, width, height in (
        ("screen", *PHONE),
        ("screen", *LAPTOP),
        ("print", A4_PX, 1000),
        ("print", LETTER_PX, 1000),
    ):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(TOO_WIDE) == [], (media, width)


@pytest.mark.parametrize(
    "page", [pytest.param("small", marks=pytest.mark.soak), "small_chinese"], indirect=True
)
def test_everybody_can_read_it_light_and_dark(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    assert violations(page, {}) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"
    assert violations(page, {"runOnly": ["color-contrast"]}) == []


def violations(page: Page, options: dict[str, object]) -> list[str]:
    """What axe finds wrong, each with the elements."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"][:3]]


@needs("pdftotext")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("page", ["english"], indirect=True)
def test_on_paper_the_first_page_has_the_numbers_and_pictures_are_whole(
    page: Page, paper: str, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    page.pdf(path=file, format=paper, prefer_css_page_size=True)
    told = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    pages = told.stdout.split("\f")[:-1]
    report = sample_report()
    assert 8 <= len(pages) <= 25
    assert all(metric.label in pages[0] for metric in report.metrics)
    assert "Before and after" in pages[1]
    for structure in (report.before, report.after):
        assert all(seat.name.split()[0] in pages[1] for team in structure.teams for seat in team.seats)
    assert all(text.strip() for text in pages)
    assert "Web of knowledge after" in pages[-1]
    assert not any("Shares with" in text for text in pages)


@needs("pdftotext")
@pytest.mark.parametrize("page", ["english"], indirect=True)
def test_tables_beside_pictures_are_printed_when_the_reader_opened_them(page: Page, tmp_path: Path) -> None:
    page.evaluate(OPEN_ALL)
    page.pdf(path=tmp_path / "report.pdf", format="A4", prefer_css_page_size=True)
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, text=True, check=True
    )
    assert all(name in told.stdout for name in ("The same in words", "Shares with", "Data to the next stage"))
