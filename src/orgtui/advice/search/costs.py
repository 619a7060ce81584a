"""What a plan costs, net: who moves, who gets a new manager or lead, which teams come and go."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.advice.search.moves import AGREEMENTS
from orgtui.advice.search.plans import Cost
from orgtui.advice.search.world import Touched
from orgtui.changes.base import Change
from orgtui.model.store import Organization


def cost_of(before: Organization, after: Organization, changes: Sequence[Change], touched: Touched) -> Cost:
    """What changes cost that lead from one organisation to another, and touch these people."""
    teams_before, teams_after = set(before.teams), set(after.teams)
    return Cost(
        changes=len(changes),
        touched=touched.people,
        moved=len(touched.moved),
        new_manager=len(touched.managed),
        teams_closed=len(teams_before - teams_after),
        teams_new=len(teams_after - teams_before),
        new_leads=len(_leads(after) - _leads(before)),
        agreements=sum(change.op in AGREEMENTS for change in changes),
    )


def _leads(organization: Organization) -> set[tuple[str, str]]:
    return {(team.id, team.lead) for team in organization.teams.values() if team.lead is not None}
