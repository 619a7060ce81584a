"""The knowledge links as a table of team by team."""

from __future__ import annotations

from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.sharing import live_teams
from orgtui.views.base.cells import centred, column
from orgtui.views.base.row import Row, Span
from orgtui.views.base.scene import Scene

MORE = N_("{teams:more team|more teams} in a wider pane")

LABEL = 14
CELL = 3


class Matrix:
    """Which team shares knowledge with which: a row and a column for each team with a live link."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        flows = {live_teams(scene.view, key) for key in scene.organization.shares}
        self._flows = {flow for flow in flows if flow is not None and flow[0] != flow[1]}
        linked = {team for flow in self._flows for team in flow}
        self._teams = sorted(linked, key=scene.organization.teams.rank)

    def __len__(self) -> int:
        return 1 + len(self._teams) if self._teams else 0

    def ref(self, index: int) -> Ref | None:
        return Ref.to("team", self._teams[index - 1]) if index else None

    def index_of(self, ref: Ref) -> int | None:
        if ref.kind != "team" or ref.id not in self._teams:
            return None
        return self._teams.index(ref.id) + 1

    def row(self, index: int, width: int) -> Row:
        label = max(LABEL, min(3 * LABEL, width - CELL * len(self._teams)))
        shown = self._teams[: (width - label) // CELL]
        if index == 0:
            return self._heading_row(label, len(shown))
        team = self._teams[index - 1]
        name = column(f"{index} {self.scene.name('team', team)}", label - 1, self.scene.signs.ellipsis)
        cells = "".join(centred(self._cell(team, other), CELL) for other in shown)
        return Row(Ref.to("team", team), (Span(f"{name} "), Span(cells.rstrip(), "number")))

    def _heading_row(self, label: int, shown: int) -> Row:
        numbers = "".join(centred(str(number), CELL) for number in range(1, shown + 1))
        left = (Span(" " * label + numbers.rstrip(), "heading"),)
        hidden = len(self._teams) - shown
        if not hidden:
            return Row(None, left)
        more = column(self.scene.say(MORE, teams=hidden), label - 1, self.scene.signs.ellipsis)
        return Row(None, (Span(f"{more} ", "dim"), Span(numbers.rstrip(), "heading")))

    def _cell(self, team: str, other: str) -> str:
        signs = self.scene.signs
        if team == other:
            return signs.itself
        to, back = (team, other) in self._flows, (other, team) in self._flows
        if to and back:
            return signs.both
        return signs.gives if to else signs.takes if back else signs.no_link
