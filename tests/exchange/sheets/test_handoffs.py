"""Handoffs from sheets."""

from __future__ import annotations

import pytest

from orgtui.model import records as r
from tests.exchange.sheets.sheets import errors, says, taken

SHEETS = [
    (("from,to,what,tracked,sla", "PR,Content,news,yes,1 day"), ["PR to Content"]),
    (("from,to,what,tracked,sla", "Content,SEO,briefs,no,"),
     ["Content to SEO: what texts → briefs, tracked yes → no"]),
    (("from,to,what", "Content,SEO,texts"), []),
    (("交出方,接收方,交接内容,是否追踪", "SEO,Sales,leads,是"), ["SEO to Sales"]),
    (("von,an,was,frist", "department:sales,seo,Rückfragen,3 Tage"), ["Sales to SEO"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "changes"), SHEETS)
def test_what_differs_is_taken(rows: tuple[str, ...], changes: list[str]) -> None:
    found = taken("handoffs", *rows)
    assert errors(found) == []
    assert says(found) == changes
    assert taken("handoffs", *rows, into=found.organization).changes == ()


def test_what_a_row_does_not_say_stays() -> None:
    found = taken("handoffs", "from,to,sla", "content,seo,5 days", "pr,sales,")
    assert found.organization.handoffs["content", "seo"] == r.Handoff(
        "content", "seo", "texts", True, "5 days"
    )
    assert found.organization.handoffs["pr", "department:sales"] == r.Handoff("pr", "department:sales")


def test_everything_wrong_is_told_at_once() -> None:
    found = taken(
        *("handoffs", "from,to,what,tracked", "Conten,SEO,,", "PR,,,", "PR,PR,,", "Sales,sales,,"),
        *("PR,SEO,,maybe", "PR,Content,,", "pr,content,,"),
    )
    assert errors(found) == [
        '2 Conten → SEO: from: there is no function or department "Conten"; did you mean Content?',
        "3 PR → ?: to is empty",
        "4 PR → PR: pr cannot hand over to itself",
        "5 Sales → sales: A handoff between two departments is not marketing's",
        '6 PR → SEO: tracked: "maybe" cannot be read; write yes or no',
        "8 pr → content: pr → content stands in line 7 already",
    ]
