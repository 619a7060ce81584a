"""The web of knowledge as a picture: which teams share what, which are islands, what one person alone can do.

Teams stand on a ring, the same team at the same place before and after. A topic stands beside its line where
it fits, else under a number in the list beside the picture. Too many teams are told by division.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from orgtui.exchange.writing.drawing.ring import (
    Point,
    Rectangle,
    Size,
    Traces,
    label_places,
    line_between,
    ordered,
    ring,
    sampled,
)
from orgtui.exchange.writing.drawing.shapes import Box, Connector, Drawing, LineStyle, Role
from orgtui.exchange.writing.drawing.sheet import (
    LEADING,
    MARGIN,
    NORMAL,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SMALL,
    Paragraph,
    Sheet,
    height_of,
    numbered,
    place,
    sign_of,
)
from orgtui.exchange.writing.report import Knowledge, KnowledgeLink, Mark, Report, SingleHolder, Structure
from orgtui.locales import join_list, translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.rules.facts.components import connected_components
from orgtui.views.base.signs import UNICODE

When = Literal["before", "after"]
Kind = Literal["topics", "names", "numbers"]
"""How boxes and lines are shown: with topics or counts, by name only, or numbered with a list of names."""

TEAMS_WITH_TOPICS_MOST = 24
NODES_MOST = 60
LINKS_MOST = 400
"""What a ring may hold: teams with topics at their lines, teams or divisions at all, and lines."""

LIST_WIDTH = 280.0
ENTRIES_MOST = 15
"""Entries in a section of the list beside a web of divisions; what is beyond them is counted."""

LIST_PAGES_MOST = 4
"""Pages of lists; what is beyond them is counted."""

TITLES: dict[When, str] = {"before": N_("Web of knowledge before"), "after": N_("Web of knowledge after")}

_STYLES: Mapping[Mark | None, LineStyle] = {"gone": "dashed", "changed": "dotted"}
_BOX_WIDTH = 128.0
_TEAM_WIDTH_LEAST = 90.0
_PADDING = 6.0
_TIGHT_PADDING = 3.0
_BOX_GAP = 26.0
_GAPS: Mapping[Kind, tuple[float, ...]] = {
    "topics": (100.0, 80.0, 64.0, 52.0, 42.0, 34.0, 28.0, 24.0),
    "names": (80.0, 64.0, 52.0, 42.0, 34.0, 28.0, 22.0, 16.0, 11.0, 7.0),
    "numbers": (70.0, 50.0, 34.0, 24.0, 16.0, 10.0, 6.0),
}
"""Between neighbours on a ring; the first that fits is taken."""

_LABEL_WIDTH = 104.0
_LABEL_LINES_MOST = 3
_COLUMN_GAP = 28.0
_NUMBER_SIZE = 24.0


@dataclass(frozen=True, slots=True)
class _Node:
    """A box of the web: a team, or a division with all its teams. `note` or `sign` say what it is besides."""

    id: str
    name: str
    note: Paragraph | None = None
    sign: str = ""
    role: Role = "plain"
    style: LineStyle = "solid"


def _named(structure: Structure) -> Iterator[tuple[str, str]]:
    """The ids and names of all teams of a state."""
    yield from ((team.id, team.name) for team in structure.teams)
    yield from ((team.id, team.name) for team in structure.knowledge.teams)


def _names(report: Report) -> dict[str, tuple[str, ...]]:
    """The names that each team has in the two states."""
    names: dict[str, dict[str, None]] = {}
    for structure in (report.before, report.after):
        for team, name in _named(structure):
            names.setdefault(team, {})[name] = None
    return {team: tuple(each) for team, each in names.items()}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the web with its words."""

    source: str
    target: str
    text: str
    both_ways: bool
    mark: Mark | None
    width: float = 1.0

    @property
    def paragraph(self) -> Paragraph:
        return Paragraph(f"{sign_of(self.mark)}{self.text}", SMALL, self.mark or "dim")


@dataclass(frozen=True, slots=True)
class _Web:
    """What is drawn of one state.

    `places` are all nodes of both states in order, `joined` the pairs that a line joins in either: they
    decide where everything stands, with all the `names` of each. `nodes` are those that this state has.
    `kind` says how boxes are shown. A note has at most `note_lines`, a section of the list at most
    `entries_most`; `left_out` is how many nodes are not shown at all.
    """

    places: tuple[_Node, ...]
    joined: frozenset[tuple[str, str]]
    names: Mapping[str, Sequence[str]]
    nodes: Mapping[str, _Node]
    lines: tuple[_Line, ...]
    kind: Kind
    width_least: float = _TEAM_WIDTH_LEAST
    note_lines: int = 0
    entries_most: int | None = None
    left_out: int = 0


@dataclass(slots=True)
class _Lists:
    """The sections of the list beside the picture: a heading and its entries."""

    most: int | None = None
    sections: list[tuple[str, list[Paragraph]]] = field(default_factory=list)

    def add(self, heading: str, entries: Sequence[Paragraph]) -> None:
        """Add a section; nothing if it has no entries, and its first ones if it has too many."""
        shown = list(entries[: self.most])
        if len(shown) < len(entries):
            shown.append(_and_more(len(entries) - len(shown)))
        if shown:
            self.sections.append((heading, shown))

    def paragraphs(self) -> list[Paragraph]:
        """All of it from top to bottom; an empty paragraph stands before each heading but the first."""
        flowing: list[Paragraph] = []
        for heading, entries in self.sections:
            if flowing:
                flowing.append(Paragraph(" ", SMALL))
            flowing += [Paragraph(heading, NORMAL, "heading", is_bold=True), *entries]
        return flowing


def draw_knowledge(report: Report, structure: Structure, when: When) -> tuple[Drawing, ...]:
    """The web of knowledge of one state, lists that do not fit beside it on pages of their own.

    Nothing if neither state shares anything and no skill rests on one person.
    """
    both = (report.before.knowledge, report.after.knowledge)
    if not any(each.links or each.single_holders for each in both):
        return ()
    title = translate(sentence(TITLES[when] if report.has_plan else N_("Web of knowledge")))
    alt = _told(title, structure.knowledge)
    most = (PAGE_WIDTH - 2 * MARGIN - LIST_WIDTH - _COLUMN_GAP, PAGE_HEIGHT - 2 * MARGIN)
    for make in _ways(report):
        web = make(report, structure)
        boxes = _placed(web, most)
        if boxes is not None:
            return numbered(_pages(report, structure, web, boxes, f"knowledge-{when}", title, alt))
    raise AssertionError("numbered boxes fit always")


def _ways(report: Report) -> Iterator[Callable[[Report, Structure], _Web]]:
    """The ways to show the web, the most telling first; the last one always fits."""
    count = len(_linked_teams(report))
    if count <= TEAMS_WITH_TOPICS_MOST:
        yield lambda report, structure: _web_of_teams(report, structure, "topics")
    if count <= NODES_MOST:
        yield lambda report, structure: _web_of_teams(report, structure, "names")
        yield lambda report, structure: _web_of_teams(report, structure, "numbers")
    yield lambda report, structure: _web_of_divisions(report, structure, "topics")
    yield lambda report, structure: _web_of_divisions(report, structure, "names")
    yield lambda report, structure: _web_of_divisions(report, structure, "numbers")


def _linked_teams(report: Report) -> list[str]:
    """The teams that share in either state, in the order of the tree before, then after."""
    linked = {
        team
        for structure in (report.before, report.after)
        for link in structure.knowledge.links
        for team in (link.source, link.target)
    }
    return [team for team in _all_teams(report) if team in linked]


def _all_teams(report: Report) -> list[str]:
    """The teams of the webs of both states, in the order of the tree before, then after."""
    known = {team.id: team for each in (report.before, report.after) for team in each.knowledge.teams}
    order = dict.fromkeys(team.id for each in (report.before, report.after) for team in each.teams)
    return [team for team in dict.fromkeys((*order, *known)) if team in known]


def _web_of_teams(report: Report, structure: Structure, kind: Kind) -> _Web:
    """The web with a box a team."""
    own = {team.id: team.name for team in structure.knowledge.teams}
    names = _names(report)
    shown = _all_teams(report)
    if kind != "topics" or len(shown) > TEAMS_WITH_TOPICS_MOST:
        shown = _linked_teams(report)
    islands = _islands(structure.knowledge)
    now = {team for link in structure.knowledge.links for team in (link.source, link.target)}
    nodes = {}
    for team in shown:
        note: Paragraph | None = None
        sign = ""
        role: Role = "plain"
        style: LineStyle = "solid"
        if team in islands:
            told = N_("island {number}") if len(set(islands.values())) > 1 else N_("island")
            text = translate(sentence(told, number=islands[team]))
            sign = f"{UNICODE.warning} "
            note, role, style = Paragraph(f"{sign}{text}", SMALL, "warning"), "warning", "dashed"
        elif team not in now:
            note, style = Paragraph(translate(sentence(N_("shares nothing"))), SMALL, "dim"), "dotted"
        if team in own:
            nodes[team] = _Node(team, own[team], note, sign, role, style)
    lines = tuple(
        _Line(link.source, link.target, join_list(link.topics), link.both_ways, link.mark)
        for link in structure.knowledge.links
    )
    places = tuple(nodes.get(team) or _Node(team, names[team][0]) for team in shown)
    return _Web(
        places,
        _pairs(report, lambda _, team: team),
        names,
        nodes,
        lines,
        kind,
        note_lines=1 if kind == "topics" else 0,
    )


def _islands(knowledge: Knowledge) -> dict[str, int]:
    """The number of the island of each team that shares, but not with the largest circle."""
    apart = [team for team in knowledge.teams if team.island and not team.is_isolated]
    numbers = {island: number for number, island in enumerate(sorted({team.island for team in apart}), 1)}
    return {team.id: numbers[team.island] for team in apart}


def _pairs(report: Report, node: Callable[[Structure, str], str]) -> frozenset[tuple[str, str]]:
    """What a line joins in either state, by the node of a team in that state."""
    return frozenset(
        (node(structure, link.source), node(structure, link.target))
        for structure in (report.before, report.after)
        for link in structure.knowledge.links
        if node(structure, link.source) != node(structure, link.target)
    )


def _web_of_divisions(report: Report, structure: Structure, kind: Kind) -> _Web:
    """The web with a box a division, its lines with how many links there are.

    With too many divisions it has those with most links.
    """
    states = (report.before, report.after)
    homes = {id(state): _divisions(state) for state in (*states, structure)}
    names = _names(report)

    def node(state: Structure, team: str) -> str:
        return homes[id(state)].get(team, team)

    weight = Counter(
        node(state, team)
        for state in states
        for link in state.knowledge.links
        for team in (link.source, link.target)
    )
    order = [each for each in names if each in weight]
    shown = set(sorted(order, key=lambda each: -weight[each])[:NODES_MOST])
    links = [
        link
        for link in structure.knowledge.links
        if node(structure, link.source) in shown and node(structure, link.target) in shown
    ]
    ends = [(node(structure, link.source), node(structure, link.target)) for link in links]
    within = Counter(source for source, target in ends if source == target)
    teams = Counter(node(structure, team.id) for team in structure.knowledge.teams)
    own = dict(_named(structure))
    nodes = {
        each: _Node(each, own[each], _division_note(teams[each], within[each]))
        for each in order
        if each in shown and teams[each] and each in own
    }
    places = tuple(nodes.get(each) or _Node(each, names[each][0]) for each in order if each in shown)
    joined = frozenset(pair for pair in _pairs(report, node) if shown.issuperset(pair))
    lines = tuple(_bundled(links, lambda team: node(structure, team)))
    return _Web(
        places,
        joined,
        names,
        nodes,
        lines,
        kind,
        width_least=_BOX_WIDTH if kind == "topics" else _TEAM_WIDTH_LEAST,
        note_lines=2 if kind == "topics" else 0,
        entries_most=ENTRIES_MOST,
        left_out=len(order) - len(shown),
    )


def _divisions(structure: Structure) -> dict[str, str]:
    """The division of each team; of the root the root."""
    division: dict[str, str] = {}
    root = structure.root.id
    for team in structure.teams:
        is_own = team.parent is None or team.id == root or team.parent == root
        division[team.id] = team.id if is_own or team.parent is None else division[team.parent]
    return division


def _division_note(teams: int, within: int) -> Paragraph:
    parts = [translate(sentence(N_("{count:team|teams}"), count=teams))]
    if within:
        parts.append(translate(sentence(N_("{count:link|links} within"), count=within)))
    return Paragraph(join_list(parts), SMALL, "dim")


def _bundled(links: Sequence[KnowledgeLink], node: Callable[[str], str]) -> Iterator[_Line]:
    """The links between each two divisions as one line with their number."""
    between: dict[tuple[str, str], list[KnowledgeLink]] = {}
    for link in links:
        source, target = node(link.source), node(link.target)
        if source != target:
            key = (source, target) if (target, source) not in between else (target, source)
            between.setdefault(key, []).append(link)
    for (source, target), group in between.items():
        is_back = any(link.both_ways or node(link.source) == target for link in group)
        marks = {link.mark for link in group}
        mark = marks.pop() if len(marks) == 1 else None
        yield _Line(source, target, str(len(group)), is_back, mark, min(4.0, 0.6 + len(group) / 4))


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the boxes of a web stand, the middle of the ring of each, and how large all is."""

    boxes: Mapping[str, Rectangle]
    middles: Mapping[str, Point]
    width: float
    height: float


def _paragraphs(node: _Node, kind: str, number: int) -> tuple[Paragraph, ...]:
    """The words of a box."""
    if kind == "numbers":
        return (Paragraph(str(number), SMALL, node.role, is_bold=True),)
    if kind == "names":
        return (Paragraph(f"{node.sign}{node.name}", SMALL, node.role),)
    name = Paragraph(node.name, NORMAL, is_bold=True)
    return (name,) if node.note is None else (name, node.note)


def _size(web: _Web, node: _Node, width: float) -> Size:
    """The size of a box, the same in both states: with room for a sign or a note that only one has."""
    if web.kind == "numbers":
        return _NUMBER_SIZE, 16.0
    inner = width - 2 * _padding(web)
    highest = max(paragraph.height(inner) for paragraph in _titles(web, node))
    return width, highest + web.note_lines * SMALL * LEADING + 2 * _padding(web)


def _box_width(web: _Web) -> float:
    """The width of all boxes: that of the longest name in one line, within limits."""
    widest = max((title.width() for node in web.places for title in _titles(web, node)), default=0.0)
    return min(_BOX_WIDTH, max(web.width_least, widest + 2 * _padding(web)))


def _titles(web: _Web, node: _Node) -> list[Paragraph]:
    """The names of a node in both states as its box shows them, with the sign that one of them may have."""
    names = web.names[node.id]
    if web.kind == "names":
        return [Paragraph(f"{UNICODE.warning} {name}", SMALL) for name in names]
    return [Paragraph(name, NORMAL, is_bold=True) for name in names]


def _padding(web: _Web) -> float:
    return _PADDING if web.kind == "topics" else _TIGHT_PADDING


def _placed(web: _Web, most: Size) -> _Plan | None:
    """Where everything stands, with the widest gaps that fit; None if none does."""
    width = _box_width(web)
    parts = [(own, [_size(web, node, width) for node in own]) for own in _parts(web)]
    return next((plan for gap in _GAPS[web.kind] if (plan := _rings(parts, gap, most)) is not None), None)


def _parts(web: _Web) -> Iterator[list[_Node]]:
    """The nodes that lines join, each part in its order around a ring; the largest part first."""
    number = {node.id: place for place, node in enumerate(web.places)}
    graph: dict[str, list[str]] = {node.id: [] for node in web.places}
    for one, other in sorted(web.joined):
        graph[one].append(other)
        graph[other].append(one)
    parts = connected_components(graph)
    for part in sorted(parts, key=lambda part: (-len(part), min(number[each] for each in part))):
        links = [pair for pair in sorted(web.joined) if pair[0] in part]
        own = ordered(sorted(part, key=lambda each: number[each]), links)
        yield [web.places[number[each]] for each in own]


def _rings(parts: Sequence[tuple[Sequence[_Node], Sequence[Size]]], gap: float, most: Size) -> _Plan | None:
    """Rings of parts side by side in rows, below them what shares with nobody; None if they do not fit."""
    boxes: dict[str, Rectangle] = {}
    middles: dict[str, Point] = {}
    x = y = row = width = 0.0
    was_alone = False
    for nodes, sizes in parts:
        around = ring(sizes, gap, most)
        if around is None:
            return None
        wide = max(box.x + box.width for box in around)
        high = max(box.y + box.height for box in around)
        is_alone = len(nodes) == 1
        if x and (x + wide > most[0] or is_alone != was_alone):
            x, y, row = 0.0, y + row + _BOX_GAP, 0.0
        boxes |= {node.id: box.moved(x, y) for node, box in zip(nodes, around, strict=True)}
        middles |= dict.fromkeys((node.id for node in nodes), (x + wide / 2, y + high / 2))
        width, row, was_alone = max(width, x + wide), max(row, high), is_alone
        x += wide + (_BOX_GAP if is_alone else 2 * _BOX_GAP)
    if y + row > most[1]:
        return None
    return _Plan(boxes, middles, width, y + row)


def _pages(
    report: Report, structure: Structure, web: _Web, plan: _Plan, key: str, title: str, alt: str
) -> list[Drawing]:
    """The picture with its list, and pages for what of the list does not fit beside it."""
    sheet = Sheet()
    plan = _Plan(
        {node: box.moved(MARGIN, MARGIN) for node, box in plan.boxes.items()},
        {node: (x + MARGIN, y + MARGIN) for node, (x, y) in plan.middles.items()},
        plan.width,
        plan.height,
    )
    _put_boxes(sheet, web, plan)
    listed = _put_lines(sheet, web, plan)
    left = MARGIN + (plan.width + _COLUMN_GAP if plan.width else 0)
    paragraphs = _lists(report, structure, web, listed).paragraphs()
    columns = _columns(paragraphs, LIST_WIDTH, PAGE_HEIGHT - 2 * MARGIN)
    first = columns[0] if columns else []
    sheet.write(first, left, MARGIN, LIST_WIDTH)
    height = max(plan.height, height_of(first, LIST_WIDTH)) + 2 * MARGIN
    pages = [sheet.drawing(key, title, alt, left + LIST_WIDTH + MARGIN, height)]
    return pages + _list_pages(columns[1:], key, title, alt)


def _put_boxes(sheet: Sheet, web: _Web, plan: _Plan) -> None:
    for number, each in enumerate(web.places, 1):
        node = web.nodes.get(each.id)
        if node is None:
            continue
        box = plan.boxes[node.id]
        paragraphs = _paragraphs(node, web.kind, number)
        padding = _padding(web)
        inner = box.width - 2 * padding
        top = box.y + (box.height - height_of(paragraphs, inner)) / 2
        spoken = node.name if node.note is None else f"{node.name} ({node.note.text})"
        words = place(paragraphs, box.x + padding, top, inner, "middle")
        sheet.boxes.append(
            Box(node.id, box.x, box.y, box.width, box.height, words, node.role, style=node.style, name=spoken)
        )


def _put_lines(sheet: Sheet, web: _Web, plan: _Plan) -> list[tuple[int | None, _Line]]:
    """The lines and their words; gives those whose words go into the list, with their numbers if any."""
    shown = [
        line
        for line in web.lines
        if line.source in web.nodes and line.target in web.nodes and line.source != line.target
    ][:LINKS_MOST]
    boxes = {node: plan.boxes[node] for node in web.nodes}
    ways: dict[int, list[Point]] = {}
    for number, line in enumerate(shown):
        others = [box for node, box in boxes.items() if node not in (line.source, line.target)]
        source, target = boxes[line.source], boxes[line.target]
        points = line_between(source, target, others, plan.middles[line.source])
        ways[number] = sampled(points)
        sheet.connectors.append(
            Connector(
                points,
                line.source,
                line.target,
                line.mark or "plain",
                _STYLES.get(line.mark, "solid"),
                has_arrow=True,
                has_arrow_back=line.both_ways,
                is_curved=len(points) > 2,
                width=line.width + (0.8 if line.mark == "new" else 0.0),
            )
        )
    if web.kind != "topics":
        return [(None, line) for line in shown]
    return _put_labels(sheet, shown, ways, list(boxes.values()))


def _put_labels(
    sheet: Sheet, lines: Sequence[_Line], ways: Mapping[int, Sequence[Point]], taken: list[Rectangle]
) -> list[tuple[int | None, _Line]]:
    """Topics beside their lines where these leave room, else a number; gives the numbered ones."""
    listed: list[tuple[int | None, _Line]] = []
    traces, none = Traces(ways.values()), Traces()
    for number, line in enumerate(lines):
        if _put_label(sheet, line.paragraph, ways[number], taken, traces):
            continue
        tag = len(listed) + 1
        paragraph = Paragraph(str(tag), SMALL, line.mark or "dim", is_bold=True)
        is_shown = _put_label(sheet, paragraph, ways[number], taken, traces) or _put_label(
            sheet, paragraph, ways[number], taken, none
        )
        listed.append((tag if is_shown else None, line))
    return listed


def _put_label(
    sheet: Sheet,
    paragraph: Paragraph,
    way: Sequence[Point],
    taken: list[Rectangle],
    traces: Traces,
) -> bool:
    """Place a label beside a line where it touches nothing; False if there is no such place."""
    lines = paragraph.lines(_LABEL_WIDTH)
    if len(lines) > _LABEL_LINES_MOST:
        return False
    width = max(Paragraph(line, paragraph.size, is_bold=paragraph.is_bold).width() for line in lines)
    size = (width + 2, paragraph.height(_LABEL_WIDTH))
    for room in label_places(way, size, 3.0):
        if not traces.touch(room) and not any(room.overlaps(each) for each in taken):
            taken.append(room.grown(2))
            sheet.write((paragraph,), room.x + size[0] / 2 - _LABEL_WIDTH / 2, room.y, _LABEL_WIDTH, "middle")
            return True
    return False


def _lists(
    report: Report, structure: Structure, web: _Web, listed: Sequence[tuple[int | None, _Line]]
) -> _Lists:
    """What stands beside the picture, in words."""
    knowledge = structure.knowledge
    lists = _Lists(web.entries_most)
    lists.add(translate(sentence(N_("How to read it"))), _key(web))
    if web.left_out:
        told = sentence(N_("The {count} with the fewest links are left out."), count=web.left_out)
        lists.add(translate(sentence(N_("Not shown"))), [Paragraph(translate(told), SMALL)])
    if web.kind == "numbers":
        names = [
            Paragraph(f"{number}  {node.name}", SMALL)
            for number, node in enumerate(web.places, 1)
            if node.id in web.nodes
        ]
        lists.add(translate(sentence(N_("Who is who"))), names)
    islands: dict[int, list[str]] = {}
    numbers = _islands(knowledge)
    for team in knowledge.teams:
        if team.id in numbers:
            islands.setdefault(numbers[team.id], []).append(team.name)
    lists.add(
        translate(sentence(N_("Islands: nothing joins them to the others"))),
        [
            Paragraph(f"{UNICODE.warning} {_island(number, teams, len(islands))}", SMALL, "warning")
            for number, teams in sorted(islands.items())
        ],
    )
    alone = [Paragraph(team.name, SMALL) for team in knowledge.teams if team.is_isolated]
    lists.add(translate(sentence(N_("Teams that share with nobody"))), alone)
    lists.add(
        translate(sentence(N_("Skills that one person alone has"))),
        [
            Paragraph(f"{UNICODE.advice} {translate(_single_holder(each))}", SMALL)
            for each in knowledge.single_holders
        ],
    )
    names_of = {node.id: node.name for node in web.places}
    lists.add(
        translate(sentence(N_("What is shared"))), [_entry(tag, line, names_of) for tag, line in listed]
    )
    return lists


def _single_holder(holder: SingleHolder) -> Sentence:
    template = N_("{skill}: only {person}, {team}")
    return sentence(template, skill=holder.skill, person=holder.person, team=holder.team)


def _island(number: int, teams: Sequence[str], islands: int) -> str:
    if islands > 1:
        return translate(sentence(N_("island {number}: {teams}"), number=number, teams=list(teams)))
    return translate(sentence(N_("island: {subjects}"), subjects=list(teams)))


def _entry(tag: int | None, line: _Line, names: Mapping[str, str]) -> Paragraph:
    """A line of the web in words."""
    sign = UNICODE.both_ways if line.both_ways else UNICODE.gives
    front = "" if tag is None else f"{tag}  "
    pair = f"{names[line.source]} {sign} {names[line.target]}"
    told = sentence(N_("{pair}: {topics}"), pair=pair, topics=f"{sign_of(line.mark)}{line.text}")
    return Paragraph(f"{front}{translate(told)}", SMALL, line.mark or "plain")


def _key(web: _Web) -> list[Paragraph]:
    """What the lines mean, only those that the picture has."""
    marks = {line.mark for line in web.lines}
    told: list[tuple[bool, str, Role]] = [
        (any(not line.both_ways for line in web.lines), N_("→ shares with the other team"), "dim"),
        (any(line.both_ways for line in web.lines), N_("⇄ each shares with the other"), "dim"),
        ("new" in marks, N_("+ new, thick line"), "new"),
        ("changed" in marks, N_("~ other topics, dotted line"), "changed"),
        ("gone" in marks, N_("− ended, dashed line"), "gone"),
    ]
    return [Paragraph(translate(sentence(text)), SMALL, role) for is_there, text, role in told if is_there]


def _columns(paragraphs: Sequence[Paragraph], width: float, height: float) -> list[list[Paragraph]]:
    """Paragraphs in columns of at most a height; a heading is never the last of its column."""
    columns: list[list[Paragraph]] = []
    used = height + 1
    for number, paragraph in enumerate(paragraphs):
        needed = paragraph.height(width)
        following = (
            paragraphs[number + 1].height(width)
            if paragraph.role == "heading" and paragraphs[number + 1 :]
            else 0
        )
        if used + needed + following > height:
            if not paragraph.text.strip():
                continue
            columns.append([])
            used = 0.0
        columns[-1].append(paragraph)
        used += needed
    return columns


def _and_more(count: int) -> Paragraph:
    return Paragraph(translate(sentence(N_("and {count} more"), count=count)), SMALL, "dim")


def _list_pages(columns: Sequence[Sequence[Paragraph]], key: str, title: str, alt: str) -> list[Drawing]:
    """Pages of lists in columns; what is beyond the last page is counted."""
    across = int((PAGE_WIDTH - 2 * MARGIN + _COLUMN_GAP) // (LIST_WIDTH + _COLUMN_GAP))
    pages: list[Drawing] = []
    for start in range(0, len(columns), across):
        sheet = Sheet()
        shown = [list(column) for column in columns[start : start + across]]
        rest = columns[start + across :]
        is_last = len(pages) + 1 == LIST_PAGES_MOST
        if is_last and rest:
            missing = shown[-1][-1:] + [paragraph for column in rest for paragraph in column]
            count = sum(bool(each.text.strip()) and each.role != "heading" for each in missing)
            shown[-1][-1:] = [
                Paragraph(translate(sentence(N_("and {count} more"), count=count)), SMALL, "dim")
            ]
        x = MARGIN
        for column in shown:
            sheet.write(column, x, MARGIN, LIST_WIDTH)
            x += LIST_WIDTH + _COLUMN_GAP
        height = max(height_of(column, LIST_WIDTH) for column in shown) + 2 * MARGIN
        pages.append(sheet.drawing(key, title, alt, x - _COLUMN_GAP + MARGIN, height))
        if is_last:
            break
    return pages


def _told(title: str, knowledge: Knowledge) -> str:
    """A web in words, for those who do not see the picture."""
    linked = {team for link in knowledge.links for team in (link.source, link.target)}
    islands = set(_islands(knowledge).values())
    return translate(
        sentence(
            N_(
                "{title}: {teams:team shares|teams share} over {links:link|links}; "
                "{islands:island|islands}, {alone:team shares|teams share} with nobody, "
                "{skills:skill rests|skills rest} on one person."
            ),
            title=title,
            teams=len(linked),
            links=len(knowledge.links),
            islands=len(islands),
            alone=sum(team.is_isolated for team in knowledge.teams),
            skills=len(knowledge.single_holders),
        )
    )
