"""Fixes for A: missions that are over end."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.changes.operations.missions import EndMission
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.registry import Fix, fixes


@fixes("A202")
def end_mission(view: View, finding: Finding) -> Iterator[Fix]:
    """The mission ends."""
    mission = finding.subjects[0].id
    yield Fix(sentence("End {mission}", mission=Ref.to("mission", mission)), (EndMission(mission),))
