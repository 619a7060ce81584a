"""The commands that work while a page is read."""

from __future__ import annotations

from orgtui.tui.commands import command as c
from orgtui.tui.commands.command import CHANGES, READ, Command

READING = (READ,)

ON_PAGES: tuple[Command, ...] = (
    Command(
        "edit",
        ("enter",),
        "edit",
        "Edit this line; where there is nothing to edit, look closer",
        "look.pages.edit",
        modes=READING,
        needs=(c.EDITABLE,),
        bar=True,
        otherwise="look_closer",
    ),
    Command(
        "add_to_page",
        ("a",),
        "add",
        "Add to what the page is about",
        "look.pages.add",
        modes=READING,
        needs=CHANGES,
        bar=True,
    ),
    Command(
        "remove_entry",
        ("d",),
        "take away",
        "Take away what stands on this line, or something of what it leads to",
        "look.pages.remove",
        modes=READING,
        needs=(*CHANGES, c.ENTRY),
        bar=True,
    ),
    Command(
        "back",
        ("left", "backspace", "h"),
        "back",
        "Back to the page before",
        "look.pages.back",
        modes=READING,
        bar=True,
    ),
    Command(
        "close",
        ("escape", "q", "ctrl+c"),
        "close",
        "Leave the page",
        "look.pages.close",
        modes=READING,
        bar=True,
    ),
    Command(
        "look_closer",
        ("right", "l"),
        "look closer",
        "Show the page of what this line leads to",
        "look.pages.look_closer",
        modes=READING,
        needs=(c.LEADS_ON,),
        bar=True,
    ),
    Command(
        "go_there",
        ("o",),
        "go there",
        "Leave the page, and go to what this line leads to",
        "look.pages.go_there",
        modes=READING,
        bar=True,
    ),
)
