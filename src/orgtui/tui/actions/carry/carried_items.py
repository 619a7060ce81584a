"""The records being carried, and the changes of dropping them in a team."""

from __future__ import annotations

from dataclasses import dataclass

from orgtui.advice.dropping import drop_changes
from orgtui.changes.base import Change
from orgtui.engine.view import View
from orgtui.model.sentence import Ref


@dataclass(frozen=True, slots=True)
class CarriedItems:
    """Teams, functions and people being carried; `with_people`: functions with those who mostly do them."""

    refs: tuple[Ref, ...]
    with_people: bool = True

    def changes(self, view: View, team: str) -> list[Change]:
        """The changes of dropping the items in a team.

        Of several items, those that are there already are left out.
        """
        return drop_changes(view, self.refs, team, with_people=self.with_people)
