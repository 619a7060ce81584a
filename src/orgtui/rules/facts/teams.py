"""The tree of teams: the root, divisions, focus teams, working teams, seats below a team."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.engine.view import View, derived


def parent_of(view: View, team: str) -> str | None:
    """The parent of a team; None for the root and an unknown team."""
    record = view.team(team)
    return None if record is None else record.parent


def is_root(view: View, team: str) -> bool:
    record = view.team(team)
    return record is not None and record.parent is None


def is_focus(view: View, team: str) -> bool:
    record = view.team(team)
    return record is not None and record.focus is not None


@derived
def depth(view: View, team: str) -> int:
    """Steps from the root down to a team; 0 for the root."""
    parent = parent_of(view, team)
    return 0 if parent is None else depth(view, parent) + 1


@derived
def division(view: View, team: str) -> str | None:
    """A team's ancestor-or-self that is a child of the root; None for the root."""
    parent = parent_of(view, team)
    if parent is None:
        return None
    return team if is_root(view, parent) else division(view, parent)


def divisions(view: View) -> list[str]:
    """The children of the root, by id."""
    root = view.root()
    return [] if root is None else sorted(view.children(root))


def ancestors(view: View, team: str) -> Iterator[str]:
    """The teams above a team, the nearest first."""
    parent = parent_of(view, team)
    while parent is not None:
        yield parent
        parent = parent_of(view, parent)


@derived
def seats_below(view: View, team: str) -> int:
    """Open seats of a team and of all teams below it: `seats*`."""
    return view.open_seats(team) + sum(seats_below(view, child) for child in view.children(team))


@derived
def members_in_order(view: View, team: str) -> tuple[str, ...]:
    """The open seats of a team itself, by id."""
    return tuple(sorted(view.members(team)))


@derived
def functions_below(view: View, team: str) -> int:
    """Functions of a team and of all teams below it: the size of `work*`."""
    return len(view.functions_of(team)) + sum(functions_below(view, child) for child in view.children(team))


@derived
def is_working_team(view: View, team: str) -> bool:
    """Whether a team itself has at least one function or one open seat."""
    return view.open_seats(team) > 0 or bool(view.functions_of(team))


def is_staffed_group(view: View, team: str) -> bool:
    """Whether a team other than the root and focus teams has a function or at least two open seats itself.

    Its people must agree with those of every other one, wherever in the tree it hangs; the lone lead of a
    division without work of its own makes no group.
    """
    if is_root(view, team) or is_focus(view, team):
        return False
    return view.open_seats(team) >= 2 or bool(view.functions_of(team))
