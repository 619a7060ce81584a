"""The statuses of a plan, as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.model.sentence import N_

STATUS: Mapping[str, str] = {
    "draft": N_("draft"),
    "proposed": N_("proposed"),
    "approved": N_("approved"),
    "applied": N_("applied"),
}
"""By status, its name as a template."""
