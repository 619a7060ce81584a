"""Every fix offered does what it says: its finding is gone, no error has come, safe ones move nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from orgtui.advice.fixes import PreviewedFix, fixes_for
from orgtui.changes.compile import compile_all
from orgtui.changes.operations.links import AddShare
from orgtui.files.organization_file import load_organization
from orgtui.locales import translate
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment, ReportedFinding
from orgtui.rules.registry import known_rules
from tests.support import SAMPLES, STARTUP, random_organization, seeds


def assessed(organization: Organization) -> Assessment:
    assessment = Assessment(organization, organization.profile.as_of)
    assessment.evaluate_pending()
    return assessment


def offered(assessment: Assessment) -> Iterator[tuple[ReportedFinding, PreviewedFix]]:
    for reported in sorted(assessment.reported.values(), key=lambda each: each.identity):
        for fix in fixes_for(assessment, reported.finding):
            yield reported, fix


def errors(assessment: Assessment) -> set[object]:
    reported = assessment.reported.values()
    return {each.identity for each in reported if each.counts and each.severity == "error"}


def places(organization: Organization) -> tuple[object, ...]:
    """Who sits where, does what and leads whom."""
    people = {each.id: (each.team, each.state, each.functions) for each in organization.people.values()}
    teams = {each.id: (each.parent, each.lead) for each in organization.teams.values()}
    functions = {each.id: each.team for each in organization.functions.values()}
    return people, teams, functions


def check_fixes(organization: Organization) -> Counter[str]:
    """Take every fix on a copy and judge that from scratch; how many were taken, by applicability."""
    before = organization.copy()
    assessment = assessed(organization)
    taken: Counter[str] = Counter()
    for reported, fix in offered(assessment):
        taken[fix.applicability] += 1
        assert translate(fix.title)
        assert bool(fix.changes) == (fix.applicability != "hint")
        if not fix.changes:
            continue
        there = before.copy()
        for each in compile_all(there, fix.changes):
            there.apply(each)
        after = assessed(there)
        assert reported.identity not in after.reported
        assert errors(after) <= errors(assessment)
        assert counted(after) == counted(assessment) + balance(fix)
        if fix.applicability == "safe":
            assert places(there) == places(before)
    assert organization == before
    return taken


def counted(assessment: Assessment) -> Counter[str]:
    return Counter(each.severity for each in assessment.reported.values() if each.counts)


def balance(fix: PreviewedFix) -> Counter[str]:
    """By how much a fix says that findings become more or fewer."""
    total: Counter[str] = Counter()
    total.update(each.severity for each in fix.difference.found)
    total.subtract(each.severity for each in fix.difference.lost)
    return total


@pytest.mark.parametrize("language", ["", ".zh"])
def test_the_fixes_of_the_sample_do_what_they_say(language: str) -> None:
    organization = load_organization(SAMPLES / f"startup_a{language}.toml", known_rules())
    taken = check_fixes(organization)
    assert min(taken[each] for each in ("safe", "decision", "hint")) > 0


@pytest.mark.parametrize("first", seeds(1, 4))
def test_the_fixes_of_random_organisations_do_what_they_say(first: int) -> None:
    taken: Counter[str] = Counter()
    for seed in range(20 * first, 20 * first + 20):
        taken += check_fixes(random_organization(seed))
    assert min(taken[each] for each in ("safe", "decision", "hint")) > 5, taken


def test_fixes_are_the_same_before_the_rules_on_the_whole_graph_have_spoken() -> None:
    """They wait after every change until it is on the screen; somebody may ask for fixes meanwhile."""
    organization = load_organization(STARTUP, known_rules())
    assessment = assessed(organization)
    [island] = [each.finding for each in assessment.reported.values() if each.finding.code == "C202"]
    assert fixes_for(assessment, island)
    link = AddShare("team:brand", "team:web", "booths")
    assessment.update(link.compile(organization))
    assert assessment.has_pending_rules
    tried = fixes_for(assessment, island)
    assert not assessment.evaluate_pending()
    assert tried == fixes_for(assessment, island)
    assert tried
