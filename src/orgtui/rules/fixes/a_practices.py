"""Fixes for A: a day for the next look at the structure, missions that are over end."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.changes.operations.missions import EndMission
from orgtui.changes.operations.profile import SetOrganization
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.days import days_after
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.fixes.common import A_QUARTER
from orgtui.rules.registry import Fix, fixes


@fixes("A101")
def review_in_a_quarter(view: View, finding: Finding) -> Iterator[Fix]:
    """The structure is looked at again a quarter from today."""
    day = days_after(view.today, A_QUARTER)
    yield Fix(sentence("Look at this structure again on {day}", day=day), (SetOrganization(review_on=day),))


@fixes("A202")
def end_mission(view: View, finding: Finding) -> Iterator[Fix]:
    """The mission ends."""
    mission = finding.subjects[0].id
    yield Fix(sentence("End {mission}", mission=Ref.to("mission", mission)), (EndMission(mission),))
