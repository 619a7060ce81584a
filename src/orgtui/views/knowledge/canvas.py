"""A plan as lines of runs: pieces of text that belong to one box, or to the same lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from orgtui.views.knowledge.routing import Plan, Point, Route, cells
from orgtui.views.knowledge.runs import BOX_HEIGHT, Run
from orgtui.views.knowledge.strokes import ALONG, CROSSING, DOWN, LEFT, RIGHT, UP, Strokes, Weight


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a link is drawn: `heads` are the nodes at which it has an arrow, `mark` stands at its corners."""

    weight: Weight
    heads: frozenset[int]
    mark: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is drawn in a cell: where each of its links leads, and a mark if there is one."""

    leads: dict[int, int]
    mark: str = ""


def drawn(
    plan: Plan, strokes: Sequence[Stroke], bridges: frozenset[int], characters: Strokes
) -> list[tuple[Run, ...]]:
    """The lines of a plan; `strokes` are by link, `bridges` the nodes with another border."""
    lines: dict[Point, _Cell] = {}
    ports: dict[Point, tuple[int, bool]] = {}
    nodes = {
        (x + along, y + down): node
        for node, (x, y) in plan.boxes.items()
        for down in (0, BOX_HEIGHT - 1)
        for along in range(plan.box_width)
    }
    for route in plan.routes:
        stroke = strokes[route.link]
        for end in (route.points[0], route.points[-1]):
            ports[end] = route.link, nodes[end] in stroke.heads
        _draw(route, stroke.mark, lines)
    boxes: list[list[tuple[int, int, int]]] = [[] for _ in range(plan.height)]
    for node, (x, y) in plan.boxes.items():
        for part in range(BOX_HEIGHT):
            boxes[y + part].append((x, part, node))
    across: list[list[int]] = [[] for _ in range(plan.height)]
    for x, y in lines:
        across[y].append(x)
    made = []
    for y, in_line in enumerate(boxes):
        runs: list[tuple[int, Run]] = []
        for x, part, node in in_line:
            border = characters.bridge if node in bridges else characters.box
            runs += _box_runs(x, y, part, node, plan.box_width, border, ports, node in bridges, characters)
        for x in sorted(across[y]):
            cell = lines[x, y]
            text = cell.mark or _character(cell.leads, strokes, characters)
            runs.append((x, Run(text, 1, links=tuple(cell.leads), is_mark=bool(cell.mark))))
        made.append(tuple(_joined(sorted(runs, key=lambda each: each[0]))))
    return made


def _draw(route: Route, mark: str, lines: dict[Point, _Cell]) -> None:
    """Draw a line between its ends, which are in the borders of boxes."""
    path = list(cells(route.points))
    corners = set(route.points[1:-1]) or {path[1]}
    marked = {min(corners, key=path.index), max(corners, key=path.index)} if mark else set()
    for before, here, after in zip(path, path[1:], path[2:], strict=False):
        leads = dict(lines[here].leads) if here in lines else {}
        leads[route.link] = _towards(here, before) | _towards(here, after)
        kept = lines[here].mark if here in lines else ""
        lines[here] = _Cell(leads, mark if here in marked else kept)


def _towards(here: Point, there: Point) -> int:
    along, down = there[0] - here[0], there[1] - here[1]
    return {(-1, 0): LEFT, (1, 0): RIGHT, (0, -1): UP, (0, 1): DOWN}[along, down]


def _character(leads: Mapping[int, int], strokes: Sequence[Stroke], characters: Strokes) -> str:
    """A line, or two that cross."""
    if len(leads) == 1:
        ((link, lead),) = leads.items()
        return characters.lines[strokes[link].weight][lead]
    (along, _), (down, _) = sorted(leads.items(), key=lambda each: each[1] != ALONG)
    return characters.crossings.get((strokes[along].weight, strokes[down].weight), CROSSING)


def _box_runs(
    x: int,
    y: int,
    part: int,
    node: int,
    width: int,
    border: str,
    ports: Mapping[Point, tuple[int, bool]],
    is_bridge: bool,
    characters: Strokes,
) -> Iterator[tuple[int, Run]]:
    """One of the lines of a box: its upper border, the room for its name, or its lower border."""
    if part == 1:
        yield x, Run(border[3], 1, node)
        yield x + 1, Run("", width - 2, node, is_name=True)
        yield x + width - 1, Run(border[3], 1, node)
        return
    top, bottom = border[:3], border[4:]
    first, edge, last = tuple(top if part == 0 else bottom)
    leads = UP if part == 0 else DOWN
    for at in range(width):
        plain = first if at == 0 else last if at == width - 1 else edge
        port = ports.get((x + at, y))
        if port is None:
            yield x + at, Run(plain, 1, node)
        else:
            link, has_head = port
            text = characters.heads[leads] if has_head else characters.tails[is_bridge][leads]
            yield x + at, Run(text, 1, node, (link,))


def _joined(runs: Sequence[tuple[int, Run]]) -> Iterator[Run]:
    """Runs with spaces between them, neighbours of the same box or the same lines in one."""
    end = 0
    waiting: Run | None = None
    for x, run in runs:
        if x > end:
            if waiting is not None:
                yield waiting
            yield Run(" " * (x - end), x - end)
            waiting = None
        end = x + run.width
        if waiting is not None and not (waiting.is_name or run.is_name) and waiting[2:] == run[2:]:
            waiting = waiting._replace(text=waiting.text + run.text, width=waiting.width + run.width)
        else:
            if waiting is not None:
                yield waiting
            waiting = run
    if waiting is not None:
        yield waiting
