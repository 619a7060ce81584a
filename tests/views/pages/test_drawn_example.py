"""The examples of principles are drawn as trees, with all in which the good one differs from the bad."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orgtui.locales import current_language, set_language
from orgtui.locales.documentation import in_language_spoken, sections_of
from orgtui.locales.language import LANGUAGES
from orgtui.rules.examples import Example, example_of
from orgtui.rules.registry import catalogue
from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Row
from orgtui.views.base.signs import UNICODE
from orgtui.views.pages.drawn_example import drawn_lines
from orgtui.views.words.evidence import EVIDENCE
from tests.views.screen import line

WIDTH = 60


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = current_language()
    set_language(request.param)
    yield request.param
    set_language(before)


def examples(code: str) -> list[Example]:
    """The bad and the good example of a page in the current language."""
    rule = catalogue()[code]
    told = ([each.text for each in parts if each.kind == "code"] for parts in sections_of(_page(code)))
    return [example_of(rule, *files) for files in told if files]


def _page(code: str) -> str:
    return in_language_spoken(catalogue()[code].page)


def drawn(example: Example, code: str) -> list[str]:
    lines = drawn_lines(example, UNICODE, catalogue()[code].severity, WIDTH)
    return [line(Row(None, each.left, each.right, each.margin), WIDTH) for each in lines]


def test_every_example_speaks_or_is_silent_in_every_language(language: str) -> None:
    for code, rule in catalogue().items():
        bad, good = examples(code)
        assert bad.findings, code
        assert not good.findings, code
        sign = UNICODE.severity(rule.severity)
        shown = drawn(bad, code)
        assert sum(each.startswith(sign) for each in shown) >= len(bad.findings)
        assert not any(each.startswith(sign) for each in drawn(good, code))
        assert max(map(cell_len, shown)) <= WIDTH + 3


@pytest.mark.parametrize("code", catalogue())
def test_what_the_good_example_does_otherwise_is_seen(code: str) -> None:
    bad, good = examples(code)
    without_sentences = drawn(Example(bad.organization, bad.baseline, bad.view, ()), code)
    assert drawn(good, code) != without_sentences


def test_ids_and_keys_are_those_of_the_file_in_every_language(language: str) -> None:
    bad, _ = examples("P203")
    assert [*bad.organization.teams] == ["marketing", "design"]
    assert bad.organization.teams["design"].name == ("Design" if language == "en" else "设计")


def test_every_number_behind_a_finding_is_called_by_a_name() -> None:
    told = {name for code in catalogue() for each in examples(code)[0].findings for name in each.evidence}
    assert len(told) > 40
    assert told <= EVIDENCE.keys()
