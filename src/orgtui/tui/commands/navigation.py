"""The commands that move the cursor and activate panes."""

from __future__ import annotations

from orgtui.model.sentence import N_
from orgtui.tui.commands.command import EVERYWHERE, FINDINGS, FUNNEL, KNOWLEDGE, MODES, TEAMS, Command

NAVIGATION_COMMANDS: tuple[Command, ...] = (
    Command(
        "teams",
        ("1",),
        N_("teams"),
        N_("Go to the teams: who sits where"),
        "look.moving.go_to_pane",
        modes=MODES,
        arguments=(TEAMS,),
    ),
    Command(
        "funnel",
        ("2",),
        N_("funnel"),
        N_("Go to the funnel: what work runs along it and where it breaks"),
        "look.moving.go_to_pane",
        modes=MODES,
        arguments=(FUNNEL,),
    ),
    Command(
        "knowledge",
        ("3",),
        N_("knowledge"),
        N_("Go to the knowledge: who shares what with whom"),
        "look.moving.go_to_pane",
        modes=MODES,
        arguments=(KNOWLEDGE,),
    ),
    Command(
        "findings",
        ("4",),
        N_("findings"),
        N_("Go to the findings: what does not hold yet"),
        "look.moving.go_to_pane",
        modes=MODES,
        arguments=(FINDINGS,),
    ),
    Command(
        "next_pane",
        ("tab",),
        N_("next pane"),
        N_("Go to the next pane"),
        "look.moving.cycle_panes",
        modes=MODES,
        arguments=(1,),
    ),
    Command(
        "previous_pane",
        ("shift+tab",),
        N_("previous pane"),
        N_("Go to the previous pane"),
        "look.moving.cycle_panes",
        modes=MODES,
        arguments=(-1,),
    ),
    Command(
        "down",
        ("down", "j"),
        N_("down"),
        N_("Move down"),
        "look.moving.step",
        modes=EVERYWHERE,
        arguments=(1,),
    ),
    Command(
        "up", ("up", "k"), N_("up"), N_("Move up"), "look.moving.step", modes=EVERYWHERE, arguments=(-1,)
    ),
    Command(
        "half_down",
        ("ctrl+d",),
        N_("half page down"),
        N_("Move half a page down"),
        "look.moving.half_page",
        modes=EVERYWHERE,
        arguments=(1,),
    ),
    Command(
        "half_up",
        ("ctrl+u",),
        N_("half page up"),
        N_("Move half a page up"),
        "look.moving.half_page",
        modes=EVERYWHERE,
        arguments=(-1,),
    ),
    Command(
        "page_down",
        ("pagedown", "ctrl+f"),
        N_("page down"),
        N_("Move a page down"),
        "look.moving.page",
        modes=EVERYWHERE,
        arguments=(1,),
    ),
    Command(
        "page_up",
        ("pageup", "ctrl+b"),
        N_("page up"),
        N_("Move a page up"),
        "look.moving.page",
        modes=EVERYWHERE,
        arguments=(-1,),
    ),
    Command(
        "first", ("g", "home"), N_("first"), N_("Go to the first row"), "look.moving.first", modes=EVERYWHERE
    ),
    Command("last", ("G", "end"), N_("last"), N_("Go to the last row"), "look.moving.last", modes=EVERYWHERE),
)
