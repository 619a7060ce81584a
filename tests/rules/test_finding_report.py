"""One state judged once says the same as the engine that would keep it up to date."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment, FindingReport, report_findings
from orgtui.rules.inputs import Waves
from tests.support import random_organization

WORDS = st.lists(st.sampled_from(["P", "P2", "C203", "S", "no-lead", "A"]), max_size=3)


def said(report: FindingReport) -> tuple[object, ...]:
    counts = [report.count(severity) for severity in ("error", "warning", "advice")]
    return report.reported, report.asleep, counts, report.accepted()


def settled(organization: Organization, **given: object) -> Assessment:
    assessment = Assessment(organization, organization.profile.as_of, **given)  # type: ignore[arg-type]
    assessment.evaluate_pending()
    return assessment


@given(st.integers(0, 30), WORDS, WORDS, st.booleans())
def test_judging_once_says_what_an_assessment_says(
    seed: int, select: list[str], ignore: list[str], with_plan: bool
) -> None:
    org = random_organization(seed)
    waves = Waves() if with_plan else None
    once = report_findings(org, org.profile.as_of, select=select, ignore=ignore, waves=waves, pay={})
    assert said(once) == said(settled(org.copy(), select=select, ignore=ignore, waves=waves, pay={}))
