"""The knowledge links as a matrix of teams."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.network import MOST_TEAMS
from orgtui.rules.facts.sharing import live_teams
from orgtui.rules.facts.teams import is_working_team
from orgtui.views.base.cells import cell_len, centred, clip, column
from orgtui.views.base.row import UNCUT, Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.words.remarks import notes_in_full

BETWEEN = N_("between")
BETWEEN_MEANS = N_("between: connections of other teams that run through it")
MORE = N_("{teams:more team|more teams} in a wider pane")
TOO_MANY = N_("over {most:team|teams}: in file order")

NO_LINKS = N_("No knowledge links yet")

HEADINGS = 2
"""A caption, and the numbers of the columns."""

LEAST_NAME = 11
MOST_NAME = 41
SHARE = len(" 100%")
CELL_WIDTH = 3


class Matrix:
    """The matrix of knowledge links: a row and a column for each team that has an active link or works.

    Working teams without a link stand last.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        flows = {live_teams(scene.view, key) for key in scene.organization.shares}
        self._flows = {flow for flow in flows if flow is not None and flow[0] != flow[1]}
        linked = sorted({team for flow in self._flows for team in flow}, key=scene.organization.teams.rank)
        groups, self._between = scene.network.compute(scene.view)
        self._is_too_large = bool(linked) and not groups
        together = list(filter(None, groups or [linked]))
        self._bracketed = 0 if len(together) == 1 else sum(map(len, together))
        with_links = set(linked)
        apart = [team for team in scene.organization.teams if self._stands_apart(team, with_links)]
        together += [apart] if apart else []
        self._teams = [team for group in together for team in group]
        self._groups = [number for number, group in enumerate(together) for _ in group]
        self._indexes = {team: index for index, team in enumerate(self._teams, start=HEADINGS)}

    def __len__(self) -> int:
        return self.headings + len(self._teams)

    @property
    def headings(self) -> int:
        """How many rows stay above the others."""
        return HEADINGS if self._teams else 0

    def ref(self, index: int) -> Ref | None:
        return None if index < HEADINGS else Ref.to("team", self._teams[index - HEADINGS])

    def index_of(self, ref: Ref) -> int | None:
        return self._indexes.get(ref.id) if ref.kind == "team" else None

    def row(self, index: int, width: int) -> Row:
        share = SHARE if self._between else 1
        name = max(LEAST_NAME, min(MOST_NAME, width - share - self._reach(len(self._teams))))
        shown = bisect_right(range(1, len(self._teams) + 1), width - name - share, key=self._reach)
        if index == 0:
            return Row(None, (Span(self._caption(len(self._teams) - shown, width), "dim"),))
        if index == 1:
            return self._numbers_row(name + share, shown)
        return self._team_row(index - HEADINGS, name, share, shown)

    def full(self, index: int) -> tuple[Span, ...]:
        """The whole name of the team of a row; a heading in full."""
        if index < HEADINGS:
            return self.row(index, UNCUT).left
        place = index - HEADINGS
        team = Ref.to("team", self._teams[place])
        name = Span(f"{place + 1} {self.scene.names(team)}{self.scene.note_sign(team)}")
        return (name, *notes_in_full(self.scene, team))

    def _reach(self, count: int) -> int:
        """How many cells the first `count` columns take, with the borders of groups between them."""
        return CELL_WIDTH * count + self._groups[count - 1]

    def _caption(self, hidden: int, width: int) -> str:
        """What the table cannot show, and what its numbers mean if there is room for both."""
        notes = [
            *([] if self._flows else [self.scene.say(NO_LINKS)]),
            *([self.scene.say(TOO_MANY, most=MOST_TEAMS)] if self._is_too_large else []),
            *([self.scene.say(MORE, teams=hidden)] if hidden else []),
            *([self.scene.say(BETWEEN_MEANS)] if self._between else []),
        ]
        both = "   ".join(notes)
        return both if cell_len(both) <= width else clip(notes[0], width, self.scene.signs.ellipsis)

    def _stands_apart(self, team: str, linked: Collection[str]) -> bool:
        """Whether a team works and shares nothing."""
        return team not in linked and is_working_team(self.scene.view, team)

    def _numbers_row(self, label: int, shown: int) -> Row:
        words = clip(self.scene.say(BETWEEN), label, self.scene.signs.ellipsis) if self._between else ""
        numbers = self._cells([str(number) for number in range(1, shown + 1)])
        return Row(None, (Span(f"{' ' * (label - cell_len(words))}{words}{numbers}", "heading"),))

    def _team_row(self, place: int, name: int, share: int, shown: int) -> Row:
        team, signs = self._teams[place], self.scene.signs
        note = self.scene.note_sign(Ref.to("team", team))
        called = clip(f"{place + 1} {self.scene.name('team', team)}", name - cell_len(note), signs.ellipsis)
        named = column(f"{called}{note}", name, signs.ellipsis)
        between = f"{self._between[team]}%" if team in self._between else ""
        cells = self._cells([self._cell(team, other) for other in self._teams[:shown]])
        left = Span(named), Span(between.rjust(share), "number"), Span(cells, "number")
        return Row(Ref.to("team", team), left, margin=Span(f" {self._bracket(place)}", "dim"))

    def _cells(self, texts: Sequence[str]) -> str:
        """The cells of a row, with a border between groups."""
        return "".join(self._bordered(texts)).rstrip()

    def _bordered(self, texts: Sequence[str]) -> Iterator[str]:
        for place, text in enumerate(texts):
            if place and self._groups[place] != self._groups[place - 1]:
                yield self.scene.signs.group_side
            yield centred(text, CELL_WIDTH)

    def _bracket(self, place: int) -> str:
        """The part beside a team of the bracket that holds its group together."""
        groups, signs = self._groups, self.scene.signs
        if place >= self._bracketed:
            return ""
        follows = place > 0 and groups[place - 1] == groups[place]
        goes_on = place + 1 < len(groups) and groups[place + 1] == groups[place]
        if follows:
            return signs.group_side if goes_on else signs.group_last
        return signs.group_first if goes_on else signs.group_alone

    def _cell(self, team: str, other: str) -> str:
        signs = self.scene.signs
        if team == other:
            return signs.itself
        to, back = (team, other) in self._flows, (other, team) in self._flows
        if to and back:
            return signs.both
        return signs.gives if to else signs.takes if back else signs.no_link
