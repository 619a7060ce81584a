"""The cards of slots, made once for each width and amount of detail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from orgtui.exchange.writing.drawing.slots import Slot, State
from orgtui.exchange.writing.drawing.team_card import Card, CardStyle, Detail, team_card
from orgtui.exchange.writing.report import Team

COLUMN_PT = 168.0
GAP_X_PT = 18.0
GAP_Y_PT = 10.0
INDENT_PT = 14.0
MAX_INDENTS = 3


def span(columns: int, column: float = COLUMN_PT, gap: float = GAP_X_PT) -> float:
    """The width of some columns with the gaps between them."""
    return columns * column + (columns - 1) * gap


@dataclass(slots=True)
class Deck:
    """Makes cards of some states; `tones` are the colours of areas by id.

    `column` is the width of a column in which they stand, `gap` the room between two.
    """

    tones: Mapping[str, int]
    states: tuple[State, ...]
    column: float = COLUMN_PT
    gap: float = GAP_X_PT
    _made: dict[tuple[int, State, Detail, float, int], Card] = field(default_factory=dict)

    def span(self, columns: int) -> float:
        """The width of some columns with the gaps between them."""
        return span(columns, self.column, self.gap)

    def card(
        self, slot: Slot, state: State, detail: Detail, width: float, below: Sequence[Team] | int = 0
    ) -> Card | None:
        """The card of what stands in a slot in a state; None if nothing does."""
        team = slot.team(state)
        if team is None:
            return None
        key = (slot.number, state, detail, width, below if isinstance(below, int) else -1)
        if key not in self._made:
            self._made[key] = team_card(team, width, CardStyle(state, detail, self.tones), below)
        return self._made[key]
