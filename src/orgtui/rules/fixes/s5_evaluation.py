"""Fixes for S5: every team has a review."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.changes.operations.teams import SetReview
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.registry import Fix, fixes


@fixes("S501")
def review_quarterly(view: View, finding: Finding) -> Iterator[Fix]:
    """A review every quarter, to begin with."""
    team = finding.subjects[0].id
    title = sentence("Review the results of {team} every quarter", team=Ref.to("team", team))
    yield Fix(title, (SetReview(team, "quarterly"),))
