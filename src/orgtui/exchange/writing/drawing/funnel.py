"""The funnel as a picture: which team serves which stage with what, who serves none, where data runs on.

Stages are columns, teams are lanes, a function is a bar over the stages that it serves. Below the lanes
stands how many serve each stage, and how it hands over to the next. A funnel of several pages begins with
one by division; one that would need too many pages has only that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from orgtui.exchange.writing.drawing.shapes import Box, Connector, Drawing, LineStyle, Role, Words
from orgtui.exchange.writing.drawing.sheet import (
    LARGE,
    LEADING,
    MARGIN,
    NORMAL,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SMALL,
    Legend,
    Paragraph,
    Sheet,
    area_legend,
    height_of,
    joined,
    legend_height,
    mark_legend,
    numbered,
    place,
    sign_of,
)
from orgtui.exchange.writing.report import Area, Joint, Lane, Mark, Report, Stage, Structure, Team, Work
from orgtui.exchange.writing.words import MARKS
from orgtui.locales import join_list, translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.views.base.signs import UNICODE

When = Literal["before", "after"]

LABEL_WIDTH = 150.0
"""The column of the teams' names."""

COLUMN_MIN_WIDTH = 80.0
COLUMN_MAX_WIDTH = 170.0
BOTH_COLUMN_MIN_WIDTH = 72.0
STAGES_MOST = 12
"""Stages on one page; those beyond stand on further pages."""

PAGES_MOST = 12
"""With more pages of lanes than this, a funnel is told by division only."""

BOTH_LANES_MOST = 24

_LANES_MOST = 24
"""Lanes that a page can have at all."""

_PADDING = 5.0
_GUTTER = 8.0
"""The free space between two columns."""

_ROW_GAP = 4.0
_LANE_GAP = 12.0
_SECTION_GAP = 14.0
_NUMBER_WIDTH = 12.0
_JOINT_SIZE = 8.0

TITLES: dict[When, str] = {"before": N_("Funnel before"), "after": N_("Funnel after")}

JOINTS: dict[Joint, tuple[str, Role, LineStyle | None]] = {
    "tracked": (N_("tracked"), "plain", "solid"),
    "blind": (N_("not tracked"), "warning", "dashed"),
    "broken": (N_("broken"), "error", None),
}
"""How each joint is told: its word, its role, and its line if one runs there."""


def draw_funnel(report: Report, structure: Structure, when: When) -> tuple[Drawing, ...]:
    """The funnel of one state, in one page or several; nothing if the organisation has no stages."""
    stages = structure.funnel.stages
    if not stages:
        return ()
    grid = _Grid.of(report, structure, when)
    title = translate(sentence(TITLES[when] if report.has_plan else N_("Funnel")))
    alt = _told(title, structure)
    chunks = [
        range(start, min(start + STAGES_MOST, len(stages))) for start in range(0, len(stages), STAGES_MOST)
    ]
    divisions = _by_division(structure)

    def overview() -> list[Page]:
        return [
            page
            for chunk in chunks
            for page in _paged(grid, chunk, [_division(grid, chunk, *each) for each in divisions])
        ]

    if len(structure.funnel.lanes) > PAGES_MOST * _LANES_MOST:
        pages = overview()
    else:
        pages = [
            page
            for chunk in chunks
            for page in _paged(grid, chunk, [_lane(grid, chunk, lane) for lane in structure.funnel.lanes])
        ]
        if len(pages) > 1:
            pages = overview() + (pages if len(pages) <= PAGES_MOST else [])
    return numbered(
        [page.drawing(f"funnel-{when}", title, alt, width, height) for page, width, height in pages]
    )


def draw_funnels(report: Report) -> tuple[Drawing, ...]:
    """Both funnels, side by side with the same team at the same place if that fits, else one after the other.

    Without a plan there is one.
    """
    if not report.has_plan:
        return draw_funnel(report, report.after, "after")
    both = _side_by_side(report)
    if both is not None:
        return (both,)
    return (*draw_funnel(report, report.before, "before"), *draw_funnel(report, report.after, "after"))


@dataclass(frozen=True, slots=True)
class _Grid:
    """What all pages of one funnel share.

    `teams` are those of its state by id, `others` those of the other state.
    """

    when: When
    structure: Structure
    teams: Mapping[str, Team]
    others: Mapping[str, Team]
    stages: tuple[Stage, ...]
    areas: dict[str, Area]
    place: dict[str, int]

    @classmethod
    def of(cls, report: Report, structure: Structure, when: When) -> _Grid:
        stages = structure.funnel.stages
        return cls(
            when,
            structure,
            {team.id: team for team in structure.teams},
            {team.id: team for team in (report.after if when == "before" else report.before).teams},
            stages,
            {area.id: area for area in report.areas},
            {stage.id: number for number, stage in enumerate(stages)},
        )


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of some stages stand: the left edge of the first, and the width of each."""

    stages: range
    left: float
    width: float

    @classmethod
    def of(cls, stages: range, left: float, room: float) -> _Columns:
        return cls(stages, left, min(COLUMN_MAX_WIDTH, max(COLUMN_MIN_WIDTH, room / len(stages))))

    @property
    def right(self) -> float:
        return self.left + len(self.stages) * self.width

    def edges(self, first: int, last: int) -> tuple[float, float]:
        """The left and the right edge of what stands in some columns, without the gutters beside it."""
        start = self.left + (first - self.stages.start) * self.width
        end = self.left + (last + 1 - self.stages.start) * self.width
        return start + _GUTTER / 2, end - _GUTTER / 2

    def centre(self, stage: int) -> float:
        return self.left + (stage - self.stages.start + 0.5) * self.width


Run = tuple[int, int]
"""The first and the last of neighbouring stages."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """A function, or what a division does for a stage: its words in one of its runs of stages.

    `marks` are those that its words mention besides its own.
    """

    id: str
    name: str
    runs: tuple[Run, ...]
    paragraphs: tuple[Paragraph, ...]
    area: Area | None = None
    mark: Mark | None = None
    marks: frozenset[Mark] = frozenset()

    @property
    def longest(self) -> Run:
        """The run that has the words."""
        return max(self.runs, key=lambda run: (run[1] - run[0], -run[0]))

    def words_width(self, columns: _Columns) -> float:
        left, right = columns.edges(*self.longest)
        return right - left - 2 * _PADDING - (0 if self.area is None else _NUMBER_WIDTH)

    def height(self, columns: _Columns) -> float:
        return height_of(self.paragraphs, self.words_width(columns)) + 2 * _PADDING


@dataclass(frozen=True, slots=True)
class _Lane:
    """A team's name and its bars, in rows in which none stands above another."""

    label: tuple[Paragraph, ...]
    rows: tuple[tuple[_Bar, ...], ...]

    def heights(self, columns: _Columns) -> list[float]:
        """The heights of the rows; the last is at least so high that the name stands beside them."""
        heights = [max(bar.height(columns) for bar in row) for row in self.rows]
        missing = height_of(self.label, LABEL_WIDTH - 2 * _PADDING) + 2 * _PADDING - _stacked(heights)
        return [*heights[:-1], heights[-1] + max(0.0, missing)] if heights else [missing + _stacked(heights)]


def _stacked(heights: Sequence[float]) -> float:
    return sum(heights) + _ROW_GAP * max(0, len(heights) - 1)


def _lane(grid: _Grid, chunk: range, lane: Lane) -> _Lane:
    """The lane of a team over some stages."""
    bars = [bar for work in lane.functions if (bar := _bar(grid, chunk, work)) is not None]
    return _Lane(_label(grid, lane.team, lane.name, lane.mark), _packed(bars))


def _label(grid: _Grid, team: str, name: str, mark: Mark | None) -> tuple[Paragraph, ...]:
    """A team's name, and what it is called or merged into in the other state if that differs."""
    paragraph = Paragraph(
        f"{sign_of(mark)}{name}", NORMAL, mark or "plain", is_bold=True, is_struck=mark == "gone"
    )
    now, other = grid.teams.get(team), grid.others.get(team)
    note: Sentence | None = None
    if other is not None and other.name != name:
        told = N_("becomes {other}") if grid.when == "before" else N_("was {other}")
        note = sentence(told, other=other.name)
    elif now is not None and now.mark == "gone" and now.elsewhere is not None:
        note = sentence(N_("to {other}"), other=now.elsewhere)
    return (paragraph,) if note is None else (paragraph, Paragraph(translate(note), SMALL, "dim"))


def _bar(grid: _Grid, chunk: range, work: Work) -> _Bar | None:
    """The bar of a function over some stages; None if it serves none of them."""
    served = sorted(grid.place[stage] for stage in work.stages if grid.place.get(stage, -1) in chunk)
    if not served:
        return None
    name = Paragraph(
        f"{sign_of(work.mark)}{work.name}", NORMAL, work.mark or "plain", is_struck=work.mark == "gone"
    )
    whereto: tuple[Paragraph, ...] = ()
    if work.elsewhere is not None:
        told = N_("to {other}") if grid.when == "before" else N_("from {other}")
        whereto = (Paragraph(translate(sentence(told, other=work.elsewhere)), SMALL, "dim"),)
    area = None if work.area is None else grid.areas.get(work.area)
    spoken = f"{work.name}: {join_list(grid.stages[stage].name for stage in served)}"
    return _Bar(work.id, spoken, tuple(_runs(served)), (name, *whereto), area, work.mark)


def _runs(served: Sequence[int]) -> Iterator[Run]:
    """Numbers in order as runs of neighbours."""
    first = last = served[0]
    for number in served[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _packed(bars: Sequence[_Bar]) -> tuple[tuple[_Bar, ...], ...]:
    """Bars in as few rows as their order allows, none above another, gaps within a bar left free."""
    rows: list[list[_Bar]] = []
    for bar in bars:
        first, last = bar.runs[0][0], bar.runs[-1][1]
        for row in rows:
            if all(last < each.runs[0][0] or first > each.runs[-1][1] for each in row):
                row.append(bar)
                break
        else:
            rows.append([bar])
    return tuple(tuple(row) for row in rows)


def _by_division(structure: Structure) -> list[tuple[str, str, Mark | None, list[Lane]]]:
    """The divisions in the order of the tree, each with the lanes of all its teams."""
    root = structure.root.id
    division: dict[str, str] = {}
    for team in structure.teams:
        own = team.parent is None or team.id == root or team.parent == root
        division[team.id] = team.id if own or team.parent is None else division[team.parent]
    lanes: dict[str, list[Lane]] = {}
    for lane in structure.funnel.lanes:
        lanes.setdefault(division[lane.team], []).append(lane)
    return [(team.id, team.name, team.mark, lanes[team.id]) for team in structure.teams if team.id in lanes]


def _division(
    grid: _Grid, chunk: range, identity: str, name: str, mark: Mark | None, lanes: Sequence[Lane]
) -> _Lane:
    """The lane of a division: for each stage how many functions of how many teams serve it."""
    functions = dict.fromkeys(chunk, 0)
    teams = dict.fromkeys(chunk, 0)
    for lane in lanes:
        served = [
            grid.place[stage] for work in lane.functions for stage in work.stages if stage in grid.place
        ]
        for stage in served:
            if stage in functions:
                functions[stage] += 1
        for stage in set(served) & teams.keys():
            teams[stage] += 1
    bars = [
        _Bar(
            f"{identity}-{stage}", f"{name}, {grid.stages[stage].name}", ((stage, stage),), _counts(count, of)
        )
        for stage, count, of in zip(chunk, functions.values(), teams.values(), strict=True)
        if count
    ]
    return _Lane(_label(grid, identity, name, mark), _packed(bars))


def _counts(functions: int, teams: int) -> tuple[Paragraph, ...]:
    return (
        Paragraph(translate(sentence(N_("{count:function|functions}"), count=functions)), NORMAL),
        Paragraph(translate(sentence(N_("{count:team|teams}"), count=teams)), SMALL, "dim"),
    )


Page = tuple[Sheet, float, float]
"""A page with its width and height."""


def _paged(grid: _Grid, chunk: range, lanes: Sequence[_Lane]) -> list[Page]:
    """Lanes over some stages on as many pages as they need; each has the heads and what stands below."""
    columns = _Columns.of(chunk, MARGIN + LABEL_WIDTH, PAGE_WIDTH - 2 * MARGIN - LABEL_WIDTH)
    width = columns.right + MARGIN
    kept = [lane for lane in lanes if lane.rows]
    legend = _legend_of(grid, kept)
    fixed = 2 * MARGIN + _heads_height(grid, columns) + _footer_height(grid, columns) + 3 * _SECTION_GAP
    room = PAGE_HEIGHT - fixed - legend_height(legend, width - 2 * MARGIN)
    pages: list[Page] = []
    for group in _split(kept, columns, room) or [[]]:
        sheet = Sheet()
        y = MARGIN + _put_heads(sheet, grid, columns, MARGIN) + _SECTION_GAP
        for number, lane in enumerate(group):
            if number:
                _put_border(sheet, columns.right, y + _LANE_GAP / 2)
                y += _LANE_GAP
            heights = lane.heights(columns)
            _put_label(sheet, lane, MARGIN, y)
            _put_rows(sheet, lane.rows, heights, columns, y, grid.when)
            y += _stacked(heights)
        y += _SECTION_GAP
        _put_footer_labels(sheet, grid, columns, y)
        y += _put_footer(sheet, grid, columns, y) + _SECTION_GAP
        y += sheet.legend(_legend_of(grid, group), MARGIN, y, width - 2 * MARGIN)
        pages.append((sheet, width, y + MARGIN))
    return pages


def _split(lanes: Sequence[_Lane], columns: _Columns, room: float) -> list[list[_Lane]]:
    """Lanes by page; one that does not fit on the rest of its page goes on on the next, its name again."""
    pages: list[list[_Lane]] = []
    used = room + 1
    for lane in lanes:
        whole = _stacked(lane.heights(columns))
        if used + _LANE_GAP + whole <= room:
            pages[-1].append(lane)
            used += _LANE_GAP + whole
            continue
        for part in _parts(lane, columns, room):
            pages.append([part])
            used = _stacked(part.heights(columns))
    return pages


def _parts(lane: _Lane, columns: _Columns, room: float) -> Iterator[_Lane]:
    """A lane cut between rows so that each part fits on a page of its own."""
    rows: list[tuple[_Bar, ...]] = []
    for row in lane.rows:
        if rows and _stacked(replace(lane, rows=(*rows, row)).heights(columns)) > room:
            yield replace(lane, rows=tuple(rows))
            rows = []
        rows.append(row)
    yield replace(lane, rows=tuple(rows))


def _legend_of(grid: _Grid, lanes: Sequence[_Lane]) -> list[Legend]:
    bars = [bar for lane in lanes for row in lane.rows for bar in row]
    areas = sorted(grid.areas.values(), key=lambda area: area.number)
    return joined(
        area_legend(areas, (bar.area.id for bar in bars if bar.area is not None)),
        mark_legend(
            (*(bar.mark for bar in bars), *(mark for bar in bars for mark in bar.marks), *_label_marks(lanes))
        ),
    )


def _label_marks(lanes: Sequence[_Lane]) -> Iterator[Mark | None]:
    roles = {paragraph.role for lane in lanes for paragraph in lane.label}
    return (mark for mark in MARKS if mark in roles)


def _head(stage: Stage) -> tuple[Paragraph, ...]:
    """A stage's name, and the department that works it."""
    name = Paragraph(stage.name, LARGE, "heading", is_bold=True)
    if stage.owner is None:
        return (name,)
    return name, Paragraph(
        translate(sentence(N_("worked by {department}"), department=stage.owner)), SMALL, "dim"
    )


def _heads_height(grid: _Grid, columns: _Columns) -> float:
    width = columns.width - _GUTTER
    return max(height_of(_head(grid.stages[stage]), width) for stage in columns.stages)


def _put_heads(sheet: Sheet, grid: _Grid, columns: _Columns, y: float) -> float:
    """The stages' names; gives their height."""
    for stage in columns.stages:
        left, right = columns.edges(stage, stage)
        sheet.write(_head(grid.stages[stage]), left, y, right - left, "middle")
    return _heads_height(grid, columns)


def _put_border(sheet: Sheet, right: float, y: float) -> None:
    """A thin line between two lanes."""
    ends = ((MARGIN, y), (right - _GUTTER / 2, y))
    sheet.connectors.append(Connector(ends, role="dim", style="dotted", width=0.5))


def _put_label(sheet: Sheet, lane: _Lane, x: float, y: float) -> None:
    sheet.write(lane.label, x, y + _PADDING, LABEL_WIDTH - 2 * _PADDING)


def _put_rows(
    sheet: Sheet,
    rows: Sequence[Sequence[_Bar]],
    heights: Sequence[float],
    columns: _Columns,
    y: float,
    when: When,
) -> None:
    for row, height in zip(rows, heights, strict=False):
        for bar in row:
            _put_bar(sheet, bar, columns, y, max(each.height(columns) for each in row), when)
        y += height + _ROW_GAP


def _put_bar(sheet: Sheet, bar: _Bar, columns: _Columns, y: float, height: float, when: When) -> None:
    """A box for each run of a bar, joined by a dotted line; the longest has the words."""
    ids = [f"{when}-{bar.id}-{columns.stages.start}-{first}" for first, _ in bar.runs]
    for identity, run in zip(ids, bar.runs, strict=True):
        left, right = columns.edges(*run)
        words: tuple[Words, ...] = ()
        if run == bar.longest:
            words = place(bar.paragraphs, left + _PADDING, y + _PADDING, bar.words_width(columns))
        if bar.area is not None:
            number = Paragraph(str(bar.area.number + 1), SMALL, "dim")
            words += place(
                (number,), right - _PADDING - _NUMBER_WIDTH, y + _PADDING + 1, _NUMBER_WIDTH, "end"
            )
        sheet.boxes.append(
            Box(
                identity,
                left,
                y,
                right - left,
                height,
                words,
                role=bar.mark or "plain",
                tone=None if bar.area is None else bar.area.number,
                style="dashed" if bar.mark == "gone" else "solid",
                name=bar.name,
            )
        )
    middle = y + height / 2
    for (one, (_, last)), (other, (first, _)) in pairwise(zip(ids, bar.runs, strict=True)):
        ends = ((columns.edges(last, last)[1], middle), (columns.edges(first, first)[0], middle))
        sheet.connectors.append(Connector(ends, one, other, "dim", "dotted"))


def _coverage(stage: Stage) -> tuple[Paragraph, ...]:
    """Who serves a stage, in words."""
    if stage.functions:
        return _counts(stage.functions, stage.teams)
    if stage.owner is not None:
        return (Paragraph(translate(sentence(N_("no function of ours"))), SMALL, "dim"),)
    nobody = translate(sentence(N_("nobody works it")))
    return (Paragraph(f"{UNICODE.error} {nobody}", NORMAL, "error"),)


def _joint(grid: _Grid, stage: int) -> tuple[Paragraph, ...]:
    """How a stage hands over to the next, in words."""
    joint = grid.stages[stage].joint
    if joint is None:
        return ()
    word, role, style = JOINTS[joint]
    sign = "" if style is not None else f"{UNICODE.broken} "
    return (Paragraph(f"{sign}{translate(sentence(word))}", SMALL, role),)


def _joints(grid: _Grid, columns: _Columns) -> list[int]:
    """The stages of some columns that something is told of between them and the next."""
    return [
        stage
        for stage in columns.stages
        if grid.stages[stage].joint is not None and stage + 1 < len(grid.stages)
    ]


def _coverage_height(grid: _Grid, columns: _Columns) -> float:
    width = columns.width - _GUTTER - 2 * _PADDING
    highest = max(height_of(_coverage(grid.stages[stage]), width) for stage in columns.stages)
    label = height_of((_footer_label(N_("Who serves it")),), LABEL_WIDTH - 2 * _PADDING)
    return max(highest, label) + 2 * _PADDING


def _joints_height(grid: _Grid, columns: _Columns) -> float:
    width = columns.width - 2 * _GUTTER
    highest = max((height_of(_joint(grid, stage), width) for stage in _joints(grid, columns)), default=0.0)
    label = height_of((_footer_label(N_("Data to the next stage")),), LABEL_WIDTH - 2 * _PADDING)
    return max(highest + _JOINT_SIZE + 6, label)


def _footer_height(grid: _Grid, columns: _Columns) -> float:
    return _coverage_height(grid, columns) + _LANE_GAP + _joints_height(grid, columns)


def _footer_label(template: str) -> Paragraph:
    return Paragraph(translate(sentence(template)), NORMAL, "dim", is_bold=True)


def _put_footer_labels(sheet: Sheet, grid: _Grid, columns: _Columns, y: float) -> None:
    width = LABEL_WIDTH - 2 * _PADDING
    sheet.write((_footer_label(N_("Who serves it")),), MARGIN, y + _PADDING, width)
    y += _coverage_height(grid, columns) + _LANE_GAP
    sheet.write((_footer_label(N_("Data to the next stage")),), MARGIN, y, width)


def _put_footer(sheet: Sheet, grid: _Grid, columns: _Columns, y: float) -> float:
    """How many serve each stage, and below it how each hands over to the next; gives the height."""
    height = _coverage_height(grid, columns)
    for stage in columns.stages:
        left, right = columns.edges(stage, stage)
        paragraphs = _coverage(grid.stages[stage])
        is_served = bool(grid.stages[stage].functions or grid.stages[stage].owner)
        inner = right - left - 2 * _PADDING
        top = y + (height - height_of(paragraphs, inner)) / 2
        words = place(paragraphs, left + _PADDING, top, inner, "middle")
        sheet.boxes.append(
            Box(
                f"{grid.when}-stage-{stage}",
                left,
                y,
                right - left,
                height,
                words,
                role="plain" if is_served else "error",
                style="solid" if is_served else "dashed",
                is_filled=is_served,
                name=f"{grid.stages[stage].name}: {join_list(each.text for each in paragraphs)}",
            )
        )
    y += height + _LANE_GAP
    for stage in columns.stages:
        sheet.boxes.append(
            Box(
                f"{grid.when}-joint-{stage}",
                columns.centre(stage) - _JOINT_SIZE / 2,
                y,
                _JOINT_SIZE,
                _JOINT_SIZE,
                name=grid.stages[stage].name,
            )
        )
    for stage in _joints(grid, columns):
        _put_joint(sheet, grid, columns, stage, y)
    return _footer_height(grid, columns)


def _put_joint(sheet: Sheet, grid: _Grid, columns: _Columns, stage: int, y: float) -> None:
    """The line from a stage to the next with its word below; the last of a page has only its word."""
    joint = grid.stages[stage].joint
    if joint is None:
        return
    _, role, style = JOINTS[joint]
    is_last = stage == columns.stages.stop - 1
    start, end = (
        columns.centre(stage) + _JOINT_SIZE / 2,
        columns.centre(stage) + columns.width - _JOINT_SIZE / 2,
    )
    middle = y + _JOINT_SIZE / 2
    if style is not None and not is_last:
        sheet.connectors.append(
            Connector(
                ((start, middle), (end, middle)),
                f"{grid.when}-joint-{stage}",
                f"{grid.when}-joint-{stage + 1}",
                role,
                style,
                has_arrow=True,
            )
        )
    width = columns.width - 2 * _GUTTER
    left = columns.centre(stage) + (_GUTTER if not is_last else _GUTTER - columns.width / 2)
    below = y + _JOINT_SIZE + 4 if style is not None or is_last else middle - SMALL * LEADING / 2
    sheet.write(_joint(grid, stage), left, below, width, "middle")


def _side_by_side(report: Report) -> Drawing | None:
    """Both funnels on one page, each team in one lane; None if they do not fit."""
    before, after = _Grid.of(report, report.before, "before"), _Grid.of(report, report.after, "after")
    count = len(before.stages) + len(after.stages)
    if not before.stages or not after.stages:
        return None
    gap = 2 * MARGIN
    width = (PAGE_WIDTH - 2 * MARGIN - LABEL_WIDTH - gap) / count
    if width < BOTH_COLUMN_MIN_WIDTH:
        return None
    width = min(width, COLUMN_MAX_WIDTH)
    left = _Columns(range(len(before.stages)), MARGIN + LABEL_WIDTH, width)
    right = _Columns(range(len(after.stages)), left.right + gap, width)
    order = _common_order(report.before.funnel.lanes, report.after.funnel.lanes)
    if len(order) > BOTH_LANES_MOST:
        return None
    sides = ((before, left), (after, right))
    return _both_page(report, sides, order)


def _common_order(before: Sequence[Lane], after: Sequence[Lane]) -> list[str]:
    """The teams of both states: in the order after, and those that went behind the one they stood behind."""
    order = [lane.team for lane in after]
    present = set(order)
    previous: str | None = None
    for lane in before:
        if lane.team not in present:
            order.insert(0 if previous is None else order.index(previous) + 1, lane.team)
        previous = lane.team
    return order


def _both_page(
    report: Report, sides: tuple[tuple[_Grid, _Columns], tuple[_Grid, _Columns]], order: Sequence[str]
) -> Drawing | None:
    sheet = Sheet()
    (before, left), (after, right) = sides
    full = right.right - MARGIN
    y = MARGIN
    for grid, columns in sides:
        heading = Paragraph(translate(sentence(TITLES[grid.when])), LARGE + 2, "heading", is_bold=True)
        sheet.write((heading,), columns.left, y, columns.right - columns.left, "middle")
    y += 1.6 * (LARGE + 2)
    y += max(_put_heads(sheet, grid, columns, y) for grid, columns in sides) + _SECTION_GAP
    shown: list[_Lane] = []
    lanes = [{lane.team: lane for lane in grid.structure.funnel.lanes} for grid, _ in sides]
    for number, team in enumerate(order):
        if number:
            _put_border(sheet, right.right, y - _LANE_GAP / 2)
        own = [
            None if team not in of else _lane(grid, columns.stages, of[team])
            for of, (grid, columns) in zip(lanes, sides, strict=True)
        ]
        present = [lane for lane in own if lane is not None]
        shown += present
        label = present[-1]
        if own[0] is not None and own[1] is None:
            label = own[0]
        _put_label(sheet, label, MARGIN, y)
        height = 0.0
        for lane, (grid, columns) in zip(own, sides, strict=True):
            if lane is not None:
                heights = lane.heights(columns)
                _put_rows(sheet, lane.rows, heights, columns, y, grid.when)
                height = max(height, _stacked(heights))
        y += height + _LANE_GAP
    y += _SECTION_GAP - _LANE_GAP
    _put_footer_labels(sheet, before, left, y)
    y += max(_put_footer(sheet, grid, columns, y) for grid, columns in sides) + _SECTION_GAP
    y += sheet.legend(_legend_of(after, shown), MARGIN, y, full)
    title = translate(sentence(N_("Funnel before and after")))
    alt = f"{_told(translate(sentence(TITLES['before'])), before.structure)} " + _told(
        translate(sentence(TITLES["after"])), after.structure
    )
    if y + MARGIN > PAGE_HEIGHT:
        return None
    return sheet.drawing("funnel-both", title, alt, full + 2 * MARGIN, y + MARGIN)


def _told(title: str, structure: Structure) -> str:
    """A funnel in words, for those who do not see the picture."""
    stages, lanes = structure.funnel.stages, structure.funnel.lanes
    following = dict(pairwise(stages))
    template = N_(
        "{title}: {stages:stage|stages}, served by {functions:function|functions} of {teams:team|teams}."
    )
    functions = sum(len(lane.functions) for lane in lanes)
    told = sentence(template, title=title, stages=len(stages), functions=functions, teams=len(lanes))
    parts = [translate(told)]
    unserved = [stage.name for stage in stages if not stage.functions and stage.owner is None]
    if unserved:
        parts.append(translate(sentence(N_("Nobody works {stages}."), stages=unserved)))
    gaps: tuple[tuple[Joint, str], ...] = (
        ("broken", N_("Broken: {pairs}.")),
        ("blind", N_("Not tracked: {pairs}.")),
    )
    for joint, template in gaps:
        pairs = [
            f"{one.name} {UNICODE.becomes} {other.name}"
            for one, other in following.items()
            if one.joint == joint
        ]
        if pairs:
            parts.append(translate(sentence(template, pairs=pairs)))
    return " ".join(parts)
