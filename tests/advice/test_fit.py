"""A place is home, kin, neutral or a stranger to what is carried, by the work that is there without it."""

from __future__ import annotations

from datetime import date

import pytest

from orgtui.advice.fit import Fitting, fitting
from orgtui.engine.view import PlainView
from orgtui.locales import translate
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization
from tests.organizations import TODAY


def department(*others: Record) -> Organization:
    """Brand (pr, content), growth with the team search below it (seo, sem), and field (fairs, tours).

    Office has no work; the root holds budget, of no area.
    """
    records = (
        r.Profile("Acme", TODAY),
        r.Area("brand", "Brand work"),
        r.Area("growth", "Growth work"),
        r.Area("field", "Field work"),
        r.Team("root", "Marketing", lead="head"),
        r.Team("brand", "Brand", "root", "li"),
        r.Team("growth", "Growth", "root"),
        r.Team("search", "Search", "growth", "wang"),
        r.Team("field", "Field", "root"),
        r.Team("office", "Office", "root"),
        r.Function("pr", "PR", "brand", "brand", skills={"media": 3}),
        r.Function("content", "Content", "brand", "brand", skills={"copy": 3}),
        r.Function("seo", "SEO", "growth", "search", skills={"search": 3}),
        r.Function("sem", "SEM", "growth", "search", skills={"search": 2, "bids": 2}),
        r.Function("fairs", "Fairs", "field", "field", skills={"events": 3}),
        r.Function("tours", "Tours", "field", "field", skills={"travel": 3}),
        r.Function("budget", "Budget", team="root", skills={"finance": 3}),
        r.Person("head", "root", "Head"),
        r.Person("li", "brand", "Li Na"),
        r.Person("wang", "search", "Wang Lei", functions={"content": 10}),
        r.Person("ann", "office", "Ann", functions={"seo": 60, "fairs": 40}),
        r.Person("bo", "field", "Bo"),
    )
    given = {(type(each), getattr(each, "id", None)) for each in others}
    kept = (each for each in records if (type(each), getattr(each, "id", None)) not in given)
    return Organization((*kept, *others))


def fit(what: str, team: str, *others: Record) -> Fitting:
    return fitting(PlainView(department(*others), TODAY, {}), Ref(what), team)


FOCUS = (
    r.Team("auto", "Automation", "root", focus=r.Focus("nurture", TODAY)),
    r.Function("nurture", "Nurture", "growth", "auto"),
    r.Person("zhao", "auto", "Zhao", functions={"nurture": 100}),
)
HANDOFF = r.Handoff("fairs", "seo", "cards", True)
ADS = r.Function("ads", "Ads", "growth", "field")


@pytest.mark.parametrize(
    ("what", "team", "others", "expected"),
    [
        ("function:sem", "growth", (), "home"),
        ("function:sem", "search", (), "home"),
        ("function:sem", "brand", (), "stranger"),
        ("function:sem", "office", (), "neutral"),
        ("function:sem", "root", (), "stranger"),
        ("function:budget", "brand", (), "neutral"),
        ("function:budget", "root", (), "neutral"),
        ("function:fairs", "growth", (HANDOFF,), "kin"),
        ("function:seo", "field", (HANDOFF,), "kin"),
        ("function:seo", "field", (ADS,), "kin"),
        ("function:budget", "growth", (r.Function("budget", "B", team="root", skills={"search": 3}),), "kin"),
        ("team:search", "growth", (), "neutral"),  # without it nothing is there
        ("team:search", "brand", (), "stranger"),
        ("team:search", "root", (), "home"),  # growth gets a division of its own
        ("team:brand", "root", (r.Function("blog", "Blog", "brand", "office"),), "stranger"),
        ("team:office", "brand", (), "stranger"),
        ("team:office", "search", (), "home"),  # without functions: as its people do
        ("person:ann", "search", (), "home"),  # performs SEO there
        ("person:ann", "field", (), "home"),  # performs fairs there, too
        ("person:ann", "brand", (), "stranger"),
        ("person:wang", "growth", (), "home"),  # leads a team there
        ("person:wang", "brand", (), "home"),  # performs content there
        ("person:bo", "field", (), "home"),  # performs nothing: as the own team does
        ("person:bo", "brand", (), "stranger"),
        ("function:seo", "auto", FOCUS, "stranger"),
        ("function:nurture", "search", FOCUS, "home"),
        ("person:zhao", "auto", FOCUS, "home"),
    ],
)
def test_the_fit_of_a_place(what: str, team: str, others: tuple[Record, ...], expected: str) -> None:
    assert fit(what, team, *others).fit == expected


@pytest.mark.parametrize(
    ("what", "team", "others", "words"),
    [
        ("function:sem", "growth", (), "belongs here: shares growth with 1 function"),
        ("function:sem", "brand", (), "nothing here is like it; its kind is at home in growth"),
        ("function:fairs", "growth", (HANDOFF,), "fairs hands over to seo, which is here"),
        ("function:seo", "field", (HANDOFF,), "seo takes over from fairs, which is here"),
        ("function:seo", "field", (ADS,), "shares growth with 1 function here"),
        ("person:ann", "search", (), "belongs here: performs seo"),
        ("person:wang", "growth", (), "belongs here: leads search"),
        ("team:search", "root", (), "gives growth a division of its own"),
        ("function:seo", "auto", FOCUS, "only nurture belongs in a focus team"),
    ],
)
def test_why_it_fits(what: str, team: str, others: tuple[Record, ...], words: str) -> None:
    assert translate(fit(what, team, *others).why) == words


def test_skills_too_far_apart_are_no_kin() -> None:
    near = r.Function("tours", "Tours", "field", "field", skills={"search": 3, "travel": 5})
    assert fit("function:seo", "field", near).fit == "kin"  # 3 of 8 levels
    far = r.Function("tours", "Tours", "field", "field", skills={"search": 1, "travel": 1})
    assert fit("function:seo", "field", far).fit == "stranger"  # 1 of 4 levels


def test_three_homes_are_named() -> None:
    names = "abcd"
    teams = (r.Team(each, each.upper(), "root") for each in names)
    work = (r.Function(f"more-{each}", "More", "brand", each) for each in names)
    told = translate(fit("function:pr", "field", *teams, *work).why)
    assert told == "nothing here is like it; its kind is at home in a, b, brand"


@pytest.mark.parametrize(("number", "expected"), [(59, "kin"), (60, "stranger")])
def test_sixty_functions_are_compared_one_by_one(number: int, expected: str) -> None:
    """The last of them, by team and id, hands over to a function there."""
    many = (r.Function(f"a{each:02}", "Many", "growth", "search") for each in range(number - 2))
    last = r.Function("z", "Last", "growth", "search")
    assert fit("team:search", "field", *many, last, r.Handoff("z", "fairs")).fit == expected


def test_no_more_is_derived_for_what_was_carried_once() -> None:
    """What the view derives is derived again in every later preview: a fit must leave nothing there."""
    from orgtui.rules.assessment import Assessment

    assessment = Assessment(department(), date(2026, 11, 21))
    names = {each.name for each in assessment.engine.view.nodes}  # type: ignore[attr-defined]
    fitting(assessment.view, Ref("function:sem"), "brand")
    now = {each.name for each in assessment.engine.view.nodes}  # type: ignore[attr-defined]
    assert not {each for each in now - names if "advice" in each}
