"""What the principles say, word for word, on the bad examples of their pages and for each further reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from orgtui.locales import translate
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.rules.policy import message
from tests.rules.catalogue.test_pages import example, said
from tests.rules.organizations import TODAY, built, findings

ON_THE_BAD_EXAMPLE = [
    ("P101", "Nobody works mql: no function serves it and no department owns it"),
    ("P102", "Nothing carries leads from inquiry to mql: no function serves both, no handoff joins them"),
    ("P103", "Nobody tracks what sdr hands to sales"),
    ("P104", "2 divisions work awareness, more than 1: brand, growth"),
    ("P105", "growth is split over 2 divisions: ads, web"),
    ("P106", "programs works in 3 areas, more than 2"),
    ("P107", "growth works before and after mql, yet no handoff joins it to those who work mql"),
    ("P108", "A lead crosses 1 team border through the funnel, more than 0"),
    ("P201", "sem and seo share 100% of their skills but sit in ads and web"),
    ("P202", "articles (content) and press (pr) belong together but sit in different divisions"),
    ("P203", "design has 2 seats; a team needs 3 to be more than a pair"),
    ("P204", "wang-lei leads web but has level 0 in sem; judging sem takes level 2"),
    ("P205", "marketing is accountable for 2 functions, more than 1"),
    ("P206", "content needs seo, but the 1 person who masters it sits in web and nothing carries it over"),
    ("P207", "marketing itself has 3 seats, more than 2"),
    (
        "P208",
        "sem (growth) has nothing in common with the other work of partners (field); "
        "such work is at home in web",
    ),
    ("P301", "wang-lei leads web but cannot judge its breakthrough auto"),
    ("P302", "auto is a focus team but reports to growth; it must report to the head"),
    ("P303", "2 focus teams at once, more than 1: abm, auto"),
    ("P304", "auto is a focus team without a review date"),
    ("P305", "auto is a focus team without a lead"),
    ("P306", "auto is a focus team on auto but has 1 other function as well"),
    ("P307", "auto is a breakthrough but gets 50% of a full-time week; it takes 1.0 FTE"),
    ("P308", "auto was pulled out for auto but does not hold it"),
    ("P401", "The organisation has no vision that its goals could serve"),
    ("P402", "brand has 1 goal and shares none with another division"),
    ("P403", "calls and growth hand work to each other but have no goal in common"),
    ("P404", "pipeline is a core goal, yet 1 division carries it; it takes at least two"),
    ("P405", "pipeline counts in nobody's evaluation (0 divisions hold it)"),
    ("P406", "marketing has 2 goals of its own, more than 1"),
    ("P407", "leads says what is counted but has no target"),
]
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(("code", "words"), ON_THE_BAD_EXAMPLE)
def test_words_on_the_bad_example(code: str, words: str) -> None:
    assert translate(message(said(code, *example(code, "bad"))[0])) == words


def focus_team(focus: r.Focus, lead: str | None = None) -> list[Record]:
    return [
        r.Team("auto", "Automation", "marketing", lead=lead, focus=focus),
        r.Function("auto", "Auto", team="auto"),
    ]


FURTHER_REASONS: list[tuple[str, Iterable[Record], str]] = [
    (
        "P301",
        [r.Function("auto", "Automation", team="marketing", state="new", breakthrough=True)],
        "marketing has no lead who could judge its breakthrough auto",
    ),
    (
        "P304",
        focus_team(r.Focus("auto", review_on=TODAY - timedelta(days=3), exit="It runs")),
        "The review of auto is 3 days overdue",
    ),
    (
        "P304",
        focus_team(r.Focus("auto", review_on=TOMORROW)),
        "auto is a focus team to be reviewed on 2026-11-22, but nothing says when it ends",
    ),
    (
        "P305",
        [
            *focus_team(r.Focus("auto"), lead="zhao"),
            r.Team("web", "Website", "marketing", lead="zhao"),
            r.Person("zhao", "auto", "Zhao"),
        ],
        "zhao leads the focus team auto and 1 other team",
    ),
    (
        "P305",
        [
            *focus_team(r.Focus("auto"), lead="zhao"),
            r.Function("seo", "SEO", team="marketing"),
            r.Person("zhao", "auto", "Zhao", functions={"seo": 50}),
        ],
        "zhao leads the focus team auto and has 1 function elsewhere",
    ),
    (
        "P405",
        [r.Goal("leads", "Leads", core=True, evaluated=True)],
        "Nobody reviews leads (0 divisions hold it)",
    ),
    (
        "P407",
        [r.Goal("leads", "Leads", target=400)],
        "leads has the target 400 but does not say what is counted",
    ),
    ("P407", [r.Goal("leads", "Leads")], "leads has neither metric nor target"),
]


@pytest.mark.parametrize(("code", "records", "words"), FURTHER_REASONS)
def test_words_for_further_reasons(code: str, records: Iterable[Record], words: str) -> None:
    (finding,) = findings(built(*records), [code])
    assert translate(message(finding)) == words


def test_the_weakest_core_skill_of_the_lead_is_named() -> None:
    (finding,) = findings(
        built(
            r.Team("web", "Website", "marketing", lead="li-na"),
            r.Function("seo", "SEO", team="web", skills={"analytics": 3, "seo": 3, "writing": 3}),
            r.Person("li-na", "web", "Li Na", skills={"analytics": 4, "seo": 1, "writing": 1}),
        ),
        ["P204"],
    )
    assert finding.evidence == {
        "lead": "person:li-na",
        "skill": "skill:seo",
        "level": 1,
        "lead_level": 2,
    }
