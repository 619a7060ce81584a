"""Where the teams of a state stand on slides: all on one if they fit, else an overview, then part by part.

A slide has a team on top and those below it: side by side, or in a grid if none of them has teams of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from orgtui.exchange.writing.drawing.measure import text_width
from orgtui.exchange.writing.report import Structure, Team
from orgtui.exchange.writing.slides.cards import (
    When,
    change_paragraphs,
    cut,
    legend,
    look_of,
    summary_paragraphs,
    team_paragraphs,
    wide_paragraphs,
)
from orgtui.exchange.writing.slides.parts import (
    INNER,
    PADDING_X,
    PADDING_Y,
    SMALLEST,
    WIDTH,
    Card,
    Chart,
    Joint,
    Line,
    Look,
    Paragraph,
    height_of,
)
from orgtui.exchange.writing.slides.titles import BOTTOM, content_top
from orgtui.locales import translate
from orgtui.model.sentence import sentence

GAP = 16.0
"""Between cards side by side; connectors run through it."""

ROW_GAP = 16.0
BUS = 12.0
"""How far below the card on top the connectors turn."""

INDENT = 14.0
STACK_GAP = 8.0
SIZES = (12.0, 11.0, SMALLEST)
TEXT = 11.0
"""The size of text where a state takes several slides."""

CARD_MAX_WIDTH = 230.0
HEAD_MAX_WIDTH = 560.0
HEAD_MAX_HEIGHT = 110.0
MOST_COLUMNS = 8
EASY_COLUMNS = 6
"""As many columns as have room for names of two words."""

PART_COLUMNS = 5
MOST_TEAMS = 40
"""A slide never shows more teams in full, so nothing is tried for more."""

LONG_WORD = 24
"""A longer word may be broken anywhere."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The teams of a state, with those below each; `when` says which state it is."""

    teams: tuple[Team, ...]
    when: When
    children: Mapping[str, Sequence[Team]]
    ends: Mapping[str, int]
    places: Mapping[str, int]

    @classmethod
    def of(cls, structure: Structure, when: When) -> Tree:
        children: dict[str, list[Team]] = {}
        for team in structure.teams[1:]:
            children.setdefault(team.parent or "", []).append(team)
        places = {team.id: place for place, team in enumerate(structure.teams)}
        ends: dict[str, int] = {}
        for place in range(len(structure.teams) - 1, -1, -1):
            team = structure.teams[place]
            own = children.get(team.id, ())
            ends[team.id] = ends[own[-1].id] if own else place + 1
        return cls(structure.teams, when, children, ends, places)

    def below(self, team: Team) -> tuple[Team, ...]:
        """All teams below one, from the top down."""
        return self.teams[self.places[team.id] + 1 : self.ends[team.id]]

    def right_below(self, team: Team) -> Sequence[Team]:
        return self.children.get(team.id, ())

    def is_leaf(self, team: Team) -> bool:
        return team.id not in self.children


@dataclass(frozen=True, slots=True)
class Piece:
    """A card before it has its place."""

    id: str
    paragraphs: tuple[Paragraph, ...]
    look: Look
    alt: str

    def height(self, width: float) -> float:
        return height_of(self.paragraphs, width - 2 * PADDING_X) + 2 * PADDING_Y

    def at(self, x: float, y: float, width: float, height: float) -> Card:
        return Card(self.id, x, y, width, height, self.paragraphs, self.alt, self.look)


@dataclass(frozen=True, slots=True)
class Cards:
    """What stands on one slide, without its title."""

    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    joints: tuple[Joint, ...] = ()


def _piece(team: Team, paragraphs: tuple[Paragraph, ...], part: int = 0) -> Piece:
    alt = ". ".join(paragraph.text for paragraph in paragraphs)
    return Piece(team.id if part == 0 else f"{team.id} {part}", paragraphs, look_of(team), alt)


def whole(tree: Tree, head: Team, top: float) -> Cards | None:
    """A team and all below it on one slide, in the largest text that has room; None if none has."""
    below = tree.below(head)
    children = tree.right_below(head)
    is_flat = len(below) == len(children)
    deepest = max((team.depth for team in below), default=head.depth) - head.depth
    if len(below) > MOST_TEAMS or deepest > 3 or (not is_flat and len(children) > MOST_COLUMNS):
        return None
    seat_count = len(head.seats) + sum(len(team.seats) for team in below)
    if seat_count > (BOTTOM - top) / SMALLEST * MOST_COLUMNS:
        return None
    for columns in (EASY_COLUMNS, MOST_COLUMNS):
        for size in SIZES:
            on_top = _piece(head, wide_paragraphs(head, tree.when, size, below))
            if on_top.height(HEAD_MAX_WIDTH) > HEAD_MAX_HEIGHT * 1.5:
                continue
            if is_flat:
                pieces = [_piece(team, team_paragraphs(team, tree.when, size)) for team in children]
                found = _grid_on_one(on_top, pieces, columns, top)
            else:
                found = _columns(tree, on_top, children, size, columns, top)
            if found is not None:
                return found
    return None


def _on_top(head: Piece, top: float) -> Card:
    widest = max(text_width(each.text, each.size, is_bold=True) for each in head.paragraphs)
    width = min(HEAD_MAX_WIDTH, max(220.0, widest + 2 * PADDING_X + 2))
    return head.at((WIDTH - width) / 2, top, width, head.height(width))


def _grid_on_one(head: Piece, pieces: Sequence[Piece], columns: int, top: float) -> Cards | None:
    """Cards in as few rows as have room; None if they do not fit on one slide."""
    if not pieces:
        card = _on_top(head, top)
        return Cards((card,), ()) if card.y + card.height <= BOTTOM else None
    for rows in range(1, 5):
        count = -(-len(pieces) // rows)
        if count > columns:
            continue
        if not _has_room_for_words(pieces, _width(count)):
            continue
        pages = list(_grid(head, pieces, count, top))
        if len(pages) == 1 and all(card.y + card.height <= BOTTOM for card in pages[0].cards):
            return pages[0]
        if count == 1:
            break
    return None


def _width(columns: int) -> float:
    widest = CARD_MAX_WIDTH if columns > 2 else 2 * CARD_MAX_WIDTH
    return min(widest, (INNER - (columns - 1) * GAP) / columns)


def _has_room_for_words(pieces: Sequence[Piece], width: float) -> bool:
    """Whether no usual word of a name would be broken."""
    return all(
        text_width(word, piece.paragraphs[0].size, is_bold=True) <= width - 2 * PADDING_X
        for piece in pieces
        for word in piece.paragraphs[0].text.split()
        if word.isascii() and len(word) <= LONG_WORD
    )


def _grid(head: Piece, pieces: Sequence[Piece], columns: int, top: float) -> Iterator[Cards]:
    """Cards in rows of equal height under one on top, on as many slides as they need."""
    width = _width(columns)
    card = _on_top(head, top)
    start = card.y + card.height + 2 * BUS
    rows = [pieces[place : place + columns] for place in range(0, len(pieces), columns)]
    cards: list[Card] = []
    lines: list[Line] = []
    left = (WIDTH - min(columns, len(pieces)) * (width + GAP) + GAP) / 2
    joints: dict[int, Joint] = {}
    y = start
    for row in rows:
        height = max(piece.height(width) for piece in row)
        if cards and y + height > BOTTOM:
            yield Cards((card, *cards), tuple(lines), tuple(joints.values()))
            cards, lines, joints, y = [], [], {}, start
        for place, piece in enumerate(row):
            x = left + place * (width + GAP)
            cards.append(piece.at(x, y, width, height))
            if y == start:
                lines.append(Line(card.id, piece.id, "top", start - BUS))
                continue
            if place not in joints:
                joints[place] = Joint(f"joint {place}", x - GAP / 2, start - BUS)
                lines.append(Line(card.id, joints[place].id, "joint"))
            lines.append(Line(joints[place].id, piece.id, "side"))
        y += height + ROW_GAP
    yield Cards((card, *cards), tuple(lines), tuple(joints.values()))


def _columns(
    tree: Tree, head: Piece, children: Sequence[Team], size: float, columns: int, top: float
) -> Cards | None:
    """A column for each team right below, with those below it hanging from it; None if it does not fit."""
    if len(children) > columns:
        return None
    width = _width(len(children))
    card = _on_top(head, top)
    start = card.y + card.height + 2 * BUS
    left = (WIDTH - len(children) * (width + GAP) + GAP) / 2
    cards: dict[str, Card] = {head.id: card}
    joints: dict[str, Joint] = {}
    lines: list[Line] = []
    for place, child in enumerate(children):
        y = start
        for team in (child, *tree.below(child)):
            indent = (team.depth - child.depth) * INDENT
            piece = _piece(team, team_paragraphs(team, tree.when, size, tree.below(team)))
            height = piece.height(width - indent)
            if y + height > BOTTOM or not _has_room_for_words([piece], width - indent):
                return None
            cards[team.id] = piece.at(left + place * (width + GAP) + indent, y, width - indent, height)
            y += height + STACK_GAP
            if team is child:
                lines.append(Line(card.id, team.id, "top", start - BUS))
                continue
            above = cards[team.parent or ""]
            if above.id not in joints:
                joint = Joint(f"joint {above.id}", above.x - GAP / 2, above.y + above.height / 2)
                joints[above.id] = joint
                lines.append(Line(above.id, joint.id, "left"))
            lines.append(Line(joints[above.id].id, team.id, "side"))
    return Cards(tuple(cards.values()), tuple(lines), tuple(joints.values()))


def overview(tree: Tree, head: Team, top: float) -> list[Cards]:
    """A team and those right below it without their seats, on as many slides as they need."""
    children = tree.right_below(head)

    def pieces(width: float, room: float) -> Iterator[Piece]:
        for child in children:
            yield _piece(child, summary_paragraphs(child, tree.when, TEXT, tree.below(child)))

    rows = -(-len(children) // PART_COLUMNS)
    seated = _seated(tree, head)
    on_top = seated if seated is not None else _summary(tree, head)
    return _pages(on_top, top, pieces, -(-len(children) // rows))


def _summary(tree: Tree, head: Team) -> Piece:
    return _piece(head, summary_paragraphs(head, tree.when, TEXT, tree.below(head)))


def _seated(tree: Tree, head: Team) -> Piece | None:
    """The card of a team on top of an overview together with its own seats; None if these are too many."""
    below = tree.below(head)
    paragraphs = wide_paragraphs(head, tree.when, TEXT, below)
    piece = _piece(head, (*paragraphs, *change_paragraphs((head, *below), tree.when, TEXT)))
    return piece if piece.height(HEAD_MAX_WIDTH) <= HEAD_MAX_HEIGHT else None


def parts(tree: Tree, head: Team, teams: Sequence[Team], top: float) -> list[Cards]:
    """Some teams right below one, or that one itself, in full on as many slides as they need."""

    def pieces(width: float, room: float) -> Iterator[Piece]:
        for team in teams:
            texts = cut(team_paragraphs(team, tree.when, TEXT), width, room)
            for number, text in enumerate(texts, 1 if team is head else 0):
                yield _piece(team, text, number)

    return _pages(_summary(tree, head), top, pieces, PART_COLUMNS)


def _pages(
    on_top: Piece,
    top: float,
    pieces_for: Callable[[float, float], Iterator[Piece]],
    columns: int,
) -> list[Cards]:
    """Cards in rows under a team; in fewer and wider columns if a card is too high for a slide."""
    card = _on_top(on_top, top)
    room = BOTTOM - card.y - card.height - 2 * BUS - 2 * PADDING_Y
    while True:
        width = _width(columns) - 2 * PADDING_X
        pieces = list(pieces_for(width, room))
        if columns == 1 or all(height_of(piece.paragraphs, width) <= room for piece in pieces):
            return list(_grid(on_top, pieces, columns, top))
        columns -= 1


def charts(tree: Tree, titles: Titles, notes: str) -> Iterator[Chart]:
    """The slides of a state; the first has the whole, or an overview of it."""
    waiting = [tree.teams[0]]
    while waiting:
        head = waiting.pop()
        title = titles.of(tree, head)
        top = content_top(title)
        every = (head, *tree.below(head))
        if (one := whole(tree, head, top)) is not None:
            yield _chart(title, one, notes, legend(every, every, every))
            continue
        children = tree.right_below(head)
        has_seats = bool(children) and _seated(tree, head) is not None
        if children:
            signs = legend(every, [head] if has_seats else (), (head, *children))
            yield from _numbered(title, overview(tree, head, _top(title)), notes, signs)
        if not has_seats:
            said = titles.own(tree, head)
            yield from _numbered(
                said, parts(tree, head, [head], _top(said)), notes, legend([head], [head], [head])
            )
        for is_leaf, group in groupby(children, tree.is_leaf):
            if is_leaf:
                leaves = list(group)
                said = titles.some(tree, head, leaves)
                pages = parts(tree, head, leaves, _top(said))
                yield from _numbered(said, pages, notes, legend((head, *leaves), leaves, (head, *leaves)))
        waiting += [child for child in reversed(children) if not tree.is_leaf(child)]


def _top(title: str) -> float:
    """Where the space below a title begins that may get a number."""
    return content_top(f"{title} (10/10)")


def _numbered(title: str, pages: Sequence[Cards], notes: str, signs: str) -> Iterator[Chart]:
    for number, page in enumerate(pages, 1):
        said = f"{title} ({number}/{len(pages)})" if len(pages) > 1 else title
        yield _chart(said, page, notes if number == 1 else "", signs)


def _chart(title: str, page: Cards, notes: str, signs: str) -> Chart:
    return Chart(title, page.cards, page.lines, page.joints, signs, notes)


class Titles:
    """The titles of the slides of a state; `first` is that of the first one."""

    def __init__(self, first: str) -> None:
        self._first = first

    def of(self, tree: Tree, head: Team) -> str:
        """The title of a slide with a team on top."""
        if head is tree.teams[0]:
            return self._first
        count = len(tree.below(head))
        said = {"team": head.name, "seats": head.headcount, "teams": count}
        if tree.when == "before":
            return translate(sentence("Today {team} has {teams:team|teams} with {seats:seat|seats}", **said))
        return translate(
            sentence("With the plan {team} has {teams:team|teams} with {seats:seat|seats}", **said)
        )

    def own(self, tree: Tree, head: Team) -> str:
        """The title of a slide with the seats of a team without those below it."""
        said = {"team": head.name, "seats": len(head.seats)}
        if tree.when == "before":
            return translate(sentence("Today {team} itself has {seats:seat|seats}", **said))
        return translate(sentence("With the plan {team} itself has {seats:seat|seats}", **said))

    def some(self, tree: Tree, head: Team, teams: Sequence[Team]) -> str:
        """The title of a slide with teams right below one."""
        said = {"team": head.name, "teams": len(teams), "seats": sum(each.headcount for each in teams)}
        if tree.when == "before":
            return translate(
                sentence("Today right below {team}: {teams:team|teams} with {seats:seat|seats}", **said)
            )
        return translate(
            sentence("With the plan right below {team}: {teams:team|teams} with {seats:seat|seats}", **said)
        )
