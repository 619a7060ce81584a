"""Advice gains nothing by silence: no rule falls asleep, nothing is removed to be rid of a finding."""

from __future__ import annotations

import pytest

from benchmarks.organizations import organization as benchmark
from orgtui.advice.autofix import WITH_DECISIONS, apply_fixes
from orgtui.advice.fixes import fixes_for
from orgtui.advice.guard import is_honest, puts_to_sleep
from orgtui.changes.compile import compile_all
from orgtui.changes.parse import parse_change
from orgtui.engine.view import PlainView
from orgtui.files.organization_file import load_organization
from orgtui.model import records as r
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment, Difference
from orgtui.rules.registry import known_rules
from tests.rules.building import YESTERDAY, function, seats, teams
from tests.rules.organizations import TODAY, built
from tests.support import SAMPLES, random_organization


def check_nothing_falls_asleep(organization: Organization) -> None:
    """Mend an organisation; no rule that could speak before is asleep after."""
    before = Assessment(organization.copy(), organization.profile.as_of)
    assessment = Assessment(organization, organization.profile.as_of)
    for each in apply_fixes(assessment, WITH_DECISIONS):
        assert not each.fix.difference.fell_asleep
    view = PlainView(organization, organization.profile.as_of, assessment.engine.options)
    assert not puts_to_sleep(before, organization, view)
    assert assessment.asleep.keys() <= before.asleep.keys()


@pytest.mark.parametrize("sample", ["startup_a", "scaleup", "healthy"])
def test_no_rule_falls_asleep_while_a_sample_is_mended(sample: str) -> None:
    check_nothing_falls_asleep(load_organization(SAMPLES / f"{sample}.toml", known_rules()))


@pytest.mark.parametrize("people", [60, 200])
def test_no_rule_falls_asleep_while_a_large_organisation_is_mended(people: int) -> None:
    check_nothing_falls_asleep(benchmark(people))


@pytest.mark.parametrize("seed", range(12))
def test_no_rule_falls_asleep_while_a_random_organisation_is_mended(seed: int) -> None:
    check_nothing_falls_asleep(random_organization(seed))


def test_two_divisions_are_not_made_one_to_mend_that_one_is_thin() -> None:
    goal = r.Goal("reach", "Reach", core=True)
    two = built(goal, *teams("web", "brand"), *seats("web", 2), *seats("brand", 4))
    assert "merge_teams" not in operations(two, "P203")
    three = built(
        goal, *teams("web", "brand", "field"), *seats("web", 2), *seats("brand", 4), *seats("field", 4)
    )
    assert "merge_teams" in operations(three, "P203")


def operations(organization: Organization, code: str) -> set[str]:
    """The operations of the fixes that are offered for the finding of a rule."""
    assessment = Assessment(organization, TODAY)
    [found] = [each for each in assessment.reported.values() if each.finding.code == code]
    return {change.op for fix in fixes_for(assessment, found.finding) for change in fix.changes}


def test_what_a_fix_says_it_removes_counts_for_that_fix() -> None:
    assessment = Assessment(built(r.Mission("fair", "Fair", until=YESTERDAY)), TODAY)
    [found] = [each for each in assessment.reported.values() if each.finding.code == "A202"]
    [fix] = [each for each in fixes_for(assessment, found.finding) if each.changes]
    assert fix.difference.balance == 3


def test_a_link_that_ended_is_not_taken_out_where_that_leaves_no_link() -> None:
    work = [*teams("web", "brand"), function("seo", "web"), function("press", "brand")]
    ended = r.Share("team:web", "team:brand", "seo", until=YESTERDAY)
    assert "remove_share" not in operations(built(*work, ended), "C206")
    other = r.Share("team:brand", "team:web", "press", every="weekly")
    assert "remove_share" in operations(built(*work, ended, other), "C206")


def tried(organization: Organization, written: dict[str, object], code: str) -> tuple[bool, Difference]:
    """Whether a change would be an honest fix of the one finding of a rule, and what it does."""
    assessment = Assessment(organization, TODAY)
    change = parse_change(written)
    [found] = [each.finding for each in assessment.reported.values() if each.finding.code == code]
    made = assessment.preview(compile_all(organization, [change]), lambda _: None, graph_lane=True)
    return is_honest(made.difference, found), made.difference


def test_a_handoff_is_not_removed_to_be_rid_of_what_is_said_of_it() -> None:
    work = [*teams("web", "brand"), function("seo", "web"), function("press", "brand")]
    cut: dict[str, object] = {"op": "remove_handoff", "from": "seo", "to": "press"}
    organization = built(*work, r.Handoff("seo", "press"), r.Handoff("press", "seo", tracked=True))
    assert not tried(organization, cut, "P103")[0]
    track: dict[str, object] = {"op": "track_handoff", "from": "seo", "to": "press", "tracked": True}
    honest, difference = tried(organization, track, "P103")
    assert honest
    assert [each.finding.code for each in difference.resolved] == ["P103"]
