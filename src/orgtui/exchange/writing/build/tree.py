"""The tree of teams in the order of the file, walked with loops: it may be 20,000 teams deep."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.model.store import Organization


def teams_below(organization: Organization, top: str) -> Iterator[tuple[str, int]]:
    """A team and all below it with their depth, each followed by those below it; the first has depth 0."""
    left = [(top, 0)]
    while left:
        team, depth = left.pop()
        yield team, depth
        left += ((child, depth + 1) for child in reversed(in_order(organization, "children", team)))


def in_order(organization: Organization, index: str, team: str) -> list[str]:
    """What an index (`children`, `members`, `functions_of`) has of a team, in file order."""
    tables = {"children": "team", "members": "person", "functions_of": "function"}
    return sorted(organization.index(index, team), key=organization.tables[tables[index]].rank)
