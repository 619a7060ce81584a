"""Rows that fold: which row stands where, at a cost that does not grow with the number of rows.

An outline knows nothing of organisations. Each branch holds leaves, then branches; every branch counts the
rows below it, so that a row is found from its position, and a position from its row, along one path.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orgtui.model.sentence import Ref


class Branch:
    """A row with rows below it; they are on screen while it is open."""

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
        """For each branch below, the number of rows from the first branch's row through its last."""
        if self._ends is None:
            self._ends = []
            reached = 0
            for self_at, branch in enumerate(self.branches):
                branch.at = self_at
                reached += 1 + branch.rows_below
                self._ends.append(reached)
        return self._ends

    @property
    def rows_below(self) -> int:
        """How many rows are on screen below this one."""
        if not self.open:
            return 0
        return len(self.leaves) + (self.ends[-1] if self.branches else 0)

    @property
    def depth(self) -> int:
        """How many branches stand above this one on screen."""
        return 0 if self.parent is None or self.parent.parent is None else self.parent.depth + 1

    def recount(self) -> None:
        """Forget the counts that this branch takes part in."""
        branch: Branch | None = self
        while branch is not None:
            branch._ends = None
            branch = branch.parent


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """What stands at a position: a branch's own row, or one of its leaves."""

    branch: Branch
    leaf: Ref | None = None

    @property
    def ref(self) -> Ref:
        return self.branch.ref if self.leaf is None else self.leaf


class Outline:
    """Branches and leaves by position and by what they stand for; the topmost branch has no row."""

    def __init__(self) -> None:
        self.top = Branch(Ref(""), None, is_open=True)
        self._branches: dict[Ref, Branch] = {}
        self._holders: dict[Ref, Branch] = {}

    def __len__(self) -> int:
        return self.top.rows_below

    def at(self, index: int) -> OutlineRow:
        """What stands at a position from 0 to the length."""
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
        """The position of a row; None if it is absent or below a closed branch."""
        branch = self._branches.get(ref)
        if branch is not None:
            return self._row_of(branch)
        branch = self._holders.get(ref)
        if branch is None or not branch.open:
            return None
        above = self._row_of(branch)
        return None if above is None else above + 1 + branch.leaves.index(ref)

    def _row_of(self, branch: Branch) -> int | None:
        parent = branch.parent
        if parent is None:
            return -1
        if not parent.open:
            return None
        above = self._row_of(parent)
        if above is None:
            return None
        ends = parent.ends
        return above + 1 + len(parent.leaves) + (ends[branch.at - 1] if branch.at else 0)

    def branch(self, ref: Ref) -> Branch | None:
        return self._branches.get(ref)

    def fill(self, branch: Branch, leaves: Iterable[Ref], below: Sequence[Ref]) -> list[Branch]:
        """Give a branch its leaves and branches; branches known before keep theirs. Returns the new ones."""
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
        self._branches.pop(branch.ref, None)
        for leaf in branch.leaves:
            if self._holders.get(leaf) is branch:
                del self._holders[leaf]
        for child in branch.branches:
            if child.parent is branch:
                self._forget(child)

    def __iter__(self) -> Iterator[OutlineRow]:
        yield from self._below(self.top)

    def _below(self, branch: Branch) -> Iterator[OutlineRow]:
        if branch.open:
            yield from (OutlineRow(branch, leaf) for leaf in branch.leaves)
            for child in branch.branches:
                yield OutlineRow(child)
                yield from self._below(child)
