"""The third view of the knowledge pane: the web of teams, with boxes, lines and a cursor that walks it.

Rows are the teams; a picture of them is made for a width, and kept until something changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from orgtui.locales import join_list
from orgtui.model.records import Severity
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.sharing import share_end_team
from orgtui.views.base.cells import cell_len, clip, column
from orgtui.views.base.marks import Comparison
from orgtui.views.base.names import share_key
from orgtui.views.base.row import Role, Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.knowledge.canvas import Stroke, drawn
from orgtui.views.knowledge.picture import Box, Looks, Picture, Piece
from orgtui.views.knowledge.placing import Edge, Layers, circles, layered
from orgtui.views.knowledge.routing import Plan, plan
from orgtui.views.knowledge.runs import Run
from orgtui.views.knowledge.strokes import strokes_of
from orgtui.views.knowledge.ties import Flow, Pair, Tie, Ties, baseline_flows

MOST_DRAWN = 60
"""Up to this number all teams are drawn; else those around the team under the cursor."""

MOST_LINKS = 150
"""Links of one circle that are drawn: with more of them lines can no longer be told apart."""

MOST_AROUND = 30
STEPS_AROUND = 2

LEAST_BOX, MOST_BOX = 16, 28
LEAST_WIDTH = 16

WEB_OF = N_("{shown} of {teams:team|teams}: those within two links of {team}")
HIDDEN = N_("{links:link is|links are} not drawn for want of room")
ISLAND = N_("an island: nothing is shared with those above")
ALONE = N_("these share nothing yet")
SHARES = N_("{team} shares nothing yet")


class Web:
    """The teams of an organisation that share knowledge, as rows and as a picture."""

    def __init__(self, scene: Scene, comparison: Comparison, worst: Callable[[Ref], Severity | None]) -> None:
        self.scene = scene
        self.comparison = comparison
        self.worst = worst
        self._were: Mapping[Pair, Flow] | None = None
        self._known: _Order | None = None
        self._pictures: dict[tuple[int, int | None], Picture] = {}
        self._centre: str | None = None

    # -- rows: the teams -----------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._order.teams)

    def ref(self, index: int) -> Ref | None:
        return Ref.to("team", self._order.teams[index])

    def index_of(self, ref: Ref) -> int | None:
        """The place of a team; of a knowledge link that of the team from which it goes."""
        team = ref.id if ref.kind == "team" else None
        if ref.kind == "share":
            team = share_end_team(self.scene.view, share_key(ref)[0])
        return None if team is None else self._order.places.get(team)

    def row(self, index: int, width: int) -> Row:
        team = self._order.teams[index]
        return Row(Ref.to("team", team), (Span(clip(self.scene.name("team", team), width)),))

    def full(self, index: int) -> tuple[Span, ...]:
        """The name of a team, and what it shares with which others."""
        order = self._order
        team = order.teams[index]
        ties = order.ties.by_team.get(team, ())
        if not ties:
            return (Span(self.scene.say(SHARES, team=Ref.to("team", team))),)
        shared = [self._told(tie, team) for tie in ties]
        return (Span(f"{self.scene.name('team', team)}   ", "heading"), Span("   ".join(shared)))

    def patch(self) -> None:
        """Forget what was drawn: something has changed."""
        self._known = None
        self._pictures = {}

    # -- the picture ---------------------------------------------------------------------------

    def picture(self, width: int, place: int) -> Picture:
        """The picture in a width, with the cursor on the team at a place."""
        width = max(width, LEAST_WIDTH)
        centre = self._centred(place)
        key = (width, centre)
        if key not in self._pictures:
            if len(self._pictures) > 8:
                self._pictures.clear()
            self._pictures[key] = self._drawn(width, centre)
        return self._pictures[key]

    def pieces(self, picture: Picture, line: int, looks: Looks) -> Iterator[Piece]:
        """A line of the picture from left to right."""
        cursor = None if looks.cursor is None else self.index_of(looks.cursor)
        team = None if cursor is None else self._order.teams[cursor]
        for run in picture.lines[line]:
            if run.is_name and run.node is not None:
                for span in self._name(run.node, run.width, looks):
                    yield Piece(span, run.node == cursor)
            elif run.node is not None:
                yield Piece(self._edge(run, picture, line), run.node == cursor)
            else:
                yield Piece(Span(run.text, self._role(run, picture, team)))

    # -- what is drawn -------------------------------------------------------------------------

    @property
    def _order(self) -> _Order:
        if self._known is None:
            if self._were is None:
                self._were = baseline_flows(self.scene)
            self._known = _Order(Ties(self.scene, self._were))
        return self._known

    def _centred(self, place: int) -> int | None:
        """The place of the team around which teams are drawn; None if all are drawn.

        It stays while the cursor is on it or on a team that it shares with.
        """
        order = self._order
        if len(order.teams) <= MOST_DRAWN:
            return None
        team = order.teams[min(place, len(order.teams) - 1)]
        near = set() if self._centre is None else order.neighbours.get(self._centre, set())
        if self._centre not in order.places or (team != self._centre and team not in near):
            self._centre = team
        return order.places[self._centre or team]

    def _drawn(self, width: int, centre: int | None) -> Picture:
        order, scene = self._order, self.scene
        groups: list[tuple[str, Layers]] = []
        if centre is None:
            for number, layers in enumerate(order.circles):
                is_apart = number > 0 and scene is not None
                groups.append((scene.say(ISLAND) if is_apart else "", layers))
            if order.ties.alone:
                alone = [order.places[team] for team in order.ties.alone]
                groups.append((scene.say(ALONE), [alone]))
        else:
            groups.append(("", order.around(centre)))
        shown = {place for _, layers in groups for layer in layers for place in layer}
        lines: list[Sequence[Run]] = []
        boxes: dict[int, Box] = {}
        rows: list[Sequence[int]] = []
        ties: list[Tie] = []
        hidden = 0
        for caption, layers in groups:
            if caption:
                lines += (
                    [(), (_words(caption, width, scene.signs.ellipsis),)]
                    if lines
                    else [(_words(caption, width, scene.signs.ellipsis),)]
                )
            made, own, left_out = self._planned(layers, width)
            top, first = len(lines), len(ties)
            hidden += len(made.hidden) + left_out
            lines += self._lines(made, own, first)
            ties += own
            rows += made.rows
            for place, (x, y) in made.boxes.items():
                boxes[place] = Box(place, top + y, x, x + made.box_width)
        notes = []
        if centre is not None:
            named = Ref.to("team", order.teams[centre])
            notes.append(scene.say(WEB_OF, shown=len(shown), teams=len(order.teams), team=named))
        if hidden:
            notes.append(scene.say(HIDDEN, links=hidden))
        heads = [(_words(note, width, scene.signs.ellipsis),) for note in notes]
        moved = {place: Box(place, box.top + len(heads), box.left, box.right) for place, box in boxes.items()}
        return Picture([*heads, *lines], moved, rows, ties, len(heads))

    def _planned(self, layers: Layers, width: int) -> tuple[Plan, list[Tie], int]:
        """A circle in a width, its ties, those that count most first, and how many are left out."""
        order = self._order
        within = {place for layer in layers for place in layer}
        ties = [
            tie
            for place in sorted(within)
            for tie in order.ties.by_team.get(order.teams[place], ())
            if order.places[tie.pair[0]] == place and order.places[tie.pair[1]] in within
        ]
        ties.sort(key=lambda tie: (tie.mark is None, not tie.flow.is_thick))
        left_out = max(0, len(ties) - MOST_LINKS)
        ties = ties[:MOST_LINKS]
        links = [(order.places[tie.pair[0]], order.places[tie.pair[1]]) for tie in ties]
        names = [cell_len(self.scene.name("team", order.teams[place])) for place in within]
        wanted = min(MOST_BOX, max(names) + 5)
        return plan(layers, links, width, min(LEAST_BOX, wanted), wanted), ties, left_out

    def _lines(self, made: Plan, ties: Sequence[Tie], first: int) -> list[tuple[Run, ...]]:
        order, signs = self._order, self.scene.signs
        strokes = [
            Stroke(
                "gone" if tie.mark == "gone" else "thick" if tie.flow.is_thick else "thin",
                frozenset(order.places[team] for team in _learners(tie)),
                "" if tie.mark is None else getattr(signs, tie.mark),
            )
            for tie in ties
        ]
        bridges = frozenset(order.places[team] for team in order.ties.bridges)
        return [
            tuple(run._replace(links=tuple(first + link for link in run.links)) for run in line)
            for line in drawn(made, strokes, bridges, strokes_of(signs))
        ]

    def _name(self, place: int, width: int, looks: Looks) -> Iterator[Span]:
        """What stands within a box: a mark, the name, peers, and the sign of the worst finding."""
        signs = self.scene.signs
        ref = Ref.to("team", self._order.teams[place])
        worst = self.worst(ref)
        tail = f" {signs.severity(worst)}" if worst is not None else ""
        peers = looks.peers(ref)
        room = width - 1 - len(tail)
        peers = clip(peers, room // 2, signs.ellipsis)
        yield Span(looks.mark(ref))
        yield Span(column(self.scene.names(ref), room - cell_len(peers), signs.ellipsis))
        yield Span(peers, "heading")
        yield Span(tail, worst or "plain")

    def _edge(self, run: Run, picture: Picture, line: int) -> Span:
        """A part of the border of a box; at the side of its name the mark of change of the team."""
        if run.node is None:
            return Span(run.text)
        box = picture.boxes[run.node]
        mark = self.comparison.mark("team", self._order.teams[run.node])
        if mark is None or line != box.top + 1 or not picture.is_left_side(run, line):
            return Span(run.text, "dim")
        return Span(getattr(self.scene.signs, mark), "introduced" if mark in ("new", "moved") else "plain")

    def _role(self, run: Run, picture: Picture, team: str | None) -> Role:
        ties = [picture.ties[link] for link in run.links]
        if run.is_mark:
            return "introduced" if ties[0].mark == "new" else "plain"
        return "heading" if any(team in tie.pair for tie in ties) else "dim"

    # -- words ---------------------------------------------------------------------------------

    def _told(self, tie: Tie, team: str) -> str:
        """The other team of a tie, in which direction, and the topics."""
        signs = self.scene.signs
        is_first = tie.pair[0] == team
        gives = tie.flow.there if is_first else tie.flow.back
        takes = tie.flow.back if is_first else tie.flow.there
        sign = signs.both_ways if gives and takes else signs.gives if gives else signs.takes
        other = self.scene.name("team", tie.pair[1] if is_first else tie.pair[0])
        topics = join_list(self.scene.name("skill", topic) for topic in tie.flow.topics.values())
        mark = "" if tie.mark is None else getattr(signs, tie.mark)
        return f"{mark}{sign} {other} {topics}"


def _words(text: str, width: int, ellipsis: str) -> Run:
    said = clip(text, width, ellipsis)
    return Run(said, cell_len(said))


def _learners(tie: Tie) -> Iterator[str]:
    """The teams that learn something over a tie."""
    if tie.flow.there:
        yield tie.pair[1]
    if tie.flow.back:
        yield tie.pair[0]


class _Order:
    """Teams in the order in which they are drawn: circle by circle, then those without ties."""

    def __init__(self, ties: Ties) -> None:
        self.ties = ties
        number = {team: at for at, team in enumerate(ties.teams)}
        edges = [Edge(number[tie.pair[0]], number[tie.pair[1]], tie.was is not None) for tie in ties.ties]
        in_circles = circles(range(len(ties.teams)), edges)
        ordered = [node for layers in in_circles for layer in layers for node in layer]
        self.teams = [*(ties.teams[node] for node in ordered), *ties.alone]
        self.places = {team: place for place, team in enumerate(self.teams)}
        at = {node: place for place, node in enumerate(ordered)}
        self.circles: list[Layers] = [
            [[at[node] for node in layer] for layer in layers] for layers in in_circles
        ]
        self.neighbours: dict[str, set[str]] = {team: set() for team in self.teams}
        for tie in ties.ties:
            one, other = tie.pair
            self.neighbours[one].add(other)
            self.neighbours[other].add(one)

    def around(self, centre: int) -> Layers:
        """The places of the teams within two links of one, the nearest first."""
        reached = {self.teams[centre]: 0}
        frontier = [self.teams[centre]]
        for step in range(1, STEPS_AROUND + 1):
            found = {other for team in frontier for other in self.neighbours[team]} - reached.keys()
            frontier = sorted(found, key=self.places.__getitem__)[: MOST_AROUND - len(reached)]
            reached.update(dict.fromkeys(frontier, step))
        within = sorted(self.places[team] for team in reached)
        steps = {
            place: {
                self.places[other]: True for other in self.neighbours[self.teams[place]] if other in reached
            }
            for place in within
        }
        return layered(within, steps, centre)
