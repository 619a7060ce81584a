"""Pages for draw.io: their structure by the published format, and that draw.io's own library reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict
from xml.etree.ElementTree import Element, fromstring

import pytest

from orgtui.exchange.writing import drawio
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.report import KnowledgeLink, Report
from tests.exchange.writing import handmade
from tests.exchange.writing.reports import HOSTILE, report_of, sample_report
from tests.exchange.writing.tools import NODE_MODULES, needs, needs_packages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CAME_IN = """
([text, number]) => {
    const file = mxUtils.parseXml(text);
    const graph = new mxGraph(document.body);
    new mxCodec(file).decode(file.getElementsByTagName('mxGraphModel')[number], graph.getModel());
    graph.refresh();
    const cells = Object.values(graph.getModel().cells);
    return {
        labels: cells.filter(each => each.vertex).map(each => each.value),
        joined: cells.filter(each => each.edge && each.source && each.target).length,
        people: cells.filter(each => each.vertex && each.parent.vertex).length,
        elements: document.body.querySelectorAll('script, b, img').length,
    };
}
"""


class CameIn(TypedDict):
    """What the library made of a page: labels of shapes, how many lines join two, how many lie in others."""

    labels: list[str]
    joined: int
    people: int
    elements: int


def written(report: Report) -> str:
    (data,) = drawio.write(report, Options()).values()
    return data.decode()


def pages(report: Report) -> list[Element]:
    return fromstring(written(report)).findall("diagram")


def labels(page: Element) -> str:
    return "\n".join(cell.get("value", "") for cell in page.iter("mxCell"))


@pytest.mark.parametrize(
    "report",
    [
        handmade.restructured,
        lambda: sample_report("zh_CN"),
        lambda: report_of(5),
        lambda: report_of(150, is_hostile=True),
    ],
    ids=["by hand", "sample", "5", "150"],
)
def test_every_page_has_the_structure_of_the_format(report: Callable[[], Report]) -> None:
    seen: set[str] = set()
    for page in pages(report()):
        assert page.get("name")
        (model,) = page
        (root,) = model
        assert [cell.tag for cell in root] == ["mxCell"] * len(root)
        top, layer, *_ = root
        assert "parent" not in top.attrib
        assert layer.get("parent") == top.get("id")
        here = {cell.attrib["id"] for cell in root}
        assert len(here) == len(root)
        assert not here & seen
        seen |= here
        for cell in root:
            for end in ("parent", "source", "target"):
                assert cell.get(end) is None or cell.get(end) in here
            if "vertex" in cell.attrib or "edge" in cell.attrib:
                assert cell.find("mxGeometry[@as='geometry']") is not None
                assert "html=0" in cell.attrib["style"] or "edge" in cell.attrib


def test_the_sample_has_its_teams_its_waves_the_funnel_and_the_web_of_knowledge() -> None:
    names = [page.get("name") for page in pages(sample_report())]
    assert names == [
        "Teams after",
        "Teams before",
        "Teams wave by wave",
        "Funnel after",
        "Web of knowledge after",
    ]


def test_the_first_page_says_what_the_plan_comes_to() -> None:
    first, *others = pages(sample_report())
    headline = sample_report().headline
    assert headline in labels(first).replace("\n", " ")
    assert not any(headline in labels(page).replace("\n", " ") for page in others)


def test_lines_of_knowledge_are_dotted_on_a_layer_of_their_own() -> None:
    first = pages(handmade.restructured())[0]
    dotted = [cell for cell in first.iter("mxCell") if "dashPattern" in cell.get("style", "")]
    (layer,) = [cell for cell in first.iter("mxCell") if cell.get("value", "").startswith("dotted line")][:1]
    assert len(dotted) == 2
    assert {cell.get("parent") for cell in dotted} == {layer.get("id")}


def test_many_lines_of_knowledge_are_on_a_layer_that_is_not_shown_at_first() -> None:
    def layer(links: int) -> Element:
        names = [f"Team {number}" for number in range(links + 1)]
        teams = [handmade.team("Marketing", None), *(handmade.team(name, "Marketing") for name in names)]
        shared = [KnowledgeLink(one, other, ("seo",)) for one, other in pairwise(names)]
        state = handmade.structure(teams, shared)
        cells = pages(handmade.report(state, state))[0].iter("mxCell")
        return next(cell for cell in cells if cell.get("value", "").startswith("dotted line"))

    assert layer(drawio.MAX_LINKS).get("visible") is None
    assert layer(drawio.MAX_LINKS + 1).get("visible") == "0"


def test_of_many_pages_before_only_the_overview_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    all_pages = [page.get("name") for page in pages(report_of(150))]
    monkeypatch.setattr(drawio, "MOST_PAGES", 1)
    fewer = [page.get("name") for page in pages(report_of(150))]
    assert all_pages.count("Teams before") > fewer.count("Teams before") == 1
    assert all_pages.count("Teams after") == fewer.count("Teams after") > 1


def test_the_same_report_gives_the_same_bytes() -> None:
    assert written(report_of(150)) == written(report_of(150))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with mxGraph in it, the library that draw.io is made of."""
    page = browser.new_page()
    page.evaluate("window.mxBasePath = '.'; window.mxLoadResources = window.mxLoadStylesheets = false")
    page.add_script_tag(path=NODE_MODULES / "mxgraph" / "javascript" / "mxClient.min.js")
    yield page
    page.close()


def came_in(page: Page, text: str, number: int = 0) -> CameIn:
    made: CameIn = page.evaluate(CAME_IN, [text, number])
    return made


@needs("chromium")
@needs_packages("mxgraph")
def test_the_library_of_drawio_joins_the_teams_of_the_sample(page: Page) -> None:
    report = sample_report()
    made = came_in(page, written(report))
    for team in report.after.teams:
        for seat in team.seats:
            assert any(seat.name.split()[0] in label for label in made["labels"]), seat
    assert made["joined"] >= len(report.after.teams) - 1
    assert made["people"] >= report.after.headcount


@needs("chromium")
@needs_packages("mxgraph")
def test_the_library_of_drawio_shows_hostile_names_as_text(page: Page) -> None:
    text = written(report_of(30, is_hostile=True))
    shown = "".join(
        "".join(came_in(page, text, number)["labels"]) for number in range(text.count("<diagram "))
    ).replace(" ", "")
    for name in HOSTILE:
        assert name.replace(" ", "")[:14] in shown, name
    assert came_in(page, text)["elements"] == 0
