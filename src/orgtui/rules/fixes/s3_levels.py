"""Fixes for S3: every team has a lead."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.changes.operations.teams import SetLead
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.facts.reporting import filled_lead
from orgtui.rules.facts.teams import parent_of
from orgtui.rules.fixes.common import (
    FIXES_MAX,
    best_judges,
    filled_members,
    functions_in,
)
from orgtui.rules.registry import Fix, fixes


@fixes("S301")
def find_a_lead(view: View, finding: Finding) -> Iterator[Fix]:
    """A member who can judge most of the work leads; without members one from below, or the lead above."""
    team = finding.subjects[0].id
    below = (lead for child in view.children(team) if (lead := filled_lead(view, child)) is not None)
    parent = parent_of(view, team)
    above = None if parent is None else filled_lead(view, parent)
    pool = filled_members(view, team) or sorted(set(below)) or ([] if above is None else [above])
    for person in best_judges(view, pool, functions_in(view, team))[: FIXES_MAX - 1]:
        title = sentence(
            "Let {person} lead {team}", person=Ref.to("person", person), team=Ref.to("team", team)
        )
        yield Fix(title, (SetLead(team, person),))
