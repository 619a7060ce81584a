"""The report as Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

from markdown_it import MarkdownIt

from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.markdown import write
from orgtui.exchange.writing.report import Report
from orgtui.rules.registry import catalogue
from tests.exchange.writing.reports import HOSTILE, report_of, sample_report, spoken


def text_of(report: Report) -> str:
    return write(report, Options())["report.md"].decode()


def test_every_section_is_there() -> None:
    headings = re.findall(r"^#+ (.*)$", text_of(sample_report()), re.MULTILINE)
    assert headings == [
        *("Startup A Marketing: Four divisions", "Numbers", "Findings", "Resolved (35)", "Left (1)"),
        *("Changes", "Wave 1", "Wave 2", "Wave 3", "People affected", "Teams as they will be"),
        *("Funnel", "Knowledge"),
    ]


def test_without_a_plan_it_says_what_is() -> None:
    text = text_of(sample_report(has_plan=False))
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    assert headings == [
        "Startup A Marketing",
        "Numbers",
        "Findings",
        "Accepted (1)",
        "Teams",
        "Funnel",
        "Knowledge",
    ]
    assert "| Number | Today |" in text


def test_names_stand_where_ids_are_in_the_file() -> None:
    text = text_of(sample_report())
    assert (
        "| Deng Jie | Design → Brand and content | Liu Yang → Li Na | Designer | 1 | 2 | Two designers"
        in text
    )
    assert "deng-jie" not in text


def test_the_funnel_and_the_web_of_knowledge_are_told_with_what_they_become() -> None:
    text = text_of(sample_report())
    assert "| SAL | 1 function of 1 team → 2 functions of 1 team | broken → tracked |" in text
    assert "| Opportunity mining | – → Business development | – → SAL, SQL |" in text
    assert "| Brand and PR | → Design | brand guidelines | ended |" in text
    assert "| Marketing automation | → Business development | lead scoring | new |" in text
    assert "| Teams that share with nobody | Partnerships | – |" in text
    without = text_of(sample_report(has_plan=False))
    assert "| Brand and PR | → Design | brand guidelines |" in without
    assert "| Teams that share with nobody | Partnerships |" in without


def test_what_findings_are_is_said_before_them() -> None:
    assert f"What {len(catalogue())} principles of marketing organisation find" in text_of(sample_report())


def test_seats_that_come_and_go_say_so() -> None:
    text = text_of(report_of(150))
    assert re.search(r"^\| [^|]*\(new seat\) \| ", text, re.MULTILINE)
    assert re.search(r"^\| [^|]*\(seat closed\) \| ", text, re.MULTILINE)


def test_waves_and_acceptances_say_what_is_known_of_them() -> None:
    report = sample_report()
    wave = replace(report.waves[0], name="Shared numbers", on=date(2027, 1, 4))
    finding = replace(report.findings[0], standing="accepted", why="Until spring", by="chen", until=wave.on)
    text = text_of(replace(report, waves=(wave,), findings=(finding,)))
    assert "### Wave 1 · Shared numbers · 2027-01-04" in text
    assert "(P102) — Until spring · chen · until 2027-01-04" in text


def test_chinese_headings() -> None:
    with spoken("zh_CN"):
        text = text_of(sample_report("zh_CN"))
    assert "## 受影响人员" in text
    assert "| 指标 | 调整前 | 调整后 | 变好或变差 |" in text


def test_hostile_names_are_text() -> None:
    report = report_of(150, is_hostile=True)
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text_of(report))
    assert set(re.findall(r"<(\w+)", html)) == {
        *("h1", "h2", "h3", "p", "strong", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td")
    }
    plain = unescape(html.replace("<!-- -->", ""))
    teams = {team.name for team in report.after.teams}
    assert teams & set(HOSTILE)
    assert all(name in plain for name in teams)
    columns = [len(re.findall("<t[hd]", row)) for row in re.findall("<tr>(.*?)</tr>", html, re.DOTALL)]
    assert set(columns) == {3, 4, 5, 7}
