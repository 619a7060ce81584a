"""Cards divided over sheets of a bearable size: an overview first, then what did not fit, part by part."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from orgtui.exchange.writing.chart.cards import Card, cards_of
from orgtui.exchange.writing.drawing.measure import text_width
from orgtui.exchange.writing.report import KnowledgeLink, Report
from orgtui.exchange.writing.words import MARK_SIGNS, MARKS
from orgtui.locales import join_list, translate
from orgtui.model.sentence import sentence

MAX_LINKS = 24
"""How many lines of knowledge a sheet shows; more would hide the tree, and are told as a number."""

MAX_TOPICS = 2
"""How many topics a line of knowledge names; more are told as a number."""

WIDEST_LEVEL = 10
"""With more cards beside each other than this, a diagram runs from left to right."""

Weigh = Callable[[Card], int]


@dataclass(frozen=True, slots=True)
class Link:
    """What two teams share, between the keys of two cards."""

    source: str
    target: str
    label: str
    both_ways: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One diagram: cards in the order of the tree, the lines of knowledge among them, and what stands around.

    `folded` says by key of a card what is below it and on which sheet that is shown. `caption` is the title
    with what there is to say of the whole, `legend` explains the signs that occur.
    """

    cards: tuple[Card, ...]
    links: tuple[Link, ...]
    folded: Mapping[str, str]
    caption: tuple[str, ...]
    legend: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """Cards that go on one sheet; those in `folded` have cards below them that are on others."""

    top: Card
    cards: tuple[Card, ...]
    folded: tuple[Card, ...]


def whole_sheet(report: Report) -> Sheet:
    """Everything on one sheet."""
    cards = cards_of(report)
    return _sheet(report, cards, {}, _own(cards), ())


def sheets_of(report: Report, weigh: Weigh, most: int) -> tuple[Sheet, ...]:
    """The sheets of a report; the cards of a sheet weigh at most `most` together if they can."""
    cards = cards_of(report)
    if sum(map(weigh, cards)) <= most:
        return (whole_sheet(report),)
    parts = tuple(_parts(cards, weigh, most))
    numbers: dict[str, int] = {}
    for number, part in enumerate(parts, 1):
        numbers.setdefault(part.top.key, number)
    teams, seats = _below(cards)
    sheets = []
    for number, part in enumerate(parts, 1):
        folded = {
            card.key: translate(
                sentence(
                    "{teams:team|teams} below with {seats:seat|seats}: diagram {number}",
                    teams=teams[card.key],
                    seats=seats[card.key],
                    number=numbers[card.key],
                )
            )
            for card in part.folded
        }
        stands = (
            _shown_by(cards, part) if number == 1 else {card.team: card.key for card in _firsts(part.cards)}
        )
        place = translate(sentence("diagram {number} of {count}", number=number, count=len(parts)))
        sheets.append(
            _sheet(report, part.cards, folded, stands, (place,) if number == 1 else (place, part.top.name))
        )
    return tuple(sheets)


def is_wide(cards: Iterable[Card]) -> bool:
    """Whether so many cards stand beside each other that a diagram is better read from left to right."""
    depths: dict[str | None, int] = {}
    widths: dict[int, int] = {}
    for card in cards:
        depth = depths[card.key] = depths.get(card.parent, -1) + 1
        widths[depth] = widths.get(depth, 0) + 1
    return max(widths.values(), default=0) > WIDEST_LEVEL


def packed(texts: Iterable[str], width: float, size: float) -> Iterator[str]:
    """Short texts in lines at most `width` points wide, with a dot between those beside each other."""
    line = ""
    for text in texts:
        longer = f"{line} · {text}" if line else text
        if line and text_width(longer, size) > width:
            yield line
            longer = text
        line = longer
    if line:
        yield line


def _sheet(
    report: Report,
    cards: tuple[Card, ...],
    folded: Mapping[str, str],
    stands: Mapping[str, str],
    place: Iterable[str],
) -> Sheet:
    """A sheet with its lines and words; `stands` has the key of the card that stands for a team, by id."""
    links = tuple(_links(report.after.knowledge.links, stands))
    title = (report.organization_name, *((report.part,) if report.part else ()), *place)
    caption = [" · ".join(title), report.headline]
    if len(links) > MAX_LINKS:
        left_out = sentence("{count:knowledge link|knowledge links}, too many to draw here", count=len(links))
        caption.append(translate(left_out))
        links = ()
    return Sheet(cards, links, folded, tuple(caption), tuple(_legend(cards, links)))


def _parts(cards: Sequence[Card], weigh: Weigh, most: int) -> Iterator[_Part]:
    """The cards in parts: from a top down as long as they fit; what is below the last of them comes later.

    The first part is an overview, and ends at the same level everywhere.
    """
    place = {card.key: number for number, card in enumerate(cards)}
    children: dict[str | None, list[Card]] = {}
    for card in cards:
        children.setdefault(card.parent, []).append(card)
    tops = deque(children.get(None, ()))
    is_overview = True
    while tops:
        top = tops.popleft()
        for group in _groups(children.get(top.key, ()), weigh, most - weigh(top)):
            shown, level = [top, *group], group
            folded: list[Card] = []
            left = most - sum(map(weigh, shown))
            while level:
                parents = [card for card in level if card.key in children]
                costs = [sum(map(weigh, children[card.key])) for card in parents]
                if is_overview and sum(costs) > left:
                    folded += parents
                    break
                level = []
                for card, cost in zip(parents, costs, strict=True):
                    if cost > left:
                        folded.append(card)
                        continue
                    left -= cost
                    level += children[card.key]
                shown += level
            tops.extend(folded)
            yield _Part(top, tuple(sorted(shown, key=lambda card: place[card.key])), tuple(folded))
            is_overview = False


def _groups(cards: Iterable[Card], weigh: Weigh, most: int) -> Iterator[list[Card]]:
    """Cards in groups that weigh at most `most` if they can; one empty group if there are none."""
    group: list[Card] = []
    left = most
    for card in cards:
        if group and weigh(card) > left:
            yield group
            group, left = [], most
        group.append(card)
        left -= weigh(card)
    yield group


def _below(cards: Sequence[Card]) -> tuple[dict[str, int], dict[str, int]]:
    """How many teams are below each card, and how many seats these have; by key."""
    teams, seats = ({card.key: 0 for card in cards} for _ in range(2))
    continues = {card.key for card in cards} - {card.key for card in _firsts(cards)}
    for card in reversed(cards):
        if card.parent is not None and card.key not in continues and card.mark != "gone":
            teams[card.parent] += teams[card.key] + 1
            seats[card.parent] += card.headcount
    return teams, seats


def _firsts(cards: Iterable[Card]) -> Iterator[Card]:
    """The first card of each team."""
    seen: set[str] = set()
    for card in cards:
        if card.team not in seen:
            seen.add(card.team)
            yield card


def _own(cards: Iterable[Card]) -> dict[str, str]:
    """The key of the first card of each team, by its id."""
    return {card.team: card.key for card in _firsts(cards)}


def _shown_by(cards: Iterable[Card], part: _Part) -> dict[str, str]:
    """The key of the card that stands for each team on a sheet: its own, or the nearest above it."""
    shown = {card.key for card in part.cards}
    stands: dict[str, str] = {}
    by_team: dict[str, str] = {}
    for card in cards:
        key = card.key if card.key in shown else stands.get(card.parent or "")
        if key is not None:
            stands[card.key] = key
            by_team.setdefault(card.team, key)
    return by_team


def _links(links: Iterable[KnowledgeLink], shown: Mapping[str, str]) -> Iterator[Link]:
    """The lines of knowledge between cards; those between the same two are one."""
    topics: dict[tuple[str, str], dict[str, None]] = {}
    both_ways: set[tuple[str, str]] = set()
    for link in links:
        source, target = shown.get(link.source), shown.get(link.target)
        if source is None or target is None or source == target:
            continue
        pair = (source, target)
        if (target, source) in topics:
            pair = (target, source)
            both_ways.add(pair)
        if link.both_ways:
            both_ways.add(pair)
        topics.setdefault(pair, {}).update(dict.fromkeys(link.topics))
    for pair, names in topics.items():
        few = len(names) <= MAX_TOPICS
        label = join_list(names) if few else translate(sentence("{count:topic|topics}", count=len(names)))
        yield Link(*pair, label, pair in both_ways)


def _legend(cards: Sequence[Card], links: Sequence[Link]) -> Iterator[str]:
    """The signs that occur, in words."""
    roles = {card.mark for card in cards} | {line.role for card in cards for line in card.lines}
    for mark, sign in MARK_SIGNS.items():
        if mark in roles:
            yield f"{sign} {translate(sentence(MARKS[mark]))}"
    if any(card.is_focus for card in cards):
        yield translate(sentence("thick border: focus team"))
    if links:
        yield translate(sentence("dotted line: knowledge shared"))
