"""What is shown, as plain text to be pasted elsewhere: rows, and the seats of teams as a table."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.locales import translate
from orgtui.model.sentence import sentence
from orgtui.rules.facts.reporting import manager
from orgtui.views.base.names import seat_name
from orgtui.views.base.row import Row, Rows
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import in_order
from orgtui.views.pages.page import Page

TAB = "\t"
"""Between the cells of a line, so that a spreadsheet takes them apart."""

LINK_SIGNS = ("›", ">")
"""The signs of lines that lead to a page; a text leads nowhere."""


def text_of_rows(rows: Rows, width: int) -> str:
    """Rows as lines, each with its margin, made for a width in cells."""
    return "\n".join(_line(rows.row(index, width)) for index in range(len(rows)))


def text_of_page(page: Page, width: int) -> str:
    """A page as lines, without those that only offer to add something."""
    offers = (
        line.field is not None and line.left[-1].text == translate(line.field.label) for line in page.lines
    )
    shown = (index for index, is_offer in enumerate(offers) if not is_offer)
    return "\n".join(_line(page.row(index, width)) for index in shown)


def _line(row: Row) -> str:
    margin = row.margin.text.strip()
    left = "".join(span.text for span in row.left).rstrip()
    right = "".join(span.text for span in row.right if span.text.strip() not in LINK_SIGNS).strip()
    marked = f"{margin} {left}" if margin else left
    return f"{marked}  {right}" if right else marked


def seat_line(scene: Scene, person: str) -> str:
    """A seat as cells: who sits there, title, team, whom it reports to."""
    record = scene.organization.people[person]
    boss = manager(scene.view, person)
    above = "" if boss is None else scene.name("person", boss)
    cells = (seat_name(record), record.title or "", scene.name("team", record.team), above)
    return TAB.join(cells).rstrip(TAB)


def team_table(scene: Scene, team: str) -> str:
    """The seats of a team and of all below it, one a line, under a line of heads."""
    heads = (sentence("Person"), sentence("Title"), sentence("Team"), sentence("Reports to"))
    seats = (
        seat_line(scene, person)
        for each in _down_from(scene, team)
        for person in in_order(scene, "person", scene.view.members(each))
    )
    return "\n".join([TAB.join(map(translate, heads)), *seats])


def _down_from(scene: Scene, team: str) -> Iterator[str]:
    """A team and all below it, each before those below it."""
    waiting = [team]
    while waiting:
        yield (here := waiting.pop())
        waiting += reversed([*in_order(scene, "team", scene.view.children(here))])
