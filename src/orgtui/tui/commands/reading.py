"""The commands that work while a page is read."""

from __future__ import annotations

from orgtui.model.sentence import N_
from orgtui.tui.commands import command as c
from orgtui.tui.commands.command import CHANGES, READ, Command

READING = (READ,)

PAGE_COMMANDS: tuple[Command, ...] = (
    Command(
        "edit",
        ("enter",),
        N_("edit"),
        N_("Edit this line; where there is nothing to edit, look closer"),
        "look.pages.edit",
        modes=READING,
        needs=(c.EDITABLE,),
        bar=True,
        fallback="look_closer",
    ),
    Command(
        "add_to_page",
        ("a",),
        N_("add"),
        N_("Add to what the page is about"),
        "look.pages.add",
        modes=READING,
        needs=CHANGES,
        bar=True,
    ),
    Command(
        "remove_entry",
        ("d",),
        N_("take away"),
        N_("Take away what stands on this line, or something of what it leads to"),
        "look.pages.remove",
        modes=READING,
        needs=(*CHANGES, c.ENTRY),
        bar=True,
    ),
    Command(
        "mark_change",
        ("space",),
        N_("mark"),
        N_("Mark this change of the plan, or take its mark away"),
        "look.plan.mark",
        modes=READING,
        needs=(c.ON_CHANGE,),
        bar=True,
    ),
    Command(
        "later_wave",
        ("b",),
        N_("later wave"),
        N_("Put the marked changes of the plan, or this one, into a later wave"),
        "look.plan.put_later",
        modes=READING,
        needs=(*CHANGES, c.ON_CHANGE),
        bar=True,
    ),
    Command(
        "earlier_wave",
        ("B",),
        N_("earlier wave"),
        N_("Put the marked changes of the plan, or this one, into an earlier wave"),
        "look.plan.put_earlier",
        modes=READING,
        needs=(*CHANGES, c.ON_CHANGE),
        bar=True,
    ),
    Command(
        "back",
        ("left", "backspace", "h"),
        N_("back"),
        N_("Back to the page before"),
        "look.pages.back",
        modes=READING,
        bar=True,
    ),
    Command(
        "close",
        ("escape", "q", "ctrl+c"),
        N_("close"),
        N_("Leave the page"),
        "look.pages.close",
        modes=READING,
        bar=True,
    ),
    Command(
        "look_closer",
        ("right", "l"),
        N_("look closer"),
        N_("Show the page of what this line leads to"),
        "look.pages.follow_link",
        modes=READING,
        needs=(c.HAS_TARGET,),
        bar=True,
    ),
    Command(
        "go_there",
        ("o",),
        N_("go there"),
        N_("Leave the page, and go to what this line leads to"),
        "look.pages.go_to_target",
        modes=READING,
        bar=True,
    ),
)
