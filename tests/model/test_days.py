"""The calendar has an end, and nothing breaks there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from orgtui.advice.fixes import fixes_for
from orgtui.model.days import days_after
from orgtui.rules.assessment import Assessment
from tests.support import random_organization


def test_days_after_the_last_day_are_the_last_day() -> None:
    assert days_after(date(2026, 11, 21), timedelta(days=91)) == date(2027, 2, 20)
    assert days_after(date(9999, 12, 1), timedelta(days=91)) == date.max


@pytest.mark.parametrize("today", [date.min, date.max], ids=str)
def test_everything_is_found_and_mended_at_the_ends_of_time(today: date) -> None:
    for seed in range(3):
        assessment = Assessment(random_organization(seed), today)
        assessment.evaluate_pending()
        for each in assessment.reported.values():
            assert not each.finding.failure
            fixes_for(assessment, each.finding)
