"""The parts that columns play, in words."""

from __future__ import annotations

from orgtui.model.sentence import N_

PART_WORDS = {
    "id": N_("number"),
    "name": N_("full name"),
    "first_name": N_("first name"),
    "last_name": N_("last name"),
    "preferred_name": N_("other name"),
    "email": N_("email (to find managers; not taken over)"),
    "dn": N_("distinguished name"),
    "title": N_("title"),
    "team": N_("team"),
    "parent_team": N_("team above"),
    "manager": N_("manager"),
    "second_manager": N_("second manager (not taken over)"),
    "lead": N_("leads the team"),
    "assistant": N_("assistant"),
    "state": N_("state"),
    "fte": N_("FTE"),
    "hours": N_("hours a week"),
    "start": N_("start"),
    "end": N_("end"),
}
"""The parts of columns in words."""
