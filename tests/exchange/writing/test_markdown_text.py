"""Markdown shows every text letter by letter, as an independent parser reads it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markdown_it import MarkdownIt

from orgtui.exchange.writing.markdown_text import markdown_text, table_row
from tests.exchange.writing.reports import HOSTILE

MARKUP = (
    *(
        "# heading",
        "#",
        "- item",
        "-",
        "---",
        "- - -",
        "+ item",
        "1. first",
        "10) tenth",
        "5.",
        "> quote",
        "===",
    ),
    *(
        "`code`",
        "**bold**",
        "_it_",
        "~~gone~~",
        "~gone~",
        "![i](x)",
        "[^1]",
        "[ ] task",
        "<b>",
        "&lt;",
        "<!-- c -->",
    ),
    *("\\", "a\\", "\\|", "| a |", "http:\\//x", "$x$", "~~~", "***", "4.5", "#1", "=cmd()", "-->"),
)
READ = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NOTHING = "<!-- -->"


def shown(html: str) -> str:
    return unescape(html.replace(NOTHING, "")).replace("\n", "")


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP])
def test_a_text_is_shown_as_it_is(text: str) -> None:
    assert shown(READ.render(markdown_text(text))) == f"<p>{text}</p>"
    assert shown(READ.render(f"- {markdown_text(text)}")) == f"<ul><li>{text}</li></ul>"
    table = READ.render(f"| a | b |\n| --- | --- |\n{table_row((text, 'z'))}\n")
    assert [shown(cell) for cell in re.findall("<td>(.*?)</td>", table)] == [text, "z"]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("@li-na", f"@{NOTHING}li-na"),
        ("li@example.com", f"li@{NOTHING}example.com"),
        ("see #123", f"see #{NOTHING}123"),
        ("GH-7", f"GH-{NOTHING}7"),
        (":tada:", f":{NOTHING}tada:"),
        ("https://example.com", "https\\://example.com"),
        ("www.example.com", "www\\.example.com"),
    ],
)
def test_what_github_makes_links_of_is_cut_in_two(text: str, escaped: str) -> None:
    assert markdown_text(text) == escaped


@pytest.mark.parametrize(
    "text", ["Head of brand", "4.5", "王磊（品牌）", "SDR - west", "Q1: plan", "C++", "A & B"]
)
def test_usual_text_stays_readable(text: str) -> None:
    assert markdown_text(text).replace("&amp;", "&") == text
