"""Foldable rows, with look-ups by position and by reference that do not visit all rows.

Each branch holds leaves, then branches, and counts the rows below it, so that a row is found by its position,
and a position by its row, along one path.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orgtui.model.sentence import Ref


class Branch:
    """A row with rows below it, which are visible while it is open."""

    __slots__ = ("_ends", "at", "branches", "leaves", "open", "parent", "ref")

    def __init__(self, ref: Ref, parent: Branch | None, is_open: bool = False) -> None:
        self.ref = ref
        self.parent = parent
        self.open = is_open
        self.leaves: tuple[Ref, ...] = ()
        self.branches: tuple[Branch, ...] = ()
        self.at = 0
        self._ends: list[int] | None = None

    @property
    def ends(self) -> list[int]:
        """For each child branch, the number of rows from the first child to its own last row."""
        if self._ends is None:
            self._count()
        assert self._ends is not None
        return self._ends

    def _count(self) -> None:
        """Count the rows of this branch and of all open branches below it that are not counted."""
        left = [self]
        while left:
            branch = left[-1]
            uncounted = [child for child in branch.branches if child.open and child._ends is None]
            if uncounted:
                left += uncounted
                continue
            left.pop()
            branch._ends = []
            reached = 0
            for at, child in enumerate(branch.branches):
                child.at = at
                reached += 1 + child.rows_below
                branch._ends.append(reached)

    @property
    def rows_below(self) -> int:
        """How many rows are visible below this one."""
        if not self.open:
            return 0
        return len(self.leaves) + (self.ends[-1] if self.branches else 0)

    @property
    def depth(self) -> int:
        """The depth of the row: how many rows are its ancestors."""
        depth = -1
        branch = self.parent
        while branch is not None:
            depth += 1
            branch = branch.parent
        return max(depth, 0)

    def recount(self) -> None:
        """Discard the cached counts of this branch and its ancestors."""
        self._ends = None
        branch = self.parent
        while branch is not None and branch._ends is not None:  # above one that is not counted none is
            branch._ends = None
            branch = branch.parent


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """The row at a position: a branch's own row, or one of its leaves."""

    branch: Branch
    leaf: Ref | None = None

    @property
    def ref(self) -> Ref:
        """What the row refers to."""
        return self.branch.ref if self.leaf is None else self.leaf


class Outline:
    """Branches and leaves, by position and by reference; the top branch has no row."""

    def __init__(self) -> None:
        self.top = Branch(Ref(""), None, is_open=True)
        self._branches: dict[Ref, Branch] = {}
        self._holders: dict[Ref, Branch] = {}

    def __len__(self) -> int:
        return self.top.rows_below

    def at(self, index: int) -> OutlineRow:
        """The row at a position, from 0 to the length less one."""
        branch = self.top
        while True:
            if index < len(branch.leaves):
                return OutlineRow(branch, branch.leaves[index])
            index -= len(branch.leaves)
            below = bisect_right(branch.ends, index)
            if below:
                index -= branch.ends[below - 1]
            branch = branch.branches[below]
            if index == 0:
                return OutlineRow(branch)
            index -= 1

    def index_of(self, ref: Ref) -> int | None:
        """The position of the row of a reference; None if it is absent or below a closed branch."""
        branch = self._branches.get(ref)
        if branch is not None:
            return self._row_of(branch)
        branch = self._holders.get(ref)
        if branch is None or not branch.open:
            return None
        above = self._row_of(branch)
        return None if above is None else above + 1 + branch.leaves.index(ref)

    def _row_of(self, branch: Branch) -> int | None:
        row = -1
        while (parent := branch.parent) is not None:
            if not parent.open:
                return None
            ends = parent.ends
            row += 1 + len(parent.leaves) + (ends[branch.at - 1] if branch.at else 0)
            branch = parent
        return row

    def branch(self, ref: Ref) -> Branch | None:
        """The branch of a reference; None if it is absent or a leaf."""
        return self._branches.get(ref)

    def fill(self, branch: Branch, leaves: Iterable[Ref], below: Sequence[Ref]) -> list[Branch]:
        """Set the leaves and child branches of a branch; known branches keep theirs. Returns new ones."""
        for leaf in branch.leaves:
            if self._holders.get(leaf) is branch:
                del self._holders[leaf]
        branch.leaves = tuple(leaves)
        for leaf in branch.leaves:
            self._holders[leaf] = branch
        new = []
        before = branch.branches
        kept = []
        for ref in below:
            child = self._branches.get(ref)
            if child is None:
                child = self._branches[ref] = Branch(ref, branch)
                new.append(child)
            child.parent = branch
            kept.append(child)
        branch.branches = tuple(kept)
        staying = set(below)
        for child in before:
            if child.ref not in staying and child.parent is branch:
                self._forget(child)
        branch.recount()
        return new

    def set_open(self, branch: Branch, is_open: bool) -> None:
        """Show or hide the rows below a branch."""
        branch.open = is_open
        branch.recount()

    def _forget(self, branch: Branch) -> None:
        left = [branch]
        while left:
            branch = left.pop()
            self._branches.pop(branch.ref, None)
            for leaf in branch.leaves:
                if self._holders.get(leaf) is branch:
                    del self._holders[leaf]
            left += [child for child in branch.branches if child.parent is branch]

    def __iter__(self) -> Iterator[OutlineRow]:
        yield from (OutlineRow(self.top, leaf) for leaf in self.top.leaves)
        left = [iter(self.top.branches)]
        while left:
            branch = next(left[-1], None)
            if branch is None:
                left.pop()
                continue
            yield OutlineRow(branch)
            if branch.open:
                yield from (OutlineRow(branch, leaf) for leaf in branch.leaves)
                left.append(iter(branch.branches))
