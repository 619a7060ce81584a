"""Which divisions are signed: a signature holds while the division is as it was signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from orgtui.changes.plan_operations import SignOff
from orgtui.session.timeline.decisions import Decisions
from orgtui.session.timeline.divisions import Divisions


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature of a division, by whom and when; `who` is the user as shown.

    All three are None if the plan file does not say.
    """

    team: str
    by: str | None
    at: datetime | None
    who: str | None


Signatures = Mapping[str, Signature]
"""Signatures by division, in the order of their ids."""


def holding_signatures(decisions: Decisions, divisions: Divisions) -> Signatures:
    """The signatures of divisions that are as they were signed."""
    holding = {
        signed.team: Signature(signed.team, said.by, said.at, said.who)
        for signed, said in decisions.each(SignOff)
        if divisions.hash_of(signed.team) == signed.division
    }
    return dict(sorted(holding.items()))
