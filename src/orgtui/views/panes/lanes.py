"""The funnel pane: functions as bars over the stages that they serve, by team or by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from orgtui.model.records import Function, Stage
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization, Set
from orgtui.views.base.cells import cell_len, centred, clip, column
from orgtui.views.base.marks import Comparison
from orgtui.views.base.row import Role, Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.panes.data_flow import Joint, joint_after, teams_serving
from orgtui.views.panes.outline import Outline
from orgtui.views.panes.sorted_list import SortedList
from orgtui.views.panes.stage_columns import Columns, abbreviated, columns_for, heads, least_width, most_width
from orgtui.views.panes.tree import MARK_ROLES
from orgtui.views.words.remarks import notes_in_full

LanesView = Literal["team", "area"]

VIEWS: tuple[LanesView, ...] = ("team", "area")

NO_TEAM = N_("No team yet")
NO_AREA = N_("No area")
FUNCTIONS = N_("functions")
TEAMS = N_("teams")
DATA = N_("data")
OWNED = N_("{stage}: {department}")

FUNNEL = Ref("funnel:")
"""The reference of the row that shows how stages are joined."""

NOWHERE = ""
"""Where a team stands that does not exist; the root stands below none."""

JOINT_ROLES: Mapping[Joint, Role] = {"tracked": "plain", "blind": "warning", "broken": "error"}


class Lanes:
    """Functions in groups, each with a bar over its stages; above them coverage and data flow by stage."""

    def __init__(self, scene: Scene, comparison: Comparison) -> None:
        self.scene = scene
        self.comparison = comparison
        self._view: LanesView = "team"
        self._stages: Sequence[Stage] = ()
        self._summary: tuple[Callable[[Columns], Row], ...] = (
            self._heading_row,
            self._functions_row,
            self._teams_row,
            self._data_row,
        )
        self._build()

    # -- rows ----------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self.headings + len(self._outline)

    @property
    def headings(self) -> int:
        """How many of the first rows do not scroll: the summary of stages, if there are stages."""
        return len(self._summary) if self._stages else 0

    def ref(self, index: int) -> Ref | None:
        if self.headings and index == self.headings - 1:
            return FUNNEL
        if not 0 <= index - self.headings < len(self._outline):
            return None
        ref = self._outline.at(index - self.headings).ref
        return ref if ref.id else None

    def index_of(self, ref: Ref) -> int | None:
        if ref == FUNNEL:
            return self.headings - 1 if self.headings else None
        index = self._outline.index_of(ref)
        return None if index is None else index + self.headings

    def row(self, index: int, width: int) -> Row:
        columns = self._columns(width)
        at = index - self.headings
        if at < 0:
            return self._summary[index](columns)
        place = self._outline.at(at)
        return self._group_row(place.branch.ref) if place.leaf is None else self._lane(place.leaf, columns)

    def full(self, index: int) -> tuple[Span, ...]:
        """The name of the row, or of each stage with who else works on it."""
        ref = self.ref(index)
        if ref is None:
            return ()
        if ref != FUNNEL:
            name = Span(f"{self.scene.names(ref)}{self.scene.signs_of(ref)}")
            return (name, *notes_in_full(self.scene, ref))
        within = f" {self.scene.signs.within} "
        noted = notes_in_full(self.scene, *(Ref.to("stage", stage.id) for stage in self._stages))
        return (Span(within.join(map(self._stage_and_owner, self._stages))), *noted)

    def _stage_and_owner(self, stage: Stage) -> str:
        owner = "" if stage.owner is None else self.scene.name("department", stage.owner)
        return self.scene.say(OWNED, stage=stage.name, department=owner) if owner else stage.name

    # -- views ---------------------------------------------------------------------------------

    @property
    def view(self) -> LanesView:
        return self._view

    def next_view(self) -> LanesView:
        """Switch between groups by team and by area."""
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        self._build()
        return self._view

    # -- change --------------------------------------------------------------------------------

    def patch(self, sets: Iterable[Set]) -> None:
        """Update by the assignments made."""
        sets = list(sets)
        groups: dict[str, None] = {}
        for each in sets:
            if each.table == "function":
                records = [record for record in (each.old, each.new) if record is not None]
                self._count_names(each)
                groups |= dict.fromkeys(getattr(record, self._view) or "" for record in records)
            elif each.table == self._view:
                groups[str(each.key)] = None
            elif each.table == "stage":
                self._stages = tuple(self.scene.organization.stages.values())
        before = list(self._groups)
        if self._view == "team" and any(each.table == "team" and _moved(each) for each in sets):
            self._sort(before)
        for group in groups:
            if self._functions(group):
                self._groups.put(group, self._order(group))
            else:
                self._groups.drop(group)
        if list(self._groups) != before:
            self._fill_top()
        for group in groups:
            self._fill(group)

    def _count_names(self, change: Set) -> None:
        """Keep count of how many functions have names of each width."""
        if isinstance(change.new, Function):
            self._widths[_name_width(change.new)] += 1
        if isinstance(change.old, Function):
            width = _name_width(change.old)
            self._widths[width] -= 1
            if not self._widths[width]:
                del self._widths[width]

    # -- the outline ---------------------------------------------------------------------------

    def _build(self) -> None:
        organization = self.scene.organization
        self._stages = tuple(organization.stages.values())
        groups = {getattr(function, self._view) or "" for function in organization.functions.rows().values()}
        self._widths = Counter(map(_name_width, organization.functions.rows().values()))
        self._sort(groups)
        self._outline = Outline()
        self._fill_top()
        for group in self._groups:
            self._fill(group)

    def _sort(self, groups: Iterable[str]) -> None:
        """Put groups in order, teams as they stand in the tree now."""
        self._places = _places_in_tree(self.scene.organization) if self._view == "team" else {}
        self._groups = SortedList((self._order(group), group) for group in groups)

    def _fill_top(self) -> None:
        refs = [Ref.to(self._view, group) for group in self._groups]
        for branch in self._outline.fill(self._outline.top, (), refs):
            self._outline.set_open(branch, True)

    def _fill(self, group: str) -> None:
        branch = self._outline.branch(Ref.to(self._view, group))
        if branch is not None:
            rank = self.scene.organization.functions.rank
            functions = sorted(self._functions(group), key=rank)
            self._outline.fill(branch, [Ref.to("function", key) for key in functions], ())

    def _functions(self, group: str) -> Iterable[str]:
        organization = self.scene.organization
        if not group:
            records = organization.functions.rows().values()
            return [each.id for each in records if getattr(each, self._view) is None]
        return organization.index("functions_of" if self._view == "team" else "in_area", group)

    def _order(self, group: str) -> float:
        """The sort key of a group: teams as in the tree, areas in file order, no group last."""
        if not group:
            return float("inf")
        if self._view == "area":
            return self.scene.organization.areas.rank(group)
        return self._places.get(group, len(self._places))

    # -- words ---------------------------------------------------------------------------------

    def _columns(self, width: int) -> Columns:
        """The columns for a width, by what names, heads and numbers need."""
        signs = cell_len(f" {self.scene.signs.pinned}") if self.scene.pins else 0
        signs += cell_len(f" {self.scene.signs.note}") if self.scene.organization.notes.rows() else 0
        captions = (cell_len(self.scene.say(caption)) for caption in (FUNCTIONS, TEAMS, DATA))
        names = 2 + max(*captions, signs + max(self._widths, default=0)) + 1
        if not self.headings:
            return columns_for(width, names, (), (), ())
        served = self._served()
        numbers = [0 if span.role == "dim" else len(span.text) for span in served]
        least = [*map(max, map(least_width, self._stages), numbers)]
        most = map(max, map(most_width, self._stages), least, (cell_len(span.text) for span in served))
        return columns_for(width, names, tuple(numbers), tuple(least), tuple(most))

    def _heading_row(self, columns: Columns) -> Row:
        names = heads(self._stages[: len(columns.stages)], columns.stages, self.scene.signs.ellipsis)
        cells = (
            Span(f"{centred(name, width)} ", self.scene.hue(Ref.to("stage", stage.id)))
            for name, width, stage in zip(names, columns.stages, self._stages, strict=False)
        )
        left_out = len(self._stages) - len(columns.stages)
        more = f"+{left_out} " if left_out else ""
        return Row(None, (Span(f"{more:>{columns.label}}", "heading"), *cells))

    def _group_row(self, ref: Ref) -> Row:
        if not ref.id:
            return Row(None, (Span(self.scene.say(NO_TEAM if self._view == "team" else NO_AREA), "dim"),))
        name = Span(f"{self.scene.names(ref)}{self.scene.signs_of(ref)}", "heading")
        if ref.kind != "area":
            return Row(ref, (name,), (), self._margin(ref))
        return Row(
            ref, (Span(f"{self.scene.signs.function} ", self.scene.hue(ref)), name), (), self._margin(ref)
        )

    def _lane(self, ref: Ref, columns: Columns) -> Row:
        function = self.scene.organization.functions.get(ref.id)
        if function is None:
            return Row(ref, ())
        signs = self.scene.signs_of(ref)
        room = columns.label - 1 - cell_len(signs)
        name = f"  {function.name}"
        if cell_len(name) > room:
            name = clip(name, room, self.scene.signs.ellipsis)
        label = column(f"{name}{signs}", columns.label - 1, self.scene.signs.ellipsis) + " "
        served = [stage.id in function.stages for stage in self._stages]
        sign = self.scene.signs.bar
        bar = (
            Span(
                (sign if here else " ") * width + (sign if here and after else " "),
                "dim" if function.team is None else self.scene.hue(Ref.to("stage", stage.id)),
            )
            for width, here, after, stage in zip(
                columns.stages, served, (*served[1:], False), self._stages, strict=False
            )
        )
        return Row(ref, (Span(label), *bar), (), self._margin(ref))

    def _functions_row(self, columns: Columns) -> Row:
        return self._counts(FUNCTIONS, self._served(), columns)

    def _served(self) -> list[Span]:
        """How many functions serve each stage, or the department that alone works on it."""
        counts = [len(self.scene.organization.index("serving", stage.id)) for stage in self._stages]
        return [
            Span(self.scene.name("department", stage.owner), "dim")
            if stage.owner is not None and not count
            else Span(str(count), "number" if count else "error")
            for stage, count in zip(self._stages, counts, strict=True)
        ]

    def _teams_row(self, columns: Columns) -> Row:
        counts = [len(teams_serving(self.scene.view, stage.id)) for stage in self._stages]
        nothing = Span(self.scene.signs.nothing, "dim")
        return self._counts(TEAMS, [Span(str(n), "number") if n else nothing for n in counts], columns)

    def _counts(self, label: str, counts: Sequence[Span], columns: Columns) -> Row:
        cells = (
            Span(centred(abbreviated(span.text, width, self.scene.signs.ellipsis), width) + " ", span.role)
            for span, width in zip(counts, columns.stages, strict=False)
        )
        return Row(None, (self._label(label, columns), *cells))

    def _data_row(self, columns: Columns) -> Row:
        spans = [self._label(DATA, columns)]
        for stage, width in zip(self._stages, columns.stages, strict=False):
            joint = joint_after(self.scene.view, stage.id)
            if joint is None:
                spans.append(Span(" " * (width + 1)))
            else:
                spans.append(Span(self._joint(joint, width) + " ", JOINT_ROLES[joint]))
        return Row(FUNNEL, tuple(spans))

    def _joint(self, joint: Joint, room: int) -> str:
        signs = self.scene.signs
        if joint == "broken":
            return centred(signs.broken, room)
        line = signs.tracked if joint == "tracked" else signs.blind
        return line if room == 1 else line * (room - 1) + signs.arrow

    def _label(self, label: str, columns: Columns) -> Span:
        return Span(column(f"  {self.scene.say(label)}", columns.label, self.scene.signs.ellipsis), "dim")

    def _margin(self, ref: Ref) -> Span:
        mark = self.comparison.mark_of(ref)
        return Span("") if mark is None else Span(getattr(self.scene.signs, mark), MARK_ROLES[mark])


def _name_width(function: Function) -> int:
    return cell_len(function.name)


def _moved(each: Set) -> bool:
    """Whether an assignment changes where a team stands, or whether it does."""
    return getattr(each.old, "parent", NOWHERE) != getattr(each.new, "parent", NOWHERE)


def _places_in_tree(organization: Organization) -> dict[str, int]:
    """The place of each team in the tree, counted from the top with the teams below it next."""
    places: dict[str, int] = {}
    left = [""]
    while left:
        team = left.pop()
        places[team] = len(places)
        left += sorted(organization.index("children", team), key=organization.teams.rank, reverse=True)
    return places
