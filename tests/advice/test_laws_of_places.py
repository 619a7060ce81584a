"""The best place is one where the work belongs: on samples, templates and departments as they are."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from orgtui.advice.dropping import drop_changes
from orgtui.advice.fixes import fixes_for
from orgtui.advice.places import Place, Places
from orgtui.files.organization_file import load_organization
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment
from orgtui.rules.registry import known_rules
from tests.departments import department
from tests.support import SAMPLES

TEMPLATES = Path(__file__).parents[2] / "src" / "orgtui" / "templates"
HEALTHY = ["healthy.toml", *(f"up_to_{number}.toml" for number in (5, 10, 30)), "over_30.toml"]
LEAST = 97
"""Of 100 best places with a score above 0, so many at least are home or kin."""


def assessed(organization: Organization) -> Assessment:
    assessment = Assessment(organization, organization.profile.as_of)
    assessment.evaluate_pending()
    return assessment


def bundled(name: str) -> Organization:
    folder = SAMPLES if (SAMPLES / name).exists() else TEMPLATES
    return load_organization(folder / name, known_rules())


def things(organization: Organization) -> list[Ref]:
    """The functions and the teams below the root."""
    teams = (each for each in organization.teams if organization.teams[each].parent is not None)
    return [
        *(Ref.to("function", each) for each in organization.functions),
        *(Ref.to("team", each) for each in teams),
    ]


def ranked(assessment: Assessment, what: Ref) -> list[Place]:
    places = Places(
        assessment,
        lambda team: drop_changes(assessment.view, [what], team),
        assessment.organization.teams,
        [what],
    )
    for _ in (*places.weigh_rest(), *places.complete_rest()):
        pass
    return [places.known[team] for team in places.ranked]


def best_fits(assessment: Assessment, asked: Iterable[Ref]) -> Iterator[str]:
    """The fits of best places that score above 0."""
    for what in asked:
        best = next(iter(ranked(assessment, what)), None)
        if best is not None and best.score > 0:
            yield best.fit


def share(fits: Counter[str]) -> float:
    """How many of 100 are home or kin."""
    return 100 * (fits["home"] + fits["kin"]) / fits.total()


def test_the_best_place_of_a_sample_is_home_or_kin() -> None:
    assessments = [assessed(bundled(name)) for name in ("startup_a.toml", *HEALTHY)]
    fits = Counter(fit for each in assessments for fit in best_fits(each, things(each.organization)))
    assert fits.total() > 10
    assert share(fits) >= LEAST, fits


def test_the_best_place_of_a_generated_department_is_home_or_kin() -> None:
    rng, fits = random.Random(1), Counter[str]()
    for seed in range(40):
        assessment = assessed(department(seed))
        fits.update(best_fits(assessment, rng.sample(things(assessment.organization), 2)))
    assert fits.total() > 25
    assert share(fits) >= LEAST, fits


@pytest.mark.soak
def test_the_best_place_is_home_or_kin_at_length() -> None:
    fits = Counter[str]()
    for organization in (bundled("scaleup.toml"), *map(department, range(200))):
        fits.update(best_fits(assessed(organization), things(organization)))
    print(f"{share(fits):.1f} of 100: {fits}")
    assert share(fits) >= LEAST, fits


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_department_has_no_better_place_away_from_home(name: str) -> None:
    assessment = assessed(bundled(name))
    assert assessment.count("error") == 0
    assert assessment.count("warning") == 0
    for what in things(assessment.organization):
        if what.kind == "function":
            away = [each for each in ranked(assessment, what) if each.fit != "home" and each.score > 0]
            assert not away, what


def test_inside_a_division_the_team_with_most_kin_is_first() -> None:
    assessment = assessed(bundled("over_30.toml"))
    for function in assessment.organization.functions:
        places = ranked(assessment, Ref.to("function", function))
        for one, other in itertools.pairwise(places):
            if (one.score, one.new_managers) == (other.score, other.new_managers):
                assert one.kin >= other.kin


def test_the_first_fix_keeps_to_home_or_kin_or_is_marked() -> None:
    marked = 0
    for organization in (bundled("startup_a.toml"), *map(department, range(4))):
        assessment = assessed(organization)
        for reported in list(assessment.reported.values()):
            fixes = fixes_for(assessment, reported.finding)
            scores = [each.score for each in fixes if each.applicability != "hint"]
            assert scores == sorted(scores, reverse=True)
            first = next(iter(fixes), None)
            if first is not None and first.fitting is not None:
                assert first.moves_to_strangers == (first.fitting.fit == "stranger")
                marked += first.moves_to_strangers
    assert marked < 12
