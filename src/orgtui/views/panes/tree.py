"""The teams pane: teams with functions and people as a tree, with marks of change against the baseline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Literal

from orgtui.model.records import Function, Person, Team
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Set
from orgtui.rules.facts.teams import seats_below
from orgtui.rules.policy import SEVERITIES
from orgtui.views.base.cells import cell_len, clip, shared_widths
from orgtui.views.base.marks import Comparison, Mark
from orgtui.views.base.row import Role, Row, Span, uncut
from orgtui.views.base.scene import Scene
from orgtui.views.base.signs import Signs
from orgtui.views.panes.badges import Badge, Badges
from orgtui.views.panes.outline import Branch, Outline
from orgtui.views.panes.sorted_list import SortedList
from orgtui.views.panes.team_contents import BASELINE_KIND, TeamContents, present_ref
from orgtui.views.words.fits import Worth, fit_spans
from orgtui.views.words.pay import pay_spans
from orgtui.views.words.remarks import notes_in_full
from orgtui.views.words.standing import assistant_mark, lead_words

TreeView = Literal["all", "present", "findings"]

VIEWS: tuple[TreeView, ...] = ("all", "present", "findings")
"""The tree with what was moved away or closed, the tree without it, and a list of teams by findings."""

INITIAL_ROWS_MAX = 200
"""At first teams are unfolded level by level until about this many rows are visible."""

BALANCE_MAX = 99
"""The largest score shown: margins have room for two digits."""

INDENT_MAX = 12
FUNCTION_MIN_WIDTH = 3
SHARE_GAPS = 3
"""Spaces before a function and its share."""

COUNT_WIDTH = len("  +9")
"""Cells left beside a name for the number of functions."""

FOCUS = N_("(focus)")
CLOSED = N_("(closed)")

MARK_ROLES: Mapping[Mark, Role] = {
    "new": "introduced",
    "moved": "introduced",
    "changed": "plain",
    "gone": "plain",
}
BLANK = Span("")
INDENT = "  "

Balances = Mapping[Ref, Worth | None]
"""By team what dropping there is worth, None where it cannot be dropped."""


class TeamTree:
    """Teams with their functions and people as foldable rows.

    `balances` are shown while something is carried: the score of each place in place of the marks, and how
    what is carried fits there.
    """

    def __init__(self, scene: Scene, comparison: Comparison, badges: Badges) -> None:
        self.scene = scene
        self.comparison = comparison
        self.badges = badges
        self.balances: Balances | None = None
        self._contents = TeamContents(comparison)
        self._view: TreeView = "all"
        self._unfolded: set[Ref] = set()
        self._by_findings: SortedList[str] = SortedList()
        self._outline = Outline()
        self._populate(self._outline.top)
        self._unfold_first_levels()

    # -- rows ----------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._by_findings) if self._view == "findings" else len(self._outline)

    def ref(self, index: int) -> Ref:
        if self._view == "findings":
            return Ref.to("team", self._by_findings[index])
        return self._outline.at(index).ref

    def index_of(self, ref: Ref) -> int | None:
        if self._view == "findings":
            return self._by_findings.index(ref.id) if ref.kind == "team" else None
        return self._outline.index_of(ref)

    def row(self, index: int, width: int) -> Row:
        if self._view == "findings":
            return self._weighed_row(self._by_findings[index], width)
        place = self._outline.at(index)
        depth = min(place.branch.depth, INDENT_MAX)
        if place.leaf is None:
            return self._team_row(place.branch, depth, width)
        return self._leaf_row(place.leaf, 0 if place.branch is self._outline.top else depth + 1, width)

    def full(self, index: int) -> tuple[Span, ...]:
        """What a row says in full, and the notes on what it stands for."""
        return (*uncut(self, index), *notes_in_full(self.scene, self.ref(index)))

    # -- folding -------------------------------------------------------------------------------

    def is_open(self, ref: Ref) -> bool:
        """Whether a team is unfolded."""
        branch = self._outline.branch(ref)
        return branch is not None and branch.open

    def unfold(self, ref: Ref) -> bool:
        """Unfold a team; returns whether anything changed."""
        branch = self._outline.branch(ref)
        if branch is None or branch.open or self._view == "findings":
            return False
        self._unfolded.add(ref)
        self._open(branch)
        return True

    def fold(self, ref: Ref) -> bool:
        """Fold a team; returns whether anything changed."""
        branch = self._outline.branch(ref)
        if branch is None or not branch.open or self._view == "findings":
            return False
        self._unfolded.discard(ref)
        self._outline.fill(branch, (), ())
        self._outline.set_open(branch, False)
        return True

    def copy_folding(self, other: TeamTree) -> None:
        """Unfold the teams that are unfolded in another tree, and fold the others."""
        self._unfolded = set(other._unfolded)
        self._rebuild()

    def reveal(self, ref: Ref) -> int | None:
        """Unfold everything above a row and return its index; None if it is not in the tree.

        In the list of teams by findings, a row that is no team switches to the whole tree.
        """
        if self._view == "findings" and ref.kind != "team":
            self.next_view()
        line = []
        holder = self._contents.parent_of(ref)
        while holder is not None:
            line.append(holder)
            holder = self._contents.parent_of(holder)
        for holder in reversed(line):
            self.unfold(holder)
        return self.index_of(ref)

    def parent_of(self, ref: Ref) -> Ref | None:
        """The team that a row is directly below; None at the top."""
        return self._contents.parent_of(ref)

    # -- views ---------------------------------------------------------------------------------

    @property
    def view(self) -> TreeView:
        return self._view

    def next_view(self) -> TreeView:
        """Show the next of the tree's views."""
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        self._contents.show_gone = self._view == "all"
        if self._view == "findings":
            teams = self.scene.organization.teams
            self._by_findings = SortedList((self._weight(team), team) for team in teams)
        else:
            self._rebuild()
        return self._view

    # -- change --------------------------------------------------------------------------------

    def patch(self, sets: Iterable[Set], teams: Collection[str]) -> None:
        """Update by the assignments made and the teams whose findings they changed."""
        sets = list(sets)
        for ref in self._from_the_top(set(self._contents.affected_by(sets))):
            branch = self._branch(ref)
            if branch is not None and branch.open:
                self._populate(branch)
        if self._view == "findings":
            changed = {str(each.key) for each in sets if each.table == "team"} | set(teams)
            for team in changed:
                if team in self.scene.organization.teams:
                    self._by_findings.put(team, self._weight(team))
                else:
                    self._by_findings.drop(team)

    # -- the outline ---------------------------------------------------------------------------

    def _branch(self, ref: Ref) -> Branch | None:
        return self._outline.top if ref == "team:" else self._outline.branch(ref)

    def _from_the_top(self, refs: Iterable[Ref]) -> list[Ref]:
        """The branches that exist, upper ones first, as updating one may remove others below it."""
        depths = {ref: branch.depth for ref in refs if (branch := self._branch(ref)) is not None}
        top = Ref("team:")
        return sorted(depths, key=lambda ref: (ref != top, depths[ref], ref))

    def _rebuild(self) -> None:
        self._outline = Outline()
        self._populate(self._outline.top)

    def _populate(self, branch: Branch) -> None:
        """Fill an open branch with its rows, and unfolded new branches among them."""
        left = [branch]
        while left:
            branch = left.pop()
            if branch is self._outline.top:
                leaves, teams = self._contents.top()
            else:
                leaves, teams = self._contents.leaves(branch.ref), self._contents.teams(branch.ref)
            for child in self._outline.fill(branch, leaves, teams):
                if child.ref in self._unfolded:
                    self._outline.set_open(child, True)
                    left.append(child)

    def _open(self, branch: Branch) -> None:
        self._outline.set_open(branch, True)
        self._populate(branch)

    def _unfold_first_levels(self) -> None:
        level = list(self._outline.top.branches)
        while level and len(self._outline) < INITIAL_ROWS_MAX:
            for branch in level:
                if branch.ref.kind != BASELINE_KIND:
                    self.unfold(branch.ref)
            level = [child for branch in level for child in branch.branches]

    # -- words ---------------------------------------------------------------------------------

    def _team_row(self, branch: Branch, depth: int, width: int) -> Row:
        ref, signs = branch.ref, self.scene.signs
        sign = signs.unfolded if branch.open else signs.folded
        team = self._record(ref)
        if ref.kind == BASELINE_KIND and present_ref(ref).id in self.scene.organization.teams:
            sign = " "
        turn = Span(f"{sign} ", does="fold" if branch.open else "unfold")
        indent = Span("  " * depth)
        if not isinstance(team, Team):
            return Row(
                ref,
                (indent, turn, Span(self.scene.names(present_ref(ref)), "resolved")),
                (),
                self._margin(ref),
            )
        badge = self.badges.on(ref) if branch.open else self.badges.below(ref.id)
        seats = Span(str(seats_below(self.scene.view, ref.id)), "number")
        right = (*self._fit(ref, width), *pay_spans(self.scene, team, width), seats, *self._badge(badge))
        return self._row_of_team(ref, team, (indent, turn), right, width)

    def _weighed_row(self, key: str, width: int) -> Row:
        ref = Ref.to("team", key)
        team = self.scene.organization.teams[key]
        right: list[Span] = [*self._fit(ref, width), *pay_spans(self.scene, team, width)]
        for severity, count in zip(SEVERITIES, self.badges.within(key), strict=True):
            right += self._badge(Badge(severity, count) if count else None)
        return self._row_of_team(ref, team, (Span(INDENT),), tuple(right), width)

    def _row_of_team(
        self, ref: Ref, team: Team, before: tuple[Span, ...], right: tuple[Span, ...], width: int
    ) -> Row:
        """The row of a team with name and lead, between what stands before them and at the right edge."""
        name = f"{team.name}{self.scene.signs_of(ref)}"
        if team.focus is not None:
            name += f" {self.scene.say(FOCUS)}"
        taken = cell_len(name) + 1 + sum(cell_len(span.text) for span in (*before, *right))
        lead = lead_words(self.scene, team, width - taken)
        return Row(ref, (*before, Span(name), *lead), right, self._margin(ref))

    def _leaf_row(self, ref: Ref, depth: int, width: int) -> Row:
        thing, indent, signs = present_ref(ref), "  " * depth, self.scene.signs
        lead_in = f"{indent}{signs.function if thing.kind == 'function' else ' '} "
        record = self._record(ref)
        if record is None:
            return Row(ref, (Span(lead_in), Span(self.scene.names(thing), "resolved")), (), self._margin(ref))
        badge = self._badge(self.badges.on(ref))
        if isinstance(record, Person):
            room = width - len(lead_in) - sum(cell_len(span.text) + 1 for span in badge)
            return Row(ref, (Span(lead_in), *self._seat_words(record, room)), badge, self._margin(ref))
        sign = Span(f"{signs.function} ", self.scene.hue(ref))
        name = Span(f"{record.name}{self.scene.signs_of(ref)}")
        return Row(ref, (Span(indent), sign, name), badge, self._margin(ref))

    def _seat_words(self, person: Person, room: int) -> tuple[Span, ...]:
        """A seat's name and shares in `room` cells; names are clipped if needed, numbers never."""
        ref = Ref.to("person", person.id)
        name = self.scene.names(ref)
        mark = f"{self.scene.signs_of(ref)}{self.scene.left(person.id)}{assistant_mark(self.scene, person)}"
        if person.functions:
            name = clip(name, room - COUNT_WIDTH - cell_len(mark), self.scene.signs.ellipsis)
        name += mark
        if person.state == "closed":
            return Span(name, "resolved"), Span(f"  {self.scene.say(CLOSED)}", "dim")
        functions = [self.scene.name("function", function) for function in person.functions]
        shares = [f"{share / 100:g}" for share in person.functions.values()]
        return Span(name), Span(self._functions_and_shares(functions, shares, room - cell_len(name)), "dim")

    def _functions_and_shares(self, functions: Sequence[str], shares: Sequence[str], room: int) -> str:
        """Functions with their shares in `room` cells: names give way, then the last are only counted."""
        shown, more = len(functions), ""
        while shown and sum(map(_least_width, functions[:shown], shares)) > room - len(more):
            shown -= 1
            more = f"  +{len(functions) - shown}"
        room -= len(more) + sum(len(share) + SHARE_GAPS for share in shares[:shown])
        widths = shared_widths([*map(cell_len, functions[:shown])], room)
        names = map(clip, functions[:shown], widths, repeat(self.scene.signs.ellipsis))
        return "".join(map("  {} {}".format, names, shares)) + more

    def _badge(self, badge: Badge | None) -> tuple[Span, ...]:
        if badge is None:
            return ()
        return (Span(f" {self.scene.signs.severity(badge.severity)}{badge.findings}", badge.severity),)

    def _fit(self, ref: Ref, width: int) -> tuple[Span, ...]:
        """How what is carried fits a team, if it can be dropped there."""
        worth = None if self.balances is None else self.balances.get(ref)
        return () if worth is None else fit_spans(self.scene, worth.fit, width)

    def _margin(self, ref: Ref) -> Span:
        signs = self.scene.signs
        if self.balances is not None:
            return _balance(signs, self.balances[ref]) if ref in self.balances else BLANK
        mark: Mark | None = "gone" if ref.kind == BASELINE_KIND else self.comparison.mark_of(ref)
        return BLANK if mark is None else Span(getattr(signs, mark), MARK_ROLES[mark])

    # -- lookups -------------------------------------------------------------------------------

    def _record(self, ref: Ref) -> Team | Function | Person | None:
        """The record of a row; None for a row of the baseline."""
        if ref.kind == BASELINE_KIND:
            return None
        return self.scene.organization.tables[ref.kind].get(ref.id)

    def _weight(self, team: str) -> tuple[int, int, int, int]:
        errors, warnings, advice = self.badges.within(team)
        return -errors, -warnings, -advice, self.scene.organization.teams.rank(team)


def _least_width(function: str, share: str) -> int:
    """The cells that a function and its share need at least."""
    return min(cell_len(function), FUNCTION_MIN_WIDTH) + len(share) + SHARE_GAPS


def _balance(signs: Signs, worth: Worth | None) -> Span:
    if worth is None:
        return Span(signs.refused, "dim")
    score = worth.score
    shown = signs.signed(max(-BALANCE_MAX, min(score, BALANCE_MAX)))
    return Span(shown, "better" if score > 0 else "worse" if score else "dim")
