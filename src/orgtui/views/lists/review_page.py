"""The page of the seats that are left to review, by division; and the order in which seats are reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from orgtui.model.sentence import N_, Ref, sentence
from orgtui.model.store import Organization
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene
from orgtui.views.pages.page import INDENT, Line, Page, link_line, section, text_lines

REVIEW = Ref("review:")
"""What the page of what is left is about."""

LEFT = N_("{left:seat|seats} left")
ALL_REVIEWED = N_("All {total:seat|seats} are reviewed")


def left_page(scene: Scene, left: Mapping[str | None, Sequence[str]], total: int, width: int) -> Page:
    """The seats that nobody has reviewed, by division, None for those of the root; of `total` seats."""
    count = sum(map(len, left.values()))
    title = sentence("Left to review: {left} of {total:seat|seats}", left=count, total=total)
    lines: list[Line] = []
    for division, people in left.items():
        team = scene.organization.root if division is None else division
        caption = f"{scene.name('team', team)}  {scene.say(LEFT, left=len(people))}"
        lines += section(caption, (_seat_line(scene, person, team) for person in people))
    if not lines:
        lines = [Line(), *text_lines(scene.say(ALL_REVIEWED, total=total), width)]
    return Page(title, lines[1:], REVIEW)


def _seat_line(scene: Scene, person: str, division: str) -> Line:
    """A seat with its title, and its team if that is not the division itself."""
    seat = scene.organization.people[person]
    title = f"  {seat.title}" if seat.title and seat.name is not None else ""
    team = f"  {scene.name('team', seat.team)}" if seat.team != division else ""
    ref = Ref.to("person", person)
    return link_line(scene, (Span(INDENT), Span(scene.names(ref)), Span(title + team, "dim")), ref)


def next_left(organization: Organization, is_left: Callable[[str], bool], after: str | None) -> str | None:
    """The first seat that is left after another one as the tree has them, round at the end; None if none."""
    here = None if after is None else organization.people.get(after)
    teams = list(teams_from_the_top(organization))
    start = 0 if here is None else teams.index(here.team)
    rank = organization.people.rank
    for place, team in enumerate([*teams[start:], *teams[: start + 1]]):
        left = [str(person) for person in organization.index("members", team) if is_left(str(person))]
        if place == 0 and here is not None:
            left = [person for person in left if rank(person) > rank(here.id)]
        if left:
            return min(left, key=rank)
    return None


def teams_from_the_top(organization: Organization) -> Iterator[str]:
    """All teams, each before those below it, in the order of the tree."""
    due = [organization.root]
    while due:
        team = due.pop()
        yield team
        due += sorted(organization.index("children", team), key=organization.teams.rank, reverse=True)
