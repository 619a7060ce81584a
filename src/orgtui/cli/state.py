"""Loading the organisation of a command, as in its file or with a plan applied."""

from __future__ import annotations

from pathlib import Path

from orgtui.api.state import OrganizationState as OrganizationState
from orgtui.api.state import state_with_plan
from orgtui.cli.common import UserError, warn
from orgtui.files.disk.permissions import world_readable_warnings
from orgtui.files.organization_file import load_organization
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from orgtui.session.plan.planned import CannotApply


def read_organization(path: Path) -> Organization:
    """Load an organisation, with warnings of world-readable pay; raises InvalidFile."""
    organization = load_organization(path, known_rules())
    for warning in world_readable_warnings(path, organization):
        warn(warning)
    return organization


def load_state(organization: Path, plan: Path | None) -> OrganizationState:
    """Load an organisation, and apply a plan to it if there is one.

    Raises InvalidFile for files with problems, UserError for a plan that was made for another baseline or
    that cannot be applied.
    """
    baseline = read_organization(organization)
    try:
        return state_with_plan(organization, baseline, plan)
    except CannotApply as refused:
        raise UserError(refused.sentence) from refused
