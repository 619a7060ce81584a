"""The HTML report as text: what it says, that it escapes everything, and how large it gets."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from orgtui.exchange.writing import html
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.report import (
    AffectedPerson,
    PlannedChange,
    Report,
    ReportedFinding,
    Standing,
    Wave,
)
from tests.exchange.writing.reports import report_of, sample_report, spoken

VOID = {"meta", "link", "br", "hr", "img", "input"}
LANGUAGES = ("en", "zh_CN")


class Outline(HTMLParser):
    """What a page has: its elements with their attributes, its texts, its headings; that tags are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.words.append(data)
        if any(re.fullmatch("h[1-6]", tag) for tag in self._open):
            level, text = self.headings[-1]
            self.headings[-1] = level, text + data

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))

    def ids(self) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get("id"))]


def written(report: Report) -> str:
    with spoken(report.language):
        (content,) = html.write(report, Options()).values()
    return content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_waves_are_drawn_under_changes_with_words_for_those_who_do_not_see_them(language: str) -> None:
    page = written(sample_report(language))
    changes = page[page.index('<section id="changes"') : page.index('<section id="people"')]
    description = re.search(r"<desc[^>]*>([^<]*)</desc>", changes)
    assert description is not None
    wave, closed = ("Wave 2", "− Design") if language == "en" else ("批次 2", "− 设计组")
    assert wave in description[1]
    assert closed in description[1]


def test_why_the_waves_of_a_large_organisation_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "The waves of organisations of more than 20 seats are not drawn."
    assert said not in written(sample_report())
    monkeypatch.setattr(html, "MOST_SEATS_OF_WAVES", 20)
    page = written(replace(sample_report(), wave_states=()))
    assert said in page
    assert "Teams wave by wave" not in page


def finding(number: int, standing: Standing = "left", **others: object) -> ReportedFinding:
    return replace(
        ReportedFinding("P203", "warning", "left", f"Team {number} has 2 seats", ()),
        standing=standing,
        **others,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_whole_and_says_its_language(language: str) -> None:
    report = sample_report(language)
    text = written(report)
    page = Outline(text)
    elements = dict(page.elements)
    assert text.startswith("<!DOCTYPE html>\n")
    assert elements["html"] == {"lang": language.replace("_", "-")}
    assert {"header", "nav", "main", "footer", "title"} <= elements.keys()
    assert len(page.ids()) == len(set(page.ids()))
    assert page.headings[0] == (1, report.headline)
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert report.plan is not None
    assert all(each in page.text for each in (report.plan.name, report.plan.status, str(report.today)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_needs_no_script_and_nothing_from_elsewhere(language: str) -> None:
    text = written(sample_report(language))
    page = Outline(text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    policy = next(each["content"] for _, each in page.elements if "http-equiv" in each)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    for _, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert attributes.get("href", "#").startswith("#")  # type: ignore[union-attr]
    assert "@import" not in text
    assert "url(" not in text


def test_every_word_of_the_templates_goes_through_the_catalogue() -> None:
    templates = sorted(html.TEMPLATES.glob("*.j2"))
    assert len(templates) > 5
    for template in templates:
        source = template.read_text("utf-8")
        plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
        assert re.findall(r"\w{2,}", re.sub(r"<[^>]*>", "", plain)) == [], template.name


def test_every_link_leads_to_a_section() -> None:
    page = Outline(written(sample_report()))
    targets = [str(each["href"])[1:] for tag, each in page.elements if tag == "a"]
    assert len(targets) > 6
    assert set(targets) <= set(page.ids())


def test_every_picture_has_a_title_a_description_and_a_table_beside_it() -> None:
    report = sample_report()
    text = written(report)
    pictures = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(pictures) >= 3
    for each in pictures:
        assert re.search(r"<title[^>]*>[^<]+</title><desc[^>]*>[^<]+</desc>", each)
    assert report.headline not in re.sub("<desc.*?</desc>", "", pictures[0])
    for section in ("picture", "funnel", "knowledge"):
        part = text.partition(f'<section id="{section}"')[2].partition("</section>")[0]
        assert "<svg" in part
        assert part.index("<svg") < part.index('<details class="words">') < part.index("<table")


def test_the_tables_beside_the_pictures_name_everybody() -> None:
    report = sample_report()
    table = written(report).partition('<details class="words">')[2].partition("</section>")[0]
    text = Outline(table.rpartition("</details>")[0]).text
    for structure in (report.before, report.after):
        for team in structure.teams:
            assert team.name in text
            assert all(seat.name in text for seat in team.seats)


def test_texts_of_people_are_text() -> None:
    report = report_of(30, is_hostile=True)
    text = written(report)
    page = Outline(text)
    assert not {"script", "img", "b", "x"} & {tag for tag, _ in page.elements}
    names = [seat.name for team in report.after.teams for seat in team.seats]
    assert any("<" in name for name in names)
    table = page.text
    assert all(re.sub(r"\s+", " ", name).strip() in table for name in names)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert written(sample_report()) == written(sample_report())


def test_findings_are_gathered_by_principle_where_there_are_many() -> None:
    few = replace(sample_report(), findings=tuple(map(finding, range(3))))
    many = replace(few, findings=tuple(map(finding, range(50))))
    title = "A team is too small to be one."
    assert title not in written(few)
    section = written(many).partition('<section id="findings"')[2].partition("</section>")[0]
    assert section.count(title) == 1
    assert section.count("<details>") == 1
    assert all(f"Team {number} has" in section for number in range(50))
    assert "50 findings left" in section
    assert "50 warnings" in section


def test_a_finding_of_a_principle_that_is_not_known_goes_by_its_code() -> None:
    found = tuple(finding(number, code="Z999") for number in range(50))
    assert "Z999" in written(replace(sample_report(), findings=found))


def test_findings_are_told_by_what_becomes_of_them() -> None:
    report = replace(
        sample_report(),
        findings=(
            finding(1, "resolved"),
            finding(2, "new"),
            finding(3, "left"),
            finding(4, "accepted", why="Until <spring>", by="Chen", until=date(2027, 3, 1)),
        ),
    )
    page = Outline(written(report))
    told = [text for level, text in page.headings if level == 3]
    for heading in ("1 finding resolved", "1 new finding", "1 finding left", "1 finding accepted"):
        assert any(heading in each for each in told), heading
    assert "Team 4 has 2 seats — Until <spring> (by Chen) (until 2027-03-01)" in page.text


def test_no_findings_are_said_to_be_none() -> None:
    assert "every principle holds" in written(replace(sample_report(), findings=()))


def test_waves_have_their_names_days_and_reasons() -> None:
    changes = (PlannedChange(1, "Xu moves", "Knows <SEO>", "Li"), PlannedChange(2, "Wu moves", None, "Chen"))
    waves = (Wave(1, "Quick wins", date(2027, 1, 1), changes[:1]), Wave(2, None, None, changes[1:]))
    text = Outline(written(replace(sample_report(), waves=waves))).text
    assert "Wave 1 · Quick wins on 2027-01-01 · 1 change" in text
    assert "Xu moves — Knows <SEO> Li" in text
    assert "Wave 2 1 change" in text


def test_one_author_of_all_changes_is_named_once() -> None:
    changes = tuple(PlannedChange(number, f"Change {number}", None, "Zoë") for number in (1, 2, 3))
    text = written(replace(sample_report(), waves=(Wave(1, None, None, changes),)))
    section = text.partition('<section id="changes"')[2].partition("</section>")[0]
    assert section.count("Zoë") == 1


def test_people_are_counted_as_in_the_headline_and_open_seats_are_not_people() -> None:
    report = sample_report()
    assert len(report.affected) == 13
    assert "11 people move, 11 people get a new manager" in report.headline
    told = "13 seats affected: 11 people move, 11 people get a new manager, 1 closed seat"
    assert told in Outline(people_section(report)).text


def test_people_are_grouped_by_their_new_team_and_folded_where_many() -> None:
    report = sample_report()
    assert report.affected
    section = people_section(report)
    assert "<details>" not in section
    large = report_of(1000)
    assert len(large.affected) > html.FOLD_PEOPLE
    section = people_section(large)
    assert section.count("<details>") > 1
    text = Outline(section).text
    assert all(name_of(each) in text for each in large.affected)


def people_section(report: Report) -> str:
    text = written(report).partition('<section id="people"')[2]
    return text[text.index(">") + 1 :].partition("</section>")[0]


def name_of(person: AffectedPerson) -> str:
    return re.sub(r"\s+", " ", person.name)


def test_without_a_plan_nothing_is_said_of_before_and_after() -> None:
    report = report_of(30, has_plan=False)
    page = Outline(written(report))
    titles = [text for _, text in page.headings]
    assert report.plan is None
    assert "The organisation" in titles
    assert not {"Changes", "People affected", "Before", "After"} & set(titles)
    assert not re.search(r"\b(Before|After|resolved)\b", page.text)


def test_a_part_is_named_in_the_head() -> None:
    report = replace(sample_report(), part="Growth <1>")
    page = Outline(written(report))
    head = page.text.partition(report.headline)[2]
    assert "› Growth <1>" in page.text.partition(head)[0]
    assert "Growth <1>" in page.text[: page.text.index("Skip to the report")]


def test_further_pages_of_a_picture_are_folded_up() -> None:
    section = written(report_of(1000)).partition('<section id="picture"')[2].partition("</section>")[0]
    shown, _, folded = section.partition('<details class="more">')
    assert shown.count("<svg") == 1
    assert folded.count("<svg") >= html.FOLD_PAGES
    assert '<details class="more">' not in written(sample_report())


@pytest.mark.parametrize("size", [5, 150])
def test_organisations_of_other_sizes_are_written(size: int) -> None:
    report = report_of(size)
    text = Outline(written(report)).text
    assert all(team.name in text for team in report.after.teams)


def test_a_thousand_people_take_seconds_and_few_megabytes() -> None:
    report = report_of(1000)
    start = time.process_time()
    size = len(written(report).encode())
    assert time.process_time() - start < 5
    assert size < 3_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sections_come_in_the_order_of_a_readers_questions(language: str) -> None:
    page = Outline(written(sample_report(language)))
    expected = {
        "en": [
            "Before and after",
            "Numbers",
            "Findings",
            "Changes",
            "People affected",
            "Funnel",
            "Knowledge",
        ],
        "zh_CN": ["调整前后", "指标", "问题", "变更", "受影响人员", "漏斗", "知识"],
    }
    assert [text for level, text in page.headings if level == 2] == expected[language]
