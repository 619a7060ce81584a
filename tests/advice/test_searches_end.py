"""Searching for fixes ends in every shape of leads: below what they lead, vacant, in rings."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import pytest

from orgtui.advice.autofix import WITH_DECISIONS, apply_fixes
from orgtui.advice.fixes import Effort, fixes_for
from orgtui.engine.finding import Finding
from orgtui.engine.preview import PreviewView
from orgtui.files.organization_file import load_organization
from orgtui.model.records import Function, Person, Team
from orgtui.model.store import Organization
from orgtui.rules.assessment import WEIGHTS, Assessment
from orgtui.rules.registry import known_rules
from tests.engine.random_sets import TODAY
from tests.support import seeds
from tests.views.screen import organization

SEARCHED_FOR_EVER = Path(__file__).parent.parent / "fixtures" / "s301-search-never-ends.toml"

STEPS_MAX = 2_000
"""More values are never recomputed for one fix of a few teams."""

TEAMS = ("root", "a", "b")
PEOPLE = ("boss", "p", "q")


def led(places: tuple[str, ...], leads: tuple[str | None, ...]) -> Organization:
    """Three teams below one another, three seats of which the first is vacant, and who leads which team."""
    parents = (None, "root", "a")
    return organization(
        *(Team(*each) for each in zip(TEAMS, ("Root", "A", "B"), parents, leads, strict=True)),
        Person("boss", places[0], state="vacant"),
        Person("p", places[1], "P"),
        Person("q", places[2], "Q"),
        Function("f", "F", team="b"),
    )


def every_fix(assessment: Assessment) -> int:
    findings: list[Finding] = [each.finding for each in assessment.reported.values()]
    return sum(len(fixes_for(assessment, finding)) for finding in findings)


@pytest.fixture(autouse=True)
def _bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail instead of searching for ever."""
    recompute, propagate = PreviewView._recompute, PreviewView.propagate
    steps = 0

    def counted_recompute(view: PreviewView, node: object) -> None:
        nonlocal steps
        steps += 1
        assert steps <= STEPS_MAX, "the values of a preview never settle"
        recompute(view, node)  # type: ignore[arg-type]

    def counted_propagate(view: PreviewView) -> None:
        nonlocal steps
        steps = 0
        propagate(view)

    monkeypatch.setattr(PreviewView, "_recompute", counted_recompute)
    monkeypatch.setattr(PreviewView, "propagate", counted_propagate)


def test_a_vacant_head_that_sits_below_what_it_leads() -> None:
    assessment = Assessment(load_organization(SEARCHED_FOR_EVER, known_rules()), TODAY)
    assessment.evaluate_pending()
    [finding] = [each.finding for each in assessment.reported.values() if each.finding.code == "S301"][:1]
    assert fixes_for(assessment, finding)


@pytest.mark.parametrize("part", seeds(1, 4))
@pytest.mark.parametrize("places", list(product(TEAMS, repeat=3)), ids="-".join)
def test_every_way_to_sit_and_lead(places: tuple[str, ...], part: int) -> None:
    """Every fourth way to lead, beginning elsewhere for each way to sit; in four parts all of them."""
    ways = list(product((None, *PEOPLE), repeat=3))
    for leads in ways[(sum(map(TEAMS.index, places)) + part) % 4 :: 4]:
        assessment = Assessment(led(places, leads), TODAY)
        assessment.evaluate_pending()
        every_fix(assessment)


TRIED_MAX = 400
"""More fixes are never tried for everything that is found in a few teams."""


def drawn(seed: int) -> Organization:
    """A few teams, seats and functions, with any lead in any team: below it, vacant, in a ring or nobody."""
    draw = Random(seed)
    teams = [f"t{number}" for number in range(draw.randint(2, 6))]
    people = [f"p{number}" for number in range(draw.randint(2, 8))]
    functions = [f"f{number}" for number in range(draw.randint(0, 4))]
    return organization(
        *(
            Team(
                team,
                team.upper(),
                teams[draw.randrange(number)] if number else None,
                draw.choice([None, *people]),
            )
            for number, team in enumerate(teams)
        ),
        *(
            Person(
                person,
                draw.choice(teams),
                person.upper(),
                state=draw.choice(["filled", "filled", "vacant"]),
                functions={each: 50 for each in functions if draw.random() < 0.4},
                skills={"seo": draw.randint(1, 5)} if draw.random() < 0.5 else {},
            )
            for person in people
        ),
        *(
            Function(each, each.upper(), team=draw.choice([None, *teams]), skills={"seo": draw.randint(1, 5)})
            for each in functions
        ),
    )


@pytest.mark.parametrize("part", seeds(4, 20))
def test_every_search_ends_in_any_small_organization(part: int) -> None:
    for seed in range(30 * part, 30 * part + 30):
        assessment = Assessment(drawn(seed), TODAY)
        assessment.evaluate_pending()
        effort = Effort()
        for reported in assessment.reported.values():
            fixes_for(assessment, reported.finding, effort)
        assert effort.tried <= TRIED_MAX, seed
        assert not effort.is_spent, seed
        weight = sum(WEIGHTS[each.severity] for each in assessment.reported.values() if each.counts)
        waves = [0]
        for number, applied in enumerate(apply_fixes(assessment, WITH_DECISIONS), start=1):
            assert number <= weight, seed
            waves.append(applied.wave)
        assert waves == sorted(waves), seed
        assert waves[-1] < len(waves), seed
