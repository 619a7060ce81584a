"""Every command of the session screen, in the order in which people meet them."""

from __future__ import annotations

from orgtui.tui import commands as c
from orgtui.tui.commands import MODES, Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "teams",
        ("1",),
        "teams",
        "Go to the teams: who sits where",
        "walk.go_to_pane",
        modes=MODES,
        arguments=(c.TEAMS,),
    ),
    Command(
        "funnel",
        ("2",),
        "funnel",
        "Go to the funnel: what work runs along it and where it breaks",
        "walk.go_to_pane",
        modes=MODES,
        arguments=(c.FUNNEL,),
    ),
    Command(
        "knowledge",
        ("3",),
        "knowledge",
        "Go to the knowledge: who shares what with whom",
        "walk.go_to_pane",
        modes=MODES,
        arguments=(c.KNOWLEDGE,),
    ),
    Command(
        "findings",
        ("4",),
        "findings",
        "Go to the findings: what does not hold yet",
        "walk.go_to_pane",
        modes=MODES,
        arguments=(c.FINDINGS,),
    ),
    Command(
        "next_pane",
        ("tab",),
        "next pane",
        "Go to the next pane",
        "walk.go_round",
        modes=MODES,
        arguments=(1,),
    ),
    Command(
        "previous_pane",
        ("shift+tab",),
        "previous pane",
        "Go to the previous pane",
        "walk.go_round",
        modes=MODES,
        arguments=(-1,),
    ),
    Command("down", ("down", "j"), "down", "Move down", "walk.step", modes=MODES, arguments=(1,)),
    Command("up", ("up", "k"), "up", "Move up", "walk.step", modes=MODES, arguments=(-1,)),
    Command(
        "half_down",
        ("ctrl+d",),
        "half page down",
        "Move half a page down",
        "walk.half_page",
        modes=MODES,
        arguments=(1,),
    ),
    Command(
        "half_up",
        ("ctrl+u",),
        "half page up",
        "Move half a page up",
        "walk.half_page",
        modes=MODES,
        arguments=(-1,),
    ),
    Command(
        "page_down",
        ("pagedown", "ctrl+f"),
        "page down",
        "Move a page down",
        "walk.page",
        modes=MODES,
        arguments=(1,),
    ),
    Command(
        "page_up",
        ("pageup", "ctrl+b"),
        "page up",
        "Move a page up",
        "walk.page",
        modes=MODES,
        arguments=(-1,),
    ),
    Command("first", ("g", "home"), "first", "Go to the first line", "walk.first", modes=MODES),
    Command("last", ("G", "end"), "last", "Go to the last line", "walk.last", modes=MODES),
    Command(
        "zoom", ("z",), "zoom", "Give this pane the whole screen, or take it back", "walk.zoom", modes=MODES
    ),
    Command(
        "palette", (":", "ctrl+p"), "commands", "Find a command by its name", "guidance.palette", modes=MODES
    ),
    Command("help", ("?",), "help", "What every key does here", "guidance.keys", modes=MODES, bar=True),
    Command("leave", ("q",), "leave", "Leave; there is nothing to save", "leaving.leave", modes=MODES),
    Command("interrupt", ("ctrl+c",), "", "Says how to leave", "leaving.interrupted", modes=MODES),
)
