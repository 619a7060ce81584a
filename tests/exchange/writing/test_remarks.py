"""Targets with both numbers and notes with their authors, in every report that people read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from orgtui.exchange.writing import html, markdown
from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.formats import Options
from orgtui.exchange.writing.report import AimedNumber, Remark, Report
from orgtui.model.records import Note, Target
from orgtui.model.store import Organization, Set
from tests.organizations import full_organization

DAY = date(2026, 12, 1)


def aimed(organization: Organization) -> Organization:
    """An organisation with targets and notes."""
    for target in (
        Target("teams", at_most=1),
        Target("headcount", at_least=1, team="pr"),
        Target("pay", 900),
    ):
        organization.apply(Set("target", (target.metric, target.team or "", target.bound), None, target))
    for note in (
        Note("team:pr", "Ask *IT* first", "chen", date(2026, 11, 21)),
        Note("goal:pipeline", "<b>Who?</b>", None, None),
    ):
        organization.apply(Set("note", (note.on, note.text), None, note))
    return organization


def report(part: str | None = None, **given: object) -> Report:
    return build_report(aimed(full_organization()), None, today=DAY, part=part, **given)  # type: ignore[arg-type]


def test_they_are_told_in_words_and_pay_only_with_pay() -> None:
    told = report()
    teams, pr = told.targets
    assert (teams.label, teams.asked, teams.is_missed) == ("Teams", "at most 1", True)
    assert teams.text == next(each.text for each in told.metrics if each.key == "teams")
    assert (pr.label, pr.asked, pr.is_missed) == ("Seats in PR", "at least 1", False)
    assert [each.on for each in told.notes] == ["PR", full_organization().goals["pipeline"].name]
    assert told.notes[0].source.endswith("2026-11-21")
    with_pay = report(pay={each: Decimal(100) for each in full_organization().people})
    assert [each.label for each in with_pay.targets][-1] == "Pay a year"


def test_of_a_part_only_its_own_are_told() -> None:
    told = report("pr")
    assert [each.label for each in told.targets] == ["Seats in PR"]
    assert [each.on for each in told.notes] == ["PR"]


def test_markdown_has_both_escaped() -> None:
    text = markdown.write(report(), Options())["report.md"].decode()
    assert "### Targets" in text
    assert "| Teams | at most 1 |" in text
    assert "missed |" in text
    assert "- **PR**: Ask \\*IT\\* first — " in text
    assert "<b>" not in text


def test_a_page_has_both_escaped() -> None:
    (page,) = html.write(report(), Options()).values()
    text = page.decode()
    assert '<section id="notes"' in text
    assert "Ask *IT* first" in text
    assert "&lt;b&gt;Who?" in text
    assert "at most 1" in text


@pytest.mark.parametrize(
    ("module", "words"), [("pptx", "Ask *IT* first"), ("xlsx", "Ask *IT* first"), ("pptx", "at most 1")]
)
def test_slides_and_sheets_have_both(module: str, words: str) -> None:
    from importlib import import_module

    written = import_module(f"orgtui.exchange.writing.{module}").write(report(), Options())
    (data,) = written.values()
    with ZipFile(BytesIO(data)) as parts:
        assert any(words in parts.read(each).decode("utf-8", "ignore") for each in parts.namelist())


def test_without_them_nothing_is_said() -> None:
    told = build_report(full_organization(), None, today=DAY)
    assert not told.targets
    text = markdown.write(told, Options())["report.md"].decode()
    assert "Targets" not in text
    assert not told.notes
    assert "## Notes" not in text


def test_who_wrote_it_and_when_are_said_as_far_as_known() -> None:
    assert Remark("PR", "Why?", None, DAY).source == "2026-12-01"
    assert Remark("PR", "Why?", None, None).source == ""
    assert AimedNumber("Teams", "at most 1", "2", "1", False).is_missed is False
